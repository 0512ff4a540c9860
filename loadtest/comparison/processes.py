"""Processes that are pinned to cores, paused while others are measured, accounted for, and always ended."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


class ProcessGroup:
    """A command with everything it starts.

    Members are the leader's descendants and whatever was once seen to be one: a process whose parent has ended stays a
    member, and a process that reuses a number doesn't become one.
    """

    def __init__(
        self,
        command: Sequence[str],
        cores: Iterable[int],
        log: Path,
        environment: dict[str, str] | None = None,
        **pipes,
    ) -> None:
        """Start ``command`` on ``cores``; its output goes to ``log`` unless ``pipes`` says otherwise."""
        self.log = log
        self._seen: set[tuple[int, str]] = set()
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as output:
            self.leader = subprocess.Popen(
                ["taskset", "--cpu-list", ",".join(map(str, sorted(cores))), *command],
                env={**os.environ, **(environment or {})},
                stderr=output,
                # Ctrl-C reaches the comparison alone, which then ends its groups.
                start_new_session=True,
                preexec_fn=_die_with_parent,
                **{"stdout": output, "stdin": subprocess.DEVNULL, **pipes},
            )

    def pids(self) -> list[int]:
        """The living members."""
        stats = _stats()
        self._seen = {(pid, birth) for pid, birth in self._seen if pid in stats and stats[pid].birth == birth}
        members = {self.leader.pid, *(pid for pid, _ in self._seen)}
        members = _with_descendants(members, stats) & stats.keys()
        self._seen |= {(pid, stats[pid].birth) for pid in members}
        return sorted(members)

    def require_alive(self) -> None:
        """Raise with the end of the log if the leader has ended."""
        if self.leader.poll() is not None:
            tail = self.log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{self.leader.args} ended with {self.leader.returncode}:\n{tail}")

    def pause(self) -> None:
        """Stop every member where it is, so that it takes no processor time."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let every member go on."""
        self._signal(signal.SIGCONT)

    def cpu_seconds(self) -> float:
        """User and system time of the living members and of their children that have ended."""
        pids, stats = self.pids(), _stats()
        return sum(stats[pid].ticks for pid in pids if pid in stats) / CLOCK_TICKS

    def reset_peak_memory(self) -> None:
        """Forget the peaks so far: from here on they are those of what follows."""
        for pid in self.pids():
            with contextlib.suppress(OSError):
                (PROC / str(pid) / "clear_refs").write_text("5")

    def memory(self) -> Memory:
        """What the members take; pages that members share are counted in each of them, but once in ``shared_once``."""
        pids = self.pids()
        return Memory(
            peak=sum(_kilobytes(pid, "status", "VmHWM:") for pid in pids) * 1024,
            shared_once=sum(_kilobytes(pid, "smaps_rollup", "Pss:") for pid in pids) * 1024,
        )

    def end(self) -> None:
        """End every member, by force if it doesn't go within three seconds. May be called again."""
        for number in (signal.SIGTERM, signal.SIGCONT):
            self._signal(number)
        deadline = time.monotonic() + 3
        while self._reap() and time.monotonic() < deadline:
            time.sleep(0.05)
        while self._reap():
            self._signal(signal.SIGKILL)
            time.sleep(0.05)

    def _reap(self) -> list[int]:
        self.leader.poll()
        return self.pids()

    def _signal(self, number: signal.Signals) -> None:
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)


@dataclass(frozen=True)
class Memory:
    """Bytes of a group: ``peak`` adds the members' peak resident sizes, ``shared_once`` their proportional sizes."""

    peak: int
    shared_once: int


def busy_seconds(cores: Iterable[int]) -> float:
    """Time that these cores spent on anything, or that a hypervisor withheld from them."""
    wanted = {f"cpu{core}" for core in cores}
    lines = (line.split() for line in (PROC / "stat").read_text().splitlines())
    # After the name: user, nice, system, idle, iowait, irq, softirq, steal.
    ticks = [list(map(int, fields[1:9])) for fields in lines if fields[0] in wanted]
    return sum(sum(core[:3]) + sum(core[5:]) for core in ticks) / CLOCK_TICKS


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that none gets away."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_descendants() -> None:
    """Kill whatever is left below this process, and take note of its end, so that no zombie is left to others."""
    own = os.getpid()
    while left := _with_descendants({own}, _stats()) - {own}:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass(frozen=True)
class _Stat:
    parent: int
    birth: str
    ticks: int


def _stats() -> dict[int, _Stat]:
    """Every living process but those that only wait for their parent to notice their end."""
    stats = {}
    for entry in filter(str.isdigit, os.listdir(PROC)):
        try:
            fields = (PROC / entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # The first of these is field 3 of proc(5), the state; utime, stime, cutime, cstime are fields 14 to 17.
        if fields[0] != "Z":
            stats[int(entry)] = _Stat(int(fields[1]), fields[19], sum(map(int, fields[11:15])))
    return stats


def _with_descendants(pids: set[int], stats: dict[int, _Stat]) -> set[int]:
    found, size = set(pids), 0
    while len(found) > size:
        size = len(found)
        found |= {pid for pid, stat in stats.items() if stat.parent in found}
    return found


def _kilobytes(pid: int, file: str, key: str) -> int:
    try:
        lines = (PROC / str(pid) / file).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(key)), 0)
