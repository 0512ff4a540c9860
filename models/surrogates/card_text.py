"""What a model card says, line by line. Every number comes from the manifest or the evaluation."""

from collections.abc import Iterator

from surrogates.card_cost import cost_lines
from surrogates.problems.problem import Problem
from surrogates.report import grid_name


def card_lines(problem: Problem, manifest: dict, evaluation: dict, size: int) -> Iterator[str]:
    """The Markdown of the card; ``size`` is that of all graphs in bytes."""
    yield f"# {manifest['name']}, version {manifest['version']}"
    yield ""
    yield manifest["description"]
    yield ""
    yield from problem_lines(manifest)
    yield from network_lines(problem, manifest, size)
    yield from accuracy_lines(evaluation)
    yield from calibration_lines(manifest, evaluation)
    yield from cost_lines(evaluation)
    yield "## Out of scope"
    yield ""
    yield from (f"- {use}" for use in problem.out_of_scope)
    yield ""
    yield f"Licence: {manifest['licence']}. Written by `python -m surrogates card {problem.name}` from its evaluation."


def problem_lines(manifest: dict) -> Iterator[str]:
    """Equation, domain and fields."""
    pde, grid = manifest["pde"], manifest["grid"]
    parameters = ", ".join(f"{symbol} = {value:g}" for symbol, value in pde["parameters"].items())
    yield "## Problem"
    yield ""
    yield f"$${pde['equation']}$$"
    yield ""
    yield f"{pde['name']} with {parameters}; {pde['domain']}; {pde['boundary_conditions']}."
    yield ""
    yield "| | field | symbol | what it is | shape | range in training |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for role, fields in (("input", manifest["inputs"]), ("output", manifest["outputs"])):
        for field in fields:
            shape = ", ".join(["B", str(field["channels"]), *field["axes"]])
            bounds = f"{field['range']['minimum']:.4g} to {field['range']['maximum']:.4g}"
            symbol = f"${field['symbol']}$"
            yield f"| {role} | `{field['name']}` | {symbol} | {field['description']} | `[{shape}]` | {bounds} |"
    yield ""
    yield (
        f"Grid: {grid['location']}; trained on {grid_name(grid['trained'])}, takes {grid_name(grid['minimum'])} to "
        f"{grid_name(grid['maximum'])}. All values are dimensionless."
    )
    yield ""
    yield "![One held-out case: input, reference solution and prediction](example.png)"
    yield ""


def network_lines(problem: Problem, manifest: dict, size: int) -> Iterator[str]:
    """Architecture and training."""
    training, ensemble = manifest["training"], manifest["ensemble"]
    hyper = ", ".join(f"{name} {value}" for name, value in training["network"].items() if name != "architecture")
    stages = [f"{epochs} epochs on {grid_name(problem.shape(grid))}" for grid, epochs in problem.plan.stages]
    cases = ", ".join(f"{count} {split}" for split, count in training["cases"].items())
    yield "## Networks and training"
    yield ""
    yield (
        f"{ensemble['members']} members, each a {training['network']['architecture']} ({hyper}) with "
        f"{training['parameters_per_member']:,} parameters (a complex weight counts as two). They differ in initial "
        "weights and data order."
    )
    yield ""
    seconds = f"{training['cpu_seconds_per_member']:.0f} CPU seconds a member"
    yield f"- Training: {', then '.join(stages)}; {seconds} on {training['hardware']}."
    yield f"- Data: {training['generator']}. Cases: {cases}; seed {training['seed']}."
    yield (
        f"- Files: layout `{ensemble['layout']}`, {len(ensemble['files'])} graph(s), {size / 1e6:.1f} MB. Spectral "
        "weights are stored as float16 and cast when the file is opened; every number on this page is that of the "
        "files as they ship."
    )
    yield ""


def accuracy_lines(evaluation: dict) -> Iterator[str]:
    """Errors by grid."""
    yield "## Accuracy"
    yield ""
    yield (
        "Relative L2 error in percent, mean over test cases that neither training nor calibration saw. CRPS and mean "
        "absolute error in the field's unit; spread / skill is one for an ensemble whose spread matches its error."
    )
    yield ""
    yield "| grid | cases | ensemble mean | members | median / 99 % / worst | CRPS | mean abs. error | spread / skill |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for grid in evaluation["grids"]:
        members = ", ".join(f"{100 * error:.3g}" for error in grid["relative_l2_members"])
        quantile = grid["relative_l2_quantiles"]
        worst = " / ".join(f"{100 * quantile[level]:.3g}" for level in ("0.5", "0.99", "1.0"))
        yield (
            f"| {grid_name(grid['grid'])} | {grid['test_cases']} | **{100 * grid['relative_l2']:.3g}** | {members} | "
            f"{worst} | {grid['crps']:.2e} | {grid['mean_absolute_error']:.2e} | {grid['spread_skill_ratio']:.2f} |"
        )
    yield ""


def calibration_lines(manifest: dict, evaluation: dict) -> Iterator[str]:
    """Intervals by grid."""
    calibration = manifest["calibration"]
    yield "## Intervals"
    yield ""
    yield f"{calibration['method']} The interval is mean ± scale · (std + floor). std alone is not an interval."
    yield ""
    yield from (f"- {reference}" for reference in calibration["references"])
    yield ""
    yield "Scale, coverage measured on the test cases, and mean width in the field's unit:"
    yield ""
    yield "| grid | cases | floor | level | pointwise | simultaneous |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for grid in evaluation["grids"]:
        levels = {(level["level"], level["guarantee"]): level for level in grid["levels"]}
        for value in sorted({level for level, _ in levels}):
            columns = [
                f"{entry['scale']:.3g}, {entry['coverage']:.1%}, {entry['mean_width']:.2e}"
                for entry in (levels[value, "pointwise"], levels[value, "simultaneous"])
            ]
            yield (
                f"| {grid_name(grid['grid'])} | {grid['calibration_cases']} | {grid['std_floor']:.2e} | {value:g} | "
                f"{columns[0]} | {columns[1]} |"
            )
    yield ""
    yield "![Coverage on test cases against the nominal level](calibration.png)"
    yield ""
