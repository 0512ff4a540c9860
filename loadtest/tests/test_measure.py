import numpy as np
import pytest

from comparison import requests
from comparison.measure import batch_size


def test_the_batch_is_the_mean_over_replies():
    timings = 'decode;dur=0.1, batch;desc="8", infer;dur=3.2 | decode;dur=0.2, batch;desc="5", infer;dur=2.1'
    assert batch_size(timings) == 6.5


def test_a_service_that_tells_no_batch_has_none():
    assert batch_size("decode;dur=0.1, infer;dur=3.2") is None


@pytest.mark.parametrize("server", ["fieldserve", "fastapi"])
@pytest.mark.parametrize("kind", ["mean", "all", "json"])
def test_a_request_announces_the_length_of_its_body(server, kind):
    # Given
    case = np.arange(6, dtype=np.float32).reshape(2, 3)

    # When
    head, _, body = requests.http_request(server, 8350, "darcy-fno", kind, case).partition(b"\r\n\r\n")

    # Then
    assert f"Content-Length: {len(body)}".encode() in head
    assert kind == "json" or body == np.array([0, 1, 2, 3, 4, 5], "<f4").tobytes()
