"""stdout and stderr as a command meets them: closed, full, left by their reader, or short of letters.

A reader that went away (`policywatch log | head`) changes nothing but that no more is written: the command goes on to
its own exit code. What else keeps the results from being written is an error, told in one line.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import Any

_PLAIN = {"─": "-", "━": "-", "│": "|", "→": "->", "…": "...", "·": "-", "›": ">", "•": "*", "–": "-", "—": "-"}
_PLAIN |= {"‘": "'", "’": "'", "“": '"', "”": '"', "×": "x", "✓": "+", "\N{NON-BREAKING HYPHEN}": "-"}
_CLOSED = {0: os.O_RDONLY, 1: os.O_RDONLY, 2: os.O_WRONLY}  # results that nobody can get are an error, messages none


class Stream(io.FileIO):
    """A standard stream's file; ``lost`` once its reader is gone, or it could not be written."""

    def __init__(self, number: int, *, forgiving: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self._forgiving = forgiving
        self.lost = False

    def write(self, data: Any, /) -> int:
        try:
            return len(data) if self.lost else super().write(data)
        except OSError as error:
            self.lost = True
            if self._forgiving or isinstance(error, BrokenPipeError):
                return len(data)
            raise


def prepare() -> None:
    """Make stdout and stderr such streams. Letters that their encodings lack are replaced."""
    codecs.register_error("policywatch", _replaced)
    for number, mode in _CLOSED.items():
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)  # takes the lowest number that is free: this one
    sys.stdout = _text(sys.stdout, Stream(1, forgiving=False))
    sys.stderr = _text(sys.stderr, Stream(2, forgiving=True), lines=True)


def lost() -> bool:
    """Whether results were given up, because nobody reads them."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return isinstance(raw, Stream) and raw.lost


def _text(before: Any, stream: Stream, lines: bool = False) -> io.TextIOWrapper:
    errors = before.errors if before else "strict"
    return io.TextIOWrapper(
        io.BufferedWriter(stream),
        encoding=before.encoding if before else "utf-8",
        errors="policywatch" if errors in ("strict", "surrogateescape") else errors,
        line_buffering=lines or stream.isatty(),
    )


def _replaced(error: UnicodeError) -> tuple[str, int]:
    """A letter that the encoding lacks, as one that it has: its nearest, or a question mark."""
    assert isinstance(error, UnicodeEncodeError)
    letters = error.object[error.start : error.end]
    return "".join(_PLAIN.get(letter, "?") for letter in letters), error.end
