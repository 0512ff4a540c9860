"""Spectral convolutions by matrix products against the fast Fourier transform."""

import pytest
import torch

from surrogates.spectral import FourierBasis1d, FourierBasis2d, SpectralConvolution1d, SpectralConvolution2d

MODES = 5


def by_fft_1d(field: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Li et al. 2021 (arXiv 2010.08895), equations 4 and 5."""
    spectrum = torch.fft.rfft(field)
    kept = torch.zeros(field.shape[0], weight.shape[2], spectrum.shape[2], dtype=spectrum.dtype)
    kept[:, :, :MODES] = torch.einsum("bim,mio->bom", spectrum[:, :, :MODES], weight)
    return torch.fft.irfft(kept, n=field.shape[-1])


def by_fft_2d(field: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    spectrum = torch.fft.rfft2(field)
    kept = torch.zeros(field.shape[0], weight.shape[2], *spectrum.shape[2:], dtype=spectrum.dtype)
    rows = torch.arange(-(MODES - 1), MODES)
    weight = weight.unflatten(0, (len(rows), MODES))
    kept[:, :, rows, :MODES] = torch.einsum("biyx,yxio->boyx", spectrum[:, :, rows, :MODES], weight)
    return torch.fft.irfft2(kept, s=field.shape[-2:])


def complex_weight(convolution: torch.nn.Module) -> torch.Tensor:
    return torch.complex(convolution.weight[0], convolution.weight[1]).detach()


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("points", [16, 37, 512])
def test_1d_equals_fft(points, centred):
    convolution = SpectralConvolution1d(3, 4, MODES)
    field = torch.randn(2, 3, points)

    found = convolution(field, FourierBasis1d(MODES, centred=centred)(field))

    torch.testing.assert_close(found, by_fft_1d(field, complex_weight(convolution)), rtol=0, atol=2e-6)


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("shape", [(16, 16), (21, 34)])
def test_2d_equals_fft(shape, centred):
    convolution = SpectralConvolution2d(3, 4, MODES)
    field = torch.randn(2, 3, *shape)

    found = convolution(field, FourierBasis2d(MODES, centred=centred)(field))

    torch.testing.assert_close(found, by_fft_2d(field, complex_weight(convolution)), rtol=0, atol=2e-6)


def test_period_equals_zero_padding_1d():
    # Given N points of a series whose period has 5/4 N: the mean is taken over N, not over the padding too
    convolution = SpectralConvolution1d(3, 4, MODES)
    field = torch.randn(2, 3, 32)
    padded = torch.nn.functional.pad(field, (0, 8))

    found = convolution(field, FourierBasis1d(MODES, period=1.25, centred=True)(field))

    expected = 1.25 * by_fft_1d(padded, complex_weight(convolution))[..., :32]
    torch.testing.assert_close(found, expected, rtol=0, atol=2e-6)


def test_period_equals_zero_padding_2d():
    convolution = SpectralConvolution2d(3, 4, MODES)
    field = torch.randn(2, 3, 32, 48)
    padded = torch.nn.functional.pad(field, (0, 12, 0, 8))

    found = convolution(field, FourierBasis2d(MODES, period=1.25, centred=True)(field))

    expected = 1.25**2 * by_fft_2d(padded, complex_weight(convolution))[..., :32, :48]
    torch.testing.assert_close(found, expected, rtol=0, atol=4e-6)
