"""What a soak found, from the words of the client and of the service."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .memory import BOUND_PER_CENT, MEBIBYTE, Growth

ANSWERED, REFUSED = "200", "429"
GONE = ("gone-mid-body", "gone-mid-reply", "gone-mid-reply-of-429")
EXPECTED = {ANSWERED, REFUSED, *GONE}
LAST_WORD = re.compile(r"Stopped; still held: (.*)")


@dataclass(frozen=True)
class Verdict:
    """How requests ended, by kind; what the service still held when it stopped, if it said so; how its memory grew."""

    endings: Mapping[str, int]
    held: Mapping[str, int] | None
    growth: Growth
    seconds: float

    @property
    def unexpected(self) -> dict[str, int]:
        """Endings that nothing explains."""
        return {kind: count for kind, count in self.endings.items() if kind not in EXPECTED}

    @property
    def passed(self) -> bool:
        """Whether nothing is left and nothing unexpected came. Memory is reported, not judged: machines differ."""
        return self.held is not None and not any(self.held.values()) and not self.unexpected

    def text(self) -> str:
        """For people."""
        total = sum(self.endings.values())
        held = "NOT TOLD" if self.held is None else ", ".join(f"{count} {kind}" for kind, count in self.held.items())
        growth = self.growth
        rows = {
            "requests": f"{total} in {self.seconds:.0f} s, {total / self.seconds:.0f} a second",
            **{f"  {kind}": str(count) for kind, count in sorted(self.endings.items())},
            "unexpected": str(sum(self.unexpected.values())),
            "left when stopped": held,
            "resident after 10 %": f"{growth.settled / MEBIBYTE:.1f} MiB",
            "resident at the end": f"{growth.end / MEBIBYTE:.1f} MiB",
            "rise": f"{growth.per_cent:+.2f} % ({'met' if growth.met else 'NOT MET'}: below {BOUND_PER_CENT:g} %)",
            "verdict": "passed" if self.passed else "FAILED",
        }
        return "\n".join(f"{name:24}{value}" for name, value in rows.items())


def progress(line: str) -> tuple[int, dict[str, int]]:
    """Requests begun and endings by kind, as the client says them: ``12 200=10 gone-mid-body=1``."""
    begun, *endings = line.split()
    return int(begun), {kind: int(count) for kind, count in (ending.split("=") for ending in endings)}


def still_held(log: str) -> dict[str, int] | None:
    """The service's last word, ``requests=0 slabs=0``; None if it didn't come to it."""
    found = LAST_WORD.search(log)
    return found and {kind: int(count) for kind, count in (word.split("=") for word in found[1].split())}
