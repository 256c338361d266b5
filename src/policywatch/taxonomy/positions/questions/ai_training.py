"""Are people's content and data used to train models?

A sentence counts when it joins training (or improving models) with the platform's own doing. Bans on users, other
firms' models, public web data and the platform's staff do not. A refusal is weighed by what it covers: one that holds
for one product, one source of data or business customers says nothing about the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.taxonomy.positions.grammar import define, found
from policywatch.taxonomy.positions.passages import Passage
from policywatch.taxonomy.positions.rules import (
    NOT_STATED,
    PRIVACY_FIRST,
    UNCLEAR,
    Evidence,
    Question,
    Rule,
    Verdict,
    best,
    of,
    state,
    torn,
)
from policywatch.taxonomy.positions.scope import business_only, forbids_users

define(
    train=r"\b(?:(?:re|pre)-?)?train(?:s|ed|ing)?\b|\bfine-?tun(?:e|es|ed|ing)\b",
    model=r"\b(?:ai|machine learning|ml|llms?|(?:language|foundation|generative|speech|voice) (?:models?|technolog\w+|systems?)|models?|algorithms?|neural networks?|classifiers?)\b",
    own_model=(
        r"\b(?:(?:our|the|its|their|future|new|these|underlying|generative|large|foundation|we|and|or|based|products?) )*"
        r"(?:ai\b(?! features?)|machine learning|ml\b|llms?|language models?|generative models?|models?|deep learning)"
    ),
    training_talk=(
        r"(?:(?:{train})[^;]{0,90}?{model}|{model}[^;]{0,60}?(?:{train})|\bfor (?:\w+ ){0,3}?training (?:purposes|and)\b"
        r"|\b(?:improv|develop|enhanc|build|refin|optimi[sz])\w*(?: and \w+)?,? {own_model}|\b(?:including|such as|for|and|to) (?:{train}),)"
    ),
    stuff=(
        r"(?:content|input|inputs|outputs?|prompts?|quer(?:y|ies)|conversations?|chats?|messages?|data|information|materials?|submissions?|interactions?|posts?|"
        r"recordings?|images?|photos?|videos?|files?|works?|feedback|usage|it|them|transcripts?|emails?|code)"
    ),
)

_OPT_OUT = (
    r"\bopt(?:s|ed|ing)? out\b(?! of (?:arbitration|marketing|receiving|the sale|sales?|cookies|targeted|promotional))"
    r"|\b(?:do not|would not|not) (?:want|wish|like)\b[^.;]{0,60}?\b(?:train|used?)\b|\b(?:turn(?:ing|ed)?|toggl\w+|switch\w*) .{0,30}?\boff\b"
    r"|\bdisabl(?:e|ing)\b|\bobject to\b|\bright to object\b|\bchoose not to\b|\bunless you (?:opt(?:ed)? out|object|disable|turn)"
)
_OPT_IN = (
    r"\bopt(?:s|ed|ing)? in\b|\bopt-in\b"
    r"|\b(?:without|unless|except|only (?:if|with|when|where|after)|with|upon|subject to|obtain\w*|have)\b[^.;]{0,50}?\b(?:consent|permission|authori[sz]ation|approval|instruct\w*)\b"
    r"|\b(?:unless|only (?:if|when|where)|if) (?:and only if )?{you} (?:\w+ ){0,3}?(?:consent|agree|permit|allow|choose to|elect|opt in|give|grant|authori[sz]e|enable|ask|instruct|provide feedback|submit feedback)"
    r"|\bvoluntarily\b|\b(?:explicitly|affirmatively|expressly) (?:agree|consent|opt|choose|permit|report)"
)
_NOT = (
    r"\b(?:do|does|will|shall|may|can|are|is|must|would|did|have|has) (?:\w+ )?(?:not|never)\b(?! (?:want|wish|like|opt|agree|consent|limited))"
    r"|\bnever\b|\bnor (?:do|does|will|is|are)\b|\bno\b[^.;]{0,60}?\b(?:is|are|will be) used\b"
    r"|\b(?:is|are|will be) (?:excluded|exempt) from\b|\brefrain from\b|\bneither\b|\bno longer\b|\bwithout using\b"
)
_OTHERS = (
    r"\b(?:they|third[- ]part(?:y|ies)(?: \w+){0,3}|(?:service )?providers?|vendors?|partners?|sub-?processors?|openai|anthropic|google|aws|azure|microsoft) (?:\w+ ){0,3}?(?:do|does|will|shall|may|can|are|is|must)? ?"
    r"(?:not|never|prohibited|restricted|forbidden|no longer)\b"
    r"|\b(?:prohibit|prevent|restrict|forbid|bar|contractually|zero[- ]retention|no-training)\w*\b"
    r"|\btrain(?:ing)? (?:any )?(?:their|its|third[- ]part(?:y|ies)'?|external|other companies')(?: own)?\b(?!.{0,12}\bour\b)"
    r"|\b(?:license|sell|provide|share|disclose|transfer)\b[^.;]{0,50}?\bto (?:any )?third[- ]part(?:y|ies)\b"
)
_PUBLIC = r"\bpublic(?:ly)?[- ](?:available|accessible|data|information|domain|sources?|web|internet)|\b(?:from|on) the (?:public )?(?:internet|web)\b|\blicensed (?:data|content|from)\b"
_ONE_SOURCE = (
    r"\b(?:google (?:user data|workspace|drive|mail|apis?|account|calendar)|workspace apis?|gmail|3rd party|third[- ]part(?:y|ies) (?:apis?|integrations?|applications?|services?)|"
    r"(?:payment|billing|account|contact|technical usage|health|biometric|location|voice|face|children'?s?|student) (?:information|details|data|recordings?)|"
    r"integrations?|connect(?:ed|ors?)|microsoft 365|slack|zoom|mobile number|sms|sensitive|special categor\w+|incognito|temporary chats?|private (?:mode|chats?)|"
    r"(?:direct|private) messages|api|apis|feature|in this|for these?|artist'?s?)\b"
)
_THIN = r"\b(?:aggregated?|anonymi[sz]ed|anonymous|de-?identified|statistical|pseudonymi[sz]ed|non-personal(?:ly)?|feedback|usage data|usage information|technical data)\b"
_PERSON_STUFF = r"\b(?:your|you|user|users|users'|user's|customer|customers|customers'|members?'?|their|personal)\b[^;]{0,80}?\b{stuff}\b|\b(?:content|inputs?|outputs?|prompts?|conversations?|chats|personal information|user data|customer data)\b"


def fits(passage: Passage) -> float:
    if forbids_users(passage) and not found(
        r"\b(?:we|us) (?:do|will|may|shall|can|use|never)\b|\bopt(?:ing)? out\b|\bdo not want us\b", passage.sense
    ):
        return 0.0
    if found(_PUBLIC, passage.sense) and not found(
        r"\byour? (?:content|input|conversation|prompt)|\byou (?:provide|share|submit)|\bpublic (?:post|content)",
        passage.sense,
    ):
        return 0.0
    return 0.55 if business_only(passage) else 1.0


_RULES = (
    Rule(
        "opts-out",
        ("{training_talk}", _OPT_OUT),
        none=(r"\bopt(?:ed|ing)? out\b.{0,40}\b(?:arbitration|cookies|sale)\b",),
    ),
    Rule(
        "opts-out",
        (r"\bopt(?:s|ed|ing)? out\b|\bopt-out\b|\bturn(?:ing)? (?:this|it|that) off\b", r"{training_talk}"),
        strength=0.9,
        over="clause",
    ),
    Rule(
        "chooses",
        ("{training_talk}", r"\b(?:control|decide|choose|manage|select|adjust|toggle|settings?|preferences?)\b"),
        none=(_NOT,),
        strength=0.7,
    ),
    Rule("opts-in", ("{training_talk}", _OPT_IN, rf"{_NOT}|\bonly\b"), none=(r"\bopt(?:ed|ing)? out\b", _OTHERS)),
    Rule(
        "opts-in",
        (
            "{training_talk}",
            r"\b(?:if|when|where) {you} (?:\w+ ){0,2}?(?:opt in|consent|choose to (?:share|allow|let)|give us permission|have given)|\bwith your (?:\w+ )?(?:consent|permission)",
        ),
        none=(r"\bopt(?:ed|ing)? out\b", _OTHERS),
    ),
    Rule(
        "refuses",
        ("{training_talk}", _NOT),
        none=(
            _OTHERS,
            _OPT_IN,
            _OPT_OUT,
            _ONE_SOURCE,
            r"\b(?:except|unless|other than|apart from|large language|external|generali[sz]ed|third[- ]party)\b",
        ),
    ),
    Rule("refuses-some", ("{training_talk}", _NOT), none=(_OPT_IN, _OPT_OUT), strength=0.5),
    Rule("trains", ("{training_talk}", _PERSON_STUFF), none=(_NOT, _OPT_IN, _THIN, _OTHERS)),
    Rule(
        "trains", ("{training_talk}", _PERSON_STUFF), none=(_NOT, _OPT_IN, _THIN, _OTHERS), strength=0.9, over="whole"
    ),
    Rule(
        "trains",
        (
            r"\b(?:to|for|including|purpose of) (?:\w+,? (?:and )?){0,4}?(?:{train})[^.;]{0,60}?\b(?:our|we|the)\b[^.;]{0,40}?{model}",
        ),
        none=(_NOT, _OPT_IN, _THIN, _OTHERS),
        strength=0.8,
    ),
    Rule(
        "trains",
        (
            r"\blicen[sc]e\b",
            r"\b(?:to|for|including) (?:\w+,? ){0,6}?(?:{train})",
        ),
        none=(_NOT, _OPT_IN),
        strength=0.8,
    ),
    Rule("hints", ("{training_talk}", r"\b(?:we|us|our)\b"), none=(_NOT, _OPT_IN, _OTHERS), strength=0.4),
    Rule(
        "hints",
        (r"\b(?:improv|develop|enhanc)\w*[^.;]{0,60}?\b(?:algorithms?|models|ai)\b", r"\b(?:we|us|our|your)\b"),
        none=(_NOT,),
        strength=0.4,
        over="whole",
    ),
)


def decide(evidence: Sequence[Evidence]) -> Verdict:
    trains, hints = of(evidence, "trains"), of(evidence, "hints", "chooses")
    out, into = of(evidence, "opts-out"), of(evidence, "opts-in")
    refuses = of(evidence, "refuses")
    told = best(evidence, "trains")
    if out and best(evidence, "opts-out") >= 0.5:
        if into and best(evidence, "opts-in") >= best(evidence, "opts-out"):
            return torn(out, into)
        return (
            torn(out, refuses)
            if best(evidence, "refuses") > best(evidence, "opts-out")
            else state("trains-unless-opt-out", [*out, *trains])
        )
    if into:
        return torn(trains, into) if told >= best(evidence, "opts-in") else state("only-with-opt-in", into)
    if refuses:
        if told >= 0.7 * best(evidence, "refuses"):
            return torn(refuses, trains)
        return state("does-not-train", refuses) if best(evidence, "refuses") >= 0.5 else torn(refuses)
    if told >= 0.7 and not of(evidence, "chooses"):
        return state("trains", trains)
    if trains or hints:
        return torn(trains, hints)
    some = of(evidence, "refuses-some")
    return Verdict(UNCLEAR, tuple(some[:1])) if some and some[0].strength >= 0.5 else Verdict(NOT_STATED)


QUESTION = Question(
    id="ai-training",
    positions=("trains", "trains-unless-opt-out", "only-with-opt-in", "does-not-train"),
    trigger=r"\btrain|fine-?tun|machine learning|\bai\b|\bmodels?\b|algorithm|\bopt(?:ing)? out\b|opt-out",
    rules=_RULES,
    weights=PRIVACY_FIRST,
    never=(
        r"\btrain\w* (?:our |your |its |their )?(?:staff|employees|personnel|team|workers|agents|reps?|representatives|people|associates)\b",
        r"\b(?:cloning voice|your (?:own |custom |personal )?(?:model|ai avatar|avatar|voice model|digital twin))\b",
        r"\bupdated (?:our|the|these|this) (?:\w+ ){0,3}(?:polic|terms|notice)",
    ),
    fits=fits,
    decide=decide,
)
