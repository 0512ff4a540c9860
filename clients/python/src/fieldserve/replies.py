"""Answers of predict, read into predictions: NPZ with headers (RFC 9651), or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from urllib3 import BaseHTTPResponse

from .arrays import FloatArray, read_npz
from .prediction import CaseTrust, Interval, PredictedField, Prediction, Spread, Timing, Trust

QUANTITIES = ("mean", "std", "lower", "upper", "members")

Manifest = Mapping[str, Any]
"""A version's description of itself, as ``describe`` has it."""

Label = Callable[[FloatArray, str, Mapping[str, Any]], Any]
"""Makes what the caller gets of an array: of its values, the quantity and the manifest's output field."""


@dataclass(frozen=True)
class Answer:
    """All that an answer says. ``arrays`` are named as in NPZ: ``mean``, or ``<field>.mean`` of several fields."""

    version: int
    arrays: Mapping[str, FloatArray]
    intervals: Mapping[str, Interval]
    trust: Trust
    timing: Timing

    def prediction(self, surrogate: str, manifest: Manifest, label: Label) -> Prediction[Any]:
        """The answer with what the manifest of its version says of the output fields."""
        outputs = manifest["outputs"]
        fields = {}
        for output in outputs:
            name = output["name"]
            prefix = "" if len(outputs) == 1 else f"{name}."
            arrays = {
                quantity: label(self.arrays[prefix + quantity], quantity, output)
                for quantity in QUANTITIES
                if prefix + quantity in self.arrays
            }
            fields[name] = PredictedField(name, output.get("unit"), arrays, self.intervals.get(name))
        return Prediction(surrogate, self.version, fields, self.trust, self.timing)


def read_binary(response: BaseHTTPResponse) -> Answer:
    """An answer whose arrays are the body and whose verdicts are headers."""
    headers = response.headers
    return Answer(
        int(headers["Fieldserve-Version"]),
        read_npz(response),
        _intervals(headers.get("Fieldserve-Interval", "")),
        Trust(headers["Fieldserve-Trusted"] == "?1"),
        timing(headers.get("Server-Timing", "")),
    )


def read_json(response: BaseHTTPResponse) -> Answer:
    """An answer that says why, whose numbers have the digits that give the same bits; null is NaN."""
    reply = json.loads(response.read())
    outputs = reply["outputs"]
    return Answer(
        reply["version"],
        {
            (quantity if len(outputs) == 1 else f"{name}.{quantity}"): np.array(field[quantity], dtype=np.float32)
            for name, field in outputs.items()
            for quantity in QUANTITIES
            if quantity in field
        },
        {name: _interval(field["interval"]) for name, field in outputs.items() if "interval" in field},
        _trust(reply["trust"]["cases"]),
        timing(response.headers.get("Server-Timing", "")),
    )


def timing(header: str) -> Timing:
    """``Server-Timing``, such as ``queue;dur=0.1, batch;desc=8``."""
    known: dict[str, Any] = {}
    for name, parameters in _items(header):
        if name == "batch":
            known[name] = int(parameters["desc"])
        elif name in Timing.__dataclass_fields__:
            known[name] = float(parameters["dur"])
    return Timing(**known)


def _intervals(header: str) -> dict[str, Interval]:
    return {
        name: Interval(
            float(parameters["level"]),
            parameters["guarantee"],
            float(parameters["coverage"]),
            int(parameters["cases"]),
        )
        for name, parameters in _items(header)
    }


def _items(header: str) -> list[tuple[str, dict[str, str]]]:
    """``a;x=1;y=2, b`` as names with their parameters. The service sends neither strings nor inner lists."""
    items = []
    for item in filter(None, map(str.strip, header.split(","))):
        name, *parameters = map(str.strip, item.split(";"))
        items.append((name, dict(parameter.split("=", 1) for parameter in parameters)))
    return items


def _interval(statement: Mapping[str, Any]) -> Interval:
    return Interval(
        statement["level"],
        statement["guarantee"],
        statement["coverage"],
        statement["calibration_cases"],
        tuple(statement["grid"]),
    )


def _trust(cases: list[Mapping[str, Any]]) -> Trust:
    read = tuple(
        CaseTrust(
            case["trusted"],
            tuple(case["reasons"]),
            {name: Spread(spread.get("score"), spread.get("p_value")) for name, spread in case["spread"].items()},
        )
        for case in cases
    )
    return Trust(all(case.trusted for case in read), read)
