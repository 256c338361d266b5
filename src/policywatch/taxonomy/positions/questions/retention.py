"""How long are content and account data kept?

A definite period for content or account data counts wherever it stands; periods of cookies, answers, refunds, notices
and records that the law prescribes do not.
"""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.taxonomy.positions.grammar import define, found, pattern
from policywatch.taxonomy.positions.passages import Passage
from policywatch.taxonomy.positions.rules import (
    NOT_STATED,
    PRIVACY_FIRST,
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
from policywatch.taxonomy.positions.scope import business_heading, minors_only
from policywatch.taxonomy.positions.values import period

define(
    keep=r"(?:\b(?:retain|keep|kept|(?<!our )(?<!app )stor|hold|held|maintain|preserv|archiv|sav)(?:e|"
    r"es|s|ed|ing|ion)?\b|\bretention\b)",
    erase=r"\b(?:delet|remov|eras|purg|destroy|anonymi[sz]|de-?identif)(?:e|es|s|ed|ing|ion|y|ied)?\b",
    held=(
        r"\b(?:data|pii|submissions?|information|content|account|accounts|conversations?|chats?|messages?|histor(?:y|"
        r"ies)|records?|inputs?|outputs?|prompts?|files?|recordings?|profiles?|"
        r"transcripts?|images?|photos?|pictures?|selfies|headshots|uploads?|drawings|songs|videos?|"
        r"audio|logs?|backups?|it|them|details|posts?|documents?|"
        r"projects?|notes|emails?|queries)\b"
    ),
)

_NEVER = (
    r"\b(?:cookies?|pixels?|local storage|refund\w*|money|invoices? (?:within|are due)|price|"
    r"fees?|subscription period|trial|renew\w*|warrant\w*)\b",
    r"\b(?:respond|response|reply|answer|comply|acknowledg\w+|confirm|process your request|verify|"
    r"resolve)\b[^.;]{0,60}?\bwithin\b",
    r"\bwithin\b[^.;]{0,30}?\b(?:respond|reply|answer)\b|\bextend\w*\b[^.;]{0,40}?\bdays\b",
    r"\b(?:past|last|preceding|previous|prior) (?:\d+ )?(?:months?|years?|days?)\b",
    r"\b\d+ years (?:of age|old)\b|\bunder (?:the age of )?\d+\b|\bage of \d+\b",
    r"\b(?:dmca|counter[- ]?notice|counter[- ]?notification|complaining party|court action)\b",
    r"\brequests?\b[^;]{0,80}\b(?:processed|correspondence)\b|\bcorrespondence\b[^;]{0,60}\brequests?\b",
    r"\bback ?up copies of your\b.*\byou (?:should|must)\b|\bat least \d+ days'? (?:prior )?notice\b",
)
_LEGAL_RECORDS = (
    r"\b(?:tax|accounting|bookkeeping|invoic\w+|commercial law|statutory|anti-money|transactions?|payment|billing|"
    r"purchases?|financial|consents?|litigation|claims?|job appl\w+|applicants?|candidates?|"
    r"recruit\w*|resumes?|cctv|surveys?|newsletter|suppression|marketing|camera|biometric|selfie|"
    r"identity verification|id document|unsubscrib\w+|opt(?:ed|ing)? out|mailing list|"
    r"(?:your|an|the) (?:enquir|inquir)(?:y|ies)|our (?:offices|premises)|"
    r"surveillance|(?:review|check|assess|"
    r"audit|verif)\w*\b[^;]{0,60}?\bevery {period}|contact form|support tickets?)\b"
    r"|\b(?:to comply with|for compliance|required to (?:keep|retain|store)|because|"
    r"due to)\b[^.;]{0,60}?\b(?:laws?|legal|statut\w+|regulat\w+)\b"
)
# "Removed within 30 days except where the law requires more" is a rule for the data, not for the law's records.
_FOR_THE_LAW = rf"\A(?:(?!\b(?:except|unless)\b).)*?(?:{_LEGAL_RECORDS})"
_INACTIVE = (
    r"\A(?!.*\b(?:until|before|sooner|earlier)\b).*\b(?:not|never) (?:\w+ )?{erase}|\binactiv\w*|"
    r"\bnot (?:been )?(?:active|used|logged)|\bdormant\b|\brequests? (?:\w+ ){0,6}processed\b"
)
_KEPT = r"{keep}|{erase}"
_LONGER = r"\b(?:may|might) be (?:obliged|obligated|required) to (?:retain|keep|store)\b"  # an exception, no rule
_CRITERIA = (
    r"\b(?:as|so) long as\b[^;]{0,80}?\b(?:need|necessary|require|account|us(?:e|ing)|legitimate|"
    r"permitted|active|customer|purposes?|law|consent|relationship|provid|allowed|it takes|exist|"
    r"we have|appropriate)"
    r"|\b(?:no|not|any|never) longer than\b[^;]{0,80}?\b(?:need|necessary|require|purpose|"
    r"permitted|appropriate|reasonabl)"
    r"|\b(?:periods?|time|duration) (?:\w+ ){0,4}?(?:necessary|needed|required|reasonable)\b|\bnecessary period\b"
    r"|\b(?:until|till) (?:you|your|the|we) [^;]{0,60}?\b(?:delete|ask|request|clos|terminat|"
    r"withdraw|deactivat|remov|fulfil|purpose)"
    r"|\b(?:the )?(?:duration|life) of (?:your|the|our)\b|\bwhile (?:you|"
    r"your) (?:\w+ ){0,3}?(?:active|account|use|remain)\b"
    r"|\breasonable (?:period|length)\b"
    r"|\bfor (?:any )?longer than (?:is |reasonably )*(?:necessary|needed|required)"
)
_OF_OTHERS = (
    r"\b(?:states?|says?|commits?) that\b|\bprovision\b[^;]{0,60}?\b(?:held|unenforceable|"
    r"invalid)\b|\bbooks and records\b|\brecords required under\b"
    r"|\b(?:(?:sub-?)?processors?|resellers?|vendors?|recipients?|(?:service |ai |third[- ]party )providers?|"
    r"each party|either party|the parties|publishers?|developers?|customer shall|data importer|"
    r"importer) "
    r"(?:\w+ ){0,3}?(?:shall|must|will|may|retains?|keeps?|stores?)\b"
    r"|\btransferred to (?:this|our|the|a) partner\b|\bin accordance with \w+'s (?:privacy )?(?:policy|terms)\b"
)
_USERS_OWN = (
    r"\b{you} (?:\w+ )?(?:may|must|shall|will|agree|should|can|are|is)\b (?:\w+ ){0,3}?{keep}|"
    r"\bterms (?:\w+ ){0,3}?remain in (?:effect|force)|\bunlawful, void\b|\b(?:user data|data|"
    r"information)(?: that)? you (?:obtain|collect|access|receive|store)\b"
    r"|\bstored? (?:content|results|copies)\b|\b{you} (?:must|agree to|shall|will) do so\b|"
    r"\b(?:not (?:required|obligated|obliged) to\)?|"
    r"(?:we|us) may(?: \w+ly| also| choose to)?) {erase}|\bwork(?:s|ing)? 24 hours\b"
)
# What is kept of one kind of data only is no rule for the rest.
_ONE_KIND = (
    r"\A\W*(?:[\w/-]+ ){0,4}?(?:records|invoices|receipts|bookings?)\b[^.;]{0,20}?\b(?:kept|retained|stored|held)\b|"
    r"\A\W*(?:we (?:(?:may|will|shall|also|only|then) )*)?{keep} (?:only )?(?:your |the |such |"
    r"this |any )?(?:\w+ )?(?:payment|billing|"
    r"credit card|card|biometric|geo-?location|location|log|transaction|cctv|"
    r"cookie)s? (?:information|data|details|numbers?|scans|"
    r"files|records)\b|\A\W*(?:your |the |such |this |any )?(?:payment|billing|credit card|card|"
    r"biometric|geo-?location|location|log|"
    r"transaction|cctv|cookie)s? (?:information|data|details|numbers?|scans|files|records)\b"
)
_LOGS = (
    r"\b(?:(?<!chat )(?<!message )(?<!conversation )logs?|log files?|log data|ip addresses|crash|"
    r"analytics|server|access records|access data|telemetry|"
    r"technical data|technical information|browser type|date and time of|visit(?:ed)? (?:to )?(?:our|the|this) "
    r"(?:web)?sites?|web ?hosting|"
    r"diagnostic|third[- ]part(?:y|ies)|vendors?)\b"
)

_RULES = (
    Rule(
        "fixed",
        (r"{keep}[^;]{0,140}?\b{period}|(?<!within )\b{period}[^;]{0,60}?{keep}", "{held}"),
        none=(_FOR_THE_LAW, _LOGS, _OF_OTHERS, _USERS_OWN, _INACTIVE),
    ),
    Rule(
        "fixed",
        (
            r"{erase}[^;]{0,140}?\b(?:within|after|in|following|for|of|up to|than)\b[^;]{0,40}?\b{period}|"
            r"\b(?:after|within) {period}[^;]{0,120}?{erase}|"
            r"\bwithin {period} (?:of|after|from|following)\b[^;]{0,200}?\b(?:we|"
            r"provider)\b[^;]{0,20}?\b{erase}|{period}[^;]{0,50}?(?:automatically|"
            r"permanently) {erase}|{erase} (?:\w+ ){0,3}?{period} (?:after|from|following|since)\b",
            "{held}",
        ),
        none=(_FOR_THE_LAW, _LOGS, _OF_OTHERS, _USERS_OWN, _INACTIVE),
    ),
    Rule(
        "fixed",
        (r"(?:\bhow long\b|\bretention\b|\bkeep\b|\bstor\w+|\bdelet\w+)[^:]*:[^;]{0,120}?\b{period}", "{held}"),
        none=(_FOR_THE_LAW, _LOGS, _OF_OTHERS, _USERS_OWN, _INACTIVE, r":[^:]{110}|\btake\b"),
        strength=0.75,
        over="titled",
    ),
    Rule(
        "fixed",
        (r"(?:\bhow long\b|\bretention\b|\bstor\w+|\bdelet\w+)[^:|]*:[^|:]{0,60}\|[^|]{0,60}?\b{period}", "{held}"),
        none=(
            _LOGS,
            _OF_OTHERS,
            _USERS_OWN,
            _INACTIVE,
            r":[^|]{0,60}?\b(?:payment|billing|transaction|consent|"
            r"marketing|support|tickets?|tax|invoices?|cookies?|job)\b",
        ),
        strength=0.75,
        over="under",
    ),
    Rule(
        "fixed",
        (
            r"{erase} (?:\w+ ){0,12}?(?:accounts?|profile|content|conversations?|chats|files|data|"
            r"information)\b[^.;]{0,80}?\bwithin\b[^.;]{0,20}?{period}",
        ),
        none=(_OF_OTHERS, _USERS_OWN, _INACTIVE),
        strength=0.9,
    ),
    Rule("period", (r"{keep}|{erase}", r"\b{period}", "{held}"), none=(_FOR_THE_LAW,), strength=0.6),
    Rule("period", (r"{keep}|{erase}", r"\b{period}"), strength=0.4, over="whole"),
    Rule(
        "needed",
        (rf"(?:{_KEPT})[^;]{{0,200}}?(?:{_CRITERIA})", "{held}"),
        none=(_OF_OTHERS, _USERS_OWN, _ONE_KIND, _LONGER),
    ),
    Rule(
        "needed",
        (rf"(?:{_KEPT})[^;]{{0,200}}?(?:{_CRITERIA})", "{held}"),
        none=(_OF_OTHERS, _USERS_OWN),
        strength=0.45,
    ),
    Rule(
        "needed",
        (
            r"{keep}[^;]{0,200}?\b(?:necessary|needed|required)\b[^;]{0,60}?\b(?:comply|legal|resolve|"
            r"enforce|fraud|purposes?)",
            "{held}",
        ),
        none=(
            _OF_OTHERS,
            _USERS_OWN,
            r"{period}",
            r"\bpreserv\w+[^;]{0,40}?\bdisclos|\bdisclose\b[^;]{0,40}?\bpreserv|\b(?:disclos|shar|transfer)(?:e|es|"
            r"ing)\b[^;]{0,160}?\b(?:stored|held|maintained)\b",
        ),
        strength=0.6,
    ),
    Rule(
        "needed",
        (_KEPT, r"\bno longer (?:\w+ )?(?:need|needed|necessary|required)\b", "{held}"),
        none=(_OF_OTHERS, _USERS_OWN, r"\b(?:rights?|request\w*|ask|may have)\b"),
        strength=0.8,
    ),
    Rule(
        "needed",
        (r"\bprocess(?:es|ed|ing)?\b", _CRITERIA, r"\bpersonal information\b"),
        none=(_OF_OTHERS, _USERS_OWN),
        strength=0.8,
    ),
    Rule(
        "needed",
        (
            r"\bretention periods?\b|\bhow long\b",
            r"\b(?:depend|criteria|determin|var(?:y|ies)|consider|based on|nature|purpose)\w*",
        ),
        none=(_OF_OTHERS, _USERS_OWN, "{period}"),
        strength=0.7,
    ),
)


_USERS_TURN = (
    r"\b{you} (?:must|shall|may|can|will|should|agree to|have|"
    r"are required to) (?:not )?(?:\w+ ){0,2}?(?:retain|keep|stor|delete|update|maintain|notify|cancel|"
    r"request(?!ed)|contact|appeal|download|export)"
    r"|\b{you} (?:may )?(?:also )?have (?:the|a) right\b|\b(?:your|the) rights? (?:to|of) (?:have|erasure|request|"
    r"obtain|access|delet\w+|restrict\w*|object)\b"
)
# "… are deleted within 7 days, but you can delete them at any time"
_BEFORE_YOU = (
    r"\A(?:(?!\b{you} (?:may|can|must|will|should|shall|have)\b).)*?(?:{erase}[^;]{0,40}?\b(?:within|after)|"
    r"{keep}[^;]{0,40}?\bfor) (?:up to )?{period}[^;]{0,40}?\b(?:but|and|though|unless)\b"
)
_WE_KEEP = (
    r"\A\W*(?:(?:after|if|when|once|upon)\b[^,;]{0,80}, )?we (?:(?:will|may|then|also|generally|" r"typically) )*{keep}"
)


def fits(passage: Passage) -> float:
    users_turn = found(_USERS_TURN, passage.whole) and not found(_WE_KEEP, passage.sense)
    if minors_only(passage) or (users_turn and not found(_BEFORE_YOU, passage.sense)):
        return 0.0
    if found(r"\bcookies?\b", passage.heading) and not found(r"\baccount|\bcontent\b", passage.sense):
        return 0.0
    about = 1.1 if found(r"\b(?:retention|retain|how long|keep|stor(?:e|age|ing)|delet\w+)\b", passage.heading) else 1.0
    return about * (0.6 if business_heading(passage) else 1.0)


def value(passage: Passage, answer: str) -> Value:
    return _kept_for(passage.sense) if answer in ("fixed", "period") else None


def _kept_for(text: str) -> str | None:
    """The period that keeping or erasing takes, rather than another that stands in the same sentence."""
    told = [
        match[0]
        for verb in pattern(_KEPT).finditer(text)
        if (match := found(r"\A[^;]{0,160}?{period}", text[verb.end() :]))
    ]
    return period(min(told, key=len)) if told else period(text)


_TOLD = 4  # periods in a value
_EXAMPLE = r"\A\W*(?:for (?:example|instance)|e\.g\.)"  # beside a rule it is none itself
_MAIN = (
    r"\b(?:accounts?|profile|your (?:\w+ )?(?:data|information|content)|personal information|"
    r"(?:user|customer) (?:data|content|"
    r"code)|conversations?|chats?|prompts?|inputs?|outputs?|recordings?|files|uploads?)\b"
)
_SPECIAL = (
    r"\b(?:fraud\w*|abus\w+|suspect\w*|flagged|violat\w+|excluded|banned|for this purpose|check|"
    r"selected|security|safety|"
    r"back-?ups?|payments?|support|tickets?|transactions?|tracking|cookies?|records of|verif\w+|training|"
    r"communication data|correspondence|legal|law|temporary|archived?|free (?:plan|trial))\b"
)


_SOME = 2


def _aside(passage: Passage) -> int:
    """0 for what is kept of an account or of content, _SOME for what is kept of some of it for some reason."""
    return _SOME if found(_SPECIAL, passage.sense) else int(not found(_MAIN, passage.whole))


_HINT = 0.45  # a period below that is a reason to hesitate only where it is one of keeping
_KEPT_FOR = (
    r"{keep}[^;]{0,80}?\b{period}|\b{period}[^;]{0,60}?{keep}|"
    r"\b(?:hold|keep|retain|store)\b[^;]{0,120}?\bfor\b[^;]{0,60}?{period}"
)


def decide(evidence: Sequence[Evidence]) -> Verdict:
    fixed, needed, other = of(evidence, "fixed"), of(evidence, "needed"), of(evidence, "period")
    rules = [piece for piece in fixed if not (needed and found(_EXAMPLE, piece.passage.sense))]
    if best(rules, "fixed") >= 0.7:
        # Told and quoted are the same sentences: those about people's main data, if there are any.
        ranks = {id(piece): _aside(piece.passage) for piece in rules if piece.value}
        main = min(ranks.values(), default=0) < _SOME
        stated = sorted((piece for piece in rules if id(piece) in ranks), key=lambda piece: ranks[id(piece)])
        stated = [piece for piece in stated if not main or ranks[id(piece)] < _SOME][:_TOLD]
        return state("fixed-period", stated, "; ".join(dict.fromkeys(str(piece.value) for piece in stated)))
    if needed and best(evidence, "needed") >= 0.5:
        return state("as-needed", needed)
    other = [piece for piece in other if piece.strength >= _HINT or found(_KEPT_FOR, piece.passage.whole)]
    return torn(fixed, needed, other) if fixed or needed or other else Verdict(NOT_STATED)


QUESTION = Question(
    id="retention",
    positions=("fixed-period", "as-needed"),
    trigger=(
        "retain",
        "retention",
        "keep",
        "kept",
        "stor",
        "hold",
        "held",
        "delet",
        "remov",
        "eras",
        "purg",
        "destroy",
        "anonymi",
        "maintain",
        "longer",
        "long as",
        "preserv",
        "archiv",
        "save",
        " days",
        " months",
        " years",
        " hours",
        " day",
        " month",
        " year",
        "process",
    ),
    rules=_RULES,
    weights=PRIVACY_FIRST | {"cookies": 0.0},
    never=_NEVER,
    fits=fits,
    value=value,
    decide=decide,
)
