import logging

import numpy as np
import pytest
from conftest import manifest
from scripted import BREAK, MEAN, Scripted, problem, solution

from fieldserve import (
    Client,
    ConnectionFailedError,
    OverloadedError,
    ProblemError,
    UnavailableError,
    UnreadableAnswerError,
)

INPUT = np.zeros(256, dtype=np.float32)


def call(server, **settings):
    server.manifest = manifest("burgers-fno")
    with Client(server.url, **settings) as client:
        return client.predict("burgers-fno", INPUT)


@pytest.mark.parametrize("answer", [problem(429, "overloaded", 0), problem(503, "unavailable", 0)])
def test_the_whole_body_is_sent_again_until_there_is_room(answer):
    with Scripted(answer, answer, solution()).running() as server:
        prediction = call(server)

    np.testing.assert_array_equal(prediction.mean, MEAN)
    assert len(server.bodies) == 3
    assert len(set(server.bodies)) == 1
    assert server.bodies[0].endswith(INPUT.tobytes())


def test_no_try_is_waited_for_beyond_the_deadline():
    with (
        Scripted(problem(503, "unavailable", 3600), solution()).running() as server,
        pytest.raises(UnavailableError) as raised,
    ):
        call(server, deadline=30)

    assert raised.value.retry_after == 3600
    assert len(server.bodies) == 1


def test_retrying_can_be_turned_off():
    with Scripted(problem(429, "overloaded", 0), solution()).running() as server, pytest.raises(OverloadedError):
        call(server, retry=False)

    assert len(server.bodies) == 1


def test_what_has_to_be_mended_is_not_sent_again():
    with Scripted(problem(500, "internal-error"), solution()).running() as server, pytest.raises(ProblemError):
        call(server)

    assert len(server.bodies) == 1


def test_a_broken_connection_is_tried_once_more():
    with Scripted(BREAK, solution()).running() as server:
        prediction = call(server)

    np.testing.assert_array_equal(prediction.mean, MEAN)
    assert len(server.bodies) == 2


def test_a_connection_that_breaks_again_is_given_up():
    with Scripted(BREAK, BREAK, solution()).running() as server, pytest.raises(ConnectionFailedError):
        call(server)

    assert len(server.bodies) == 2


def test_an_answer_that_ends_early_is_no_answer():
    status, headers, body = solution()
    cut = {**headers, "Content-Length": str(len(body)), "Connection": "close"}
    with (
        Scripted((status, cut, body[:500])).running() as server,
        pytest.raises(ConnectionFailedError, match="IncompleteRead"),
    ):
        call(server)


@pytest.mark.parametrize("headers", [{}, {"Fieldserve-Version": "1", "Fieldserve-Trusted": "?1"}])
def test_an_answer_of_something_else_is_said_to_be_unreadable(headers):
    with (
        Scripted((200, headers, b"<html>Welcome</html>")).running() as server,
        pytest.raises(UnreadableAnswerError),
    ):
        call(server)


def test_one_connection_is_enough():
    with Scripted(solution()).running() as server:
        prediction = call(server, connections=1)

    np.testing.assert_array_equal(prediction.mean, MEAN)


def test_a_service_that_is_about_to_start_is_waited_for():
    server = Scripted(solution(), listening=False)
    turned_away = []

    class Starter(logging.Handler):
        """Begins to listen when urllib3 reports that it was turned away."""

        def emit(self, record):
            if not turned_away:
                server.server_activate()
            turned_away.append(record.getMessage())

    log, starter = logging.getLogger("urllib3.connectionpool"), Starter()
    log.addHandler(starter)
    try:
        with server.running():
            prediction = call(server)
    finally:
        log.removeHandler(starter)

    np.testing.assert_array_equal(prediction.mean, MEAN)
    assert "refused" in turned_away[0]


def test_nobody_there_is_said_when_the_deadline_has_passed():
    server = Scripted(listening=False)
    with pytest.raises(ConnectionFailedError, match="refused"):
        call(server, deadline=0.3)
    server.server_close()


def test_silence_is_borne_until_the_deadline():
    server = Scripted()
    with pytest.raises(ConnectionFailedError, match="Read timed out"):
        call(server, deadline=0.3)
    server.server_close()


def test_what_a_proxy_says_is_shown_as_it_is():
    page = b"<html>Bad gateway</html>"
    with (
        Scripted((502, {"Content-Type": "text/html"}, page)).running() as server,
        pytest.raises(ProblemError, match="Bad gateway") as raised,
    ):
        call(server)

    assert type(raised.value) is ProblemError
    assert raised.value.status == 502
    assert raised.value.type == "about:blank"
