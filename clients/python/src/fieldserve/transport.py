"""One exchange over HTTP: pooled connections, retries, and failures as exceptions."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import HTTPError

from .arrays import Body
from .errors import ConnectionFailedError, UnreadableAnswerError, problem_error
from .retries import RetryUntil, TimeLeft

OK = 200


class Transport:
    """Connections to one service. Any number of threads may use it; those over ``connections`` wait for one."""

    def __init__(
        self,
        url: str,
        *,
        deadline: float,
        retry: bool,
        connections: int,
        headers: Mapping[str, str],
        http: urllib3.PoolManager | None,
    ) -> None:
        self._url = url.rstrip("/")
        self._deadline = deadline
        self._retry = retry
        self._headers = {"User-Agent": "fieldserve-python", **headers}
        self._borrowed = http is not None
        self._http = urllib3.PoolManager(maxsize=connections, block=True) if http is None else http

    @contextmanager
    def exchange(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any],
        accept: str,
        body: Body | None = None,
    ) -> Iterator[urllib3.BaseHTTPResponse]:
        """An answer whose body has not been read yet; its connection goes back to the pool at the end of the block.

        Raises:
            ProblemError: the answer is a failure.
            ConnectionFailedError: there is no whole answer.
            UnreadableAnswerError: the block could not read it, which a KeyError or ValueError says.
        """
        address = f"{self._url}{path}" + (f"?{urlencode(parameters)}" if (parameters := _shown(query)) else "")
        headers = {**self._headers, "Accept": accept, **(body.headers if body else {})}
        until = time.monotonic() + self._deadline
        try:
            response = self._http.request(
                method,
                address,
                body=body.pieces if body else None,  # type: ignore[arg-type] # a list can be sent again
                headers=headers,
                retries=RetryUntil(until) if self._retry else False,
                timeout=TimeLeft(until),
                pool_timeout=self._deadline,
                redirect=False,
                preload_content=False,
            )
            if response.status != OK:
                # To be read to its end is what gives the connection back.
                raise problem_error(response.status, response.read(), _retry_after(response))
            try:
                yield response
                response.drain_conn()
            except BaseException:
                # What is left unread would be taken for the next answer.
                response.close()
                raise
            finally:
                response.release_conn()
        except HTTPError as e:
            raise ConnectionFailedError(f"{method} {address}: {e}") from e
        except (KeyError, ValueError) as e:
            raise UnreadableAnswerError(f"{method} {address}: {e}") from e

    def close(self) -> None:
        """Close the connections, unless they belong to the caller."""
        if not self._borrowed:
            self._http.clear()


def _shown(query: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(value) for name, value in query.items() if value is not None}


def _text(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            # The service reads no exponents.
            return f"{value:.9f}".rstrip("0").rstrip(".")
        case str():
            return value
        case Sequence():
            return ",".join(map(str, value))
        case _:
            return str(value)


def _retry_after(response: urllib3.BaseHTTPResponse) -> float | None:
    return urllib3.Retry().get_retry_after(response)
