"""What the repository ships: digests, errors within bounds, and answers as stated."""

import hashlib
import json
import math
from pathlib import Path

import numpy as np
import pytest

from surrogates import manifest
from surrogates.archives import GOLDEN_TOLERANCE, golden_differences
from surrogates.parity import relative_difference
from surrogates.runtime import ShippedEnsemble

REPOSITORY = Path(__file__).parents[1] / "repository"
FOLDERS = sorted(path.parent for path in REPOSITORY.glob("*/*/surrogate.json"))
LARGEST_ERROR = {"darcy-fno": 0.012, "burgers-fno": 0.004}
LARGEST_REPOSITORY = 60e6

pytestmark = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")


def read_manifest(folder: Path) -> dict:
    return json.loads((folder / "surrogate.json").read_text(encoding="utf-8"))


def open_ensemble(stated: dict, folder: Path) -> ShippedEnsemble:
    return ShippedEnsemble(folder, stated["ensemble"]["layout"], stated["ensemble"]["members"])


def test_the_manifest_is_valid_and_its_digests_are_right(folder):
    stated = read_manifest(folder)

    manifest.validate(stated)
    assert folder.parts[-2:] == (stated["name"], str(stated["version"]))
    for file in (*stated["ensemble"]["files"], stated["golden"], stated["examples"]):
        assert hashlib.sha256((folder / file["path"]).read_bytes()).hexdigest() == file["sha256"], file["path"]


def test_errors_are_within_bounds_and_the_ensemble_beats_its_members(folder):
    stated = read_manifest(folder)

    trained = next(error for error in stated["test_errors"] if error["grid"] == stated["grid"]["trained"])
    assert trained["cases"] >= 200
    assert trained["ensemble"] <= LARGEST_ERROR[stated["name"]]
    for error in stated["test_errors"]:
        assert len(error["members"]) >= 5
        assert error["ensemble"] < min(error["members"])


def test_measured_coverage_is_what_calibration_promises(folder):
    for grid in read_manifest(folder)["calibration"]["fields"][0]["grids"]:
        for level in grid["levels"]:
            # both sets vary, calibration and test; points of one case stand or fall together
            deviation = math.sqrt(level["level"] * (1 - level["level"]) * 2 / grid["cases"])
            assert abs(level["coverage"] - level["level"]) < 4 * deviation, (grid["grid"], level)


def test_the_golden_case_is_reproduced(folder):
    stated = read_manifest(folder)
    with np.load(folder / stated["golden"]["path"]) as golden:
        prediction = open_ensemble(stated, folder)(golden[stated["inputs"][0]["name"]])

        differences = golden_differences(prediction, golden["mean"], golden["std"])
    assert stated["golden"]["relative_tolerance"] == GOLDEN_TOLERANCE
    assert max(differences.values()) <= GOLDEN_TOLERANCE, differences


def test_the_examples_are_predicted_about_as_well_as_stated(folder):
    stated = read_manifest(folder)
    with np.load(folder / stated["examples"]["path"]) as examples:
        field = examples[stated["inputs"][0]["name"]]
        truth = examples[f"reference.{stated['outputs'][0]['name']}"]

    mean = open_ensemble(stated, folder)(field).mean

    assert len(field) == stated["examples"]["cases"]
    errors = [relative_difference(found, expected) for found, expected in zip(mean, truth, strict=True)]
    assert np.mean(errors) < 2 * stated["test_errors"][0]["ensemble"]


def test_the_clone_stays_small(folder):
    assert sum(path.stat().st_size for path in REPOSITORY.rglob("*") if path.is_file()) < LARGEST_REPOSITORY
