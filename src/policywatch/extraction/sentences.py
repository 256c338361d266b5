"""Where a sentence ends, in legal text.

The archive holds one sentence a line, so the same text must be cut the same way for ever: the rules know no document
and no language, they are the union of what the languages need. They change only together with ``EXTRACTOR``.
A cut falls on a space, never inside a link, and ``" ".join(split(text)) == text``.
"""

from __future__ import annotations

import re

from policywatch.extraction.dates import MONTHS
from policywatch.patterns import late

_CLOSERS = "\"'’”»›)\\]}\x01\\\\*_」』】》）"
_STOPS = ".…!?。！？｡։؟।॥"
# A run of stops is looked at from its beginning only, or a hostile one would cost the square of its length.
_STOP = late(rf"([{_STOPS}](?<![{_STOPS}][{_STOPS}])[{_STOPS}]*)[{_CLOSERS}]* ")
_OPENERS = "\"'‘“„«‹([{¿¡\\*_\x01「『【《（"
_LINK = late(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\](\((?:[^()\s\\]|\\.|\([^()\s]*\))+\))")
_ENUMERATOR = late(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[^\W\d_]|[ivxIVX]{1,6})\\?[.)\]]+")
_DOTTED = late(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_NUMBER = late(r"\d+")
_ROMAN_OR_LETTER = late(r"(?:[IVXLC]{1,7}|[A-Z])\b(?![’'])")
_BREAK = late(r"[ \x02'’/]")
_WORD = late(r"[^\W\d_]+")
_NEXT_LETTER = late(r"[^\W\d_]\.")
_LONE_LETTER = late(r"(?:^|[ (,;:„\"])[^\W\d_A-Z]\.$")

# Never the last word of a sentence.
_NEVER = frozenset(
    "e.g i.e eg ie vs v cf viz mr mrs ms messrs dr prof hon gen st approx incl esp ca bzw ggf vgl sog zzgl evtl "
    "gem lt z.b u.a d.h i.d.r i.s.d i.v.m z.t o.g p.ex p.ej mme mlle sra srta sr dott sig sigg dra ltda bijv "
    "d.w.z m.b.t o.a tj tzn m.in np т.е напр örn bkz resp evt jf bl.a f.eks t.ex dvs napr např tzv tj".split()
)
# Not the last word if a number, a letter or a sign of a section follows.
_BEFORE_NUMBER = frozenset(
    "no nos nr nrs núm num art arts artt sec secs sect subsec para paras par pars cl ch chap fig figs vol pp pg "
    "pt ed rev reg regs app appx exh sch ex abs ziff lit rn rz kap anm al alin pkt ust poz ст ч пп гл № n° nº § "
    "§§ blz lid pág págs cap lett let inc item stat jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# May end a sentence: it does if a word follows that begins one.
_MAY_END = frozenset(
    "inc ltd llc llp lp corp co plc pty pte pvt sdn bhd bros jr sr esq etc al seq usw itp itd u.s u.k e.u u.s.a u.n "
    "d.c a.m p.m s.a s.r.l s.p.a s.l s.à.r.l b.v n.v ph.d l.l.c l.p d.b.a a.k.a т.д т.п др г гг ff dept "
    "est min max tel ext fed supp ave cal civ bus penal ann colo conn tex fla del ill minn tenn mont blvd rd ste "
    "m.b.h e.v o.ä u.ä u.s.w etc.p.p vb vd".split()
)
_TOLD_BY_NEXT = _NEVER | _BEFORE_NUMBER | _MAY_END
_STARTERS = frozenset(
    "a about additionally after all also although an and any are as at before both but by can certain do does "
    "during each either every except for from further furthermore generally have he her his how however i if "
    "in information is it its just learn many may more moreover most neither no none nor not nothing on once "
    "only or other otherwise our please provided pursuant read see she should similarly since some subject "
    "such that the their then there therefore these they this those though through thus to under unless until "
    "upon use we what when where whether which while who why with within without you your "
    "der die das dies diese dieser wir sie ihr ihre wenn falls bei im in für es ein eine "
    "le la les nous vous si ce cette ces pour il elle un une en dans "
    "el los las nosotros usted si este esta para en un una il lo gli noi "
    "o os as nós você se para de het wij we u als мы вы если при это".split()
)
# "am 3. Quartal", "des 2. Abschnitts": a number after these is an ordinal.
_BEFORE_ORDINAL = frozenset(
    "der die das des dem den im am zum zur vom beim ab bis seit dieser dieses ein eine einen einem einer "
    "den det af av ze ve do od dne na".split()
)


def split(text: str) -> list[str]:
    """The sentences of one clause's inline Markdown, in order; ``[]`` for an empty text."""
    if not text:
        return []
    shadow, begin, sentences = _shadow(text), 0, []
    for stop in _STOP.finditer(shadow):
        end = stop.end() - 1
        if _ends(shadow, begin, stop):
            sentences.append(text[begin:end])
            begin = end + 1
    sentences.append(text[begin:])
    return sentences


def _shadow(text: str) -> str:
    """The text, of the same length, with links' brackets and targets and the spaces inside links masked."""
    if "](" not in text:
        return text
    return _LINK.sub(lambda found: "\x01" + found[1].replace(" ", "\x02") + "\x01" * (len(found[2]) + 1), text)


def _ends(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether the sentence that began at ``begin`` ends at this stop."""
    if _ends_plainly(text, begin, stop):
        return True
    follows = text[stop.end() : stop.end() + 40].lstrip(_OPENERS)
    if not follows:
        return stop.end() < len(text)
    enumerated = text[stop.end()] == "(" and _ENUMERATOR.match(text, stop.end()) is not None
    if stop[1].strip(".…"):
        return enumerated or not follows[0].islower()
    if (follows[0].islower() and not enumerated) or follows[0] in "–—-,;:)]/&+=|":
        return False
    dot = stop.start()
    head = text[max(begin, dot - 40) : dot]
    if head.endswith("\x01"):
        head = text[begin:dot].rstrip("\x01")[-40:]
    head = head.rstrip("'’")  # a quotation ends with the sentence; elsewhere it is an apostrophe
    before = _BREAK.split(head)[-1].lstrip(_OPENERS)
    if not before or _ENUMERATOR.fullmatch(text, begin, stop.end() - 1):
        return False
    if stop[1] != ".":
        return True
    return _ends_after(before, head[: len(head) - len(before)].rstrip(), follows, enumerated)


def _ends_plainly(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether a plain word stands before the full stop and a capital after it: most ends, told at once."""
    word = text[text.rfind(" ", begin, stop.start()) + 1 : stop.start()]
    return (
        stop[1] == "."
        and "A" <= text[stop.end() : stop.end() + 1] <= "Z"
        and 2 < len(word) < stop.start() - begin
        and word.isascii()
        and word.isalpha()
        and word.lower() not in _TOLD_BY_NEXT
    )


def _ends_after(word: str, earlier: str, follows: str, enumerated: bool) -> bool:
    """Whether a full stop after ``word`` ends a sentence, given what stands before it and after it.

    ``enumerated``: "(b)" or the like follows.
    """
    low = word.casefold()
    if len(word) == 1 and (_LONE_LETTER.search(earlier) or (word.islower() and _NEXT_LETTER.match(follows))):
        return False  # "z. B.", "d. h.", "u. U.": an abbreviation of two words
    found = _WORD.match(follows)
    following = found[0].casefold() if found else ""
    if low in _NEVER:
        return False
    if _NUMBER.fullmatch(word):
        if following in MONTHS or earlier.rpartition(" ")[2].casefold() in _BEFORE_ORDINAL:
            return False
        return len(word) > 2 or not earlier.endswith((":", ";", "; and", "; or", ", and", ", or"))
    numbered = enumerated or follows[0].isdigit() or follows[0] in "§#°"
    if low in _BEFORE_NUMBER and (numbered or _ROMAN_OR_LETTER.match(follows)):
        return False
    if (len(low) == 1 and low.isalpha()) or low in _MAY_END or _DOTTED.fullmatch(low):
        return following in _STARTERS
    return True
