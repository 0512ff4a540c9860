import io
import tracemalloc

import numpy as np
import pytest

from fieldserve.arrays import NPY, NPZ, encode, read_npz

MEGABYTE = 1 << 20


def saved(save, **arrays):
    archive = io.BytesIO()
    save(archive, **arrays)
    return io.BytesIO(archive.getvalue())


def sent(body):
    return io.BytesIO(b"".join(body.pieces))


@pytest.mark.parametrize("array", [[[1, 2], [3, 4]], np.arange(6.0).reshape(2, 3).T, np.array(2.5), np.zeros((0, 3))])
def test_numpy_reads_what_is_sent(array):
    body = encode(array)

    assert body.media_type == NPY
    assert int(body.headers["Content-Length"]) == len(sent(body).getvalue())
    np.testing.assert_array_equal(np.load(sent(body)), np.asarray(array, dtype="<f4"))


def test_numpy_reads_named_arrays_even_by_the_names_of_its_own_arguments():
    arrays = {"file": np.arange(3.0), "allow_pickle": np.ones((2, 2))}

    body = encode(arrays)

    assert body.media_type == NPZ
    with np.load(sent(body)) as read:
        assert {name: read[name].tolist() for name in read} == {n: a.tolist() for n, a in arrays.items()}


def test_a_field_is_sent_from_where_it_lies():
    field = np.zeros(5 * MEGABYTE, dtype="<f4")
    tracemalloc.start()

    encode(field)

    assert tracemalloc.get_traced_memory()[1] < MEGABYTE
    tracemalloc.stop()


def test_what_numpy_saved_is_read():
    arrays = {"mean": np.arange(6, dtype="<f4").reshape(2, 3), "std": np.asfortranarray(np.eye(3)), "one": np.array(1)}

    read = read_npz(saved(np.savez, **arrays))

    assert read.keys() == arrays.keys()
    for name in arrays:
        np.testing.assert_array_equal(read[name], arrays[name])


def test_reading_takes_the_memory_of_the_arrays_alone():
    archive = saved(np.savez, mean=np.ones((8, MEGABYTE), "<f4"), std=np.ones((8, MEGABYTE), "<f4"))
    tracemalloc.start()

    read_npz(archive)

    assert tracemalloc.get_traced_memory()[1] < 64 * MEGABYTE + MEGABYTE
    tracemalloc.stop()


@pytest.mark.parametrize("length", [0, 1, 40, 100, 400])
def test_an_archive_that_ends_early_is_refused(length):
    whole = saved(np.savez, mean=np.ones(100, "<f4")).getvalue()

    with pytest.raises(ValueError):
        read_npz(io.BytesIO(whole[:length]))


def test_a_compressed_archive_is_refused():
    with pytest.raises(ValueError, match="compressed"):
        read_npz(saved(np.savez_compressed, mean=np.ones(100)))
