"""Giving work to a pool so that hosts do not stand in each other's way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def spread(
    executor: Executor, work: Callable[[T], R], items: Iterable[T], *, host: Callable[[T], str], per_host: int
) -> Iterator[tuple[T, Future[R]]]:
    """Run ``work`` over items; yield each with its finished future, in the order they finish.

    At most ``per_host`` items of one host are with the executor at a time, so that a slow or dead host never takes up
    more workers than that, and the others' documents pass it by. Items of one host start in their order. Stopping
    early (closing the iterator) cancels what has not begun.
    """
    lines: dict[str, deque[T]] = {}
    for item in items:
        lines.setdefault(host(item), deque()).append(item)
    running: dict[Future[R], tuple[str, T]] = {}

    def start(name: str) -> None:
        if lines[name]:
            item = lines[name].popleft()
            running[executor.submit(work, item)] = (name, item)

    try:
        for _ in range(per_host):
            for name in lines:
                start(name)
        while running:
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                name, item = running.pop(future)
                start(name)
                yield item, future
    finally:
        for future in running:
            future.cancel()
