"""Darcy flow -div(a grad u) = f on the unit square with u = 0 on the boundary.

Two-point flux approximation: cell-centred finite volumes with harmonic face means, second order. The linear system is
solved by conjugate gradients, preconditioned with the constant-coefficient operator, which the type-II sine transform
diagonalises. The condition number is then at most max(a) / min(a), whatever the grid: 17 iterations for 1e-8 at a
contrast of 4.
"""

import numpy as np
from scipy import fft


class DarcyOperator:
    """The discrete operator u -> -div(a grad u) for a batch of coefficients ``[B, N, N]`` on N x N cells."""

    def __init__(self, coefficient: np.ndarray) -> None:
        spacing = 1.0 / coefficient.shape[-1]
        # A face on the boundary is half a cell from the centre: transmissibility 2 a.
        self.x_faces = _transmissibility(coefficient) / spacing**2
        self.y_faces = _transmissibility(coefficient.swapaxes(1, 2)).swapaxes(1, 2) / spacing**2

    def __call__(self, u: np.ndarray) -> np.ndarray:
        """Apply the operator to ``[B, N, N]``."""
        x_flux = self.x_faces * np.diff(u, axis=2, prepend=0.0, append=0.0)
        y_flux = self.y_faces * np.diff(u, axis=1, prepend=0.0, append=0.0)
        return -np.diff(x_flux, axis=2) - np.diff(y_flux, axis=1)


def _transmissibility(coefficient: np.ndarray) -> np.ndarray:
    left, right = coefficient[:, :, :-1], coefficient[:, :, 1:]
    inner = 2.0 * left * right / (left + right)
    return np.concatenate([2.0 * coefficient[:, :, :1], inner, 2.0 * coefficient[:, :, -1:]], axis=2)


def _inverse_poisson_eigenvalues(points: int) -> np.ndarray:
    one_dimension = (2.0 * points * np.sin(np.pi * np.arange(1, points + 1) / (2 * points))) ** 2
    return 1.0 / (one_dimension[:, None] + one_dimension[None, :])


def solve(
    coefficient: np.ndarray,
    source: np.ndarray | float = 1.0,
    tolerance: float = 1e-10,
    max_iterations: int = 200,
) -> np.ndarray:
    """Solve -div(a grad u) = f.

    Args:
        coefficient: a > 0, ``[B, N, N]`` at cell centres ((i + 1/2) / N).
        source: f, a scalar or ``[B, N, N]``.
        tolerance: on the preconditioned residual of every system, relative to its right-hand side.
        max_iterations: of the conjugate gradients.

    Returns:
        u at the cell centres, float64 ``[B, N, N]``.

    Raises:
        RuntimeError: a system did not converge.
    """
    coefficient = np.asarray(coefficient, dtype=np.float64)
    operator = DarcyOperator(coefficient)
    inverse_eigenvalues = _inverse_poisson_eigenvalues(coefficient.shape[-1])

    def precondition(residual: np.ndarray) -> np.ndarray:
        spectrum = fft.dstn(residual, type=2, axes=(1, 2), norm="ortho")
        return fft.idstn(spectrum * inverse_eigenvalues, type=2, axes=(1, 2), norm="ortho")

    def inner(left: np.ndarray, right: np.ndarray) -> np.ndarray:
        return np.einsum("bij,bij->b", left, right)[:, None, None]

    u = np.zeros_like(coefficient)
    residual = np.broadcast_to(np.asarray(source, dtype=np.float64), coefficient.shape).copy()
    direction = preconditioned = precondition(residual)
    energy = initial_energy = inner(residual, preconditioned)
    for _ in range(max_iterations):
        if np.all(energy <= tolerance**2 * initial_energy):
            return u
        image = operator(direction)
        step = energy / np.maximum(inner(direction, image), np.finfo(np.float64).tiny)
        u += step * direction
        residual -= step * image
        preconditioned = precondition(residual)
        previous, energy = energy, inner(residual, preconditioned)
        direction = preconditioned + energy / np.maximum(previous, np.finfo(np.float64).tiny) * direction
    raise RuntimeError(f"conjugate gradients did not reach {tolerance} in {max_iterations} iterations")
