"""Random fields against their analytical covariance."""

import numpy as np

from surrogates.random_fields import evaluate_cosine_series, neumann_coefficients, periodic_gaussian_field


def test_neumann_field_has_the_stated_variance_at_every_point(generator):
    # Given the Karhunen-Loeve expansion in cosines, whose variance depends on the point
    modes, points, count = 24, 6, 4000
    wave_number = np.arange(modes)
    eigenvalues = 3.0**2 * (np.pi**2 * (wave_number[:, None] ** 2 + wave_number**2) + 9.0) ** -2
    eigenvalues[0, 0] = 0.0
    centre = (np.arange(points) + 0.5) / points
    squares = np.where(wave_number == 0, 1.0, 2.0) * np.cos(np.pi * np.outer(centre, wave_number)) ** 2
    expected = squares @ eigenvalues @ squares.T

    fields = evaluate_cosine_series(neumann_coefficients(count, modes, 2.0, 3.0, generator), points)

    np.testing.assert_allclose(fields.var(axis=0), expected, rtol=5 * np.sqrt(2 / count))
    assert np.abs(fields.mean(axis=0)).max() < 5 * np.sqrt(expected.max() / count)


def test_one_series_on_two_grids_is_one_function(generator):
    coefficients = neumann_coefficients(2, 16, 2.0, 3.0, generator)

    coarse, fine = (evaluate_cosine_series(coefficients, points) for points in (8, 24))

    np.testing.assert_allclose(coarse, fine[:, 1::3, 1::3], atol=1e-12)  # every coarse centre is a fine one


def test_periodic_field_has_the_stated_covariance(generator):
    count, points = 6000, 64
    wave_number = 2 * np.pi * np.arange(1, points // 2)
    eigenvalues = 625.0 * (wave_number**2 + 25.0) ** -2
    lags = np.arange(points) / points
    expected = 2 * np.cos(np.outer(lags, wave_number)) @ eigenvalues

    fields = periodic_gaussian_field(count, points, sigma=25.0, tau=5.0, gamma=2.0, generator=generator)

    measured = (fields[:, :1] * fields).mean(axis=0)
    assert np.abs(measured - expected).max() < 5 * expected[0] * np.sqrt(2 / count)
    assert np.abs(fields.mean(axis=1)).max() < 1e-12
