"""Calls in parallel whose results come in order, with bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_order(function: Callable[[T], R], items: Iterable[T], concurrency: int) -> Iterator[R]:
    """``function`` of each item, in the items' order, with up to ``concurrency`` calls running.

    At most ``concurrency`` items and results are held; an item is taken from ``items`` only when there is room for it.
    A call that fails ends the iteration with its exception, once the calls under way are through.
    """
    with ThreadPoolExecutor(concurrency, thread_name_prefix="fieldserve") as threads:
        waiting: deque[Future[R]] = deque()
        try:
            for item in items:
                waiting.append(threads.submit(function, item))
                if len(waiting) == concurrency:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for call in waiting:
                call.cancel()
