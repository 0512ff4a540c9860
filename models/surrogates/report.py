"""The table that ``evaluate`` prints."""

from collections.abc import Iterator


def report(evaluation: dict) -> Iterator[str]:
    """Lines of text with the accuracy, the calibration and the cost."""
    yield f"{evaluation['surrogate']}, version {evaluation['version']}: relative L2 error on test cases"
    header = f"{'grid':>12} {'cases':>6} {'ensemble':>9} {'members':>20} {'CRPS':>9}"
    yield f"{header} {'spread/skill':>13} {'corr(std, error)':>17}"
    for grid in evaluation["grids"]:
        members = grid["relative_l2_members"]
        yield (
            f"{grid_name(grid['grid']):>12} {grid['test_cases']:>6} {grid['relative_l2']:>9.3%} "
            f"{f'{min(members):.3%} to {max(members):.3%}':>20} {grid['crps']:>9.2e} "
            f"{grid['spread_skill_ratio']:>13.2f} {grid['spread_error_correlation']:>17.2f}"
        )
    yield ""
    yield "Intervals: coverage measured on test cases"
    yield f"{'grid':>12} {'level':>6} {'guarantee':>13} {'scale':>8} {'coverage':>9} {'mean width':>11}"
    for grid in evaluation["grids"]:
        for level in grid["levels"]:
            yield (
                f"{grid_name(grid['grid']):>12} {level['level']:>6} {level['guarantee']:>13} {level['scale']:>8.3f} "
                f"{level['coverage']:>9.3f} {level['mean_width']:>11.3e}"
            )
    timing = evaluation["timing"]
    yield ""
    yield f"Milliseconds a case at {grid_name(timing['grid'])}, one thread, on {timing['hardware']}"
    yield f"{'':>36} {'batch 1':>8} {'batch 16':>9} {'relative L2':>12}"
    settings = [("reference solver", timing["solver"])]
    settings += [(f"with {solver['setting']}", solver) for solver in timing["coarser_solvers"]]
    settings += [("ensemble", {**timing["ensemble"], "relative_l2": evaluation["grids"][0]["relative_l2"]})]
    for name, cost in settings:
        yield (
            f"{name:>36} {1e3 * cost['seconds_batch_1']:>8.2f} {1e3 * cost['seconds_batch_16']:>9.2f} "
            f"{cost['relative_l2']:>12.3%}"
        )


def grid_name(grid: list[int]) -> str:
    """Such as 64 x 64, or 256 points."""
    return " x ".join(map(str, grid)) + (" points" if len(grid) == 1 else "")
