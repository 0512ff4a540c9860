import numpy as np
import pytest
from conftest import golden

import fieldserve as fs

PERMEABILITY = np.full((64, 64), 3.0)

FAILURES = {
    "shape": (fs.InvalidInputError, 422, lambda c: c.predict("darcy-fno", np.zeros((8, 64)))),
    "unknown field": (fs.InvalidInputError, 422, lambda c: c.predict("darcy-fno", {"k": PERMEABILITY})),
    "NaN": (fs.MalformedBodyError, 400, lambda c: c.predict("darcy-fno", PERMEABILITY * np.nan)),
    "grid": (fs.TooLargeError, 413, lambda c: c.predict("burgers-fno", np.zeros((257, 256)))),
    "level": (fs.InvalidParameterError, 400, lambda c: c.predict("darcy-fno", PERMEABILITY, level=0.123)),
    "option": (fs.InvalidParameterError, 400, lambda c: c.predict("darcy-fno", PERMEABILITY, colour="red")),
    "surrogate": (fs.UnknownSurrogateError, 404, lambda c: c.predict("no such/one", PERMEABILITY)),
    "description": (fs.UnknownSurrogateError, 404, lambda c: c.describe("nobody")),
    "version": (fs.UnknownVersionError, 404, lambda c: c.predict("darcy-fno", PERMEABILITY, version=99)),
    "address": (fs.NotFoundError, 404, lambda c: c.describe("..")),
    "deadline": (fs.DeadlineExceededError, 504, lambda c: c.predict("darcy-fno", PERMEABILITY, timeout=1e-9)),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_each_failure_has_its_type(client, failure):
    kind, status, call = FAILURES[failure]

    with pytest.raises(fs.ProblemError) as raised:
        call(client)

    assert type(raised.value) is kind
    assert raised.value.status == status
    assert raised.value.type.startswith("urn:fieldserve:problem:")
    assert raised.value.detail in str(raised.value)


def test_a_problem_says_what_to_mend(client):
    with pytest.raises(fs.InvalidInputError) as raised:
        client.predict("darcy-fno", np.zeros((8, 64)))

    assert raised.value.field == "permeability"
    assert raised.value.expected == "32 to 512 points along y"
    assert raised.value.actual == "shape [8, 64]"


def test_a_parameter_at_fault_is_named(client):
    with pytest.raises(fs.InvalidParameterError) as raised:
        client.predict("darcy-fno", PERMEABILITY, level=0.123)

    assert raised.value.parameter == "level"


@pytest.mark.parametrize("array", [np.zeros((64, 64), complex), np.array(["a"]), np.array([object()])])
def test_what_is_no_real_number_is_refused_here(client, array):
    with pytest.raises(TypeError, match="real numbers, got dtype"):
        client.predict("darcy-fno", array)


def test_the_connection_is_good_for_another_call_after_a_failure(client):
    with pytest.raises(fs.InvalidInputError):
        client.predict("burgers-fno", np.zeros(7))

    assert client.predict("burgers-fno", golden("burgers-fno")[0]).trust.trusted
