"""What can go wrong, as types: each kind of problem document (RFC 9457) that the service sends has its own."""

from __future__ import annotations

import json
from typing import Any, ClassVar

PREFIX = "urn:fieldserve:problem:"
EXCERPT = 200


class FieldserveError(Exception):
    """Whatever this package raises of its own."""


class ConnectionFailedError(FieldserveError):
    """No whole answer came: the service can't be reached, or the connection broke or fell silent."""


class UnreadableAnswerError(FieldserveError):
    """What came is no answer of a Fieldserve service that this client understands."""


class ProblemError(FieldserveError):
    """The service answered with a failure; of this very class where its kind is not known here.

    Attributes:
        status: HTTP status.
        type: Stable name of the kind of failure, such as ``urn:fieldserve:problem:invalid-input``.
        title: The kind in words.
        detail: What happened, in a sentence.
        field: The input field at fault, if one is.
        parameter: The parameter at fault, if one is.
        expected: What would have been right, where that can be said.
        actual: What came.
        incident: Finds a fault of the service in its log.
        retry_after: Seconds after which another try is worth it, where the service said so.
    """

    kinds: ClassVar[dict[str, type[ProblemError]]] = {}

    def __init_subclass__(cls, kind: str | None = None, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if kind is not None:
            ProblemError.kinds[PREFIX + kind] = cls

    def __init__(self, status: int, problem: dict[str, Any], retry_after: float | None = None) -> None:
        self.status = status
        self.type: str = problem.get("type", "about:blank")
        self.title: str = problem.get("title", f"HTTP status {status}")
        self.detail: str = problem.get("detail", "")
        self.field: str | None = problem.get("field")
        self.parameter: str | None = problem.get("parameter")
        self.expected: str | None = problem.get("expected")
        self.actual: str | None = problem.get("actual")
        self.incident: str | None = problem.get("incident")
        self.retry_after = retry_after
        super().__init__(status, problem, retry_after)

    def __str__(self) -> str:
        incident = f" (incident {self.incident})" if self.incident else ""
        return f"{self.status} {self.title}: {self.detail}{incident}"


class BadRequestError(ProblemError):
    """What was sent has to be mended."""


class MalformedBodyError(BadRequestError, kind="malformed-body"):
    """400: the body can't be read, or has NaN or infinities where the surrogate forbids them."""


class InvalidParameterError(BadRequestError, kind="invalid-parameter"):
    """400: an option is unknown or has a value it can't have, such as a level that was not calibrated."""


class InvalidInputError(BadRequestError, kind="invalid-input"):
    """422: well formed, but not this surrogate's input: shape, channels, missing or unknown field."""


class TooLargeError(BadRequestError, kind="too-large"):
    """413: body, grid, batch or number of points is over the service's limit."""


class MediaTypeError(BadRequestError, kind="unsupported-media-type"):
    """415: the body has a type that the service doesn't read."""


class EncodingError(BadRequestError, kind="unsupported-encoding"):
    """415: the body is compressed in a way that the service doesn't read."""


class NotAcceptableError(BadRequestError, kind="not-acceptable"):
    """406: the service doesn't write any type that was asked for."""


class MethodNotAllowedError(BadRequestError, kind="method-not-allowed"):
    """405: there is something at this address, but it isn't called like this."""


class NotFoundError(BadRequestError, kind="not-found"):
    """404: there is nothing at this address."""


class UnknownSurrogateError(NotFoundError, kind="unknown-surrogate"):
    """404: no surrogate of this name is served."""


class UnknownVersionError(NotFoundError, kind="unknown-version"):
    """404: the surrogate is served, but not in this version."""


class NoExamplesError(NotFoundError, kind="no-examples"):
    """404: the surrogate ships no example cases."""


class NotAuthorizedError(BadRequestError):
    """The caller, not the request, is at fault."""


class UnauthenticatedError(NotAuthorizedError, kind="unauthenticated"):
    """401: the service asks for a key, and none came, or one that it doesn't know."""


class MissingRoleError(NotAuthorizedError, kind="missing-role"):
    """403: the caller is known, but may not do this."""


class TryAgainError(ProblemError):
    """Nothing is wrong with the request: later it may succeed. ``retry_after`` says when, in seconds."""


class OverloadedError(TryAgainError, kind="overloaded"):
    """429: as much waits as may, still so after the client's own tries."""


class UnavailableError(TryAgainError, kind="unavailable"):
    """503: the service is starting or stopping, still so after the client's own tries."""


class DeadlineExceededError(TryAgainError, kind="deadline-exceeded"):
    """504: the prediction did not begin within ``timeout``."""


class BodyNotReceivedError(TryAgainError, kind="body-not-received"):
    """408: the body did not reach the service in time."""


class InternalError(ProblemError, kind="internal-error"):
    """500: a fault of the service; ``incident`` finds it in its log."""


def problem_error(status: int, body: bytes, retry_after: float | None) -> ProblemError:
    """The error for a failure's answer, even where a proxy wrote it and it is no problem document."""
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {"detail": body[:EXCERPT].decode(errors="replace")}
    return ProblemError.kinds.get(problem.get("type", ""), ProblemError)(status, problem, retry_after)
