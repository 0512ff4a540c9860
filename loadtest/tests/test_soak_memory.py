import os

import pytest

from soaking.memory import Growth, Sample, draw, growth, resident_bytes, write

SAMPLES = [Sample(1.0, 50, 700), Sample(2.0, 120, 1000), Sample(3.0, 600, 1100), Sample(4.0, 1000, 1015)]


def test_growth_counts_from_the_first_sample_after_a_tenth():
    # When
    found = growth(SAMPLES, 1000)

    # Then
    assert found == Growth(settled=1000, end=1015)
    assert found.per_cent == pytest.approx(1.5)
    assert found.met


def test_a_rise_of_two_per_cent_is_too_much():
    # When
    found = Growth(settled=1000, end=1020)

    # Then
    assert not found.met


def test_memory_of_this_process_holds_what_it_took():
    # Given
    before = resident_bytes(os.getpid())
    taken = bytearray(os.urandom(1 << 26))

    # When
    after = resident_bytes(os.getpid())

    # Then
    assert after - before > 0.9 * len(taken)


def test_samples_are_written_and_drawn(tmp_path):
    # When
    write(SAMPLES, tmp_path / "memory.csv")
    draw(SAMPLES, 1000, tmp_path / "memory.png")

    # Then
    lines = (tmp_path / "memory.csv").read_text().splitlines()
    assert lines[:2] == ["seconds,requests,resident", "1.0,50,700"]
    assert len(lines) == 1 + len(SAMPLES)
    assert (tmp_path / "memory.png").read_bytes().startswith(b"\x89PNG")
