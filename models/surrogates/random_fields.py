"""Gaussian random fields that the benchmark problems draw their inputs from."""

import numpy as np


def neumann_coefficients(
    count: int, modes: int, alpha: float, tau: float, generator: np.random.Generator
) -> np.ndarray:
    """Draw cosine coefficients of N(0, tau^(2 alpha - 2) (-Laplace + tau^2)^(-alpha)) on the unit square.

    Homogeneous Neumann conditions, zero mean mode (Li et al. 2021, arXiv 2010.08895, section A.3.2). The scale
    makes cos(pi k x) cos(pi l y) an orthonormal basis, so that the covariance holds pointwise.

    Returns:
        float64 ``[count, modes, modes]``, indexed by the wave numbers along y and x.
    """
    wave_number = np.arange(modes)
    laplace = np.pi**2 * (wave_number[:, None] ** 2 + wave_number[None, :] ** 2)
    standard_deviation = tau ** (alpha - 1) * (laplace + tau**2) ** (-alpha / 2)
    standard_deviation[0, 0] = 0.0
    norm = np.where(wave_number == 0, 1.0, np.sqrt(2.0))
    return generator.standard_normal((count, modes, modes)) * (standard_deviation * norm[:, None] * norm[None, :])


def evaluate_cosine_series(coefficients: np.ndarray, points: int) -> np.ndarray:
    """Evaluate a cosine series exactly at the cell centres (i + 1/2) / points of a square grid.

    The same coefficients on two grids are the same function: a coarse field is a sample, not a restriction.

    Args:
        coefficients: ``[count, modes, modes]``.
        points: cells along each axis.

    Returns:
        float64 ``[count, points, points]``.
    """
    centre = (np.arange(points) + 0.5) / points
    basis = np.cos(np.pi * np.outer(np.arange(coefficients.shape[-1]), centre))
    return basis.T @ coefficients @ basis


def periodic_gaussian_field(
    count: int, points: int, sigma: float, tau: float, gamma: float, generator: np.random.Generator
) -> np.ndarray:
    """Draw zero-mean periodic fields from N(0, sigma^2 (-Laplace + tau^2 I)^(-gamma)) on [0, 1).

    Returns:
        float64 ``[count, points]`` at x_i = i / points.
    """
    modes = points // 2
    wave_number = 2 * np.pi * np.arange(1, modes)
    standard_deviation = sigma * (wave_number**2 + tau**2) ** (-gamma / 2)
    cosine, sine = generator.standard_normal((2, count, modes - 1)) * standard_deviation
    spectrum = np.zeros((count, points // 2 + 1), dtype=complex)
    # a sqrt(2) cos + b sqrt(2) sin, in the convention of irfft (which divides by the number of points)
    spectrum[:, 1:modes] = (cosine - 1j * sine) * points / np.sqrt(2.0)
    return np.fft.irfft(spectrum, n=points, axis=-1)
