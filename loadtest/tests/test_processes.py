import os
import sys

from comparison.processes import ProcessGroup


def test_ending_a_group_ends_what_it_started(tmp_path):
    # Given a paused command with a child that ignores polite requests
    child = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); signal.pause()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    ends = os.pipe()
    group = ProcessGroup([sys.executable, "-c", parent], os.sched_getaffinity(0), tmp_path / "log", stdout=ends[1])
    os.read(ends[0], 1)
    group.pause()
    members = group.pids()

    # When
    group.end()

    # Then
    assert len(members) == 2
    assert group.pids() == []
    assert group.leader.returncode is not None
