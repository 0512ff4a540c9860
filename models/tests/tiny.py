"""A problem small enough to go through the whole pipeline within a test."""

import dataclasses
from pathlib import Path

import numpy as np

from surrogates.fno import FourierNeuralOperator1d
from surrogates.problems.burgers import BURGERS, VISCOSITY
from surrogates.problems.problem import Problem, Solutions, TrainingPlan
from surrogates.random_fields import periodic_gaussian_field
from surrogates.solvers import burgers

SPLITS = {"train": 24, "validation": 8, "calibration": 120, "test": 64}
NETWORK = {"width": 8, "modes": 8, "layers": 2}


def forget_seed(split: Path) -> None:
    """Rewrite a split without its seed."""
    with np.load(split) as arrays:
        rest = {name: arrays[name] for name in arrays.files if name != "seed"}
    np.savez_compressed(split, **rest)


def generate(count: int, generator: np.random.Generator) -> Solutions:
    initial = periodic_gaussian_field(count, 128, sigma=25.0, tau=5.0, gamma=2.0, generator=generator)
    final = burgers.solve(initial, VISCOSITY, steps=50)
    return {128: (initial, final), 64: (initial[:, ::2], final[:, ::2])}


def problem(epochs: int = 4) -> Problem:
    return dataclasses.replace(
        BURGERS,
        name="tiny",
        grids=(64, 128),
        member_count=2,
        generate=generate,
        network=lambda: FourierNeuralOperator1d(**NETWORK),
        network_description={"architecture": "Fourier neural operator, 1D", **NETWORK},
        plan=TrainingPlan(
            stages=((64, epochs),), batch=8, learning_rate=1e-2, weight_decay=0.0, augment=BURGERS.plan.augment
        ),
        reference=lambda initial: burgers.solve(initial, VISCOSITY, steps=50),
        coarser_references=(),
        manifest={**BURGERS.manifest, "grid": {**BURGERS.manifest["grid"], "minimum": [32], "trained": [64]}},
    )
