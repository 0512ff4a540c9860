"""The NPZ archives of a version: golden cases, to be reproduced before it is served, and examples to try."""

import io
import zipfile
from pathlib import Path

import numpy as np
import torch

from surrogates import datasets, parity
from surrogates.ensemble import Ensemble
from surrogates.problems.problem import Problem
from surrogates.runtime import ShippedEnsemble

GOLDEN_CASES = 2
GOLDEN_TOLERANCE = 5e-4
"""Relative to the norm of each array, std included. Members agree to a few tenths of a percent, so rounding of 1e-7 in
each of them is up to 1e-4 in their std; the mean is reproduced to 1e-6. A tighter bound would test the hardware."""
EXAMPLE_CASES = 32


def write_archive(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a compressed NPZ whose bytes depend on the arrays alone, so that its digest does not change with time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.ascontiguousarray(array, dtype=np.float32), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), entry.getvalue(), zipfile.ZIP_DEFLATED)


def write_golden(
    problem: Problem, ensemble: Ensemble, shipped: ShippedEnsemble, data: Path, grid: int, path: Path
) -> None:
    """Save test inputs with the mean and std that PyTorch computes for them, ``[2, 1, ...]``.

    Raises:
        ValueError: the shipped graphs do not reproduce the mean to 1e-5 and std to a third of the stated tolerance.
    """
    field = datasets.load(data, "test", grid)[0][:GOLDEN_CASES]
    with torch.no_grad():
        mean, std, _ = (output.numpy() for output in ensemble(field))
    found = shipped(field.numpy())
    differences = {
        "mean": parity.relative_difference(found.mean, mean),
        "std": parity.relative_difference(found.std, std),
    }
    print(f"{path.name}: " + ", ".join(f"{name} differs by {value:.1e}" for name, value in differences.items()))
    if not (differences["mean"] <= parity.TOLERANCE and differences["std"] <= GOLDEN_TOLERANCE / 3):
        raise ValueError(f"the shipped graphs do not reproduce {path.name}")
    write_archive(path, {problem.input_name: field.numpy(), "mean": mean, "std": std})


def write_examples(problem: Problem, data: Path, path: Path) -> None:
    """Save test cases on the training grid with the reference solver's solutions, ``[32, 1, ...]``."""
    inputs, solutions = datasets.load(data, "test", problem.training_grid)
    write_archive(
        path,
        {
            problem.input_name: inputs[:EXAMPLE_CASES].numpy(),
            f"reference.{problem.output_name}": solutions[:EXAMPLE_CASES].numpy(),
        },
    )
