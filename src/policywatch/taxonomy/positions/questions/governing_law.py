"""Whose law governs the contract.

The Federal Arbitration Act, standard clauses and the mandatory law that users keep anyway do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policywatch.taxonomy.positions.grammar import define, found, pattern
from policywatch.taxonomy.positions.passages import Passage
from policywatch.taxonomy.positions.rules import (
    NOT_STATED,
    Evidence,
    Question,
    Rule,
    Value,
    Verdict,
    of,
    state,
    torn,
)
from policywatch.taxonomy.positions.scope import abroad, business_heading, one_country, united_states_only
from policywatch.taxonomy.positions.values import laws

define(
    law=r"\b(?:laws?|legislation)\b",
)
_TAIL = (
    r"\b(?:without|excluding|exclusive of|other than|except|regardless|irrespective|"
    r"notwithstanding|not including|and (?:the )?(?:exclusive )?(?:jurisdiction|courts?)|"
    r"you (?:and|agree|consent|submit)|the (?:exclusive|courts|parties|federal (?:courts?|arbitration))|courts?|"
    r"applicable to (?:contracts|agreements)|as (?:applied|they apply)|as if|venue|any (?:dispute|"
    r"legal)|if you|except that|shall|will|jurisdiction|conflicts?)\b"
)


_NAMED = (
    r"\b(?:laws?|legislation)(?: and regulations)?,? (?:in force )?(?:of|in)\b([^;]{0,120})",
    r"\b([a-z. ]{3,40}?) laws?\b",
)
_BARE = r"\bgoverned by\b([^;]{0,80})"


RESIDENCE = "the user's country of residence"
_RESIDENCE = (
    r"\blaws? of (?:the |your |that )?(?:\w+ ){0,3}?(?:jurisdiction|country|place|state|"
    r"territory)\b[^;]{0,60}?\b(?:you|resid\w+|domicile)\b[^;]{0,80}?\b(?:govern|apply|applies)\b"
    r"|\b(?:governed by|subject to) (?:the )?laws? of (?:the |your )(?:\w+ ){0,2}?(?:country|"
    r"jurisdiction|place|state)\b[^;]{0,40}?\b(?:you|resid\w+)\b"
)


def law_named(text: str) -> str | None:
    """The law a sentence's sense names first as governing; several of one clause joined with " and "."""
    stretches = sorted((match.start(1), match[1]) for one in _NAMED for match in pattern(one).finditer(text))
    bare, federal = found(_BARE, text), False
    for stretch in [*(stretch for _, stretch in stretches), *([bare[1]] if bare else [])]:
        cut = found(_TAIL, stretch)
        named = laws(stretch[: cut.start()] if cut else stretch)
        if named and named != ("United States",):
            return " and ".join(named[:2])
        federal = federal or bool(named)
    if found(_RESIDENCE, text):
        return RESIDENCE
    return "United States" if federal else None


_RULES = (
    Rule(
        "law",
        (
            r"\b(?:govern(?:ed|s|ing)?|construed|interpreted|subject (?:\w+ )?to|enforced)\b[^;]{0,140}?{law}|"
            r"{law}[^;]{0,120}?\b(?:govern|governs|shall apply|will apply|applies|apply|control|"
            r"is applicable)\b|\bgoverning law\b|\bapplicable law (?:is|shall be|will be)\b",
        ),
    ),
    Rule(
        "law",
        (
            r"\b(?:in accordance with|under|pursuant to)\b[^;]{0,60}?{law} of\b",
            r"\b(?:terms|agreement|disputes?|contract|claims?|courts?)\b",
        ),
        none=(
            r"\b(?:incorporated|organi[sz]ed|established|existing|operating|registered|barred|legal age|"
            r"resident|formed)\b",
        ),
        strength=0.7,
    ),
)


def fits(passage: Passage) -> float:
    named = law_named(passage.sense)
    if not named:
        return 0.0
    weight = 0.5 if business_heading(passage) else 0.58 if named == RESIDENCE else 1.0
    if not conditional(passage):
        return weight
    # The law of one's home as a region's consumers keep it says nothing of the law for everybody.
    return weight * (0.45 if named == RESIDENCE else 0.6)


def value(passage: Passage, answer: str) -> Value:
    return law_named(passage.sense)


_ENOUGH = 0.3


def decide(evidence: Sequence[Evidence]) -> Verdict:
    named = of(evidence, "law")
    if not named:
        return Verdict(NOT_STATED)
    top = named[0]
    if top.strength < _ENOUGH:
        return torn(named)
    rivals = [piece for piece in named if _differs(piece.value, top.value) and piece.strength >= 0.9 * top.strength]
    same = [piece for piece in named if not _differs(piece.value, top.value)]
    if rivals and conditional(top.passage) and conditional(rivals[0].passage):
        return state("law", [*same[:1], *rivals], f"{top.value} or {rivals[0].value}, by where the user is")
    return torn(same, rivals) if rivals else state("law", same, top.value)


def conditional(passage: Passage) -> bool:
    if one_country(passage) or united_states_only(passage) or abroad(passage):
        return True
    # "To the extent you are located in …, you contract with … . You agree that these terms are governed by …"
    before = replace(passage, sense=passage.before, lead="", heading="")
    return bool(passage.before) and (one_country(before) or united_states_only(before) or abroad(before))


def _differs(one: Value, other: Value) -> bool:
    a, b = set(str(one).split(" and ")), set(str(other).split(" and "))
    return not a & b


QUESTION = Question(
    id="governing-law",
    positions=("law",),
    trigger=("law", "legislation"),
    rules=_RULES,
    weights={"terms": 1.0, "privacy": 0.35, "conduct": 0.5, "business": 0.7},
    never=(
        r"\b(?:rights?|owned by|protected)\b[^;]{0,60}?\bunder\b[^;]{0,40}?\blaws?\b(?![^;]{0,80}\bgovern)",
        r"\b(?:scc|sccs|standard contractual clauses|clause 1[78]|annex|uk addendum|member state)\b",
        r"\b(?:where|if|when) [a-z. ]{3,30}? laws? (?:applies|apply|so)\b",
        r"\bexport (?:control )?laws?\b|\b(?:located in|resident (?:in|of)|national of|"
        r"under the control of)\b[^;]{0,160}?"
        r"\bsubject to\b[^;]{0,60}?\blaws?\b(?![^;]{0,80}\bgovern)",
        r"\b(?:federal|u\.?s\.?|united states|state|local) (?:federal )?government(?:al)? (?:entit|agenc|bod)\w*|"
        r"\brights of residents\b|\b(?:information|data)\b(?! (?:collection )?(?:policy|"
        r"notice))[^;,]{0,40}?\b(?:is|are) (?:governed|subject)\b|"
        r"\b(?<!this )(?:data processing (?:addendum|agreement)|dpa|addendum|"
        r"contests?|promotions?|sweepstakes|"
        r"competitions?|prize draws?|affiliate (?:program|agreement))\b[^;]{0,30}?\b(?:is|are|"
        r"be)\b[^;]{0,20}?\bgoverned\b",
        r"\b(?:patent|copyright|trademark|securities|tax|criminal|labou?r|data protection|"
        r"privacy|consumer protection|bankruptcy|sanctions|"
        r"intellectual property) laws?\b(?![^;]{0,80}\bgovern)",
        r"\b(?:comply|compliance|complies|violat\w+|obey|abide)\b(?![^;]{0,60}\bgovern)",
        r"\barbitration (?:agreement|provision|section|clause|"
        r"terms)\b[^;]{0,60}?\bgoverned\b[^;]{0,60}?\barbitration act\b(?![^;]{0,80}\blaws? of)",
        r"\b(?:information|data)\b[^;]{0,80}?\b(?:processed|transferred|"
        r"stored)\b[^;]{0,60}?\blaws?\b(?![^;]{0,80}\bgovern)",
        r"\b(?:collection|use|disclosure|processing) of\b[^;]{0,60}?\b(?:data|information)\b[^;]{0,60}?\bsubject\b",
        r"\blaws?\b[^;]{0,120}?\bmay not (?:provide|offer|be as|afford)\b|"
        r"\blaws?\b[^;]{0,40}?\bgoverning (?:data|privacy|the "
        r"(?:collection|use))\b",
        r"(?<!laws of )\b(?:your|local) (?:country|courts?|laws?|place|mandatory)\b[^;]{0,60}?\b(?:residence|apply|"
        r"law)\b(?![^;]{0,60}\bgovern)",
        r"\A(?!.*\blaws? of\b.*\bunited nations).*\bunited nations convention\b(?![^;]{0,200}\blaws? of)",
    ),
    fits=fits,
    value=value,
    decide=decide,
)
