"""Figures of the model card."""

from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot as plt

from surrogates.conformal import GUARANTEES
from surrogates.report import grid_name
from surrogates.runtime import Prediction

DPI = 68
NO_DATE = {"Software": None}


def save(figure: plt.Figure, path: Path) -> None:
    """Write a small PNG."""
    figure.savefig(path, dpi=DPI, metadata=NO_DATE)
    plt.close(figure)


def plot_maps(field: np.ndarray, truth: np.ndarray, prediction: Prediction, names: tuple[str, str], path: Path) -> None:
    """Heat maps of one case ``[H, W]``: input, truth, mean, |error|, std."""
    mean, std = prediction.mean[0, 0], prediction.std[0, 0]
    error = np.abs(mean - truth)
    pressure = {"vmin": min(truth.min(), mean.min()), "vmax": max(truth.max(), mean.max()), "cmap": "viridis"}
    panels = [
        (names[0], field, {"cmap": "cividis"}),
        (f"{names[1]}, reference", truth, pressure),
        (f"{names[1]}, mean", mean, pressure),
        ("|mean - reference|", error, {"cmap": "magma", "vmin": 0.0}),
        ("std", std, {"cmap": "magma", "vmin": 0.0}),
    ]
    figure, axes = plt.subplots(1, len(panels), figsize=(17, 3.2), layout="constrained")
    for axis, (title, values, style) in zip(axes, panels, strict=True):
        image = axis.imshow(values, origin="lower", extent=(0, 1, 0, 1), **style)
        axis.set(title=title, xlabel="x", ylabel="y")
        figure.colorbar(image, ax=axis, fraction=0.046, pad=0.04)
    save(figure, path)


def plot_curves(
    field: np.ndarray, truth: np.ndarray, prediction: Prediction, half_width: np.ndarray, label: str, path: Path
) -> None:
    """Curves of one case ``[N]``: input, truth and mean with interval; below, the error, std and interval."""
    mean, std = prediction.mean[0, 0], prediction.std[0, 0]
    x = np.arange(len(truth)) / len(truth)
    figure, (above, below) = plt.subplots(2, 1, figsize=(9, 6), sharex=True, layout="constrained")
    above.plot(x, field, color="0.6", label="input")
    above.plot(x, truth, color="black", label="reference")
    above.plot(x, mean, "--", color="tab:blue", label="mean")
    above.fill_between(x, mean - half_width, mean + half_width, color="tab:blue", alpha=0.3, label=label)
    above.set(ylabel="velocity")
    below.plot(x, mean - truth, color="tab:red", label="mean - reference")
    below.plot(x, std, color="tab:green", label="std")
    below.fill_between(x, -half_width, half_width, color="tab:blue", alpha=0.2, label=label)
    below.set(xlabel="x")
    for axis in (above, below):
        axis.legend(loc="upper right", fontsize="small")
        axis.grid(alpha=0.3)
    save(figure, path)


def plot_calibration(grids: list[dict], path: Path) -> None:
    """Coverage measured on test cases against the nominal level, both guarantees, every grid."""
    figure, axes = plt.subplots(1, 2, figsize=(9, 4.2), sharey=True, layout="constrained")
    for axis, guarantee in zip(axes, GUARANTEES, strict=True):
        axis.plot([0.4, 1], [0.4, 1], color="0.6", linewidth=1)
        for marker, grid in zip("o^sd", grids, strict=False):
            levels = [level for level in grid["levels"] if level["guarantee"] == guarantee]
            axis.plot(
                [level["level"] for level in levels],
                [level["coverage"] for level in levels],
                marker + "-",
                label=grid_name(grid["grid"]),
            )
        axis.set(title=guarantee, xlabel="nominal level", ylabel="coverage on test cases")
        axis.legend()
        axis.grid(alpha=0.3)
    save(figure, path)
