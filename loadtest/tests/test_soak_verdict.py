import pytest

from soaking.memory import Growth
from soaking.verdict import Verdict, progress, still_held

NOTHING = {"requests": 0, "slabs": 0}
FLAT = Growth(settled=1000, end=1000)


def test_progress_is_read():
    # When
    begun, endings = progress("12 200=10 gone-mid-body=1\n")

    # Then
    assert begun == 12
    assert endings == {"200": 10, "gone-mid-body": 1}


def test_the_last_word_of_the_service_is_read():
    # When
    held = still_held("10:00 INFO Stopped; still held: requests=0 request-bytes=0 slabs=2 slab-bytes=8192\nbye\n")

    # Then
    assert held == {"requests": 0, "request-bytes": 0, "slabs": 2, "slab-bytes": 8192}


def test_a_service_that_was_killed_has_no_last_word():
    # When
    held = still_held("10:00 INFO Listening\n")

    # Then
    assert held is None


@pytest.mark.parametrize(
    ("endings", "held", "passed"),
    [
        ({"200": 98, "429": 1, "gone-mid-body": 1, "gone-mid-reply": 1}, NOTHING, True),
        ({"200": 99, "500": 1}, NOTHING, False),
        ({"200": 99, "lost": 1}, NOTHING, False),
        ({"200": 99, "429-without-retry-after": 1}, NOTHING, False),
        ({"200": 100}, {"requests": 0, "slabs": 1}, False),
        ({"200": 100}, None, False),
    ],
)
def test_what_is_left_or_unexpected_fails(endings, held, passed):
    # When
    verdict = Verdict(endings, held, FLAT, seconds=10.0)

    # Then
    assert verdict.passed == passed


def test_the_report_tells_kinds_and_growth():
    # Given
    verdict = Verdict({"200": 99, "500": 1}, {"slabs": 3}, Growth(settled=100 << 20, end=103 << 20), seconds=10.0)

    # When
    text = verdict.text()

    # Then
    for words in ("100 in 10 s, 10 a second", "3 slabs", "103.0 MiB", "+3.00 % (NOT MET", "FAILED"):
        assert words in text
