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
