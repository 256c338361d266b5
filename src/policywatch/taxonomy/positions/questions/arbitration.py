"""Must disputes go to arbitration, and can one get out of it?

Courts named and no arbitration is an answer of its own. The Data Privacy Framework's "binding arbitration" in a privacy
policy, "arbitration fees" and "a court or arbitrator" are not.
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
    dispute=r"\b(?:disputes?|claims?|controvers(?:y|ies)|actions?|disagreements?|causes? of action|"
    r"litigation|proceedings?|matters?|lawsuits?|suits?|differences)\b",
)
_BINDING = (
    r"\bbinding(?:,)? (?:and )?(?:final |confidential |individual |mandatory )*arbitration\b|"
    r"\bmandatory (?:binding |individual )*arbitration\b|"
    r"\brequires? (?:you to )?(?:the )?use of arbitration\b|\bagree(?:s|"
    r"d)? to (?:\w+ ){0,2}?arbitrate\b"
    r"|\b(?:resolved|settled|decided|determined|submitted|referred|adjudicated|subject|resolve|"
    r"settle)\b[^.;]{0,120}?\b(?:by|through|to|in|via|under|using|"
    r"with)\b[^.;]{0,60}?\barbitrat(?:ion|ors?)\b"
    r"|\b(?:must|shall|will) (?:be )?(?:\w+ ){0,2}?arbitrated?\b|\brequires? you to arbitrate\b|"
    r"\barbitration (?:agreement|provision|clause) (?:in|below|that|requires)\b"
)
_OPTIONAL = (
    r"\b(?:may|can) (?:(?:both|mutually|jointly|also|each) )?(?:agree|choose|elect|"
    r"be (?:submitted|referred|resolved|settled|"
    r"decided))\b[^.;]{0,60}?\b(?:to|by|through|for|in|via|use|using) (?:(?:binding|final|and|"
    r"voluntary|individual|the) )*"
    r"arbitrat(?:e|ion)\b(?! (?:(?:to )?be|conducted|hearing|award|by (?:telephone|phone|video)))"
    r"|\bif (?:both|the) parties agree\b|\b(?:we|you|parties|neither)\b[^.;]{0,40}?\bnot (?:obliged|required|obligated|"
    r"willing|bound)\b[^.;]{0,60}?\b(?:to (?:participate|take part|submit|engage)|in|by)\b[^.;]{0,60}?\b(?:arbitrat|"
    r"alternative dispute|dispute (?:resolution|settlement)|consumer)|\bwithout (?:resort|"
    r"recourse) to arbitration\b|\bnon-?binding\b"
    r"|\bwe (?:do|does|will|shall) not (?:require|oblige|force|ask)\b[^.;]{0,80}?\barbitrat"
    r"|(?<!that )(?<!which )\b(?:you|the parties|you and (?:we|us)) (?:is|are) not (?:bound|"
    r"obliged|required|forced) to\b"
    r"[^.;]{0,80}?\barbitrat"
    r"|\b(?:nobody|no one|no party|none of us) (?:is|shall be|will be|must|has to|can be)\b[^.;]{0,60}?\barbitrat"
    r"|\bneither\b[^.;]{0,30}?\b(?:willing|obliged|required|bound|obligated)\b"
)
# How an arbitration runs, and courts that see to it: where that is told, arbitration cannot be ruled out.
_PROCEDURE = (
    r"\brequir\w+ arbitration\b|\barbitrators?\b|\barbitral\b|\barbitrat(?:ed|ing)\b|"
    r"\brequired to arbitrate\b|\b(?:jams|american arbitration"
    r" association|batch(?:ed)? arbitrations?|arbitrations? (?:proceedings?|hearings?|awards?|rules|fees|costs))\b"
    r"|\bthe arbitration\b|\bin (?:an |individual |any )*arbitration\b|\bentitled to arbitration\b"
)
_LEFT_TO_COURTS = (
    r"\b(?:to the extent|insofar as) (?:that )?[^.;]{0,60}?\b(?:permitted|allowed|initiate)\b(?! by\b)"
    r"|\b(?:lawsuits?|litigation|court proceedings?|actions?)\b[^.;]{0,30}?\b(?:is|are) (?:permitted|allowed)\b"
    r"|\bjurisdiction thereof\b|\bjudgment\b[^.;]{0,80}?\b(?:entered|award)|\bsubpoenas?\b"
    r"|\A(?!.*\b(?:exclusive|venue)).*\b(?:interim|preliminary|provisional|"
    r"injunctive)\b[^.;]{0,40}?\b(?:relief|measures)\b"
)
# A ban on class arbitrations ("even if the rules would allow one") does not itself send anyone to arbitration.
_JOINED = (
    r"\A(?!.*\b(?:binding|mandatory|individual arbitration|(?:resolved|settled|decided|"
    r"resolve)\b.{0,80}\b(?:by|through|in|"
    r"via|under|to) (?:\w+ ){0,3}?arbitration|agree to arbitrate)\b).*(?:\b(?:collective|class|"
    r"class-wide|consolidated|mass|"
    r"representative) (?:(?:actions?|proceedings?),? (?:or|and) )?arbitrations?\b|\bno right or authority\b)"
    r"|\bno arbitration (?:or proceeding )?(?:can|may|shall|will) be (?:\w+ )?(?:combined|joined|consolidated)"
)
_OUT = r"\b(?:opt(?:ing|ed)? out|reject(?:ing)?|not (?:want|wish) to be bound|decline|exclude yourself|opt-out)\b"
_NOT_EXCLUSIVE = (
    r"\b(?:unenforceable|invalid|held|severab\w+|finally awarded|scc|sccs|standard contractual|"
    r"small claims|injunct\w+|equitable relief|intellectual property|arbitrat\w+|enforce (?:an|"
    r"the) award|judgment on|compel|award|not subject to|notwithstanding|except(?:ion)?s?|"
    r"if for any reason|proceeds in court|in aid of)\b"
)

_RULES = (
    Rule(
        "mandatory",
        (_BINDING, r"{dispute}|\byou\b|\bparties\b"),
        none=(
            _OPTIONAL,
            r"\bmay require you\b",
            r"\barbitration (?:fees|costs)\b",
            r"\bcourt or (?:an )?arbitrator\b",
            r"\b(?:privacy shield|data privacy framework|dpf|annex i)\b",
            _JOINED,
        ),
    ),
    Rule(
        "mandatory",
        (r"\barbitrat(?:ion|ed)\b", r"\b(?:agree|shall|will|must|exclusively|solely|finally)\b", "{dispute}"),
        none=(
            _OPTIONAL,
            _OUT,
            _JOINED,
            r"\bindemnif|\bmay require you\b|\barbitration (?:act|law)\b",
            r"\barbitration (?:fees|costs|hearing|proceeding)s?\b",
            r"\bcourt or (?:an )?arbitrator\b",
            r"\barbitrator (?:shall|will|may|must|has)\b",
            r"\b(?:privacy shield|data privacy framework|dpf|annex i)\b",
        ),
        strength=0.6,
    ),
    Rule(
        "opts-out",
        (_OUT + r"[^;]{0,100}?\barbitrat|\barbitrat[^;]{0,140}?" + _OUT, r"\b(?:you|your|user)\b"),
        none=(
            r"\b(?:change|changes|modif\w+|amend\w*|update[sd]?)\b[^;]{0,80}?\breject|"
            r"\breject[^;]{0,60}?\b(?:change|amendment|modification|update)",
            r"\b(?:did not|do not|have not|unless you|if you do not|fail to|"
            r"neither) ?(?:\w+ ){0,2}opt\b(?!.{0,80}(?:by|within|notice))",
            r"\bcourt or (?:an )?arbitrator\b",
        ),
    ),
    Rule(
        "opts-out",
        (
            r"\bright to (?:opt out|reject)\b|\bopt(?:ing)? out (?:of|by)\b|\bopt-out (?:notice|procedure|"
            r"right)\b|\byou (?:may|can) opt out\b",
        ),
        none=(r"\b(?:change|changes|modif\w+)\b[^;]{0,80}?\breject",),
        strength=0.9,
        near=(r"\b\d+ (?:calendar )?days\b", r"\barbitrat"),
    ),
    Rule(
        "opts-out",
        (r"\bhow (?:you can|you may|to) opt out\b",),
        none=(r"\b(?:change|changes|modif\w+|marketing|cookies?)\b",),
        strength=0.8,
        near=(r"\barbitrat",),
    ),
    Rule(
        "opts-out",
        (r"\A(?:\W*\w+:)?\W*unless you opt out\b[^;]{0,160}?\barbitrat",),
        none=(r"\b(?:change|changes|modif\w+)\b",),
        strength=0.8,
    ),
    Rule("optional", (r"\barbitrat", _OPTIONAL), strength=0.7),
    Rule(
        "courts",
        (
            r"\bexclusive(?:ly)? jurisdiction\b|\bexclusive (?:venue|forum)\b|"
            r"\bplace of (?:\w+ and )?jurisdiction (?:is|shall be)\b|\b(?:jurisdiction|"
            r"venue)\b[^;]{0,60}?\b(?:exclusive|solely)|\b(?:brought|filed|litigated|resolved|settled|solved|"
            r"submitted|submit|instituted|commenced|heard|decided|adjudicated|"
            r"dealt with)\b[^;]{0,80}?\b(?:exclusively |only |solely )?(?:in|to|by|"
            r"before)\b[^;]{0,60}?\bcourts?\b|\b(?:file|bring|go)\b[^;]{0,40}?\b(?:in|"
            r"to) your local courts\b|\bcompetent (?:authorit\w+|courts?) (?:\w+ ){0,3}?(?:are|is|will be|"
            r"shall be)\b|\bjurisdiction for (?:any|all) (?:\w+ ){0,2}?(?:disputes?|claims?|actions?)\b|"
            r"\bcourts? (?:of|in|located|sitting|at|"
            r"having)\b[^;]{0,120}?\b(?:jurisdiction|exclusive\w*|venue)\b|\b(?:jurisdiction|"
            r"venue)\b[^;]{0,80}?\bcourts?\b",
        ),
        none=(_NOT_EXCLUSIVE, _LEFT_TO_COURTS),
    ),
    Rule(
        "courts",
        (r"\bcourts?\b", r"\b(?:jurisdiction|exclusive\w*|venue|submit)\b"),
        none=(
            r"\barbitrat\w+|\bindemnif|\bunenforceable\b|\binvalid\b|\bscc|\b(?:held|found|determined|"
            r"deemed|declared|ruled)\b"
            r"[^;]{0,40}?\bcourt",
            _LEFT_TO_COURTS,
        ),
        strength=0.7,
    ),
    Rule(
        "talk",
        (_PROCEDURE,),
        none=(
            r"\bcourts?(?:,| or| and|/)[^.;]{0,20}?\barbitrat|\barbitrat\w+(?:,| or|"
            r"/)[^.;]{0,20}?\bcourts?\b|\b(?:privacy shield|data privacy framework|dpf|annex i)\b",
        ),
        strength=0.3,
    ),
    Rule("talk", (r"\barbitration\b", r"\b(?:agreement|provision|section|clause|disputes?)\b"), strength=0.4),
)


def fits(passage: Passage) -> float:
    weight = 0.6 if business_heading(passage) else 1.0
    if found(
        r"\b(?:on behalf of|you are) a (?:business|company|organi[sz]ation)\b|"
        r"\b(?:business|commercial|enterprise|corporate) (?:users?|customers?|clients?)\b",
        passage.whole,
    ):
        weight *= 0.45
    if found(r"\b(?:contests?|sweepstakes|prize draws?)\b", f"{passage.heading} {passage.whole}"):
        weight *= 0.45
    return weight * (0.45 if one_country(passage) else 1.0)


def decide(evidence: Sequence[Evidence]) -> Verdict:
    mandatory, out, courts = of(evidence, "mandatory"), of(evidence, "opts-out"), of(evidence, "courts")
    must = best(evidence, "mandatory")
    if must >= 0.6:
        if best(evidence, "optional") > must:
            return torn(mandatory, of(evidence, "optional"))
        if out and best(evidence, "opts-out") >= 0.5:
            return state("mandatory-with-opt-out", [out[0], *mandatory, *out[1:]])
        return state("mandatory", mandatory)
    if mandatory or of(evidence, "talk"):
        return (
            torn(of(evidence, "mandatory", "talk"), courts)
            if not of(evidence, "optional")
            else state("not-mandatory", [*of(evidence, "optional"), *courts])
        )
    if of(evidence, "optional"):
        return state("not-mandatory", [*of(evidence, "optional"), *courts])
    return (
        state("not-mandatory", courts)
        if best(evidence, "courts") >= 0.65
        else torn(courts)
        if courts
        else Verdict(NOT_STATED)
    )


QUESTION = Question(
    id="arbitration",
    positions=("mandatory", "mandatory-with-opt-out", "not-mandatory"),
    trigger=("arbitra", "court", "jurisdiction", "opt out", "opt-out", "opting out", "venue", "tribunal"),
    rules=_RULES,
    weights=TERMS_ONLY,
    never=(
        r"\bset[- ]?off\b",
        r"\blaws?\b[^.;]{0,80}?\bnot (?:allow|permit)\b[^.;]{0,30}?\barbitrat|"
        r"\bdomain (?:name )?disputes?\b|\b(?:between|with) (?:you and )?(?:a|an|any|the|"
        r"other) (?:\w+ )?(?:sellers?|merchants?|"
        r"hosts?|third part(?:y|ies)|buyers?|organi[sz]ers?)\b",
        r"\A(?!.*\barbitrat).*\bcourt (?:order|documents|costs|fees|proceeding)s?\b(?!.*jurisdiction)",
        r"\b(?:order|judgment|award)s? (?:of|by|from) (?:a |any |the )?courts?(?: of competent jurisdiction)?\b"
        r"(?!.*\b(?:exclusive|venue|submit|consent))|\bfinally awarded\b|\bdisclos\w+\b[^;]{0,60}?\bcourt\b",
        r"\bcontent\b[^;]{0,60}?\bcounter-?notice|\bcounter-?notification|"
        r"\bfederal (?:district )?court\b[^;]{0,80}?\b(?:address is located|consent)",
    ),
    fits=fits,
    decide=decide,
)
