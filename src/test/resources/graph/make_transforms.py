"""Small graphs around single DFT nodes, with PyTorch's answers: run `python make_transforms.py`.

Writes `transform-<name>.onnx` for each, and for all of them `transforms.npz` with `<name>.x` and `<name>.y`, what
torch.fft gives in double precision.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

FOLDER = Path(__file__).parent
END = 2**63 - 1
ANSWERS: dict[str, np.ndarray] = {}


def complex_of(pairs: Tensor) -> Tensor:
    """``[..., 2]`` as complex numbers."""
    return torch.view_as_complex(pairs.contiguous())


def pairs_of(numbers: Tensor) -> Tensor:
    """Complex numbers as ``[..., 2]``."""
    return torch.view_as_real(numbers)


def integers(name: str, values: list[int] | int) -> onnx.TensorProto:
    """A constant vector, or scalar."""
    flat = values if isinstance(values, list) else [values]
    return helper.make_tensor(name, TensorProto.INT64, [len(flat)] if isinstance(values, list) else [], flat)


def write(
    name: str,
    opset: int,
    shape: tuple[int, ...],
    nodes: list[onnx.NodeProto],
    constants: dict[str, list[int] | int],
    answer: Callable[[Tensor], Tensor],
    fixed: bool = False,
) -> None:
    """Write a graph from `x`, whose leading axes are free, to `y`, and the answer for a random input."""
    field = torch.randn(shape)
    expected = answer(field.double()).numpy().astype(np.float32)
    dims = list(shape) if fixed else [f"n{axis}" for axis in range(len(shape) - 1)] + [shape[-1]]
    used = {value for node in nodes for value in node.input}
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, dims)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None] * expected.ndim)],
        [integers(constant, value) for constant, value in constants.items() if constant in used],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10)
    onnx.save(model, FOLDER / f"transform-{name}.onnx")
    ANSWERS[f"{name}.x"], ANSWERS[f"{name}.y"] = field.numpy(), expected


def single(
    name: str, shape: tuple[int, ...], answer: Callable[[Tensor], Tensor], axis: int, length: int = 0, **kinds: int
) -> None:
    """One DFT node, as operator set 17 writes it and as 20 does."""
    constants = {"length": length} if length else {}
    inputs = ["x", "length" if length else ""]
    old = helper.make_node("DFT", inputs if length else ["x"], ["y"], axis=axis, **kinds)
    write(f"{name}-17", 17, shape, [old], constants, answer, fixed=True)
    new = helper.make_node("DFT", [*inputs, "axis"], ["y"], **kinds)
    write(f"{name}-20", 20, shape, [new], {**constants, "axis": axis}, answer)


def singles() -> None:
    """Directions, sides, lengths, axes."""
    for points in (8, 9):
        name, real, both = f"{points}", (2, points, 5, 1), (2, points, 5, 2)
        single(f"real-{name}", real, lambda x: pairs_of(torch.fft.fft(x[..., 0], dim=1)), 1)
        single(f"complex-{name}", both, lambda x: pairs_of(torch.fft.fft(complex_of(x), dim=1)), 1)
        single(f"inverse-{name}", both, lambda x: pairs_of(torch.fft.ifft(complex_of(x), dim=1)), 1, inverse=1)
        single(f"onesided-{name}", real, lambda x: pairs_of(torch.fft.rfft(x[..., 0], dim=1)), 1, onesided=1)
        half = (2, points // 2 + 1, 5, 2)
        single(
            f"onesided-inverse-{name}",
            half,
            lambda x, n=points: torch.fft.irfft(complex_of(x), n=n, dim=1)[..., None],
            1,
            length=points,
            inverse=1,
            onesided=1,
        )
    single("last-axis", (3, 4, 7, 2), lambda x: pairs_of(torch.fft.fft(complex_of(x), dim=2)), -2)
    single("longer", (2, 6, 1), lambda x: pairs_of(torch.fft.rfft(x[..., 0], n=9, dim=1)), 1, length=9, onesided=1)
    single("shorter", (2, 6, 2), lambda x: pairs_of(torch.fft.fft(complex_of(x), n=5, dim=1)), 1, length=5)
    single("line", (11, 1), lambda x: pairs_of(torch.fft.fft(x[..., 0], dim=0)), 0)


def cut(value: str, result: str, start: str, end: str, axis: str = "axis") -> onnx.NodeProto:
    """A Slice along one axis."""
    return helper.make_node("Slice", [value, start, end, axis], [result])


def surroundings() -> None:
    """What may be left out of a spectrum, and what may look as if it could."""
    dft = helper.make_node("DFT", ["x", "", "axis_scalar"], ["spectrum"])
    constants = {"axis_scalar": 1, "axis": [1], "zero": [0], "two": [2], "three": [3], "end": [END], "minus_two": [-2]}
    shape = (2, 9, 3, 2)

    def spectrum(x: Tensor) -> Tensor:
        return pairs_of(torch.fft.fft(complex_of(x), dim=1))

    low, high = cut("spectrum", "low", "zero", "three"), cut("spectrum", "high", "minus_two", "end")
    both = helper.make_node("Concat", ["low", "high"], ["y"], axis=1)
    write(
        "low-and-high",
        20,
        shape,
        [dft, low, high, both],
        constants,
        lambda x: torch.cat([spectrum(x)[:, :3], spectrum(x)[:, -2:]], 1),
    )
    # The axis is shorter than what is cut off it.
    write(
        "overlap",
        20,
        (2, 4, 3, 2),
        [dft, low, high, both],
        constants,
        lambda x: torch.cat([spectrum(x)[:, :3], spectrum(x)[:, -2:]], 1),
    )
    write(
        "too-short",
        20,
        (2, 2, 3, 2),
        [dft, low, high, both],
        constants,
        lambda x: torch.cat([spectrum(x)[:, :3], spectrum(x)[:, -2:]], 1),
    )
    middle = cut("spectrum", "y", "two", "end")
    write("middle", 20, shape, [dft, middle], constants, lambda x: spectrum(x)[:, 2:])
    inner = cut("spectrum", "y", "two", "minus_two")
    write("inner", 20, shape, [dft, inner], constants, lambda x: spectrum(x)[:, 2:-2])
    # The size of the whole spectrum is asked for, too.
    size = helper.make_node("Shape", ["spectrum"], ["size"])
    number = helper.make_node("Cast", ["size"], ["number"], to=TensorProto.FLOAT)
    total = helper.make_node("ReduceProd", ["number"], ["total"], keepdims=0)
    scaled = helper.make_node("Mul", ["low", "total"], ["y"])
    write(
        "size",
        20,
        shape,
        [dft, low, size, number, total, scaled],
        constants,
        lambda x: spectrum(x)[:, :3] * spectrum(x).numel(),
    )
    # The whole spectrum is used beside its lower modes.
    sums = [helper.make_node("ReduceSum", [name, "axis"], [f"{name}_sum"]) for name in ("low", "spectrum")]
    added = helper.make_node("Add", ["low_sum", "spectrum_sum"], ["y"])
    write(
        "used-twice",
        20,
        shape,
        [dft, low, *sums, added],
        constants,
        lambda x: (spectrum(x)[:, :3].sum(1) + spectrum(x).sum(1))[:, None],
    )
    # Two axes, of which the first is cut after the second: an axis that the second transform hands on.
    first = helper.make_node("DFT", ["x", "", "axis_scalar"], ["first"])
    second = helper.make_node("DFT", ["first", "", "two_scalar"], ["second"])
    corner = helper.make_node("Slice", ["second", "corner_start", "corner_end", "corner_axes"], ["y"])
    corner_constants = {
        "axis_scalar": 1,
        "two_scalar": 2,
        "corner_start": [0, -2],
        "corner_end": [3, END],
        "corner_axes": [1, 2],
    }
    write(
        "corner",
        20,
        shape,
        [first, second, corner],
        corner_constants,
        lambda x: pairs_of(torch.fft.fft2(complex_of(x), dim=(1, 2)))[:, :3, -2:],
    )
    # Back to points from 12 modes, of which the middle ones are zero, or not.
    for name, fill in (("spectrum-of-zeros", 0.0), ("spectrum-of-others", -0.5)):
        rest = numpy_helper.from_array(np.full((2, 7, 3, 2), fill, np.float32), "rest")
        nodes = [
            helper.make_node("Constant", [], ["rest"], value=rest),
            cut("x", "low", "zero", "three"),
            cut("x", "high", "minus_two", "end"),
            helper.make_node("Concat", ["low", "rest", "high"], ["modes"], axis=1),
            helper.make_node("DFT", ["modes", "", "axis_scalar"], ["y"], inverse=1),
        ]

        def answer(x: Tensor, fill: float = fill) -> Tensor:
            rest = torch.full((2, 7, 3, 2), fill, dtype=torch.float64)
            return pairs_of(torch.fft.ifft(complex_of(torch.cat([x[:, :3], rest, x[:, -2:]], 1)), dim=1))

        write(name, 20, (2, 5, 3, 2), nodes, constants, answer, fixed=True)


def left_alone() -> None:
    """Nodes whose meaning the graph doesn't tell, or that lie in a subgraph."""
    field = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 4, 2])
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None] * 3)
    axis = helper.make_tensor_value_info("axis", TensorProto.INT64, [])
    free = helper.make_node("DFT", ["x", "", "axis"], ["y"])
    save("axis-is-input", [free], [field, axis], result, [])
    open_length = helper.make_node("DFT", ["x", "", "one"], ["y"], inverse=1, onesided=1)
    save("length-is-open", [open_length], [field], result, [integers("one", 1)])
    branch = helper.make_graph(
        [helper.make_node("DFT", ["x", "", "one"], ["z"])],
        "branch",
        [],
        [helper.make_tensor_value_info("z", TensorProto.FLOAT, None)],
    )
    condition = helper.make_tensor_value_info("condition", TensorProto.BOOL, [])
    chosen = helper.make_node("If", ["condition"], ["y"], then_branch=branch, else_branch=branch)
    save("subgraph", [chosen], [field, condition], result, [integers("one", 1)])


def save(
    name: str,
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    output: onnx.ValueInfoProto,
    constants: list[onnx.TensorProto],
) -> None:
    """Write a graph that no answer is needed for."""
    graph = helper.make_graph(nodes, name, inputs, [output], constants)
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10),
        FOLDER / f"stays-{name}.onnx",
    )


if __name__ == "__main__":
    torch.manual_seed(0)
    singles()
    surroundings()
    left_alone()
    np.savez_compressed(FOLDER / "transforms.npz", **ANSWERS)
