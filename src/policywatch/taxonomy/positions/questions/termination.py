"""May the platform end an account at will, or for reasons only?

"At any time, if we determine:" with a list of causes is for cause. The user's own right to leave and the right to stop
the whole service say nothing here.
"""

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
from policywatch.taxonomy.positions.scope import business_heading, one_country

define(
    end=r"\b(?:terminat(?:e|es|ed|ing|ion)|suspend(?:s|ed|ing)?|suspension|ban(?:s|ned|ning)?|clos(?:e|es|ing|ure)|deactivat\w+|disabl\w+|cancel(?:s|led|ling|lation)?|block(?:s|ed|ing)?|revok(?:e|es|ed|ing)|delet(?:e|ing|ion)|restrict(?:s|ed|ing)?|discontinu(?:e|es|ing)|den(?:y|ies)|refus(?:e|es|al))\b",
    tie=r"\b(?:accounts?|access|your use|right to (?:use|access)|agreement|terms|contract|licen[sc]es?|memberships?|subscriptions?|you(?:r)?|users?|permission|registration|profile|eula)\b",
    at_will=(
        r"\b(?:for any (?:or no )?(?:reason|cause)|for any(?: reason)? or no|any reason or no|no reason|without (?:any )?(?:cause|reason)|with or without (?:cause|reason|notice)|at (?:our|its|their|the) (?:sole|own|absolute|full|complete)(?: and absolute| and exclusive)? discretion|in (?:our|its|their) (?:sole|absolute|own|complete)(?: and absolute)? discretion|sole discretion|at our discretion|in our discretion|for convenience|at will)\b"
    ),
    because=(
        r"\b(?:if|in (?:the )?(?:event|case)|where|when|because|due to|upon|for (?:any )?(?:violation|violating|breach|fail\w+|non-?payment|cause|repeated|good)|who|should|following|based on|as a result|reasonably (?:believe|determine|suspect)|violat\w+|breach\w*|infring\w+|inactiv\w+|misus\w+|fraud\w*)\b"
    ),
)
_WE_END = r"\b(?:we|us|our|either party|both (?:you|parties)|each party|the parties|you (?:and|or) we|you or us)\b"
_CAUSE = r"\b(?:violat\w+|breach\w*|fail\w* to (?:comply|pay|cure|abide)|infring\w+|inactiv\w+|misus\w+|fraud\w*|unlawful\w*|illegal\w*|abus\w+|non-?payment|required by law|comply with (?:the )?law|risk|harm|suspect\w*|unauthori[sz]ed|not in compliance|inconsistent with|for cause|legal reasons|security reasons|repeat\w*|did not comply|no longer eligible)\b"
_OWN_RIGHT = r"\byou (?:may|can|have the right to|are free to|could|also may|may also)\b[^;]{0,40}?\b(?:terminat|cancel|clos|delet|stop|end|deactivat|discontinu)"
_SERVICE = r"\b(?:terminat|discontinu|suspend|modify|cease|stop|chang)\w*\b[^;]{0,40}?\b(?:the |our |any |all |providing |offering |such )+(?:\w+ ){0,3}?(?:services?|sites?|website|platform|products?|features?|app|apps|program|functionality|software|content|function|promotion\w*)\b"

_RULES = (
    Rule("will", (_WE_END, r"{end}[^;]{0,160}?{tie}|{tie}[^;]{0,120}?{end}", r"{at_will}|\bat any time\b[^;]{0,60}?\b(?:without|with or without|any reason|no reason|notice)|\bfor any reason\b"), none=(_CAUSE, r"\b(?:if|where|when) (?:we|you|it|the)\b")),
    Rule("will", (_WE_END, r"{end}[^;]{0,160}?{tie}|{tie}[^;]{0,120}?{end}", r"\bfor any (?:or no )?(?:reason|cause)\b|\bwithout (?:cause|reason)\b|\bany reason or no reason\b|\bwith or without cause\b|\bfor convenience\b|\b(?:including|including,)\b[^;]{0,80}?\b(?:violat|breach|fail|if)"), none=(r"\bif you (?:do not|are|have)\b[^;]{0,40}?\byour account for any reason",), strength=0.95),
    Rule("will", (r"\b(?:we|us|either party|either (?:you|of us)|both you|each party|you or us|you (?:and|or) we)\b[^;]{0,60}?{end}[^;]{0,100}?{tie}", r"\bat any time\b"), none=(_CAUSE, r"\b(?:if|where|when) (?:we|you|it|the)\b", r"\bif\b"), strength=0.9),
    Rule("cause", (_WE_END, r"{end}[^;]{0,200}?{tie}|{tie}[^;]{0,160}?{end}", _CAUSE), none=(r"\bfor any (?:or no )?reason\b|\bwithout (?:cause|reason)\b|\bno reason\b|\bincluding\b",)),
    Rule("cause", (_WE_END, r"{end}[^;]{0,160}?{tie}|{tie}[^;]{0,120}?{end}", r"\b(?:if|when|where|should|in the event|upon)\b"), none=(r"\bfor any (?:or no )?reason\b|\bwithout (?:cause|reason)\b|\bno reason\b",), strength=0.7),
    Rule("cause", (r"{end}[^;]{0,120}?{tie}|{tie}[^;]{0,120}?{end}", r"\b(?:may|will|can|could|shall|result in|lead to|subject to)\b", _CAUSE), none=(r"\bfor any (?:or no )?reason\b",), strength=0.7),
)  # fmt: skip


def fits(passage: Passage) -> float:
    text = passage.sense
    if found(_OWN_RIGHT, text) and not found(r"\b(?:we|us)\b[^;]{0,60}?{end}|\b(?:either|both|each)\b", text):
        return 0.0
    if found(_SERVICE, text) and not found(
        r"{end}[^;]{0,60}?\b(?:your|user|you|an|any|accounts?)\b[^;]{0,30}?\b(?:account|access|use|accounts|agreement|rights?|licen[sc]e)\b|\bterminat\w*[^;]{0,30}?\b(?:this|the) (?:agreement|contract)|\b(?:these|the) terms\b",
        text,
    ):
        return 0.0
    weight = 0.6 if business_heading(passage) else 1.0
    if found(r"\b(?:features?|beta|trial|api|promotion\w*|program|contest|integration)\b", passage.heading):
        weight *= 0.6
    return weight * (0.5 if one_country(passage) else 1.0)


def decide(evidence: Sequence[Evidence]) -> Verdict:
    listed = [
        piece
        for piece in evidence
        if piece.answer == "will" and piece.passage.follow and piece.passage.sense.endswith((":", "that"))
    ]
    will = [piece for piece in of(evidence, "will") if piece not in listed]
    cause = sorted([*of(evidence, "cause"), *listed], key=lambda piece: -piece.strength)
    if will and will[0].strength >= 0.55:
        return state("any-time", will)
    if best(cause, "cause", "will") >= 0.55:
        return state("for-cause", cause)
    return torn(will, cause) if will or cause else Verdict(NOT_STATED)


QUESTION = Question(
    id="termination",
    positions=("any-time", "for-cause"),
    trigger=r"terminat|suspen|\bban|clos|deactivat|disabl|cancel|block|revok|delet|restrict|den(?:y|ies)|refus",
    rules=_RULES,
    weights=TERMS_ONLY,
    never=(
        r"\b(?:notif\w+|send|post|serve)\b[^;]{0,30}?\bcookies?\b|\bbrowser\b|\bbilling\b[^;]{0,40}?\bcancel",
        r"\b(?:upon|after|following|on) (?:any |such |the )?(?:termination|suspension|expiration|cancellation)\b[^;]{0,120}?\b(?:will|shall|must|survive|cease|delete|may)\b(?![^;]{0,80}\bany time\b)",
        r"\b(?:surviv\w+|refund\w*|liable for (?:any )?(?:termination|suspension))\b(?![^;]{0,80}\bfor any reason\b)",
        r"\b(?:third[- ]part(?:y|ies)|partners?|app store|licensor) (?:\w+ )?(?:may|can|will)\b[^;]{0,30}?{end}",
    ),
    fits=fits,
    decide=decide,
)
