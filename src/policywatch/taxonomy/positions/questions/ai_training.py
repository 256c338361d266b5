"""Are people's content and data used to train models?

A sentence counts when it joins training (or improving models) with the platform's own doing. Bans on users, other
firms' models, public web data and the platform's staff do not. A refusal is weighed by what it covers: one that holds
for one product, one source of data or business customers says nothing about the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    telling,
    torn,
)
from policywatch.taxonomy.positions.scope import business_only, denied_above, forbids_users

define(
    train=r"\b(?:(?:re|pre)-?)?train(?:s|ed)?\b|(?:(?<=as )|(?<=our )|(?<=ai ))training\b|"
    r"\b(?:(?:re|pre)-?)?training\b(?! (?:data|sets?|courses?)\b)|\bfine-?tun(?:e|es|ed|ing)\b",
    ai_noun=(
        r"(?:\bai\b|\bmachine[- ]learning\b|\bml\b|\bllms?\b|\bdeep learning\b|\bneural networks?\b|\bgenerative\b|"
        r"\b(?:language|foundation|speech|voice|learning|statistical|predictive|"
        r"recommendation) (?:models?|technolog\w+|systems?|algorithms?)\b)"
    ),
    model=r"(?:{ai_noun}|\bmodels?\b|\balgorithms?\b|\bclassifiers?\b)",
    train_ai=(
        r"(?:(?:{train})[^;]{0,90}?{model}|{model}[^;]{0,24}?\b(?:training|fine-tuning)\b|"
        r"\btraining (?:of |our )?{model}"
        r"|\b(?:including|such as) (?:for |to )?(?:{train}),"
        r"|(?:{train}) (?:and \w+ )?(?:the|our) (?:functions?|features|products?|technolog\w+)\b"
        r"|\b(?:for|in) (?:the )?(?:purposes? of )?machine learning\b(?! (?:model|tool|feature|technolog|algorithm)))"
    ),
    better=r"\b(?:improv|develop|enhanc|build|refin|optimi[sz])(?:e|es|ing|ement)?(?: of)?\b",
    better_ai=(
        r"(?:{better}(?:(?:,|/| and| or)+ (?:{better}|{train}|provide|test|operate|create|maintain))*"
        r" (?:(?:our|the|its|we|these|new|future|underlying|and|or|other|products?,?|services?,?|"
        r"features?,?|technolog(?:y|ies),?|website,?|performance of|quality of|accuracy of) ){0,8}"
        r"(?:{ai_noun}(?!(?:-| )(?:features?|generated|powered|based|assistant))|models?\b))"
    ),
    training_talk=r"(?:{train_ai}|{better_ai})",
    content=(
        r"\b(?:content|inputs?|outputs?|prompts?|quer(?:y|ies)|conversations?|chats?|messages?|"
        r"personal information|data|information|materials?|submissions?|interactions?|posts?|"
        r"recordings?|images?|photos?|art|videos?|files?|works?|usage|transcripts?|emails?|code|text|"
        r"questions|music|documents?|responses)\b"
    ),
    we_do=r"\b(?:we|us|our(?: (?:affiliates|partners|service providers|licensors))?)\b",
)

_OPT_OUT = (
    r"\bopt(?:s|ed|ing)?[- ]?out\b(?! of (?:arbitration|marketing|receiving|the sale|sales?|"
    r"cookies|targeted|promotional))"
    r"|\b{you} (?:do|would|did) not (?:want|wish|like)\b[^.;]{0,60}?\b(?:train|used?|using)\b|"
    r"\b(?:turn(?:ing|ed)?|toggl\w+|switch\w*)\b.{0,40}?\boff\b"
    r"|\bdisabl(?:e|ing)\b|\bobject to\b|\bright to object\b|\bchoose not to\b|"
    r"\bunless {you} (?:opt(?:ed)?[- ]out|object|disable|turn)"
)
_OPT_IN = (
    r"\bopt(?:s|ed|ing)?[- ]in\b"
    r"|\b(?:without|unless|except|only (?:if|with|when|where|after)|with|upon|subject to|"
    r"obtain\w*|have)\b[^.;]{0,40}?\b(?:your|{you}|users?'?|express|explicit|prior|artist's|"
    r"affirmative|their)\b[^.;]{0,30}?\b(?:consent|permission|authori[sz]ation|approval|"
    r"instructions?)\b"
    r"|\b(?:unless|only (?:if|when|where)) {you} (?:\w+ ){0,3}?(?:consent|agree|permit|allow|"
    r"choose|elect|opt in|give|grant|authori[sz]e|enable|ask|instruct|provide feedback|"
    r"submit feedback)"
    r"|\b(?:voluntarily|explicitly|affirmatively|expressly) (?:\w+ ){0,2}?(?:provide|agree|"
    r"consent|opt|choose|permit|report|submit|share)|\bonly\b[^.;]{0,60}?\bvoluntarily\b"
    r"|\b(?:ask(?:s|ing)?|seek(?:s|ing)?|request(?:s|ing)?)\b[^.;]{0,20}?\b(?:consent|permission)\b|"
    r"\b(?:off|disabled|not (?:on|enabled)) by default\b"
)
_IF_AGREED = (
    r"\b(?:if|when|where) {you} (?:\w+ ){0,2}?(?:opt in|consent|choose to (?:share|allow|let)|"
    r"give us permission|have given|allow)\b"
    r"|\bwith your (?:\w+ )?(?:consent|permission)"
)
_OUR_CONSENT = (
    r"\b(?:consent|permission|authori[sz]ation|approval) (?:of|from|by) (?:we|us|the)\b|"
    r"\bour (?:(?:prior|express|explicit|written) ){0,3}(?:consent|permission|approval)\b"
)
_NOT = (
    r"\b(?:do|does|will|shall|may|can|are|is|must|would|did|have|has) (?:\w+ )?(?:not|"
    r"never)\b(?! (?:want|wish|like|opt|agree|consent|limited))"
    r"|\bnever\b|\bnone of\b|\b(?:we|us) exclude\b|\bnor (?:do|does|will|is|are)\b|"
    r"\bno\b[^.;]{0,60}?\b(?:is|are|will be) used\b"
    r"|\b(?:is|are|will be) (?:excluded|exempt) from\b|\brefrain from\b|\bneither\b|\bno longer\b|\bwithout using\b"
    r"|\bnot used\b|\bnot (?:to|for|in) (?:\w+ ){0,3}?(?:train|fine-?tun|improv|develop)\w*|"
    r"\b(?:rather than|instead of|without) (?:\w+ ){0,2}?(?:train|fine-?tun)\w*"
)
_OTHERS = (
    r"\bsuch (?:\w+ )?(?:providers?|partners?|vendors?|third part\w+)\b|\b(?:they|"
    r"third[- ]part(?:y|ies)(?: \w+){0,3}|(?:service )?providers?|vendors?|partners?|"
    r"sub-?processors?|openai|anthropic|google|aws|azure|microsoft|"
    r"[a-z]+,? inc\.?) (?:\w+ ){0,3}?(?:do|does|will|shall|may|can|are|is|must)? ?"
    r"(?:not|never|prohibited|restricted|forbidden|no longer)\b"
    r"|\b(?:prohibit|prevent|restrict|forbid|contractually|zero[- ]retention|no-training)\w*\b"
    r"|\btrain(?:ing)? (?:any )?(?:their|third[- ]part(?:y|ies)'?|external|"
    r"other companies')(?: own)?\b(?!.{0,12}\bour\b)"
)
_PUBLIC = (
    r"(?<!not )\bpublic(?:ly)?[- ](?:available|accessible|data|information|domain|sources?|web|"
    r"internet)|\b(?:from|on) the (?:public )?(?:internet|web)\b"
    r"|\blicensed (?:data|content|from)\b"
)
_ONE_SOURCE = (
    r"\b(?:google (?:user data|workspace|drive|mail|apis?|account|calendar)|workspace apis?|gmail|"
    r"3rd party|third[- ]part(?:y|ies) (?:apis?|integrations?|applications?|services?)|"
    r"(?:payment|billing|account|contact|technical usage|health|biometric|location|face|"
    r"children'?s?|student) (?:information|details|data|recordings?)|"
    r"integrations?|connect(?:ed|ors?)|microsoft 365|slack|mobile number|sms|sensitive|"
    r"special categor\w+|incognito|temporary chats?|private (?:mode|chats?)|"
    r"(?:direct|private) messages|api|apis|in this (?:feature|mode|case)|in such (?:a )?case|idp data|calendar)\b"
)
_THIN = (
    r"\b(?:aggregated?|anonymi[sz]ed|anonymous|de-?identif(?:y|ied|ying)|statistical data|"
    r"pseudonymi[sz]ed|non-personal(?:ly)?|feedback|usage data|usage information|technical data|"
    r"ratings?)\b"
)
_PLAINLY = (
    r"\b(?:this|the|such|collected) (?:data|information)\b|\b(?:data|information) (?:we|you|"
    r"people|users|about you|shared)\b|\b(?:your (?:\w+ )?(?:content|information|data|"
    r"inputs?|prompts?|conversations?|interactions?|chats?|messages|submissions?|images?|photos?|recordings?|posts?|"
    r"files?|code|documents?|uploads?|queries|texts?|videos?|voice|audio|creations?)|"
    r"personal information|user (?:content|data)|"
    r"customer (?:content|data)|inputs|prompts?|conversations?)\b"
)
_META = (
    r"\b(?:polic(?:y|ies)|notice|section|article|faqs?|page|summary|details|"
    r"terms)\b[^.;]{0,40}?\b(?:outlin|describ|explain|cover)\w*|\b(?:updated?|added|learn more|"
    r"more (?:information|details)|for information)\b[^.;]{0,80}?\b(?:how|about|on)\b"
    r"|\bprocess of training\b|\bgenerative ai models (?:learn|are)\b"
)
_HUMAN_TRAINING = (
    r"\b(?:quality|call|calls|customer (?:service|support)|monitoring|coaching|"
    r"compliance)\b[^.;]{0,40}?\btraining\b(?![^.;]{0,30}\b(?:ai|machine|model))|"
    r"\btraining\b[^.;]{0,30}?\b(?:and|or|,) (?:quality|monitoring|coaching|customer)",
    r"\btrain\w* (?:our |your |its |their )?(?:staff|employees|personnel|team|workers|agents|"
    r"reps?|representatives|people|associates|teachers?|courses?)\b",
    r"\b(?:staff|employees|personnel|team members) (?:\w+ )?(?:are|is|receive) train",
    r"\b(?:cloning voice|your (?:own |custom |personal(?:i[sz]ed)? )?(?:model|ai avatar|avatar|"
    r"voice model|digital twin|ai clone))\b",
    r"\b(?:your own training|training (?:materials?|courses?|sessions?|programs?|videos?|and support|workshops?))\b",
)
# What users do with models is no evidence of what is done with theirs; what they may refuse or decide about is.
_USERS_TRAINING = (
    r"(?:\b(?:allow|enable|permit|let|help)(?:s|ing|ed)? {you} (?:to )?|\b{you} (?:may|can)(?: also)? )"
    r"(?:(?!(?:us|we|our|not)\b|opt|object|choose|decid|declin|control|disabl|prevent|stop|ask|request|consent|agree|see)"
    r"\w+(?:,| or| and)* ){0,4}?(?:train|fine-?tune)\b"
)
_PURPOSES = (
    r"\b(?:how|why|purposes?|what)\b[^>]{0,40}?\b(?:us|used?|using|process\w*)\b|"
    r"\buse of (?:your |the |personal )*(?:data|information|content)\b|\bpurposes?\b|"
    r"\blegal bas[ie]s\b|\b(?:improv|research|develop|innovat)\w*\b"
)


_PAYING = r"\b(?:paid (?:services|plans?|tiers?)|partner hosted)\b"


def fits(passage: Passage) -> float:
    ours = found(
        r"\b(?:we|us) (?:do|does|will|may|shall|can|use|uses|never)\b|\bopt(?:ing|ed)?[- ]?out\b|"
        r"\bnot want us\b|\b(?:choose|decide) not to\b",
        passage.sense,
    )
    if forbids_users(passage) and not ours:
        return 0.0
    if found(_PUBLIC, passage.sense) and not found(
        r"\byour? (?:content|input|conversation|prompt)|\byou (?:provide|share|submit)|"
        r"\bfrom (?:the |your )?use of (?:the |our )?\w+|\bfrom (?:our )?users\b|\bpublic (?:post|"
        r"content)|\b(?:information|data) we (?:collect|have|receive)",
        passage.sense,
    ):
        return 0.0
    upgrades = found(r"\bupgrad\w+\b", passage.sense)  # a way out, not who is meant
    return 0.55 if (business_only(passage) and not upgrades) or found(_PAYING, passage.heading) else 1.0


_THINNED = (
    r"\b(?:anonymi[sz]\w+|aggregat\w+|de-?identif\w+) (?:\w+ ){0,2}?(?:data|information) (?:\w+ ){0,3}?(?:for|to)\b"
)
_NAMELESS = (
    r"\b(?:anonymi[sz]ed|aggregated?|de-?identified|pseudonymi[sz]ed) (?:(?:and|or) \w+ )?(?:data|"
    r"information)\b|\b(?:anonymi[sz]ed|aggregated?),? (?:and |or )?(?:anonymi[sz]ed|"
    r"aggregated?)\b"
)
_STATISTICS = r"\b(?:statistics|statistical|segments?|audiences?|group users|common attributes)\b"
_THEIRS = (
    r"\bwe (?:has|have) opted out\b|\b(?:we|our)\b[^.;]{0,20}?\b(?:configur|set|instruct|chos|elect|ask|enterprise|"
    r"accounts?)\w*\b[^.;]{0,60}?\bopt(?:ed|ing)?[- ]?out\b|\b(?:some|these|those|such|"
    r"third[- ]party) (?:\w+ )?(?:models?|providers?|vendors?|"
    r"partners?) (?:may|can|will|allow)\b"
)
_CARVED = (
    r"\b(?:except|unless|other than|apart from|large language|external|generali[sz]ed|personali[sz]ed ai|grant|imply|"
    r"constitute)\b|\b(?:but|however|although|though)\b[^.;]{0,30}?\b(?:we|us) (?:may|will|do|"
    r"can)(?: still| also| instead)? "
    r"(?:use|share|process|train)\b"
)
# What was, would be or may one day be is not what is.
_NOT_NOW = (
    r"\b(?:stopped|ceased|in (?:the )?future|we (?:would|once|previously|formerly|used to)|"
    r"if we (?:ever |were to )?(?:use|"
    r"used|train|trained))\b"
)
_CLEAR = (_THEIRS, _NOT, _OPT_IN, _IF_AGREED, _OTHERS, _META, r"\bnot want\b", _NOT_NOW)
_RULES = (
    Rule(
        "opts-out",
        ("{training_talk}", _OPT_OUT),
        none=(r"\bopt(?:ed|ing)? out\b.{0,40}\b(?:arbitration|cookies|sale)\b", _THEIRS),
    ),
    Rule(
        "opts-out",
        (r"\bopt(?:s|ed|ing)?[- ]?out\b|\bturn(?:ing)? (?:this|it|that) off\b",),
        none=(r"\bopt(?:ed|ing)? out\b.{0,40}\b(?:arbitration|cookies|sale|marketing)\b", _THEIRS),
        strength=0.9,
        near=("{training_talk}",),
    ),
    Rule(
        "chooses",
        ("{train_ai}", r"\b(?:{you} (?:can|may) (?:control|decide|choose|manage|select|adjust)|training controls?)\b"),
        none=(_NOT,),
        strength=0.7,
    ),
    Rule(
        "opts-out",
        (r"\b{you} (?:can|may) (?:object|opt out|decline|refuse)\b[^.;]{0,30}?\b(?:settings?|preferences|controls)\b",),
        none=(r"\b(?:arbitration|cookies|sale|marketing|advertising|ads)\b",),
        strength=0.9,
        within=("{train_ai}",),
    ),
    Rule("opts-out", (r"\bto exclude your\b[^.;]{0,60}?\bfrom\b[^.;]{0,30}?{model}",), strength=0.9),
    Rule(
        "chooses",
        (
            r"\b{you} (?:can|may) (?:control|decide|choose|manage|adjust)\b[^.;]{0,80}?\b(?:whether|how|"
            r"this|do so|used?)\b",
        ),
        strength=0.7,
        near=("{train_ai}",),
    ),
    Rule(
        "depends",
        (
            "{training_talk}",
            r"\b(?:subject to|depending on|based on|depends on) (?:your|"
            r"how you)\b[^.;]{0,40}?\b(?:settings?|preferences?|choices?|plan|tier|subscription)\b",
        ),
        strength=0.7,
    ),
    Rule(
        "opts-in",
        (
            "{training_talk}",
            _OPT_IN,
            rf"{_NOT}|\bonly\b|\bunless\b|\bbefore\b|\bby default\b",
        ),
        none=(_OPT_OUT, _OTHERS, _OUR_CONSENT),
    ),
    Rule(
        "opts-in",
        ("{train_ai}", _OPT_IN, rf"{_NOT}", r"\b(?:unless|except)\b"),
        none=(_OPT_OUT, _OTHERS, _OUR_CONSENT),
        strength=0.9,
        over="list",
    ),
    Rule("opts-in", ("{train_ai}", _IF_AGREED), none=(_OPT_OUT, _OTHERS, _OUR_CONSENT)),
    Rule(
        "opts-in",
        (rf"{_IF_AGREED}|\bonly with (?:your|their) (?:\w+ )?consent\b[^:]*:", "{train_ai}"),
        none=(_OPT_OUT, _OTHERS, _OUR_CONSENT),
        strength=0.9,
        over="whole",
    ),
    Rule(
        "refuses",
        (
            "{train_ai}",
            rf"(?:{_NOT})[^;]{{0,60}}?\b(?:us(?:e|es|ed|ing)|train\w*|utili[sz]\w*|process\w*|leverag\w*|"
            rf"feed|fed)\b",
            "{content}",
        ),
        none=(
            _OTHERS,
            _OPT_IN,
            _OPT_OUT,
            _ONE_SOURCE,
            _META,
            _CARVED,
        ),
    ),
    Rule(
        "refuses",
        (
            "{train_ai}",
            rf"(?:{_NOT})[^;]{{0,60}}?\b(?:us(?:e|es|ed|ing)|train\w*)\b",
            r"{content}|\byour \w+",
            r"\bwe (?:and|or|nor) (?:our|its|any|other)\b|\A(?:\W*\w+:)?\W*your (?:\w+ ){1,4}?(?:is|are|will)\b",
        ),
        none=(_OPT_IN, _OPT_OUT, _ONE_SOURCE, _META, _CARVED),
    ),
    Rule(
        "refuses",
        (
            "{train_ai}",
            rf"(?:{_NOT}) use (?:your|customer|user|any|the)(?: (?:customer|user))? (?:content|data|inputs?|prompts?)"
            r" \(including\b[^)]*\)[^;]{0,20}?\bto {train}",
        ),
        none=(_OPT_IN, _OPT_OUT, _META, _CARVED),
    ),
    Rule(
        "refuses",
        (rf"(?:{_NOT})[^;]{{0,40}}?\b(?:us(?:e|es|ed|ing))\b[^;]{{0,30}}?\bfor training\b", "{content}"),
        none=(_OTHERS, _OPT_IN, _OPT_OUT, _ONE_SOURCE, _META, _CARVED),
        strength=0.9,
        near=(r"{ai_noun}|\bmodels?\b|\bprompts?\b|\binputs?\b",),
    ),
    Rule(
        "opts-out",
        (r"\bused for training\b", _OPT_OUT, "{content}"),
        strength=0.9,
        near=(r"{ai_noun}|\bmodels?\b|\bprompts?\b|\binputs?\b",),
    ),
    Rule(
        "refuses",
        (r"\b(?:not|never)\b[^:.;]{0,60}:.*{train_ai}", "{content}", r"\bwe (?:do|does|will|shall|never)\b[^:]{0,80}:"),
        none=(_OTHERS, _OPT_IN, _OPT_OUT, _ONE_SOURCE, _META, _CARVED),
        strength=0.9,
        over="whole",
    ),
    # Of one source or product only: no answer, and not silence either.
    Rule(
        "refuses-some",
        ("{train_ai}", _NOT, "{we_do}", _ONE_SOURCE, "{content}"),
        none=(_OPT_IN, _OPT_OUT, _PUBLIC),
        strength=0.55,
    ),
    Rule("refuses-some", ("{train_ai}", _NOT), none=(_OPT_IN, _OPT_OUT, _OTHERS, _ONE_SOURCE), strength=0.5),
    Rule(
        "trains",
        ("{train_ai}", "{content}", r"{we_do}|\byou (?:hereby )?(?:grant|agree|acknowledge)"),
        none=(*_CLEAR, _THIN),
    ),
    Rule("trains", ("{train_ai}", _PLAINLY, "{we_do}"), none=(*_CLEAR, _THINNED)),
    Rule(
        "trains",
        ("{train_ai}", _PLAINLY, r"\b(?:used|processed|recorded|retained)\b[^;]{0,60}?\b(?:to|for)\b"),
        none=(*_CLEAR, _THIN),
        strength=0.85,
    ),
    Rule("trains", ("{better_ai}", _PLAINLY, "{we_do}"), none=(*_CLEAR, _THIN, _STATISTICS), strength=0.8),
    Rule(
        "trains",
        ("{training_talk}", _PLAINLY, "{we_do}"),
        none=(*_CLEAR, _THIN, _STATISTICS),
        strength=0.75,
        over="whole",
    ),
    Rule(
        "trains",
        (r"\blicen[sc]e\b", r"\b(?:to|for|including) (?:\w+,? ){0,6}?(?:{train})"),
        none=(_NOT, _OPT_IN, _META),
        strength=0.8,
    ),
    Rule("purpose", ("{training_talk}",), none=(*_CLEAR, _NAMELESS), strength=0.8),
    Rule(
        "trains",
        (r"{better}[^.;]{0,40}?\balgorithms?\b", _PLAINLY, r"\blicen[sc]e\b|\bwe (?:may |will )?use\b"),
        none=(*_CLEAR, _THIN),
        strength=0.75,
    ),
    Rule(
        "hints",
        ("{train_ai}", r"\bwe (?:may |will |also )*(?:share|provide|license|sell|disclose)\b", "{content}"),
        none=(_NOT, _META, r"\bno (?:other )?(?:rights?|licen[sc]es?)\b"),
        strength=0.4,
    ),
    Rule("hints", ("{training_talk}", "{we_do}"), none=(_NOT, _OPT_IN, _OTHERS), strength=0.4),
    Rule(
        "hints",
        (r"\b(?:improv|develop)\w*[^.;]{0,50}?\balgorithms?\b", "{we_do}"),
        none=(_NOT, r"\bdeveloped\b"),
        strength=0.4,
        over="whole",
    ),
)


def purposes(passage: Passage) -> bool:
    """Is this an item of a list of what data is used for ("To train our models")?"""
    listed = found(
        r"^(?:\W{0,3})(?:to\b|for\b|improv|develop|train|conduct|research|product|enhanc|provid|" r"operat)",
        passage.sense,
    )
    about_use = found(_PURPOSES, passage.heading) or found(
        r"\b(?:we|us)\b[^.;]{0,60}?\b(?:use|process)\b", passage.lead
    )
    return bool(listed and about_use and passage.document.kind in ("privacy", "terms"))


def stated(pieces: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with purposes as statements where they stand in a list of what data is used for, else dropped."""
    pieces = [
        one for one in pieces if one.answer not in ("trains", "purpose", "hints") or not denied_above(one.passage)
    ]
    listed = [
        replace(piece, answer="trains") for piece in pieces if piece.answer == "purpose" and purposes(piece.passage)
    ]
    return [*(piece for piece in pieces if piece.answer != "purpose"), *listed]


def _unless_opted_out(out: Sequence[Evidence], trains: Sequence[Evidence]) -> Verdict:
    """The way out; beside what it is from where it does not say that itself ("You can object in your settings")."""
    if not trains or found("{train}|{ai_noun}|\\bmodels?\\b", out[0].passage.sense):
        return state("trains-unless-opt-out", [*out, *trains])
    told = state("trains-unless-opt-out", [*trains[:1], *out, *trains[1:]])
    return replace(told, beside=telling(out)[0])


def decide(pieces: Sequence[Evidence]) -> Verdict:
    evidence = stated(pieces)
    trains, hints = of(evidence, "trains"), of(evidence, "hints", "chooses", "depends")
    choice, depends = best(evidence, "chooses"), of(evidence, "depends")
    out, into = of(evidence, "opts-out"), of(evidence, "opts-in")
    refuses = of(evidence, "refuses")
    told = best(evidence, "trains")
    if out and best(evidence, "opts-out") >= 0.7:
        if into and best(evidence, "opts-in") >= 0.85 * best(evidence, "opts-out"):
            return torn(out, into)
        return (
            torn(out, refuses)
            if best(evidence, "refuses") > best(evidence, "opts-out")
            else _unless_opted_out(out, [*trains, *of(evidence, "hints")])
        )
    if into:
        if best(evidence, "opts-in") < 0.7:
            return torn(into, trains)
        return torn(trains, into) if told >= best(evidence, "opts-in") else state("only-with-opt-in", into)
    if refuses:
        if told >= 0.7 * best(evidence, "refuses"):
            return torn(refuses, trains)
        return state("does-not-train", refuses) if best(evidence, "refuses") >= 0.7 else torn(refuses)
    if told >= 0.7 and choice:
        return _unless_opted_out(of(evidence, "chooses"), trains)
    if told >= 0.7 and not depends:
        return state("trains", trains)
    if trains or hints or out:
        return torn(out, trains, hints)
    some = of(evidence, "refuses-some")
    return Verdict(UNCLEAR, tuple(some[:1])) if some and some[0].strength >= 0.5 else Verdict(NOT_STATED)


QUESTION = Question(
    id="ai-training",
    positions=("trains", "trains-unless-opt-out", "only-with-opt-in", "does-not-train"),
    trigger=(
        "train",
        "fine-tun",
        "machine learning",
        "ai ",
        "ai.",
        "ai,",
        "ai/",
        "model",
        "algorithm",
        "object",
        "declin",
        "opt out",
        "opt-out",
        "opting",
        " off",
        "decide",
        "voluntar",
    ),
    rules=_RULES,
    weights=PRIVACY_FIRST,
    never=(*_HUMAN_TRAINING, _USERS_TRAINING),
    fits=fits,
    decide=decide,
)
