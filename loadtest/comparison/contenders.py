"""How each contender is started, and how a bare loop is told what to run."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .processes import ProcessGroup
from .workloads import BARE_JAVA, FASTAPI, FIELDS, FIELDSERVE, GRPC, RAY, REST, SHAPES

LOADTEST = Path(__file__).resolve().parent.parent
ROOT = LOADTEST.parent
WORK = LOADTEST / ".work"
START_SECONDS = 120
# From the port of HTTP to that of gRPC.
GRPC_OFFSET = 50


@dataclass(frozen=True)
class Timed:
    """What a load generator or a bare loop says of one run."""

    latencies: np.ndarray  # seconds
    answered: int  # lead-in included
    failures: int
    seconds: float
    timings: str = ""


class Worker:
    """A long-lived process that carries out one run a line, so that it is warm and nobody waits for its start."""

    def __init__(self, name: str, command: list[str], cores: Iterable[int], environment: dict[str, str]) -> None:
        """Start it; logs and latencies go under the work folder."""
        self._latencies = WORK / f"{name}.latencies"
        self.group = ProcessGroup(
            command, cores, WORK / f"{name}.log", environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, *fields: object) -> Timed:
        """Carry out one run; ``{latencies}`` among the fields stands for the file of latencies."""
        line = "\t".join(str(self._latencies) if field == "{latencies}" else str(field) for field in fields)
        self.group.leader.stdin.write(line + "\n")
        self.group.leader.stdin.flush()
        answer = self.group.leader.stdout.readline()
        if self.group.leader.stdout.readline() != "done\n":
            raise RuntimeError(f"a run failed: {line}\n{self.group.log.read_text()[-2000:]}")
        counts, _, timings = answer.rstrip("\n").partition("\t")
        _, answered, failures, seconds = counts.split()
        latencies = np.fromfile(self._latencies, "<i8") / 1e9
        return Timed(latencies, int(answered), int(failures), float(seconds), timings)


def load_generator(cores: Iterable[int]) -> Worker:
    """The client."""
    return Worker("load-generator", [java(), "-Xmx1g", "-cp", str(WORK / "classes"), "LoadGenerator"], cores, {})


def grpc_load_generator(cores: Iterable[int]) -> Worker:
    """The client of gRPC, with the libraries and messages of the service."""
    libraries = f"{ROOT / 'target/quarkus-app/lib/main'}/*:{ROOT / 'target/quarkus-app/app'}/*"
    path = f"{WORK / 'grpc-classes'}:{libraries}"
    options = ["-Xmx1g", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"]
    return Worker("grpc-load-generator", [java(), *options, "-cp", path, "GrpcLoad"], cores, {})


def grpc_run(worker: Worker, port: int, model: str, cases: list[Path], load: tuple[int, float, float]) -> Timed:
    """Calls for the mean of cases that lie in files: connections, seconds to leave out and seconds to measure."""
    field, output = FIELDS[model]
    shape = ",".join(map(str, SHAPES[model]))
    files = ",".join(map(str, cases))
    return worker.run(port + GRPC_OFFSET, model, field, shape, output, files, *load, grpc_answer(), "{latencies}")


def grpc_answer() -> Path:
    """Where the last answer of a run over gRPC is left, as raw float32."""
    return WORK / "grpc-answer"


def bare_loop(name: str, cores: Iterable[int]) -> Worker:
    """ONNX Runtime without a server, in the language that ``name`` says."""
    if name == BARE_JAVA:
        path = f"{WORK / 'classes'}:{onnxruntime_jar()}"
        return Worker(name, [java(), "--enable-native-access=ALL-UNNAMED", "-cp", path, "BareLoop"], cores, {})
    return Worker(name, [sys.executable, "-m", "comparison.peers.bare_loop"], cores, {"PYTHONPATH": str(LOADTEST)})


def server(name: str, port: int, repository: Path, cores: list[int]) -> ProcessGroup:
    """One of the servers, started but maybe not ready."""
    command, environment = _COMMANDS[name](port, repository, len(cores))
    log = WORK / f"{name}.log"
    return ProcessGroup(command, cores, log, {"PYTHONPATH": str(LOADTEST), **environment}, cwd=ROOT)


def await_ready(group: ProcessGroup, port: int, request: bytes) -> None:
    """Wait until a request is answered with 200."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        group.require_alive()
        try:
            ask(port, request)
            return
        except OSError as failure:
            if time.monotonic() > deadline:
                raise TimeoutError(f"not ready after {START_SECONDS} s: {failure}; see {group.log}") from failure
            time.sleep(0.2)


def ask(port: int, request: bytes) -> bytes:
    """The body of the reply to one HTTP request."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    url = f"http://127.0.0.1:{port}{first.split()[1]}"
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as reply:
        return reply.read()


def java() -> str:
    """The JDK's launcher, as ./fieldserve finds it."""
    home = subprocess.run([ROOT / ".mvn" / "find-jdk"], check=True, capture_output=True, text=True).stdout.strip()
    return f"{home}/bin/java"


def onnxruntime_jar() -> Path:
    """The service's own ONNX Runtime."""
    return next((ROOT / "target/quarkus-app/lib/main").glob("com.microsoft.onnxruntime.*.jar"))


def _fieldserve(port: int, repository: Path, cores: int) -> tuple[list[str], dict[str, str]]:
    properties = [
        f"-Dquarkus.http.port={port}",
        f"-Dquarkus.grpc.server.port={port + GRPC_OFFSET}",
        f"-Dfieldserve.repository.path={repository}",
    ]
    return ["./fieldserve", *properties], {}


def _fastapi(port: int, repository: Path, cores: int) -> tuple[list[str], dict[str, str]]:
    command = [sys.executable, "-m", "uvicorn", "comparison.peers.fastapi_app:app", "--port", str(port)]
    command += ["--workers", str(cores), "--loop", "uvloop", "--http", "httptools"]
    # A worker that is paused with all others must not be taken for dead.
    command += ["--no-access-log", "--log-level", "warning", "--timeout-worker-healthcheck", "3600"]
    return command, {"MODEL_REPOSITORY": str(repository), "MODEL_THREADS": "1"}


def _ray(port: int, repository: Path, cores: int) -> tuple[list[str], dict[str, str]]:
    command = [sys.executable, "-m", "comparison.peers.ray_app", str(port), str(cores), str(repository)]
    return command, {"RAY_SERVE_THROUGHPUT_OPTIMIZED": "1", "RAY_USAGE_STATS_ENABLED": "0"}


_COMMANDS = {FIELDSERVE: _fieldserve, REST: _fieldserve, GRPC: _fieldserve, FASTAPI: _fastapi, RAY: _ray}
