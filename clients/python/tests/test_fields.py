"""What no shipped surrogate has: several output fields, axes without a unit. A real server gives scripted answers."""

import io

import numpy as np
import pytest
import xarray as xr
from scripted import Scripted

from fieldserve import Client

HEAT = np.arange(6, dtype="<f4").reshape(1, 2, 3)
FLOW = np.arange(12, dtype="<f4").reshape(1, 2, 2, 3)
MANIFEST = {
    "inputs": [{"name": "a", "axes": ["y", "x"], "channels": 1}, {"name": "b", "axes": ["y", "x"], "channels": 1}],
    "outputs": [
        {"name": "heat", "axes": ["y", "x"], "channels": 1, "unit": "K"},
        {"name": "flow", "axes": ["y", "x"], "channels": 2},
    ],
}
INTERVALS = "heat;level=0.8;guarantee=pointwise;coverage=0.8123;cases=40, flow;level=0.9;guarantee=simultaneous"


@pytest.fixture
def predict():
    archive = io.BytesIO()
    np.savez(archive, **{"heat.mean": HEAT, "heat.lower": HEAT - 1, "flow.mean": FLOW, "flow.members": FLOW[None]})
    headers = {
        "Content-Type": "application/x-npz",
        "Fieldserve-Version": "3",
        "Fieldserve-Trusted": "?0",
        "Fieldserve-Interval": INTERVALS + ";coverage=0.9;cases=7",
    }
    with Scripted((200, headers, archive.getvalue())).running() as server, Client(server.url) as client:
        server.manifest = MANIFEST
        yield lambda inputs: client.predict("pair", inputs)


def test_several_fields_are_taken_by_name(predict):
    prediction = predict({"a": HEAT, "b": HEAT})

    assert list(prediction.fields) == ["heat", "flow"]
    np.testing.assert_array_equal(prediction["heat"].lower, HEAT - 1)
    np.testing.assert_array_equal(prediction["flow"].mean, FLOW)
    assert (prediction["heat"].unit, prediction["flow"].unit) == ("K", None)
    assert (prediction.version, prediction.trust.trusted) == (3, False)


def test_each_field_has_its_interval(predict):
    prediction = predict({"a": HEAT, "b": HEAT})

    heat, flow = prediction["heat"].interval, prediction["flow"].interval
    assert (heat.level, heat.guarantee, heat.coverage, heat.calibration_cases) == (0.8, "pointwise", 0.8123, 40)
    assert (flow.level, flow.guarantee, flow.coverage, flow.calibration_cases) == (0.9, "simultaneous", 0.9, 7)


def test_one_of_several_fields_has_to_be_named(predict):
    prediction = predict({"a": HEAT, "b": HEAT})

    with pytest.raises(AttributeError, match="several fields, heat, flow"):
        _ = prediction.mean


def test_channels_have_a_dimension_where_there_are_several(predict):
    inputs = xr.Dataset({name: (("case", "y", "x"), HEAT) for name in "ab"}, coords={"x": [0.0, 0.5, 1.0]})

    prediction = predict(inputs)

    assert prediction["heat"].mean.dims == ("case", "y", "x")
    assert prediction["flow"].members.dims == ("member", "case", "channel", "y", "x")
    assert prediction["flow"].members.attrs == {}
    np.testing.assert_array_equal(prediction["flow"].mean["x"], [0.0, 0.5, 1.0])


def test_the_axes_of_a_new_version_are_learnt_from_its_first_answer():
    def answer(version):
        archive = io.BytesIO()
        np.savez(archive, mean=HEAT[0])
        headers = {"Fieldserve-Version": str(version), "Fieldserve-Trusted": "?1"}
        return 200, headers, archive.getvalue()

    def described(*axes):
        field = {"name": "a", "axes": list(axes), "channels": 1}
        return {"inputs": [field], "outputs": [field]}

    inputs = xr.DataArray(HEAT[0], dims=("y", "x"))
    with Scripted(answer(1), answer(2), answer(2)).running() as server, Client(server.url) as client:
        server.manifest = described("y", "x")
        client.predict("one", inputs)
        server.manifest = described("x", "y")
        client.predict("one", inputs)

        client.predict("one", inputs)

    assert [np.load(io.BytesIO(body)).shape for body in server.bodies] == [(2, 3), (2, 3), (3, 2)]
