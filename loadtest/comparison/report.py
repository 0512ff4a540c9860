"""Tables in Markdown, everything in JSON, and the section of a page between two markers."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .figures import MILLISECONDS, Figure, Rounds
from .measure import Sample
from .statistics import digits, percentiles, spread
from .workloads import Workload

BEGIN, END = "<!-- begin: written by loadtest/compare -->", "<!-- end: written by loadtest/compare -->"
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Report:
    """All that one run found."""

    conditions: dict[str, str]
    notes: list[str]
    workloads: list[Workload]
    samples: list[Sample]
    figures: list[Figure]

    def markdown(self) -> str:
        """Conditions, figures of merit and a table a workload."""
        parts = [f"- {name}: {value}" for name, value in self.conditions.items()]
        parts += [f"- {note}" for note in self.notes]
        parts += ["", "Medians of the rounds, smallest and largest in brackets.", "", *self._figures()]
        rounds = Rounds(self.samples)
        for workload in self.workloads:
            parts += ["", f"**{workload.title}**", "", *_table(workload, rounds)]
        return "\n".join(parts) + "\n"

    def _figures(self) -> list[str]:
        lines = ["| figure | measured | aim | |", "| --- | --- | --- | --- |"]
        for figure in self.figures:
            aim = f"{'at least' if figure.at_least else 'at most'} {digits(figure.bound)}"
            lines.append(f"| {figure.title} | {figure.value} | {aim} | {'met' if figure.met else '**missed**'} |")
        return lines

    def json(self) -> str:
        """One object; latencies as percentiles."""
        return json.dumps(
            {
                "conditions": self.conditions,
                "notes": self.notes,
                "figures": [
                    {"title": f.title, "bound": f.bound, "at_least": f.at_least, "met": f.met, **vars(f.value)}
                    for f in self.figures
                ],
                "samples": [_plain(sample) for sample in self.samples],
            },
            indent=1,
        )


def write_section(page: Path, markdown: str) -> None:
    """Replace what stands between the markers of a page, which must have both."""
    before, begin, rest = page.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} has no lines '{BEGIN}' and '{END}'")
    page.write_text(f"{before}{BEGIN}\n\n{markdown}\n{END}{after}")


def _table(workload: Workload, rounds: Rounds) -> list[str]:
    lines = [
        "| | cases/s | p50 ms | p90 ms | p99 ms | CPU ms a case | client's | peak RSS MiB | PSS MiB | failed |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for contender in rounds.contenders(workload.key):
        samples = rounds.of(workload.key, contender)
        pooled = np.concatenate([sample.latencies for sample in samples])
        latencies = [digits(MILLISECONDS * value) for value in percentiles(pooled)]
        cells = [
            contender,
            str(spread([sample.throughput for sample in samples])),
            *latencies,
            digits(MILLISECONDS * float(np.median([sample.server_cpu for sample in samples]))),
            digits(MILLISECONDS * float(np.median([sample.client_cpu for sample in samples]))),
            str(max(sample.peak_memory for sample in samples) // MEBIBYTE),
            str(max(sample.shared_memory for sample in samples) // MEBIBYTE),
            str(sum(sample.failures for sample in samples)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    rates = {sample.rate for sample in rounds.of(workload.key, "fieldserve")} - {0.0}
    return [*lines, "", f"Arrival rate: {digits(rates.pop())} requests/s."] if rates else lines


def _plain(sample: Sample) -> dict:
    fields = dict(vars(sample))
    latencies = fields.pop("latencies")
    p50, p90, p99 = (value if latencies.size else None for value in percentiles(latencies))
    return {**fields, "requests": int(latencies.size), "p50": p50, "p90": p90, "p99": p99}
