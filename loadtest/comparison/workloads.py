"""What is asked of the contenders."""

from dataclasses import dataclass

from . import models

FIELDSERVE, FASTAPI, RAY = "fieldserve", "fastapi", "ray"
BARE_JAVA, BARE_PYTHON = "bare-java", "bare-python"
SERVERS = (FIELDSERVE, FASTAPI, RAY)
# The same service once more, asked through other protocols.
REST, GRPC = "open-inference-rest", "open-inference-grpc"
SERVED = (*SERVERS, REST, GRPC)
PROTOCOLS = (FIELDSERVE, REST, GRPC)
BARE = (BARE_JAVA, BARE_PYTHON)
CONNECTIONS = 16
FIELDS = {
    models.DARCY: ("permeability", "pressure"),
    models.SMALL: ("forcing", "solution"),
    models.ENSEMBLE: ("permeability", "pressure"),
}
SHAPES = {models.DARCY: (64, 64), models.SMALL: (256,), models.ENSEMBLE: (64, 64)}


@dataclass(frozen=True)
class Workload:
    """Requests of one kind, sent one way."""

    key: str
    title: str
    model: str
    # mean: raw float32 both ways. all: raw in; mean, std, lower and upper out as NPZ. json: nested lists both ways.
    kind: str
    connections: int
    seconds: float
    contenders: tuple[str, ...]
    # Of an open model: the share of the saturation throughput of the slowest of these contenders.
    share: float | None = None
    of: tuple[str, ...] = SERVERS

    @property
    def saturated(self) -> bool:
        """Whether requests follow each other on all connections at once."""
        return self.share is None and self.connections > 1


def _lone(model: str, seconds: float, contenders: tuple[str, ...], key: str = "lone") -> Workload:
    return Workload(f"{model}/{key}", f"`{model}`, lone client", model, "mean", 1, seconds, contenders)


def _saturated(model: str, seconds: float, contenders: tuple[str, ...], kind: str = "mean") -> Workload:
    body = {"mean": "mean as raw float32", "all": "four quantities as NPZ", "json": "mean as JSON"}[kind]
    title = f"`{model}`, {CONNECTIONS} connections, closed loop, {body}"
    return Workload(f"{model}/saturated-{kind}", title, model, kind, CONNECTIONS, seconds, contenders)


def _open(model: str, share: float, seconds: float, of: tuple[str, ...] = SERVERS) -> Workload:
    slowest = "the slowest server's" if of == SERVERS else f"{of[0]}'s"
    title = f"`{model}`, open model at {share:.0%} of {slowest} saturation, {CONNECTIONS} connections"
    key = f"{model}/open-{share:.0%}" + ("" if of == SERVERS else f"-{of[0]}")
    contenders = SERVERS if of == SERVERS else (FIELDSERVE, *of)
    return Workload(key, title, model, "mean", CONNECTIONS, seconds, contenders, share, of)


def _protocols(model: str, seconds: float, connections: int) -> Workload:
    how = "a lone client" if connections == 1 else f"{connections} requests in flight, closed loop"
    key = f"{model}/protocols" + ("-lone" if connections == 1 else "")
    title = f"`{model}`, native API beside the Open Inference Protocol, mean in binary, {how}"
    return Workload(key, title, model, "mean", connections, seconds, PROTOCOLS)


# Server and client each on cores of their own.
APART = (
    _lone(models.DARCY, 2, SERVERS + BARE),
    _saturated(models.DARCY, 2.5, SERVERS + BARE),
    _saturated(models.DARCY, 2, SERVERS, "all"),
    _saturated(models.DARCY, 2, (FIELDSERVE, FASTAPI), "json"),
    _open(models.DARCY, 0.5, 4),
    _open(models.DARCY, 0.8, 4),
    _lone(models.SMALL, 1, SERVERS + BARE),
    _saturated(models.SMALL, 2, SERVERS + BARE),
    _open(models.SMALL, 0.5, 2),
    _open(models.SMALL, 0.8, 3),
    _open(models.SMALL, 0.8, 3, (FASTAPI,)),
    _protocols(models.DARCY, 2.5, CONNECTIONS),
    _protocols(models.SMALL, 2, CONNECTIONS),
    _protocols(models.SMALL, 1, 1),
)
# Server and a lone client, who waits while the server works, on the same cores.
TOGETHER = (_lone(models.ENSEMBLE, 3, (FIELDSERVE, *BARE)),)
