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
    of,
    state,
    torn,
)
from policywatch.taxonomy.positions.scope import business_heading, forbids_users, one_country

define(
    end=(
        r"\b(?:terminat(?:e|es|ed|ing|ion)|suspend(?:s|ed|ing)?|suspension|ban(?:s|ned|ning)?|"
        r"clos(?:e|es|ed|ing|ure)|deactivat(?:e|es|ed|ing|ion)|disabl(?:e|es|ed|ing)|"
        r"cancel(?:s|led|ling|lation)?|block(?:s|ed|ing)?|revok(?:e|es|ed|ing)|delet(?:e|es|ed|ing|"
        r"ion)|restrict(?:s|ed|ing)?|discontinu(?:e|es|ing)|den(?:y|ies|ied)|refus(?:e|es|ed|al)|"
        r"limit(?:s|ed|ing)?|remove)\b"
    ),
    tie=(
        r"\b(?:accounts?|(?:your|user'?s?|users'|customer'?s?|member'?s?|the|their) use|usage|"
        r"right to (?:use|access)|memberships?|registration|relationship|profile|services? (?:provided )?to you|"
        r"(?:your|you|user'?s?|users'|any user|anyone|customer'?s?|member'?s?|their|"
        r"any person)\b[^.;]{0,60}?\baccess(?! to (?:the |any |such |that |infringing |your |"
        r"this )*(?:materials?|content|works?|ugc|products?|api))|access to the (?:services?|site|platform) for|"
        r"user ?names?,? (?:and |or )?passwords?|services? to anyone|"
        r"access (?:to (?:and (?:the )?use of )?[\w.]{2,20}(?: [\w.]{2,20})? )?(?:to|by|"
        r"for) any (?:individual|person|entity)|"
        r"access (?:to|by|of|for) (?:any|a|certain|specific) (?:persons?|users?|customers?|"
        r"members?)(?!'?s? ?-?(?:generated|"
        r"content|contributions?|submissions?|materials?|posts?)))\b"
    ),
    bond=r"\b(?:(?:this|the|these|our|your) (?:\w+ ){0,2}?(?:agreements?|terms|contract|eula|tos|"
    r"licen[sc]e)|its (?:legal )?agreement with you|licen[sc]es? (?:to you|granted)|rights? under)\b",
    past=r"(?:(?!\b(?:if|when|where|because|unless|rewards?|points|credits|coins|content|contents|ugc|"
    r"orders?|products?|usernames?|events?|features?|players?|"
    r"postings?|materials?|payments?|refund\w*|trials?|betas?|submissions?|listings?|messages?|"
    r"donations?)\b)[^.;]){0,90}?",
    ends=(
        r"(?:{end}{past}{tie}|\b(?:terminat|cancel|revok|suspend|end(?! of\b))(?:e|es|ed|ing|s|led|ling|"
        r"ation)?\b{past}{bond}|\b(?:terminat|suspend)\w*(?:,? (?:or |and |and/or )?(?:suspend|terminat)\w*)?"
        r"(?:(?!\bpart of\b)[^.;]){0,20}?\baccess(?: to (?:our|the|all|any)\b(?! apis?\b)|(?=[.,;]|\Z|"
        r" (?:if|when|where|"
        r"for|at|without)\b))|"
        r"{tie}[^.;]{0,60}?\b(?:may|can|will|could|shall|"
        r"to) be (?:\w+ ){0,3}?{end}"
        r"|{end} (?:you|any user|users|members?|any customer)\b(?![ -](?:generated|provided|content|contributions?|"
        r"submissions?|data|materials?|information|names?|rights?|access|posts?)))"
    ),
    we_end=(
        r"(?:\bwe\b[^.;]{0,170}?{ends}|\b(?:either party|either of us|both (?:you and (?:we|us)|"
        r"parties)|each party|you (?:and|or) we|you or us|the parties)\b[^.;]{0,80}?{ends}"
        r"|(?:{tie}|{bond})[^.;]{0,60}?\b(?:may|can) be (?:\w+ ){0,2}?{end}(?:[^.;]{0,30}?|:.{0,160}?)\bby (?:us|we)\b)"
    ),
    at_will=(
        r"\b(?:for any (?:or no )?(?:reason|cause)|for any(?: reason)? or no|any reason or no|"
        r"for no reason|without (?:any )?(?:cause|reason)|with or without (?:cause|reason)|"
        r"(?:at|in|within|under) (?:our|its|their|the|his)(?: own)? (?:sole|own|absolute|full|"
        r"complete|exclusive)?(?:,? and (?:absolute|exclusive|unfettered))? ?discretion|"
        r"sole (?:and absolute )?discretion|"
        r"(?:as|when|whenever|where|if) we (?:deem|see|consider|think) (?:it )?(?:necessary|appropriate|fit)|"
        r"for whatever reason|whatever the reason|"
        r"for convenience|at (?:our|its) convenience|at will|without giving (?:any )?reasons?|whether or not)\b"
    ),
)
_CAUSE = (
    r"\b(?:violat\w+|breach\w*|fail(?:s|ed|ure)? to|not (?:comply|complied)|infring\w+|inactiv\w+|"
    r"misus\w+|fraud\w*|unlawful\w*|illegal\w*|abus\w+|non-?payment|required by law|"
    r"comply with (?:the )?law|risk|harm\w*|"
    r"suspect\w*|unauthori[sz]ed|not in compliance|inconsistent with|for cause|legal reasons|"
    r"security reasons|jeopardi[sz]\w+|repeat\w*|no longer eligible|offensive|protect|in violation|contrary to)\b"
)
_ONLY_IF = (
    r"\b(?:if|when|where|that|in (?:the following|these|any of the following) (?:cases?|"
    r"events?))(?: any of the following \w+)?"
    r":?\Z|"
    r"\b(?:if|where|when|should)\b,?[^.;]{0,30}?\b(?:we|you|your|it|the|any|a user|user|users|"
    r"client|customer)\b|\b(?:in the event|in such (?:a )?(?:cases?|event)|upon (?:any|your|a|"
    r"the)|in response to|to (?:\(\w+\) )?(?:protect|prevent|comply|enforce))\b"
)
_ANY = (
    r"\bfor any (?:or no |other )?(?:reason|cause)\b|\bwithout (?:cause|reason)\b|"
    r"\bfor no reason\b|\bno reason\b|\bwith or without cause\b|\bfor convenience\b|"
    r"\bany or no reason\b|\bfor whatever reason\b|\bwhatever the reason\b"
)
_INCLUDING = r"(?:\bat any time\b|{at_will})[^.;]{0,80}?\b(?:including|for example|such as|for instance)\b"
_UNPAID = (  # "If your card cannot be charged for any reason, we may close …"
    r"\A\W*(?:if|when|where)\b[^;]{0,120}?\b(?:paid|charged|processed|completed|collected|verified)\b[^;]{0,60}?"
    r"\bfor any reason\b"
)
_BELIEVES = (
    r"\bwe (?:will|shall|do|may|can|would|could) (?:not|never) (?:\w+ ){0,2}?{end}|"
    r"\bif,? for any reason\b|\bif your (?:payment|card)\b|\breclaim\b|\bpreviously\b|"
    r"\bmeasures\b|\b(?:trials?|betas?|free (?:plan|version|tier|trial)|early access|preview)\b"
)
_OWN_RIGHT = (
    r"\byou (?:may|can|have the right to|are free to|could|also may|may also|can also|"
    r"should)\b[^;]{0,40}?\b(?:terminat|cancel|clos|delet|stop|end|deactivat|discontinu)"
    r"|\bif you (?:want|wish|would like|elect|decide) to (?:terminat|cancel|clos|delet|end)"
)

_IF_ENDED = (
    r"\A\W*otherwise\b|\b(?:if|when|once|after|in case|in the event(?: that)?|in which) (?:we|"
    r"your account|the (?:agreement|"
    r"services)|this agreement|it)\b[^.;]{0,40}?{end}|\b(?:it|we|who) (?:has|have|"
    r"had) (?:terminated|suspended|closed)\b"
)
# What follows from an end that came, or how it is announced, says little of when it may come.
_ONCE_ENDED = (
    r"\A(?!.*\bwe (?:\w+ ){0,2}?(?:may|can|could|reserves?|(?:have|has) the right|will(?! (?:try|attempt|"
    r"notify|give|provide|inform|tell|send|use|make)))\b[^.;]{0,60}?"
    r"\b(?:terminat|suspen|clos|deactivat|disabl|block|ban|restrict|cancel))"
    r".*?(?:\b(?:if|when|once|after|where) (?:we|it|your (?:account|access)|an account)\b (?:(?:has|have|had|is|was|"
    r"been|are|do|does|decides?|chooses?|elects?|to|must|ever|also) )*{end}"
    r"|\b(?:notice|notif\w+|inform|warn\w*|tell)\b[^;]{0,40}?\b(?:before|prior to|of|about|that)\b (?:(?:we|our|us|any|"
    r"the|such|your|a|have|has|will|be) )*{end})"
    r"|\bshould not have\b"
)
# "Any account which we believe, in our sole discretion, sends spam": the discretion is over the cause.
_JUDGED = (
    r"\b(?:believes?|determines?|judg\w+|considers?|deems?|finds?|decides?|opinion|suspects?|"
    r"thinks?)\b[^.;]{0,12}?,? (?:in|"
    r"at|within|under|to be)\b[^.;]{0,16}?\b(?:discretion|judge?ment|opinion)\b|\b(?:that|which|"
    r"who),? (?:in|at) (?:our|its)\b"
    r"[^.;]{0,20}?\b(?:discretion|judge?ment|opinion)\b"
)
# Wordings of a right to end things at will that the rules may not read in full.
_SOMEHOW = (
    r"\bwe\b[^.;]{0,120}?\b(?:terminat|suspend|deny|refus|revok|"
    r"cancel)\w*\b[^.;]{0,80}?\b(?:access|use|account|service|"
    r"agreement|membership)\b[^.;]{0,100}?\b(?:for any (?:or no )?reason|without cause|for no reason|for convenience)\b"
)
_ENDING = (
    r"\b(?:terminat|suspen[ds]|clos(?:e|ing|ure)|cancel|revok|deactivat|disabl|refus|deny|"
    r"withdraw|remov|block|ban\b|banning|"
    r"discontinu|delet)\w*"
)
_WHOSE = (
    r"\b(?:accounts?|access|agreements?|contract|terms|licen[sc]es?|memberships?|registration|your use|services? to|"
    r"profiles?|users?|you)\b"
)
_FREELY = (
    r"(?:{at_will}|\bat any time\b|\bany reason\b|\bwithout (?:\w+ ){0,3}?(?:cause|reason|liability)\b|"
    r"\bdiscretion\b|\bwithout (?:\w+ ){0,2}?notice\b|\b\d+ days'? (?:\w+ )?notice\b)"
)
_RULES = (
    Rule(
        "will",
        ("{we_end}", _ANY),
        none=(_IF_ENDED, _BELIEVES, _UNPAID, r"\b(?:if|when) we (?:believe|determine|suspect)[^.;]{0,60}?\Z"),
    ),
    Rule(
        "will",
        ("{we_end}", r"{at_will}|\bat any time\b"),
        none=(_IF_ENDED, _CAUSE, _ONLY_IF, _BELIEVES, _JUDGED),
        strength=0.95,
    ),
    Rule("will", ("{we_end}", _INCLUDING), none=(_IF_ENDED, _BELIEVES), strength=0.9),
    Rule(
        "will",
        ("{we_end}", r"\b(?:by|upon) (?:giving|providing|sending) (?:\w+ ){0,4}?notice\b|\bby notice to you\b"),
        none=(_IF_ENDED, _CAUSE, _ONLY_IF, _BELIEVES),
        strength=0.7,
    ),
    Rule(
        "will",
        (
            "{we_end}",
            r"\bat any time (?:by|upon|with|on|without) (?:\w+ ){0,4}?(?:\d+ days'? )?(?:prior |advance |"
            r"written )*notice\b",
        ),
        none=(_CAUSE, _BELIEVES, r"\bif\b|\bwhere\b|\bwhen\b"),
        strength=0.9,
    ),
    Rule(
        "will",
        (
            r"\b(?:either party|each party|both parties|either of us) (?:may|can|has the right to|"
            r"is entitled to)\b[^.;]{0,30}?"
            r"\bterminat\w+(?: (?:the|its|any) services?\b| (?=at any time\b|for (?:any|convenience)\b|without\b))",
            rf"{_ANY}|\bat any time\b",
        ),
        none=(_IF_ENDED, _CAUSE, _ONLY_IF),
        strength=0.9,
    ),
    Rule("perhaps", (_SOMEHOW,), none=(_OWN_RIGHT, _IF_ENDED, _CAUSE, _ONLY_IF, _BELIEVES), strength=0.6),
    Rule(
        "maybe",
        (
            _FREELY,
            r"\b(?:we|us|our|parties|party|operators?|provider|company)\b",
            rf"{_ENDING}[^;]{{0,200}}?{_WHOSE}|{_WHOSE}[^;]{{0,120}}?{_ENDING}",
        ),
        none=(
            _OWN_RIGHT,
            _IF_ENDED,
            _CAUSE,
            _ONLY_IF,
            r"\b(?:modif|chang|amend)\w*[^;]{0,80}?(?:suspend|discontinu|terminat|cancel)|\bin (?:these|"
            r"such|this|that) cases?\b|"
            r"\b(?:members?|you|users?|customers?) (?:\w+ )?(?:may|can|is able to) (?:\w+ )?(?:cancel|"
            r"terminat|clos|delet|end)|"
            r"\bprograms?\b|\bevents?\b|\b(?:trials?|betas?|previews?|content|materials|posts?|prices?|"
            r"fees?|features?|cookies|trademarks?|personal information)\b",
        ),
        strength=0.6,
    ),
    Rule("cause", ("{we_end}", _CAUSE), none=(_ANY, _INCLUDING, _BELIEVES, _ONCE_ENDED)),
    Rule(
        "cause",
        ("{we_end}[^:;.]{0,60}:", rf":.*{_CAUSE}"),
        none=(_ANY, _INCLUDING, _BELIEVES, _ONCE_ENDED, r"{at_will}|\bdiscretion\b|\bany time\b"),
        strength=0.9,
        over="list",
    ),
    Rule("cause", ("{we_end}", _CAUSE, _UNPAID), none=(_BELIEVES, _ONCE_ENDED)),
    Rule("cause", ("{we_end}", _JUDGED), none=(_ANY, _INCLUDING, _BELIEVES, _ONCE_ENDED), strength=0.8),
    Rule("cause", ("{we_end}", _ONLY_IF), none=(_ANY, _INCLUDING, _BELIEVES, _ONCE_ENDED), strength=0.8),
    Rule("cause", ("{we_end}", _CAUSE), none=(_ANY, _INCLUDING, _BELIEVES), strength=0.4),
    Rule(
        "cause",
        (r"{ends}", r"\b(?:may|will|can|could|shall|result in|lead to|subject to|grounds for)\b", _CAUSE),
        none=(_ANY, _ONCE_ENDED, _BELIEVES, r"\bresult in (?:\w+ ){0,3}?liabilit"),
        strength=0.7,
    ),
    Rule(
        "cause",
        (
            r"\b(?:rights?|permission|licen[sc]e|access)\b[^.;]{0,60}?\b(?:will|"
            r"shall) (?:\w+ )?(?:terminate|end|cease)\b"
            r"[^.;]{0,40}?\bif you (?:fail|breach|violate|do not comply)",
        ),
        strength=0.7,
    ),
)
_PART = (
    r"\b(?:use of|access to) (?:any |all |the |our |its )*(?!(?:any|all|the|its|we|our|your|"
    r"services?|sites?|websites?|platforms?|apps?|"
    r"applications?|software|products?|accounts?|offerings?|systems?|online|web|part|portion|or|and|api|apis|network|"
    r"\w+\.(?:com|org|net|io|ai)|tools?|program|content|such|this|it|them|their|these|anyone|persons?|users?|you|"
    r"\w+ (?:services?|sites?|websites?|platforms?|apps?))\b)\w+"
)


def fits(passage: Passage) -> float:
    if found(_OWN_RIGHT, passage.sense) and not found(
        r"\bwe (?:(?!you\b)\w+ ){0,2}?(?:may|can|reserve|will|have|has|shall)\b|\b(?:either|both|each)\b", passage.sense
    ):
        return 0.0
    if forbids_users(passage) and not found("{we_end}", passage.sense):
        return 0.0
    weight = (
        0.6
        if business_heading(passage)
        else 1.1
        if found(r"\b(?:terminat|suspen|clos|deactivat)\w*", passage.heading)
        else 1.0
    )
    if found(_PART, passage.sense) and not found(
        r"\b(?:accounts?|memberships?|these terms|this agreement|registration)\b", passage.sense
    ):
        weight *= 0.5  # one feature, not the service
    if found(
        r"\b(?:beta|trial|promotion\w*|program|contest|integration|copyright|dmca|sms|payments?)\b", passage.heading
    ):
        weight *= 0.6
    return weight * (0.5 if one_country(passage) else 1.0)


# Causes that stand beside the general right to end an account; by themselves they do not tell what that right is.
_NARROW = (
    r"\b(?:repeat\w* infring\w+|infring\w+|copyrights?|dmca|takedown|untrue|inaccurate|"
    r"not current|out[- ]of[- ]date|billing|"
    r"payment method|non-?payment|underage|minimum age|under (?:the age of )?1\d|login credentials|counterfeit)\b"
)


_WIDE = (
    r"\b(?:violat\w+|breach\w*|these terms|our (?:\w+ )?(?:terms|polic(?:y|ies)|guidelines|rules)|"
    r"illegal|unlawful|fraud\w*|"
    r"abus\w+|harm\w*|risk|misus\w+|comply)\b"
)


def _narrow(passage: Passage) -> bool:
    return bool(found(_NARROW, passage.sense)) and not found(_WIDE, " ".join((passage.sense, *passage.follow)))


def decide(evidence: Sequence[Evidence]) -> Verdict:
    listed = [piece for piece in evidence if piece.answer == "will" and _opens_list(piece.passage)]
    will = [piece for piece in of(evidence, "will") if piece not in listed]
    cause = sorted(
        [*listed, *of(evidence, "cause")], key=lambda piece: -piece.strength - 0.3 * _opens_list(piece.passage)
    )
    if will and will[0].strength >= 0.55:
        return state("any-time", will)
    perhaps = of(evidence, "perhaps")
    if cause and all(_narrow(piece.passage) for piece in cause):
        return torn(cause, perhaps)
    maybe = [piece for piece in of(evidence, "maybe") if piece.passage not in {other.passage for other in cause}]
    if cause and cause[0].strength >= 0.55:
        hesitant = [piece for piece in (*perhaps, *maybe) if piece.strength >= 0.55]
        return torn(cause, hesitant) if hesitant else state("for-cause", cause)
    return torn(will, cause) if will or cause else Verdict(NOT_STATED)


def _opens_list(passage: Passage) -> bool:
    """Do the causes follow as a list ("… at any time, if we determine:")?"""
    return bool(passage.follow) and not found(
        r"\b(?:including|such as|for example)(?:,? (?:but not limited to|without limitation|if|where|when))*,?:?\Z",
        passage.sense.rstrip(": "),
    )


QUESTION = Question(
    id="termination",
    positions=("any-time", "for-cause"),
    trigger=(
        "terminat",
        "suspen",
        "ban ",
        "banned",
        "clos",
        "deactivat",
        "disabl",
        "cancel",
        "block",
        "revok",
        "delet",
        "restrict",
        "deny",
        "denied",
        "refus",
        " end ",
        "ending",
    ),
    rules=_RULES,
    weights=TERMS_ONLY,
    never=(
        r"\b(?:kept|retain|retained|stored?)\b[^;]{0,200}?\bafter\b",
        r"\b(?:notif\w+|send|post|serve)\b[^;]{0,30}?\bcookies?\b|\bbrowser\b|\bbilling\b[^;]{0,40}?\bcancel",
        r"\b(?:upon|after|following|on) (?:any |such |the )?(?:termination|suspension|expiration|"
        r"cancellation|deletion)\b[^;]{0,120}?\b(?:will|shall|must|survive|cease|delete|"
        r"may)\b(?![^;]{0,80}\bany time\b)",
        r"\b(?:refus|declin|reject|den)\w*[^;]{0,20}?\b(?:to open|registrations?|applications?|to register)\b",
        r"\b(?:persons?|children|child|anyone|users?|individuals?) under (?:the age of )?\d",
        r"\bcounter-? ?noti(?:ce|fication)|\b(?:failure|fails?|failed|unable) to (?:cancel|clos|"
        r"terminat|delet|unsubscrib)",
        r"\b(?:disputes?|claims?|controvers(?:y|ies)|breach)\b[^;]{0,120}?\b(?:breach|"
        r"termination),? (?:or )?(?:termination|"
        r"breach|enforcement|interpretation|validity)\b",
        r"\byour right to (?:end|terminate|cancel)\b",
        r"\bnot (?:able|obliged|obligated|required) to {end}",
        r"\b(?:please|until you|unless you|unless and until you) (?:\w+ ){0,3}?(?:cancel|clos|delet|terminat|deactivat|"
        r"discontinu)\w*(?![^;]*\bwe (?:may|can|reserve)\b)|\bby (?:deleting|deactivating|closing|"
        r"cancell?ing) (?:\w+ ){0,6}?"
        r"your account\b|\bby (?:deleting|deactivating)\b[^.;]{0,30}?\byour account\b",
        r"\bdelet\w+\b[^.;]{0,60}?\b(?:profile|account|information|data)\b[^.;]{0,60}?\bwithin \d",
        r"\b(?:reserve|give|grant|offer)s? (?:the |you |our )?(?:customers?|users?|"
        r"you)\b[^.;]{0,30}?\b(?:right|possibility|"
        r"option|chance|opportunity) to\b",
        r"\b(?:in|of|from|on|with) (?:a|an|any|the|your) (?:closed|terminated|suspended|cancelled|"
        r"deactivated|disabled|deleted|"
        r"banned) (?:accounts?|users?|members?)\b",
        r"\b(?:amend|modify|change|revise|add|update)\w*,? (?:(?:\w+,? )?(?:or|and) )?(?:terminate|"
        r"remove|delete)\b[^.;]{0,20}?\b(?:any|"
        r"the|these|its) (?:\w+ ){0,2}?(?:terms|provisions?|parts?|portions?)\b",
        r"{end}[^.;]{0,30}?\bterms(?: and conditions)? (?:on|under|upon) which\b",
        r"\b(?:even )?(?:after|if|when|where|once) {you} (?:have |has |had |would |"
        r"will )?(?:\w+ ){0,2}?(?:terminated?|closed?|"
        r"cancell?(?:ed)?|deleted?|deactivated?|ask|asked|(?<!our )request\w*|wish|"
        r"want)\b(?![^;]*\bany (?:time|reason)\b)",
        r"\A(?!.*\bwe (?:may|can|reserve|have)\b[^.;]{0,40}?{end}).*\b(?:surviv\w+|"
        r"(?<!without )(?<!without a )(?<!without any )refund\w*|"
        r"liable for (?:any )?(?:termination|suspension))\b(?![^;]{0,80}\bfor any reason\b)",
        r"\b(?:third[- ]part(?:y|ies)|partners?|app store|licensor) (?:\w+ )?(?:may|can|will)\b[^;]{0,30}?{end}",
    ),
    fits=fits,
    decide=decide,
)
