"""Ensembles in one graph, small enough to work out by hand, and graphs that only look like one.

Run `python make_ensembles.py`: it writes `ensemble-<name>.onnx`.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = Path(__file__).parent


def number(name: str, value: float) -> onnx.TensorProto:
    """A float32 scalar."""
    return numpy_helper.from_array(np.float32(value), name)


def field(name: str, *dims: str | int) -> onnx.ValueInfoProto:
    """A float32 input or output."""
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, dims)


def stack(members: list[str], output: str) -> list[onnx.NodeProto]:
    """What torch.stack becomes."""
    slots = [f"{member}.slot" for member in members]
    nodes = [helper.make_node("Unsqueeze", [m, "front"], [s]) for m, s in zip(members, slots, strict=True)]
    return [*nodes, helper.make_node("Concat", slots, [output], axis=0)]


def save(name: str, nodes: list[onnx.NodeProto], outputs: dict[str, int], constants: list[onnx.TensorProto]) -> None:
    """Write a graph of one input `x` and outputs with so many members."""
    graph = helper.make_graph(
        nodes,
        name,
        [field("x", "batch", 2)],
        [field(output, members, "batch", 2) for output, members in outputs.items()],
        [helper.make_tensor("front", TensorProto.INT64, [1], [0]), *constants],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.save(model, FOLDER / f"ensemble-{name}.onnx")


def scaled(members: int) -> list[onnx.NodeProto]:
    """u.m = (m + 1) x."""
    return [helper.make_node("Mul", ["x", f"weight.{m}"], [f"u.{m}"]) for m in range(members)]


def weights(members: int) -> list[onnx.TensorProto]:
    """1, 2, 3..."""
    return [number(f"weight.{m}", m + 1) for m in range(members)]


def two_fields() -> None:
    """u = (m + 1) x and v = u + 10, with their moments left out; as many of each, and not."""
    shifts = [helper.make_node("Add", [f"u.{m}", "ten"], [f"v.{m}"]) for m in range(3)]
    constants = [*weights(3), number("ten", 10)]
    u = stack([f"u.{m}" for m in range(3)], "u.members")
    nodes = [*scaled(3), *shifts, *u]
    save(
        "two-fields",
        [*nodes, *stack([f"v.{m}" for m in range(3)], "v.members")],
        {"u.members": 3, "v.members": 3},
        constants,
    )
    save("unequal", [*nodes, *stack(["v.0", "v.1"], "v.members")], {"u.members": 3, "v.members": 2}, constants)


def branch(node: onnx.NodeProto) -> onnx.GraphProto:
    """A branch of one node."""
    return helper.make_graph(
        [node], "branch", [], [helper.make_tensor_value_info(node.output[0], TensorProto.FLOAT, None)]
    )


def branches() -> None:
    """x and, by the sign of its sum, a captured 2 x or a captured m."""
    nodes = [
        helper.make_node("Mul", ["x", "two"], ["double"]),
        helper.make_node("ReduceSum", ["x"], ["sum"], keepdims=0),
        helper.make_node("Greater", ["sum", "none"], ["positive"]),
    ]
    for member in range(2):
        then = branch(helper.make_node("Add", ["x", "double"], [f"then.{member}"]))
        otherwise = branch(helper.make_node("Add", ["x", f"shift.{member}"], [f"else.{member}"]))
        nodes.append(helper.make_node("If", ["positive"], [f"u.{member}"], then_branch=then, else_branch=otherwise))
    constants = [number("two", 2), number("none", 0), *(number(f"shift.{m}", m) for m in range(2))]
    save("branches", [*nodes, *stack(["u.0", "u.1"], "members")], {"members": 2}, constants)


def refused() -> None:
    """Graphs whose parts could differ from the whole."""
    direct = helper.make_node("Concat", ["u.0", "u.1"], ["members"], axis=0)
    save("not-a-stack", [*scaled(2), direct], {"members": 2}, weights(2))
    slots = stack(["u.0", "u.1"], "members")
    slots[-1].attribute[0].i = 1
    save("another-axis", [*scaled(2), *slots], {"members": 2}, weights(2))
    save("one-member", [*scaled(1), *stack(["u.0"], "members")], {"members": 1}, weights(1))
    noise = helper.make_node("RandomNormalLike", ["x"], ["noise"])
    noisy = [helper.make_node("Add", [f"u.{m}", "noise"], [f"n.{m}"]) for m in range(2)]
    save("random", [*scaled(2), noise, *noisy, *stack(["n.0", "n.1"], "members")], {"members": 2}, weights(2))
    then = branch(helper.make_node("RandomNormalLike", ["x"], ["then"]))
    otherwise = branch(helper.make_node("Identity", ["x"], ["else"]))
    chosen = helper.make_node("If", ["yes"], ["noise"], then_branch=then, else_branch=otherwise)
    yes = numpy_helper.from_array(np.bool_(True), "yes")
    nodes = [*scaled(2), chosen, *noisy, *stack(["n.0", "n.1"], "members")]
    save("random-in-a-branch", nodes, {"members": 2}, [*weights(2), yes])
    elsewhere = number("weight.0", 1)
    elsewhere.ClearField("raw_data")
    elsewhere.data_location = TensorProto.EXTERNAL
    elsewhere.external_data.add(key="location", value="weights.bin")
    save(
        "weights-elsewhere",
        [*scaled(2), *stack(["u.0", "u.1"], "members")],
        {"members": 2},
        [elsewhere, number("weight.1", 2)],
    )
    taken = [helper.make_node("Mul", ["x", "weight.0"], ["u"]), helper.make_node("Mul", ["u", "weight.1"], ["w"])]
    save("name-is-taken", [*taken, *stack(["u", "w"], "members")], {"members": 2}, weights(2))


if __name__ == "__main__":
    two_fields()
    branches()
    refused()
