"""How much a change matters: docs/severity.md explains this rule on one screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from policywatch.comparison import entries
from policywatch.comparison.pointing import same_words
from policywatch.model import Change, Severity, Signal

HIGH: Final = 3
MEDIUM: Final = 2
WAIVED: Final = 2  # for rights given up in a clause that came or went: they are lost whatever else it is about
UNKNOWN: Final = 1  # weight of a clause without a category, and of a category without a weight
# Shifts that can turn a clause's meaning round, and shifts of how far it reaches. Other signals only inform.
GRAVE = frozenset({"modality", "negation", "opt-in-out", "consent", "waiver"})
TELLING = frozenset({"number", "discretion", "notice", "non-exhaustive", "recipient", "purpose", "company", "scope"})


def severity(change: Change, weights: Mapping[str, float]) -> Severity:
    """From the heaviest of the change's categories (0-3 each), its kind and its signals."""
    weight = max((weights.get(category, UNKNOWN) for category in change.categories), default=UNKNOWN)
    if weight <= 0 or change.kind in ("moved", "renumbered") or all(op == "=" for op, _ in change.words):
        return "low"
    if _dated(change) or _recased(change) or _repointed(change) or _logged(change):
        return "low"
    heading = all(clause.kind == "heading" for clause in (*change.before, *change.after))
    points = weight - heading
    if change.before and change.after:
        points += _shift(change) - 1
    elif not heading and any(signal.kind == "waiver" for signal in change.signals):
        points += WAIVED
    return "high" if points >= HIGH else "medium" if points >= MEDIUM else "low"


def _shift(change: Change) -> int:
    kinds = {signal.kind for signal in change.signals if not _same_duty(signal)}
    return 2 if kinds & GRAVE else 1 if kinds & TELLING else 0


def _dated(change: Change) -> bool:
    """Whether nothing but the text's own date was reworded."""
    sides = [side for one in change.signals if one.kind == "effective-date" for side in (one.before, one.after)]
    edits = [text.strip(" .,()") for op, text in change.words if op != "="]
    return change.kind == "reworded" and all(any(edit in side for side in sides) for edit in edits)


def _logged(change: Change) -> bool:
    """Whether all that came or went is an entry of a change log: a date, and that something was updated."""
    clauses = (*change.before, *change.after)
    return all(entries.is_entry(clause.plain) for clause in clauses)


def _recased(change: Change) -> bool:
    """Whether nothing but capitals changed, and none that may make a word a defined term, or end its being one.

    "services" -> "Services" within a sentence may; a shouted word in small letters, a heading or a first word do not.
    """
    if change.kind != "reworded":
        return False
    (before,), (after,) = change.before, change.after
    old, new = before.plain.split(), after.plain.split()
    if [word.lower() for word in old] != [word.lower() for word in new]:
        return False
    heading = before.kind == after.kind == "heading"
    return heading or all(a == b or a.isupper() or b.isupper() for a, b in zip(old[1:], new[1:], strict=True))


def _repointed(change: Change) -> bool:
    """Whether nothing but light punctuation changed, and shifted nothing: commas may part a list anew."""
    return change.kind == "reworded" and same_words(change.before[0], change.after[0]) and not _shift(change)


def _same_duty(signal: Signal) -> bool:
    """Whether a modality went from "will" to "shall", or back: a promise either way."""
    before, after = (side.lower().replace("shall", "will") for side in (signal.before, signal.after))
    return signal.kind == "modality" and before == after


def assess(
    changes: Sequence[Change],
    labels_before: Mapping[int, Sequence[str]],
    labels_after: Mapping[int, Sequence[str]],
    weights: Mapping[str, float],
) -> tuple[Change, ...]:
    """The changes with categories and severity; labels are categories by the line of a clause, main one first."""
    out = []
    for change in changes:
        rows = [labels_after.get(clause.line, ()) for clause in change.after]
        rows += [labels_before.get(clause.line, ()) for clause in change.before]
        categories = tuple(dict.fromkeys(category for row in rows for category in row))
        labelled = replace(change, categories=categories)
        out.append(replace(labelled, severity=severity(labelled, weights)))
    return tuple(out)
