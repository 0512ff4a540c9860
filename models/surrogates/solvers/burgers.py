"""Viscous Burgers equation u_t + u u_x = nu u_xx, periodic on [0, 1).

Fourier pseudo-spectral in space with the 2/3 rule; in time the diffusive part is integrated exactly by an integrating
factor and the rest by the classical fourth-order Runge-Kutta method (Kassam and Trefethen 2005,
doi 10.1137/S1064827502410633, section 2).
"""

import numpy as np
from scipy import fft


def solve(initial: np.ndarray, viscosity: float, final_time: float = 1.0, steps: int = 2000) -> np.ndarray:
    """March u(., 0) to u(., final_time).

    Args:
        initial: ``[B, N]`` at x_i = i / N.
        viscosity: nu > 0.
        final_time: T.
        steps: equal time steps; stable while T / steps * max|u| * 2 pi N / 3 stays below 2.8.

    Returns:
        u(., T), float64 ``[B, N]``.
    """
    points = initial.shape[-1]
    mode = np.arange(points // 2 + 1)
    derivative = 2j * np.pi * mode
    kept = (mode <= points // 3).astype(np.float64)
    step = final_time / steps
    half_decay = np.exp(-viscosity * (2 * np.pi * mode) ** 2 * step / 2)
    decay = half_decay**2

    def transport(spectrum: np.ndarray) -> np.ndarray:
        u = fft.irfft(spectrum, n=points, axis=-1)
        return (-0.5 * kept * derivative) * fft.rfft(u * u, axis=-1)

    spectrum = fft.rfft(np.asarray(initial, dtype=np.float64), axis=-1) * kept
    for _ in range(steps):
        first = transport(spectrum)
        second = transport(half_decay * (spectrum + 0.5 * step * first))
        third = transport(half_decay * spectrum + 0.5 * step * second)
        fourth = transport(decay * spectrum + step * half_decay * third)
        spectrum = decay * spectrum + step / 6 * (decay * first + 2 * half_decay * (second + third) + fourth)
    return fft.irfft(spectrum, n=points, axis=-1)
