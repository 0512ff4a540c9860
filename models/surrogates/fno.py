"""Fourier neural operators in one and two dimensions (Li et al. 2021, arXiv 2010.08895).

v <- v + gelu(K v + W v), with the spectral convolution K and the pointwise linear map W; lifting before, a
two-layer projection after. Normalisation and boundary conditions live inside the network, so that it takes and
returns physical units and the exported graph needs nothing around it.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from surrogates.spectral import (
    FourierBasis1d,
    FourierBasis2d,
    SpectralConvolution1d,
    SpectralConvolution2d,
    grid_positions,
)


class Normalisation(nn.Module):
    """Mean and standard deviation of the training inputs and the scale of the training outputs, one channel each."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("input_mean", torch.zeros(()))
        self.register_buffer("input_std", torch.ones(()))
        self.register_buffer("output_scale", torch.ones(()))

    def fit(self, inputs: Tensor, outputs: Tensor) -> None:
        """Take the constants from the training set."""
        self.input_mean.copy_(inputs.mean())
        self.input_std.copy_(inputs.std())
        self.output_scale.copy_(outputs.square().mean().sqrt())


class Pointwise(nn.Module):
    """The same affine map at every grid point: a 1 x 1 convolution, written as one matrix product.

    Under PyTorch on a CPU it takes half the time of the convolution, forward and backward.
    """

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        bound = 1.0 / math.sqrt(in_channels)
        self.weight = nn.Parameter(torch.empty(out_channels, in_channels).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(out_channels, 1).uniform_(-bound, bound))

    def forward(self, field: Tensor) -> Tensor:
        """Map ``[B, in, ...]`` to ``[B, out, ...]``."""
        points = field.flatten(2)
        weight = self.weight.expand(points.shape[0], -1, -1)
        return torch.baddbmm(self.bias, weight, points).unflatten(2, field.shape[2:])


class FourierBlock(nn.Module):
    """One residual Fourier layer."""

    def __init__(self, spectral: nn.Module, width: int) -> None:
        super().__init__()
        self.spectral, self.pointwise = spectral, Pointwise(width, width)

    def forward(self, features: Tensor, basis: tuple[Tensor, ...]) -> Tensor:
        """Map ``[B, width, ...]`` to itself."""
        return features + functional.gelu(self.spectral(features, basis) + self.pointwise(features))


class FourierNeuralOperator(nn.Module):
    """What the one- and the two-dimensional operator share: lift, Fourier blocks, project."""

    def __init__(self, basis: nn.Module, spectral: list[nn.Module], in_features: int, width: int) -> None:
        super().__init__()
        self.normalisation = Normalisation()
        self.basis = basis
        self.lift = Pointwise(in_features, width)
        self.blocks = nn.ModuleList(FourierBlock(convolution, width) for convolution in spectral)
        self.project = nn.Sequential(Pointwise(width, 2 * width), nn.GELU(), Pointwise(2 * width, 1))

    def features(self, normalised: Tensor) -> Tensor:
        """Input features ``[B, F, ...]`` of the normalised field ``[B, 1, ...]``."""
        return normalised

    def boundary(self, field: Tensor) -> Tensor | float:
        """What the output is multiplied with so that it meets the boundary condition."""
        return 1.0

    def forward(self, field: Tensor, basis: tuple[Tensor, ...] | None = None) -> Tensor:
        """Map the input field ``[B, 1, ...]`` to the solution ``[B, 1, ...]``, both in physical units.

        Args:
            field: the input on any grid with at least two points per kept mode.
            basis: the transform matrices of that grid, where a caller has them; else they are built.
        """
        basis = self.basis(field) if basis is None else basis
        constants = self.normalisation
        features = self.lift(self.features((field - constants.input_mean) / constants.input_std))
        for block in self.blocks:
            features = block(features, basis)
        return self.project(features) * self.boundary(field) * constants.output_scale


class FourierNeuralOperator1d(FourierNeuralOperator):
    """Periodic line; commutes with translations, since it sees no coordinates."""

    def __init__(self, width: int, modes: int, layers: int) -> None:
        super().__init__(
            FourierBasis1d(modes),
            [SpectralConvolution1d(width, width, modes) for _ in range(layers)],
            in_features=1,
            width=width,
        )


class FourierNeuralOperator2d(FourierNeuralOperator):
    """Unit square with zero Dirichlet conditions, fields at cell centres; sees the coordinates x and y."""

    def __init__(self, width: int, modes: int, layers: int, period: float = 1.25) -> None:
        super().__init__(
            FourierBasis2d(modes, period, centred=True),
            [SpectralConvolution2d(width, width, modes) for _ in range(layers)],
            in_features=3,
            width=width,
        )

    def features(self, normalised: Tensor) -> Tensor:
        """The field and the two coordinates, ``[B, 3, H, W]``."""
        y, x = _coordinates(normalised)
        return torch.cat([normalised, x.expand_as(normalised), y.expand_as(normalised)], dim=1)

    def boundary(self, field: Tensor) -> Tensor:
        """16 x (1 - x) y (1 - y), ``[1, 1, H, W]``: one at the centre, zero on the boundary."""
        y, x = _coordinates(field)
        return 16.0 * (x * (1.0 - x)) * (y * (1.0 - y))


def _coordinates(field: Tensor) -> tuple[Tensor, Tensor]:
    """y ``[1, 1, H, 1]`` and x ``[1, 1, 1, W]`` of the cell centres."""
    y = grid_positions(field.shape[-2], True, field)[None, None, :, None]
    x = grid_positions(field.shape[-1], True, field)[None, None, None, :]
    return y, x
