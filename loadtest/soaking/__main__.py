"""The command behind ``loadtest/soak``."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from comparison import models
from comparison.__main__ import REPOSITORY, RESULTS, build, say
from comparison.contenders import ROOT, WORK, await_ready, java, server
from comparison.processes import ProcessGroup, adopt_orphans, end_descendants
from comparison.requests import cases, http_request
from comparison.workloads import FIELDSERVE

from . import memory
from .memory import Sample
from .verdict import Verdict, progress, still_held

SERVED = WORK / "soak-repository"
SEED = 1
STOP_SECONDS = 60
PROGRESS_LINES = 60
QUIET_SHARE = 0.05
# The service reads 256 x 256 values and writes 65536 a quantity: as JSON more than it makes ahead of its reader.
LARGE_GRID = 256


def main() -> None:
    """Start, load, stop, report; end every process whatever happens."""
    options = parse(sys.argv[1:])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    adopt_orphans()
    try:
        passed = soak(options)
    finally:
        end_descendants()
    sys.exit(0 if passed else 1)


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="loadtest/soak", description=__package__)
    parser.add_argument("--requests", type=int, default=1_000_000, help="default a million")
    parser.add_argument("--connections", type=int, default=16, help="kept alive, each with one request at a time")
    parser.add_argument("--vanishing", type=float, default=0.01, help="share of clients that vanish, default 0.01")
    parser.add_argument("--port", type=int, default=8350, help="on the loopback interface")
    return parser.parse_args(arguments)


def soak(options: argparse.Namespace) -> bool:
    """One soak; whether it passed."""
    say("preparing")
    build()
    repository()
    files = requests(options.port)
    cores = os.sched_getaffinity(0)
    service = server(FIELDSERVE, options.port, SERVED, sorted(cores))
    for file in files:
        await_ready(service, options.port, file.read_bytes())
    say(f"sending {options.requests} requests")
    start, samples, endings = time.monotonic(), [], {}
    for line in load(options, files, cores):
        begun, endings = progress(line)
        if len(samples) % PROGRESS_LINES == 0:
            say(f"{begun} begun")
        samples.append(Sample(round(time.monotonic() - start, 1), begun, memory.resident_bytes(service.leader.pid)))
    seconds = time.monotonic() - start
    say("waiting for quiet, then stopping")
    await_quiet(service)
    held = still_held(stop(service))
    found = Verdict(endings, held, memory.growth(samples, options.requests), seconds)
    folder = RESULTS / time.strftime("soak-%Y%m%d-%H%M%S")
    folder.mkdir(parents=True)
    memory.write(samples, folder / "memory.csv")
    memory.draw(samples, options.requests, folder / "memory.png")
    (folder / "verdict.txt").write_text(found.text() + "\n")
    print(found.text())
    say(f"written to {folder.relative_to(ROOT)}")
    return found.passed


def repository() -> None:
    """Make the folder that is served: the small model, and one whose replies are large."""
    models.prepare(ROOT / "models" / "repository", REPOSITORY)
    shutil.rmtree(SERVED, ignore_errors=True)
    for model in (models.SMALL, models.DARCY):
        shutil.copytree(REPOSITORY / model, SERVED / model)


def requests(port: int) -> list[Path]:
    """Files of whole HTTP requests: first the ordinary one, then those with large replies, in JSON and in binary."""
    small = cases(REPOSITORY, models.SMALL)
    tiles = LARGE_GRID // cases(REPOSITORY, models.DARCY).shape[-1]
    large = np.tile(cases(REPOSITORY, models.DARCY)[0], (tiles, tiles))
    bodies = [
        http_request(FIELDSERVE, port, models.SMALL, "mean", small[0]),
        http_request(FIELDSERVE, port, models.DARCY, "json", large).replace(b"outputs=mean", b"outputs=mean,std"),
        http_request(FIELDSERVE, port, models.DARCY, "all", large),
    ]
    files = [WORK / f"soak-request-{i}" for i in range(len(bodies))]
    for file, body in zip(files, bodies, strict=True):
        file.write_bytes(body)
    return files


def load(options: argparse.Namespace, files: list[Path], cores: set[int]) -> Iterator[str]:
    """What the client says of its progress, each second until its end."""
    arguments = [options.port, options.requests, options.connections, options.vanishing, SEED, *files]
    command = [java(), "-Xmx256m", "-cp", str(WORK / "classes"), "Soak", *map(str, arguments)]
    client = ProcessGroup(command, cores, WORK / "soak-client.log", stdout=subprocess.PIPE, text=True)
    yield from client.leader.stdout
    if client.leader.wait() != 0:
        raise RuntimeError(f"the client failed:\n{client.log.read_text()[-2000:]}")


def await_quiet(service: ProcessGroup) -> None:
    """Wait until the service hardly uses its processor, but not for ever: what it does then belongs to the finding."""
    before = service.cpu_seconds()
    for _ in range(STOP_SECONDS):
        time.sleep(1)
        now = service.cpu_seconds()
        if now - before < QUIET_SHARE:
            return
        before = now


def stop(service: ProcessGroup) -> str:
    """Ask the service to stop as an operator would; its log."""
    service.leader.send_signal(signal.SIGTERM)
    service.leader.wait(STOP_SECONDS)
    return service.log.read_text(errors="replace")


if __name__ == "__main__":
    main()
