"""Ensembles of independently trained networks (Lakshminarayanan et al. 2017, arXiv 1612.01474)."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class Ensemble(nn.Module):
    """Members side by side, with their mean and spread.

    The transform matrices depend on the grid alone, so they are built once and shared by all members.
    """

    def __init__(self, members: Sequence[nn.Module]) -> None:
        super().__init__()
        if len(members) < 2:
            raise ValueError(f"a sample standard deviation needs two members or more, got {len(members)}")
        self.members = nn.ModuleList(members)

    def forward(self, field: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Solve for every member.

        Args:
            field: the input ``[B, 1, ...]`` in physical units.

        Returns:
            mean ``[B, 1, ...]``, std ``[B, 1, ...]`` with n - 1, and members ``[M, B, 1, ...]``.
        """
        basis = self.members[0].basis(field)
        members = torch.stack([member(field, basis) for member in self.members])
        mean, std = moments(members)
        return mean, std, members


def moments(members: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and sample standard deviation over the first axis, ``[M, ...]`` to two of ``[...]``.

    Two passes: the textbook difference of squares would cancel in float32, since members agree to within a percent.
    """
    mean = members.mean(dim=0)
    deviation = members - mean
    return mean, (deviation * deviation).sum(dim=0).div(members.shape[0] - 1).sqrt()
