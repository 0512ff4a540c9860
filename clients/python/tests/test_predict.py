import numpy as np
import pytest
from conftest import REPOSITORY, SURROGATES, assert_golden, golden, manifest


@pytest.mark.parametrize("surrogate", SURROGATES)
@pytest.mark.parametrize("explain", [False, True])
def test_an_array_gives_what_pytorch_computed(client, surrogate, explain):
    field, mean, std = golden(surrogate)

    prediction = client.predict(surrogate, field, explain=explain)

    assert_golden(surrogate, prediction, mean, std)
    assert prediction.mean.dtype == np.float32
    assert prediction.surrogate == surrogate
    assert prediction.version == 1


@pytest.mark.parametrize("surrogate", SURROGATES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64, ">f4"])
def test_named_arrays_of_any_real_dtype_give_the_same(client, surrogate, dtype):
    field, mean, std = golden(surrogate)

    prediction = client.predict(surrogate, {SURROGATES[surrogate]: np.asfortranarray(field.astype(dtype))})

    assert_golden(surrogate, prediction, mean, std)


def test_layout_of_the_input_is_that_of_the_answer(client):
    field, mean, _ = golden("darcy-fno")

    prediction = client.predict("darcy-fno", field[0, 0])

    np.testing.assert_allclose(prediction.mean, mean[0, 0], rtol=0, atol=1e-5 * mean.max())


@pytest.mark.parametrize("surrogate", SURROGATES)
def test_the_interval_holds_the_reference_solution_at_about_nine_points_in_ten(client, surrogate):
    examples = [client.example(surrogate, seed, reference=True) for seed in range(8)]
    name = SURROGATES[surrogate]

    prediction = client.predict(surrogate, np.stack([example.inputs[name] for example in examples]))

    (truth,) = (np.stack([e.reference[field] for e in examples]) for field in prediction.fields)
    error = np.linalg.norm(prediction.mean - truth) / np.linalg.norm(truth)
    inside = np.mean((prediction.lower <= truth) & (truth <= prediction.upper))
    assert error < 0.02
    assert 0.8 < inside < 0.97
    assert prediction.interval.coverage == pytest.approx(0.9, abs=0.02)


def test_mean_and_std_are_those_of_the_members(client):
    field, _, _ = golden("darcy-fno")

    prediction = client.predict("darcy-fno", field, outputs=["mean", "std", "members"])

    members = prediction.members.astype(np.float64)
    assert members.shape == (5, 2, 1, 64, 64)
    np.testing.assert_allclose(prediction.mean, members.mean(0), rtol=0, atol=1e-6 * members.max())
    np.testing.assert_allclose(prediction.std, members.std(0, ddof=1), rtol=0, atol=1e-6 * members.max())


def test_the_interval_is_the_mean_and_a_calibrated_multiple_of_the_std(client):
    field, _, _ = golden("burgers-fno")

    prediction = client.predict("burgers-fno", field, level=0.95, guarantee="simultaneous", explain=True)

    (calibrated,) = manifest("burgers-fno")["calibration"]["fields"]
    grid = next(g for g in calibrated["grids"] if g["grid"] == [256])
    level = next(v for v in grid["levels"] if v["level"] == 0.95 and v["guarantee"] == "simultaneous")
    width = level["scale"] * (prediction.std.astype(np.float64) + grid["std_floor"])
    np.testing.assert_allclose(prediction.upper, prediction.mean + width, rtol=0, atol=1e-6)
    np.testing.assert_allclose(prediction.lower, prediction.mean - width, rtol=0, atol=1e-6)
    assert prediction.interval.coverage == level["coverage"]
    assert prediction.interval.guarantee == "simultaneous"


def test_arrays_belong_to_the_caller(client):
    field, _, _ = golden("burgers-fno")

    prediction = client.predict("burgers-fno", field)

    assert prediction.mean.flags.writeable
    assert prediction.mean.flags.aligned


def test_a_binary_answer_has_the_verdict_and_an_explained_one_the_reasons(client):
    beyond = np.full((64, 64), 100.0)

    brief = client.predict("darcy-fno", beyond)
    explained = client.predict("darcy-fno", np.stack([beyond, golden("darcy-fno")[0][0, 0]]), explain=True)

    assert not brief.trust.trusted
    assert brief.trust.cases is None
    assert brief.trust.reasons is None
    assert [case.trusted for case in explained.trust.cases] == [False, True]
    assert any("training" in reason for reason in explained.trust.reasons)
    assert explained.trust.cases[1].spread["pressure"].p_value > 0.01


def test_timing_says_where_the_time_went(client):
    prediction = client.predict("burgers-fno", golden("burgers-fno")[0])

    timing = prediction.timing
    assert all(part is not None and part >= 0 for part in (timing.decode, timing.queue, timing.encode))
    assert timing.infer > 0
    assert timing.batch >= 2


def test_a_quantity_that_was_not_asked_for_is_named(client):
    prediction = client.predict("burgers-fno", golden("burgers-fno")[0], outputs=["std"])

    with pytest.raises(AttributeError, match="no members, but std"):
        _ = prediction.members


def test_fewer_members_give_no_interval(client):
    prediction = client.predict("burgers-fno", golden("burgers-fno")[0], members=2, outputs=["members"], priority="low")

    assert prediction["final_velocity"].members.shape[0] == 2
    assert prediction.interval is None


def test_what_is_served_is_listed_and_described(client):
    listed = {surrogate["name"]: surrogate for surrogate in client.surrogates()}

    described = client.describe("darcy-fno", version=1)

    assert listed["darcy-fno"]["inputs"] == ["permeability"]
    assert described["manifest"]["pde"] == manifest("darcy-fno")["pde"]


def test_an_example_is_a_case_of_the_file_that_ships(client):
    example = client.example("darcy-fno", seed=5, reference=True)

    with np.load(REPOSITORY / "darcy-fno" / "1" / "examples.npz") as saved:
        shipped = {tuple(saved["permeability"][i].ravel()): i for i in range(len(saved["permeability"]))}
        case = shipped[tuple(example.inputs["permeability"].ravel())]
        np.testing.assert_array_equal(example.reference["pressure"], saved["reference.pressure"][case, 0])
