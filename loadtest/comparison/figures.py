"""The project's figures of merit, each from the ratios of one run."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from .measure import Sample
from .models import DARCY, ENSEMBLE, SMALL
from .statistics import Spread, percentiles, ratio_spread, spread
from .workloads import BARE_JAVA, FASTAPI, FIELDSERVE, GRPC, RAY, REST

MILLISECONDS = 1e3


@dataclass(frozen=True)
class Figure:
    """A figure with the bound it is to keep."""

    title: str
    value: Spread
    bound: float
    at_least: bool

    @property
    def met(self) -> bool:
        """Whether the median keeps the bound."""
        return self.value.median >= self.bound if self.at_least else self.value.median <= self.bound


class Rounds:
    """Samples by workload and contender, in the order of rounds."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        """Sort them."""
        self._samples: dict[tuple[str, str], list[Sample]] = defaultdict(list)
        for sample in sorted(samples, key=lambda sample: sample.round):
            self._samples[sample.workload, sample.contender].append(sample)

    def of(self, workload: str, contender: str) -> list[Sample]:
        """All rounds; none where the contender wasn't there."""
        return self._samples.get((workload, contender), [])

    def contenders(self, workload: str) -> list[str]:
        """Who ran it."""
        return [contender for key, contender in self._samples if key == workload]

    def values(self, workload: str, contender: str, value: Callable[[Sample], float]) -> list[float]:
        """One value a round."""
        return [value(sample) for sample in self.of(workload, contender)]


def throughput(sample: Sample) -> float:
    """Cases a second."""
    return sample.throughput


def p50(sample: Sample) -> float:
    """Seconds."""
    return percentiles(sample.latencies)[0]


def p99(sample: Sample) -> float:
    """Seconds."""
    return percentiles(sample.latencies)[2]


def cpu(sample: Sample) -> float:
    """Seconds of the server a case."""
    return sample.server_cpu


def figures(rounds: Rounds) -> list[Figure]:
    """Those whose contenders were all there."""
    found = []

    def add(title: str, bound: float, at_least: bool, of: tuple, to: tuple, value: Callable[[Sample], float]) -> None:
        above, below = rounds.values(*of, value), rounds.values(*to, value)
        if above and len(above) == len(below):
            found.append(Figure(title, ratio_spread(above, below), bound, at_least))

    lone = f"{DARCY}/lone"
    for model in (DARCY, SMALL):
        key = f"{model}/saturated-mean"
        bare = (key, f"{BARE_JAVA}, as served")
        title = f"`{model}`: saturated throughput / bare Java loop, same batch"
        add(title, 0.95, True, (key, FIELDSERVE), bare, throughput)
        add(
            f"`{model}`: CPU seconds a case / bare Java loop, same batch", 1 / 0.95, False, (key, FIELDSERVE), bare, cpu
        )
    _add_lone(found, rounds, lone)
    for model, peer, bound in ((DARCY, FASTAPI, 1.5), (SMALL, FASTAPI, 5), (DARCY, RAY, 3), (SMALL, RAY, 3)):
        key = f"{model}/saturated-mean"
        title = f"`{model}`: saturated throughput / {peer}"
        add(title, bound, True, (key, FIELDSERVE), (key, peer), throughput)
        add(f"`{model}`: CPU seconds a request / {peer}", 1, False, (key, FIELDSERVE), (key, peer), cpu)
        for share in ("50%", "80%", f"80%-{FASTAPI}"):
            open_key = f"{model}/open-{share}"
            title = f"`{model}`: p99 at the same arrival rate ({share.replace('-', ' of ')}) / {peer}"
            add(title, 1, False, (open_key, FIELDSERVE), (open_key, peer), p99)
    binary, json = (f"{DARCY}/saturated-{kind}" for kind in ("mean", "json"))
    add(f"`{DARCY}`: throughput, JSON / binary", 0.5, True, (json, FIELDSERVE), (binary, FIELDSERVE), throughput)
    for model in (DARCY, SMALL):
        key = f"{model}/protocols"
        for protocol in (REST, GRPC):
            title = f"`{model}`: throughput, {protocol} / native binary"
            add(title, 0.9, True, (key, protocol), (key, FIELDSERVE), throughput)
            title = f"`{model}`: CPU seconds a request, {protocol} / native binary"
            add(title, 1 / 0.9, False, (key, protocol), (key, FIELDSERVE), cpu)
    key = f"{ENSEMBLE}/lone"
    title = f"`{ENSEMBLE}`: p50 of a lone request / bare Java loop over the members, all threads"
    add(title, 0.85, False, (key, FIELDSERVE), (key, f"{BARE_JAVA}, all threads"), p50)
    return found


def _add_lone(found: list[Figure], rounds: Rounds, key: str) -> None:
    served = rounds.values(key, FIELDSERVE, p50)
    bare = rounds.values(key, f"{BARE_JAVA}, all threads", p50)
    if served and len(served) == len(bare):
        added = [MILLISECONDS * (a - b) for a, b in zip(served, bare, strict=True)]
        bound = max(0.3, 0.05 * MILLISECONDS * float(np.median(bare)))
        found.append(Figure(f"`{DARCY}`: p50 added to a lone `session.run`, ms", spread(added), bound, False))
