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
    case with another. Entries are ``input_<grid>`` and ``solution_<grid>``, float32 ``[count, ...]``, and ``seed``.

    Raises:
        ValueError: a split that is there was made with another seed, or does not say with which.
    """
    require_seed(folder, seed)
    folder.mkdir(parents=True, exist_ok=True)
    for index, (split, count) in enumerate(SPLITS.items()):
        path = folder / f"{split}.npz"
        if path.exists():
            continue
        stream = np.random.default_rng(np.random.SeedSequence([seed, index]))
        chunks = [problem.generate(size, stream) for size in tqdm(list(_chunks(count)), desc=split)]
        arrays = {"seed": np.int64(seed)}
        for grid in chunks[0]:
            arrays[f"input_{grid}"] = np.concatenate([chunk[grid][0] for chunk in chunks]).astype(np.float32)
            arrays[f"solution_{grid}"] = np.concatenate([chunk[grid][1] for chunk in chunks]).astype(np.float32)
        unfinished = path.with_suffix(".part.npz")
        np.savez_compressed(unfinished, **arrays)
        unfinished.rename(path)


def _chunks(count: int) -> Iterator[int]:
    for start in range(0, count, CHUNK):
        yield min(CHUNK, count - start)


def require_seed(folder: Path, seed: int) -> None:
    """Check that every split that is there was made with a seed.

    Raises:
        ValueError: one was made with another, or does not say with which.
    """
    for split in SPLITS:
        path = folder / f"{split}.npz"
        if path.exists() and (found := _seed_of_split(path)) != seed:
            raise ValueError(f"{path} was made with seed {found}, not {seed}; use that seed or another folder")


def seed_of(folder: Path) -> int:
    """The seed that all splits were made with.

    Raises:
        ValueError: they were made with several, or one does not say with which.
    """
    seed = _seed_of_split(folder / f"{next(iter(SPLITS))}.npz")
    require_seed(folder, seed)
    return seed


def _seed_of_split(path: Path) -> int:
    with np.load(path) as arrays:
        if "seed" not in arrays:
            raise ValueError(f"{path} does not say which seed it was made with; generate it again")
        return int(arrays["seed"])


def load(folder: Path, split: str, grid: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs and solutions of one split on one grid, float32 ``[count, 1, ...]``."""
    with np.load(folder / f"{split}.npz") as arrays:
        return (
            torch.from_numpy(arrays[f"input_{grid}"]).unsqueeze(1),
            torch.from_numpy(arrays[f"solution_{grid}"]).unsqueeze(1),
        )
