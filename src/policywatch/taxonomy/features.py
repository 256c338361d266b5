"""What the model sees of a clause: its words, and those of its headings and neighbours, as named bags of features.

Training and classification both come through here, so that they cannot drift apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from policywatch.taxonomy.normal import straight

Bag = tuple[Sequence[str], int]  # features, and how many there are to share the bag's weight

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[$€£@%©]")
# In ASCII text, everything that no word has becomes a space.
_APART = {code: " " for code in range(128) if not re.match(r"[a-z0-9'$@%]", chr(code))} | {ord("."): "\n"}
_NUMBERED = re.compile(r"\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)]?\s", re.I)
_DEFINED = re.compile(
    r'(?:\(?\w{1,3}[.)] )?(?:the terms? )?"[^"]{1,60}"[^"]{0,40}? (?:means?|refers? to|shall mean|is|are) ', re.I
)
_LISTED = re.compile(r"\(?[a-zivx0-9]{1,4}[.)]\s|[a-z]")
_PRIVACY = frozenset("personal privacy cookie cookies collect data".split())
_TERMS = frozenset("terms agreement agree liable liability warranty warranties terminate termination license".split())
REMEMBERED = 1 << 12  # clauses of which the last answers are kept: a document's next version has most of them again
_LONG = 250  # letters: a paragraph this long after a list has ended it
_GRAM = 5
_LEAD_WORDS = 30


@dataclass(slots=True, eq=False)  # not frozen: that takes four times as long to make
class Reading:
    """What a clause's text tells by itself. The same text is read once: ``eq=False`` makes readings cheap keys."""

    text: str
    lowered: str
    words: tuple[str, ...]  # each once
    stems: tuple[str, ...]
    sentences: tuple[list[str], ...]  # the words between full stops
    titled: bool
    looks: tuple[str, ...]
    private: bool  # has words of privacy documents
    agreed: bool  # has words of terms


@dataclass(slots=True)
class Seen:
    """A clause as the model sees it, with its place: clauses are named by their index, -1 where there is none."""

    reading: Reading
    heading: tuple[str, ...]
    section: int = 0
    first: int = 0  # of its section
    lead: int = -1  # the "…:" above the list it is in
    under: int = -1  # a short title-like clause above it that is no heading of the page

    @property
    def path(self) -> str:
        """The heading path in lower case, for rules."""
        return _path(self.heading)


def see(texts: Sequence[tuple[Sequence[str], str]]) -> list[Seen]:
    """The clauses of one document, given as (heading path, plain text), with what surrounds them worked out."""
    paths = {heading: tuple(map(straight, heading)) for heading in {tuple(heading) for heading, _ in texts}}
    seen = [Seen(reading(text), paths[tuple(heading)]) for heading, text in texts]
    lead = under = -1
    section = first = 0
    last: Seen | None = None
    for place, clause in enumerate(seen):
        text = clause.reading.text
        if last is None or clause.heading != last.heading:
            lead = under = -1
            section, first = section + 1, place
        clause.section, clause.first, clause.lead, clause.under = section, first, lead, under
        if text.endswith(":"):
            lead = place
        elif (
            clause.reading.titled
            and place + 1 < len(seen)
            and not seen[place + 1].reading.titled
            and not _LISTED.match(text)
        ):
            under, lead = place, -1
        elif last and 0 <= lead < place - 1 and len(text) > _LONG and text[-1] == last.reading.text[-1:] == ".":
            lead = -1
        last = clause
    return seen


@lru_cache(maxsize=REMEMBERED)
def reading(text: str) -> Reading:
    """What a clause's plain text tells by itself."""
    text = straight(text)
    lowered = text.lower()
    sentences = tuple(sentences_of(lowered))
    found = list(chain.from_iterable(sentences))
    words = tuple(dict.fromkeys(found))
    titled = _titled(text)
    return Reading(
        text,
        lowered,
        words,
        tuple(map(_stems.__getitem__, found)),
        sentences,
        titled,
        tuple(_looks(text, len(found), titled)),
        not _PRIVACY.isdisjoint(words),
        not _TERMS.isdisjoint(words),
    )


def sentences_of(lowered: str) -> list[list[str]]:
    """What ``_WORD.findall`` finds between full stops, in a quarter of its time for most texts: cut at spaces, and only
    what isn't letters looked into. The text is on one line."""
    if not lowered.isascii():
        return [_WORD.findall(part) for part in lowered.split(".")]
    found = [part.split() for part in lowered.translate(_APART).split("\n")]
    return [pieces if "".join(pieces).isalpha() else _looked_into(pieces) for pieces in found]


def _looked_into(pieces: Sequence[str]) -> list[str]:
    found = []
    for piece in pieces:
        if piece.isalpha():
            found.append(piece)
        else:
            found += _WORD.findall(piece)
    return found


@lru_cache(maxsize=1 << 10)
def _path(heading: tuple[str, ...]) -> str:
    return " > ".join(heading).lower()


def _titled(text: str) -> bool:
    """Whether a clause reads like a title: few words, capitals, no full stop."""
    words = text.split(" ", 12)
    if not text or len(words) > 12 or text[-1] in ".;,:!":
        return False
    named = [word for word in words if word[0].isalpha()]
    if text[-1] == "?":
        return bool(named)
    if not named or not (words[0][0].isupper() or words[0][0].isdigit() or words[0][0] == "("):
        return False
    capitals = sum(word[0].isupper() for word in named)
    return capitals >= 0.6 * len(named) or len(words) <= 3 or (words[0][0].isdigit() and len(words) <= 8)


class _Stems(dict[str, str]):
    def __missing__(self, word: str) -> str:
        found = self[word] = stem(word)
        return found


_stems = _Stems()


def stem(word: str) -> str:
    """A word without its commonest endings; numbers are all one."""
    if word[0].isdigit():
        return "#"
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 5:
        for ending, instead in (("ing", ""), ("ies", "y"), ("ed", ""), ("es", ""), ("ss", "ss"), ("s", ""), ("ly", "")):
            if word.endswith(ending):
                word = word[: len(word) - len(ending)] + instead
                break
        if word.endswith("e") and len(word) > 4:
            word = word[:-1]
        if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiousl":
            word = word[:-1]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word


def grams(word: str) -> tuple[str, ...]:
    """The pieces of five letters of a word with its ends marked."""
    marked = f"<{word}>"
    return (
        tuple(dict.fromkeys(marked[at : at + _GRAM] for at in range(len(marked) - _GRAM + 1))) if len(word) > 3 else ()
    )


def kind_of(seen: Sequence[Seen]) -> str:
    """ "P" for a privacy document, "T" for terms, "M" for something between."""
    private = sum([clause.reading.private for clause in seen]) + 1
    terms = sum([clause.reading.agreed for clause in seen]) + 1
    return "P" if private > 2 * terms else "T" if terms > 2 * private else "M"


def around(clause: Seen, place: int) -> Iterator[tuple[str, int]]:
    """(field, clause) for what stands above a clause: its list's lead, a title-like clause, its section's first."""
    if clause.lead >= 0:
        yield "l", clause.lead
    if clause.under >= 0:
        yield "s", clause.under
    if clause.first != place:
        yield "o", clause.first


def bag_of(field: str, told: Reading) -> Bag:
    """What a clause tells about those below it, by the fields of ``around``."""
    if field == "l":
        return _once(told.stems[-_LEAD_WORDS:])
    return _once(_with_pairs(told.stems) if field == "s" else told.stems)


def headings(path: Sequence[str]) -> dict[str, Bag]:
    """The last heading, and those above it."""
    levels = [[stem(word) for word in _WORD.findall(part.lower())] for part in path]
    return {
        "h": _once(_with_pairs(levels[-1] if levels else [])),
        "H": _once([word for level in levels[:-1] for word in level]),
    }


def ends(told: Reading) -> Bag:
    """How a clause begins and ends."""
    stems = told.stems
    begins = [" ".join(stems[:size]) for size in (1, 2, 3)]
    return [*begins, *("$" + last for last in stems[-1:])], max(1, len(told.words))


def shape(clause: Seen, place: int, length: int) -> tuple[str, ...]:
    """What a clause looks like, and where in a document of so many clauses it stands."""
    end = ("end",) if place == length - 1 else ()
    return (*clause.reading.looks, *_stands(min(5, place * 6 // length), min(4, place), len(clause.heading)), *end)


@lru_cache(maxsize=1 << 10)
def _stands(part: int, place: int, depth: int) -> tuple[str, ...]:
    return f"part {part}", f"place {place}", f"depth {depth}"


def _once(features: Sequence[str]) -> Bag:
    kept = list(dict.fromkeys(features))
    return kept, max(1, len(kept))


def _with_pairs(stems: Sequence[str]) -> list[str]:
    return [*stems, *[f"{a} {b}" for a, b in pairwise(stems)]]


def _looks(text: str, words: int, titled: bool) -> Iterator[str]:
    last = text[-1:]
    yield f"length {int(math.log2(1 + words))}"
    if titled:
        yield "title"
    if last in (":", "?"):
        yield last
    elif last not in (".", ";"):
        yield "open"
    if text.endswith((";", "; and", "; or")):
        yield "listed"
    if text[:1].islower():
        yield "lower"
    if _NUMBERED.match(text):
        yield "numbered"
    if " | " in text:
        yield f"cells {min(4, text.count(' | '))}"
    if text.isupper():
        yield "capitals"
    if _DEFINED.match(text):
        yield "definition"
