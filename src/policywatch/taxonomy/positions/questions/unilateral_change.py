"""Does the platform promise to tell people before it changes the contract?

A notice that people get (by e-mail, in the product, in advance) counts; putting the new text or its date on the site
does not, nor does "we may notify you", nor notice of prices.
"""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.taxonomy.positions.grammar import define, found
from policywatch.taxonomy.positions.passages import Passage
from policywatch.taxonomy.positions.rules import (
    NOT_STATED,
    TERMS_FIRST,
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
from policywatch.taxonomy.positions.scope import business_heading, forbids_users, one_country
from policywatch.taxonomy.positions.values import days

define(
    change=r"\b(?:chang(?:e|es|ed|ing)|modif(?:y|ies|ied|ication|ications|ying)|updat(?:e|es|ed|ing)|amend(?:s|ed|ing|ment|ments)?|revis(?:e|es|ed|ion|ions|ing)|alter(?:ed|ations?)?|replace[ds]?|new (?:version|terms))\b",
    contract=r"\b(?:terms|agreement|tos|tou|eula|contract|conditions|polic(?:y|ies)|notice|statement|them|it|these|rules)\b",
    post=r"\b(?:post(?:ed|ing|s)?|publish(?:ed|ing|es)?|made available|making|upload\w*|updat\w+ the (?:last |effective |date)|last (?:updated|revised|modified)|(?:effective|revision) date|at the (?:top|bottom|beginning)|displayed)\b",
)
_TALK = r"{change}[^;]{0,120}?{contract}|{contract}[^;]{0,120}?{change}"
_TELLS = (
    r"\b(?:will|shall|commit to|agree to|must|undertake to)\b[^;]{0,60}?\b(?:notif(?:y|ied)|inform|tell|alert|advise|provide (?:you )?(?:with )?(?:\w+ ){0,4}?notice|give (?:you )?(?:\w+ ){0,5}?notice|send|email|contact|communicate|let you know|provide (?:\w+ ){0,3}notification|make you aware|draw your attention)\b"
    r"|\b(?:be notified|notify you|notifies you|provide (?:you )?(?:with )?(?:\w+ ){0,4}?notice|giv(?:e|ing) (?:you )?(?:\w+ ){0,4}?notice|with (?:\w+ ){0,3}?(?:prior|advance|reasonable|written)[^;]{0,12}? notice|prior notice|advance notice|upon notice|notice (?:of|before|prior)|days'? (?:\w+ ){0,3}?notice)\b"
)
_MAY_TELL = r"\b(?:may|might|can|at our discretion|reserve the right to|try to|endeavou?r|attempt|strive|where (?:we )?(?:deem|consider|appropriate)|if appropriate)\b[^;]{0,50}?\b(?:notif|inform|tell|alert|email|send|notice|communicat)"
_BY_POSTING = r"\b(?:by|through|via)\b[^;]{0,30}?\b(?:post|publish|updat|revis|mak|plac|chang|upload)\w*\b|\bnotice (?:on|by posting)\b[^;]{0,30}?\b(?:site|website|page|services?)\b"
_REACHES = r"\b(?:email|in-product|in-app|in the app|within the app|pop-?up|push|directly|message|messaging|account|mail|through the service|in advance|advance|prior|before|reasonable notice|\d+ days)\b"
_SILENT = (
    r"\b(?:without (?:any |prior |further |advance )*(?:notice|notification|notifying|informing))\b|\beffective (?:immediately|upon|as soon as|when|on|once|from)\b[^;]{0,50}?\b(?:post|publish|immediately|updat|upload|live)"
    r"|\b(?:immediately|take effect|binding|effective)\b[^;]{0,40}?\b(?:upon|when|on|once|after|by)\b[^;]{0,30}?\b(?:post|publish|upload)|\b(?:check|review|visit|consult|refer to|revisit|look at)\b[^;]{0,80}?\b(?:periodically|regularly|from time to time|frequently|often|time to time|occasionally|each time)"
    r"|\b(?:your )?(?:responsib\w+|sole obligation|obligation) to (?:\w+ )?(?:check|review|monitor|keep)"
)

_RULES = (
    Rule("tells", (_TALK, _TELLS), none=(_MAY_TELL, r"\bwithout (?:\w+ )*notice", _BY_POSTING)),
    Rule("tells", (_TALK, _TELLS, _BY_POSTING, r"\b(?:and|as well as|before|prior|\d+ days|advance)\b[^;]{0,120}?\b(?:email|in-app|before|prior|days|advance|message|account|effective)\b"), none=(_MAY_TELL, r"\bwithout (?:\w+ )*notice", r"\b(?:or|and/or)\b")),
    Rule("tells", (_TELLS, _REACHES, _TALK), none=(_MAY_TELL, _BY_POSTING, r"\bwithout (?:\w+ )*notice", r"\bprices?|\bfees?\b"), strength=0.9, over="clause"),
    Rule("tells-or-posts", (_TALK, _TELLS, _BY_POSTING), none=(r"\bwithout (?:\w+ )*notice",), strength=0.85),
    Rule("posts", (_TALK, _SILENT), none=(r"\bnotif(?:y|ied) you (?:by|via) email\b",)),
    Rule("posts", (_TALK, r"{post}", r"\b(?:we|us|our|will|may|effective|any)\b"), none=(_TELLS,), strength=0.8),
    Rule("posts", (_TALK, _MAY_TELL), strength=0.7),
    Rule("posts", (_TALK, r"\b(?:at any time|from time to time|sole discretion|reserves? the right|any time)\b"), none=(_TELLS,), strength=0.6),
    Rule("posts", (r"\bcontinu\w+ (?:to )?(?:us\w+|access\w*)\b", r"\b(?:accept\w*|agree\w*|constitut\w+|deemed|bound|consent)\b", r"{change}|\bnew\b"), none=(_TELLS,), strength=0.5),
)  # fmt: skip


def fits(passage: Passage) -> float:
    contract = found(
        r"\b(?:terms|agreement|tos|tou|eula|contract|conditions|polic(?:y|ies)|notice)\b|\bstatement\b", passage.sense
    )
    about = found(r"\b(?:chang|modif|updat|amend|revis|alter)\w*", passage.heading)
    if (not contract and not about) or forbids_users(passage):
        return 0.0
    if found(r"\b(?:arbitration (?:agreement|provision|clause|terms)|class action)\b", passage.sense):
        return 0.0
    if found(
        r"\b(?:prices?|pricing|fees?|rates?|subscription (?:fee|price)|charges|sub-?processors?|cookies?)\b",
        passage.sense,
    ) and not found(
        r"\b(?:these terms|this agreement|the terms|our terms|these conditions|this (?:privacy )?polic|this (?:privacy )?notice)\b",
        passage.sense,
    ):
        return 0.0
    weight = 0.6 if business_heading(passage) else 1.0
    return weight * (0.5 if one_country(passage) else 1.0)


def value(passage: Passage, answer: str) -> Value:
    if answer != "tells" or not found(r"\bdays|\bweeks?|\bmonths?", passage.sense):
        return None
    return days(passage.sense)


def decide(evidence: Sequence[Evidence]) -> Verdict:
    terms = [piece for piece in evidence if piece.passage.document.kind not in ("privacy", "cookies")]
    return _weigh(terms if any(piece.strength >= 0.45 for piece in terms) else evidence)


def _weigh(evidence: Sequence[Evidence]) -> Verdict:
    tells, posts = of(evidence, "tells"), of(evidence, "posts")
    either = of(evidence, "tells-or-posts")
    if best(evidence, "tells") >= 0.9 or (tells and not posts and not either):
        return state("with-notice", tells)
    if either and either[0].strength >= max(best(evidence, "posts"), best(evidence, "tells")):
        return state("without-notice", [*either, *posts]) if not tells else torn(tells, either)
    if tells:
        return torn(tells, posts) if best(evidence, "posts") >= best(evidence, "tells") else state("with-notice", tells)
    if posts or either:
        found_posts = [*posts, *either]
        return state("without-notice", found_posts) if found_posts[0].strength >= 0.45 else torn(found_posts)
    return Verdict(NOT_STATED)


QUESTION = Question(
    id="unilateral-change",
    positions=("with-notice", "without-notice"),
    trigger=r"chang|modif|updat|amend|revis|alter|new version|new terms",
    rules=_RULES,
    weights=TERMS_FIRST | {"privacy": 0.9, "cookies": 0.0},
    never=(
        r"\b(?:you|users?) (?:may|must|shall|will|can|should|agree to)? ?(?:\w+ ){0,2}?(?:notify|inform|update|change|modify|correct|amend)\b[^;]{0,40}?\b(?:us|your|account|information)",
        r"\b(?:not|no|never)\b[^;]{0,40}?\b(?:be )?(?:amended|modified|waived|changed)\b[^;]{0,80}?\b(?:writ\w+|signed|both)",
        r"\bsoftware\b[^;]{0,60}?\bupdates?\b|\bupdates? (?:to|of) the (?:software|app)",
        r"\b(?:last|recently) (?:updated|modified|revised)(?: on)?:? ?(?:\w+ \d+|\d)",
    ),
    fits=fits,
    value=value,
    decide=decide,
)
