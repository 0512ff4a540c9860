"""Percentiles, ratios and their spread over rounds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Spread:
    """The median over rounds, with the smallest and the largest."""

    median: float
    minimum: float
    maximum: float

    def __str__(self) -> str:
        return f"{digits(self.median)} ({digits(self.minimum)} to {digits(self.maximum)})"


def spread(values: Sequence[float]) -> Spread:
    """The spread of one value a round."""
    if not values:
        raise ValueError("no rounds")
    return Spread(float(np.median(values)), float(np.min(values)), float(np.max(values)))


def ratio_spread(numerators: Sequence[float], denominators: Sequence[float]) -> Spread:
    """The spread of per-round ratios.

    Both of a ratio come from the same round, so that what slows a whole round cancels. A ratio to nothing is NaN, and
    so is the spread then.
    """
    return spread([a / b if b else math.nan for a, b in zip(numerators, denominators, strict=True)])


def percentiles(latencies: np.ndarray) -> tuple[float, float, float]:
    """p50, p90 and p99 by nearest rank: each is a latency that a request really had. NaN if there was no request."""
    if not latencies.size:
        return math.nan, math.nan, math.nan
    p50, p90, p99 = np.percentile(latencies, [50, 90, 99], method="inverted_cdf")
    return float(p50), float(p90), float(p99)


def digits(value: float) -> str:
    """Three significant digits, without exponents."""
    if not math.isfinite(value):
        return "n/a"
    if value == 0:
        return "0"
    decimals = max(0, 2 - int(np.floor(np.log10(abs(value)))))
    return f"{value:.{decimals}f}"
