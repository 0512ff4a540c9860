"""Trained members, read back from their checkpoints as they ship."""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from surrogates.problems.problem import Problem


@dataclass(frozen=True)
class TrainedMembers:
    """The members of a surrogate and what their training took.

    Attributes:
        networks: in evaluation mode, spectral weights rounded as in :func:`round_spectral_weights`.
        epochs: of each.
        cpu_seconds: mean over the members, one thread each.
        parameters: trainable numbers of one member; a complex weight counts as two.
        seed: that all of them were trained with.
    """

    networks: list[nn.Module]
    epochs: int
    cpu_seconds: float
    parameters: int
    seed: int


def checkpoint_path(runs: Path, member: int) -> Path:
    """Where the state of a member lies."""
    return runs / f"member-{member:02d}.pt"


def seed_of(state: dict, path: Path) -> int:
    """The seed that a member was trained with.

    Raises:
        ValueError: its checkpoint does not say.
    """
    if "seed" not in state:
        raise ValueError(f"{path} does not say which seed it was trained with; train it again")
    return state["seed"]


def load_members(problem: Problem, runs: Path, members: list[int] | None = None) -> TrainedMembers:
    """Read the named members, all of them unless told otherwise.

    Raises:
        ValueError: a member's training has not come to its end, or members were trained with different seeds.
    """
    chosen = range(problem.member_count) if members is None else members
    planned = sum(epochs for _, epochs in problem.plan.stages)
    networks, seconds, seeds = [], [], []
    for member in chosen:
        path = checkpoint_path(runs, member)
        state = torch.load(path, weights_only=True)
        if state["epoch"] != planned:
            raise ValueError(f"{path}: {state['epoch']} of {planned} epochs are done; run train to finish them")
        seeds.append(seed_of(state, path))
        if seeds[-1] != seeds[0]:
            raise ValueError(f"{path} was trained with seed {seeds[-1]}, the members before it with {seeds[0]}")
        network = problem.network()
        network.load_state_dict(state["network"])
        round_spectral_weights(network)
        networks.append(network.eval().requires_grad_(False))
        seconds.append(state["cpu_seconds"])
    return TrainedMembers(
        networks=networks,
        epochs=planned,
        cpu_seconds=sum(seconds) / len(seconds),
        parameters=sum(parameter.numel() for parameter in networks[0].parameters()),
        seed=seeds[0],
    )


@torch.no_grad()
def round_spectral_weights(network: nn.Module) -> None:
    """Round the spectral weights, which are nearly all of a network, to what float16 can hold.

    They are then stored in half the space without loss. The prediction moves by about 3e-5 of its norm; everything
    that is stated of a surrogate is measured after this step.
    """
    for block in network.blocks:
        block.spectral.weight.copy_(block.spectral.weight.half())
