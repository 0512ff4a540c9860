"""ONNX Runtime in Python with nothing around it; takes the same lines as ``java/BareLoop.java``."""

import sys
import threading
import time
from pathlib import Path

import numpy as np
import onnxruntime

_sessions: dict[tuple[str, int], list[onnxruntime.InferenceSession]] = {}


def main() -> None:
    """Carry out one run a line until the input ends."""
    for line in sys.stdin:
        print(run(*line.rstrip("\n").split("\t")), flush=True)
        print("done", flush=True)


def run(
    graphs: str,
    name: str,
    threads: str,
    callers: str,
    batch: str,
    shape: str,
    case: str,
    lead_in: str,
    seconds: str,
    latencies_file: str,
    output_file: str,
) -> str:
    """Loop over the graphs from ``callers`` threads that share the sessions."""
    sessions = open_sessions(graphs, int(threads))
    field = np.fromfile(case, np.float32).reshape(1, *map(int, shape.split(",")))
    field = np.repeat(field, int(batch), axis=0)
    start = time.perf_counter_ns() + int(float(lead_in) * 1e9)
    end = start + int(float(seconds) * 1e9)
    latencies: list[list[int]] = [[] for _ in range(int(callers))]
    outputs: list[np.ndarray] = []
    totals: list[int] = []
    loops = [
        threading.Thread(target=loop, args=(sessions, name, field, start, end, times, outputs, totals))
        for times in latencies
    ]
    for thread in loops:
        thread.start()
    for thread in loops:
        thread.join()
    outputs[0].tofile(output_file)
    flat = [value for times in latencies for value in times]
    np.array(flat, "<i8").tofile(latencies_file)
    return f"{len(flat)} {sum(totals)} 0 {(end - start) / 1e9}"


def loop(
    sessions: list[onnxruntime.InferenceSession],
    name: str,
    field: np.ndarray,
    start: int,
    end: int,
    latencies: list[int],
    outputs: list[np.ndarray],
    totals: list[int],
) -> None:
    """Run until ``end``; note what ended after ``start``."""
    inputs = {sessions[0].get_inputs()[0].name: field}
    runs = 0
    before = time.perf_counter_ns()
    while runs == 0 or before < end:
        for session in sessions:
            output = session.run([name], inputs)[0]
        runs += 1
        after = time.perf_counter_ns()
        if start <= after < end:
            latencies.append(after - before)
        before = after
    outputs.append(output)
    totals.append(runs)


def open_sessions(graphs: str, threads: int) -> list[onnxruntime.InferenceSession]:
    """Sessions of these graphs, kept for later runs."""
    if (graphs, threads) not in _sessions:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        _sessions[graphs, threads] = [
            onnxruntime.InferenceSession(Path(graph), options, providers=["CPUExecutionProvider"])
            for graph in graphs.split(",")
        ]
    return _sessions[graphs, threads]


if __name__ == "__main__":
    main()
