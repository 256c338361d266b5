"""The minimum age. The terms' own rule outweighs the privacy policy's "not directed to children under"."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.taxonomy.positions.grammar import found
from policywatch.taxonomy.positions.passages import Passage
from policywatch.taxonomy.positions.rules import (
    NOT_STATED,
    TERMS_FIRST,
    Evidence,
    Question,
    Rule,
    Value,
    Verdict,
    of,
    state,
    torn,
)
from policywatch.taxonomy.positions.scope import business_heading, one_country
from policywatch.taxonomy.positions.values import ages

_USE = (
    r"\b(?:us(?:e|es|ed|ing|er|ers)|view\w*|visit\w*|access\w*|regist\w+|sign(?:ing)? up|"
    r"eligib\w*|creat\w+|open\w*|join\w*|"
    r"services?|account|accept|agree|enter|represent|certif\w+|affirm|confirm|warrant|members?|"
    r"participat\w+|permitted|allowed|download\w*)\b"
)
_PARENT = r"\b(?:parents?|parental|guardians?|supervision|supervised|school|responsible adult)\b"
_SIDE = (
    r"\A(?!.*\b(?:to|by) (?:\w+ ){0,2}?(?:regist|enroll|sign(?:ing)? up|access|accept|us(?:e|ing) "
    r"(?:the|our|this|these|any of|we) (?:\w+ ){0,2}?(?:services?|sites?|website|platform|"
    r"app)\b)).*\b(?:purchas\w+|buy|"
    r"alcohol|gambl\w+|contest|sweepstakes|marketplace|payment method|sell|"
    r"credit card|sell or share|sold|sale|marketing|advertis\w+|adult content|mature|nsfw|"
    r"explicit|voice clon\w+|live ?stream\w*|procure|participate in the program|child pornography|"
    r"harm minors)\b"
    r"|\b(?:used?|using) (?:\w+ ){0,2}?(?:for|to|in) (?:\w+ ){0,3}?train(?:ing)?\b"
    r"|\A\W*(?:the |any )?(?:\w+ )?(?:conversations?|chats?|data|information|content|messages|recordings|prompts) "
    r"(?:of|by) (?:\w+ ){0,6}?(?:under|below|younger)\b|\b(?:you|users?) (?:must|may|shall|will|can|agree|should)"
    r"(?: to)? (?:not|never)\b[^.;]{0,60}?\b(?:upload|submit|input|share|provide|send)\b"
    r"(?![^.;]{0,40}?\bunless you\b)"
    r"|\bthe term\b|\brefers? to\b|\bno minimum age\b|\bcontent\b[^.;]{0,40}?\b(?:suitable|appropriate)\b"
    r"|\A\W*(?:all |the |our )?(?:hosts?|drivers?|couriers?|sellers?|merchants?|moderators?|"
    r"buyers?|streamers?|winners?|"
    r"entrants?|applicants?|employees|volunteers?|advertisers?|affiliates?)\b"
)

_ALTERNATIVE = (
    rf"{_PARENT}[^;]{{0,40}}?\b(?:consent|permission)|\b(?:consent|permission|"
    rf"supervision)\b[^;]{{0,40}}?{_PARENT}|\baccount owned by\b|\bemancipated\b|\bnot yet 1\d\b|"
    rf"\bbetween\b"
)

# What the young may not do, beside being there at all.
_ONE_THING = (
    r"\b(?:not|never) (?:permitted|allowed|able) to (?!(?:use|access|regist|creat|sign|join|open|have|hold|download|"
    r"participate|visit|view|become|be\b|enter|accept|provide|submit|send|give|disclose|post))\w+"
)
# "At least 18, or at least 13 with a parent's permission": either age could be called the least.
_TWO_AGES = rf"\bor\b[^;]{{0,160}}?(?:{_PARENT}|\b(?:who|that)? ?are under\b)"
# "At least 18 (in India) or 13 (elsewhere)": neither is the age for everybody.
_BY_COUNTRY = r"\b\d\d\b[^.;]{0,30}?\([^()]{2,30}\)[^.;]{0,40}?\b\d\d\b[^.;]{0,30}?\([^()]{2,30}\)"
_RULES = (
    Rule(
        "rule",
        (
            r"\b(?:represent|confirm|warrant|affirm|declare)\b[^.;]{0,40}?\bnot (?:under|below|"
            r"younger than)(?: the age of)? \d\d",
        ),
        none=(_SIDE,),
        strength=0.9,
    ),
    Rule(
        "rule",
        (
            r"\b(?:must|need to|have to|required to) be (?:at least |over |above |"
            r"of )?(?:the age of )?(?:\d\d)\b|\b(?:are|is|be|am) (?:\w+ )?(?:at least|over|above|"
            r"older than|more than)\b|\bminimum age\b|\bat least (?:the age of )?\d\d\b|"
            r"\b(?:adults?|persons?|individuals?|users|people|those) (?:who are )?(?:over|above|"
            r"aged)(?: the age of)? \d\d\b|"
            r"\b\d\d (?:years? (?:of age |old )?)?(?:or|and) (?:older|over|above|more)\b|\b\d\d\+(?! ?\))",
            _USE,
        ),
        none=(_SIDE, _ALTERNATIVE, r"\b(?:if you (?:are|is) (?:under|below|between|not)|unless)\b"),
    ),
    Rule(
        "rule",
        (
            r"\b(?:at least|over|above|older than) (?:the age of )?\d\d\b|\b\d\d (?:years? (?:of age |"
            r"old )?)?(?:or|and) (?:older|over|above)\b",
            _USE,
            _ALTERNATIVE,
        ),
        none=(_SIDE,),
        strength=0.6,
    ),
    Rule(
        "rule",
        (
            r"\b(?:under|below|younger than|less than)(?: the)?(?: age)?(?: of)? \d\d\b",
            r"\b(?:not|never|no|unable|prohibited|forbidden|may only)\b[^.;]{0,80}?"
            + _USE
            + r"|"
            + _USE
            + r"[^.;]{0,100}?\b(?:not (?:permitted|allowed|available|intended|directed|eligible|use|for)|"
            r"prohibited|forbidden)\b|\bplease do not\b",
        ),
        none=(_SIDE, _PARENT, _ONE_THING, r"\b(?:collect|solicit|gather|request)\w*\b"),
        strength=0.9,
    ),
    Rule(
        "rule",
        (
            r"\A\W*no (?:children|child|minors?|persons?|one|users?|"
            r"individuals?) under (?:the age of )?\d\d (?:is|are|may|"
            r"shall) (?:permitted|allowed|be|use|register|access)\b",
            _USE,
        ),
        none=(_SIDE, r"\b(?:without|unless|except)\b"),
        strength=0.9,
    ),
    Rule(
        "rule",
        (r"\bnot\b[^.;]{0,60}?\bunless {you} (?:are|is) (?:at least |over )?\d\d\b", _USE),
        none=(_SIDE, _PARENT),
        strength=0.9,
    ),
    Rule(
        "knowing",
        (
            r"\b(?:under|below|younger than|less than)(?: the)?(?: age)?(?: of)? \d\d\b|\bnot \d\d\b",
            r"\bnot\b|\bnever\b|\bbelieve|\blearn\b|\baware\b|\bdelete",
            r"\b(?:collect|solicit|direct|intend|service|site|website|platform|app|product|us(?:e|ed)|"
            r"regist|provid)\w*\b",
        ),
        none=(
            _SIDE,
            _ONE_THING,
            rf"{_PARENT}[^.;]{{0,30}}?\b(?:permission|consent|supervis)|\b(?:without|unless|"
            rf"under)\b[^.;]{{0,20}}?\bsupervis|"
            r"\bonly if\b|\bexcept\b",
        ),
        strength=0.75,
    ),
    Rule(
        "rule",
        (r"\A\W*(?:in any case,? )?(?:you|users) must be (?:at least |" r"over )?(?:the age of )?\d\d\b[^;]{0,30}\Z",),
        none=(_SIDE,),
        strength=0.8,
    ),
    Rule("rule", (r"\b(?:at least|minimum age)\b", r"\b(?:age|years)\b"), none=(_SIDE,), strength=0.6),
    Rule("with-parent", (r"\b(?:under|below|between|younger than)\b", _PARENT), strength=0.3),
    Rule(
        "with-parent",
        (r"\b(?:under|below|at least|younger than|older than|over the age of)\b", r"\b{you}\b|\bchildren\b", _USE),
        none=(_SIDE,),
        strength=0.3,
    ),
)


def fits(passage: Passage) -> float:
    if not ages(passage.sense):
        return 0.0
    weight = 0.6 if business_heading(passage) else 1.0
    if (
        (len(set(ages(passage.sense))) > 1 or found(r"\bolder\b.*\bare under\b", passage.sense))
        and found(_TWO_AGES, passage.sense)
    ) or (len(set(ages(passage.sense))) > 1 and found(_BY_COUNTRY, passage.sense)):
        weight *= 0.45
    if one_country(passage) and not found(
        r"\b(?:otherwise|elsewhere|all other|rest of the world|or (?:\d\d|the|such|older|if))\b", passage.sense
    ):
        weight *= 0.4
    return weight


def value(passage: Passage, answer: str) -> Value:
    stated = ages(passage.sense)
    if answer == "rule":
        stand = found(
            r"\b(?:at least|over|above|minimum age (?:of|is|means)|must be|older than)\W{0,3}(?:the age of )?(\d\d)\b",
            passage.sense,
        )
        if stand:
            return int(stand[1])
    return stated[0] if stated else None


def decide(evidence: Sequence[Evidence]) -> Verdict:
    asserted = of(evidence, "rule", "knowing")
    if not asserted:
        return torn(of(evidence, "with-parent")) if evidence else Verdict(NOT_STATED)
    top = asserted[0]
    if top.strength < 0.5:
        return torn(asserted)
    rivals = [piece for piece in asserted if piece.value != top.value and piece.strength >= 0.85 * top.strength]
    same = sorted((piece for piece in asserted if piece.value == top.value), key=lambda piece: not _says(piece, top))
    return torn(same, rivals) if rivals else state("minimum-age", same, top.value)


def _says(piece: Evidence, top: Evidence) -> bool:
    """Does it set the age, nearly as surely as the best? "We do not knowingly collect" only goes by it."""
    return piece.answer == "rule" and piece.strength >= 0.8 * top.strength


QUESTION = Question(
    id="children",
    positions=("minimum-age",),
    trigger=("13", "14", "15", "16", "17", "18", "19", "20", "21"),
    rules=_RULES,
    weights=TERMS_FIRST,
    never=(
        r"\b(?:section|article|clause|cfr|u\.s\.c|october|november|december|january|february|march|"
        r"april|june|july|august|september) (?:1[0-9]|2[01])\b(?!.*years)",
        r"\bdepict\w*",
    ),
    fits=fits,
    value=value,
    decide=decide,
)
