"""What a golden case must be reproduced to before it is written."""

import numpy as np
import pytest
import torch

from surrogates import archives
from surrogates.archives import golden_differences, write_golden
from surrogates.runtime import Prediction
from tests import tiny

MEAN = np.array([[[3.0, 4.0]], [[0.0, 12.0]]], dtype=np.float32)  # norm 13
STD = np.array([[[0.1, 0.0]], [[0.0, 0.2]]], dtype=np.float32)


def off_by(mean: float = 0.0, std: float = 0.0) -> Prediction:
    """MEAN and STD with one value moved, as a fraction of the mean's norm."""
    first = np.array([[[1.0, 0.0]], [[0.0, 0.0]]])
    return Prediction(MEAN + 13 * mean * first, STD + 13 * std * first, np.zeros(0))


def write(found: Prediction, monkeypatch, path) -> None:
    monkeypatch.setattr(archives.datasets, "load", lambda data, split, grid: (torch.from_numpy(MEAN), None))
    saved = (torch.from_numpy(MEAN), torch.from_numpy(STD), torch.zeros(0))
    write_golden(tiny.problem(), lambda field: saved, lambda field: found, path.parent, 64, path)


def test_both_differences_are_measured_against_the_mean():
    differences = golden_differences(off_by(mean=0.25, std=0.5), MEAN, STD)

    assert differences == pytest.approx({"mean": 0.25, "std": 0.5}, rel=1e-6)


@pytest.mark.parametrize("found", [off_by(), off_by(mean=1e-6), off_by(std=1e-6)])
def test_rounding_is_accepted(found, monkeypatch, tmp_path):
    write(found, monkeypatch, tmp_path / "golden.npz")

    with np.load(tmp_path / "golden.npz") as golden:
        np.testing.assert_array_equal(golden["mean"], MEAN)
        np.testing.assert_array_equal(golden["std"], STD)


@pytest.mark.parametrize("found", [off_by(mean=5e-6), off_by(std=5e-6), off_by(mean=np.nan), off_by(std=np.nan)])
def test_more_than_a_third_of_the_tolerance_is_refused(found, monkeypatch, tmp_path):
    with pytest.raises(ValueError, match="do not reproduce"):
        write(found, monkeypatch, tmp_path / "golden.npz")

    assert not (tmp_path / "golden.npz").exists()
