import numpy as np
import pytest
import xarray as xr
from conftest import assert_golden, golden

CENTRES = (np.arange(64) + 0.5) / 64


def permeability():
    """The golden cases with labels, in another order of axes than the manifest's."""
    field, _, _ = golden("darcy-fno")
    coords = {"x": CENTRES, "y": CENTRES, "run": ["a", "b"], "date": "today"}
    return xr.DataArray(field[:, 0].transpose(2, 0, 1), dims=("x", "run", "y"), coords=coords)


@pytest.mark.parametrize("explain", [False, True])
def test_labels_come_back_in_the_manifests_order(client, explain):
    _, mean, std = golden("darcy-fno")

    prediction = client.predict("darcy-fno", permeability(), explain=explain)

    assert prediction.mean.dims == ("run", "y", "x")
    assert prediction.mean.name == "pressure"
    assert prediction.mean.attrs["units"] == "1"
    assert list(prediction.mean["run"]) == ["a", "b"]
    assert prediction.mean["date"] == "today"
    np.testing.assert_array_equal(prediction.mean["x"], CENTRES)
    assert_golden("darcy-fno", prediction, mean[:, 0], std[:, 0])


def test_members_have_a_dimension_of_their_own(client):
    prediction = client.predict("darcy-fno", permeability(), outputs=["mean", "members"])

    assert prediction.members.dims == ("member", "run", "y", "x")
    xr.testing.assert_allclose(prediction.members.mean("member"), prediction.mean, rtol=0, atol=1e-6)


@pytest.mark.parametrize("make", [xr.Dataset, dict])
def test_datasets_and_mappings_name_the_fields(client, make):
    _, mean, _ = golden("darcy-fno")

    prediction = client.predict("darcy-fno", make({"permeability": permeability().isel(run=1)}))

    assert prediction.mean.dims == ("y", "x")
    assert prediction.mean["run"] == "b"
    np.testing.assert_allclose(prediction.mean, mean[1, 0], rtol=0, atol=1e-5 * mean.max())


def test_a_channel_dimension_is_known_by_its_name(client):
    field = permeability().expand_dims("channel")

    prediction = client.predict("darcy-fno", field)

    assert prediction.mean.dims == ("run", "channel", "y", "x")


def test_a_missing_axis_is_refused_before_anything_is_sent(client):
    with pytest.raises(ValueError, match=r"expected the dimensions \['y', 'x'\], got .*: rename or add \['y'\]"):
        client.predict("darcy-fno", permeability().rename(y="row"))
