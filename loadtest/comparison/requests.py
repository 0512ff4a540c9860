"""The requests that each server understands, as bytes ready to send."""

import io
import json
from pathlib import Path

import numpy as np

from . import models
from .workloads import FIELDS, FIELDSERVE, REST, SHAPES

CASES = 8


def cases(repository: Path, model: str) -> np.ndarray:
    """Inputs ``[CASES, ...]``: the held-out examples that ship, or normal random numbers."""
    if model == models.SMALL:
        return np.random.default_rng(3).standard_normal((CASES, *SHAPES[model])).astype(np.float32)
    with np.load(repository / models.DARCY / "1" / "examples.npz") as archive:
        examples = archive["permeability"][:CASES]
    return np.ascontiguousarray(examples.reshape(CASES, *SHAPES[model]), np.float32)


def inference_request(port: int, model: str, case: np.ndarray) -> bytes:
    """One whole HTTP request of the Open Inference Protocol, for the mean, with binary tensors both ways."""
    field, output = FIELDS[model]
    document = {
        "inputs": [
            {
                "name": field,
                "datatype": "FP32",
                "shape": case.shape,
                "parameters": {"binary_data_size": case.nbytes},
            }
        ],
        "outputs": [{"name": output, "parameters": {"binary_data": True}}],
    }
    text = json.dumps(document, separators=(",", ":")).encode()
    head = (
        f"POST /v2/models/{model}/infer HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/octet-stream\r\n"
        f"Inference-Header-Content-Length: {len(text)}\r\nContent-Length: {len(text) + case.nbytes}\r\n\r\n"
    )
    return head.encode() + text + case.tobytes()


def http_request(server: str, port: int, model: str, kind: str, case: np.ndarray) -> bytes:
    """One whole HTTP request."""
    if server == REST:
        return inference_request(port, model, case)
    shape = ",".join(map(str, case.shape))
    accept = {"mean": "application/octet-stream", "all": "application/x-npz", "json": "application/json"}[kind]
    content = "application/json" if kind == "json" else "application/octet-stream"
    if server == FIELDSERVE:
        query = "" if kind == "all" else "outputs=mean"
        shape_query = "" if kind == "json" else f"shape={shape}"
        path = f"/v1/surrogates/{model}/predict?" + "&".join(filter(None, (query, shape_query)))
        document = {"inputs": {FIELDS[model][0]: case.tolist()}} if kind == "json" else None
    else:
        path = f"/{model}/json" if kind == "json" else f"/{model}/{kind}?shape={shape}"
        document = {"values": case.tolist()}
    body = json.dumps(document, separators=(",", ":")).encode() if kind == "json" else case.tobytes()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {content}\r\nAccept: {accept}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def read_mean(server: str, model: str, kind: str, body: bytes) -> np.ndarray:
    """The mean in a server's reply, flat."""
    if server == REST:
        # The only tensor behind the JSON.
        return np.frombuffer(body[-4 * int(np.prod(SHAPES[model])) :], np.float32)
    if kind == "mean":
        return np.frombuffer(body, np.float32)
    if kind == "all":
        return _read_npz(body)["mean"].ravel()
    document = json.loads(body)
    values = next(iter(document["outputs"].values()))["mean"] if server == FIELDSERVE else document["values"]
    return np.array(values, np.float32).ravel()


def _read_npz(body: bytes) -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(body)) as archive:
        quantities = dict(archive)
    if set(quantities) != {"mean", "std", "lower", "upper"}:
        raise ValueError(f"expected mean, std, lower and upper, got {sorted(quantities)}")
    return quantities
