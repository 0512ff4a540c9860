"""Compiles each recipe with warnings as errors, and runs it against the service at FIELDSERVE_URL."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from fieldserve import Client
from scripted import Scripted, problem

FOLDER = Path(__file__).parents[1]
GOLDEN = FOLDER.parents[1] / "models" / "repository" / "darcy-fno" / "1" / "golden.npz"
STRICT = "-pedantic -Wall -Wextra -Werror -O2"


@dataclass(frozen=True)
class Recipe:
    """Commands for a shell in the recipe's folder, whose $BUILD is a folder to build in."""

    needs: tuple[str, ...]
    build: str
    run: str


RECIPES = {
    "java": Recipe(
        ("java", "javac"),
        "javac --release 17 -Xlint:all -Werror -d $BUILD Recipe.java",
        "java Recipe.java",
    ),
    "c": Recipe(
        ("cc", "curl-config"),
        f"cc -std=c11 {STRICT} -o $BUILD/recipe recipe.c $(curl-config --cflags --libs)",
        "$BUILD/recipe",
    ),
    "cpp": Recipe(
        ("c++", "curl-config"),
        f"c++ -std=c++17 {STRICT} -o $BUILD/recipe recipe.cpp $(curl-config --cflags --libs)",
        "$BUILD/recipe",
    ),
    "fortran": Recipe(
        ("cc", "gfortran", "curl-config"),
        f"cc -std=c11 {STRICT} -c -o $BUILD/curl_options.o curl_options.c $(curl-config --cflags) &&"
        f" gfortran -std=f2008 {STRICT} -J $BUILD -o $BUILD/recipe libcurl.f90 recipe.f90 $BUILD/curl_options.o"
        " $(curl-config --libs)",
        "$BUILD/recipe",
    ),
}


@pytest.fixture(scope="session")
def url():
    if "FIELDSERVE_URL" not in os.environ:
        pytest.fail("FIELDSERVE_URL must name a running service; clients/check starts one")
    return os.environ["FIELDSERVE_URL"]


@pytest.fixture(scope="session", params=RECIPES)
def recipe(request, tmp_path_factory):
    """Runs one compiled recipe: ``recipe(url, permeability, shape)`` gives its exit status, solution and messages."""
    made = RECIPES[request.param]
    missing = [tool for tool in made.needs if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"the recipe in {request.param} needs {', '.join(missing)}, not found on PATH")
    folder = tmp_path_factory.mktemp(request.param)
    shell = {"cwd": FOLDER / request.param, "env": {**os.environ, "BUILD": str(folder)}, "shell": True, "text": True}
    built = subprocess.run(made.build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **shell)
    assert built.returncode == 0, built.stdout

    def run(url, permeability, shape):
        field, solution = folder / "permeability.f32", folder / "pressure.f32"
        solution.unlink(missing_ok=True)
        permeability.astype("<f4").tofile(field)
        command = f"{made.run} {url} {shape[0]} {shape[1]} {field} {solution}"
        ran = subprocess.run(command, capture_output=True, timeout=120, **shell)
        values = np.fromfile(solution, "<f4").reshape(shape) if solution.exists() else None
        return ran.returncode, values, ran.stderr

    return run


@pytest.fixture(scope="session")
def golden():
    """Permeability and the mean pressure that PyTorch computed from it, each [64, 64]."""
    with np.load(GOLDEN) as saved:
        return saved["permeability"][0, 0], saved["mean"][0, 0]


def test_the_solution_is_what_pytorch_computed(recipe, url, golden):
    permeability, mean = golden

    status, pressure, messages = recipe(url, permeability, (64, 64))

    assert (status, messages) == (0, "")
    np.testing.assert_allclose(pressure, mean, rtol=0, atol=1e-5 * mean.max())


def test_axes_keep_their_order(recipe, url, golden):
    permeability = golden[0][:40]
    with Client(url) as client:
        expected = client.predict("darcy-fno", permeability, outputs=["mean"]).mean

    _, pressure, _ = recipe(url, permeability, (40, 64))

    np.testing.assert_array_equal(pressure, expected)


def test_what_is_not_trusted_is_said(recipe, url):
    status, pressure, messages = recipe(url, np.full((64, 64), 100.0), (64, 64))

    assert status == 0
    assert np.isfinite(pressure).all()
    assert "does not trust" in messages


def test_a_refusal_is_shown_and_fails(recipe, url, golden):
    status, pressure, messages = recipe(url, golden[0], (8, 512))

    assert status == 1
    assert pressure is None
    assert "422" in messages
    assert "expected 32 to 512 points along y, got shape [8, 512]" in messages


def test_a_crowded_service_is_asked_again(recipe, golden):
    permeability, mean = golden
    headers = {"Content-Type": "application/octet-stream", "Fieldserve-Trusted": "?1"}
    answers = problem(429, "overloaded", 0), problem(503, "unavailable", 0), (200, headers, mean.tobytes())
    with Scripted(*answers).running() as server:
        status, pressure, messages = recipe(server.url, permeability, (64, 64))

    assert (status, messages) == (0, "")
    np.testing.assert_array_equal(pressure, mean)
    assert server.bodies == [permeability.tobytes()] * 3


def test_an_answer_that_ends_early_fails(recipe, golden):
    headers = {"Content-Type": "application/octet-stream", "Fieldserve-Trusted": "?1"}
    with Scripted((200, headers, golden[1].tobytes()[:1000])).running() as server:
        status, pressure, messages = recipe(server.url, golden[0], (64, 64))

    assert status == 1
    assert pressure is None
    assert messages
