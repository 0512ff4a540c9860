"""Wall time of the reference solver and of the shipped ensemble, one thread each, and the machine they ran on."""

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from surrogates.metrics import relative_l2
from surrogates.problems.problem import Problem
from surrogates.runtime import ShippedEnsemble

BATCHES = (1, 16)
REPEATS = 9
ACCURACY_CASES = 64


def hardware() -> str:
    """Processor and number of cores of this machine."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [line.split(":", 1)[1].strip() for line in information.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    cores = os.cpu_count() or 1
    return f"{model}, {cores} core{'s' if cores > 1 else ''}"


def seconds_per_case(solve: Callable[[np.ndarray], object], inputs: np.ndarray, batch: int) -> float:
    """Median wall time of several runs on different cases ``[n, ...]``, divided by the batch."""
    solve(inputs[:batch])
    times = []
    for repeat in range(REPEATS):
        chosen = inputs[[(repeat * batch + case) % len(inputs) for case in range(batch)]]
        start = time.perf_counter()
        solve(chosen)
        times.append(time.perf_counter() - start)
    return statistics.median(times) / batch


def time_solver(
    solve: Callable[[np.ndarray], np.ndarray], inputs: torch.Tensor, truths: torch.Tensor
) -> dict[str, float]:
    """Seconds a solve, and the relative L2 error against the data's solutions ``[n, 1, ...]``."""
    fields = inputs[:, 0].numpy().astype(np.float64)
    solutions = torch.from_numpy(solve(fields[:ACCURACY_CASES]))
    return {
        **{f"seconds_batch_{batch}": seconds_per_case(solve, fields, batch) for batch in BATCHES},
        "relative_l2": relative_l2(solutions, truths[:ACCURACY_CASES, 0].double()).mean().item(),
    }


def time_all(problem: Problem, ensemble: ShippedEnsemble, inputs: torch.Tensor, truths: torch.Tensor) -> dict:
    """Solver, its cheaper settings and the ensemble on the same cases ``[n, 1, ...]`` of one grid."""
    return {
        "grid": list(inputs.shape[2:]),
        "solver": time_solver(problem.reference, inputs, truths),
        "coarser_solvers": [
            {"setting": setting, **time_solver(solve, inputs, truths)} for setting, solve in problem.coarser_references
        ],
        "ensemble": {f"seconds_batch_{batch}": seconds_per_case(ensemble, inputs.numpy(), batch) for batch in BATCHES},
        "hardware": hardware(),
    }
