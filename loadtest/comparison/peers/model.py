"""A surrogate's folder in ONNX Runtime from Python: what both Python servers share."""

import io
import json
from pathlib import Path

import numpy as np
import onnxruntime


class Model:
    """The sessions of one surrogate, and its interval. Fields are ``[batch, channel, ...]`` float32."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Open the graphs with ``threads`` intra-op threads each."""
        manifest = json.loads((folder / "surrogate.json").read_text())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        files = [folder / file["path"] for file in manifest["ensemble"]["files"]]
        self._sessions = [
            onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"]) for file in files
        ]
        self._fused = manifest["ensemble"]["layout"] == "moments"
        self._input = manifest["inputs"][0]["name"]
        self._output = manifest["outputs"][0]["name"]
        self._scale, self._floor = _interval(manifest)

    def mean(self, field: np.ndarray) -> np.ndarray:
        """The members' mean alone."""
        if self._fused:
            return self._sessions[0].run(["mean"], {self._input: field})[0]
        members = self._members(field)
        return members[0] if len(members) == 1 else np.mean(members, axis=0)

    def all(self, field: np.ndarray) -> dict[str, np.ndarray]:
        """Mean, std, lower and upper, as Fieldserve returns them by default."""
        if self._fused:
            mean, std = self._sessions[0].run(["mean", "std"], {self._input: field})
        else:
            members = np.stack(self._members(field))
            mean, std = members.mean(axis=0), members.std(axis=0, ddof=1)
        half_width = self._scale * (std + self._floor)
        return {"mean": mean, "std": std, "lower": mean - half_width, "upper": mean + half_width}

    def _members(self, field: np.ndarray) -> list[np.ndarray]:
        return [session.run([self._output], {self._input: field})[0] for session in self._sessions]


def load_all(repository: Path, threads: int) -> dict[str, Model]:
    """Every surrogate of a repository by name, in its first version."""
    return {folder.name: Model(folder / "1", threads) for folder in sorted(repository.iterdir())}


def read_field(body: bytes, shape: str) -> np.ndarray:
    """One case ``[1, 1, ...]`` over the bytes of a body, without a copy."""
    return np.frombuffer(body, np.float32).reshape(1, 1, *map(int, shape.split(",")))


def npz(arrays: dict[str, np.ndarray]) -> bytes:
    """A stored, not deflated, NPZ archive."""
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def _interval(manifest: dict) -> tuple[np.float32, np.float32]:
    for field in manifest["calibration"]["fields"]:
        for grid in field["grids"]:
            for level in grid["levels"]:
                if (grid["grid"], level["level"], level["guarantee"]) == ([64, 64], 0.9, "pointwise"):
                    return np.float32(level["scale"]), np.float32(grid["std_floor"])
    return np.float32(0), np.float32(0)
