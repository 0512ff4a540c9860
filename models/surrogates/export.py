"""From trained members to the files of a version: graphs, golden cases, examples."""

import logging
import warnings
from pathlib import Path

import onnx
import torch
from torch import nn

from surrogates import graph, parity
from surrogates.archives import write_examples, write_golden
from surrogates.checkpoints import load_members
from surrogates.ensemble import Ensemble
from surrogates.problems.problem import Problem
from surrogates.runtime import ShippedEnsemble, graph_files, open_session

OPSET = 20
logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it misses torchvision, aloud


def export(problem: Problem, data: Path, runs: Path, repository: Path, fine_golden: Path) -> Path:
    """Write the version folder of a surrogate but for its manifest, which ``evaluate`` writes.

    Args:
        problem: what was trained.
        data: folder with the splits.
        runs: folder with the checkpoints.
        repository: where surrogates ship.
        fine_golden: folder for a second golden case, on a finer grid, which tests use and nothing ships.

    Returns:
        The version folder.
    """
    members = load_members(problem, runs).networks
    folder = repository / problem.surrogate / str(problem.version)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "surrogate.json").unlink(missing_ok=True)  # it states digests and errors of the graphs before
    ensemble = Ensemble(members).eval()
    modules = [ensemble] if problem.layout == "moments" else members
    outputs = ["mean", "std", "members"] if problem.layout == "moments" else [problem.output_name]
    for name, module in zip(graph_files(problem.layout, len(members)), modules, strict=True):
        difference = export_graph(problem, module, members[0], outputs, folder / name)
        size = (folder / name).stat().st_size / 1e6
        print(f"{name}: {size:.1f} MB, differs from PyTorch by {difference:.1e} at most")
    shipped = ShippedEnsemble(folder, problem.layout, len(members))
    write_golden(problem, ensemble, shipped, data, problem.grids[0], folder / "golden.npz")
    write_golden(problem, ensemble, shipped, data, problem.grids[1], fine_golden / f"{problem.surrogate}-fine.npz")
    write_examples(problem, data, folder / "examples.npz")
    return folder


def export_graph(problem: Problem, module: nn.Module, member: nn.Module, outputs: list[str], path: Path) -> float:
    """Write one graph with free batch and grid dimensions, and compare it with its module.

    Args:
        problem: for the names of fields and axes and the limits of the grid.
        module: a member, or an ensemble.
        member: the member, or one of the ensemble's, for the constants of the training set.
        outputs: names of what the module returns.
        path: of the file.

    Returns:
        The largest relative difference to PyTorch.
    """
    limits, axes = problem.manifest["grid"], problem.space_axes
    sizes = zip(axes, limits["minimum"], limits["maximum"], strict=True)
    dimensions = {0: torch.export.Dim("batch", max=4096)}
    for index, (axis, minimum, maximum) in enumerate(sizes):
        dimensions[2 + index] = torch.export.Dim(axis, min=minimum, max=maximum)
    grids = parity.parity_grids(limits["minimum"], limits["trained"])
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # the exporter's own, about its own code
        program = torch.onnx.export(
            module,
            (torch.zeros(3, 1, *grids[-1]),),
            input_names=[problem.input_name],
            output_names=outputs,
            dynamic_shapes=(dimensions,),
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    model = program.model_proto
    graph.strip_provenance(model)
    graph.halve_exactly(model)
    field = ["batch", 1, *axes]
    shapes = {name: [count_members(module), *field] if name == "members" else field for name in outputs}
    graph.check(model, {problem.input_name: field, **shapes})
    onnx.save(model, path)
    return parity.assert_parity(open_session(path), module, member, grids)


def count_members(module: nn.Module) -> int:
    """Number of networks in an ensemble."""
    return len(module.members) if isinstance(module, Ensemble) else 1
