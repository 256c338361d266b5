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
    change=(
        r"\b(?:chang(?:e|es|ed|ing)|modif(?:y|ies|ied|ication|ications|ying)|updat(?:e|es|ed|ing)|"
        r"amend(?:s|ed|ing|ment|ments)?|"
        r"revis(?:e|es|ed|ion|ions|ing)|alter(?:ed|ations?)?|replac(?:e|ed|ing))\b"
    ),
    these_terms=(
        r"\b(?:these|this|the|our|its|such|any(?! time)|updated|revised|modified|new|changed|amended|"
        r"those|said)\b (?:(?!subscription|pricing|refund|event|provider|campaign)[\w&]+[ -]){0,4}?"
        r"(?:terms|agreements?|tou|tos|gcu|gtc|eula|conditions|contract|polic(?:y|ies)|statement|"
        r"(?:privacy|legal|this) notice)\b|\bthis (?:notice|document)\b|\bterms (?:of (?:service|use)|and conditions)\b"
    ),
    terms_change=(
        r"(?:{change}(?:(?!\b(?:content|contents|information|improvements|errors|orders?|prices?|fees?|rates?|"
        r"homepage|compliant|compliance|accordance|consistent|pursuant|violat\w+|breach\w*|infring\w+|"
        r"destroy|cop(?:y|ies)|"
        r"distribut\w+)\b)[^.;]){0,60}?{these_terms}|"
        r"{these_terms}(?:(?!\b(?:compliance|violat\w+|breach\w*|content|materials?|screen|accounts?|"
        r"subscriptions?|profiles?)\b)"
        r"[^.;]){0,80}?{change}(?! (?:an?|any|your|the) (?:\w+ )?(?:account|subscription|profile|"
        r"content|order)\b)|\b(?:to|of|"
        r"in) {these_terms}[^.;]{0,10}?\bat any time|"
        r"{change} (?:\w+ ){0,3}?(?:in|to) (?:how|the (?:way|manner)s?(?: in which)?|our) (?:we )?(?:collect|use|using|"
        r"handle|process|share|treat|privacy practices|data practices)\b|"
        r"{change} (?:that|which)\b[^.;]{0,40}?\b(?:your|users'?) rights\b|"
        r"\b(?:the|any|such|these) (?:amended|modified|revised|updated|changed) (?:terms|agreement|"
        r"policy|conditions)\b|"
        r"\bchang(?:e|es|ing) (?:prices? (?:and|or) )?terms\b)"
    ),
)
_ANAPHORA = (
    r"\b(?:such|any|these|those|the|material|significant|substantial|"
    r"all(?: other)?) (?:\w+ ){0,3}?(?:changes?|modifications?|amendments?|revisions?|updates?|"
    r"alterations?)\b|\bif we do\b|\bwhen we do\b|\A\W*you (?:will|shall) be (?:notified|"
    r"informed)\b|\bwe (?:will|shall) (?:also )?(?:notify|inform|"
    r"let you know|tell|alert|email)\b|\b(?:updated|revised|new) (?:version|terms)\b"
)
_TELLING = (
    r"(?:notif(?:y|ied|ies|ying)|inform(?:ed|ing)?|tell|alert(?:ed)?|advis(?:e|ed|ing)|"
    r"let you know|make you aware|(?:provid|giv|send|display|deliver)(?:e|ing|"
    r"es)?\b[^.;]{0,40}?\b(?:notice|notification|email|message|announcement)|email|contact|"
    r"communicate|bring\b[^.;]{0,30}?\battention|brought to (?:your|the (?:\w+ )?(?:user|member|"
    r"customer)'?s?'?) attention|"
    r"draw your attention)"
)
_TELLS = (
    rf"\b(?:will|shall|must|undertakes? to|commits? to|agrees? to|"
    rf"we'll)\b (?!be used\b)(?:[\w.]+,? ){{0,10}}?{_TELLING}\b"
    rf"|\bnotifying (?:you|users|them|members|customers) of\b|\bby (?:notifying|giving you|"
    rf"providing you|informing you|emailing|sending you)\b|"
    rf"\byou (?:will|shall) (?:be (?:\w+ )?(?:notified|informed|advised)|"
    rf"receive (?:\w+ ){{0,3}}?(?:email|notice|notification|message))\b"
    r"|\b(?:will|shall|must) (?:\w+ )?be (?:\w+ )?(?:communicated|notified|made known to|announced (?:to|by email|in "
    r"advance|at least))\b"
    r"|\b(?:ask(?:s|ed|ing)?|prompt(?:s|ed|ing)?|requir(?:es?|ing)|required(?<!may be required)(?<!might be required)) "
    r"(?:you |users )?to (?:\w+ (?:and )?){0,2}?(?:re-?)?(?:accept|agree to|consent to) (?:the|"
    r"any|such|those|these|our) "
    r"(?:new|updated|revised|modified|changed|changes|modifications|amendments|amended)\b"
    r"|\b(?:with|upon|after|following|subject to|give|provide|least) (?:\w+[ -]){0,6}?(?:prior|"
    r"advance|reasonable|written|days'?|weeks'?|months'?|email)[^.;]{0,20}?\bnotice\b"
    r"|\b(?:subject to|with) (?:\w+ )?notice to (?:you|users|members|customers)\b|\b(?:upon|"
    r"on) (?:your )?receipt of (?:\w+ )?notice\b|"
    r"\b(?:providing|giving) (?:\w+ )?notice to you\b|\band (?:providing|giving) you (?:\w+ )?notice\b|"
    r"\band (?:will )?(?:notify|inform|email|alert) you\b(?! (?:on|by posting|via) (?:the|our|this)\b)"
    r"|\bnotice\b[^.;]{0,30}?\b(?:at least |of )?\d+ days|\b\d+ days (?:after|following|"
    r"from) (?:(?:we|the|such|our|that) (?:\w+ ){0,4}?)?(?:notice|notif\w+|email)|\bemails? (?:a |you |"
    r"the )"
)
_NO_PROMISE = (
    r"\bwithout (?:\w+ ){0,3}?(?:notice|notif\w+|informing)|\b(?:not|"
    r"no)\b (?:\w+ ){0,3}?(?:oblig\w+|required|responsib\w+|duty)\b|\bwith or without\b|"
    r"\bnot (?:notify|inform)\b|\bwithout advance\b",
    r"\bmay not always\b|\b(?:may|might|can) (?:also )?(?:choose to )?(?:notif|inform|tell|alert|"
    r"email|send|provide)\w*|\bif (?:we|required)\b[^.;]{0,20}?\b(?:choose|wish|deem)|"
    r"\bwhere (?:we )?(?:deem|consider|possible|appropriate)|\bif (?:appropriate|we believe|in our)",
    r"\byou (?:must|shall|may|should|agree to|can|have to|will)\b (?!be\b|receive\b)(?:\w+ ){0,3}?(?:notify|"
    r"inform|provide|give|send|contact|email)\b",
    r"\b(?<!terms or )(?<!terms and )(?<!such as )(?<!including )(?:this section|arbitration|"
    r"pricing|payment terms|prices?|fees?|"
    r"subscription fee)\b(?![^.;]{0,80}\bthese terms\b)",
)
_NOT_US = r"\bby (?:emailing|sending|notifying)\b[^.;]{0,60}?\bor (?:by )?posting\b|\bnotice to (?:us|we)\b"
_EFFORTS = (
    r"\b(?:reasonable|best) efforts?\b|\bappropriate (?:measures|steps)\b|\b(?:try|attempt|"
    r"endeavou?r|strive|aim|intend) to\b|\breasonable steps\b"
)
_IF_REQUIRED = (
    r"\A(?!.*\b(?:material|significant|substantial))(?=.*\b(?:as|when|where|if|"
    r"to the extent) (?:\w+ ){0,3}?(?:required?|requires(?: it| this)?)\b)"
    r"|\A\W*(?:where|when|if|to the extent) (?:we (?:are|is) )?(?:\w+ )?required\b"
    r"|\b(?:notif\w+|inform|notice|tell)\b[^.;,]{0,60}?(?<!or) (?:as|if|when|where|"
    r"to the extent) (?:\w+ ){0,2}?required by\b"
)
_POSTING = (
    r"\b(?:post(?:ed|ing|s)?|publish(?:ed|ing)?|plac(?:e|ed|ing)|upload\w*|(?:updat|chang|"
    r"revis)(?:e|ing) (?:the|this|its)? ?(?:\w+ ){0,3}?(?:date|page)|"
    r"making\b[^.;]{0,20}?\bavailable|available (?:on|at))\b"
)
_BY_POSTING = (
    rf"\b(?:by|through|via|with|in|on|consist\w*)\b[^.;]{{0,25}}?{_POSTING}|\bpost(?:ing)? (?:a |"
    rf"any )?(?:\w+ )?notice|\bnotice\b(?: of [^.;]{{3,40}}?)? (?:on|at) (?:the|our|"
    rf"this)\b[^.;]{{0,20}}?\b(?:site|website|"
    rf"page|homepage)|{_POSTING}[^.;]{{0,60}}?\bor\b[^.;]{{0,40}}?\b(?:notif|provid|email|send|message|"
    rf"inform)|\b(?:notif\w+|email\w*|message|"
    rf"inform\w*)\b[^.;]{{0,80}}?\bor\b[^.;]{{0,40}}?(?:{_POSTING}|\bnotice on (?:the|our) (?:site|"
    rf"website|page))|\b(?:notif\w+|inform\w*|notice)\b[^.;]{{0,20}}?\bon this (?:page|site|website)"
    r"|\b(?:notif(?:y|ied|ying)|inform|informed|communicated|announced)\b[^.;]{0,20}?\bon (?:the|our) (?:page|site|"
    r"website)\b|\b(?:through|via) (?:our|the) (?:web)?site\b[^.;]{0,20}?\bor\b|"
    r"\bor (?:\w+ )?(?:through|via|on) (?:our|the) (?:web)?site\b"
)
_AND_TELLS = (
    r"\b(?:post|publish)\w*\b[^.;]{0,100}?\band (?:\(\w\) )?(?:by )?(?:(?:providing|giving|"
    r"sending) (?:\w+ ){0,2}?notice "
    r"to you|(?:providing|giving|sending) you (?:\w+ ){0,2}?notice|notifying you)\b"
)
_IN_PERSON = (
    r"\b(?:email\w*|in-product|in-app|in the app|within the (?:app|service|platform|affected)|"
    r"pop-?up|push|directly|message|messaging|your account|mail|through (?:the|our) services?|"
    r"in advance|advance|prior to|before|at least|\d+ days|individually|in writing)\b"
)
_SILENT = (
    r"\b(?:without (?:any |prior |further |advance )*(?:notice|notification|notifying|informing)|"
    r"with or without (?:prior )?notice|without advance notice|not\b[^.;]{0,30}?\b(?:obligation|"
    r"obliged|required) to (?:notify|inform))\b"
    r"|\b(?:effective|effect|binding|apply|applicable|force)\b[^.;]{0,40}?\b(?:immediately|upon(?! (?:your )?receipt)|"
    r"as soon as|when|on|once|from|at)\b[^.;]{0,40}?\b(?:post|publish|immediately|updat|upload|"
    r"live|publication|mak)"
    r"|\b(?:check|review|visit|consult|refer to|revisit|look at|read|monitor|"
    r"return to)\b[^.;]{0,80}?\b(?:periodically|regularly|from time to time|frequently|often|"
    r"occasionally|at regular intervals|each time|every time|monthly)\b"
    r"|\b(?:your )?(?:sole )?(?:responsib\w+|obligation) (?:\w+ )?to (?:\w+ )?(?:check|review|monitor|keep)"
    r"|\b(?:posted|publish\w*|updat\w+|chang\w+|revis\w+)\b[^.;]{0,40}?\b(?:effective|"
    r"last (?:updated|revised|modified)|revision)\b[^.;]{0,12}?\bdate\b|"
    r"\bdate\b[^.;]{0,40}?\b(?:at the )?(?:top|bottom|beginning|end)\b"
)
# "We use your address to tell you of changes to our terms" is what data is for; "proposed changes" are no changes yet.
_PROMISED = (
    r"\bwe (?:will|shall|reserve)\b|\b(?:obligat\w+|obliged|required|duty|responsib\w+|efforts?|"
    r"try|attempt|endeavou?r)\b"
)
_AS_PURPOSE = (
    r"\bto (?:notify|inform|tell|update|alert|contact) you (?:about|of|regarding|on|"
    r"with) (?:\w+ ){0,3}?{change}|"
    r"\buse (?:your |this |the |it |that )?(?:\w+ ){0,2}?to (?:contact|notify|inform|send|tell|email)\b|\b(?:changes?|"
    r"amendments?)\b[^.;]{0,30}?\bmay be proposed\b"
)
_MAY_TELL = (
    r"\b(?:we|us) (?:may|might|can) (?:\w+ ){0,5}?(?:notify|inform|tell|alert|email|give you|send you|"
    r"provide you|let you know)\b"
)
# Any word of telling people, in or near what is said of changes, that the other rules may not read in full.
_SOME_NOTICE = (
    r"\b(?:will|shall|must|undertakes? to|agrees? to|by|with|upon|after|"
    r"at least)\b[^.;]{0,80}?(?:\bnotif\w+|\binform(?:s|ed|"
    r"ing)? (?!a\b)|\bannounc\w+|\balert\w*|\bemail\w*|\bpresent\w*\b[^.;]{0,20}?\bagain|\b(?:prior|advance|reasonable|"
    r"written) (?:\w+ ){0,2}?notice\b)|\b(?:days|weeks?|months?)'? (?:(?:prior|advance|written) )*(?:notice|before|"
    r"prior to|in advance|after (?:notice|notif))\b|\bin advance\b|"
    r"\bdraw\b[^.;]{0,30}?\battention\b|\bpresented again\b"
)
_AT_WILL = r"\b(?:at any time|from time to time|sole discretion|reserves? the right|any time|periodically|may)\b"

_RULES = (
    Rule("tells", ("{terms_change}", _TELLS), none=(*_NO_PROMISE, _NOT_US, _BY_POSTING, _EFFORTS, _IF_REQUIRED)),
    Rule(
        "tells",
        ("{terms_change}", _TELLS, _BY_POSTING, _IN_PERSON, r"\b(?:and|as well as|along with|together with|both)\b"),
        none=(*_NO_PROMISE, _EFFORTS, r"\bor\b"),
    ),
    Rule(
        "tells",
        (_TELLS, _ANAPHORA),
        none=(*_NO_PROMISE, _NOT_US, _BY_POSTING, _EFFORTS, _IF_REQUIRED),
        strength=0.95,
        near=("{terms_change}",),
    ),
    Rule(
        "tells",
        (
            _TELLS,
            r"\b(?:changes|modifications|amendments|revisions)\b",
            r"\b(?:advance notice|prior notice|material\w*|significant\w*|before|days)\b",
        ),
        none=(
            *_NO_PROMISE,
            _NOT_US,
            _BY_POSTING,
            _EFFORTS,
            _IF_REQUIRED,
            r"\b(?:refund policy|(?:chang|modif|updat|revis)\w* (?:to|of|in) (?:\w+ ){0,3}?services?|"
            r"features?|functionality|providers?|subscription|plans?)\b",
        ),
        strength=0.85,
    ),
    Rule(
        "tells",
        (_TELLS, "{change}", r"\bemail (?:you|users|members|customers)\b|\bby email\b", r"\band\b"),
        none=(*_NO_PROMISE, _EFFORTS, _IF_REQUIRED, r"\bor\b"),
        strength=0.95,
        near=("{terms_change}",),
    ),
    Rule(
        "either",
        (r"\bnotice\b[^.;]{0,40}?\b(?:may|will|can) be\b[^.;]{0,20}?\bby\b", r"\bor\b", _IN_PERSON),
        strength=0.7,
        near=("{terms_change}",),
    ),
    Rule(
        "efforts",
        (r"\bafter (?:we )?(?:publish or )?(?:send|notify|email)\w*\b", "{change}"),
        strength=0.7,
        near=("{terms_change}",),
    ),
    Rule("efforts", (_TELLS, "{change}", _EFFORTS), none=_NO_PROMISE[:3], strength=0.7, near=("{terms_change}",)),
    Rule("efforts", (_TELLS, "{change}", _IF_REQUIRED), none=_NO_PROMISE[:3], strength=0.5, near=("{terms_change}",)),
    Rule(
        "either",
        (_TELLS, _BY_POSTING, _IN_PERSON, r"\bor\b"),
        none=_NO_PROMISE[2:],
        strength=0.8,
        near=("{terms_change}",),
    ),
    Rule(
        "tells",
        (
            r"\b(?:not|never) (?:to )?(?:make|introduce|implement|"
            r"apply)\b[^.;]{0,40}?\bchanges?\b[^.;]{0,120}?\bwithout "
            r"(?:\w+ ){0,3}?(?:notice|notif\w+|informing|telling)",
        ),
        strength=0.9,
        within=("{these_terms}",),
    ),
    Rule("tells", ("{terms_change}", _AND_TELLS), none=(*_NO_PROMISE[:3], _EFFORTS), strength=0.9),
    Rule("posts", ("{terms_change}", _SILENT)),
    Rule(
        "posts",
        (
            r"\b(?:check|review|read|visit|consult)\b[^.;]{0,20}?{these_terms}[^.;]{0,30}?\b(?:regularly|periodically|"
            r"frequently|from time to time|often|at regular intervals)\b",
        ),
        strength=0.8,
    ),
    Rule("posts", (_SILENT, _ANAPHORA), strength=0.9, near=("{terms_change}",)),
    Rule("posts", (_TELLS, _BY_POSTING), none=(_IN_PERSON, _AND_TELLS), near=("{terms_change}",)),
    Rule(
        "posts",
        (_MAY_TELL, rf"{_ANAPHORA}|\bchanges?\b"),
        none=(_TELLS, r"\b(?:marketing|newsletters?|offers|prices?|fees?)\b"),
        strength=0.75,
        within=("{terms_change}",),
    ),
    Rule(
        "some-notice",
        (_SOME_NOTICE, r"{change}|\b(?:effective|(?:take|takes|took|comes?|into) (?:into )?(?:effect|force))\b"),
        none=(
            *_NO_PROMISE,
            _MAY_TELL,
            _AS_PURPOSE,
            r"\bcounter[- ]?notif|\bemail address(?:es)?\b|\b(?:to manage|relationship)\b|\b(?:following|"
            r"after|upon) (?:such|this|"
            r"the|any) notif|"
            r"\bnot\b[^.;]{0,40}?\b(?:notif|inform|notice|advance)|\bopt\w*[ -]out\b|\bunsubscrib|\brequests?\b"
            r"|\b(?:legal|dmca|infringement) notices?\b|\bnotices? (?:to|for) (?:us|we)\b|\bremedy\b|\bany notices?\b"
            r"|\bbreach(?:es|ed)?\b|\bterminat\w+|\bmarketing\b|\bnewsletter|\bfees?\b",
        ),
        strength=0.5,
        within=("{terms_change}",),
    ),
    Rule("posts", (r"\b(?:let you know|notify you|inform you)\b[^.;]{0,20}?\bby posting\b",), near=("{terms_change}",)),
    Rule("posts", ("{terms_change}", _POSTING), none=(_TELLS, r"\b(?:send|email|notify)\b"), strength=0.8),
    Rule("posts", (_POSTING, _ANAPHORA), none=(_TELLS,), strength=0.75, near=("{terms_change}",)),
    Rule("posts", ("{terms_change}", _NO_PROMISE[1]), none=(_BY_POSTING,), strength=0.6),
    Rule("posts", ("{terms_change}", _AT_WILL), none=(_TELLS,), strength=0.6),
    Rule(
        "posts",
        (
            r"\bcontinu\w+ (?:to )?(?:us\w+|access\w*)\b|\b(?:by )?(?:using|" r"accessing)\b[^.;]{0,60}?\bafter\b",
            r"\b(?:accept\w*|agree\w*|constitut\w+|deemed|bound|consent)\b",
            r"{change}|\bnew\b",
        ),
        none=(_TELLS,),
        strength=0.5,
        near=("{terms_change}",),
    ),
)


_OTHER_CHANGE = (
    r"\bchang\w*[^>]{0,30}?\b(?:pric(?:e|es|ing)|fees|subscription|plans?|services?)\b[^>]*>"
    r"|\bchanges? (?:to|in) (?:the |our )?(?:\w+[ -]){0,3}?(?:arrangements?|events?|prices?|fees)\b"
    r"|\A(?!.*\b(?:chang|modif|updat|amend|revis|replac)\w*[^.;]{0,60}?\b(?:these|this|our) (?:\w+ ){0,2}(?:terms|"
    r"agreement|policy)\b).*\b(?:chang|modif|alter|updat)\w*,(?: \w+,)* or (?:suspend|remove|"
    r"discontinue|disable|terminate|withdraw|delete)\b"
    r"(?![^.;]{0,60}?\bterms\b)"
)


def fits(passage: Passage) -> float:
    if forbids_users(passage) or found(
        r"\b(?:arbitrat\w+|class action|dispute resolution)\b", f"{passage.heading} {passage.sense}"
    ):
        return 0.0
    if found(r"\A(?!.*\bprivacy\b).*\bcookies?\b|\bsub-?processors?\b", passage.sense):
        return 0.0
    about = 1.1 if found(r"\b(?:chang|modif|updat|amend|revis|alter)\w*", passage.heading) else 1.0
    weight = about * (0.6 if business_heading(passage) else 1.0)
    if found(_OTHER_CHANGE, f"{passage.heading} > {passage.sense}") and not found(
        r"\b(?:terms|agreement|amendments?)\b", passage.heading
    ):
        weight *= 0.4
    if found(_AS_PURPOSE, passage.sense) and not found(_PROMISED, passage.sense):
        weight *= 0.4
    if found(r"\bwe (?:can|may|will|shall|do|could) (?:not|never) (?:\w+ ){0,2}?{change}", passage.sense):
        weight *= 0.4
    return weight * (0.5 if one_country(passage) else 1.0)


def value(passage: Passage, answer: str) -> Value:
    return days(passage.sense) if answer == "tells" and found(r"\b(?:days|weeks?|months?)\b", passage.sense) else None


def decide(evidence: Sequence[Evidence]) -> Verdict:
    terms = [piece for piece in evidence if piece.passage.document.kind not in ("privacy", "cookies")]
    verdict = _weigh(terms if any(piece.strength >= 0.45 for piece in terms) else evidence)
    ahead = [piece for piece in verdict.evidence if found(_AHEAD, piece.passage.sense)]
    if verdict.position != "without-notice" or not ahead:
        return verdict
    # A period told beforehand, of a publication or of a notice that may be given, is not plainly no notice.
    return torn(ahead, [piece for piece in of(evidence, "tells") if piece not in terms])


_AHEAD = (
    r"{period}'?[^.;,]{0,30}?\b(?:before|prior to|ahead|in advance|advance notice|(?:prior |written )*notice)\b|"
    r"\b(?:before|prior to|in advance)\b[^.;,]{0,60}?\b(?:at least|no less than|not less than|by) {period}"
)


_MINOR = r"\b(?:minor|typographical|non-material) (?:changes|amendments|modifications)\b"


# Where nothing is said of how a change is made known, the right to make it must at least be told in so many words.
_POWER = (
    r"\A(?!\W*(?:if|in the event|should|events?|where)\b)(?:.*\bwe\b[^.;]{0,80}?\b(?:may|can|"
    r"might|reserves?|will|shall|retains?)"
    r"\b[^.;]{0,80}?{change}[^;]{0,80}?{these_terms}|.*{these_terms}[^.;]{0,40}?\b(?:may|might|"
    r"can|will|subject to|undergo)\b"
    r"[^.;]{0,30}?{change}|.*\bcontinu\w+\b[^.;]{0,40}?\bus(?:e|ing)\b|.*\bresponsib\w+\b[^.;]{0,30}?\bcheck\w*)"
)


def _weigh(evidence: Sequence[Evidence]) -> Verdict:
    tells, posts = of(evidence, "tells"), of(evidence, "posts")
    told, silent = best(evidence, "tells"), best(evidence, "posts")
    hedged = of(evidence, "either", "efforts")
    flat = [piece for piece in posts if piece.strength >= 0.9 and _flatly(piece.passage)]
    if flat and told >= 0.5 and flat[0].passage.document.id == tells[0].passage.document.id:
        return torn(tells, flat)
    if told >= 0.8 or (told >= 0.55 and told >= 1.2 * silent):
        # The notice that counts is that of changes which matter.
        dated = (piece for piece in tells if piece.strength >= 0.85 * told and not found(_MINOR, piece.passage.sense))
        period = next((piece.value for piece in dated if piece.value), None)
        return Verdict("with-notice", tuple(tells), period)
    if told > 0.6 * silent or (hedged and hedged[0].strength > 0.6 * silent):
        return torn(tells, hedged, posts)
    if not posts:
        return torn(hedged) if hedged else Verdict(NOT_STATED)
    return state("without-notice", posts) if _plain(posts, evidence) else torn(posts, _elsewhere(posts, evidence))


def _plain(posts: Sequence[Evidence], evidence: Sequence[Evidence]) -> bool:
    """Is it said in so many words, or can a change bind people with no word on notice beside it?"""
    silent = posts[0].strength
    if silent >= 0.45 and any(found(_UNTOLD, piece.passage.sense) for piece in posts[:2]):
        return True
    if silent < 0.45 or _elsewhere(posts, evidence):
        return False
    powers = any(found(_POWER, piece.passage.sense) for piece in posts)
    return silent >= 0.7 or (powers and any(found(_BINDS, piece.passage.sense) for piece in posts))


def _elsewhere(posts: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Words on notice in the documents that speak of changes, outside the sentences that are silent on it."""
    said = {piece.passage for piece in posts if piece.strength >= 0.7}
    sections = {id(piece.passage.section) for piece in posts}
    return [
        piece
        for piece in of(evidence, "some-notice")
        if piece.strength >= 0.4
        and piece.passage not in said
        and (id(piece.passage.section) in sections or found("{terms_change}", piece.passage.sense))
    ]


def _flatly(passage: Passage) -> bool:
    """Is it said of all changes that they come without notice?"""
    return bool(found(_WITHOUT, passage.sense)) and not found(_SOME_CHANGES, passage.sense)


_WITHOUT = r"\bwithout (?:any |prior |further |advance )*(?:notice|notification|notifying)\b"
_SOME_CHANGES = (
    r"\b(?:minor|typograph\w+|non-?material|not material|immaterial|insignificant|some changes|"
    r"other changes|clarif\w+|features?|"
    r"unless|except|but|urgent|security|legal|law|services?|site|website|software|product|content)\b"
)
_UNTOLD = rf"\bwithout (?:\w+ ){{0,3}}?(?:notice|notif\w+|informing)|\bwith or without\b|{_MAY_TELL}"
_BINDS = (
    r"\b(?:at any time|from time to time|sole discretion|reserves? the right|periodically)\b|"
    r"\bcontinu\w+\b[^.;]{0,40}?\b(?:us(?:e|es|ing)|access\w*)\b|\bgo on using\b|\b(?:accept|"
    r"bound|binding|agree|consent)\w*|"
    r"\bresponsib\w+\b[^.;]{0,30}?\bcheck"
)


QUESTION = Question(
    id="unilateral-change",
    positions=("with-notice", "without-notice"),
    trigger=(
        "chang",
        "modif",
        "updat",
        "amend",
        "revis",
        "alter",
        "new version",
        "new terms",
        "replace",
        "notif",
        "notice",
        "email",
        "inform",
        "let you know",
        "tell ",
        "review",
        "check",
    ),
    rules=_RULES,
    weights=TERMS_FIRST | {"privacy": 0.9, "cookies": 0.0},
    never=(
        r"\b(?:you|users?) (?:may|must|shall|will|can|should|agree to)? ?(?:\w+ ){0,2}?(?:notify|"
        r"inform|update|change|modify|correct|amend)\b[^;]{0,40}?\b(?:us|your|account|information)",
        r"\b(?:not|no|never|neither)\b[^;]{0,40}?\b(?:be )?(?:amend(?:ed)?|modif(?:y|ied)|waived?|"
        r"changed?)\b[^;]{0,80}?\b(?:writ\w+(?! notice)|signed|both)",
        r"\bchange requests?\b|\bupdate the (?:software|app)\b",
        r"\bsoftware\b[^;]{0,60}?\bupdates?\b|\bupdates? (?:to|of) the (?:software|app)",
        r"\b(?:last|recently) (?:updated|modified|revised)(?: on)?:? ?(?:\w+ \d+|\d)",
        r"\brequests? by\b|\bcookie settings\b|\b(?:in accordance with|under|pursuant to|"
        r"subject to) (?:this|the|our|these) (?:\w+ )?"
        r"(?:policy|terms|agreement|notice|statement),? (?:each )?as (?:it may be )?(?:amended|"
        r"updated|modified|revised|changed)\b",
        r"\bmay only be (?:amended|modified|changed)\b|\bwe (?:have )?(?:last )?(?:updated|changed|"
        r"revised|amended)\b[^.;]{0,60}?"
        r"\b(?:on|in) (?:\d|january|february|march|april|may \d|june|july|august|september|october|november|december)",
    ),
    fits=fits,
    value=value,
    decide=decide,
)
