"""Conformal calibration: ranks by hand, and coverage on data drawn for it."""

import math

import numpy as np
import pytest

from surrogates.conformal import calibrate, pointwise_scale, simultaneous_scale, spread_scores


def test_simultaneous_rank_by_hand():
    # Given 19 cases of which case i has the largest score i: ceil(20 x 0.9) = 18, ceil(20 x 0.95) = 19
    largest = np.random.default_rng(0).permutation(np.arange(1.0, 20.0))
    scores = np.stack([largest, largest / 2], axis=1)

    assert simultaneous_scale(scores, 0.9) == 18.0
    assert simultaneous_scale(scores, 0.95) == 19.0
    assert simultaneous_scale(scores, 0.5) == 10.0


def test_a_rank_is_not_moved_by_rounding():
    # Given 100 x 0.55, which is 55.00000000000001 in floating point
    scores = np.arange(1.0, 100.0)[:, None]

    assert simultaneous_scale(scores, 0.55) == 55.0


def test_pointwise_rank_by_hand():
    # Given 9 cases of 10 points, scores 1 to 90: the unseen case counts 10 points too, ceil(100 x 0.85) = 85
    scores = np.random.default_rng(0).permutation(np.arange(1.0, 91.0)).reshape(9, 10)

    assert pointwise_scale(scores, 0.85) == 85.0
    assert pointwise_scale(scores, 0.9) == 90.0


def test_too_few_cases_give_an_infinite_interval():
    scores = np.random.default_rng(0).random((9, 10))

    assert simultaneous_scale(scores, 0.95) == math.inf
    assert pointwise_scale(scores, 0.95) == math.inf


def test_simultaneous_coverage_is_exact_for_exchangeable_cases(generator):
    # Given scores without ties, coverage over draws of the calibration set is ceil((n + 1) level) / (n + 1)
    cases, trials, level = 19, 20_000, 0.83
    scores = np.exp(generator.standard_normal((trials, cases + 1, 4)))

    covered = [scores[trial, -1].max() <= simultaneous_scale(scores[trial, :-1], level) for trial in range(trials)]

    assert np.mean(covered) == pytest.approx(17 / 20, abs=4 * math.sqrt(0.85 * 0.15 / trials))


@pytest.mark.parametrize("dependence", [0.0, 0.9, 1.0])
def test_pointwise_coverage_holds_however_dependent_points_are(dependence, generator):
    # Given few cases with points that move together: pooling points as if they were independent covers too little
    cases, points, trials, level = 9, 10, 8_000, 0.85
    common = generator.standard_normal((trials, cases + 1, 1))
    own = generator.standard_normal((trials, cases + 1, points))
    scores = np.abs(math.sqrt(dependence) * common + math.sqrt(1 - dependence) * own)

    covered = [np.mean(scores[trial, -1] <= pointwise_scale(scores[trial, :-1], level)) for trial in range(trials)]

    error = 4 * math.sqrt(level * (1 - level) / trials)
    assert level - error <= np.mean(covered) <= level + 1 / (cases + 1) + error


def test_calibrate_states_coverage_and_width_of_the_test_cases(generator):
    calibration, test = np.abs(generator.standard_normal((2, 500, 30)))

    levels = calibrate(calibration, test, test_width=0.4)

    assert [(level.level, level.guarantee) for level in levels[:2]] == [(0.5, "pointwise"), (0.5, "simultaneous")]
    assert len(levels) == 10
    for level in levels:
        scores = test if level.guarantee == "pointwise" else test.max(axis=1)
        assert level.coverage == np.mean(scores <= level.scale)
        assert level.coverage == pytest.approx(level.level, abs=0.08)
        assert level.mean_width == pytest.approx(0.4 * level.scale)


def test_spread_scores_ascend():
    scores = spread_scores(mean=np.array([[3.0, 4.0], [0.0, 1.0]]), std=np.array([[1.0, 0.0], [0.0, 0.1]]))

    np.testing.assert_allclose(scores, [0.1, 0.2])
