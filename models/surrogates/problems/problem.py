"""What the command line needs to know of a problem."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

Solutions = dict[int, tuple[np.ndarray, np.ndarray]]
"""Input and solution by grid, each ``[count, ...]`` with the grid's points along every axis."""


@dataclass(frozen=True)
class TrainingPlan:
    """How one member is trained.

    Attributes:
        stages: (grid, epochs) in order; early epochs on a coarse grid are cheap, since a Fourier layer does not
            depend on the grid.
        batch: samples a step.
        learning_rate: peak of the one-cycle schedule.
        weight_decay: of AdamW, decoupled.
        augment: draws a random symmetry of the problem and applies it to ``[B, 1, ...]`` input and solution.
    """

    stages: tuple[tuple[int, int], ...]
    batch: int
    learning_rate: float
    weight_decay: float
    augment: Callable[[torch.Tensor, torch.Tensor], tuple[torch.Tensor, torch.Tensor]]


@dataclass(frozen=True)
class Problem:
    """One PDE solution operator and everything that is particular to it.

    Attributes:
        name: short name on the command line; the surrogate is ``<name>-fno``.
        version: of the surrogate.
        space_axes: names of the spatial axes, slowest first.
        layout: ``moments`` (one graph with all members) or ``separate`` (a graph a member).
        grids: grids on which data is generated, calibrated and tested, the finest last.
        member_count: members of the ensemble.
        generate: draws and solves a number of cases on every grid.
        network: makes an untrained member.
        network_description: its hyper-parameters for the model card.
        plan: how a member is trained.
        reference: the reference solver on a batch of inputs at their own grid, for timing.
        coarser_references: cheaper settings of it with a label each, for a comparison at like accuracy.
        manifest: the hand-written part of the manifest (title, PDE, fields, grid, training set).
        out_of_scope: uses that the model card warns of.
    """

    name: str
    version: int
    space_axes: tuple[str, ...]
    layout: str
    grids: tuple[int, ...]
    member_count: int
    generate: Callable[[int, np.random.Generator], Solutions]
    network: Callable[[], torch.nn.Module]
    network_description: dict[str, object]
    plan: TrainingPlan
    reference: Callable[[np.ndarray], np.ndarray]
    coarser_references: tuple[tuple[str, Callable[[np.ndarray], np.ndarray]], ...]
    manifest: dict[str, object]
    out_of_scope: tuple[str, ...]

    @property
    def surrogate(self) -> str:
        """Name under which the surrogate is served."""
        return f"{self.name}-fno"

    @property
    def training_grid(self) -> int:
        """The grid of the last training stage, on which accuracy is stated."""
        return self.plan.stages[-1][0]

    @property
    def input_name(self) -> str:
        """Name of the input field."""
        return self.manifest["inputs"][0]["name"]

    @property
    def output_name(self) -> str:
        """Name of the output field."""
        return self.manifest["outputs"][0]["name"]

    def shape(self, points: int) -> list[int]:
        """The grid with that many points along every axis."""
        return [points] * len(self.space_axes)
