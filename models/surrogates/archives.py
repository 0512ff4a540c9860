"""The NPZ archives of a version: golden cases, to be reproduced before it is served, and examples to try."""

import io
import zipfile
from pathlib import Path

import numpy as np
import torch

from surrogates import datasets
from surrogates.ensemble import Ensemble
from surrogates.problems.problem import Problem
from surrogates.runtime import Prediction, ShippedEnsemble

GOLDEN_CASES = 2
GOLDEN_TOLERANCE = 1e-5
"""Bound on ||found - saved|| / ||saved mean||, of the mean and of the std. The std is what is left of members that
agree in most of their 24 bits, so that rounding moves it as far as the mean, but much further relative to itself."""
EXAMPLE_CASES = 32


def write_archive(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a compressed NPZ whose bytes depend on the arrays alone, so that its digest does not change with time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.ascontiguousarray(array, dtype=np.float32), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), entry.getvalue(), zipfile.ZIP_DEFLATED)


def golden_differences(found: Prediction, mean: np.ndarray, std: np.ndarray) -> dict[str, float]:
    """||found - saved|| / ||saved mean||, for mean and std alike."""
    norm = np.linalg.norm(mean.astype(np.float64))
    pairs = {"mean": (found.mean, mean), "std": (found.std, std)}
    return {
        name: float(np.linalg.norm(mine.astype(np.float64) - theirs.astype(np.float64)) / norm)
        for name, (mine, theirs) in pairs.items()
    }


def write_golden(
    problem: Problem, ensemble: Ensemble, shipped: ShippedEnsemble, data: Path, grid: int, path: Path
) -> None:
    """Save test inputs with the mean and std that PyTorch computes for them, ``[2, 1, ...]``.

    Raises:
        ValueError: the shipped graphs do not reproduce mean and std to a third of the stated tolerance.
    """
    field = datasets.load(data, "test", grid)[0][:GOLDEN_CASES]
    with torch.no_grad():
        mean, std, _ = (output.numpy() for output in ensemble(field))
    differences = golden_differences(shipped(field.numpy()), mean, std)
    stated = ", ".join(f"{name} differs by {value:.1e}" for name, value in differences.items())
    print(f"{path.name}: {stated} of the mean")
    if not all(value <= GOLDEN_TOLERANCE / 3 for value in differences.values()):
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
