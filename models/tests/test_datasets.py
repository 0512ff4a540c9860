"""Data sets on disk."""

import numpy as np
import pytest

from surrogates import datasets
from tests import tiny


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "SPLITS", tiny.SPLITS)
    datasets.generate(tiny.problem(), tmp_path, seed=7)
    return tmp_path


def test_splits_share_no_case(folder):
    inputs = [datasets.load(folder, split, 64)[0].flatten(1).numpy() for split in tiny.SPLITS]

    assert [len(split) for split in inputs] == list(tiny.SPLITS.values())
    everything = np.concatenate(inputs)
    assert len(np.unique(everything, axis=0)) == len(everything)


def test_splits_depend_on_the_seed_alone(folder, tmp_path_factory):
    again = tmp_path_factory.mktemp("again")
    datasets.generate(tiny.problem(), again, seed=7)

    for mine, theirs in zip(datasets.load(folder, "test", 128), datasets.load(again, "test", 128), strict=True):
        assert mine.equal(theirs)


def test_generation_goes_on_where_it_stopped(folder):
    expected = datasets.load(folder, "calibration", 64)[0]
    untouched = (folder / "train.npz").stat().st_mtime_ns
    (folder / "calibration.npz").unlink()

    datasets.generate(tiny.problem(), folder, seed=7)

    assert datasets.load(folder, "calibration", 64)[0].equal(expected)
    assert (folder / "train.npz").stat().st_mtime_ns == untouched


def test_splits_state_their_seed(folder):
    assert datasets.seed_of(folder) == 7


def test_splits_of_another_seed_are_not_continued(folder):
    (folder / "calibration.npz").unlink()

    with pytest.raises(ValueError, match=r"train\.npz was made with seed 7, not 8"):
        datasets.generate(tiny.problem(), folder, seed=8)

    assert not (folder / "calibration.npz").exists()


def test_splits_of_two_seeds_are_refused(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    datasets.generate(tiny.problem(), other, seed=8)
    (other / "test.npz").rename(folder / "test.npz")

    with pytest.raises(ValueError, match=r"test\.npz was made with seed 8, not 7"):
        datasets.seed_of(folder)


def test_a_split_that_does_not_state_its_seed_is_refused(folder):
    tiny.forget_seed(folder / "validation.npz")

    with pytest.raises(ValueError, match=r"validation\.npz does not say which seed"):
        datasets.generate(tiny.problem(), folder, seed=7)
    with pytest.raises(ValueError, match=r"validation\.npz does not say which seed"):
        datasets.seed_of(folder)
