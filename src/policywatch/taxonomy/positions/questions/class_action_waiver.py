"""Is the right to take part in class actions waived? A jury waiver alone is not that."""

from __future__ import annotations

from policywatch.taxonomy.positions.grammar import found
from policywatch.taxonomy.positions.passages import Passage
from policywatch.taxonomy.positions.rules import TERMS_ONLY, Question, Rule, strongest
from policywatch.taxonomy.positions.scope import business_heading, one_country

_CLASS = (
    r"\b(?:class(?:[ -]wide)?(?:,| or| and|/)?(?: (?:\w+,? )?(?:or |and )?)?[ -]?(?:actions?|"
    r"arbitrations?|proceedings?|members?|basis|treatment|representatives?|claims?|suits?|"
    r"lawsuits?)|collective (?:actions?|proceedings?|basis|arbitrations?)|class,|a class|class or|"
    r"class and|representative (?:actions?|proceedings?|capacity|basis)|consolidated (?:actions?|"
    r"proceedings?|claims?|arbitrations?)|\bnot class\b|class of claimants)"
)
_NO = (
    r"\b(?:not|waiv\w+|no\b|neither|never|prohibit\w*|giv(?:e|ing) up|relinquish\w*|only|"
    r"rather than|barred|precluded?|foregoes?|forgo(?:es|ing)?|without|nor)\b"
)

QUESTION = Question(
    id="class-action-waiver",
    positions=("waived",),
    trigger=("class", "collective", "individual", "representative"),
    rules=(
        Rule(
            "waived", (rf"{_CLASS}[^;]{{0,40}}?\b(?:not (?:permitted|allowed|available)|prohibited|barred|excluded)\b",)
        ),
        Rule("waived", (r"\A\W*no class (?:actions?|proceedings?|arbitrations?)\b",), strength=0.9),
        Rule(
            "waived",
            (
                r"\b(?:individual|individually)\b[^;]{0,60}?\b(?:basis|capacity|arbitration|claims?)\b|"
                r"\bindividual,? (?:and )?",
                _CLASS,
                _NO,
            ),
        ),
        Rule(
            "waived",
            (
                r"\b(?:limits?|without|lose|losing)\b[^;]{0,160}?\bright to (?:participate|take part|"
                r"join)\b[^;]{0,40}?\bclass\b",
            ),
            none=(r"\b(?:not|nothing|never)\b[^;]{0,30}?\blimit",),
            strength=0.9,
        ),
        Rule(
            "waived",
            (
                rf"\b(?:waiv\w+|giv(?:e|ing) up|relinquish\w*)\b[^;]{{0,320}}?{_CLASS}|"
                rf"{_CLASS}[^;]{{0,100}}?\b(?:waive[dr]?s?|waiver)\b",
            ),
        ),
        Rule(
            "waived",
            (
                rf"\b(?:not|no|neither|nor|never|prohibit\w*)\b[^;]{{0,140}}?{_CLASS}",
                r"\b(?:arbitrat\w+|dispute|claims?|action|proceeding|court|bring|brought|participate|"
                r"plaintiff|party)\b",
            ),
            strength=0.9,
        ),
        Rule(
            "waived",
            (
                r"\bonly\b[^;]{0,60}?\bindividual (?:basis|capacity)\b|\bindividual (?:basis|"
                r"capacity)\b[^;]{0,40}?\bonly\b",
            ),
            strength=0.8,
        ),
    ),
    weights=TERMS_ONLY,
    never=(
        r"\b(?:first|high|business|asset|customer|education)[- ]class\b|\bclasses? of\b(?! (?:claimants|persons|"
        r"people|users|consumers))|\bclassif",
        r"\b(?:if|should|in the event)\b[^;]{0,60}?\bclass[^;]{0,60}?\b(?:unenforceable|invalid)",
        r"\bnothing in\b[^;]{0,80}?\bclass\b|\bwaivers?\b[^;]{0,60}?\b(?:does|do|shall|will|may) not apply\b",
        r"\b(?:do|does|will|shall) not (?:\w+ ){0,3}?waive\b|\b(?:keep|retain|preserve)\w* (?:your|the) right\b",
        r"\bchildren\b|\bstudents?\b|\bteachers?\b|\bdata\b[^;]{0,30}?\bclass",
    ),
    fits=lambda passage: _fits(passage),
    decide=strongest,
)


# A title, or a sentence about the waiver, tells less than the one that waives.
_MENTION = (
    r"\A[^.;:]{0,60}\bwaivers?\W*\Z|\b(?:enforceab\w+|validity|scope|interpretation|information about|"
    r"provisions?|following|section)\b[^;]{0,120}?\bclass[- ](?:action )?(?:\w+ ){0,4}?waivers?\b|"
    r"\bclass[- ](?:action )?(?:\w+ ){0,4}?waivers?\b[^;]{0,40}?\b(?:provisions?|section|enforceab\w+|validity)\b"
)


def _fits(passage: Passage) -> float:
    mention = found(_MENTION, passage.sense) and not found(r"\byou (?:\w+ ){0,6}?waive\b", passage.sense)
    return (
        (0.6 if mention else 1.0)
        * (0.6 if business_heading(passage) else 1.0)
        * (0.45 if one_country(passage) else 1.0)
    )
