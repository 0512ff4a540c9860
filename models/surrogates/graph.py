"""What is done to an exported graph before it ships, and what is asserted of it."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HALVED_FROM = 1024
"""Smallest initialiser, in numbers, for which a Cast is worth its node."""


def halve_exactly(model: onnx.ModelProto) -> None:
    """Store every large float32 initialiser that float16 can hold without loss as float16, with a Cast behind it.

    ONNX Runtime folds the Cast when it opens the file, so that the graph it runs is the same float32 graph.
    """
    casts = []
    for initializer in model.graph.initializer:
        if initializer.data_type != TensorProto.FLOAT:
            continue
        values = numpy_helper.to_array(initializer)
        with np.errstate(over="ignore"):
            half = values.astype(np.float16)
        if values.size < HALVED_FROM or not np.array_equal(half.astype(np.float32), values):
            continue
        name = initializer.name
        initializer.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], name=f"{name}.cast", to=TensorProto.FLOAT))
    nodes = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(casts + nodes)


def strip_provenance(model: onnx.ModelProto) -> None:
    """Remove what the exporter noted for debugging: stack traces with the paths of one machine, inner shapes."""
    del model.graph.value_info[:]
    del model.metadata_props[:]
    graph = model.graph
    for part in (graph, *graph.node, *graph.initializer, *graph.input, *graph.output):
        part.doc_string = ""
        if hasattr(part, "metadata_props"):
            del part.metadata_props[:]


def check(model: onnx.ModelProto, dimensions: dict[str, list[str | int]]) -> None:
    """Assert that inputs and outputs have the named dimensions and that every provider can run the graph.

    Args:
        model: the exported graph.
        dimensions: of each input and output, names where they are free.

    Raises:
        ValueError: the exporter has fixed or renamed a dimension, or used an operator that it should not.
    """
    onnx.checker.check_model(model)
    found = {
        value.name: [dimension.dim_param or dimension.dim_value for dimension in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    }
    if found != dimensions:
        raise ValueError(f"the graph has the dimensions {found}, not {dimensions}")
    slow = {"DFT", "STFT"} & {node.op_type for node in model.graph.node}
    foreign = {node.domain for node in model.graph.node} - {"", "ai.onnx"}
    if slow or foreign or model.functions:
        raise ValueError(f"the graph uses {sorted(slow)}, domains {sorted(foreign)}, {len(model.functions)} functions")
    if any(initializer.external_data for initializer in model.graph.initializer):
        raise ValueError("the graph keeps weights in another file")


def initializer_count(model: onnx.ModelProto) -> int:
    """Numbers held in initialisers: more than the network's own means that the exporter duplicated weights."""
    return sum(int(np.prod(initializer.dims)) for initializer in model.graph.initializer)
