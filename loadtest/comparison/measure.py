"""Rounds in which each contender runs each workload alone, the others paused."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from . import contenders, requests
from .bare import BareSetting, BareSubject
from .contenders import WORK, Timed, Worker
from .models import SMALL
from .processes import ProcessGroup, busy_seconds
from .workloads import BARE, BARE_JAVA, FIELDSERVE, GRPC, RAY, SERVED, SERVERS, Workload

BARE_BATCHES = (1, 4, 8, 16)
TOLERANCE = 1e-5
WARM_STEPS = 12


@dataclass(frozen=True)
class Plan:
    """Where and how long."""

    repository: Path
    server_cores: list[int]
    client_cores: list[int]
    port: int
    rounds: int
    scale: float  # of all measured seconds
    warm_seconds: float  # of a step
    servers: tuple[str, ...]

    @property
    def apart(self) -> bool:
        """Whether the client has cores of its own: only there may it ask without pause."""
        return not set(self.client_cores) & set(self.server_cores)


@dataclass(frozen=True)
class Sample:
    """One contender's run of one workload in one round. Times are in seconds, memory in bytes."""

    workload: str
    contender: str
    round: int
    throughput: float  # cases a second
    latencies: np.ndarray
    failures: int
    rate: float
    batch: float | None
    server_cpu: float  # a case
    client_cpu: float  # a case
    peak_memory: int
    shared_memory: int
    # Share of the server's cores that went to something else: near zero, or the machine wasn't quiet.
    disturbed: float


class Bench:
    """The contenders on one pinning, all started, all paused but the one that is measured."""

    def __init__(
        self, plan: Plan, workloads: tuple[Workload, ...], say: Callable[[str], None], stack: ExitStack
    ) -> None:
        """Start, check and warm all contenders; ``stack`` ends them."""
        self.plan, self.say = plan, say
        self.workloads = workloads
        wanted = {name for workload in workloads for name in workload.contenders}
        self.client = contenders.load_generator(plan.client_cores)
        stack.callback(self.client.group.end)
        self.grpc_client: Worker | None = None
        if GRPC in wanted:
            self.grpc_client = contenders.grpc_load_generator(plan.client_cores)
            stack.callback(self.grpc_client.group.end)
        self.notes: list[str] = []
        self.groups: dict[str, ProcessGroup] = {}
        self.bare: dict[str, Worker] = {}
        for name in BARE:
            # All answers are compared with the Java loop's.
            if name in wanted or name == BARE_JAVA:
                self.bare[name] = contenders.bare_loop(name, plan.server_cores)
                self.groups[name] = self.bare[name].group
                stack.callback(self.groups[name].end)
        for name in SERVED:
            if name in wanted and (name in plan.servers or name not in SERVERS):
                self._start(name, self._port(name), stack)
        self.subjects = {w.model: BareSubject.of(plan.repository, w.model) for w in workloads}
        self.rates: dict[str, float] = {}
        self.settings: dict[tuple[str, str], list[BareSetting]] = {}
        for model in self.subjects:
            self._check(model)
        for name in self.groups:
            if name not in self.bare:
                self._warm(name)
        self._calibrate()

    def run(self) -> Iterator[Sample]:
        """All samples, round by round; the order of contenders turns with the round."""
        for number in range(self.plan.rounds):
            for workload in self.workloads:
                self.say(f"round {number + 1} of {self.plan.rounds}: {workload.title}")
                present = [name for name in workload.contenders if name in self.groups]
                turn = number % len(present)
                for name in present[turn:] + present[:turn]:
                    yield from self._samples(name, workload, number)

    def described_settings(self) -> Iterator[tuple[str, str]]:
        """What the labels of bare loops stand for."""
        for (name, workload), settings in self.settings.items():
            for setting in settings:
                yield f"{name}, {setting.label}, `{workload}`", setting.words

    def _start(self, name: str, port: int, stack: ExitStack) -> None:
        self.say(f"starting {name}")
        group = contenders.server(name, port, self.plan.repository, self.plan.server_cores)
        stack.callback(group.end)
        try:
            for model in {workload.model for workload in self.workloads}:
                asked = FIELDSERVE if name == GRPC else name
                contenders.await_ready(group, port, self._requests(asked, port, model, "mean")[0])
        except (RuntimeError, TimeoutError) as failure:
            if name != RAY:
                raise
            # It needs more of a machine than the others; the rest is worth measuring without it.
            self.notes.append(f"{name}: not available: {failure}")
            group.end()
            return
        group.pause()
        self.groups[name] = group

    def _port(self, name: str) -> int:
        return self.plan.port + SERVED.index(name)

    def _requests(self, name: str, port: int, model: str, kind: str) -> list[bytes]:
        cases = requests.cases(self.plan.repository, model)
        return [requests.http_request(name, port, model, kind, case) for case in cases]

    @contextmanager
    def _awake(self, name: str) -> Iterator[ProcessGroup]:
        group = self.groups[name]
        group.resume()
        try:
            group.require_alive()
            yield group
        finally:
            if name in SERVED:
                group.pause()

    def _check(self, model: str) -> None:
        """Require that every contender answers as the bare Java loop does."""
        subject = self.subjects[model]
        expected = subject.answer(self.bare[BARE_JAVA])
        for name in self.bare:
            _require_close(subject.answer(self.bare[name]), expected, f"{model}, {name}")
        for name in self.groups.keys() & set(SERVED):
            kinds = {w.kind for w in self.workloads if w.model == model and name in w.contenders}
            with self._awake(name):
                for kind in kinds:
                    answer = self._ask(name, model, kind)
                    _require_close(answer, expected, f"{model}, {kind}, {name}")

    def _ask(self, name: str, model: str, kind: str) -> np.ndarray:
        """The mean of the first case."""
        port = self._port(name)
        if name == GRPC:
            contenders.grpc_run(self.grpc_client, port, model, self._case_files(model)[:1], (1, 0.0, 0.2))
            return np.fromfile(contenders.grpc_answer(), np.float32)
        request = self._requests(name, port, model, kind)[0]
        return requests.read_mean(name, model, kind, contenders.ask(port, request))

    def _case_files(self, model: str) -> list[Path]:
        files = []
        for index, case in enumerate(requests.cases(self.plan.repository, model)):
            files.append(WORK / f"case-{model}-{index}")
            files[-1].write_bytes(case.tobytes())
        return files

    def _warm(self, name: str) -> None:
        self.say(f"warming {name}")
        """Run each closed loop until processor time a case no longer falls; the cheapest model first.

        A compiler at run time counts calls, and on a busy machine seconds would say nothing of them.
        """
        ours = [workload for workload in self.workloads if name in workload.contenders and workload.share is None]
        for workload in sorted(ours, key=lambda workload: workload.model != SMALL):
            if workload.saturated or len(ours) == 1:
                self._warm_on(name, workload)

    def _warm_on(self, name: str, workload: Workload) -> None:
        best, stale = np.inf, 0
        for _ in range(WARM_STEPS):
            before = self.groups[name].cpu_seconds()
            timed = self._load(name, workload, 0.0, self.plan.warm_seconds, 0)
            each = (self.groups[name].cpu_seconds() - before) / max(timed.answered, 1)
            stale = stale + 1 if each > 0.95 * best else 0
            best = min(best, each)
            if stale == 3:
                return

    def _calibrate(self) -> None:
        """Fix for all rounds the rates of open models and the settings of bare loops."""
        self.say("calibrating rates and bare loops")
        saturation: dict[tuple[str, str], Timed] = {}
        for workload in self.workloads:
            if workload.saturated and workload.kind == "mean" and set(workload.contenders) >= set(SERVERS):
                for name in self.groups.keys() & set(SERVERS):
                    saturation[workload.model, name] = self._load(name, workload, 0.0, 2 * self.plan.scale, 0)
        for workload in self.workloads:
            if workload.share is not None:
                of = [saturation[workload.model, name] for name in workload.of if name in self.groups]
                slowest = min((len(timed.latencies) / timed.seconds for timed in of), default=0)
                self.rates[workload.key] = workload.share * slowest
        for name, worker in self.bare.items():
            for workload in self.workloads:
                if name in workload.contenders:
                    fieldserve = saturation.get((workload.model, FIELDSERVE))
                    batch = max(1, round(batch_size(fieldserve.timings) or 1)) if fieldserve else 1
                    self.settings[name, workload.key] = self._bare_settings(worker, workload, batch)

    def _bare_settings(self, worker: Worker, workload: Workload, batch: int) -> list[BareSetting]:
        cores = len(self.plan.server_cores)
        if not workload.saturated:
            one = BareSetting("one thread", threads=1, callers=1, batch=1)
            return [BareSetting("all threads", threads=cores, callers=1, batch=1)] + [one] * (cores > 1)
        same = BareSetting("as served", threads=cores, callers=1, batch=batch)
        pairs = {(cores, 1), (1, cores)}
        candidates = [BareSetting("best", t, c, b) for t, c in sorted(pairs) for b in sorted({*BARE_BATCHES, batch})]
        subject = self.subjects[workload.model]
        found = {}
        for candidate in candidates:
            timed = subject.run(worker, candidate, 0.2, max(0.3, 1.0 * self.plan.scale))
            found[candidate] = len(timed.latencies) * candidate.batch / timed.seconds
        best = max(found, key=found.get)
        return [same, best]

    def _samples(self, name: str, workload: Workload, number: int) -> Iterator[Sample]:
        seconds = workload.seconds * self.plan.scale
        with self._awake(name) as group:
            if name in self.bare:
                for setting in self.settings[name, workload.key]:
                    subject = self.subjects[workload.model]
                    yield self._sample(
                        group,
                        Sample(workload.key, f"{name}, {setting}", number, *_NOTHING),
                        lambda s=setting, b=subject: b.run(self.bare[name], s, 0.3, seconds),
                        setting.batch,
                    )
            else:
                rate = self.rates.get(workload.key, 0.0)
                if workload.share is not None and rate == 0:
                    return
                blank = replace(Sample(workload.key, name, number, *_NOTHING), rate=rate)
                yield self._sample(group, blank, lambda: self._load(name, workload, rate, seconds, number), 1)

    def _sample(self, group: ProcessGroup, blank: Sample, run: Callable[[], Timed], cases: int) -> Sample:
        group.reset_peak_memory()
        generator = self.grpc_client if blank.contender == GRPC else self.client
        client, cores = generator.group, self.plan.server_cores
        start, busy_before = time.monotonic(), busy_seconds(cores)
        server_before, client_before = group.cpu_seconds(), client.cpu_seconds()
        timed = run()
        server_cpu, client_cpu = group.cpu_seconds() - server_before, client.cpu_seconds() - client_before
        wall, busy = time.monotonic() - start, busy_seconds(cores) - busy_before
        others = busy - server_cpu - (0 if self.plan.apart else client_cpu)
        memory = group.memory()
        answered = max(timed.answered * cases, 1)
        return replace(
            blank,
            throughput=len(timed.latencies) * cases / timed.seconds,
            latencies=timed.latencies,
            failures=timed.failures,
            batch=batch_size(timed.timings),
            server_cpu=server_cpu / answered,
            client_cpu=client_cpu / answered,
            peak_memory=memory.peak,
            shared_memory=memory.shared_once,
            disturbed=max(0.0, others / wall / len(cores)),
        )

    def _load(self, name: str, workload: Workload, rate: float, seconds: float, seed: int) -> Timed:
        lead_in = 0.5 * min(1, self.plan.scale * 2)
        if name == GRPC:
            load = (workload.connections, lead_in, seconds)
            with self._awake(name):
                files = self._case_files(workload.model)
                return contenders.grpc_run(self.grpc_client, self._port(name), workload.model, files, load)
        files = []
        for index, request in enumerate(self._requests(name, self._port(name), workload.model, workload.kind)):
            files.append(WORK / f"request-{name}-{index}")
            files[-1].write_bytes(request)
        spin = str(self.plan.apart and rate > 0).lower()
        with self._awake(name):
            return self.client.run(
                self._port(name),
                ",".join(map(str, files)),
                workload.connections,
                rate,
                lead_in,
                seconds,
                seed,
                spin,
                "{latencies}",
            )


_NOTHING = (0.0, np.empty(0), 0, 0.0, None, 0.0, 0.0, 0, 0, 0.0)


def batch_size(timings: str) -> float | None:
    """The mean batch in some values of Server-Timing, from the first number after the word batch."""
    sizes = [float(size) for size in re.findall(r"batch\D*(\d+(?:\.\d+)?)", timings)]
    return float(np.mean(sizes)) if sizes else None


def _require_close(answer: np.ndarray, expected: np.ndarray, what: str) -> None:
    difference = np.linalg.norm(answer - expected) / np.linalg.norm(expected)
    # Written so that NaN fails.
    if not difference <= TOLERANCE:
        raise ValueError(f"{what}: the answer differs from the bare loop's by {difference:.1e}, relative L2")
