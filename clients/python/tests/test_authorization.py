import numpy as np
import pytest
from conftest import manifest
from scripted import MEAN, Scripted, problem, solution

from fieldserve import Client, MissingRoleError, NotAuthorizedError, UnauthenticatedError

INPUT = np.zeros(256, dtype=np.float32)


def call(server, **settings):
    server.manifest = manifest("burgers-fno")
    with Client(server.url, **settings) as client:
        return client.predict("burgers-fno", INPUT)


def test_the_key_goes_along():
    with Scripted(solution()).running() as server:
        prediction = call(server, api_key="sesame")

    np.testing.assert_array_equal(prediction.mean, MEAN)
    assert server.authorizations == ["Bearer sesame"]


def test_without_a_key_nothing_does():
    with Scripted(solution()).running() as server:
        call(server)

    assert server.authorizations == [None]


@pytest.mark.parametrize(
    ("status", "kind", "error"),
    [(401, "unauthenticated", UnauthenticatedError), (403, "missing-role", MissingRoleError)],
)
def test_who_may_not_is_told_so_at_once(status, kind, error):
    with Scripted(problem(status, kind), solution()).running() as server, pytest.raises(NotAuthorizedError) as raised:
        call(server, api_key="sesame")

    assert type(raised.value) is error
    assert len(server.bodies) == 1
    assert "sesame" not in str(raised.value)
