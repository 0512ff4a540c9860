"""The surrogates under load: one that ships, and two made here, whose weights are random."""

import hashlib
import json
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

DARCY, SMALL, ENSEMBLE = "darcy-fno", "small-mlp", "darcy-fno-8"
SMALL_POINTS, SMALL_WIDTHS = 256, (256, 1024, 1024, 256)
ENSEMBLE_MEMBERS = 8
GOLDEN_TOLERANCE = 1e-5


def prepare(shipped: Path, folder: Path) -> None:
    """Fill ``folder`` with the repository that every contender serves, unless it is there already."""
    darcy = shipped / DARCY / "1"
    recipe = hashlib.sha256(Path(__file__).read_bytes() + (darcy / "surrogate.json").read_bytes()).hexdigest()
    made_from = folder.parent / "repository-made-from"
    if made_from.exists() and made_from.read_text() == recipe:
        return
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(darcy, folder / DARCY / "1")
    _make_small(folder / SMALL / "1")
    _make_ensemble(darcy, folder / ENSEMBLE / "1")
    made_from.write_text(recipe)


def _make_small(folder: Path) -> None:
    """Write a three-layer network of 1.6 million weights, 6.3 MB: a tenth of a millisecond or two alone.

    Its golden case is computed by numpy.
    """
    folder.mkdir(parents=True)
    random = np.random.default_rng(1)
    weights = [
        (random.standard_normal((rows, columns)) / np.sqrt(rows)).astype(np.float32)
        for rows, columns in pairwise(SMALL_WIDTHS)
    ]
    shape = ["batch", 1, SMALL_POINTS]
    nodes, value = [], "forcing"
    for layer in range(len(weights)):
        last = layer == len(weights) - 1
        product = "solution" if last else f"product{layer}"
        nodes.append(helper.make_node("MatMul", [value, f"weight{layer}"], [product]))
        if not last:
            nodes.append(helper.make_node("Tanh", [product], [f"activation{layer}"]))
            value = f"activation{layer}"
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("forcing", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("solution", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(weight, f"weight{layer}") for layer, weight in enumerate(weights)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.checker.check_model(model)
    onnx.save(model, folder / "member-00.onnx")

    golden = random.standard_normal((2, 1, SMALL_POINTS)).astype(np.float32)
    solution = golden
    for weight in weights[:-1]:
        solution = np.tanh(solution @ weight)
    np.savez(folder / "golden.npz", forcing=golden, mean=solution @ weights[-1])
    parameters = sum(weight.size for weight in weights)
    manifest = {
        "schema_version": 1,
        "name": SMALL,
        "version": 1,
        "title": "Small network for load tests",
        "description": "Maps 256 numbers to 256 numbers through random weights, quickly.",
        "pde": _no_pde(),
        "inputs": [_field("forcing", "f", 1)],
        "outputs": [_field("solution", "u", 1)],
        "grid": {"location": "i / N", "minimum": [256], "maximum": [256], "trained": [256]},
        "ensemble": {"layout": "separate", "members": 1, "files": [_digest(folder / "member-00.onnx")]},
        "golden": {**_digest(folder / "golden.npz"), "relative_tolerance": GOLDEN_TOLERANCE},
        "examples": None,
        "calibration": {"method": "none", "references": [], "fields": []},
        "test_errors": [],
        "training": _untrained(parameters),
        "reference_solver": {
            "name": "none",
            "grid": [256],
            "seconds_per_solve": 1.0,
            "relative_l2": 0.0,
            "hardware": "none",
        },
        "licence": "Apache-2.0",
    }
    _write(manifest, folder)


def _make_ensemble(darcy: Path, folder: Path) -> None:
    """Write eight separate members of the shipped network's architecture.

    Member k is member k mod 5 of the shipped graph, cut out of it, with its weights scaled a little at random.
    """
    folder.mkdir(parents=True)
    random = np.random.default_rng(2)
    fused = onnx.load(darcy / "ensemble.onnx")
    stacked = next(node for node in fused.graph.node if "members" in node.output)
    unsqueezed = {node.output[0]: node.input[0] for node in fused.graph.node if node.op_type == "Unsqueeze"}
    outputs = [unsqueezed[name] for name in stacked.input]
    extractor = onnx.utils.Extractor(onnx.shape_inference.infer_shapes(fused))
    files = []
    for member in range(ENSEMBLE_MEMBERS):
        output = outputs[member % len(outputs)]
        model = extractor.extract_model(["permeability"], [output])
        _rename(model.graph, output, "pressure")
        for weight in model.graph.initializer:
            array = numpy_helper.to_array(weight)
            if array.dtype == np.float16:
                noise = random.uniform(0.99, 1.01, array.shape)
                weight.CopyFrom(numpy_helper.from_array((array * noise).astype(np.float16), weight.name))
        files.append(folder / f"member-{member:02d}.onnx")
        onnx.save(model, files[-1])

    with np.load(darcy / "golden.npz") as archive:
        golden = archive["permeability"][:1]
    members = np.stack([_run(file, golden) for file in files]).astype(np.float64)
    mean, std = members.mean(axis=0).astype(np.float32), members.std(axis=0, ddof=1).astype(np.float32)
    np.savez(folder / "golden.npz", permeability=golden, mean=mean, std=std)
    manifest = json.loads((darcy / "surrogate.json").read_text())
    manifest |= {
        "name": ENSEMBLE,
        "title": "Ensemble of eight for load tests",
        "ensemble": {"layout": "separate", "members": len(files), "files": [_digest(file) for file in files]},
        "golden": {**_digest(folder / "golden.npz"), "relative_tolerance": GOLDEN_TOLERANCE},
        "examples": None,
        "calibration": {"method": "none", "references": [], "fields": []},
        "test_errors": [],
    }
    _write(manifest, folder)


def _rename(graph: onnx.GraphProto, old: str, new: str) -> None:
    for node in graph.node:
        node.input[:] = [new if name == old else name for name in node.input]
        node.output[:] = [new if name == old else name for name in node.output]
    shape = ["batch", 1, "y", "x"]
    graph.output[0].CopyFrom(helper.make_tensor_value_info(new, TensorProto.FLOAT, shape))


def _run(file: Path, field: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    return session.run(["pressure"], {"permeability": field})[0]


def _field(name: str, symbol: str, size: float) -> dict:
    return {
        "name": name,
        "symbol": symbol,
        "description": "No meaning",
        "axes": ["x"],
        "channels": 1,
        "unit": "1",
        "dtype": "float32",
        "range": {"minimum": -10 * size, "maximum": 10 * size},
        "finite": True,
    }


def _no_pde() -> dict:
    words = {"name": "none", "equation": "u = f", "domain": "(0, 1)", "boundary_conditions": "none"}
    return {**words, "parameters": {}}


def _untrained(parameters: int) -> dict:
    return {
        "generator": "random weights",
        "seed": 1,
        "cases": {},
        "network": {},
        "parameters_per_member": parameters,
        "epochs": 1,
        "cpu_seconds_per_member": 0.0,
        "hardware": "none",
    }


def _digest(file: Path) -> dict:
    return {"path": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}


def _write(manifest: dict, folder: Path) -> None:
    (folder / "surrogate.json").write_text(json.dumps(manifest, indent=2) + "\n")
