"""Changes that match the gate and that nobody has signed off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policywatch.archive import Archive
from policywatch.archive.reviews import same_bytes
from policywatch.comparison import compare
from policywatch.findings import change_set, parsed
from policywatch.gate.asking import Question
from policywatch.gate.words import deciding
from policywatch.model import SEVERITIES, Change, Clause, Finding, Version
from policywatch.reports import wording
from policywatch.taxonomy import Taxonomy
from policywatch.watchlist import Gate

_SIGNALS = 3  # shown in a reason


@dataclass(frozen=True, slots=True)
class Stretch:
    """Versions in a row that nobody has signed off, as one step: from the text of one to that of another."""

    start: int
    end: int
    unattributed: bool  # an extractor's or the platform's: nobody can tell


def changes(archive: Archive, classes: Taxonomy, document: str, covered: int, asked: Question) -> Iterator[Finding]:
    """What came of a document after the version that is ``covered``; its first counts as known."""
    history = archive.history(document)
    waiting = tuple(stretches(history, max(covered, 1)))
    if not waiting:
        return
    head = history[-1]
    texts = _texts(archive, document, {number for one in waiting for number in (one.start, one.end)} | {head.version})
    for stretch in waiting:
        found = change_set(
            document,
            texts[stretch.start],
            texts[stretch.end],
            classes,
            from_version=stretch.start,
            to_version=stretch.end,
            from_time=history[stretch.start - 1].time,
            to_time=history[stretch.end - 1].time,
            unattributed=stretch.unattributed,
        )
        matching = [change for change in found.changes if matches(change, asked.gate)]
        stands = _Standing(texts[stretch.end], texts[head.version]) if matching else None
        decided = _decided(matching, classes, texts[stretch.start], texts[stretch.end])
        for change in matching:
            words = (*_shown(change), *decided.get((change.after or change.before)[0], ()))
            yield _finding(change, stretch, head, stands.now(change) if stands else None, words, asked)


def stretches(history: Sequence[Version], start: int) -> Iterator[Stretch]:
    """What came after version ``start``, without the upgrades that read the same bytes anew: they say nothing new.

    Other upgrades are told apart from the platform's changes, as far as their order allows.
    """
    begun: Stretch | None = None
    for before, after in zip(history[start - 1 :], history[start:], strict=False):
        unattributed = after.kind == "upgrade"
        goes_on = begun is not None and begun.unattributed == unattributed and not same_bytes(before, after)
        if begun and not goes_on:
            yield begun
            begun = None
        if not same_bytes(before, after):
            begun = Stretch(begun.start if begun else before.version, after.version, unattributed)
    if begun:
        yield begun


def matches(change: Change, gate: Gate) -> bool:
    severe = SEVERITIES.index(change.severity) <= SEVERITIES.index(gate.severity)
    return severe and (not gate.categories or bool(set(gate.categories) & set(change.categories)))


def _texts(archive: Archive, document: str, wanted: set[int]) -> dict[int, str]:
    """The texts of some versions, in one walk back."""
    found: dict[int, str] = {}
    for version, text in archive.texts(document):
        if version.version in wanted:
            found[version.version] = text
        if len(found) == len(wanted):
            break
    return found


class _Standing:
    """Where the clauses of a text stand in the newest one, which an upgrade may have laid out anew."""

    def __init__(self, text: str, newest: str) -> None:
        self._now: dict[int, Clause] = {}
        if text == newest:
            self._now = {clause.line: clause for clause in parsed(newest)[1]}
            return
        before, after = parsed(text)[1], parsed(newest)[1]
        found = compare(before, after)
        gone = {clause.line for change in found for clause in change.before}
        new = {clause.line for change in found for clause in change.after}
        # What no change speaks of stands in both, in the same order.
        kept = [one for one in before if one.line not in gone], [one for one in after if one.line not in new]
        self._now = {old.line: clause for old, clause in zip(*kept, strict=False)}
        for change in found:
            self._now |= {old.line: change.after[0] for old in change.before if change.after}

    def now(self, change: Change) -> Clause | None:
        """The clause that a change brought, as it stands; None when it does no more."""
        return self._now.get(change.after[0].line) if change.after else None


def _shown(change: Change) -> tuple[str, ...]:
    """What the signals show."""
    return tuple(side for one in change.signals for side in (one.before, one.after) if side)


def _decided(changes: Sequence[Change], classes: Taxonomy, before: str, after: str) -> Mapping[Clause, tuple[str, ...]]:
    """Of clauses that came or went, what gave them their categories."""
    went = {change.before[0]: change.categories for change in changes if not change.after}
    came = {change.after[0]: change.categories for change in changes if not change.before}
    found: dict[Clause, tuple[str, ...]] = {}
    for file, wanted in ((before, went), (after, came)):
        if wanted:
            front, clauses = parsed(file)
            lines = {clause.line: categories for clause, categories in wanted.items()}
            words = deciding(classes, clauses, front.language, lines)
            found |= {clause: words.get(clause.line, ()) for clause in wanted}
    return found


def _finding(
    change: Change, stretch: Stretch, head: Version, stands: Clause | None, words: tuple[str, ...], asked: Question
) -> Finding:
    clause = stands or (change.after or change.before)[0]
    subject = ", ".join(asked.title(one) for one in change.categories) or "no category"
    signals = "; ".join(wording.shifts(change, _SIGNALS))
    old = stretch.end if change.after else stretch.start
    doubt = ", by the platform or by a better reading of the page," if stretch.unattributed else ""
    return Finding(
        document=head.document,
        version=head.version,
        kind="unattributed" if stretch.unattributed else "change",
        categories=change.categories,
        severity=change.severity,
        reason=f"{change.kind} clause{doubt} not reviewed: {subject}" + (f" ({signals})" if signals else ""),
        text=clause.plain,
        path=asked.path(head.document),
        line=stands.line if stands else 1,  # a clause that went away stands in no line any more
        sign_off=asked.sign_off(head.document, head.version),
        words=change.words if change.before and change.after else (),
        deciding=words,
        stood=None if stands else (old, (change.after or change.before)[0].line),
    )
