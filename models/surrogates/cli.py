"""The command line: generate, train, export, evaluate, card, in this order."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch

from surrogates import datasets
from surrogates.card import write_card
from surrogates.evaluation import evaluate
from surrogates.export import export
from surrogates.manifest import write_manifest
from surrogates.problems import PROBLEMS
from surrogates.report import report
from surrogates.training import train_member

MODELS = Path(__file__).parents[1]
SEED = 2026


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command."""
    options = parser().parse_args(arguments)
    torch.set_num_threads(options.threads)
    options.problem = PROBLEMS[options.problem]
    options.data = options.data / options.problem.name
    options.runs = options.runs / options.problem.name
    options.run(options)


def parser() -> argparse.ArgumentParser:
    """The options of every command."""
    top = argparse.ArgumentParser(prog="python -m surrogates", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="command")
    for name, run, description in (
        ("generate", run_generate, "Draw and solve the training, validation, calibration and test cases."),
        ("train", run_train, "Train the members; goes on from the last checkpoint of each."),
        ("export", run_export, "Export the trained members to ONNX, with golden cases and examples."),
        ("evaluate", run_evaluate, "Calibrate and measure the exported graphs, and write their manifest."),
        ("card", run_card, "Write the model card, with plots, from the evaluation."),
    ):
        command = commands.add_parser(
            name, help=description, description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter
        )
        command.set_defaults(run=run)
        command.add_argument("problem", choices=sorted(PROBLEMS), help="which problem")
        command.add_argument("--data", type=Path, default=MODELS / "data", help="folder of the data sets")
        command.add_argument("--runs", type=Path, default=MODELS / "runs", help="folder of checkpoints and evaluations")
        command.add_argument("--repository", type=Path, default=MODELS / "repository", help="where surrogates ship")
        command.add_argument("--threads", type=int, default=1, help="threads of PyTorch")
        if name in ("generate", "train"):
            command.add_argument("--seed", type=int, default=SEED, help="of data and members")
        if name == "train":
            command.add_argument(
                "--members", type=member_list, default=argparse.SUPPRESS, help="such as 0,1,2 (default: all of them)"
            )
        if name == "export":
            golden = MODELS.parent / "src/test/resources/golden"
            command.add_argument("--fine-golden", type=Path, default=golden, help="folder of the second golden case")
    return top


def member_list(text: str) -> list[int]:
    """Parse ``0,1,2``."""
    return [int(member) for member in text.split(",")]


def version_folder(options: argparse.Namespace) -> Path:
    """Where the version of the problem's surrogate lies."""
    return options.repository / options.problem.surrogate / str(options.problem.version)


def run_generate(options: argparse.Namespace) -> None:
    """Write the data sets that are not there yet."""
    datasets.generate(options.problem, options.data, options.seed)


def run_train(options: argparse.Namespace) -> None:
    """Train members one after another."""
    for member in getattr(options, "members", range(options.problem.member_count)):
        train_member(options.problem, member, options.data, options.runs, options.seed)


def run_export(options: argparse.Namespace) -> None:
    """Write graphs and archives."""
    print(export(options.problem, options.data, options.runs, options.repository, options.fine_golden))


def run_evaluate(options: argparse.Namespace) -> None:
    """Write the evaluation and the manifest, and print the evaluation."""
    folder = version_folder(options)
    evaluation = evaluate(options.problem, options.data, options.runs, folder)
    print("\n".join(report(evaluation)))
    print(write_manifest(options.problem, evaluation, folder))


def run_card(options: argparse.Namespace) -> None:
    """Write the model card."""
    folder = version_folder(options)
    manifest = json.loads((folder / "surrogate.json").read_text(encoding="utf-8"))
    evaluation = json.loads((options.runs / "evaluation.json").read_text(encoding="utf-8"))
    print(write_card(options.problem, manifest, evaluation, folder))
