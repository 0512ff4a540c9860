"""Steady Darcy flow in two dimensions, as posed by Li et al. 2021 (arXiv 2010.08895, section 5.2)."""

import numpy as np
import torch

from surrogates.fno import FourierNeuralOperator2d
from surrogates.problems.problem import Problem, Solutions, TrainingPlan
from surrogates.random_fields import evaluate_cosine_series, neumann_coefficients
from surrogates.solvers import darcy

FINE = 256
GRIDS = (32, 64, 128)
NETWORK = {"width": 32, "modes": 12, "layers": 4}


def generate(count: int, generator: np.random.Generator) -> Solutions:
    """Draw binary coefficients and solve on 256 x 256 cells.

    The coefficient on a coarser grid is the same random function sampled at that grid's cell centres; the solution
    is the cell average of the fine one. So a coarse pair carries no discretisation error of a coarse solver.
    """
    coefficients = neumann_coefficients(count, FINE, alpha=2.0, tau=3.0, generator=generator)

    def permeability(points: int) -> np.ndarray:
        return np.where(evaluate_cosine_series(coefficients, points) > 0.0, 12.0, 3.0)

    pressure = darcy.solve(permeability(FINE))
    return {points: (permeability(points), cell_average(pressure, points)) for points in GRIDS}


def cell_average(fine: np.ndarray, points: int) -> np.ndarray:
    """Average ``[B, N, N]`` over the cells of a coarser grid that divides N."""
    ratio = fine.shape[-1] // points
    return fine.reshape(len(fine), points, ratio, points, ratio).mean(axis=(2, 4))


def augment(inputs: torch.Tensor, outputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """One random element of the square's symmetry group for the whole batch: the problem is invariant under it."""
    choice = int(torch.randint(8, ()))
    axes = [axis for bit, axis in ((1, 2), (2, 3)) if choice & bit]
    inputs, outputs = inputs.flip(axes), outputs.flip(axes)
    if choice & 4:
        inputs, outputs = inputs.transpose(2, 3), outputs.transpose(2, 3)
    return inputs.contiguous(), outputs.contiguous()


DESCRIPTION = {
    "title": "Darcy flow 2D: permeability to pressure",
    "description": (
        "Maps a two-valued permeability map of the unit square to the pressure under a uniform source, with zero "
        "pressure on the boundary."
    ),
    "pde": {
        "name": "Steady Darcy flow",
        "equation": r"-\nabla\cdot(a\,\nabla u) = f",
        "domain": "unit square (0, 1)^2",
        "boundary_conditions": "u = 0 on the boundary (Dirichlet)",
        "parameters": {"f": 1.0},
    },
    "inputs": [
        {
            "name": "permeability",
            "symbol": "a",
            "description": "Permeability, 3 or 12 in each cell",
            "axes": ["y", "x"],
            "channels": 1,
            "unit": "1",
            "dtype": "float32",
            "finite": True,
        }
    ],
    "outputs": [
        {
            "name": "pressure",
            "symbol": "u",
            "description": "Pressure, averaged over each cell",
            "axes": ["y", "x"],
            "channels": 1,
            "unit": "1",
            "dtype": "float32",
            "finite": True,
        }
    ],
    "grid": {
        "location": "cell centres (i + 1/2) / N",
        "minimum": [32, 32],
        "maximum": [512, 512],
        "trained": [64, 64],
    },
    "generator": (
        "a = 12 where a field from N(0, 9 (-Laplace + 9 I)^-2) with Neumann conditions and no mean is positive, else "
        "3; solved on 256 x 256 cells (finite volumes, harmonic face means); on a coarser grid, a is the same field "
        "sampled at its cell centres and u the average over its cells"
    ),
    "reference_solver": "Cell-centred finite volumes, conjugate gradients with a sine-transform preconditioner to 1e-6",
    "licence": "Apache-2.0",
}

OUT_OF_SCOPE = (
    "Permeabilities other than the two values 3 and 12, or maps unlike the training distribution: other correlation "
    "lengths, channels, layers, noise.",
    "Another source, domain or boundary condition: all of them are fixed by training.",
    "Fluxes: the gradient of the predicted pressure was not validated and does not conserve mass.",
    "Intervals on grids other than those in the table: there they are not calibrated. Grids that are not square run, "
    "but no such case was tested.",
)

DARCY = Problem(
    name="darcy",
    version=1,
    space_axes=("y", "x"),
    layout="moments",
    grids=GRIDS[1:],
    member_count=5,
    generate=generate,
    network=lambda: FourierNeuralOperator2d(**NETWORK),
    network_description={"architecture": "Fourier neural operator, 2D", **NETWORK, "period": 1.25},
    plan=TrainingPlan(
        stages=((32, 60), (64, 60)),
        batch=20,
        learning_rate=2e-3,
        weight_decay=1e-4,
        augment=augment,
    ),
    reference=lambda coefficient: darcy.solve(coefficient, tolerance=1e-6),
    coarser_references=(
        ("tolerance 1e-3", lambda coefficient: darcy.solve(coefficient, tolerance=1e-3)),
        ("tolerance 1e-2", lambda coefficient: darcy.solve(coefficient, tolerance=1e-2)),
    ),
    manifest=DESCRIPTION,
    out_of_scope=OUT_OF_SCOPE,
)
