import numpy as np
import pytest

from comparison.statistics import Spread, digits, percentiles, ratio_spread, spread


def test_percentiles_are_latencies_that_occurred():
    # Given ten latencies in no order
    latencies = np.array([7.0, 1, 10, 3, 5, 2, 9, 4, 8, 6])

    # When
    p50, p90, p99 = percentiles(latencies)

    # Then by nearest rank: the 5th, the 9th and, of 9.9 rounded up, the 10th smallest
    assert (p50, p90, p99) == (5, 9, 10)


def test_ratios_are_taken_within_a_round():
    # Given a second round in which everything was three times as fast
    ours, theirs = [2.0, 9.0, 8.0], [1.0, 3.0, 2.0]

    # When
    ratios = ratio_spread(ours, theirs)

    # Then 2, 3 and 4
    assert ratios == Spread(median=3, minimum=2, maximum=4)


def test_rounds_that_do_not_pair_are_refused():
    with pytest.raises(ValueError):
        ratio_spread([1.0, 2.0], [1.0])


def test_an_even_number_of_rounds_has_the_middle_as_median():
    assert spread([4.0, 1.0, 2.0, 3.0]) == Spread(median=2.5, minimum=1, maximum=4)


@pytest.mark.parametrize(
    ("value", "text"), [(0.030449, "0.0304"), (8.049, "8.05"), (17.96, "18.0"), (1234.6, "1235"), (0, "0")]
)
def test_three_digits_are_shown(value, text):
    assert digits(value) == text


def test_what_could_not_be_measured_is_not_a_number():
    # Given a peer that answered nothing in the second round
    ratios = ratio_spread([2.0, 9.0], [1.0, 0.0])

    # Then no median hides it
    assert digits(ratios.median) == digits(ratios.minimum) == "n/a"
    assert [digits(value) for value in percentiles(np.empty(0))] == ["n/a"] * 3
