"""Whether an exported graph computes what its network computes. No export ships without it."""

from collections.abc import Iterator

import numpy as np
import onnxruntime
import torch
from torch import nn

TOLERANCE = 1e-5
BATCHES = (1, 2, 5)


def relative_difference(found: np.ndarray, expected: np.ndarray, floor: float = 0.0) -> float:
    """||found - expected|| / max(||expected||, floor)."""
    difference = np.linalg.norm(found.astype(np.float64) - expected.astype(np.float64))
    return float(difference / max(np.linalg.norm(expected.astype(np.float64)), floor))


def parity_grids(minimum: list[int], trained: list[int]) -> list[list[int]]:
    """The smallest grid, the one of the training data, and an odd one that is not square."""
    return [minimum, trained, [points + 11 + 10 * axis for axis, points in enumerate(trained)]]


def cases(network: nn.Module, grid: list[int], batch: int, generator: torch.Generator) -> Iterator[torch.Tensor]:
    """White noise of the training inputs' mean and spread, and the constant field, each ``[batch, 1, *grid]``."""
    constants = network.normalisation
    noise = torch.randn(batch, 1, *grid, generator=generator)
    yield constants.input_mean + constants.input_std * noise
    yield constants.input_mean.expand(batch, 1, *grid).contiguous()


@torch.no_grad()
def assert_parity(
    session: onnxruntime.InferenceSession, module: nn.Module, network: nn.Module, grids: list[list[int]]
) -> float:
    """Compare graph and module on every grid, batch size and kind of case.

    The difference of each output is taken relative to that output's own norm for mean and members, but relative to
    the mean for std: that is a small difference of members, each of which is accurate to rounding only. Where the
    outputs nearly vanish, as for a constant field, the scale of the training outputs stands in for the norm.

    Args:
        session: the exported graph.
        module: what was exported, one output or a tuple of them, the first a solution or a mean of solutions.
        network: a member, for the constants of the training set.
        grids: to compare on.

    Returns:
        The largest relative difference.

    Raises:
        ValueError: it is above 1e-5, or something is not finite.
    """
    generator = torch.Generator().manual_seed(0)
    worst = 0.0
    for grid in grids:
        for batch in BATCHES:
            for field in cases(network, grid, batch, generator):
                expected = module(field)
                expected = [output.numpy() for output in (expected if isinstance(expected, tuple) else (expected,))]
                found = session.run(None, {session.get_inputs()[0].name: field.numpy()})
                floor = float(network.normalisation.output_scale) * np.sqrt(field.numel())
                floor = max(floor, float(np.linalg.norm(expected[0])))
                for output, mine, theirs in zip(session.get_outputs(), found, expected, strict=True):
                    difference = relative_difference(mine, theirs, floor)
                    if mine.shape != theirs.shape or not difference <= TOLERANCE:
                        raise ValueError(f"{output.name} on {grid}, batch {batch}: differs by {difference:.1e}")
                    worst = max(worst, difference)
    return worst
