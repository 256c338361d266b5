"""Whom and what a sentence is about: who acts, which users, which region, which products."""

from __future__ import annotations

from policywatch.taxonomy.positions.grammar import found
from policywatch.taxonomy.positions.passages import Passage

_FORBIDS = (
    r"(?:\b{you}(?! (?:data|content|information|property|materials?|files?|inputs?|"
    r"submissions?)\b) (?:\w+ )?(?:may|must|shall|will|can|should|agree|are|is|undertake|"
    r"represent|"
    r"warrant)\b(?! (?:\w+ )?(?:choose|opt|decide|elect|ask|request|tell|"
    r"object)\b)[^.;:]{0,60}?\b(?:not|never|prohibited|forbidden|refrain)\b"
    r"|\A\W{0,4}(?:please )?(?:do not|never|no one may|not)\b"
    r"|\b(?:it is (?:forbidden|prohibited)|prohibited (?:uses?|conduct|activit\w+|actions?)|"
    r"without our (?:prior )?(?:express )?(?:written )?(?:consent|permission))\b)"
)
_RULES_OF_CONDUCT = (
    r"\b(?:do not|restrictions?|abuse|prohibited|acceptable use|prohibitions?|rules of|misuse|"
    r"conduct|what you (?:can ?not|may not|must not)|your responsibilities|"
    r"limits on use|scraping|competing)\b"
)
_BUSINESS = (
    r"\b(?:business|enterprise|commercial|api|team|workspace|organi[sz]ation(?:al)?|institutional|"
    r"education|corporate|paid) (?:customers?|users?|accounts?|plans?|"
    r"subscri\w+|tiers?|editions?|offerings?|services|products?|platform|terms|agreements?|"
    r"clients?|data|content|workspaces?)\b"
    r"|\b(?:for businesses|via (?:the|our) api|through (?:the|our) api|api platform|"
    r"business and enterprise|dpa\b|data processing (?:addendum|agreement))"
    r"|(?<!\bwith )(?<!\bto )(?<!\bfrom )(?<!\bor )\b(?:advertisers?|publishers?|merchants?|sellers?|developers?|"
    r"resellers?|drivers?|couriers?|hosts?|creators? program)\b"
)
_BUSINESS_HEADING = (
    r"\b(?:enterprise|resellers?|data process\w+ (?:addendum|agreement)|"
    r"(?:affiliate|partner|referral) (?:program|agreement|terms)|(?:commercial|"
    r"business) (?:and business )?(?:use|users?|customers?|terms|"
    r"accounts?|services)|organi[sz]ations only|for businesses|api\b|developers?|advertisers?|"
    r"publishers?|merchants?|sellers?|"
    r"commercial customers?|organi[sz]ation (?:admin\w*|accounts?)|beta|(?<!jury )(?<!by )trials?(?! by jury)|"
    r"early access|pre-?release|experimental)\b"
)
_COUNTRIES = (
    r"(?:european economic area|eea|e\.?u\.?|european union|europe|united kingdom|u\.?k\.?|"
    r"great britain|england|switzerland|swiss|germany|german|france|french|italy|spain|"
    r"netherlands|ireland|austria|sweden|poland|india|indian|brazil|brazilian|mexico|japan|"
    r"japanese|(?:south )?korean?|republic of korea|china|chinese|taiwan|singapore|"
    r"australian?|new zealand|canadian|canada|quebec|israel|turkey|russian?|south africa|nigeria|"
    r"kenya|thailand|indonesia|philippines|vietnam|argentina|chile|colombia)"
)
_STATES = (
    r"(?:california|californian?s?|colorado|connecticut|virginia|utah|nevada|texas|oregon|montana|"
    r"new jersey|illinois|washington state|delaware|iowa|vermont|"
    r"ccpa|cpra|cal\. civ|state privacy)"
)
_UNITED_STATES = r"(?:united states|u\.?s\.?a?|us)"
_SOMEWHERE = rf"(?:{_COUNTRIES}|{_STATES})"
_PEOPLE = (
    r"(?:users?|residents?|consumers?|customers?|individuals?|members?|persons?|citizens?|"
    r"visitors?|data subjects?|people|those)"
)


def forbids_users(passage: Passage) -> bool:
    """Is this a rule for users ("you may not …"), or an item of a list of such rules?"""
    if found(_FORBIDS, passage.lead):
        return True
    ban = found(_FORBIDS, passage.sense)
    if ban and not found(r"\b(?:we|us) (?:do|will|may|shall|can|use|never)\b", passage.sense[: ban.end()]):
        return True
    return bool(found(_RULES_OF_CONDUCT, passage.heading)) and not found(
        r"\b(?:we|us) (?:may|will|do|does|can|use|uses|reserve|shall|have|are|is|never|only|collect|" r"train|also)\b",
        passage.sense,
    )


def business_only(passage: Passage) -> bool:
    """Does the sentence, its lead-in or its heading speak of business customers, developers or trials only?"""
    return bool(found(_BUSINESS, passage.whole)) or bool(found(_BUSINESS_HEADING, passage.heading))


def business_heading(passage: Passage) -> bool:
    return bool(found(_BUSINESS_HEADING, passage.heading))


def one_country(passage: Passage) -> bool:
    """Does it hold for people of some country or region other than the whole US only?"""
    condition = (
        rf"\b(?:(?:if|where|to the extent) {{you}} (?:\w+ ){{0,3}}?(?:live|reside|are|is|use|access|accessed)\b"
        rf"[^.;:]{{0,50}}?\b{_SOMEWHERE}\b"
        rf"|{_PEOPLE} (?:\w+ ){{0,3}}?(?:in|of|from|within)(?: the)?(?: state of)? {_SOMEWHERE}\b"
        rf"|{_SOMEWHERE}(?:[/ ,-]+(?:and |or )?{_SOMEWHERE})*[ -]{_PEOPLE}\b)"
    )
    if united_states_only(passage):
        return False
    return bool(found(condition, passage.whole)) or bool(found(rf"\b{_SOMEWHERE}\b", passage.heading))


def united_states_only(passage: Passage) -> bool:
    condition = (
        rf"\b(?:if {{you}} (?:\w+ ){{0,3}}?(?:live|reside|are|is|use|access|"
        rf"accessed)\b[^.;:]{{0,50}}?\b{_UNITED_STATES}\b"
        rf"|{_PEOPLE} (?:\w+ ){{0,3}}?(?:in|of|from|within)(?: the)? {_UNITED_STATES}\b|{_UNITED_STATES} {_PEOPLE}\b)"
    )
    outside = rf"\b(?:outside|other than|not)\b[^.;:]{{0,30}}?\b{_UNITED_STATES}\b"
    return bool(found(condition, passage.whole)) and not found(outside, passage.whole)


def abroad(passage: Passage) -> bool:
    """Does it hold outside the United States (or outside somewhere) only?"""
    return bool(
        found(r"\b(?:outside(?: of)?|not (?:a )?(?:resident|located|living)|do not (?:live|reside))\b", passage.whole)
    )


# Who else acts in policies. "The provider", "the vendor" are left out: that may be what the platform calls itself.
_OTHERS = (
    r"(?:(?:(?:other|third[- ]party|linked|external) )(?:web)?(?:sites?|services?|apps?|users?|compan(?:y|ies)|parties|"
    r"providers?|vendors?)|third[- ]parties|sellers|merchants|organi[sz]ers|hosts|publishers|"
    r"carriers|employers|schools|"
    r"universities|banks|retailers|restaurants|drivers|administrators|moderators|creators|developers|advertisers|"
    r"(?:payment|service|network|internet|cloud|hosting|ai|model) providers|companies|businesses|registr(?:ies|ars)|"
    r"(?:a|an|any|each|your|another) (?:\w+ )?(?:seller|merchant|organi[sz]er|host|publisher|carrier|employer|school|"
    r"university|bank|retailer|administrator|developer|advertiser|provider|vendor|third party|company|website)|"
    r"stripe|paypal|google (?:analytics|maps)|(?:google|apple|facebook|meta|amazon|microsoft|"
    r"youtube|twitter|openai|anthropic)(?: \w+){0,2}?"
    r"(?=.*\b(?:its|their) (?:own )?(?:\w+ ){0,2}?(?:terms|polic(?:y|ies)|conditions)\b))"
)
_OTHERS_ACT = (
    rf"\A\W*(?:(?:the|some|many|most|all|such|these|those|certain|our|their|independent|individual|participating|"
    rf"advertising|group|event|app|mobile|game) )*{_OTHERS}(?:'s? (?:\w+ ){{0,2}}?\w+)?(?: (?:that|"
    rf"which|who|on|in|of|to|"
    rf"with|under|for) [^.;,]{{0,40}}?)? (?:may|will|can|shall|must|does|do|is|are|has|have|could|"
    rf"might|retains?|keeps?|"
    rf"uses?|shares?|sells?|collects?|stores?|requires?|reserves?|updates?|changes?|owns?)\b"
)


def others_act(passage: Passage) -> bool:
    """Is the sentence about what others do ("Sellers may keep your address …")?"""
    return bool(found(_OTHERS_ACT, passage.sense))


_DENIED_LEAD = r"\b(?:not|never|neither|none)\b[^:.;,]{0,80}:?\W*\Z"
# "Do Not Sell or Share My Personal Information" is what a link is called.
_DENIED_HEADING = r"\b(?:not|never|don't|won't)\b(?! sell (?:or share )?my\b)"


def denied_above(passage: Passage) -> bool:
    """Does its lead-in ("We never use your data:") or its heading deny what the sentence says?"""
    title = passage.clause.heading[-1].lower().replace("’", "'") if passage.clause.heading else ""
    return bool(found(_DENIED_LEAD, passage.lead) or found(_DENIED_HEADING, title))


def minors_only(passage: Passage) -> bool:
    return bool(
        found(
            r"\b(?:children|minors?|child|teens?|teenagers?|(?:under|below|"
            r"younger than|less than)(?: the age of)? (?:1[0-9]|2[01]))\b(?!,? (?:days?|months?|weeks?|"
            r"hours?|business))",
            passage.sense,
        )
    )
