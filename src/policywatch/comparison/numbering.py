"""Leading numbers and cross-references: what changes when a section is put in, though no clause says anything new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from policywatch.comparison.letters import spelled
from policywatch.patterns import late

_UNIT = (
    r"(?i:sections?|clauses?|articles?|paragraphs?|parts?|chapters?|annex(?:es)?|appendix|appendices|schedules?"
    r"|exhibits?|§{1,2}|abschnitte?|ziffern?|artikeln?|kapitel|anhang|anlage|annexe|chapitre|sección|secciones|cláusulas?"
    r"|artículos?|apartados?|anexos?|seção|seções|artigos?|sezione|sezioni|articol[oi]|allegato)"
)
_NUMERAL = r"(?:\d{1,3}(?:\.\d{1,3})*(?:\(\w{1,4}\))*|[IVXLC]{1,6}\b(?:\(\w{1,4}\))*|[A-Z]\b(?:\.\d{1,3})*)"
_SIGNS = r"[\p{Han}\p{Hiragana}\p{Katakana}]"  # no space parts them from a number
_NEXT = rf"(?=\s|{_SIGNS})"
_LABEL = spelled(
    rf"""
      (?: {_UNIT}\s*({_NUMERAL})(?:[.:)]+(?=\s|$)|\s+-(?=\s)|(?=\s+["'(]?[\p{{Lu}}]))
      | (\d{{1,3}}(?:\.\d{{1,3}})*)[.):]{_NEXT}
      | (\d{{1,3}}(?:\.\d{{1,3}})+)(?=\s+["'(]?[\p{{Lu}}]|\s*{_SIGNS})
      | \((\d{{1,3}}|[a-z]{{1,2}}|[ivxlc]{{1,5}}|[A-Z]|[IVXLC]{{1,6}}|[一二三四五六七八九十]+)\){_NEXT}
      | ([a-z]|[ivxl]{{1,5}}|[A-Z](?:\.\d{{1,3}})*|[IVXLC]{{1,6}})[.)](?=\s)
      | 第([\d一二三四五六七八九十百]+)[条章节條節]
      | ([一二三四五六七八九十]+)、
      )\s*
    """,
    re.VERBOSE,
)
_BARE = spelled(r"(\d{1,2})\s+(?=[\"'(]?[\p{Lu}])")  # "5 Payment": in headings only
_REFERENCE = late(
    rf"(?<!\w){_UNIT}\s*{_NUMERAL}(?:(?:\s*(?:,|&|-|\b(?:and|or|to|through|und|bis|et|y|e)\b)\s*)+{_NUMERAL}(?![\w%]))*"
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3})*(?=[条款章节條節])|(?<=第)[一二三四五六七八九十百]+(?=[条款章节條節])"
)
# No reference without a numeral after what looks like a unit's name: quick to compile, and to see.
_HINT = late(r"(§+|\b[^\W\d]{4,14})\s*(?:\d|[IVXLC]{1,6}\b|[A-Z]\b)")
_SIGNED = frozenset("条款章节條節")
_UNITS = frozenset(
    "section sections clause clauses article articles paragraph paragraphs part parts chapter chapters annex annexes"
    " appendix appendices schedule schedules exhibit exhibits abschnitt abschnitte ziffer ziffern artikel artikeln"
    " kapitel anhang anlage annexe chapitre sección secciones cláusula cláusulas artículo artículos apartado apartados"
    " anexo anexos seção seções artigo artigos sezione sezioni articolo articoli allegato § §§".split()
)
_ROMAN = frozenset("ivxlcIVXLC")
_ONE = late(rf"{_NUMERAL}|[一二三四五六七八九十百]+")
_LEAD = late(rf"{_UNIT}\s*")


@lru_cache(maxsize=1 << 14)
def label(key: str, heading: bool = False) -> tuple[str, str]:
    """A canonical text's leading number and the rest: ("4.2", "Payments"); ("", all of it) where there is none."""
    match = (_LABEL(key).match(key) if _numbered(key) else None) or (
        _BARE(key).match(key) if heading and key[0].isdigit() else None
    )
    if match is None or not any(map(str.isalpha, key[match.end() :])):
        return "", key
    return next(filter(None, match.groups())), key[match.end() :]


def _numbered(key: str) -> bool:
    """Whether a text can begin with a number: it does so with a sign of one, or with a unit's name."""
    first = key.split(None, 1)[0] if key else ""
    if first.rstrip("0123456789.:").lower() in _UNITS or not first[:1].isalnum() or not first[0].isascii():
        return bool(first)
    if first[0].isdigit():
        rest = key.lstrip("0123456789.")
        return "." in key[: len(key) - len(rest)] or rest[:1] in (":", ")")
    label = re.split(r"[.)]", first, maxsplit=1)[0]
    return label != first and (len(label) == 1 or _ROMAN.issuperset(label))


@lru_cache(maxsize=1 << 14)
def references(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its cross-references' numbers masked, and those numbers in order."""
    if not _hints(text):
        return text, ()
    numbers: list[str] = []

    def mask(match: re.Match[str]) -> str:
        unit = _LEAD.match(match[0])
        start = unit.end() if unit else 0
        numbers.extend(_ONE.findall(match[0], start))
        return match[0][:start] + _ONE.sub("#", match[0][start:])

    return _REFERENCE.sub(mask, text), tuple(numbers)


def _hints(text: str) -> bool:
    """Whether there may be a reference: quicker to see than where."""
    if not text.isascii() and not _SIGNED.isdisjoint(text):
        return True
    return any(match[1].lower() in _UNITS for match in _HINT.finditer(text))


def find(text: str) -> Iterator[tuple[int, int, str]]:
    """Cross-references: where they start and end, and what they say."""
    for match in _REFERENCE.finditer(text) if _hints(text) else ():
        yield match.start(), match.end(), match[0]


def loose(key: str, heading: bool = False) -> str:
    """What stays of a canonical text when sections are renumbered."""
    return references(label(key, heading)[1])[0]


def in_step(before: str, after: str, renumbered: Mapping[str, set[str]], heading: bool = False) -> bool:
    """Whether two canonical texts differ in their own number and in references that follow their targets only."""
    old, olds = references(label(before, heading)[1])
    new, news = references(label(after, heading)[1])
    return old == new and all(follows(*pair, renumbered) for pair in zip(olds, news, strict=True))


def follows(old: str, new: str, renumbered: Mapping[str, set[str]]) -> bool:
    """Whether a section that had the number ``old`` has ``new`` now: its own number changed so, or one above it."""
    if old == new or new in renumbered.get(old, ()):
        return True
    stem, dot, _ = old.rpartition("." if "(" not in old else "(")
    tail = old[len(stem) :]
    return bool(dot) and new.endswith(tail) and follows(stem, new[: len(new) - len(tail)], renumbered)
