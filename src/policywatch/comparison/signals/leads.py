"""What the clauses of a list are, by the sentence or heading that introduces it."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.comparison.signals.coordination import FINITE
from policywatch.comparison.signals.governors import (
    GET,
    NOT_SHARING,
    NOT_USING,
    REACHED,
    is_sharing,
    purposes,
    recipients,
)
from policywatch.comparison.signals.grammar import PREPOSITIONS, PRONOUNS, RELATIVES, SUBJECTS, VERBS
from policywatch.comparison.signals.parties import DATA, parties

_OUGHT = frozenset("must shall should".split())  # "to use it, you must:"
_GETTERS = frozenset(
    "providers vendors processors sub-processors subprocessors subcontractors contractors recipients".split()
)
_SEVERAL = frozenset("the these following several various many different other our business".split())
_CASES = frozenset("cases circumstances situations instances conditions events".split())
_IN_CASE = frozenset("where when if as during after before upon unless".split())
_WHY = frozenset("why reasons purpose purposes".split())
_WHOM = frozenset("who whom".split())
_WHO = frozenset("who whom with parties recipients".split())
_TOWARDS = frozenset("with to by in for under".split())
_OPEN = frozenset("to for with by of are is include includes including that from can may order we when have".split())
_COLLECTED = frozenset("collect collected collects gather receive receives received process processed store".split())
_SUBORDINATE = frozenset("while when where if until unless because".split())
_HOLD = frozenset("have has get gets gain".split())
_BUYERS = frozenset("you user users customer customers member members subscriber subscribers".split())  # of access, too
_NOT = frozenset("not never no prohibited restrictions restriction".split())


def by_lead(lead: Sequence[str], item: Sequence[str]) -> str:
    """What a clause is that is an item of the list which a sentence or heading introduces."""
    kind = kind_of(lead)
    if item[0] in _IN_CASE and "to" in item and item[item.index("to") - 1].endswith(","):
        item = item[item.index("to") :]  # "where you agreed, to send you offers"
    cases = item[0] in _IN_CASE or not _CASES.isdisjoint(lead[-3:])
    if kind == "recipient" and cases and not parties(item):
        return "list-item"  # "when we share it" rather than with whom
    if kind == "recipient" and (item[0] in VERBS or (item[0] == "to" and item[1:] and item[1] in VERBS)):
        kind = "purpose"
    does = item[0] in ("to", "for", "in") or item[0] in VERBS or item[0].rstrip(",;").endswith("ing")
    does = does or (item[1:2] == ["of"] and item[0].endswith(("tion", "ment", "ance", "sis")))
    asked = not _WHY.isdisjoint(lead) or lead[-1:] in (["to"], ["for"])
    return kind if kind != "purpose" or does or asked else "list-item"


def kind_of(lead: Sequence[str]) -> str:
    if not _WHOM.isdisjoint(lead[:3]) and (not GET.isdisjoint(lead) or any(is_sharing(word) for word in lead)):
        return "recipient"
    to_us = any(word == "us" and lead[at - 1 : at] in (["with"], ["to"]) for at, word in enumerate(lead))
    if not lead or to_us or lead[-1] == "from" or any(word in _NOT for word in lead):
        return "list-item"
    if lead[-1] in _OUGHT:
        return "list-item"
    if "access" in lead and lead[lead.index("access") - 1] in _HOLD and _BUYERS.isdisjoint(lead):
        return "recipient"
    end = lead[-4:]
    if _for_one(lead):
        return "list-item"
    if lead[-1] in ("to", "with") and recipients(lead) == len(lead) - 1:
        return "recipient"
    if "reasons" in end and not DATA.isdisjoint(lead):
        return "purpose"
    if lead[0].startswith("purpose") or any(word.startswith("purpose") for word in end) or "why" in lead:
        return "purpose"
    if lead[-1] in ("are", "is") and any(word.startswith("purpose") for word in lead):
        return "purpose"
    given = [at for at, word in enumerate(lead) if _is_given(word) and not _ours(lead, at)]
    if given and _the_following(lead[given[-1] + 1 :]):
        return "list-item"
    if given == [len(lead) - 1] and not DATA.isdisjoint(lead) and _WHO.isdisjoint(lead):
        return "list-item"  # "data shared", "information that we disclose"
    if lead[-1] == "by" and any(word.startswith(REACHED) for word in end):
        return "recipient"
    if lead[-1] in ("to", "for", "of", "can", "may", "we") and 0 <= purposes(lead) >= len(lead) - 2:
        return "purpose"
    used = [at for at, word in enumerate(lead) if _is_used(lead, at)]
    if not given and "from" not in lead and any(word in _GETTERS for word in end):
        return "recipient"
    if given and (not used or "with" in end or "to" in end or given[0] < used[0] or "recipients" in lead):
        return "recipient"
    if lead[-1] in ("use", "uses") and DATA.isdisjoint(lead):
        return "list-item"  # "the site uses"
    return "purpose" if used else "list-item"


def _the_following(after: Sequence[str]) -> bool:
    """Whether "the following" is what is given rather than to whom: "we share the following data"."""
    at = after.index("following") if "following" in after else -1
    return at >= 0 and _TOWARDS.isdisjoint(after[:at]) and not parties(after[at + 1 :]) and _WHO.isdisjoint(after[at:])


def _ours(lead: Sequence[str], at: int) -> bool:
    """Whether it is we who receive something."""
    return lead[at] == "receive" and "we" in lead[max(0, at - 3) : at]


def _for_one(lead: Sequence[str]) -> bool:
    """Whether a lead names the purpose itself: "data that we use for billing purposes"."""
    ends = lead[-1] in ("purpose", "purposes") and "for" in lead[-4:-1]
    return ends and _SEVERAL.isdisjoint(lead[-4:-1])


def _is_given(word: str) -> bool:
    begins = word.startswith(("shar", "disclos", "transfer", "recipient", "receiv", "sell", "sold"))
    return (begins and not word.startswith(NOT_SHARING)) or word in ("available", "passed")


def _is_used(lead: Sequence[str], at: int) -> bool:
    """Whether a use is one that is made of data: "we use", "may be used", not "the use of the service"."""
    if not lead[at].startswith(("use", "using", "process")) or lead[at].startswith(NOT_USING):
        return False
    if at == 0 and lead[1:2] == ["of"]:
        return not DATA.isdisjoint(lead)  # "use of your data"
    if lead[at] in ("uses", "processes"):
        return at > 0 and lead[at + 1 : at + 2] != ["of"]
    return any(word in ("we", "to", "be", "is", "are", "may", "will") for word in lead[max(0, at - 4) : at])


def opens(lead: Sequence[str]) -> bool:
    """Whether a sentence or heading that lacks its colon introduces a list: "… in order to", "Data we collect"."""
    if lead[-1:] and lead[-1] in _OPEN:
        return True
    we = not DATA.isdisjoint(lead[:3]) or lead[:1] in (["what"], ["which"])
    return we and not _COLLECTED.isdisjoint(lead) and FINITE.isdisjoint(lead)


def says(words: Sequence[str]) -> bool:
    """Whether words are a sentence rather than what an item names: "is" or "we" before any comma, "that" or "who"."""
    for at, word in enumerate(words):
        if word[-1] in ",;":
            return words[0] != "to" and not PRONOUNS.isdisjoint(words[at + 1 : at + 2])  # "In case of loss, we …"
        if word in RELATIVES or (at and (word in _SUBORDINATE or (word in PRONOUNS and words[0] not in PREPOSITIONS))):
            return False  # "solicitors we instruct"
        if word in FINITE or word in SUBJECTS:
            return True
    return False
