"""The Darcy solver against manufactured solutions."""

import numpy as np
import pytest

from surrogates.problems.darcy import cell_average
from surrogates.solvers.darcy import DarcyOperator, solve


def cell_centres(points: int) -> tuple[np.ndarray, np.ndarray]:
    centre = (np.arange(points) + 0.5) / points
    return np.meshgrid(centre, centre, indexing="ij")


def smooth_error(points: int) -> float:
    """u = sin(pi x) sin(2 pi y), a = 2 + sin(2 pi x) cos(pi y) / 2, f = -grad a . grad u - a Laplace u."""
    y, x = cell_centres(points)
    u = np.sin(np.pi * x) * np.sin(2 * np.pi * y)
    u_x = np.pi * np.cos(np.pi * x) * np.sin(2 * np.pi * y)
    u_y = 2 * np.pi * np.sin(np.pi * x) * np.cos(2 * np.pi * y)
    a = 2 + 0.5 * np.sin(2 * np.pi * x) * np.cos(np.pi * y)
    a_x = np.pi * np.cos(2 * np.pi * x) * np.cos(np.pi * y)
    a_y = -0.5 * np.pi * np.sin(2 * np.pi * x) * np.sin(np.pi * y)
    f = -(a_x * u_x + a_y * u_y) + 5 * np.pi**2 * a * u
    return np.abs(solve(a[None], f[None])[0] - u).max()


def layered_error(points: int) -> float:
    """a = 3 left and 12 right of x = 1/2; u = X(x) sin(pi y) with the continuous flux a X' = cos(pi x) + c."""
    y, x = cell_centres(points)
    c = -6 / (5 * np.pi)  # so that X(1) = 0
    a = np.where(x < 0.5, 3.0, 12.0)
    antiderivative = np.sin(np.pi * x) / np.pi + c * x
    middle = 1 / np.pi + c / 2
    profile = np.where(x < 0.5, antiderivative / 3, middle / 3 + (antiderivative - middle) / 12)
    f = (np.pi * np.sin(np.pi * x) + a * np.pi**2 * profile) * np.sin(np.pi * y)
    return np.abs(solve(a[None], f[None])[0] - profile * np.sin(np.pi * y)).max()


@pytest.mark.parametrize("error", [smooth_error, layered_error])
def test_converges_with_second_order(error):
    errors = np.array([error(points) for points in (16, 32, 64, 128)])

    orders = np.log2(errors[:-1] / errors[1:])

    assert np.all(np.abs(orders - 2.0) < 0.1), (errors, orders)
    assert errors[-1] < 2e-3


def test_a_piecewise_linear_solution_across_an_interface_has_an_exact_flux():
    # Given a unit flux along x through two layers: u rises by 1/3 and then by 1/12 per unit of length
    _, x = cell_centres(16)
    a = np.where(x < 0.5, 3.0, 12.0)
    u = np.where(x < 0.5, x / 3, 0.5 / 3 + (x - 0.5) / 12)

    divergence = DarcyOperator(a[None])(u[None])[0]

    # but for the walls where u is not zero: above, below and on the right
    assert np.abs(divergence[1:-1, :-1]).max() < 1e-10


def test_a_homogeneous_square_gives_the_series_solution():
    # u(1/2, 1/2) of -Laplace u = 1 is 0.0736713532...
    u = solve(np.ones((1, 129, 129)))

    assert u[0, 64, 64] == pytest.approx(0.0736713533, rel=1e-4)


def test_a_batch_is_solved_like_its_cases(generator):
    a = np.where(generator.standard_normal((3, 16, 16)) > 0, 12.0, 3.0)
    a[1] = 5.0

    together = solve(a)

    for case in range(3):
        np.testing.assert_allclose(together[case], solve(a[case : case + 1])[0], rtol=1e-8)


def test_too_few_iterations_are_an_error(generator):
    a = np.where(generator.standard_normal((1, 16, 16)) > 0, 12.0, 3.0)

    with pytest.raises(RuntimeError, match="2 iterations"):
        solve(a, max_iterations=2)


def test_cell_averages_keep_the_mean_of_every_cell():
    fine = np.arange(16.0).reshape(1, 4, 4)

    np.testing.assert_array_equal(cell_average(fine, 2), [[[2.5, 4.5], [10.5, 12.5]]])
