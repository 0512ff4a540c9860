from itertools import count

import numpy as np
import pytest
from conftest import golden

from fieldserve import InvalidInputError
from fieldserve.ordered import in_order


def test_predictions_come_in_the_order_of_their_inputs(client):
    field, mean, _ = golden("burgers-fno")
    which = [i % 2 for i in range(24)]

    predictions = list(client.predict_many("burgers-fno", (field[i] for i in which), concurrency=4))

    expected = np.stack([mean[i] for i in which])
    tolerance = 1e-5 * np.abs(mean).max()
    np.testing.assert_allclose(np.stack([p.mean for p in predictions]), expected, rtol=0, atol=tolerance)


def test_endless_inputs_are_taken_no_further_than_there_is_room(client):
    field, _, _ = golden("burgers-fno")
    taken = []

    predictions = client.predict_many("burgers-fno", (taken.append(i) or field[0] for i in count()), concurrency=3)
    for _ in range(5):
        next(predictions)
    predictions.close()

    assert len(taken) == 5 + 3 - 1


def test_a_failure_comes_at_the_place_of_its_input(client):
    field, _, _ = golden("burgers-fno")

    predictions = client.predict_many("burgers-fno", [field[0], field[1], np.zeros(7), field[0]], concurrency=2)

    next(predictions)
    next(predictions)
    with pytest.raises(InvalidInputError):
        next(predictions)
    with pytest.raises(StopIteration):
        next(predictions)


@pytest.mark.parametrize("concurrency", [1, 2, 5, 50])
def test_any_number_of_calls_keeps_the_order(concurrency):
    assert list(in_order(lambda i: i * i, range(20), concurrency)) == [i * i for i in range(20)]
