"""Is the platform's liability capped, or are kinds of damage excluded?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policywatch.taxonomy.positions.grammar import found
from policywatch.taxonomy.positions.passages import Passage
from policywatch.taxonomy.positions.rules import (
    NOT_STATED,
    TERMS_ONLY,
    Evidence,
    Question,
    Rule,
    Value,
    Verdict,
    best,
    of,
    state,
    torn,
)
from policywatch.taxonomy.positions.scope import business_heading, one_country
from policywatch.taxonomy.positions.values import amount

_LIABLE = r"\b(?:liab(?:le|ilit(?:y|ies))|responsib(?:le|ility)|damages)\b"
_LIMIT = (
    r"\b(?:exceeds?|exceeding|in excess(?: \(?in the aggregate\)?)? of|limited to|not (?:be )?(?:more|greater) than|"
    r"greater than|capped at|more than|up to|(?:greater|lesser|higher|larger) of|is the (?:amount|total|fees)|"
    r"other than the (?:amount|fees)|not to exceed|limit of|maximum of|equal to)\b|\bis (?=[$€£])"
)
_DAMAGES = (
    r"\b(?:indirect|consequential|incidental|special|punitive|exemplary|(?:loss|"
    r"lost) (?:of )?(?:profits?|revenues?|data|business|goodwill|use))\b"
)
# Damage of a kind, where lost data alone is one mishap.
_AT_LARGE = (
    r"\b(?:indirect|consequential|incidental|special|punitive|exemplary|profits?|revenues?|"
    r"business|goodwill|use|any (?:loss|"
    r"damages?)|damages of any)\b"
)
_NO = r"\b(?:not|no|neither|nor|never|exclud\w+|disclaim\w*|under no circumstances|in no event|no event)\b"

_SUM = (
    r"[$€£₹¥] ?\d|\brs\.? ?(?:\d|\Z)|\b(?:hundred|thousand|fifty|ten|five|one)(?: u\.?s\.?)?(?: dollars|$)|"
    r"\b\d[\d,.]* ?(?:us dollars|dollars|usd|euros?|eur|pounds|gbp)\b|\b(?:amounts?|fees|sums?|"
    r"payments?|price|charges|what)\b[^;]{0,60}?\b(?:paid|payable|pay|received|collected|spent|owed|due|made)\b"
)
_NOT_OURS = (
    r"\b(?:your|user'?s?|customer'?s?) (?:total |aggregate |maximum )?liability\b",
    r"\byou (?:shall|will|are|must|may|agree to|accept|remain) (?:be )?(?:\w+ )?(?:liable|"
    r"responsible|indemnify|pay|reimburse)\b",
    r"\byou (?:hereby )?(?:indemnify|defend|hold)\b|\bsurviv\w+|\bchargeback|"
    r"\bunauthori[sz]ed (?:use|transactions?)|\byou (?:affirm|represent|"
    r"warrant)\b|\baward sought\b|\bif you fail\b",
)

# A loss through one mishap or other people's acts is no rule for damage at large.
_ONE_MISHAP = (
    r"\b(?:unauthori[sz]ed|passwords?|credentials|third[- ]part(?:y|ies)|other (?:users?|members?|"
    r"participants?|people)|"
    r"between (?:users|members)|denial[- ]of[- ]service|virus\w*|linked|hyperlinks?|fraudul\w+|illicit|"
    r"(?:remov|delet)\w* (?:of|any|your) (?:\w+ )?content|backups?|refund|"
    r"damage to your (?:computer|device|system|equipment|"
    r"hardware|phone))\b"
)
_BEYOND_CONTROL = r"\bforce majeure\b|\bbeyond (?:our|its|their|the) (?:\w+ )?control\b|\bcircumstances over which\b"
# Caps told in a sentence of their own: "This damage does not exceed the fees …".
_THIS_LIMITED = (
    r"\b(?:damages?|liabilit(?:y|ies)|compensation|amount|obligations?|"
    r"claims?)\b[^;]{0,100}?(?:\b(?:not|never|no event)\b"
    r"[^;]{0,20}?\b(?:exceed|be (?:more|greater|higher) than)|\b(?:is|are|be|shall be|"
    r"remains?) (?:\w+ )?(?:limited|capped) (?:to|at))\b"
)
# Any word of a limit near a sum, which the other rules may not read in full.
_SOME_LIMIT = (
    r"\b(?:not|never)\b[^;]{0,20}?\bexceed|"
    r"(?<!not )(?<!without limitation )\blimited to(?! the (?:fullest|maximum|extent))|"
    r"\b(?:not|no) (?:be )?(?:more|greater|higher) than|\bcapped\b|\b(?:greater|lesser|higher|"
    r"lower|larger|maximum) (?:of|"
    r"liability|amount)\b|\bin excess of\b|\bup to\b"
)
_RULES = (
    Rule("capped", (rf"\bliabilit(?:y|ies)\b[^;]{{0,500}}?{_LIMIT}", _SUM), none=_NOT_OURS),
    Rule(
        "capped",
        (
            rf"\bliable\b[^;]{{0,500}}?{_LIMIT}",
            _SUM,
            r"\bto (?:you|any|the user|customer)\b|\b(?:we|us|party|company|provider)\b",
        ),
        none=_NOT_OURS,
    ),
    Rule(
        "capped",
        (rf"\bliabilit(?:y|ies)\b[^;]{{0,500}}?{_LIMIT}[^;:]{{0,30}}:", _SUM),
        none=_NOT_OURS,
        strength=0.8,  # the sum stands in an item, and not in the sentence that will be quoted
        over="list",
    ),
    Rule(
        "capped",
        (_LIMIT, _SUM),
        none=_NOT_OURS,
        strength=0.8,
        near=(r"\b(?:aggregate|total|maximum|cumulative|entire)\b", r"\bliab(?:le|ility)\b"),
    ),
    Rule(
        "capped",
        (_THIS_LIMITED, _SUM),
        none=(
            *_NOT_OURS,
            r"\b(?:your|user'?s?|customer'?s?) (?:\w+ )?(?:damages?|liability|obligations?)\b",
            r"\bcost of recovery\b",
        ),
        strength=0.8,
        within=(r"\b(?:we|us|our)\b[^;]{0,80}?\bliab(?:le|ility)\b",),
    ),
    Rule(
        "limit",
        (_SOME_LIMIT, _SUM),
        none=(*_NOT_OURS, r"\bindemnif\w+|\bchargeback"),
        strength=0.5,
        within=(
            r"\b(?:we|us|our)\b[^;]{0,80}?\b(?:liab(?:le|ility)|damages)\b",
            r"\b(?:indirect|consequential|liability)\b",
        ),
    ),
    Rule(
        "capped-some", (_LIABLE, r"\b(?:re-?supply|repair or replacement|replacement|refund)\b", _LIMIT), strength=0.5
    ),
    Rule(
        "excluded",
        (r"\bliab", r"\b(?:loss|losses|lost)\b(?: or corruption)? (?:of )?(?:\w+ )?(?:data|content|files)\b", _NO),
        none=(_AT_LARGE,),
        strength=0.5,
    ),
    Rule(
        "excluded",
        (r"\bliab|\b(?:disclaims?|accepts? no|assumes? no) (?:\w+ ){0,3}?responsibility\b", _DAMAGES, _NO),
        none=(
            r"\bsome (?:states|jurisdictions|countries)\b|\b(?:do|does) not allow\b",
            rf"\A(?!.*{_AT_LARGE}).*\b(?:loss|losses|lost)\b(?: or corruption)? (?:of )?(?:\w+ )?(?:data|"
            rf"content|files)\b",
            r"\A(?!.*\b(?:liable|responsible|liability)\b.*\b(?:liable|responsible|"
            r"liability)\b).*\bnothing\b[^;]{0,60}?\b(?:exclud|"
            r"limit)\w*",
        ),
    ),
    Rule("excluded", (r"\b(?:we|us)\b[^;]{0,60}?\bnot (?:\w+ ){0,4}?(?:indemnify|compensate)\b", _DAMAGES)),
    Rule(
        "excluded",
        (
            r"\b(?:we|us|our|the service)\b[^;]{0,80}?\b(?:not|no|nor)\b[^;]{0,40}?\b(?:liab(?:le|ility)|"
            r"responsib(?:le|ility))\b[^;]{0,40}?\b(?:any|all)\b[^;]{0,30}?\b(?:loss|losses|damages?)\b",
        ),
        none=(r"\bexcept\b", _BEYOND_CONTROL, _ONE_MISHAP),
        strength=0.65,
    ),
    Rule(
        "excluded",
        (
            r"\b(?:we|us)\b[^;]{0,60}?\bnot\b[^;]{0,40}?\b(?:liable|responsible)\b|\bno (?:liability|"
            r"responsibility)\b|\bnot (?:be )?(?:held )?(?:liable|responsible) for\b",
        ),
        none=(r"\byou\b[^;]{0,20}?\bare (?:solely )?responsible\b", r"\bexcept\b"),
        strength=0.45,
    ),
)
_TRIALS = r"\b(?:trials?|betas?|previews?|evaluation|early access|free (?:version|tier|plan|services))\b"
_OTHERS_CAP = rf"{_TRIALS}|\b(?:chargeback|refund|shipping|prize|arbitrat\w+ fee|filing fee|small claims|settlement)\b"


def fits(passage: Passage) -> float:
    if found(r"\byou (?:agree to |shall |will )?(?:indemnify|defend|reimburse)\b", passage.sense) and not found(
        r"\bour (?:\w+ ){0,3}liability|\b(?:we|us)\b[^;]{0,60}?\bliab", passage.sense
    ):
        return 0.0
    weight = 0.5 if business_heading(passage) else 1.0
    return weight * (0.5 if one_country(passage) else 1.0)


def value(passage: Passage, answer: str) -> Value:
    if not answer.startswith("capped"):
        return None
    told = amount(passage.sense) or amount(" ".join((passage.sense, passage.after)))
    return told or amount(" ".join((passage.sense, *passage.follow)))


def _weakened(piece: Evidence) -> Evidence:
    """A cap on something else than what the platform owes its users at large counts half."""
    return replace(piece, strength=0.5 * piece.strength) if _special(piece.passage) else piece


def _special(passage: Passage) -> bool:
    limit = found(_LIMIT, passage.sense)
    near = passage.sense[max(limit.start() - 160, 0) : limit.end() + 120] if limit else passage.sense
    # "… the amount you paid, or $100 if you use the free tier" is the rule for everybody.
    paid = found(r"\bpaid\b", near) and found(
        r"\bor\b[^;]{0,60}?\bfree (?:tier|plan|version|accounts?|users?|services?)\b", near
    )
    return bool((found(_OTHERS_CAP, near) and not paid) or found(_TRIALS, passage.heading))


def decide(evidence: Sequence[Evidence]) -> Verdict:
    capped = of([_weakened(piece) for piece in evidence if piece.value], "capped")
    excluded = of([piece for piece in evidence if not _aside(piece)], "excluded")
    if capped and capped[0].strength >= 0.55:
        return state("capped", capped, capped[0].value)
    sections = {id(piece.passage.section) for piece in excluded}
    limits = [piece for piece in of(evidence, "limit") if id(piece.passage.section) in sections]
    if best(excluded, "excluded") >= 0.6:
        return torn(excluded, limits) if limits else state("excluded", excluded)
    some = [*capped, *of(evidence, "capped-some")]
    return torn(some, excluded) if some or excluded else Verdict(NOT_STATED)


def _aside(piece: Evidence) -> bool:
    """Is it no more than a privacy policy's word on other sites and on how safe the net is?"""
    return piece.passage.document.kind != "terms" and not found(_DAMAGES, piece.passage.sense)


QUESTION = Question(
    id="liability",
    positions=("capped", "excluded"),
    trigger=("liab", "exceed", "damages", "responsib", "limited to", "paid", "indemnify", "compensate"),
    rules=_RULES,
    weights=TERMS_ONLY | {"privacy": 0.3},
    fits=fits,
    value=value,
    decide=decide,
)
