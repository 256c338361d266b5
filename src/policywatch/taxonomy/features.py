"""What the model sees of a clause: its words, and those of its headings and neighbours, as named bags of features.

Training and classification both come through here, so that they cannot drift apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from policywatch.taxonomy.normal import straight

Bag = tuple[Sequence[str], int]  # features, and how many there are to share the bag's weight

WORD_FIELDS = ("u", "c", "d")  # made from each word of the clause: its stem, its letters, its stem by type of document
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[$€£@%©]")
_NUMBERED = re.compile(r"\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)]?\s", re.I)
_LISTED = re.compile(r"\(?[a-zivx0-9]{1,4}[.)]\s|[a-z]")
_PRIVACY = frozenset("personal privacy cookie cookies collect data".split())
_TERMS = frozenset("terms agreement agree liable liability warranty warranties terminate termination license".split())
_LONG = 250  # letters: a paragraph this long after a list has ended it
_GRAM = 5
_LEAD_WORDS = 30


@dataclass(slots=True)
class Seen:
    """A clause as the model sees it, with its place: ``before`` and ``after`` are indexes, -1 where there is none."""

    text: str
    lowered: str
    heading: tuple[str, ...]
    words: tuple[str, ...]  # each once
    stems: list[str]
    titled: bool = False
    section: int = 0
    lead: int = -1  # the "…:" above the list it is in
    under: int = -1  # a short title-like clause above it that is no heading of the page

    @property
    def path(self) -> str:
        """The heading path in lower case, for rules."""
        return " > ".join(self.heading).lower()


def see(texts: Sequence[tuple[Sequence[str], str]]) -> list[Seen]:
    """The clauses of one document, given as (heading path, plain text), with what surrounds them worked out."""
    seen = [_look(heading, text) for heading, text in texts]
    lead = under = -1
    section = 0
    for place, clause in enumerate(seen):
        last = seen[place - 1] if place else None
        if last is None or clause.heading != last.heading:
            lead = under = -1
            section += 1
        clause.section, clause.lead, clause.under = section, lead, under
        if clause.text.endswith(":"):
            lead = place
        elif clause.titled and place + 1 < len(seen) and not seen[place + 1].titled and not _LISTED.match(clause.text):
            under, lead = place, -1
        elif last and 0 <= lead < place - 1 and len(clause.text) > _LONG and clause.text[-1] == last.text[-1:] == ".":
            lead = -1
    return seen


def _look(heading: Sequence[str], text: str) -> Seen:
    text = straight(text)
    lowered = text.lower()
    found = _WORD.findall(lowered)
    path = tuple(straight(part) for part in heading)
    return Seen(text, lowered, path, tuple(dict.fromkeys(found)), [stem(word) for word in found], _titled(text))


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


@lru_cache(maxsize=1 << 16)
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
    private = sum(not _PRIVACY.isdisjoint(clause.words) for clause in seen) + 1
    terms = sum(not _TERMS.isdisjoint(clause.words) for clause in seen) + 1
    return "P" if private > 2 * terms else "T" if terms > 2 * private else "M"


def bags(seen: Sequence[Seen]) -> Iterator[dict[str, Bag]]:
    """Each clause's bags by field, but for the fields that are made from its words one by one (WORD_FIELDS)."""
    heads: dict[tuple[str, ...], tuple[Bag, Bag]] = {}
    firsts: dict[int, int] = {}
    for place, clause in enumerate(seen):
        if clause.heading not in heads:
            heads[clause.heading] = _headings(clause.heading)
        first = firsts.setdefault(clause.section, place)
        stems, share = clause.stems, max(1, len(clause.words))
        pairs = [f"{a} {b}" for a, b in pairwise(stems)]
        triples = [f"{a} {b}" for a, b in zip(pairs, stems[2:], strict=False)]
        yield {
            "b": (list(dict.fromkeys(pairs)), share),
            "t": (list(dict.fromkeys(triples)), share),
            "f": ([*(" ".join(stems[:size]) for size in (1, 2, 3)), *("$" + last for last in stems[-1:])], share),
            "h": heads[clause.heading][0],
            "H": heads[clause.heading][1],
            "p": _once(seen[place - 1].stems if place else ["^"]),
            "n": _once(seen[place + 1].stems if place + 1 < len(seen) else ["$"]),
            "l": _once(seen[clause.lead].stems[-_LEAD_WORDS:] if clause.lead >= 0 else []),
            "s": _once(_with_pairs(seen[clause.under].stems) if clause.under >= 0 else []),
            "o": _once(seen[first].stems if first != place else []),
            "x": _once(list(_shape(clause, place, len(seen)))),
        }


def _once(features: list[str]) -> Bag:
    kept = list(dict.fromkeys(features))
    return kept, max(1, len(kept))


def _headings(path: tuple[str, ...]) -> tuple[Bag, Bag]:
    levels = [[stem(word) for word in _WORD.findall(part.lower())] for part in path]
    return _once(_with_pairs(levels[-1] if levels else [])), _once([word for level in levels[:-1] for word in level])


def _with_pairs(stems: list[str]) -> list[str]:
    return stems + [f"{a} {b}" for a, b in pairwise(stems)]


def _shape(clause: Seen, place: int, length: int) -> Iterator[str]:
    """What a clause looks like and where it stands."""
    text = clause.text
    last = text[-1:]
    yield f"length {int(math.log2(1 + len(clause.stems)))}"
    yield f"part {min(5, place * 6 // length)}"
    yield f"place {min(4, place)}"
    yield f"depth {len(clause.heading)}"
    if clause.titled:
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
