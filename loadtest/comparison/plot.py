"""Throughput, tail latency and processor time side by side."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from .figures import MILLISECONDS, Rounds
from .measure import Sample
from .models import DARCY, SMALL
from .statistics import digits, percentiles, spread

COLOURS = {"fieldserve": "#0b6e99", "fastapi": "#d9730d", "ray": "#6940a5"}
BARE_COLOUR = "#9b9a97"


def draw(samples: list[Sample], file: Path) -> None:
    """A row a model: saturated throughput, p99 at the higher arrival rate, processor time a case.

    Nothing is drawn of a run without saturated workloads.
    """
    rounds = Rounds(samples)
    models = [model for model in (DARCY, SMALL) if rounds.contenders(f"{model}/saturated-mean")]
    if not models:
        return
    figure, rows = plt.subplots(len(models), 3, figsize=(13, 3.6 * len(models)), squeeze=False)
    for model, axes in zip(models, rows, strict=True):
        saturated, opened = f"{model}/saturated-mean", f"{model}/open-80%"
        _bars(axes[0], rounds, saturated, lambda s: s.throughput, f"{model}: cases/s, saturated")
        _bars(axes[1], rounds, opened, _p99_milliseconds, f"{model}: p99 ms, open model, 80 %")
        _bars(axes[2], rounds, saturated, lambda s: MILLISECONDS * s.server_cpu, f"{model}: CPU ms a case")
    figure.tight_layout()
    figure.savefig(file, dpi=120)
    plt.close(figure)


def _p99_milliseconds(sample: Sample) -> float:
    return MILLISECONDS * percentiles(sample.latencies)[2]


def _bars(axes, rounds: Rounds, workload: str, value, title: str) -> None:
    contenders = rounds.contenders(workload)
    spreads = [spread(rounds.values(workload, contender, value)) for contender in contenders]
    medians = np.array([each.median for each in spreads])
    errors = np.array([[each.median - each.minimum, each.maximum - each.median] for each in spreads]).reshape(-1, 2).T
    colours = [COLOURS.get(contender, BARE_COLOUR) for contender in contenders]
    bars = axes.barh(contenders, medians, xerr=errors, color=colours, error_kw={"ecolor": "#37352f", "capsize": 3})
    axes.bar_label(bars, [digits(median) for median in medians], padding=4, fontsize=8)
    axes.margins(x=0.15)
    axes.invert_yaxis()
    axes.set_title(title, fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlim(left=0)
