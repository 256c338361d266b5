"""Which word before a list governs it: the "with" that recipients follow, the "to" or "for" that purposes follow."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.comparison.signals.coordination import JOINTS
from policywatch.comparison.signals.grammar import PREPOSITIONS, VERBS
from policywatch.comparison.signals.parties import DATA

_SHARING = tuple(
    "share sharing disclos provid transfer sell sold pass send sent transmit give giving exchang available visible"
    " accessible known shown releas rent communicat reveal report submit forward hand going flow".split()
)
NOT_SHARING = tuple(
    "provider passport password passenger goal handle shareholder handbook transferab workspace workplace gives".split()
)
_GOES = frozenset(("go", "goes"))
REACHED = tuple("access seen view receiv process read obtain handl collect hosted".split())
_FOR_WHOM = [["us"], ["you"], ["them"], ["example"], ["instance"]]
_SEEING = tuple(  # what is done with data as well, and for a purpose where "to" follows
    "look check examin evaluat inspect review scan measur monitor compar combin match record log request obtain receiv"
    " ask verif assess infer deriv share sharing".split()
)
_TO_WHAT = frozenset("up due according subject prior relating related respect addition relation".split())
_TIMES = tuple("term period duration time length day week month year moment hour minute long".split())
_REFERENCES = frozenset("section sections article articles clause this these that paragraph".split())
_USING = tuple(
    "use using process collect gather need retain analy purpose reason store keep kept hold held requir necess recorded"
    " combin serve".split()
)
NOT_USING = tuple("user useful username reasonabl keeping processor holder holding server".split())
GET = frozenset("receive receives get gets see sees view read access obtain obtains".split())
_LIMITED = frozenset("limited restricted reserved granted open".split())  # access is, to …
_HANDLE = frozenset("process processes handle store".split())
_CONDITIONS = frozenset("if when where unless".split())
_USED = frozenset("use used using process processed processing".split())
_USERS = frozenset("we is are be may will".split())


def recipients(before: Sequence[str]) -> int:
    """Where the word stands that recipients follow ("with", "to", "by", "are"), -1 if there is none."""
    found, given, reached, named = -1, False, False, False
    to_do = held = False
    for at, word in enumerate(before):
        after = before[at + 1 : at + 2]
        follows = given and word in ("with", "to") and after != ["us"]
        follows = follows and before[at - 1] not in ("us", "you")  # "you provide us with"
        if to_do and found < 0 and word == "to" and before[at - 1] in JOINTS:
            follows = False  # "to send messages, to host files"
        follows = follows or (reached and word == "by" and not "".join(after).endswith("ing"))
        if follows or (
            named and (word in ("are", "is", "e.g", "like", "namely") or word.startswith("includ") or _such(before, at))
        ):
            found = at
        if word in _CONDITIONS:
            held = given
            given = reached = False
        given = given or (held and (word == "e.g" or _such(before, at)))  # "where we have to, such as to courts"
        shares = word in _GOES or is_sharing(word)
        to_do = to_do or (shares and before[at - 1 : at] == ["to"])
        given = given or (shares and after != ["you"]) or (reached and word in _LIMITED)
        reached = reached or (word.startswith(REACHED) and not word.endswith("e"))
        told = at - (before[at - 1 : at] in (["may"], ["can"], ["will"]))
        who = before[told - 1 : told] in (["that"], ["who"]) and word in GET | _HANDLE
        named = named or who or word in ("recipients", "recipient")
    return found


def is_sharing(word: str) -> bool:
    return word.startswith(_SHARING) and not word.startswith(NOT_SHARING)


def _such(words: Sequence[str], at: int) -> bool:
    return words[at - 1 : at + 1] in (["such", "as"], ["for", "example"], ["for", "instance"])


def purposes(before: Sequence[str]) -> int:
    """Where the word stands that purposes follow ("to", "for", "us"), -1 if there is none."""
    found, used, seen, interests = 0 if _aims(before) else -1, False, False, False
    for at, word in enumerate(before):
        after = before[at + 1 : at + 5]
        if word == "for" and (after[:1] in _FOR_WHOM or _while(after)):
            continue
        ours = "you" not in before[max(0, at - 4) : at]
        helped = before[at - 1].rstrip("s") if at else ""
        helps = word == "us" and (helped == "help" or (ours and helped in ("allow", "enable", "let")))
        helps = helps or (word == "to" and before[max(0, at - 2) : at] == ["for", "us"])
        serves = word in ("purpose", "purposes") and after[:1] == ["of"] and _REFERENCES.isdisjoint(after[1:2])
        serves = serves or (word in ("serve", "serves") and not DATA.isdisjoint(before[:at]))
        named = interests and (word in ("namely", "e.g", "like", "include", "including") or _such(before, at))
        able = word in ("can", "may") and "so" in before[max(0, at - 4) : at]
        with_it = (word in ("can", "may") and _by_data(before[:at])) or (word == "we" and before[0] == "using")
        to_do = (word == "to" and before[at - 1] not in _TO_WHAT and after[:1] != ["the"]) or able
        aims = word in ("for", "purpose", "purposes") or to_do
        if helps or serves or named or (used and aims) or (seen and to_do) or with_it:
            found = at
        uses = word.startswith(_USING) and not word.startswith(NOT_USING)
        uses = uses or (word == "record" and before[at - 1 : at] in (["we"], ["may"], ["will"]))
        used = (used and word not in _CONDITIONS) or (uses and ours)
        seen = (seen and word not in _CONDITIONS) or (word.startswith(_SEEING) and ours)
        interests = interests or word in ("interests", "purposes", "reasons")
    return found


def for_object(before: Sequence[str], at: int) -> bool:
    """Whether data is what is used "to" do something to the item: "we use it to send invoices and [offers]"."""
    begin = max((place for place, word in enumerate(before[:at]) if word in _USED), default=-1)
    ahead = before[max(0, begin - 3) : begin]
    ours = begin >= 0 and (before[begin].endswith("ing") or not _USERS.isdisjoint(ahead)) and "you" not in ahead
    return (
        ours and PREPOSITIONS.isdisjoint(before[begin + 1 :]) and "you" not in before[begin : before.index("to", begin)]
    )


def _by_data(before: Sequence[str]) -> bool:
    """Whether words lead to what is done with data: "With this information we"."""
    return before[-1:] == ["we"] and before[0] in ("with", "by", "using", "from") and not DATA.isdisjoint(before)


def _while(after: Sequence[str]) -> bool:
    """Whether words after "for" tell how long: "the term of", "up to 30 days"."""
    ahead = after[: next((at for at, word in enumerate(after) if word in JOINTS), len(after))]
    return any(word.startswith(_TIMES) for word in ahead) and not any(word.endswith("ing") for word in ahead)


def _aims(before: Sequence[str]) -> bool:
    """Whether a sentence is what something is done for: it begins with "to provide"."""
    return before[:1] == ["to"] and not VERBS.isdisjoint(before[1:2]) and "you" not in before[2:4]
