"""Calibration and evaluation of the shipped graphs on held-out cases: every number a manifest states."""

import dataclasses
import hashlib
import json
from pathlib import Path

import numpy as np

from surrogates import conformal, datasets, metrics
from surrogates.checkpoints import load_members
from surrogates.predictions import Predictions, predict
from surrogates.problems.problem import Problem
from surrogates.runtime import ShippedEnsemble, graph_files
from surrogates.timing import hardware, time_all


def digest(path: Path) -> dict[str, str]:
    """Name and SHA-256 of a file, as manifests state them."""
    return {"path": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def evaluate(problem: Problem, data: Path, runs: Path, folder: Path) -> dict:
    """Run the graphs of a version folder over the held-out cases of every grid and write ``runs/evaluation.json``.

    Args:
        problem: what was trained.
        data: folder with the splits.
        runs: folder with the checkpoints, for what training took.
        folder: the version folder.

    Raises:
        ValueError: data and members were made with different seeds, or do not say with which.
    """
    trained = load_members(problem, runs)
    seed = datasets.seed_of(data)
    if trained.seed != seed:
        raise ValueError(f"{data} was made with seed {seed}, the members in {runs} with {trained.seed}")
    ensemble = ShippedEnsemble(folder, problem.layout, problem.member_count)
    train_inputs, train_outputs = datasets.load(data, "train", problem.training_grid)
    grids = [evaluate_grid(problem, ensemble, data, grid) for grid in problem.grids]
    evaluation = {
        "surrogate": problem.surrogate,
        "version": problem.version,
        "graphs": [digest(folder / name) for name in graph_files(problem.layout, problem.member_count)],
        "seed": seed,
        "cases": datasets.SPLITS,
        "ranges": {
            problem.input_name: {"minimum": train_inputs.min().item(), "maximum": train_inputs.max().item()},
            problem.output_name: {"minimum": train_outputs.min().item(), "maximum": train_outputs.max().item()},
        },
        "parameters_per_member": trained.parameters,
        "epochs": trained.epochs,
        "cpu_seconds_per_member": round(trained.cpu_seconds, 1),
        "hardware": hardware(),
        "grids": grids,
        "timing": time_all(problem, ensemble, *datasets.load(data, "test", problem.training_grid)),
    }
    (runs / "evaluation.json").write_text(json.dumps(evaluation, indent=1) + "\n")
    return evaluation


def evaluate_grid(problem: Problem, ensemble: ShippedEnsemble, data: Path, grid: int) -> dict:
    """Calibrate on the calibration cases of one grid and measure on its test cases."""

    def run(split: str) -> Predictions:
        inputs, truths = (tensor.numpy() for tensor in datasets.load(data, split, grid))
        return predict(ensemble, inputs, truths, f"{split}, grid {grid}")

    floor = rounded(conformal.FLOOR_FRACTION * run("validation").std.mean())
    calibration = run("calibration")
    calibration_scores = calibration.error / (calibration.std + np.float32(floor))
    spread = conformal.spread_scores(calibration.mean, calibration.std)
    cases = len(spread)
    del calibration
    test = run("test")
    levels = conformal.calibrate(
        calibration_scores,
        test.error / (test.std + np.float32(floor)),
        test_width=2.0 * (float(test.std.mean(dtype=np.float64)) + floor),
    )
    members = test.members_relative_l2
    return {
        "grid": problem.shape(grid),
        "calibration_cases": cases,
        "test_cases": len(members),
        "relative_l2": float(test.relative_l2.mean()),
        "relative_l2_members": [float(error) for error in members.mean(axis=0)],
        "relative_l2_quantiles": {
            str(level): float(np.quantile(test.relative_l2, level)) for level in (0.5, 0.9, 0.99, 1.0)
        },
        "crps": test.crps,
        "mean_absolute_error": float(test.error.mean(dtype=np.float64)),
        "spread_skill_ratio": metrics.spread_skill_ratio(
            float(np.square(test.std).mean(dtype=np.float64)),
            float(np.square(test.error).mean(dtype=np.float64)),
            members.shape[1],
        ),
        "spread_error_correlation": float(
            np.corrcoef(np.linalg.norm(test.std, axis=1), np.linalg.norm(test.error, axis=1))[0, 1]
        ),
        "std_floor": floor,
        "levels": [dataclasses.asdict(level) for level in levels],
        "spread_scores": [rounded(score) for score in spread],
    }


def rounded(value: float) -> float:
    """Six significant digits: what is stated is what is used."""
    return float(f"{value:.6g}")
