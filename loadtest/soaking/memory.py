"""The curve of a service's resident memory."""

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

SETTLED = 0.1
BOUND_PER_CENT = 2.0
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Sample:
    """Resident bytes after so many seconds and requests."""

    seconds: float
    requests: int
    resident: int


@dataclass(frozen=True)
class Growth:
    """Resident bytes once the service had settled, that is after a tenth of the requests, and at the end."""

    settled: int
    end: int

    @property
    def per_cent(self) -> float:
        """By how much it rose."""
        return 100 * (self.end / self.settled - 1)

    @property
    def met(self) -> bool:
        """Whether it rose by less than it may."""
        return self.per_cent < BOUND_PER_CENT


def growth(samples: Sequence[Sample], requests: int) -> Growth:
    """What ``samples``, in the order of time, tell of a run of ``requests``."""
    settled = next(sample for sample in samples if sample.requests >= SETTLED * requests)
    return Growth(settled.resident, samples[-1].resident)


def resident_bytes(pid: int) -> int:
    """What a living process holds in memory now."""
    lines = (Path("/proc") / str(pid) / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024


def write(samples: Sequence[Sample], file: Path) -> None:
    """Write one row a sample."""
    with file.open("w", newline="") as output:
        rows = csv.writer(output)
        rows.writerow(field.name for field in fields(Sample))
        rows.writerows(astuple(sample) for sample in samples)


def draw(samples: Sequence[Sample], requests: int, file: Path) -> None:
    """Draw the curve over the requests, with what it may rise to once it has settled."""
    settled = growth(samples, requests).settled / MEBIBYTE
    figure, axes = plt.subplots(figsize=(8, 4))
    axes.plot([sample.requests for sample in samples], [sample.resident / MEBIBYTE for sample in samples], "#0b6e99")
    axes.axvline(SETTLED * requests, color="#9b9a97", linewidth=1)
    bound = settled * (1 + BOUND_PER_CENT / 100)
    axes.axhline(
        bound, color="#d9730d", linewidth=1, linestyle="--", label=f"{BOUND_PER_CENT:g} % over the first tenth"
    )
    axes.set(xlabel="requests", ylabel="resident memory, MiB", ylim=(0, None), xlim=(0, requests))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="lower right")
    figure.tight_layout()
    figure.savefig(file, dpi=120)
    plt.close(figure)
