"""Error measures against their definitions."""

import numpy as np
import pytest
import torch

from surrogates.metrics import continuous_ranked_probability_score, relative_l2, spread_skill_ratio


def test_relative_l2_is_taken_a_sample():
    truth = torch.tensor([[[3.0, 4.0]], [[0.0, 1.0]]])
    prediction = torch.tensor([[[3.0, 4.5]], [[0.3, 1.4]]])

    torch.testing.assert_close(relative_l2(prediction, truth), torch.tensor([0.1, 0.5]))


def test_crps_equals_the_sum_over_pairs(generator):
    members, truth = generator.standard_normal((5, 40)), generator.standard_normal(40)
    pairs = np.mean([np.abs(members[i] - members[j]) for i in range(5) for j in range(5) if i != j])

    found = continuous_ranked_probability_score(members, truth)

    assert found == pytest.approx(np.abs(members - truth).mean() - 0.5 * pairs)


def test_spread_skill_ratio_is_one_for_members_drawn_like_the_truth(generator):
    members, truth = generator.standard_normal((5, 200_000)), generator.standard_normal(200_000)

    ratio = spread_skill_ratio(members.var(axis=0, ddof=1).mean(), np.square(members.mean(axis=0) - truth).mean(), 5)

    assert ratio == pytest.approx(1.0, abs=0.01)
