"""The command behind ``loadtest/compare``."""

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from . import models, plot
from .contenders import LOADTEST, ROOT, WORK, java, onnxruntime_jar
from .figures import Rounds, figures
from .measure import Bench, Plan, Sample
from .processes import adopt_orphans, end_descendants
from .report import Report, write_section
from .workloads import APART, RAY, SERVERS, TOGETHER, Workload

REPOSITORY = WORK / "repository"
RESULTS = LOADTEST / "results"
QUIET = 0.05


def main() -> None:
    """Build, measure, report; end every process whatever happens."""
    options = parse(sys.argv[1:])
    # Ctrl-C too, which a shell makes its background jobs ignore.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    adopt_orphans()
    try:
        report(options, *measure(options))
    finally:
        end_descendants()


def _stop(number: int, _frame: object) -> None:
    # Once is enough: ending the processes is not to be cut short.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    cores = sorted(os.sched_getaffinity(0))
    apart = len(cores) > 1
    parser = argparse.ArgumentParser(prog="loadtest/compare", description=__package__)
    parser.add_argument("--rounds", type=int, default=5, help="default 5")
    parser.add_argument("--quick", action="store_true", help="one short round: shows that it works, no more")
    parser.add_argument("--server-cores", type=core_list, default=cores[:-1] if apart else cores, help="such as 0,1")
    parser.add_argument("--client-cores", type=core_list, default=cores[-1:], help="default the last")
    parser.add_argument("--port", type=int, default=8350, help="first of five, on the loopback interface")
    parser.add_argument("--only", default="", help="only workloads whose key contains this, such as small-mlp/")
    parser.add_argument("--without", action="append", default=[], choices=SERVERS, help="leave a server out")
    parser.add_argument("--write", type=Path, help="page whose marked section gets the tables")
    options = parser.parse_args(arguments)
    if options.quick:
        options.rounds = 1
    return options


def core_list(text: str) -> list[int]:
    """``0,1`` to ``[0, 1]``."""
    return [int(core) for core in text.split(",")]


def measure(options: argparse.Namespace) -> tuple[list[Sample], list[Workload], list[str]]:
    """Every sample of both pinnings, the workloads that ran, and what a reader must know."""
    say("preparing")
    build()
    models.prepare(ROOT / "models" / "repository", REPOSITORY)
    servers = [name for name in SERVERS if name not in options.without]
    notes = []
    if RAY in servers and importlib.util.find_spec("ray") is None:
        servers.remove(RAY)
        notes.append("Ray Serve: not available (its packages could not be installed)")
    every_core = sorted({*options.server_cores, *options.client_cores})
    pinnings = ((APART, options.server_cores, options.client_cores), (TOGETHER, every_core, every_core))
    samples, ran = [], []
    for workloads, server_cores, client_cores in pinnings:
        chosen = tuple(workload for workload in workloads if options.only in workload.key)
        if not chosen:
            continue
        plan = Plan(
            repository=REPOSITORY,
            server_cores=server_cores,
            client_cores=client_cores,
            port=options.port,
            rounds=options.rounds,
            scale=0.25 if options.quick else 1.0,
            warm_seconds=0.5 if options.quick else 1.5,
            servers=tuple(servers),
        )
        with ExitStack() as stack:
            bench = Bench(plan, chosen, say, stack)
            samples += bench.run()
        ran += chosen
        notes += bench.notes
        notes += [f"{title}: {words}" for title, words in bench.described_settings()]
    return samples, ran, notes


def build() -> None:
    """The service, as its launcher builds it, and the two Java programs."""
    classes = WORK / "classes"
    classes.mkdir(parents=True, exist_ok=True)
    # With this option the JVM that the launcher starts after building ends at once.
    launcher_environment = {**os.environ, "JAVA_OPTS": "--version"}
    subprocess.run(["./fieldserve"], cwd=ROOT, env=launcher_environment, stdout=subprocess.DEVNULL, check=True)
    sources = sorted(map(str, (LOADTEST / "java").glob("*.java")))
    compiler = java() + "c"
    subprocess.run([compiler, "-cp", str(onnxruntime_jar()), "-d", str(classes), *sources], check=True)
    service = f"{ROOT / 'target/quarkus-app/lib/main'}/*:{ROOT / 'target/quarkus-app/app'}/*"
    grpc = str(LOADTEST / "java" / "grpc" / "GrpcLoad.java")
    subprocess.run([compiler, "-cp", service, "-d", str(WORK / "grpc-classes"), grpc], check=True)


def report(options: argparse.Namespace, samples: list[Sample], ran: list[Workload], notes: list[str]) -> None:
    """Print the tables and write all files."""
    found = Report(conditions(options, samples), notes, ran, samples, figures(Rounds(samples)))
    folder = RESULTS / time.strftime("%Y%m%d-%H%M%S")
    folder.mkdir(parents=True)
    markdown = found.markdown()
    (folder / "report.md").write_text(markdown)
    (folder / "report.json").write_text(found.json())
    plot.draw(samples, folder / "report.png")
    print(markdown)
    if options.write:
        write_section(options.write, markdown)
    say(f"written to {folder.relative_to(ROOT)}")


def conditions(options: argparse.Namespace, samples: list[Sample]) -> dict[str, str]:
    """What the figures hold for."""
    version = importlib.metadata.version
    jar = onnxruntime_jar().stem.rpartition("-")[2]
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    disturbed = float(np.median([sample.disturbed for sample in samples]))
    cores = f"servers and bare loops on {options.server_cores}, client on {options.client_cores}"
    return {
        "date": time.strftime("%Y-%m-%d"),
        "commit": commit.stdout.strip() or "unknown",
        "processor": f"{processor()}, {os.cpu_count()} cores; {platform.release()}",
        "pinning": f"{cores}; `{TOGETHER[0].model}` on all of them together",
        "rounds": f"{options.rounds}" + (" short one: smoke run, not a measurement" if options.quick else ""),
        "ONNX Runtime": f"{jar} (Java), {version('onnxruntime')} (Python)",
        "peers": ", ".join(f"{name} {version(name)}" for name in ("fastapi", "uvicorn", "ray") if installed(name)),
        "taken from the servers' cores by other programs": f"{100 * disturbed:.0f} % in the median sample"
        + (": NOT A QUIET MACHINE, the ratios of times mean little" if disturbed > QUIET else ""),
    }


def processor() -> str:
    """Its name, as the kernel tells it."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def installed(name: str) -> bool:
    """Whether a package can be imported."""
    return importlib.util.find_spec(name) is not None


def say(text: str) -> None:
    """Tell how far it is, apart from the report."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
