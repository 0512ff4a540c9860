"""Viscous Burgers equation, as posed by Li et al. 2021 (arXiv 2010.08895, section 5.1) with nu = 0.01."""

import numpy as np
import torch
from scipy.signal import resample

from surrogates.fno import FourierNeuralOperator1d
from surrogates.problems.problem import Problem, Solutions, TrainingPlan
from surrogates.random_fields import periodic_gaussian_field
from surrogates.solvers import burgers

FINE = 1024
GRIDS = (256, 512, 1024)
VISCOSITY = 0.01
NETWORK = {"width": 64, "modes": 24, "layers": 4}


def generate(count: int, generator: np.random.Generator) -> Solutions:
    """Draw u(0) from N(0, 625 (-Laplace + 25 I)^-2), zero mean, and march it to t = 1 on 1024 points."""
    initial = periodic_gaussian_field(count, FINE, sigma=25.0, tau=5.0, gamma=2.0, generator=generator)
    final = burgers.solve(initial, VISCOSITY, final_time=1.0, steps=1000)
    return {points: (initial[:, :: FINE // points], final[:, :: FINE // points]) for points in GRIDS}


def solve_on_half(initial: np.ndarray) -> np.ndarray:
    """Solve on every second point of ``[B, N]`` and interpolate the result by its Fourier series."""
    half = burgers.solve(initial[:, ::2], VISCOSITY, steps=64)
    return resample(half, initial.shape[1], axis=1)


def augment(inputs: torch.Tensor, outputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The reflection u(x) -> -u(-x), for half of the batches: the equation is invariant under it.

    Translations, its other symmetry, are built into the network.
    """
    if torch.rand(()) < 0.5:
        return inputs, outputs
    return -inputs.flip(2).roll(1, 2), -outputs.flip(2).roll(1, 2)


DESCRIPTION = {
    "title": "Burgers 1D: initial velocity to velocity at t = 1",
    "description": (
        "Maps the initial velocity of the viscous Burgers equation to the velocity at t = 1, when fronts have formed, "
        "met and begun to decay."
    ),
    "pde": {
        "name": "Viscous Burgers equation",
        "equation": r"\partial_t u + u\,\partial_x u = \nu\,\partial_{xx} u",
        "domain": "x in [0, 1), t in [0, 1]",
        "boundary_conditions": "periodic",
        "parameters": {"nu": VISCOSITY, "T": 1.0},
    },
    "inputs": [
        {
            "name": "initial_velocity",
            "symbol": "u_0",
            "description": "Velocity at t = 0, periodic with zero mean",
            "axes": ["x"],
            "channels": 1,
            "unit": "1",
            "dtype": "float32",
            "finite": True,
        }
    ],
    "outputs": [
        {
            "name": "final_velocity",
            "symbol": r"u(\cdot,1)",
            "description": "Velocity at t = 1",
            "axes": ["x"],
            "channels": 1,
            "unit": "1",
            "dtype": "float32",
            "finite": True,
        }
    ],
    "grid": {"location": "points i / N", "minimum": [64], "maximum": [8192], "trained": [256]},
    "generator": (
        "u_0 from N(0, 625 (-Laplace + 25 I)^-2) without its mean, on 1024 points; marched to t = 1 in 1000 steps "
        "(Fourier pseudo-spectral, integrating factor, fourth-order Runge-Kutta); coarser grids are every 2nd or 4th "
        "point"
    ),
    "reference_solver": "Fourier pseudo-spectral method, integrating-factor Runge-Kutta of fourth order, 500 steps",
    "licence": "Apache-2.0",
}

OUT_OF_SCOPE = (
    "Another viscosity, time, domain or boundary condition: all of them are fixed by training.",
    "Initial velocities unlike the training distribution: another length scale or amplitude, a non-zero mean, noise or "
    "jumps. A non-zero mean merely moves the solution, but the networks have never seen one.",
    "Time stepping by feeding u(., 1) back: it was neither trained nor validated for that.",
    "Intervals on grids other than those in the table: there they are not calibrated.",
)

BURGERS = Problem(
    name="burgers",
    version=1,
    space_axes=("x",),
    layout="separate",
    grids=GRIDS,
    member_count=5,
    generate=generate,
    network=lambda: FourierNeuralOperator1d(**NETWORK),
    network_description={"architecture": "Fourier neural operator, 1D", **NETWORK},
    plan=TrainingPlan(
        stages=((256, 150),),
        batch=20,
        learning_rate=2e-3,
        weight_decay=1e-4,
        augment=augment,
    ),
    reference=lambda initial: burgers.solve(initial, VISCOSITY, steps=500),
    coarser_references=(
        ("64 steps", lambda initial: burgers.solve(initial, VISCOSITY, steps=64)),
        ("64 steps on every second point", solve_on_half),
    ),
    manifest=DESCRIPTION,
    out_of_scope=OUT_OF_SCOPE,
)
