"""What comes back from predict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .arrays import FloatArray

A = TypeVar("A")
"""Of the arrays: ``numpy.ndarray``, or ``xarray.DataArray`` where xarray went in."""


@dataclass(frozen=True)
class Interval:
    """What ``lower`` and ``upper`` promise.

    Attributes:
        level: Nominal probability, such as 0.9.
        guarantee: ``pointwise``: on average over points and cases; ``simultaneous``: a whole solution at once.
        coverage: Measured on cases that neither training nor calibration saw; to four decimals unless explained.
        calibration_cases: Number of cases behind the width.
        grid: The grid on which it was calibrated; None unless explained.
    """

    level: float
    guarantee: str
    coverage: float
    calibration_cases: int
    grid: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Spread:
    """How much the members disagree on a field.

    Attributes:
        score: ||std|| / ||mean|| over the grid; None for a single member or where it is not finite.
        p_value: Share of calibration cases on which they disagree as much: small means unlike the training
            distribution. None on a grid that was not calibrated.
    """

    score: float | None
    p_value: float | None


@dataclass(frozen=True)
class CaseTrust:
    """The word on one case: trusted if there are no ``reasons`` against it. ``spread`` is by output field."""

    trusted: bool
    reasons: tuple[str, ...]
    spread: Mapping[str, Spread]


@dataclass(frozen=True)
class Trust:
    """Whether the answer is to be trusted.

    Attributes:
        trusted: Whether nothing speaks against any case.
        cases: One a case. None unless ``explain=True`` was asked for: a binary answer carries the verdict alone.
    """

    trusted: bool
    cases: tuple[CaseTrust, ...] | None = None

    @property
    def reasons(self) -> tuple[str, ...] | None:
        """What speaks against any case, each reason once; None where ``cases`` is, for it isn't known."""
        if self.cases is None:
            return None
        return tuple(dict.fromkeys(reason for case in self.cases for reason in case.reasons))


@dataclass(frozen=True)
class Timing:
    """Where the time went in the service, in milliseconds; None for what the service did not report.

    Attributes:
        decode: Reading the body.
        queue: Waiting until the batch began.
        infer: The members' run and the moments.
        encode: Interval, trust and what the answer needs beside its arrays.
        batch: Number of cases that ran together, those of other callers included.
    """

    decode: float | None = None
    queue: float | None = None
    infer: float | None = None
    encode: float | None = None
    batch: int | None = None


@dataclass(frozen=True)
class PredictedField(Generic[A]):
    """One output field: arrays in physical units, in the layout of the input (with or without batch and channel axes).

    Attributes:
        name: Of the field, such as ``pressure``.
        unit: Of every array; ``1`` for dimensionless, None where the surrogate doesn't say.
        arrays: By quantity, those that were asked for.
        interval: What lower and upper promise, where they are part of the answer.
    """

    name: str
    unit: str | None
    arrays: Mapping[str, A] = field(repr=False)
    interval: Interval | None = None

    @property
    def mean(self) -> A:
        """Mean over the members."""
        return self._array("mean")

    @property
    def std(self) -> A:
        """Sample standard deviation (n - 1) over the members; no interval, and not calibrated."""
        return self._array("std")

    @property
    def lower(self) -> A:
        """Lower bound of the interval."""
        return self._array("lower")

    @property
    def upper(self) -> A:
        """Upper bound of the interval."""
        return self._array("upper")

    @property
    def members(self) -> A:
        """What each member says, along a first axis of its own."""
        return self._array("members")

    def _array(self, quantity: str) -> A:
        if quantity not in self.arrays:
            raise AttributeError(
                f"this prediction has no {quantity}, but {', '.join(self.arrays)}: members come where outputs= asks for"
                " them, lower and upper by default on calibrated grids alone"
            )
        return self.arrays[quantity]


@dataclass(frozen=True)
class Prediction(Generic[A]):
    """A solution with its uncertainty.

    Where the surrogate has one output field, its arrays are attributes: ``prediction.mean``. In any case,
    ``prediction["pressure"]`` is the field of that name. Arrays are float32, with all bits that the service computed,
    and the caller's own to write to.

    Attributes:
        surrogate: Its name.
        version: That answered.
        fields: By name.
        trust: Whether the answer is to be trusted.
        timing: Where the time went in the service.
    """

    surrogate: str
    version: int
    fields: Mapping[str, PredictedField[A]]
    trust: Trust
    timing: Timing

    def __getitem__(self, name: str) -> PredictedField[A]:
        return self.fields[name]

    @property
    def mean(self) -> A:
        """The only field's mean over the members."""
        return self._only.mean

    @property
    def std(self) -> A:
        """The only field's sample standard deviation (n - 1) over the members."""
        return self._only.std

    @property
    def lower(self) -> A:
        """Lower bound of the only field's interval."""
        return self._only.lower

    @property
    def upper(self) -> A:
        """Upper bound of the only field's interval."""
        return self._only.upper

    @property
    def members(self) -> A:
        """What each member says of the only field, along a first axis of its own."""
        return self._only.members

    @property
    def interval(self) -> Interval | None:
        """What the only field's lower and upper promise."""
        return self._only.interval

    @property
    def _only(self) -> PredictedField[A]:
        if len(self.fields) != 1:
            raise AttributeError(f"{self.surrogate} has several fields, {', '.join(self.fields)}: take one by its name")
        return next(iter(self.fields.values()))


@dataclass(frozen=True)
class Example:
    """A held-out case.

    Attributes:
        inputs: Float32 arrays by input field, without batch axis: predict takes them as they are.
        reference: The reference solver's solution by output field; empty unless asked for.
    """

    inputs: Mapping[str, FloatArray]
    reference: Mapping[str, FloatArray]
