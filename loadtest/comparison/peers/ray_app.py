"""The surrogates on Ray Serve, batched by its ``@serve.batch``: a deployment a surrogate, a replica a core.

Run as a module with port, replicas and repository; serves until it is ended.
"""

import sys
import threading
from pathlib import Path

import numpy as np
import ray
from ray import serve
from ray.serve.schema import LoggingConfig
from starlette.requests import Request
from starlette.responses import Response

from comparison.peers.model import Model, npz, read_field

MAX_BATCH = 16


@serve.deployment(max_ongoing_requests=4 * MAX_BATCH, ray_actor_options={"num_cpus": 0.1})
class Surrogate:
    """One surrogate with one thread: there is a replica for each core."""

    def __init__(self, folder: str) -> None:
        self._model = Model(Path(folder), threads=1)

    # Without waiting for company: what came while a batch ran is the next one.
    @serve.batch(max_batch_size=MAX_BATCH, batch_wait_timeout_s=0.0)
    async def mean(self, fields: list[np.ndarray]) -> list[bytes]:
        """The raw mean of each case."""
        return [case.tobytes() for case in self._model.mean(np.concatenate(fields))]

    @serve.batch(max_batch_size=MAX_BATCH, batch_wait_timeout_s=0.0)
    async def all(self, fields: list[np.ndarray]) -> list[bytes]:
        """All four quantities of each case as NPZ."""
        arrays = self._model.all(np.concatenate(fields))
        return [npz({name: array[i : i + 1] for name, array in arrays.items()}) for i in range(len(fields))]

    async def __call__(self, request: Request) -> Response:
        """Answer ``/mean?shape=`` and ``/all?shape=``."""
        field = read_field(await request.body(), request.query_params["shape"])
        answer = self.mean if request.url.path.endswith("/mean") else self.all
        return Response(await answer(field), media_type="application/octet-stream")


def main() -> None:
    """Start Ray on this machine alone, then every surrogate."""
    port, replicas, repository = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    ray.init(num_cpus=replicas, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
    quiet = LoggingConfig(enable_access_log=False, log_level="ERROR")
    serve.start(http_options={"host": "127.0.0.1", "port": port}, logging_config=quiet)
    for folder in sorted(repository.iterdir()):
        surrogate = Surrogate.options(num_replicas=replicas, logging_config=quiet).bind(str(folder / "1"))
        serve.run(surrogate, name=folder.name, route_prefix=f"/{folder.name}")
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
