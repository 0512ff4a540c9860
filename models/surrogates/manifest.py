"""The manifest ``surrogate.json``: what a problem says of itself and what its evaluation measured."""

import json
from pathlib import Path

import jsonschema

from surrogates import conformal
from surrogates.archives import EXAMPLE_CASES, GOLDEN_TOLERANCE
from surrogates.evaluation import digest
from surrogates.problems.problem import Problem
from surrogates.report import grid_name

SCHEMA_VERSION = 1
SCHEMA = Path(__file__).parents[2] / "src/main/resources/META-INF/resources/schema/surrogate-v1.json"


def write_manifest(problem: Problem, evaluation: dict, folder: Path) -> Path:
    """Write the manifest of a version folder, checked against the published schema.

    Raises:
        ValueError: the graphs in the folder are not those that were evaluated.
    """
    if [digest(folder / graph["path"]) for graph in evaluation["graphs"]] != evaluation["graphs"]:
        raise ValueError(f"the graphs in {folder} have changed since they were evaluated; run evaluate again")
    manifest = build(problem, evaluation, folder)
    validate(manifest)
    path = folder / "surrogate.json"
    path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def validate(manifest: dict) -> None:
    """Check against the JSON Schema.

    Raises:
        jsonschema.ValidationError: what is wrong, and where.
    """
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(manifest)


def build(problem: Problem, evaluation: dict, folder: Path) -> dict:
    """The manifest as a dictionary, in the order of its schema."""
    described = problem.manifest

    def with_ranges(fields: list[dict]) -> list[dict]:
        return [{**field, "range": evaluation["ranges"][field["name"]]} for field in fields]

    return {
        "schema_version": SCHEMA_VERSION,
        "name": problem.surrogate,
        "version": problem.version,
        "title": described["title"],
        "description": described["description"],
        "pde": described["pde"],
        "inputs": with_ranges(described["inputs"]),
        "outputs": with_ranges(described["outputs"]),
        "grid": described["grid"],
        "ensemble": {"layout": problem.layout, "members": problem.member_count, "files": evaluation["graphs"]},
        "golden": {**digest(folder / "golden.npz"), "relative_tolerance": GOLDEN_TOLERANCE},
        "examples": {**digest(folder / "examples.npz"), "cases": EXAMPLE_CASES},
        "calibration": {
            "method": conformal.METHOD,
            "references": list(conformal.REFERENCES),
            "fields": [{"field": problem.output_name, "grids": [calibrated(grid) for grid in evaluation["grids"]]}],
        },
        "test_errors": [
            {
                "field": problem.output_name,
                "metric": "relative_l2",
                "grid": grid["grid"],
                "cases": grid["test_cases"],
                "ensemble": grid["relative_l2"],
                "members": grid["relative_l2_members"],
            }
            for grid in evaluation["grids"]
        ],
        "training": {
            "generator": described["generator"],
            "seed": evaluation["seed"],
            "cases": evaluation["cases"],
            "network": problem.network_description,
            "parameters_per_member": evaluation["parameters_per_member"],
            "epochs": evaluation["epochs"],
            "cpu_seconds_per_member": evaluation["cpu_seconds_per_member"],
            "hardware": evaluation["hardware"],
        },
        "reference_solver": {
            "name": described["reference_solver"],
            "grid": evaluation["timing"]["grid"],
            "seconds_per_solve": evaluation["timing"]["solver"]["seconds_batch_1"],
            "relative_l2": evaluation["timing"]["solver"]["relative_l2"],
            "hardware": evaluation["timing"]["hardware"],
        },
        "licence": described["licence"],
    }


def calibrated(grid: dict) -> dict:
    """The calibration of one grid.

    Raises:
        ValueError: there were too few cases for a level.
    """
    if any(level["scale"] == float("inf") for level in grid["levels"]):
        raise ValueError(f"too few calibration cases on the grid {grid_name(grid['grid'])}")
    return {
        "grid": grid["grid"],
        "cases": grid["calibration_cases"],
        "std_floor": grid["std_floor"],
        "levels": grid["levels"],
        "spread_scores": grid["spread_scores"],
    }
