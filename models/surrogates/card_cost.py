"""The model card's comparison with the reference solver, at like accuracy and on like terms.

McGreivy and Hakim 2024 (arXiv 2407.07218): compare at equal accuracy or equal run time, with an efficient solver.
"""

from collections.abc import Iterator

from surrogates.report import grid_name


def cost_lines(evaluation: dict) -> Iterator[str]:
    """An honest comparison with the reference solver."""
    timing, surrogate = evaluation["timing"], evaluation["grids"][0]
    ensemble = {**timing["ensemble"], "relative_l2": surrogate["relative_l2"]}
    solvers = [("reference solver", timing["solver"])]
    solvers += [(f"the same, {solver['setting']}", solver) for solver in timing["coarser_solvers"]]
    yield "## Cost, and when the solver wins"
    yield ""
    yield (
        f"Wall time a case on {grid_name(timing['grid'])}, one thread, {timing['hardware']}; error against the "
        "solution in the data. Solver and surrogate run on the same grid and machine, alone and 16 cases at a time."
    )
    yield ""
    yield "| | batch 1 | batch 16 | relative L2 |"
    yield "| --- | --- | --- | --- |"
    for name, cost in [*solvers, ("ensemble, all members", ensemble)]:
        yield (
            f"| {name} | {1e3 * cost['seconds_batch_1']:.2f} ms | {1e3 * cost['seconds_batch_16']:.2f} ms | "
            f"{100 * cost['relative_l2']:.3g} % |"
        )
    yield ""
    yield verdict(ensemble, solvers)
    yield ""


def verdict(ensemble: dict, solvers: list[tuple[str, dict]]) -> str:
    """Who is faster at like accuracy."""
    accurate = [(name, cost) for name, cost in solvers if cost["relative_l2"] <= ensemble["relative_l2"]]
    if not accurate:
        return (
            "No setting of the solver on this grid is as accurate as the surrogate, which learnt from a finer one; so "
            "there is no comparison at like accuracy here."
        )
    name, solver = min(accurate, key=lambda named: named[1]["seconds_batch_1"])
    ratios = [solver[batch] / ensemble[batch] for batch in ("seconds_batch_1", "seconds_batch_16")]
    described = "; ".join(
        f"{'one case' if index == 0 else '16 cases'} at a time, the "
        + (f"ensemble is {ratio:.1f} times as fast" if ratio > 1 else f"solver is {1 / ratio:.1f} times as fast")
        for index, ratio in enumerate(ratios)
    )
    wins = (
        "On a CPU the solver wins for this textbook problem. The surrogate shows how one is served; it earns its place "
        "where a solve is expensive."
        if max(ratios) <= 1
        else "The solver remains the better choice where its accuracy is needed, or outside the training distribution."
    )
    return f'At the surrogate\'s accuracy or better, the cheapest of these is "{name}": {described}. {wins}'
