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
        r"(?:\b(?:outputs?|(?:code |text |model )completions|generations|generative (?:automations|"
        r"content|outputs?|works?)|(?:ai[- ])?generated (?:content|materials?|works?|images?|text|"
        r"videos?|audio|music|voices?|results?|outputs?|code|creations?|assets?|media|"
        r"files?))\b(?<!user-generated content)"
        r"|\bcontent (?:that is |you )?generated\b|\b(?:assets|content|images?|music|songs?|videos?|"
        r"tracks?|works?|results?|materials?|audio|voices?|files?|creations?|text|artworks?|"
        r"media)\b(?: that| which)? (?:you|they|users?) (?:\w+ ){0,2}?(?:(?:creat|produc|"
        r"mak)\w*(?! available)(?! (?:and|or|"
        r"and/or) (?:post|shar|upload|submit|publish|stor)) (?:\w+ ){0,3}?(?:with|using|through|via|by)|"
        r"generat\w* (?:\w+ ){0,3}?(?:with|using|through|via|by|from|on|in))\b"
        r"|\b(?:assets|content|images?|music|songs?|videos?|tracks?|works?|audio|voices?|text|"
        r"media)\b (?:that (?:is|are) )?(?:generated|created|produced) (?:by|with|using|"
        r"through) (?:the|our|we)\b"
        r"|\bcreations?\b|\b(?:customer|user) (?:videos?|images?|songs?|tracks?|voices?|avatars?|generations)\b)"
    ),
    own=r"(?:(?<!your )(?<!their )(?<!its )\bown(?:s|ed)?\b(?! (?:risk|determination|research|use|"
    r"expense|judg))|\bretain(?:s|ed)?\b(?![^.;]{0,80}\b(?:{period}|as long as|retention))|"
    r"\bhold(?:s)?\b|\bkeeps? (?:all |the |full |"
    r"any )*(?:ownership|rights?|title)\b)",
)
_USER = r"\b(?:you|the user|users?|the customer|customers?)\b"
_YOURS = (
    rf"{_USER}(?:,? (?:\([a-z0-9]\)|shall|will|do|may|also|fully|exclusively|solely|hereby|retain|"
    rf"\w+ly))*,? (?:{{own}}|are the (?:sole )?owners?|is the (?:sole )?owner)"
)
_OURS = (
    r"\b(?:we|our (?:licensors?|affiliates|suppliers)[\w,. ]{0,30}?)(?:,? (?:and|or|"
    r"and/or) (?:our|its|their) [\w, ]{1,40}?)?,? "
    r"(?:(?:shall|will|hereby|exclusively|solely|expressly|also|otherwise|do|does|and) )*(?:{own}|"
    r"reserves? (?:all|any) (?:\w+ ){0,3}?rights?)\b"
)
_NOT_OWNED = (
    r"\b(?:do|does|will|shall|did) not (?:\w+ )?(?:own|retain|obtain|acquire|claim)|\bnot (?:own|"
    r"be the owner)|\bno ownership\b"
)

_RULES = (
    Rule(
        "user",
        (rf"\bassigns? to {_USER}[^.;]{{0,30}}?\b(?:any|all|its|the|our)\b[^.;]{{0,30}}?\brights?\b",),
        strength=0.9,
        within=("{output}",),
    ),
    Rule("user", (r"{output}[^;]{0,40}?\b(?:is|are) (?:hereby )?(?:assigned|transferred) to (?:you|the user)\b",)),
    Rule(
        "user",
        (rf"(?:{_YOURS})[^;]{{0,140}}?{{output}}",),
        none=(_NOT_OWNED, r"\byou (?:represent|warrant)", r"\bnon-exclusive\b"),
    ),
    Rule(
        "user",
        (
            r"{output}[^;]{0,60}?\b(?:is|are|be|shall be|will be)\b[^;]{0,20}?\b(?:owned by you|yours|"
            r"your property|property of the user)\b|{output}[^;]{0,40}?\bbelongs? to (?:you|the user)\b",
        ),
        none=(r"\bnot\b",),
    ),
    Rule(
        "user",
        (
            r"\b(?:assign|transfer)s?\b[^;]{0,80}?\bto (?:you|the user|customer)\b[^;]{0,120}?{output}|"
            r"\bassigns?\b[^;]{0,160}?{output}[^;]{0,60}?\bto (?:you|the user|customer)",
        ),
        none=(r"\byou (?:hereby )?(?:\w+ )?assign",),
    ),
    Rule(
        "user",
        (
            r"\b(?:ownership|title|rights?)\b[^;]{0,30}?{output}[^;]{0,20}?\b(?:(?:shall |will )?vests?|lies?|rests?|"
            r"remains?) (?:in|with) (?:you|the user)\b",
        ),
    ),
    Rule("user", (r"\byour (?:ownership|rights) (?:of|in|to) (?:\w+ )?{output}",), none=(r"\bno\b",), strength=0.6),
    Rule(
        "user",
        (rf"(?:{_YOURS})[^;]{{0,60}}?\b(?:all (?:of )?)?(?:your )?(?:content|customer content)\b",),
        none=(_NOT_OWNED, r"\byou (?:represent|warrant)"),
        strength=0.7,
        near=(
            r"\b(?:inputs? and outputs?|prompts? and outputs?|outputs?)\b[^;]{0,60}?\b(?:collectively|"
            r"together|are|is)\b[^;]{0,30}?\bcontent\b",
        ),
    ),
    Rule(
        "no-claim",
        (
            r"\b(?:we|us)\b[^;]{0,20}?\b(?:do|does|"
            r"will) not\b[^;]{0,20}?\bclaim\b[^;]{0,40}?\b(?:ownership|rights|"
            r"copyright)\b[^;]{0,80}?{output}|\b(?:claims?|makes?) no (?:claim (?:of|to) )?(?:ownership|"
            r"right)\w*\b[^;]{0,60}?{output}",
        ),
        strength=0.8,
    ),
    Rule("no-claim", (r"\bwe (?:do|does) not own (?:\w+ ){0,2}?(?:{output}|suggestions\b)",), strength=0.8),
    Rule(
        "no-claim",
        (
            r"\b(?:will|do|does) not claim (?:any )?ownership\b[^;]{0,30}?\b(?:that|this|such|it|"
            r"the) ?(?:content|output|original)?",
        ),
        strength=0.75,
        near=(r"\b(?:generat\w+|create) (?:\w+ ){0,2}?(?:content|output|text|images?|code)\b|{output}",),
    ),
    Rule(
        "platform",
        (rf"(?:{_OURS})[^;]{{0,140}}?{{output}}",),
        none=(
            _NOT_OWNED,
            r"\byou (?:own|retain)\b",
            r"\bassign[^;]{0,60}to you\b",
            r"\b(?:except|excluding|other than)\b[^;]{0,40}?{output}",
            r"\bnon-exclusive\b",
            r"\b(?:we|licensors) create\b",
        ),
    ),
    Rule(
        "platform",
        (
            r"{output}[^;]{0,80}?\b(?:owned by|property of|belongs? to|vests? in|"
            r"remain)\b[^;]{0,30}?\b(?:we|us|our)\b",
        ),
        none=(r"\bnot\b",),
    ),
    Rule(
        "platform",
        (rf"{_USER} (?:\w+ )?(?:\w+ )?(?:assigns?|transfers?)\b[^;]{{0,80}}?{{output}}[^;]{{0,40}}?\bto (?:we|us)\b",),
        none=(r"\bnot\b",),
    ),
    Rule(
        "licensed",
        (
            r"{output}",
            r"\b(?:we (?:hereby )?grants? (?:to )?you|grants? you|you are granted|licensed to you|"
            r"licen[sc]e to use (?:the |such )?{output})",
        ),
        strength=0.6,
    ),
)


def fits(passage: Passage) -> float:
    if forbids_users(passage) and not found(r"\b(?:own|owns|assign|retain)\b", passage.sense):
        return 0.0
    if found(
        r"\A(?!.*\bnot claim\b).*\b(?:feedback|usage data|service generated|statistic\w*|aggregate\w*|system-generated|"
        r"user-generated|derived data|network data)\b",
        passage.sense,
    ):
        return 0.0
    if found(r"\b(?:third[- ]party (?:outputs?|content)|other (?:users|customers)'?)\b", passage.sense) and not found(
        r"\byour ownership\b", passage.sense
    ):
        return 0.4
    if found(r"\b(?:experimental|early access|beta)\b", f"{passage.heading} {passage.sense}"):
        return 0.4
    return 0.6 if business_heading(passage) else 1.0


def decide(evidence: Sequence[Evidence]) -> Verdict:
    users, ours = of(evidence, "user"), of(evidence, "platform")
    theirs, mine = best(evidence, "user"), best(evidence, "platform")
    if theirs >= 0.55 and mine < 0.7 * theirs:
        return state("user-owns", users)
    if mine >= 0.55 and theirs < 0.5 * mine and not of(evidence, "no-claim"):
        return state("platform-owns", ours)
    if not users and not ours and best(evidence, "no-claim") >= 0.7 and not of(evidence, "licensed"):
        return state("user-owns", of(evidence, "no-claim"))
    return torn(users, ours, of(evidence, "no-claim"), of(evidence, "licensed")) if evidence else Verdict(NOT_STATED)


QUESTION = Question(
    id="ai-output",
    positions=("user-owns", "platform-owns"),
    trigger=("claim", "output", "generat", "creat", "completion", "asset", "vest", "suggestion", "assigns"),
    rules=_RULES,
    weights=TERMS_ONLY | {"privacy": 0.4},
    fits=fits,
    decide=decide,
)
