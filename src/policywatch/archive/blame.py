"""Since when each sentence of a document stands, the version that brought it, and the sentence it replaced."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from policywatch.archive.descent import Compare, Step, lines_of, words
from policywatch.archive.store import Archive
from policywatch.extraction.markdown import clauses_of
from policywatch.model import Clause, Version

_DELIMITER = re.compile(r"\|(?: *:?-+:? *\|)+")
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b|\(\w\)", re.IGNORECASE)
_ALIKE = 0.4  # share of words that a sentence has in common with the one it replaced


@dataclass(frozen=True, slots=True)
class Replaced:
    """The sentence that stood in another's place."""

    version: int
    line: int  # 1-based, in that version's file
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of the archive file and where it comes from."""

    line: int  # 1-based
    text: str  # as in the file, without indentation
    since: Version  # the version that brought it
    replaced: Replaced | None = None


def blame(archive: Archive, document: str, compare: Compare, version: int | None = None) -> tuple[Sentence, ...]:
    """Every sentence of a version (the newest by default), in the file's order.

    A sentence that merely moved, was renumbered with what it refers to, or whose typography changed, keeps its age; a
    reworded one is as old as its wording.
    Raises ArchiveError when the texts cannot be rebuilt.
    """
    found: dict[int, Sentence] = {}
    tracked: dict[int, list[int]] = {}  # line in the version looked at -> lines of the text asked for; both 0-based
    asked: list[str] = []
    for standing, text in archive.texts(document):
        if version is not None and standing.version > version:
            continue
        lines = text.split("\n")
        if not asked:
            asked = lines
            tracked = {line: [line] for line in _sentences(text)}
        if standing.version == 1 or not tracked:
            found |= {line: _sentence(asked, line, standing) for places in tracked.values() for line in places}
            break
        tracked = _step_back(Step(lines, standing.undo, compare), standing, tracked, asked, found)
    return tuple(found[line] for line in sorted(found))


def _step_back(
    step: Step, version: Version, tracked: Mapping[int, list[int]], asked: list[str], found: dict[int, Sentence]
) -> dict[int, list[int]]:
    """Follow the lines into the version before; those that this one brought are found."""
    back: defaultdict[int, list[int]] = defaultdict(list)
    touched: list[int] = []
    for line, places in tracked.items():
        before = step.before(line)
        if before is None:
            touched.append(line)
        else:
            back[before] += places
    if touched:
        same = _same(step, touched)
        same = _still_there(step, [line for line in touched if line not in same]) | same
        replaced = _replaced(step, [line for line in touched if line not in same]) if len(same) < len(touched) else {}
        for line in touched:
            for place in tracked[line]:
                if line in same:
                    back[same[line]].append(place)
                else:
                    old = replaced.get(line)
                    former = Replaced(version.version - 1, old + 1, step.old[old].strip()) if old is not None else None
                    found[place] = _sentence(asked, place, version, former)
    return back


def _same(step: Step, touched: Iterable[int]) -> dict[int, int]:
    """Touched lines that say what a line says that went away: they moved."""
    gone: defaultdict[str, list[int]] = defaultdict(list)
    for _, _, start, end in reversed(step.hunks):
        for line in reversed(range(start, end)):
            gone[words(step.old[line])].append(line)
    return {line: places.pop() for line in touched if (places := gone.get(words(step.new[line])))}


def _still_there(step: Step, touched: Sequence[int]) -> dict[int, int]:
    """Touched lines that say what they said but for numbers: their own, and those of what they refer to."""
    wanted = set(touched)
    pairs = {a: b for a, b in _by_line(step, step.kept) if a in wanted} if wanted else {}
    gone = {_unnumbered(step.old[line]) for _, _, start, end in step.hunks for line in range(start, end)}
    if any(line not in pairs and _unnumbered(step.new[line]) in gone for line in touched):
        pairs = {a: b for a, b in _by_line(step, step.kept_sentences) if a in wanted} | pairs
    return pairs


def _by_line(step: Step, clauses: Iterable[tuple[Clause, Clause]]) -> Iterator[tuple[int, int]]:
    """New line, old line; sentences that were parted anew go with the last that is left."""
    for old, new in clauses:
        before = lines_of(step.old, old)
        yield from ((line, before[min(place, len(before) - 1)]) for place, line in enumerate(lines_of(step.new, new)))


def _unnumbered(line: str) -> str:
    return _NUMBER.sub("#", words(line))


def _replaced(step: Step, touched: Iterable[int]) -> dict[int, int]:
    """For new sentences of reworded clauses the old sentence each is most like."""
    wanted = set(touched)
    pairs: dict[int, int] = {}
    for change in step.changes:
        if not (change.before and change.after):
            continue
        fresh = [line for line in _lines(step.new, change.after) if line in wanted]
        kept = {words(step.new[line]) for line in _lines(step.new, change.after)}
        gone = [line for line in _lines(step.old, change.before) if words(step.old[line]) not in kept]
        ranked = sorted(_alike(step, fresh, gone), key=lambda row: row[0])
        for likeness, a, b in ranked:
            if -likeness >= _ALIKE and a not in pairs and b not in pairs.values():
                pairs[a] = b
    return pairs


def _alike(step: Step, fresh: Sequence[int], gone: Sequence[int]) -> Iterator[tuple[float, int, int]]:
    """Pairs of a new and an old line that may be one reworded, with their likeness, negated."""
    vocabulary = {line: set(words(step.old[line]).split()) for line in gone}
    for a in fresh:
        mine = set(words(step.new[a]).split())
        for b in gone:
            if len(mine & vocabulary[b]) >= _ALIKE / 2 * min(len(mine), len(vocabulary[b])):
                yield -_likeness(step.new[a], step.old[b]), a, b


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, words(one).split(), words(other).split(), autojunk=False).ratio()


def _lines(lines: Sequence[str], clauses: Iterable[Clause]) -> list[int]:
    return [line for clause in clauses for line in lines_of(lines, clause)]


def _sentences(text: str) -> Iterator[int]:
    """The lines of a file that say something, 0-based: no front matter, no blank or ruling lines."""
    clauses = clauses_of(text)
    first = clauses[0].line - 1 if clauses else 0
    for number, line in enumerate(text.split("\n")):
        if clauses and number >= first and line.strip() and not _DELIMITER.fullmatch(line.strip()):
            yield number


def _sentence(asked: list[str], line: int, since: Version, replaced: Replaced | None = None) -> Sentence:
    return Sentence(line + 1, asked[line].strip(), since, replaced)
