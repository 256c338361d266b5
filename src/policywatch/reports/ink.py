"""Colour for a terminal, laid on text that reads the same without it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TextIO

Paint = Callable[[str, str], str]  # (style, text) -> text

_STYLES: Mapping[str, str] = {
    "title": "1",
    "name": "1",
    "quote": "3",
    "dim": "2",
    "link": "36",
    "good": "32",
    "bad": "31",
    "mixed": "33",
}


def no_paint(style: str, text: str) -> str:
    return text


def ansi(style: str, text: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if text and style in _STYLES else text


def paint_for(stream: TextIO) -> Paint:
    """Colour where a person looks at a terminal that has it; NO_COLOR and TERM=dumb are respected."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return no_paint if plain else ansi
