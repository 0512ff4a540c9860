"""Symmetries: what augmentation assumes of the equations, and what networks have built in."""

import numpy as np
import pytest
import torch

from surrogates.fno import FourierNeuralOperator1d, FourierNeuralOperator2d
from surrogates.problems import burgers as burgers_problem
from surrogates.problems import darcy as darcy_problem
from surrogates.random_fields import periodic_gaussian_field
from surrogates.solvers import burgers, darcy


@pytest.mark.parametrize("seed", range(12))
def test_darcy_augmentation_commutes_with_the_solver(seed, generator):
    a = torch.from_numpy(np.where(generator.standard_normal((2, 1, 16, 16)) > 0, 12.0, 3.0))
    u = torch.from_numpy(darcy.solve(a[:, 0].numpy()))[:, None]
    torch.manual_seed(seed)

    turned_a, turned_u = darcy_problem.augment(a, u)

    np.testing.assert_allclose(darcy.solve(turned_a[:, 0].numpy()), turned_u[:, 0].numpy(), rtol=1e-8)


def test_darcy_augmentation_reaches_all_eight_symmetries():
    field = torch.arange(9.0).reshape(1, 1, 3, 3)

    seen = {tuple(darcy_problem.augment(field, field)[0].flatten().tolist()) for _ in range(200)}

    assert len(seen) == 8


@pytest.mark.parametrize("seed", range(4))
def test_burgers_augmentation_commutes_with_the_solver(seed, generator):
    initial = torch.from_numpy(periodic_gaussian_field(2, 64, 25.0, 5.0, 2.0, generator))[:, None]
    final = torch.from_numpy(burgers.solve(initial[:, 0].numpy(), 0.05, steps=200))[:, None]
    torch.manual_seed(seed)

    turned_initial, turned_final = burgers_problem.augment(initial, final)

    found = burgers.solve(turned_initial[:, 0].numpy(), 0.05, steps=200)
    np.testing.assert_allclose(found, turned_final[:, 0].numpy(), atol=1e-12)


def test_burgers_augmentation_reflects_at_times():
    field = torch.arange(4.0).reshape(1, 1, 4)

    seen = {tuple(burgers_problem.augment(field, field)[0].flatten().tolist()) for _ in range(50)}

    assert seen == {(0.0, 1.0, 2.0, 3.0), (-0.0, -3.0, -2.0, -1.0)}


def test_the_1d_network_commutes_with_translations():
    network = FourierNeuralOperator1d(width=8, modes=6, layers=2)
    field = torch.randn(2, 1, 40)

    torch.testing.assert_close(network(field.roll(7, 2)), network(field).roll(7, 2), rtol=0, atol=1e-6)


def test_the_2d_network_vanishes_towards_the_boundary():
    network = FourierNeuralOperator2d(width=8, modes=4, layers=1)
    field = torch.ones(1, 1, 512, 512)

    u = network(field)

    assert u[..., 0].abs().max() < 0.01 * u.abs().max()
    assert u[:, :, -1].abs().max() < 0.01 * u.abs().max()
