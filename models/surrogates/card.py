"""The model card of a version: a README with plots, written from its evaluation."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from surrogates import plots
from surrogates.card_text import card_lines
from surrogates.problems.problem import Problem
from surrogates.runtime import ShippedEnsemble

EXAMPLE = 0
"""Which of the shipped examples is drawn: the first, not the best."""
BAND = (0.95, "simultaneous")


def write_card(problem: Problem, manifest: dict, evaluation: dict, folder: Path) -> Path:
    """Write README.md, example.png and calibration.png into the version folder."""
    draw_example(problem, evaluation, folder)
    plots.plot_calibration(evaluation["grids"], folder / "calibration.png")
    size = sum((folder / graph["path"]).stat().st_size for graph in evaluation["graphs"])
    path = folder / "README.md"
    path.write_text("\n".join(card_lines(problem, manifest, evaluation, size)) + "\n", encoding="utf-8")
    return path


def draw_example(problem: Problem, evaluation: dict, folder: Path) -> None:
    """One shipped example with its prediction."""
    ensemble = ShippedEnsemble(folder, problem.layout, problem.member_count)
    with np.load(folder / "examples.npz") as examples:
        field = examples[problem.input_name][EXAMPLE : EXAMPLE + 1]
        truth = examples[f"reference.{problem.output_name}"][EXAMPLE, 0]
    prediction = ensemble(field)
    path = folder / "example.png"
    if truth.ndim == 2:
        plots.plot_maps(field[0, 0], truth, prediction, (problem.input_name, problem.output_name), path)
        return
    grid = evaluation["grids"][0]
    scale = next(scale for level, scale in _scales(grid) if level == BAND)
    half_width = scale * (prediction.std[0, 0] + grid["std_floor"])
    plots.plot_curves(field[0, 0], truth, prediction, half_width, f"{BAND[0]:.0%} {BAND[1]} interval", path)


def _scales(grid: dict) -> Iterator[tuple[tuple[float, str], float]]:
    for level in grid["levels"]:
        yield (level["level"], level["guarantee"]), level["scale"]
