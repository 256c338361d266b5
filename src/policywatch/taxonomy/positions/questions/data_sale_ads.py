"""Is personal data sold, or shared for cross-context advertising?

"We do not sell" beside "we share with advertising partners to target ads" is an admission; so is a right to opt out of
the platform's own "sale". Sales of the business, of goods and of software are another matter.
"""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.taxonomy.positions.grammar import define, found
from policywatch.taxonomy.positions.passages import Passage
from policywatch.taxonomy.positions.rules import (
    NOT_STATED,
    PRIVACY_FIRST,
    Evidence,
    Question,
    Rule,
    Verdict,
    best,
    of,
    state,
    torn,
)
from policywatch.taxonomy.positions.scope import business_heading, minors_only

define(
    sell=r"\b(?:sell(?:s|ing)?|sold|rent(?:s|ed|ing)?|trad(?:e|es|ed|ing)|sale|sales)\b",
    personal=r"\b(?:personal information|information|data|pii|it|them|identifiers|details|email addresses|your privacy)\b",
    ads_kind=r"\b(?:cross-contextu?a?l?(?: behaviou?ral)?|targeted|behaviou?rally?|interest-based|personali[sz]ed|tailored|online|relevant|custom(?:i[sz]ed)?)[- ](?:\w+ ){0,2}?(?:ads?|adverts?|advertis\w+|marketing)\b",
    ad_partners=(
        r"\b(?:advertis(?:ers?|ing|ement)(?: (?:and|or|&) (?:\w+ ){1,3})?(?: (?:partners?|networks?|compan(?:y|ies)|providers?|platforms?|vendors?|agencies|services?|purposes))|advertisers|"
        r"ad (?:networks?|partners?|tech\w*|exchanges?)|marketing partners?|data brokers?|social media (?:compan\w+|platforms?|networks?|partners?))\b"
    ),
)
_NO = r"(?:\bnot\b|\bnever\b|\bno\b|\bneither\b|\bnor\b)"
_OTHER_SALE = (
    r"\b(?:assets?|business(?:es)?|merger|acqui\w+|compan(?:y|ies) (?:is|are)|stock|goods|products?|software|licensed|tickets?|items?|vehicle|merchandise|point of sale|sales (?:team|tax|rep\w*)|"
    r"advertising (?:space|inventory)|services? (?:for|on) sale|bankruptcy|reorgani[sz]ation)\b"
)
_RIGHTS = r"\b(?:right|rights|entitled|may (?:also )?(?:opt|direct|request)|request that|ask us|you can|signal|gpc|global privacy control|whether|if we)\b"
_ADMITS = r"\b(?:we|us|our)\b[^;]{0,60}?"

_RULES = (
    Rule("denies", (rf"\b(?:we|us|our|nor|not|never|neither|and)\b[^;]{{0,90}}?{_NO}[^;]{{0,90}}?{{sell}}|{_NO}[^;]{{0,40}}?{{sell}}|(?:\bno\b|{_NO} (?:a|any|been|being)) .{{0,30}}sale of", "{personal}"), none=(r"\b(?:if|whether) (?:and how )?we\b[^;]{0,40}?\b(?:sell|sold)\b", r"\bdirect us not to\b|\brequest that .{0,60}not sell|\btell us not to\b", r"\bdo not sell (?:or share )?my\b")),
    Rule("denies-sharing", (rf"{_NO}[^;]{{0,120}}?{{sell}}[^;]{{0,60}}?\b(?:or|nor|and)\b[^;]{{0,30}}?\bshar(?:e|ed|ing)\b[^;]{{0,80}}?|{_NO}[^;]{{0,60}}?\bshar(?:e|ed|ing)\b[^;]{{0,30}}?\b(?:or|nor|and|,)\b[^;]{{0,30}}?{{sell}}", "{personal}"), none=(r"\b(?:if|whether) we\b", r"\bdo not sell or share my\b", r"\bdirect us not to\b")),
    Rule("denies-sharing", (rf"{_NO}[^;]{{0,60}}?\bshar(?:e|es|ed|ing)\b[^;]{{0,120}}?{{ads_kind}}",), none=(r"\bdo not sell or share my\b",)),
    Rule("admits", (rf"{_ADMITS}(?<!not )(?<!not to )\b(?:sell|sold|share|shared|shares|sells|disclose)\b[^;]{{0,140}}?\b(?:cross-context|targeted advertising|behaviou?ral advertising)",), none=(_NO, _RIGHTS)),
    Rule("admits", (rf"{_ADMITS}\b(?:sell and share|sell or share|sell/share|sold (?:and|or|and/or) shared|sold/shared|shared or sold|have sold|may sell|do sell)\b", "{personal}"), none=(_NO, r"\b(?:whether|if) we\b|\bopt(?:ing)? out\b|\bright\b")),
    Rule("admits", (r"\b(?:may|might|could|can|is|are|be|constitutes?|qualif\w+|considered|deemed|regarded|defined|treated|viewed)\b[^;]{0,50}?\b(?:sale|sales|sell|selling|sharing)\b[^;]{0,60}?\b(?:under|as defined|by|law|ccpa|of|state|in)\b", r"\b(?:we|us|our|these|this|such)\b", r"\b(?:shar|disclos|advertis|cookie|provid|transfer|allow|use)\w*"), none=(r"\bnot\b[^;]{0,60}?\b(?:sale|sell|selling|sharing)\b", r"\bto the extent\b|\bif (?:we|any|such)\b", _OTHER_SALE), strength=0.95),
    Rule("admits", (rf"{_ADMITS}\b(?:share|shares|disclose|discloses|provide|make available|transfer)\b[^;]{{0,120}}?\b{{ad_partners}}", r"{ads_kind}|\badvertis\w*\b[^;]{0,60}?\b(?:interests?|target\w*|other (?:sites|websites|services|platforms)|across)\b"), none=(rf"{_NO}",), strength=0.9),
    Rule("admits", (rf"{_ADMITS}\b(?:share|disclose|provide|allow|permit|let|use|work with|partner with)\w*\b[^;]{{0,100}}?\b(?:third[- ]part(?:y|ies)|{{ad_partners}}|partners)\b[^;]{{0,140}}?\b(?:cross-context|targeted|interest-based|behaviou?ral)[- ](?:\w+ )?(?:ads?|advertis\w+)",), none=(_NO, _RIGHTS), strength=0.8),
    Rule("opts-out", (r"\bopt(?:ing)? out of\b[^;]{0,60}?\b(?:our|we)\b[^;]{0,40}?{sell}|\bdo not sell (?:or share )?my (?:personal )?(?:information|data)\b|\bopt(?:ing)? out of (?:the |any |our )?(?:sale|sales|sharing)\b",), none=(_NO + r" sell (?!or share my|my)",), strength=0.6),
    Rule("hints", (r"\b(?:share|disclose|provide|allow|partner|use|work)\w*\b[^;]{0,100}?{ad_partners}|{ad_partners}[^;]{0,80}?\b(?:collect|receive|use cookies)", r"\b(?:we|us|our)\b"), none=(_NO,), strength=0.45),
)  # fmt: skip


def fits(passage: Passage) -> float:
    if (
        minors_only(passage)
        or found(
            r"\b(?:you|users?) (?:may|must|shall|agree|will|can|are|should)[^.;]{0,40}?\bnot\b|\bprohibited\b",
            passage.whole,
        )
        and not found(r"\bwe (?:do|will|have|may|never|share|sell)", passage.sense)
    ):
        return 0.0
    if found(
        r"\bgoogle (?:user|workspace|api)|\b(?:sms|mobile|phone numbers?|text messag\w+)\b|\bservice providers? (?:are|may|will|must)? ?not\b|\bthey\b[^;]{0,40}?\bnot\b|\bsensitive\b",
        passage.sense,
    ):
        return 0.4
    if found(_OTHER_SALE, passage.sense) and not found(
        r"\bwe (?:do|will|have|shall) (?:not|never)\b|\bdoes not\b|\badvertis", passage.sense
    ):
        return 0.0
    return 0.6 if business_heading(passage) else 1.0


def decide(evidence: Sequence[Evidence]) -> Verdict:
    denies, admits = of(evidence, "denies", "denies-sharing"), of(evidence, "admits")
    told, denied = best(evidence, "admits"), best(evidence, "denies", "denies-sharing")
    if told >= 0.7:
        if best(evidence, "denies-sharing") >= 0.7:
            return torn(admits, denies)
        return state("sells-or-shares", [*admits, *denies[:1]])
    if denied >= 0.7:
        return (
            torn(denies, of(evidence, "opts-out"))
            if best(evidence, "opts-out") >= 0.6 and not of(evidence, "denies-sharing") and told
            else state("does-not-sell", denies)
        )
    rest = of(evidence, "admits", "opts-out", "hints", "denies", "denies-sharing")
    return torn(rest) if rest and rest[0].strength >= 0.4 else Verdict(NOT_STATED)


QUESTION = Question(
    id="data-sale-ads",
    positions=("sells-or-shares", "does-not-sell"),
    trigger=r"\bsell|\bsold|\bsale|\brent|\btrad(?:e|ing)\b|advertis|\bads?\b|cross-context|data broker|marketing partner|social media",
    rules=_RULES,
    weights=PRIVACY_FIRST,
    fits=fits,
    decide=decide,
)
