"""The shipped graphs of a version, run by ONNX Runtime as a service would."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from surrogates import ensemble


@dataclass(frozen=True)
class Prediction:
    """mean and std ``[B, 1, ...]``, members ``[M, B, 1, ...]``, float32."""

    mean: np.ndarray
    std: np.ndarray
    members: np.ndarray


def open_session(graph: Path | bytes, threads: int = 1) -> onnxruntime.InferenceSession:
    """Open a graph on the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    source = graph if isinstance(graph, bytes) else str(graph)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def graph_files(layout: str, members: int) -> list[str]:
    """Names of the graphs of a version, in the order of the members."""
    if layout == "moments":
        return ["ensemble.onnx"]
    return [f"member-{member:02d}.onnx" for member in range(members)]


class ShippedEnsemble:
    """The graphs of one version folder, of either layout."""

    def __init__(self, folder: Path, layout: str, members: int) -> None:
        self.moments_inside = layout == "moments"
        self.sessions = [open_session(folder / name) for name in graph_files(layout, members)]
        self.input = self.sessions[0].get_inputs()[0].name

    def __call__(self, field: np.ndarray) -> Prediction:
        """Predict ``[B, 1, ...]`` in one run."""
        feed = {self.input: np.ascontiguousarray(field, dtype=np.float32)}
        if self.moments_inside:
            return Prediction(*self.sessions[0].run(["mean", "std", "members"], feed))
        members = np.stack([session.run(None, feed)[0] for session in self.sessions])
        mean, std = ensemble.moments(torch.from_numpy(members))
        return Prediction(mean.numpy(), std.numpy(), members)
