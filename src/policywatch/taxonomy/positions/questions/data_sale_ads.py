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
from policywatch.taxonomy.positions.scope import business_heading, denied_above, minors_only, others_act

define(
    sell=r"\b(?:sell(?:s|ing)?|sold|rent(?:s|ed|ing)?|trad(?:e|es|ed|ing)|sale|sales)\b",
    personal=r"\b(?:personal information|information|data|pii|it|them|identifiers|details|email addresses|"
    r"your privacy)\b",
    ads_kind=r"\b(?:cross-contextu?a?l?(?: behaviou?ral)?|targeted|behaviou?rally?|interest-based|"
    r"personali[sz]ed|tailored|online|relevant|custom(?:i[sz]ed)?)[- ](?:\w+ ){0,2}?(?:ads?|"
    r"adverts?|advertis\w+|marketing)\b",
    ad_partners=(
        r"\b(?:advertis(?:ers?|ing|ement)(?:,? (?:and|or|&) (?:analytic\w*|marketing|measurement|media|"
        r"other|social|data|business|research|promotion\w*|third[- ]party)(?: \w+)?)?(?: (?:partners?|networks?|"
        r"compan(?:y|ies)|providers?|platforms?|vendors?|agencies|services?|purposes))|advertisers|"
        r"ad (?:networks?|partners?|tech\w*|exchanges?|compan(?:y|ies)|providers?|vendors?|servers?)|"
        r"marketing partners?|data brokers?|"
        r"social media (?:compan\w+|platforms?|networks?|partners?)|social networks?)\b"
    ),
)
_NO = r"(?:\bnot\b|\bnever\b|\bno\b|\bneither\b|\bnor\b)"
_OTHER_SALE = (
    r"\b(?:assets?|business(?:es)?|merger|acqui\w+|compan(?:y|ies) (?:is|are)|stock|goods|"
    r"products?|software|licensed|tickets?|items?|vehicle|merchandise|point of sale|sales (?:team|"
    r"tax|rep\w*)|"
    r"advertising (?:space|inventory)|services? (?:for|on) sale|bankruptcy|reorgani[sz]ation)\b"
)
_DENIES = (
    r"(?:\b(?:we|us|none of us)\b(?:,? (?:and|nor|or) [^,;]{1,40}?)? (?:(?:also|currently|"
    r"certainly|ourselves) )*(?:do|does|will|shall|have|has|would|did|are|"
    r"is)\b(?: \w+){0,3}? (?:not|never)\b[^;]{0,90}?{sell}"
    r"|\bwe\b (?:\w+ ){0,2}?(?:never|neither)\b[^;]{0,50}?{sell}|\bin no case do we (?:sell|rent)|"
    r"\bno,? we\b[^;]{0,40}?\bnot\b[^;]{0,20}?{sell}"
    r"|{personal}[^;]{0,40}?\b(?:is|are|will|shall|has|have)\b (?:\w+ ){0,2}?(?:not|never)\b[^;]{0,30}?{sell}"
    r"|\b(?:not|never) (?:in the business of|engage in)\b[^;]{0,60}?{sell}|\A\W*never (?:selling|"
    r"renting)\b|\bunder no circumstances\b[^;]{0,60}?{sell}|"
    r"\band (?:we )?(?:will )?never (?:sell|rent)\b|\bnone of your\b[^;]{0,40}?{sell}|^(?:we )?(?:do not|"
    r"never|will not) (?:sell|rent)\b)"
)
# "This site sets no cookies and does not sell your data", "It does not sell …": who, the sentence may leave open.
_SOME_ONE_DENIES = (
    r"(?:\A\W*it|\b(?:(?:this|the|our) (?:mobile |web )?(?:app|application|site|website|extension|tool|game|product|"
    r"software)|(?:this|the) (?:(?:service )?provider|(?:data )?(?:controller|fiduciary)|service|"
    r"platform|developer|owner|"
    r"operator))\b(?:[^;]{0,80}?,? and)?) "
    r"(?:(?:also|currently) )?(?:does|do|will) (?:not|never) (?:\w+,? ){0,3}?{sell}"
)
_SINCE = (
    r"\bwe (?:do|will|would|have|are|"
    r"shall)(?: and will)? not\b[^;]{0,30}?{sell}[^,;]{0,40}?{personal}"
    r"(?:(?!\b(?:who|under|less|below|younger|minors?|child\w*|actually|"
    r"\d\d)\b)[^,;]){0,60}?(?:[,;]|\band (?:we )?(?:do|does|will|have|has|also|never)\b)"
)
_NOT_A_DENIAL = (
    r"\b(?:if|whether)(?: and how| or not)? we\b[^;]{0,40}?{sell}|\b(?:if|when|unless|once) (?:{you}|your)\b[^;]*?"
    r"\b(?:not|reject\w*|refuse\w*|opt\w*|disabl\w*|declin\w*|choose|request)\b[^;]*?{sell}|"
    r"\b(?:direct|tell|ask|instruct|"
    r"request|notify)\b[^;]{0,40}?\bnot to\b[^;]{0,20}?(?:{sell}|\bshar)|"
    r"\bdo not sell(?: or share)? my\b|\bobligation\b|"
    r"\A(?!.*" + _SINCE + r").*\bactual knowledge\b"
    r"|\b(?:not|never) (?:knowingly )?(?:collect|process)\b[^;]{0,60}?\bfor sale\b"
)
_FOR_MONEY = (
    r"\b(?:conventional|traditional|usual|ordinary|common) (?:sense|meaning)|\b(?:for|"
    r"in exchange for) (?:money|monetary|cash|payment|financial)(?! (?:or|and) (?:any )?(?:other|"
    r"valuable))|\bmonetary (?:consideration|"
    r"value|gain)|\bnevada\b|\bas the term .{0,20}commonly"
)
# "We do not share … for their own marketing purposes" leaves sharing for the platform's own advertising open.
_THEIR_MARKETING = r"\bfor (?:their|third part(?:y|ies)'?) (?:own |direct )*(?:marketing|promotional)\b"
# "We do not sell …, but some of our sharing may be a sale under …"
_YET = (
    r"(?:\b(?:but|however|yet|nevertheless)\b|\A\W*(?:although|while|though|"
    r"even though)\b[^;]{0,200}?{sell}[^;]{0,80}?,)"
    r"[^;]{0,140}?\b(?:constitut\w+|counts? as|qualif\w+|considered|deemed|regarded|treated|viewed|be|is|"
    r"are)\b[^;]{0,30}?\b(?:sales?|"
    r"selling|sharing|sold)\b[^;]{0,60}?\b(?:under|law|laws|ccpa|state)\b"
)
_NO_SALE = r"\bnot\b[^;]{0,40}?\b(?:constitut\w+|counts? as|qualif\w+|considered|deemed|regarded|treated|viewed)\b"
_EXCEPT = r"\b(?:except (?:as|for|in|where|when|with)|unless (?:described|stated|otherwise)|other than as)\b"
_META = r"\b(?:explain|describe|learn more|more information|section)\w*\b"
_RIGHTS = (
    r"\bwe would\b|\b(?:right|rights|entitled|may (?:also )?(?:opt|direct|request)|request that|ask us|you can|"
    r"signal|gpc|global privacy control|whether|if we)\b"
)
# What names no one ("aggregated or otherwise non-personal information") is not personal data sold or shared.
_IMPERSONAL = (
    r"\A(?!.*(?<!non-)(?<!non )\bpersonal information\b(?! (?:in|that)\b[^;]{0,20}?\b(?:aggregat|anonym))).*\b(?:non-?"
    r"personal|non-?private|non-?identif\w+|de-?identified|aggregated?|anonymi[sz]ed|anonymous)\b"
)
_ADMITS = r"\b(?:we|us|our)\b[^;]{0,60}?"

_RULES = (
    Rule("denies", (_DENIES, "{personal}"), none=(_NOT_A_DENIAL, _FOR_MONEY, _EXCEPT, _YET)),
    Rule("denies", (_DENIES, "{personal}"), none=(_NOT_A_DENIAL, _FOR_MONEY, _YET), strength=0.75),
    Rule(
        "denies",
        (_SOME_ONE_DENIES, "{personal}"),
        none=(_NOT_A_DENIAL, _FOR_MONEY, _EXCEPT, _YET, r"\bthird[- ]part\w+\b[^;]{0,40}?\bnot\b", _OTHER_SALE),
        strength=0.85,
    ),
    Rule(
        "denies",
        (r"\bwe (?:\w+ )?(?:not|never):\W*(?:\w+ ){0,3}?{sell}", "{personal}"),
        none=(_NOT_A_DENIAL, _FOR_MONEY, _EXCEPT),
        strength=0.9,
        over="whole",
    ),
    Rule(
        "admits",
        (_YET, "{personal}"),
        none=(rf"\b(?:but|however|yet)\b[^;]{{0,80}}?{_NO}", _NO_SALE),
        strength=0.9,
    ),
    Rule("denies-money", (_DENIES, "{personal}", _FOR_MONEY), none=(_NOT_A_DENIAL,)),
    Rule(
        "denies-sharing",
        (
            _DENIES,
            rf"{_NO}[^;]{{0,120}}?{{sell}}[^;]{{0,60}}?\b(?:or|nor|and)\b[^;]{{0,30}}?\bshar(?:e|ed|"
            rf"ing)\b[^;]{{0,80}}?|{_NO}[^;]{{0,60}}?\bshar(?:e|ed|ing)\b[^;]{{0,30}}?\b(?:or|nor|and|"
            rf",)\b[^;]{{0,30}}?{{sell}}",
            "{personal}",
        ),
        none=(_NOT_A_DENIAL, _FOR_MONEY, _THEIR_MARKETING, _EXCEPT),
    ),
    Rule(
        "denies-sharing",
        (rf"\b(?:we|us)\b[^;]{{0,30}}?{_NO}[^;]{{0,60}}?\bshar(?:e|es|ed|" rf"ing)\b[^;]{{0,120}}?{{ads_kind}}",),
        none=(_NOT_A_DENIAL, _FOR_MONEY),
    ),
    Rule(
        "admits",
        (
            rf"{_ADMITS}(?<!not )(?<!not to )\b(?:sell|sold|share|shared|shares|sells|"
            rf"disclose)\b[^;]{{0,140}}?\b(?:cross-context|targeted advertising|behaviou?ral advertising)",
        ),
        none=(_NO, _RIGHTS, _META, _IMPERSONAL),
    ),
    Rule(
        "admits",
        (
            r"\bwe\b[^;]{0,140}?\b(?:by|including) selling (?:it|them|your|such)\b|"
            rf"{_ADMITS}\b(?:sell and share|sell or share|sell/share|sold (?:and|or|and/or) shared|"
            rf"sold/shared|shared or sold|have sold|may sell|do sell)\b",
            "{personal}",
        ),
        none=(_NO, r"\b(?:whether|if) we\b|\bopt(?:ing)? out\b|\bright\b"),
    ),
    Rule(
        "admits",
        (
            r"(?:\b(?:constitut\w+|counts? as|qualif\w+|considered|deemed|regarded|defined|treated|viewed|"
            r"characteri[sz]ed|"
            r"classified)\b|\bdefinitions? of '?sell\b.*\binclude|\b(?:is|are|"
            r"be) an?\b)[^;]{0,50}?\b(?:sale|sales|sell|"
            r"selling|sharing)\b[^;]{0,60}?\b(?:under|as defined|by|law|ccpa|of|state|in|with)\b"
            r"|\bunder\b[^;]{0,40}?\b(?:laws?|acts?|ccpa|cpra)\b[^;]{0,60}?\b(?:constitut\w+|counts? as|qualif\w+|"
            r"considered|deemed|regarded|treated|viewed)\b[^;]{0,50}?\b(?:sales?|selling|sharing)\b",
            r"\b(?:we|us|our|these|this|such|certain|some|sharing)\b",
            r"\b(?:shar|disclos|advertis|cookie|provid|transfer|allow|use)\w*",
        ),
        none=(
            r"\bnot\b[^;]{0,60}?\b(?:sales?|sell|selling|sold|sharing)\b",
            r"\bto the extent\b|\bif (?:we|any|such|you (?:believe|think|consider))\b|\bwhether\b|\bdepends on\b|"
            r"\bas defined (?:under|by|in)[^;]{0,40}?\), the sale",
            _OTHER_SALE,
        ),
        strength=0.95,
    ),
    Rule(
        "admits",
        (
            rf"{_ADMITS}\b(?:share|shares|disclose|discloses|provide|make available|"
            rf"transfer)\b(?:[^;]{{0,120}}?\b(?:with|to)\b[^;]{{0,80}}?|[^;]{{0,20}}?)\b{{ad_partners}}",
            r"{ads_kind}|\badvertis\w*\b[^;]{0,60}?\b(?:interests?|target\w*|other (?:sites|websites|"
            r"services|platforms)|across)\b|\brelevance of\b[^;]{0,30}?\b(?:ads|adverts|advertis\w+)\b",
        ),
        none=(rf"{_NO}|\bwe would\b", _IMPERSONAL),
        strength=0.9,
    ),
    Rule(
        "admits",
        (
            rf"{_ADMITS}\b(?:share|disclose|provide|allow|permit|let|use|work with|"
            rf"partner with)\w*\b[^;]{{0,100}}?\b(?:third[- ]part(?:y|ies)(?! (?:web)?sites?)|{{ad_partners}}|"
            rf"partners)\b[^;]{{0,140}}?\b(?:cross-context|targeted|interest-based|"
            rf"behaviou?ral)[- ](?:\w+ )?(?:ads?|advertis\w+)",
        ),
        none=(_NO, _RIGHTS, _IMPERSONAL),
        strength=0.8,
    ),
    Rule(
        "admits",
        (
            r"\b(?:we|us)\b[^;]{0,40}?\b(?:shared|sold)\b[^;]{0,40}?\bcategor\w+[^;]{0,80}?{ad_partners}|"
            r"\bcategor\w+[^;]{0,80}?\b(?:shared|sold)\b[^;]{0,60}?{ad_partners}",
        ),
        none=(_NO, _RIGHTS),
        strength=0.9,
    ),
    Rule(
        "admits",
        (
            r"\bshar(?:e|ing) (?:\w+ ){0,4}?for (?:cross-context\w*|targeted)\b[^;]{0,40}?\b(?:is limited to|occurs|"
            r"includes|involves)\b"
            r"|\byou (?:can|may) (?:\w+ ){0,4}?opt out of (?:us |our )?(?:having your personal information shared|"
            r"(?:the )?sharing)\b[^;]{0,220}?\b(?:cross-context\w*|targeted|behaviou?ral|personali[sz]ed) ",
        ),
        none=(_NOT_A_DENIAL, r"\bright\b"),
        strength=0.8,
    ),
    Rule(
        "opts-out",
        (
            r"\bopt(?:ing)? out of\b[^;]{0,60}?\b(?:our|we)\b[^;]{0,40}?{sell}|"
            r"\bdo not sell (?:or share )?my (?:personal )?(?:information|data)\b|"
            r"\bopt(?:ing)? out of (?:the |any |our )?(?:sale|sales|sharing)\b|\bopt(?:ing)? out of "
            r"(?:having )?(?:your )?personal information (?:being )?(?:shared|sold)\b|"
            r"\bnot want\b[^;]{0,40}?\b(?:sold|sell)\b|"
            r"\b(?:considered|deemed|regarded as|be|constitute) an? sale\b",
        ),
        none=(_NO + r" sell (?!or share my|my)",),
        strength=0.6,
    ),
    Rule(
        "combined",
        (
            r"\b(?:we|us)\b[^;]{0,20}?\bshare\b[^;]{0,60}?\b(?:information|data)\b[^;]{0,80}?{ad_partners}"
            r"[^;]{0,30}?\b(?:who|which|that) may combine\b",
        ),
        strength=0.8,
    ),
    Rule(
        "hints",
        (
            r"\b(?:engage|allow|permit|work with|partner with|let)\b[^;]{0,40}?\b(?:others|third part(?:y|"
            r"ies)|partners|"
            r"vendors|companies)\b[^;]{0,100}?\b(?:serve|show|deliver|display)\b[^;]{0,30}?\b(?:ads?|advert\w*)\b"
            r"|\b(?:target|show) (?:ads|adverts|advertisements?) to you on (?:third[- ]party|other)\b",
        ),
        none=(_NO,),
        strength=0.45,
    ),
    Rule(
        "hints",
        (
            r"\b(?:share|disclose|provide|allow|partner with|work with)\w*\b[^;]{0,160}?{ad_partners}|"
            r"{ad_partners}[^;]{0,80}?\b(?:collect|receive|use cookies)",
            r"\b(?:we|us|our)\b",
            r"\b(?:personal|information|data|identifiers|cookies?|activit\w+|pixels?|email addresses)\b",
        ),
        none=(_NO,),
        strength=0.45,
    ),
)


# "We will never sell that information": what "that" is, another sentence says.
_THAT = (
    r"{sell}[^;]{0,40}?\b(?:that|this|these|those|such) (?:data|information|details)\b|\b(?:that|"
    r"this|these|those|such) "
    r"(?:data|information|details)\b[^;]{0,60}?{sell}"
)
_ANYBODY = (
    r"\b(?:your (?:\w+ ){0,2}?(?:data|information|details)|users?'?s?|customers?'?|members?'?|"
    r"personal information|pii|about you)\b"
)


def _of_minors(passage: Passage) -> bool:
    """Is the sentence about minors' data alone, not about everybody's and then minors' too?"""
    return minors_only(passage) and not found(
        _SINCE + r".*\b(?:actual knowledge|minors?|children|1\d)\b", passage.sense
    )


def fits(passage: Passage) -> float:
    if _of_minors(passage) or (
        found(
            r"\b(?:you|users?) (?:may|must|shall|agree|will|can|are|should)(?! (?:also )?(?:ask|direct|"
            r"request|instruct|tell|opt))"
            r"[^.;]{0,40}?\bnot\b|\bprohibited\b",
            passage.whole,
        )
        and not found(r"\bwe (?:do|will|have|may|never|share|sell)", passage.sense)
    ):
        return 0.0
    if found(
        r"\bgoogle (?:user|workspace|api)|\b(?:sms|mobile (?:numbers?|opt in|information|data)|"
        r"phone numbers?|text messag\w+)\b|"
        r"\bservice providers? (?:are|may|will|must)? ?not\b|\bthey\b[^;]{0,40}?\bnot\b|\b(?:sell|"
        r"sold|share|shared)\b[^;]{0,30}?\b(?:sensitive|health|biometric|genetic)\b|\byour (?:number|contacts)\b|"
        r"\bthese email addresses\b|\bgathered this way\b|"
        r"\brfid\b|\bidfa\b",
        passage.sense,
    ):
        return 0.4
    if found(r"\A\W*it\b", passage.sense) and not found(r"\A\W*(?:(?:our|this|the) \w+|we)\b", passage.before):
        return 0.6  # who "it" is, the sentence before says
    if found(_THAT, passage.sense) and not found(_ANYBODY, passage.sense):
        return 0.6
    if found(_OTHER_SALE, passage.sense) and not found(
        r"\bwe (?:do|will|have|has|shall|are|is) (?:not|never)\b|\bdoes not\b|\badvertis|\bsold or shared\b",
        passage.sense,
    ):
        return 0.0
    return 0.6 if business_heading(passage) else 1.0


_WITH_ADVERTISERS = (
    r"\bwe\b[^.;]{0,60}?\b(?:share|disclose)\b[^;]{0,30}?\b(?:your|personal|such|this|"
    r"that) (?:\w+ )?(?:information|data)\b"
    r"[^;]{0,60}?{ad_partners}|\bcustom(?:er)? audiences?\b"
)
_NO_CLAIMS = ("denies", "denies-sharing", "denies-money", "opts-out", "hints")  # may stand below "we never:"


def _elsewhere(passage: Passage) -> bool:
    """Is it denied above, done by others, or what the platform prevents?"""
    prevents = r"\b(?:prevent|stop|protect|guard)\w*\b[^;]{0,40}?\b(?:others|anyone|third parties|people)\b"
    return denied_above(passage) or others_act(passage) or found(prevents, passage.sense) is not None


def decide(evidence: Sequence[Evidence]) -> Verdict:
    evidence = [one for one in evidence if one.answer in _NO_CLAIMS or not _elsewhere(one.passage)]
    denies, admits = of(evidence, "denies", "denies-sharing"), of(evidence, "admits")
    for_money = of(evidence, "denies-money")
    told, denied = best(evidence, "admits"), best(evidence, "denies", "denies-sharing")
    if told >= 0.7:
        if best(evidence, "denies-sharing") >= 0.7:
            return torn(admits, of(evidence, "denies-sharing"))
        return state("sells-or-shares", [*admits, *denies[:1], *for_money[:1]])
    # A right to opt out of what is said not to happen: of sharing, or of sales where the denial has exceptions.
    what = "shar(?:ed|ing)" if denied >= 0.8 else "shar(?:ed|ing)|sold|sale"
    undone = rf"\bopt(?:ing)? out\b[^;]{{0,60}}?\b(?:{what})\b"
    shared = [piece for piece in of(evidence, "opts-out") if found(undone, piece.passage.sense)]
    shared += [piece for piece in of(evidence, "hints") if found(_WITH_ADVERTISERS, piece.passage.sense)]
    if denied < 0.8:  # a denial with exceptions
        shared += of(evidence, "hints", "opts-out")
    if denied >= 0.7:
        if shared and best(evidence, "denies-sharing") < 0.7:
            return torn(denies, shared)
        return state("does-not-sell", denies)
    # What cookie dialogues say of their partners; the policy's own denial outweighs it.
    if best(evidence, "combined") >= 0.7 and not denies:
        return state("sells-or-shares", [*of(evidence, "combined"), *for_money[:1]])
    rest = of(evidence, "denies", "denies-sharing", "denies-money", "admits", "combined", "opts-out", "hints")
    return torn(rest) if rest else Verdict(NOT_STATED)


QUESTION = Question(
    id="data-sale-ads",
    positions=("sells-or-shares", "does-not-sell"),
    trigger=(
        "sell",
        "sold",
        "sale",
        "rent",
        "trade",
        "trading",
        "advertis",
        " ads",
        " ad ",
        "cross-context",
        "data broker",
        "marketing",
        "social media",
    ),
    rules=_RULES,
    weights=PRIVACY_FIRST,
    never=(r"\bindemnif\w*|\bhold harmless\b",),
    own_acts=False,  # what advertising partners do is a hint
    fits=fits,
    decide=decide,
)
