"""Error measures."""

import math

import numpy as np
from torch import Tensor


def relative_l2(prediction: Tensor, truth: Tensor) -> Tensor:
    """Relative L2 error ||prediction - truth|| / ||truth|| of every sample, ``[B, ...]`` to ``[B]``."""
    error = (prediction - truth).flatten(1).norm(dim=1)
    return error / truth.flatten(1).norm(dim=1)


def continuous_ranked_probability_score(members: np.ndarray, truth: np.ndarray) -> float:
    """Mean CRPS of an ensemble ``[M, ...]`` against ``[...]``, in the field's unit.

    E|X - y| - E|X - X'| / 2 over the members (Gneiting and Raftery 2007, doi 10.1198/016214506000001437, equation
    21), with the second mean over distinct members, so that it does not depend on their number (Ferro 2014,
    doi 10.1002/qj.2270).
    """
    count = len(members)
    error = np.mean(np.abs(members - truth))
    # The sum of |x_i - x_j| over pairs, from the sorted members.
    weight = 2.0 * np.arange(1, count + 1) - count - 1
    pairs = np.mean(np.tensordot(weight.astype(members.dtype), np.sort(members, axis=0), axes=1))
    return float(error - pairs / (count * (count - 1)))


def spread_skill_ratio(mean_square_std: float, mean_square_error: float, members: int) -> float:
    """Spread of the members over the error of their mean: one where members are drawn from the truth's distribution.

    With the correction (M + 1) / M for a finite ensemble (Fortin et al. 2014, doi 10.1175/JHM-D-14-0008.1).
    """
    return math.sqrt((members + 1) / members * mean_square_std / mean_square_error)
