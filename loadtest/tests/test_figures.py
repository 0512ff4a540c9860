import pytest

from comparison.figures import Rounds, figures

from .samples import sample

SATURATED, LONE = "darcy-fno/saturated-mean", "darcy-fno/lone"


def test_throughput_is_compared_round_by_round():
    # Given two rounds, the second one given first
    samples = [
        sample(SATURATED, "fieldserve", 1, throughput=80, server_cpu=0.02),
        sample(SATURATED, "fieldserve", 0, throughput=100, server_cpu=0.01),
        sample(SATURATED, "fastapi", 0, throughput=50, server_cpu=0.02),
        sample(SATURATED, "fastapi", 1, throughput=50, server_cpu=0.02),
    ]

    # When
    throughput, cpu = figures(Rounds(samples))

    # Then the ratios are 2 and 1.6, and 0.5 and 1
    assert (throughput.value.minimum, throughput.value.median, throughput.value.maximum) == pytest.approx((1.6, 1.8, 2))
    assert throughput.met
    assert cpu.value.median == pytest.approx(0.75)
    assert cpu.met


def test_a_lone_request_may_add_a_share_of_a_long_run():
    # Given 20 ms alone and 20.9 ms served
    samples = [
        sample(LONE, "bare-java, all threads", latencies=[0.020, 0.020, 0.021]),
        sample(LONE, "fieldserve", latencies=[0.0205, 0.0209, 0.030]),
    ]

    # When
    (added,) = figures(Rounds(samples))

    # Then 5 % of 20 ms are allowed
    assert added.value.median == pytest.approx(0.9)
    assert added.bound == pytest.approx(1.0)
    assert added.met


def test_nothing_is_said_of_a_contender_that_was_not_there():
    assert figures(Rounds([sample(SATURATED, "fieldserve", throughput=1)])) == []
