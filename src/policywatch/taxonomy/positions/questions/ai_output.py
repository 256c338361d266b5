"""Who owns what the platform's AI makes? "You own your content" counts only where content includes outputs."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.taxonomy.positions.grammar import define, found
from policywatch.taxonomy.positions.passages import Passage
from policywatch.taxonomy.positions.rules import (
    NOT_STATED,
    TERMS_ONLY,
    Evidence,
    Question,
    Rule,
    Verdict,
    best,
    of,
    state,
    torn,
)
from policywatch.taxonomy.positions.scope import business_heading, forbids_users

define(
    output=(
        r"\b(?:outputs?|(?:ai[- ])?generated (?:content|materials?|works?|images?|text|videos?|audio|music|results?|output|code|creations?)|content (?:that is |you )?(?:generated?|created?|produced?)\b|"
        r"generations?|creations?|(?:assets|content|images|music|songs|videos|tracks|works|results?|materials|audio|suggestions|responses)\b[^.;]{0,30}?\b(?:you )?(?:creat\w+|generat\w+|produc\w+)(?: (?:with|using|by|through|via|from))?|"
        r"generative \w+|suggestions|completions?)\b"
    ),
    owns=r"\b(?:own(?:s|ed|ership)?|retain\w*|(?:all )?right,? title,?|assign(?:s|ed)?|belong(?:s)? to|property of|intellectual property rights|copyright)\b",
)
_OURS = (
    r"\b(?:we|our (?:licensors?|affiliates|suppliers)[\w,. ]{0,30}?)(?:,? (?:and|or|and/or) (?:our|its|their) [\w, ]{1,40}?)?,? "
    r"(?:(?:shall|will|hereby|exclusively|solely|expressly|also|otherwise|do|does|and) )*(?:own|owns|retain|retains|reserve|reserves|hold|holds)\b"
)
_YOURS = r"\b(?:you|user|customer|the user|customers|users) (?:\([a-z0-9]\) )?(?:\w+ ){0,4}?\b(?:own|owns|retain|retains|hold|are the owner|is the owner)\b"

_RULES = (
    Rule("user", (rf"{_YOURS}[^;]{{0,120}}?{{output}}|{{output}}[^;]{{0,60}}?\b(?:is|are|be|belongs?)\b[^;]{{0,20}}?\b(?:owned by you|yours|your property|to you)\b",), none=(r"\bdo(?:es)? not (?:own|retain|obtain|acquire)|\bnot (?:own|be the owner)",)),
    Rule("user", (r"\b(?:assign|assigns|transfer)s?\b[^;]{0,60}?\bto (?:you|user|customer)\b[^;]{0,120}?{output}|\bassigns?\b[^;]{0,160}?{output}[^;]{0,60}?\bto (?:you|customer|user)",), none=(r"\byou (?:hereby )?(?:\w+ )?assign",)),
    Rule("user", (rf"{_YOURS}[^;]{{0,120}}?\b(?:content|customer data|customer content)\b", r"{output}"), none=(r"\byou (?:represent|warrant)", r"\bdo(?:es)? not own"), strength=0.6),
    Rule("no-claim", (r"\b(?:we|us)\b[^;]{0,20}?\b(?:do|does|will) not\b[^;]{0,20}?\bclaim\b[^;]{0,40}?(?:ownership|rights|copyright)\b[^;]{0,80}?{output}|\bclaims? no (?:ownership|right)\w*\b[^;]{0,60}?{output}|{output}[^;]{0,60}?\b(?:we do not claim|no claim)", ), strength=0.8),
    Rule("platform", (rf"{_OURS}[^;]{{0,120}}?{{output}}",), none=(r"\b(?:not|no) (?:claim|own|retain|assert)", r"\b(?:you|user) (?:own|retain)\b", r"\bassign[^;]{0,60}to you\b", r"\b(?:except|excluding|other than)\b[^;]{0,40}?{output}")),
    Rule("platform", (r"{output}[^;]{0,80}?\b(?:owned by|property of|belongs? to|vests? in|remain)\b[^;]{0,30}?\b(?:we|us|our)\b",), none=(r"\bnot\b",)),
    Rule("licensed", (r"{output}", r"\b(?:grants? (?:to )?you|you are granted|licen[sc]e to (?:use|you)|licensed to you)\b"), strength=0.6),
)  # fmt: skip


def fits(passage: Passage) -> float:
    if forbids_users(passage) and not found(r"\b(?:own|owns|assign|retain)\b", passage.sense):
        return 0.0
    if found(
        r"\b(?:feedback|usage data|service generated|statistic\w*|aggregate\w*|analytics|system-generated|third[- ]party (?:output|content)|other (?:users|customers)'?|user-?generated)\b",
        passage.sense,
    ):
        return 0.4
    return 0.6 if business_heading(passage) else 1.0


def decide(evidence: Sequence[Evidence]) -> Verdict:
    users, ours = of(evidence, "user"), of(evidence, "platform")
    theirs, mine = best(evidence, "user"), best(evidence, "platform")
    if theirs >= 0.55 and mine < 0.7 * theirs:
        return state("user-owns", users)
    if mine >= 0.55 and theirs < 0.7 * mine and not of(evidence, "no-claim"):
        return state("platform-owns", ours)
    if not users and not ours and best(evidence, "no-claim") >= 0.7 and not of(evidence, "licensed"):
        return state("user-owns", of(evidence, "no-claim"))
    return torn(users, ours, of(evidence, "no-claim"), of(evidence, "licensed")) if evidence else Verdict(NOT_STATED)


QUESTION = Question(
    id="ai-output",
    positions=("user-owns", "platform-owns"),
    trigger=r"output|generat|creat(?:e|ed|ions?)|result|suggestion|completion|asset|respons",
    rules=_RULES,
    weights=TERMS_ONLY | {"privacy": 0.4},
    fits=fits,
    decide=decide,
)
