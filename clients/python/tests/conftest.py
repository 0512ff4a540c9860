import json
import os
from pathlib import Path

import numpy as np
import pytest

from fieldserve import Client

REPOSITORY = Path(__file__).parents[3] / "models" / "repository"
SURROGATES = {"darcy-fno": "permeability", "burgers-fno": "initial_velocity"}


@pytest.fixture(scope="session")
def url():
    if "FIELDSERVE_URL" not in os.environ:
        pytest.fail("FIELDSERVE_URL must name a running service; clients/check starts one")
    return os.environ["FIELDSERVE_URL"]


@pytest.fixture
def client(url):
    with Client(url) as made:
        yield made


def golden(surrogate):
    """Input, mean and std that PyTorch computed when the surrogate was exported, each [B, C, axes...]."""
    with np.load(REPOSITORY / surrogate / "1" / "golden.npz") as saved:
        return saved[SURROGATES[surrogate]], saved["mean"], saved["std"]


def manifest(surrogate):
    return json.loads((REPOSITORY / surrogate / "1" / "surrogate.json").read_text())


def assert_golden(surrogate, prediction, expected_mean, expected_std):
    tolerance = manifest(surrogate)["golden"]["relative_tolerance"] * np.abs(expected_mean).max()
    np.testing.assert_allclose(prediction.mean, expected_mean, rtol=0, atol=tolerance)
    np.testing.assert_allclose(prediction.std, expected_std, rtol=0, atol=tolerance)
