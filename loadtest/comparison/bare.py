"""What a bare loop runs: the graphs of one surrogate on one case, with a setting of threads and batch."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import requests
from .contenders import WORK, Timed, Worker


@dataclass(frozen=True)
class BareSetting:
    """Intra-op threads, threads that call, and cases in a run."""

    label: str
    threads: int
    callers: int
    batch: int

    def __str__(self) -> str:
        return self.label

    @property
    def words(self) -> str:
        """In full."""
        return f"batch {self.batch}, {self.callers} caller(s) x {self.threads} thread(s)"


@dataclass(frozen=True)
class BareSubject:
    """The graphs of one surrogate."""

    graphs: tuple[Path, ...]
    output: str
    shape: str
    case: Path

    @classmethod
    def of(cls, repository: Path, model: str) -> "BareSubject":
        """A surrogate of the repository, on the first of the inputs that the servers get."""
        folder = repository / model / "1"
        manifest = json.loads((folder / "surrogate.json").read_text())
        ensemble = manifest["ensemble"]
        first = requests.cases(repository, model)[0]
        case = WORK / f"{model}.case"
        first.tofile(case)
        return cls(
            graphs=tuple(folder / file["path"] for file in ensemble["files"]),
            output="mean" if ensemble["layout"] == "moments" else manifest["outputs"][0]["name"],
            shape=",".join(map(str, (1, *first.shape))),
            case=case,
        )

    def run(self, worker: Worker, setting: BareSetting, lead_in: float, seconds: float) -> Timed:
        """Loop over all graphs, one after another."""
        return self._run(worker, self.graphs, setting, lead_in, seconds)

    def answer(self, worker: Worker) -> np.ndarray:
        """The mean over the graphs' outputs."""
        once = BareSetting("once", threads=1, callers=1, batch=1)
        outputs = []
        for graph in self.graphs:
            self._run(worker, (graph,), once, 0, 0.001)
            outputs.append(np.fromfile(self._output_file, np.float32))
        return np.mean(outputs, axis=0)

    @property
    def _output_file(self) -> Path:
        return self.case.with_suffix(".output")

    def _run(
        self, worker: Worker, graphs: tuple[Path, ...], setting: BareSetting, lead_in: float, seconds: float
    ) -> Timed:
        return worker.run(
            ",".join(map(str, graphs)),
            self.output,
            setting.threads,
            setting.callers,
            setting.batch,
            self.shape,
            self.case,
            lead_in,
            seconds,
            "{latencies}",
            self._output_file,
        )
