"""Spectral convolutions with the truncated Fourier transform written as matrix products.

A Fourier layer keeps only a few modes, so its transform is a thin matrix. Written as real matrix products it equals
rfft and irfft to rounding, is the fastest form under ONNX Runtime on a CPU, and uses nothing but operators that every
execution provider has. The matrices are built from the grid inside the graph, so one exported file serves any grid.

A non-periodic domain is extended: the series has period 1.25, say, while samples exist on [0, 1) only. That is the
usual zero padding of a Fourier neural operator, without computing on the padding.
"""

import math

import torch
from torch import Tensor, nn


def grid_positions(points: int, centred: bool, like: Tensor) -> Tensor:
    """Grid points in [0, 1): i / points, or (i + 1/2) / points for cell centres. Returns ``[points]``."""
    index = torch.arange(points, device=like.device, dtype=like.dtype)
    return (index + 0.5 if centred else index) / points


def phase_matrices(positions: Tensor, modes: Tensor, period: float) -> tuple[Tensor, Tensor]:
    """Cosine and sine of 2 pi k x / period, each ``[points, modes]``."""
    turns = positions[:, None] * (modes / period)[None, :]
    # Reduced to one turn first: float32 keeps its accuracy however fine the grid.
    angle = 2 * math.pi * (turns - torch.floor(turns))
    return torch.cos(angle), torch.sin(angle)


def _complex_weight(in_channels: int, out_channels: int, *modes: int) -> nn.Parameter:
    """Real and imaginary part of one complex matrix a mode, ``[2, modes, in, out]``."""
    scale = 1.0 / math.sqrt(2 * in_channels)
    return nn.Parameter(scale * torch.randn(2, math.prod(modes), in_channels, out_channels))


def _multiply_modes(real: Tensor, imaginary: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """Complex product a mode: ``[modes, B, in]`` times ``[2, modes, in, out]`` to ``[modes, B, out]``."""
    batch = real.shape[1]
    both = torch.cat([real, imaginary], dim=1)
    by_real, by_imaginary = both @ weight[0], both @ weight[1]
    return (
        by_real[:, :batch] - by_imaginary[:, batch:],
        by_imaginary[:, :batch] + by_real[:, batch:],
    )


class FourierBasis1d(nn.Module):
    """The matrices of the truncated transform of a line, shared by all layers and members that use one grid."""

    def __init__(self, modes: int, period: float = 1.0, centred: bool = False) -> None:
        super().__init__()
        self.period, self.centred = period, centred
        self.register_buffer("modes", torch.arange(modes, dtype=torch.float32), persistent=False)
        weight = torch.full((modes,), 2.0)
        weight[0] = 1.0  # the conjugate modes of a real field are not stored
        self.register_buffer("weight", weight, persistent=False)

    def forward(self, field: Tensor) -> tuple[Tensor, Tensor]:
        """Analysis ``[N, 2 m]`` and synthesis ``[2 m, N]`` for a field ``[B, C, N]``."""
        points = field.shape[-1]
        cosine, sine = phase_matrices(grid_positions(points, self.centred, field), self.modes, self.period)
        analysis = torch.cat([cosine, -sine], dim=1) / points
        synthesis = torch.cat([cosine * self.weight, -sine * self.weight], dim=1).T
        return analysis, synthesis


class SpectralConvolution1d(nn.Module):
    """Fourier layer of Li et al. 2021 (arXiv 2010.08895, equation 4) in one dimension."""

    def __init__(self, in_channels: int, out_channels: int, modes: int) -> None:
        super().__init__()
        self.modes = modes
        self.weight = _complex_weight(in_channels, out_channels, modes)

    def forward(self, field: Tensor, basis: tuple[Tensor, Tensor]) -> Tensor:
        """Map ``[B, in, N]`` to ``[B, out, N]``."""
        analysis, synthesis = basis
        spectrum = (field @ analysis).permute(2, 0, 1)
        real, imaginary = _multiply_modes(spectrum[: self.modes], spectrum[self.modes :], self.weight)
        return torch.cat([real, imaginary], dim=0).permute(1, 2, 0) @ synthesis


class FourierBasis2d(nn.Module):
    """The matrices of the truncated transform of a rectangle: modes 0..m-1 along x and -(m-1)..m-1 along y."""

    def __init__(self, modes: int, period: float = 1.0, centred: bool = False) -> None:
        super().__init__()
        self.along_x = FourierBasis1d(modes, period, centred)
        self.period, self.centred = period, centred
        self.register_buffer("modes", torch.arange(-(modes - 1), modes, dtype=torch.float32), persistent=False)

    def forward(self, field: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Analysis along x and y, synthesis along y and x, for a field ``[B, C, H, W]``."""
        x_analysis, x_synthesis = self.along_x(field[:, :, 0])
        rows = field.shape[-2]
        cosine, sine = phase_matrices(grid_positions(rows, self.centred, field), self.modes, self.period)
        y_synthesis = torch.cat([cosine, sine], dim=1)
        return x_analysis, y_synthesis.T / rows, y_synthesis, x_synthesis


class SpectralConvolution2d(nn.Module):
    """Fourier layer of Li et al. 2021 (arXiv 2010.08895, equation 4) in two dimensions."""

    def __init__(self, in_channels: int, out_channels: int, modes: int) -> None:
        super().__init__()
        self.x_modes, self.y_modes = modes, 2 * modes - 1
        self.weight = _complex_weight(in_channels, out_channels, self.y_modes, self.x_modes)

    def forward(self, field: Tensor, basis: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
        """Map ``[B, in, H, W]`` to ``[B, out, H, W]``."""
        x_analysis, y_analysis, y_synthesis, x_synthesis = basis
        # Rows: cosine and sine along y. Columns: real and imaginary part of the transform along x.
        spectrum = y_analysis @ (field @ x_analysis)
        cosine, sine = spectrum[:, :, : self.y_modes], spectrum[:, :, self.y_modes :]
        real = cosine[..., : self.x_modes] + sine[..., self.x_modes :]
        imaginary = cosine[..., self.x_modes :] - sine[..., : self.x_modes]
        real, imaginary = _multiply_modes(_modes_first(real), _modes_first(imaginary), self.weight)
        real, imaginary = self._modes_last(real), self._modes_last(imaginary)
        columns = torch.cat([torch.cat([real, -imaginary], dim=2), torch.cat([imaginary, real], dim=2)], dim=3)
        return (y_synthesis @ columns) @ x_synthesis

    def _modes_last(self, spectrum: Tensor) -> Tensor:
        return spectrum.permute(1, 2, 0).unflatten(2, (self.y_modes, self.x_modes))


def _modes_first(spectrum: Tensor) -> Tensor:
    return spectrum.flatten(2).permute(2, 0, 1)
