"""Exported graphs against their networks, and the gate that an export must pass."""

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto

from surrogates import graph, parity
from surrogates.checkpoints import round_spectral_weights
from surrogates.ensemble import Ensemble
from surrogates.export import export_graph
from surrogates.fno import FourierNeuralOperator1d, FourierNeuralOperator2d
from surrogates.problems import PROBLEMS
from surrogates.runtime import open_session

NETWORKS = {
    "burgers": lambda: FourierNeuralOperator1d(width=8, modes=20, layers=2),
    "darcy": lambda: FourierNeuralOperator2d(width=8, modes=6, layers=2),
}
MOMENTS = ["mean", "std", "members"]


def member(problem: str) -> torch.nn.Module:
    network = NETWORKS[problem]().eval().requires_grad_(False)
    network.normalisation.fit(3.0 + torch.randn(100), 0.1 * torch.randn(100))
    round_spectral_weights(network)
    return network


@pytest.fixture(scope="module", params=["burgers", "darcy"])
def exported(request, tmp_path_factory):
    torch.manual_seed(1)
    problem = PROBLEMS[request.param]
    networks = [member(problem.name) for _ in range(3)]
    module, outputs = (
        (Ensemble(networks).eval(), MOMENTS) if problem.layout == "moments" else (networks[0], ["final_velocity"])
    )
    path = tmp_path_factory.mktemp(problem.name) / "graph.onnx"
    export_graph(problem, module, networks[0], outputs, path)
    return problem, module, networks[0], path


def test_three_grids_and_three_batch_sizes_agree(exported):
    problem, module, network, path = exported
    grids = [[points] * len(problem.space_axes) for points in (problem.manifest["grid"]["minimum"][0], 77, 128)]

    assert parity.assert_parity(open_session(path), module, network, grids) <= 1e-6
    assert len(parity.BATCHES) == 3


def test_dimensions_are_free_and_named(exported):
    problem, _, _, path = exported

    (field,) = onnx.load(path).graph.input

    assert field.name == problem.input_name
    dimensions = [dimension.dim_param or dimension.dim_value for dimension in field.type.tensor_type.shape.dim]
    assert dimensions == ["batch", 1, *problem.space_axes]


def test_weights_are_stored_once_and_in_half(exported):
    _, module, _, path = exported
    model = onnx.load(path)

    half = sum(np.prod(value.dims) for value in model.graph.initializer if value.data_type == TensorProto.FLOAT16)

    parameters = sum(parameter.numel() for parameter in module.parameters())
    assert half > 0.8 * parameters
    assert graph.initializer_count(model) < 1.02 * parameters
    assert path.stat().st_size < 2.7 * parameters + 200_000


def test_nothing_of_the_machine_is_left_in_the_file(exported):
    path = exported[3]
    model = onnx.load(path)

    assert b".py" not in path.read_bytes()
    assert not model.metadata_props
    assert not model.graph.metadata_props


def test_another_network_does_not_pass_the_gate(exported):
    problem, module, network, path = exported
    weights = next(iter(module.parameters()))
    grids = [problem.manifest["grid"]["trained"]]
    weights.mul_(1.0001)
    try:
        with pytest.raises(ValueError, match="differs by"):
            parity.assert_parity(open_session(path), module, network, grids)
    finally:
        weights.div_(1.0001)


def test_a_graph_that_returns_nan_does_not_pass_the_gate(exported):
    problem, module, network, path = exported

    class Broken:
        def get_inputs(self):
            return open_session(path).get_inputs()

        def get_outputs(self):
            return open_session(path).get_outputs()

        def run(self, outputs, feed):
            return [array * np.float32(np.nan) for array in open_session(path).run(outputs, feed)]

    with pytest.raises(ValueError, match="differs by nan"):
        parity.assert_parity(Broken(), module, network, [problem.manifest["grid"]["trained"]])


def test_fixed_dimensions_and_transforms_are_refused(exported):
    problem, _, _, path = exported
    model = onnx.load(path)
    dimensions = {
        value.name: [dimension.dim_param or dimension.dim_value for dimension in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    }
    graph.check(model, dimensions)

    model.graph.input[0].type.tensor_type.shape.dim[2].dim_value = 64
    with pytest.raises(ValueError, match="dimensions"):
        graph.check(model, dimensions)

    model = onnx.load(path)
    model.graph.node.append(onnx.helper.make_node("DFT", [problem.input_name], ["spectrum"]))
    with pytest.raises(ValueError, match="DFT"):
        graph.check(model, dimensions)


def test_only_what_half_precision_can_hold_is_halved():
    exact = torch.randn(2000).half().float().numpy()
    values = {"exact": exact, "inexact": exact * np.float32(1.0001), "small": exact[:10]}
    model = onnx.ModelProto()
    model.graph.initializer.extend(onnx.numpy_helper.from_array(array, name) for name, array in values.items())

    graph.halve_exactly(model)

    kinds = {value.name: value.data_type for value in model.graph.initializer}
    assert kinds == {
        "exact.half": TensorProto.FLOAT16,
        "inexact": TensorProto.FLOAT,
        "small": TensorProto.FLOAT,
    }
    assert [(node.op_type, list(node.input), list(node.output)) for node in model.graph.node] == [
        ("Cast", ["exact.half"], ["exact"])
    ]
