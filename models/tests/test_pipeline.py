"""The command line from nothing to a model card, and the manifest on the way."""

import json

import jsonschema
import numpy as np
import pytest
import torch

from surrogates import checkpoints, cli, datasets, manifest
from surrogates.evaluation import evaluate
from surrogates.problems import PROBLEMS
from surrogates.runtime import ShippedEnsemble
from tests import tiny


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The version folder that the five commands leave, and the folder they worked in."""
    root = tmp_path_factory.mktemp("pipeline")
    folders = [f"--{name}={root / name}" for name in ("data", "runs", "repository")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datasets, "SPLITS", tiny.SPLITS)
        patch.setitem(PROBLEMS, "tiny", tiny.problem())
        for command in ("generate", "train", "export", "evaluate", "card"):
            extra = {
                "generate": ["--seed=11"],
                "train": ["--seed=11"],
                "export": [f"--fine-golden={root / 'golden'}"],
            }.get(command, [])
            cli.main([command, "tiny", *folders, *extra])
    return root / "repository/tiny-fno/1", root


def read_manifest(folder) -> dict:
    return json.loads((folder / "surrogate.json").read_text(encoding="utf-8"))


def test_the_folder_is_whole(shipped):
    assert sorted(path.name for path in shipped[0].iterdir()) == [
        "README.md",
        "calibration.png",
        "example.png",
        "examples.npz",
        "golden.npz",
        "member-00.onnx",
        "member-01.onnx",
        "surrogate.json",
    ]


def test_the_manifest_states_what_the_graphs_do(shipped):
    folder, root = shipped
    stated = read_manifest(folder)["test_errors"][0]
    inputs, truths = (tensor.numpy() for tensor in datasets.load(root / "data/tiny", "test", 64))

    members = ShippedEnsemble(folder, "separate", 2)(inputs).members.astype(np.float64)

    def mean_error(prediction: np.ndarray) -> float:
        return np.mean(np.linalg.norm(prediction - truths, axis=2) / np.linalg.norm(truths, axis=2))

    assert stated["ensemble"] == pytest.approx(mean_error(members.mean(axis=0)), rel=1e-5)
    assert stated["members"] == pytest.approx([mean_error(member) for member in members], rel=1e-5)


def test_stated_coverage_is_that_of_the_stated_intervals(shipped):
    folder, root = shipped
    calibration = read_manifest(folder)["calibration"]["fields"][0]["grids"][1]
    inputs, truths = (tensor.numpy() for tensor in datasets.load(root / "data/tiny", "test", 128))
    prediction = ShippedEnsemble(folder, "separate", 2)(inputs)

    for level in calibration["levels"]:
        half_width = level["scale"] * (prediction.std.astype(np.float64) + calibration["std_floor"])
        inside = np.abs(truths - prediction.mean) <= half_width
        if level["guarantee"] == "simultaneous":
            inside = inside.all(axis=(1, 2))
        assert inside.mean() == pytest.approx(level["coverage"], abs=1e-3)
        assert 2 * half_width.mean() == pytest.approx(level["mean_width"], rel=1e-4)


def test_spread_scores_are_those_of_the_calibration_cases(shipped):
    grid = read_manifest(shipped[0])["calibration"]["fields"][0]["grids"][0]

    assert len(grid["spread_scores"]) == grid["cases"] == tiny.SPLITS["calibration"]
    assert grid["spread_scores"] == sorted(grid["spread_scores"])


def test_the_second_golden_case_lies_on_the_finer_grid(shipped):
    with np.load(shipped[1] / "golden/tiny-fno-fine.npz") as golden:
        assert {name: golden[name].shape for name in golden.files} == dict.fromkeys(
            ("initial_velocity", "mean", "std"), (2, 1, 128)
        )


def test_the_manifest_states_the_seed_of_the_data(shipped):
    assert read_manifest(shipped[0])["training"]["seed"] == 11


def test_the_manifest_states_the_tolerance_of_the_golden_case(shipped):
    assert read_manifest(shipped[0])["golden"]["relative_tolerance"] == 1e-5


def test_members_of_another_seed_than_the_data_are_not_evaluated(shipped, tmp_path):
    folder, root = shipped
    for member in (0, 1):
        state = torch.load(checkpoints.checkpoint_path(root / "runs/tiny", member), weights_only=True)
        torch.save({**state, "seed": 12}, checkpoints.checkpoint_path(tmp_path, member))

    with pytest.raises(ValueError, match=r"made with seed 11, the members in .* with 12"):
        evaluate(tiny.problem(), root / "data/tiny", tmp_path, folder)


def test_evaluate_takes_no_seed(capsys):
    with pytest.raises(SystemExit):
        cli.main(["evaluate", "burgers", "--seed=1"])

    assert "--seed" in capsys.readouterr().err


def test_an_export_after_the_evaluation_is_noticed(shipped):
    folder, root = shipped
    evaluation = json.loads((root / "runs/tiny/evaluation.json").read_text())
    evaluation["graphs"][0]["sha256"] = "0" * 64

    with pytest.raises(ValueError, match="run evaluate again"):
        manifest.write_manifest(tiny.problem(), evaluation, folder)


@pytest.mark.parametrize(
    "damage",
    [
        lambda stated: stated.pop("calibration"),
        lambda stated: stated.update(colour="blue"),
        lambda stated: stated["ensemble"].update(layout="stacked"),
        lambda stated: stated["golden"].update(sha256="ABC"),
        lambda stated: stated["examples"].update(path="../examples.npz"),
        lambda stated: stated["calibration"]["fields"][0]["grids"][0]["levels"][0].update(coverage=1.5),
    ],
)
def test_the_schema_refuses_a_damaged_manifest(shipped, damage):
    stated = read_manifest(shipped[0])
    manifest.validate(stated)

    damage(stated)

    with pytest.raises(jsonschema.ValidationError):
        manifest.validate(stated)


def test_every_property_of_the_schema_is_described():
    schema = json.loads(manifest.SCHEMA.read_text(encoding="utf-8"))

    undescribed = [
        f"{name}.{field}"
        for name, part in {"": schema, **schema["$defs"]}.items()
        for field, value in part["properties"].items()
        if not value.get("description")
    ]

    assert undescribed == []


@pytest.mark.parametrize("command", ["generate", "train", "evaluate", "export", "card"])
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as exit_status:
        cli.main([command, "--help"])

    assert exit_status.value.code == 0
    assert "--data" in capsys.readouterr().out
