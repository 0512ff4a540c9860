"""PDE surrogates served by Fieldserve, called with numpy and xarray.

>>> from fieldserve import Client
>>> with Client("http://localhost:8080") as client:
...     u = client.predict("darcy-fno", a)  # doctest: +SKIP
...     u.mean, u.lower, u.upper, u.trust.trusted  # doctest: +SKIP
"""

from .client import Client, PredictOptions
from .errors import (
    BadRequestError,
    BodyNotReceivedError,
    ConnectionFailedError,
    DeadlineExceededError,
    EncodingError,
    FieldserveError,
    InternalError,
    InvalidInputError,
    InvalidParameterError,
    MalformedBodyError,
    MediaTypeError,
    MethodNotAllowedError,
    MissingRoleError,
    NoExamplesError,
    NotAcceptableError,
    NotAuthorizedError,
    NotFoundError,
    OverloadedError,
    ProblemError,
    TooLargeError,
    TryAgainError,
    UnauthenticatedError,
    UnavailableError,
    UnknownSurrogateError,
    UnknownVersionError,
    UnreadableAnswerError,
)
from .prediction import CaseTrust, Example, Interval, PredictedField, Prediction, Spread, Timing, Trust

__all__ = [
    "BadRequestError",
    "BodyNotReceivedError",
    "CaseTrust",
    "Client",
    "ConnectionFailedError",
    "DeadlineExceededError",
    "EncodingError",
    "Example",
    "FieldserveError",
    "InternalError",
    "Interval",
    "InvalidInputError",
    "InvalidParameterError",
    "MalformedBodyError",
    "MediaTypeError",
    "MethodNotAllowedError",
    "MissingRoleError",
    "NoExamplesError",
    "NotAcceptableError",
    "NotAuthorizedError",
    "NotFoundError",
    "OverloadedError",
    "PredictOptions",
    "PredictedField",
    "Prediction",
    "ProblemError",
    "Spread",
    "Timing",
    "TooLargeError",
    "Trust",
    "TryAgainError",
    "UnauthenticatedError",
    "UnavailableError",
    "UnknownSurrogateError",
    "UnknownVersionError",
    "UnreadableAnswerError",
]
