"""urllib3's retries and time-outs, bounded by one deadline for all tries together."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Self

from urllib3 import BaseHTTPResponse, Retry, Timeout
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import MaxRetryError, ResponseError

TRY_AGAIN = (429, 503)
LEAST_SECONDS = 1e-3


class RetryUntil(Retry):
    """Tries again as long as the next try can begin before ``deadline``, a time of ``time.monotonic``.

    Retried are 429 and 503, after the time that ``Retry-After`` names; connections that can't be made, as while the
    service starts; and once, since a prediction changes nothing, a connection that breaks. The last answer is returned,
    not raised.
    """

    def __init__(self, deadline: float, **settings: Any) -> None:
        """``settings`` are those of ``urllib3.Retry``, over the ones that make it what is said above."""
        self.deadline = deadline
        above: dict[str, Any] = {
            "total": None,
            "read": 1,
            "allowed_methods": None,
            "status_forcelist": TRY_AGAIN,
            "raise_on_status": False,
            "backoff_factor": 0.1,
            "backoff_max": 2.0,
            "backoff_jitter": 0.1,
        }
        super().__init__(**{**above, **settings})

    def new(self, **changes: Any) -> Self:
        """The retries that are left after one."""
        return super().new(deadline=self.deadline, **changes)

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        """Count a failed try.

        Raises:
            MaxRetryError: the next one would begin after the deadline.
        """
        left = super().increment(method, url, response, error, _pool, _stacktrace)
        wait = (response and self.get_retry_after(response)) or left.get_backoff_time()
        if time.monotonic() + wait >= self.deadline:
            assert _pool is not None
            raise MaxRetryError(_pool, url or "", error or ResponseError("no time is left for another try")) from error
        return left


class TimeLeft(Timeout):
    """What is left until ``deadline`` at the moment each try begins."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        super().__init__(total=max(deadline - time.monotonic(), LEAST_SECONDS))

    def clone(self) -> TimeLeft:
        """The time-out of the next try, as urllib3 asks for it."""
        return TimeLeft(self.deadline)
