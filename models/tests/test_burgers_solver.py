"""The Burgers solver against the Cole-Hopf solution."""

import numpy as np
import pytest

from surrogates.solvers.burgers import solve

POINTS = 128


def cole_hopf(time: float, viscosity: float, c: float = 1.2) -> np.ndarray:
    """u = -2 nu phi_x / phi with phi = c + exp(-4 pi^2 nu t) cos(2 pi x), a solution of the heat equation."""
    x = np.arange(POINTS) / POINTS
    decay = np.exp(-4 * np.pi**2 * viscosity * time)
    return 4 * np.pi * viscosity * decay * np.sin(2 * np.pi * x) / (c + decay * np.cos(2 * np.pi * x))


@pytest.mark.parametrize(("viscosity", "time"), [(0.01, 1.0), (0.1, 0.2)])
def test_equals_the_cole_hopf_solution(viscosity, time):
    found = solve(cole_hopf(0.0, viscosity)[None], viscosity, time, steps=400)[0]

    expected = cole_hopf(time, viscosity)
    assert np.abs(found - expected).max() < 1e-9 * np.abs(expected).max()


def test_converges_with_fourth_order_in_time():
    viscosity, time = 0.1, 0.2
    expected = cole_hopf(time, viscosity)
    errors = np.array(
        [
            np.abs(solve(cole_hopf(0.0, viscosity)[None], viscosity, time, steps)[0] - expected).max()
            for steps in (40, 80, 160, 320)
        ]
    )

    orders = np.log2(errors[:-1] / errors[1:])

    assert np.all(np.abs(orders - 4.0) < 0.2), (errors, orders)


def test_keeps_the_mean(generator):
    initial = generator.standard_normal((2, 8)) @ np.sin(2 * np.pi * np.outer(np.arange(1, 9), np.arange(64) / 64))

    found = solve(initial + 0.3, 0.05, final_time=0.2, steps=400)

    np.testing.assert_allclose(found.mean(axis=1), 0.3, rtol=1e-12)
