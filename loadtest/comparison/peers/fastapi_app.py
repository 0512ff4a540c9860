"""The surrogates behind FastAPI: binary bodies straight from and to numpy, JSON through a response model.

Handlers run on the event loop itself: with one worker a core there is nothing else to do meanwhile, and a thread pool
would add a hand-over to each request.
"""

import os
from pathlib import Path

import numpy as np
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel

from .model import load_all, npz, read_field

app = FastAPI()
models = load_all(Path(os.environ["MODEL_REPOSITORY"]), int(os.environ["MODEL_THREADS"]))


@app.post("/{name}/mean")
async def mean(name: str, shape: str, request: Request) -> Response:
    """Raw float32 in, the raw mean out."""
    field = read_field(await request.body(), shape)
    return Response(models[name].mean(field).tobytes(), media_type="application/octet-stream")


@app.post("/{name}/all")
async def everything(name: str, shape: str, request: Request) -> Response:
    """Raw float32 in; mean, std, lower and upper out as NPZ."""
    field = read_field(await request.body(), shape)
    return Response(npz(models[name].all(field)), media_type="application/x-npz")


class Field(BaseModel):
    """A field of one case and channel on a plane."""

    values: list[list[float]]


@app.post("/{name}/json")
async def as_json(name: str, field: Field) -> Field:
    """Nested lists in and out: the mean."""
    array = np.array(field.values, np.float32)[None, None]
    return Field(values=models[name].mean(array)[0, 0].tolist())
