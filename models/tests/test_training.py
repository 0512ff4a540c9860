"""Training: restarts, and what tells members apart."""

import pytest
import torch

from surrogates import datasets, training
from surrogates.checkpoints import load_members
from surrogates.training import MemberTraining, train_member
from tests import tiny


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "SPLITS", tiny.SPLITS)
    folder = tmp_path / "data"
    datasets.generate(tiny.problem(), folder, seed=7)
    return folder


def weights(path) -> dict[str, torch.Tensor]:
    return torch.load(path, weights_only=True)["network"]


def test_a_restart_gives_the_weights_of_an_uninterrupted_run(data, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "CHECKPOINT_EVERY", 2)
    expected = weights(train_member(tiny.problem(epochs=5), 0, data, tmp_path / "whole", seed=7))

    # When a run is interrupted in its fourth epoch, after the checkpoint of the second, and started again
    broken = MemberTraining(tiny.problem(epochs=5), 0, data, tmp_path / "parts", seed=7)
    train_epoch = broken._train_epoch

    def interrupted(grid: int) -> float:
        if broken.epoch == 3:
            train_epoch(grid)
            raise KeyboardInterrupt
        return train_epoch(grid)

    broken._train_epoch = interrupted
    with pytest.raises(KeyboardInterrupt):
        broken.run()
    torch.rand(17)
    path = train_member(tiny.problem(epochs=5), 0, data, tmp_path / "parts", seed=7)

    assert torch.load(path, weights_only=True)["epoch"] == 5
    assert all(value.equal(expected[name]) for name, value in weights(path).items())


def test_training_learns(data, tmp_path):
    path = train_member(tiny.problem(epochs=20), 0, data, tmp_path, seed=7)

    history = torch.load(path, weights_only=True)["history"]
    assert history[-1][2] < 0.5 * history[0][2]


def test_members_differ(data, tmp_path):
    first, second = (weights(train_member(tiny.problem(epochs=1), member, data, tmp_path, seed=7)) for member in (0, 1))

    assert not first["lift.weight"].equal(second["lift.weight"])


def test_unfinished_members_are_not_loaded(data, tmp_path):
    for member in (0, 1):
        train_member(tiny.problem(epochs=1), member, data, tmp_path, seed=7)

    with pytest.raises(ValueError, match="1 of 2 epochs"):
        load_members(tiny.problem(epochs=2), tmp_path)


def test_a_member_of_another_seed_is_not_continued(data, tmp_path):
    path = train_member(tiny.problem(epochs=1), 0, data, tmp_path, seed=7)
    before = path.read_bytes()
    other = tmp_path / "other"
    datasets.generate(tiny.problem(), other, seed=8)

    with pytest.raises(ValueError, match=r"member-00\.pt was trained with seed 7, not 8"):
        train_member(tiny.problem(epochs=2), 0, other, tmp_path, seed=8)

    assert path.read_bytes() == before


def test_data_of_another_seed_is_not_trained_on(data, tmp_path):
    with pytest.raises(ValueError, match=r"train\.npz was made with seed 7, not 8"):
        train_member(tiny.problem(epochs=1), 0, data, tmp_path / "runs", seed=8)


def test_a_checkpoint_that_does_not_state_its_seed_is_refused(data, tmp_path):
    for member in (0, 1):
        change_seed(train_member(tiny.problem(epochs=1), member, data, tmp_path, seed=7), None)

    with pytest.raises(ValueError, match=r"member-00\.pt does not say which seed"):
        train_member(tiny.problem(epochs=1), 0, data, tmp_path, seed=7)
    with pytest.raises(ValueError, match=r"member-00\.pt does not say which seed"):
        load_members(tiny.problem(epochs=1), tmp_path)


def test_members_of_two_seeds_are_not_loaded(data, tmp_path):
    for member in (0, 1):
        path = train_member(tiny.problem(epochs=1), member, data, tmp_path, seed=7)
    assert load_members(tiny.problem(epochs=1), tmp_path).seed == 7

    change_seed(path, 8)
    with pytest.raises(ValueError, match=r"member-01\.pt was trained with seed 8, the members before it with 7"):
        load_members(tiny.problem(epochs=1), tmp_path)


def change_seed(path, seed) -> None:
    state = torch.load(path, weights_only=True)
    del state["seed"]
    torch.save(state if seed is None else {**state, "seed": seed}, path)
