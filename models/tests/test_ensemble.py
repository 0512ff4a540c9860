"""Ensemble moments."""

import pytest
import torch

from surrogates.ensemble import Ensemble, moments
from surrogates.fno import FourierNeuralOperator1d, FourierNeuralOperator2d


def test_moments_are_mean_and_sample_standard_deviation():
    mean, std = moments(torch.tensor([[1.0, 5.0], [2.0, 5.0], [6.0, 5.0]]))

    torch.testing.assert_close(mean, torch.tensor([3.0, 5.0]))
    torch.testing.assert_close(std, torch.tensor([7.0**0.5, 0.0]))


def test_std_is_accurate_where_members_nearly_agree():
    # Given a spread of 1e-4 of the mean, which a difference of squares loses in float32
    members = 1.0 + 1e-4 * torch.randn(5, 1000, dtype=torch.float64)
    members = members.float()

    _, std = moments(members)

    expected = members.double().std(dim=0)
    assert ((std - expected).norm() / expected.norm()).item() < 1e-3


@pytest.mark.parametrize(
    ("make", "shape"),
    [
        (lambda: FourierNeuralOperator1d(width=8, modes=4, layers=2), (3, 1, 24)),
        (lambda: FourierNeuralOperator2d(width=8, modes=4, layers=2), (3, 1, 20, 24)),
    ],
)
def test_members_answer_as_they_do_alone(make, shape):
    networks = [make() for _ in range(3)]
    field = torch.randn(shape)

    mean, std, members = Ensemble(networks)(field)

    assert members.shape == (3, *shape)
    assert mean.shape == std.shape == shape
    for network, member in zip(networks, members, strict=True):
        torch.testing.assert_close(member, network(field))
    torch.testing.assert_close(mean, members.mean(0))
    torch.testing.assert_close(std, members.std(0), rtol=1e-4, atol=1e-6)


def test_one_member_has_no_spread():
    with pytest.raises(ValueError, match="two members"):
        Ensemble([FourierNeuralOperator1d(width=4, modes=2, layers=1)])
