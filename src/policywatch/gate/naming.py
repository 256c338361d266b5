"""Names in the gate that mean nothing: each would silently let everything through."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from policywatch.errors import ConfigError
from policywatch.taxonomy import Taxonomy
from policywatch.taxonomy.positions import NOT_STATED, QUESTIONS, UNCLEAR
from policywatch.watchlist import Gate
from policywatch.yaml_places import KeyPath, Places, nearest, read_yaml


def check_names(classes: Taxonomy, gate: Gate, watchlist: Path | None = None) -> None:
    """Raises ConfigError with every such name, and where it stands in the watchlist."""
    found = tuple(_mistakes(classes, gate))
    if not found:
        return
    file = str(watchlist or "gate")
    places = read_yaml(watchlist.read_text("utf-8-sig"), file)[1] if watchlist else Places(file)
    problems = sorted((places.problem(("gate", *path), words) for path, words in found), key=places.order)
    number = f"{len(found)} {'mistake' if len(found) == 1 else 'mistakes'}"
    raise ConfigError(f"{file}: {number}", tuple(problems), "see `policywatch categories`")


def _mistakes(classes: Taxonomy, gate: Gate) -> Iterator[tuple[KeyPath, str]]:
    for place, category in enumerate(gate.categories):
        if category not in classes.categories:
            yield ("categories", place), _no_such("category", category, classes.categories, listed=False)
    for question, allowed in gate.positions.items():
        if question not in QUESTIONS:
            yield ("positions", question), _no_such("question", question, QUESTIONS)
            continue
        known = (*classes.categories[question].positions, NOT_STATED, UNCLEAR)
        for place, position in enumerate(allowed):
            if position not in known:
                yield ("positions", question, place), _no_such("position", position, known)


def _no_such(what: str, name: str, known: Collection[str], listed: bool = True) -> str:
    return f"no such {what}, found {name!r}{nearest(name, known, listed)}"
