"""The generated client against the service at FIELDSERVE_URL.

What it predicts is compared with what the trainer saved beside darcy-fno's members, of which the first case is taken.
"""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from fieldserve_client import ApiClient, ApiException, Configuration, SurrogatesApi
from fieldserve_client.models import ArrayForm, InputArray, PredictionInputs, Problem, Quantity

MODELS = Path(__file__).parents[3] / "models" / "repository"

url = os.environ["FIELDSERVE_URL"]
service = SurrogatesApi(ApiClient(Configuration(host=url)))


@pytest.fixture(scope="module")
def golden():
    with np.load(MODELS / "darcy-fno" / "1" / "golden.npz") as arrays:
        return {name: arrays[name][0].reshape(64, 64) for name in arrays}


@pytest.fixture(scope="module")
def permeability(golden):
    return golden["permeability"]


def test_lists_what_is_served():
    served = {summary.name: summary for summary in service.list_surrogates().surrogates}

    assert {"burgers-fno", "darcy-fno"} <= served.keys()
    assert served["darcy-fno"].inputs == ["permeability"]
    assert 1 in served["darcy-fno"].versions


def test_describes_a_surrogate():
    darcy = service.describe_surrogate("darcy-fno")

    assert darcy.manifest.grid.trained == [64, 64]
    assert darcy.manifest.ensemble.members == 5
    assert darcy.manifest.outputs[0].name == "pressure"


def test_predicts_from_json(golden, permeability):
    field = InputArray(shape=list(permeability.shape), data=permeability.ravel().tolist())
    inputs = PredictionInputs(inputs={"permeability": field})

    prediction = service.predict_with_json_as_json("darcy-fno", inputs, arrays=ArrayForm.FLAT)

    pressure = prediction.outputs["pressure"]
    mean = np.float32(pressure.flat.mean).reshape(pressure.shape)
    assert distance(mean, golden["mean"]) < 1e-5
    assert distance(np.float32(pressure.flat.std).reshape(64, 64), golden["std"]) < 1e-4
    assert pressure.interval.level == 0.9


def test_predicts_from_an_archive_what_it_predicts_from_json(permeability):
    archive = io.BytesIO()
    np.savez(archive, permeability=permeability)

    reply = service.predict_with_x_npz_as_x_npz("darcy-fno", archive.getvalue())

    arrays = np.load(io.BytesIO(reply))
    expected = from_json(permeability)
    for quantity in ("mean", "std", "lower", "upper"):
        np.testing.assert_array_equal(arrays[quantity], np.float32(getattr(expected, quantity)), strict=True)


def test_predicts_from_raw_bytes_what_it_predicts_from_json(permeability):
    reply = service.predict_with_octet_stream_as_octet_stream_with_http_info(
        "darcy-fno", permeability.tobytes(), shape="64,64", outputs=[Quantity.MEAN]
    )

    mean = np.frombuffer(reply.data, "<f4").reshape(64, 64)
    np.testing.assert_array_equal(mean, np.float32(from_json(permeability).mean), strict=True)
    assert reply.headers["Fieldserve-Shape"] == "64,64"


def test_reads_a_failure_as_an_object():
    field = InputArray(shape=[8, 64], data=[3.0] * 8 * 64)

    with pytest.raises(ApiException) as failure:
        service.predict_with_json_as_json("darcy-fno", PredictionInputs(inputs={"permeability": field}))

    problem = failure.value.data
    assert isinstance(problem, Problem)
    assert problem.status == 422
    assert problem.type == "urn:fieldserve:problem:invalid-input"
    assert problem.var_field == "permeability"
    assert problem.expected == "32 to 512 points along y"
    assert problem.actual == "shape [8, 64]"


def from_json(permeability):
    field = InputArray(shape=[64, 64], data=permeability.ravel().tolist())
    inputs = PredictionInputs(inputs={"permeability": field})
    return service.predict_with_json_as_json("darcy-fno", inputs).outputs["pressure"]


def distance(values, expected):
    """Relative distance in the Euclidean norm."""
    return np.linalg.norm(values - expected) / np.linalg.norm(expected)
