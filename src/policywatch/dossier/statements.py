"""A position in one plain sentence, and what it means for users; the sentences stand in statements.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from policywatch.model import Position, plain
from policywatch.patterns import late

_UNCLEAR = "{platform}'s documents can be read in more than one way on this, or hint at it without saying it."
_NOT_STATED = "Nothing on this was found in {platform}'s documents."
_EXCEPTS = "The sentence makes an exception."
_EXCEPTION = late(
    r"\b(?:except(?!ional)|save (?:as|for|where)|unless|other than|apart from|aside from)\b", re.IGNORECASE
)
_UNREAD = "This was not read: {note}."


def says(position: Position) -> str:
    """What the platform does, in one sentence."""
    if position.note:
        return _UNREAD.format(note=position.note)
    fallback = _NOT_STATED if position.position == "not-stated" else _UNCLEAR
    template = _sentences().get(position.question, {}).get(position.position, {}).get("says", fallback)
    days = f", {position.value} days ahead" if isinstance(position.value, int) else ""
    value = "see the quote" if position.value is None else str(position.value)
    said = template.format(platform=position.platform, value=value, days=days)
    return f"{said} {_EXCEPTS}" if _excepts(position) else said


def _excepts(position: Position) -> bool:
    """Whether what is denied is denied with a reservation: "Except as told above, we do not sell …"."""
    denies = position.position.startswith("does-not-")
    return denies and any(_EXCEPTION.search(plain(quote.text)) for quote in position.deciding)


def means(position: Position) -> str:
    """What that means for users; "" where the documents do not say."""
    return _sentences().get(position.question, {}).get(position.position, {}).get("means", "")


@cache
def _sentences() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    source = resources.files("policywatch.dossier") / "statements.yaml"
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load(source.read_text("utf-8"))
    return found
