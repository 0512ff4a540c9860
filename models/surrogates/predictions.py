"""What the shipped ensemble says of a whole split, gathered in chunks."""

from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from surrogates.metrics import continuous_ranked_probability_score
from surrogates.runtime import ShippedEnsemble

CHUNK_POINTS = 80_000
"""Grid points a run: some twenty cases of 64 x 64."""


@dataclass(frozen=True)
class Predictions:
    """Held-out cases on one grid, points flattened.

    Attributes:
        mean: ``[n, P]``.
        std: ``[n, P]``.
        error: |truth - mean|, ``[n, P]``.
        relative_l2: of the ensemble mean, ``[n]``.
        members_relative_l2: of each member, ``[n, M]``.
        crps: mean over points and cases.
    """

    mean: np.ndarray
    std: np.ndarray
    error: np.ndarray
    relative_l2: np.ndarray
    members_relative_l2: np.ndarray
    crps: float


def predict(ensemble: ShippedEnsemble, inputs: np.ndarray, truths: np.ndarray, description: str) -> Predictions:
    """Run the ensemble over ``[n, 1, ...]``."""
    chunk = max(1, CHUNK_POINTS // inputs[0].size)
    parts: list[tuple[np.ndarray, ...]] = []
    crps = 0.0
    for start in tqdm(range(0, len(inputs), chunk), desc=description):
        prediction = ensemble(inputs[start : start + chunk])
        truth = truths[start : start + chunk].reshape(-1, inputs[0].size)
        mean, std = prediction.mean.reshape(truth.shape), prediction.std.reshape(truth.shape)
        members = prediction.members.reshape(-1, *truth.shape)
        norm = np.linalg.norm(truth, axis=1)
        parts.append(
            (
                mean,
                std,
                np.abs(truth - mean),
                np.linalg.norm(truth - mean, axis=1) / norm,
                (np.linalg.norm(truth - members, axis=2) / norm).T,
            )
        )
        crps += continuous_ranked_probability_score(members, truth) * len(truth)
    return Predictions(*(np.concatenate(part) for part in zip(*parts, strict=True)), crps=crps / len(inputs))
