"""The last few answers to costly questions."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Recent(Generic[Q, A]):
    """Answers kept with what was asked. Few, since texts are large; found by comparing, which mostly ends early.

    Several documents of a platform are often one page, and change together.
    """

    def __init__(self, kept: int) -> None:
        self._kept: deque[tuple[Q, A]] = deque(maxlen=kept)

    def get(self, question: Q) -> A | None:
        return next((answer for asked, answer in tuple(self._kept) if asked == question), None)

    def put(self, question: Q, answer: A) -> None:
        self._kept.append((question, answer))

    def cache_clear(self) -> None:
        """Forget all of them, as functools' caches do."""
        self._kept.clear()

    def of(self, question: Q, make: Callable[[], A]) -> A:
        """The answer, made now unless it is known."""
        known = self.get(question)
        if known is None:
            known = make()
            self.put(question, known)
        return known
