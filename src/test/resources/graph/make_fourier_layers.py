"""Fourier neural operators as others export them, with PyTorch's own answers: run `python make_fourier_layers.py`.

Each `<name>.onnx` comes from torch.onnx.export with nothing done to it but the removal of stack traces. Each
`<name>.npz` holds inputs `x0`, `x1`... and what the network gives for them in double precision, `y0`, `y1`...
"""

import logging
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional

FOLDER = Path(__file__).parent
WIDTH, MODES = 4, 3
logging.getLogger("torch.onnx").setLevel(logging.ERROR)


def multiply(spectrum: Tensor, weight: Tensor) -> Tensor:
    """Complex product of modes and weights, in real arithmetic: the exporter knows no complex weights."""
    real, imaginary = spectrum[..., 0], spectrum[..., 1]
    by_real = torch.einsum("bi...,io...->bo...", real, weight[0]), torch.einsum("bi...,io...->bo...", real, weight[1])
    by_imaginary = (
        torch.einsum("bi...,io...->bo...", imaginary, weight[0]),
        torch.einsum("bi...,io...->bo...", imaginary, weight[1]),
    )
    return torch.stack([by_real[0] - by_imaginary[1], by_real[1] + by_imaginary[0]], -1)


class Assigned(nn.Module):
    """The spectral layer of the first implementations: kept modes are assigned to corners of a spectrum of zeros."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(2, 2, WIDTH, WIDTH, MODES, MODES) / WIDTH)

    def forward(self, field: Tensor) -> Tensor:
        """Map ``[B, C, H, W]`` to the same shape."""
        rows, columns = field.shape[-2:]
        spectrum = torch.view_as_real(torch.fft.rfft2(field))
        result = torch.zeros(field.shape[0], WIDTH, rows, columns // 2 + 1, 2, dtype=field.dtype)
        result[:, :, :MODES, :MODES] = multiply(spectrum[:, :, :MODES, :MODES], self.weight[0])
        result[:, :, -MODES:, :MODES] = multiply(spectrum[:, :, -MODES:, :MODES], self.weight[1])
        return torch.fft.irfft2(torch.view_as_complex(result), s=(rows, columns))


class Padded(Assigned):
    """The same with the spectrum put together by concatenation and padding."""

    def forward(self, field: Tensor) -> Tensor:
        """Map ``[B, C, H, W]`` to the same shape."""
        rows, columns = field.shape[-2:]
        spectrum = torch.view_as_real(torch.fft.rfft2(field, norm="ortho"))
        low = multiply(spectrum[:, :, :MODES, :MODES], self.weight[0])
        high = multiply(spectrum[:, :, -MODES:, :MODES], self.weight[1])
        zeros = torch.zeros(field.shape[0], WIDTH, rows - 2 * MODES, MODES, 2, dtype=field.dtype)
        result = functional.pad(torch.cat([low, zeros, high], 2), (0, 0, 0, columns // 2 + 1 - MODES))
        return torch.fft.irfft2(torch.view_as_complex(result.contiguous()), s=(rows, columns), norm="ortho")


class Line(nn.Module):
    """One dimension, with a transform that keeps all modes beside one that keeps a few."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(2, WIDTH, WIDTH, MODES) / WIDTH)

    def forward(self, field: Tensor) -> Tensor:
        """Map ``[B, C, N]`` to the same shape."""
        points = field.shape[-1]
        kept = multiply(torch.view_as_real(torch.fft.rfft(field))[:, :, :MODES], self.weight)
        padded = functional.pad(kept, (0, 0, 0, points // 2 + 1 - MODES))
        smooth = torch.fft.irfft(torch.view_as_complex(padded.contiguous()), n=points)
        everything = torch.view_as_real(
            torch.fft.fft(field.to(torch.complex64 if field.dtype == torch.float32 else torch.complex128))
        )
        damped = torch.view_as_complex((everything * 0.5).contiguous())
        return smooth + torch.view_as_real(torch.fft.ifft(damped))[..., 0]


class Operator(nn.Module):
    """Lift, two spectral layers with pointwise ones beside them, project."""

    def __init__(self, layer: type[nn.Module], convolution: type[nn.Module]) -> None:
        super().__init__()
        self.lift = convolution(1, WIDTH, 1)
        self.spectral = nn.ModuleList([layer() for _ in range(2)])
        self.pointwise = nn.ModuleList([convolution(WIDTH, WIDTH, 1) for _ in range(2)])
        self.project = convolution(WIDTH, 1, 1)

    def forward(self, field: Tensor) -> Tensor:
        """Map ``[B, 1, ...]`` to the same shape."""
        features = self.lift(field)
        for spectral, pointwise in zip(self.spectral, self.pointwise, strict=True):
            features = functional.gelu(spectral(features) + pointwise(features))
        return self.project(features)


def write(name: str, network: nn.Module, shapes: list[tuple[int, ...]], opset: int, free: bool) -> None:
    """Export a network, and save its answers in double precision for inputs of the given shapes."""
    network.eval()
    names = {0: "batch", **{axis: f"axis{axis}" for axis in range(2, len(shapes[0]))}}
    dimensions = {
        axis: torch.export.Dim(axis_name, min=2 * MODES if axis else 1, max=512) for axis, axis_name in names.items()
    }
    with torch.no_grad():
        program = torch.onnx.export(
            network,
            (torch.randn(shapes[0]),),
            input_names=["x"],
            output_names=["y"],
            dynamic_shapes=(dimensions,) if free else None,
            opset_version=opset,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    model = program.model_proto
    del model.metadata_props[:]
    for part in (*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output):
        part.doc_string = ""
        del part.metadata_props[:]
    onnx.save(model, FOLDER / f"{name}.onnx")
    arrays = {}
    for index, shape in enumerate(shapes):
        field = torch.randn(shape)
        with torch.no_grad():
            answer = network.double()(field.double())
        arrays |= {f"x{index}": field.numpy(), f"y{index}": answer.numpy().astype(np.float32)}
    np.savez(FOLDER / f"{name}.npz", **arrays)


if __name__ == "__main__":
    torch.manual_seed(0)
    grids = [(2, 1, 16, 12), (1, 1, 17, 15), (3, 1, 32, 21), (1, 1, 6, 6)]
    write("assigned-free", Operator(Assigned, nn.Conv2d), grids, 20, True)
    write("assigned-fixed", Operator(Assigned, nn.Conv2d), [(2, 1, 16, 15)], 20, False)
    write("padded-free", Operator(Padded, nn.Conv2d), grids, 20, True)
    write("padded-fixed", Operator(Padded, nn.Conv2d), [(2, 1, 15, 16)], 18, False)
    write("line-free", Operator(Line, nn.Conv1d), [(2, 1, 16), (1, 1, 33), (3, 1, 100)], 18, True)
