"""Split conformal calibration of ensemble intervals mean +- scale (std + floor).

Score of a grid point: |y - mean| / (std + floor), the error in units of the predicted spread (Gopakumar et al. 2024,
arXiv 2408.09881, section 3, "STD"). Two scales come from the scores of n held-out cases of P points each:

- pointwise: the ceil((n + 1) P level)-th smallest of all n P scores pooled. Cases are exchangeable and their points
  are not independent, so it is a case, not a point, that is added for the unseen one (hierarchical conformal
  prediction, Lee, Barber and Willett 2023, arXiv 2306.06342). A point is covered with at least the stated
  probability, on average over points and over cases.
- simultaneous: the ceil((n + 1) level)-th smallest of the n largest scores a case (Diquigiovanni, Fontana and Vantini
  2022, doi 10.1016/j.jmva.2021.104879). The whole solution lies inside the band with at least the stated probability.

Both hold for new cases of the training distribution, on the grid of the calibration cases, in finite samples.
"""

import math
from dataclasses import dataclass

import numpy as np

LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99)
GUARANTEES = ("pointwise", "simultaneous")
FLOOR_FRACTION = 0.1
"""The floor, as a fraction of the mean std over the validation cases: so a score is finite where members agree, next
to a boundary say. Validation cases, so that the score is fixed before it sees a calibration case."""

METHOD = (
    "Split conformal prediction with the score |y - mean| / (std + floor) a grid point. Pointwise: the "
    "ceil((n + 1) P level)-th smallest score of all P points of all n calibration cases pooled. Simultaneous: the "
    "ceil((n + 1) level)-th smallest of the n largest scores a case. The floor is "
    f"{FLOOR_FRACTION:g} of the mean std over the validation cases of the same grid."
)
REFERENCES = (
    "Gopakumar et al. 2024, Uncertainty quantification of surrogate models using conformal prediction, "
    "arXiv 2408.09881",
    "Lee, Barber and Willett 2023, Distribution-free inference with hierarchical data, arXiv 2306.06342",
    "Diquigiovanni, Fontana and Vantini 2022, Conformal prediction bands for multivariate functional data, "
    "doi 10.1016/j.jmva.2021.104879",
)


@dataclass(frozen=True)
class CalibratedLevel:
    """One interval: its scale, and what was measured of it on a third set."""

    level: float
    guarantee: str
    scale: float
    coverage: float
    mean_width: float


def order_statistic(scores: np.ndarray, rank: int) -> float:
    """The rank-th smallest score, counted from one; infinite where there are too few scores for that."""
    if rank > scores.size:
        return math.inf
    return float(np.partition(scores, rank - 1, axis=None)[rank - 1])


def _ceiling(value: float) -> int:
    """The next integer, forgiving the rounding of a product such as 20 x 0.95."""
    return math.ceil(value - 1e-9 * max(1.0, value))


def pointwise_scale(scores: np.ndarray, level: float) -> float:
    """Scale that covers a point of a new case with probability ``level``, from scores ``[n, P]``."""
    cases, points = scores.shape
    return order_statistic(scores, _ceiling((cases + 1) * points * level))


def simultaneous_scale(scores: np.ndarray, level: float) -> float:
    """Scale that covers all points of a new case at once with probability ``level``, from scores ``[n, P]``."""
    return order_statistic(scores.max(axis=1), _ceiling((len(scores) + 1) * level))


def calibrate(calibration_scores: np.ndarray, test_scores: np.ndarray, test_width: float) -> list[CalibratedLevel]:
    """All levels with both guarantees.

    Args:
        calibration_scores: ``[n, P]``.
        test_scores: ``[m, P]`` of cases that neither training nor calibration saw.
        test_width: mean of 2 (std + floor) over those cases, the width of an interval of scale one.
    """
    results = []
    largest = test_scores.max(axis=1)
    for level in LEVELS:
        for guarantee in GUARANTEES:
            pointwise = guarantee == "pointwise"
            scale = (pointwise_scale if pointwise else simultaneous_scale)(calibration_scores, level)
            coverage = float(np.mean((test_scores if pointwise else largest) <= scale))
            results.append(CalibratedLevel(level, guarantee, scale, coverage, scale * test_width))
    return results


def spread_scores(mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    """Strangeness of a case: ||std|| / ||mean||, ``[n, P]`` twice to ``[n]``, ascending.

    The conformal p-value of a new case is (1 + the number of these that are at least its own) / (n + 1).
    """
    return np.sort(np.linalg.norm(std, axis=1) / np.linalg.norm(mean, axis=1))
