"""Training, validation, calibration and test sets on disk."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from surrogates.problems.problem import Problem

SPLITS = {"train": 1000, "validation": 100, "calibration": 500, "test": 500}
CHUNK = 50


def generate(problem: Problem, folder: Path, seed: int) -> None:
    """Write one ``<split>.npz`` for every split that is not there yet.

    A split draws from a random stream of its own, so that its cases depend on the seed alone, and no split shares a
    case with another. Entries are ``input_<grid>`` and ``solution_<grid>``, float32 ``[count, ...]``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for index, (split, count) in enumerate(SPLITS.items()):
        path = folder / f"{split}.npz"
        if path.exists():
            continue
        stream = np.random.default_rng(np.random.SeedSequence([seed, index]))
        chunks = [problem.generate(size, stream) for size in tqdm(list(_chunks(count)), desc=split)]
        arrays = {}
        for grid in chunks[0]:
            arrays[f"input_{grid}"] = np.concatenate([chunk[grid][0] for chunk in chunks]).astype(np.float32)
            arrays[f"solution_{grid}"] = np.concatenate([chunk[grid][1] for chunk in chunks]).astype(np.float32)
        unfinished = path.with_suffix(".part.npz")
        np.savez_compressed(unfinished, **arrays)
        unfinished.rename(path)


def _chunks(count: int) -> Iterator[int]:
    for start in range(0, count, CHUNK):
        yield min(CHUNK, count - start)


def load(folder: Path, split: str, grid: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs and solutions of one split on one grid, float32 ``[count, 1, ...]``."""
    with np.load(folder / f"{split}.npz") as arrays:
        return (
            torch.from_numpy(arrays[f"input_{grid}"]).unsqueeze(1),
            torch.from_numpy(arrays[f"solution_{grid}"]).unsqueeze(1),
        )
