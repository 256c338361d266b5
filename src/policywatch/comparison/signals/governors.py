"""Which word before a list governs it: the "with" that recipients follow, the "to" or "for" that purposes follow."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.comparison.signals.coordination import JOINTS, STOPS
from policywatch.comparison.signals.grammar import PREPOSITIONS, PRONOUNS, SUBJECTS, VERBS
from policywatch.comparison.signals.parties import DATA

_SHARING = tuple(
    "share sharing disclos provid transfer sell sold pass send sent transmit give giving exchang available visible"
    " accessible known shown releas rent communicat reveal report submit forward hand going flow"
    " syndicat distribut".split()
)
NOT_SHARING = tuple(
    "provider passport password passenger goal handle shareholder handbook transferab workspace workplace gives".split()
)
_TO_WHOM = frozenset("with to among amongst".split())
_GOES = frozenset(("go", "goes"))
REACHED = tuple("access seen view receiv process read obtain handl collect hosted".split())
_FOR_WHOM = [["us"], ["you"], ["them"], ["example"], ["instance"]]
_SEEING = tuple(  # what is done with data as well, and for a purpose where "to" follows
    "look check examin evaluat inspect review scan measur monitor compar combin match record log request obtain receiv"
    " ask verif assess infer deriv share sharing".split()
)
_TO_WHAT = frozenset("up due according subject prior relating related respect addition relation limited".split())
_TIMES = tuple("term period duration time length day week month year moment hour minute long".split())
_REFERENCES = frozenset("section sections article articles clause this these that paragraph".split())
_USING = tuple(
    "use using process collect gather need retain analy purpose reason store keep kept hold held requir necess recorded"
    " combin serve rely relies relying".split()
)
NOT_USING = tuple("user useful username reasonabl keeping processor holder holding server".split())
GET = frozenset("receive receives get gets see sees view read access obtain obtains".split())
_LIMITED = frozenset("limited restricted reserved granted open".split())  # access is, to …
_HANDLE = frozenset("process processes handle store".split())
_CONDITIONS = frozenset("if when where unless".split())
_TIMES_OF_USE = frozenset("when whenever while".split())  # we do something
_REASONS = frozenset("purpose purposes reason reasons aim aims goal goals".split())
_LEGITIMATE = frozenset("legitimate business commercial vital public".split())
_REACHING = frozenset("contact e-mail email call text".split())  # you, to …
_ENGAGED = frozenset("partners providers vendors processors contractors subcontractors suppliers".split())
_ENGAGE = frozenset(
    "work works working use uses engage engages employ employs rely relies cooperate collaborate".split()
)
_OFFERED = frozenset("service services site app platform software product products".split())
_USED = frozenset("use used using process processed processing".split())
_NO_AIM = frozenset("about systems software tools algorithms technology technologies".split())  # what else is used
_BE = frozenset("is are was were be been".split())
_MEMBERS = frozenset("users customers members visitors guests participants students players buyers sellers".split())
_USERS = frozenset("we is are be may will".split())


def recipients(before: Sequence[str]) -> int:
    """Where the word stands that recipients follow ("with", "to", "by", "are"), -1 if there is none."""
    found, given, reached, named = -1, False, False, False
    to_do = held = False
    for at, word in enumerate(before):
        after = before[at + 1 : at + 2]
        follows = given and word in _TO_WHOM and after != ["us"]
        follows = follows and before[at - 1] not in ("us", "you")  # "you provide us with"
        follows = follows and not (before[at - 1] in VERBS and before[at - 2 : at - 1] == ["to"])  # "to comply with"
        follows = follows and before[at + 1 : at + 3] != ["the", "extent"]
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
        shares = word in _GOES or is_sharing(word) or (word.startswith("grant") and after == ["access"])
        to_do = to_do or (shares and before[at - 1 : at] == ["to"])
        shares = shares and _OFFERED.isdisjoint(before[at + 1 : at + 4])  # to customers
        given = given or (shares and after != ["you"]) or (reached and word in _LIMITED and before[at - 1] != "not")
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
    found, used, seen, reasons, subject = 0 if _aims(before) else -1, False, False, False, False
    doing = False  # in "we use it when we …"
    given, sent, who = False, False, ""  # "we share data", "with hosts"; who does it
    for at, word in enumerate(before):
        after = before[at + 1 : at + 5]
        if word == "for" and (after[:1] in _FOR_WHOM or lasting(after)):
            continue
        ours = "you" not in before[max(0, at - 4) : at]
        to_do = word == "to" and before[at - 1] not in _TO_WHAT and after[:1] != ["the"]
        to_do = to_do or (word in ("can", "may") and "so" in before[max(0, at - 4) : at])
        aims = word in ("for", "purpose", "purposes") or to_do
        examples = word in ("namely", "e.g", "like", "include", "including") or _such(before, at)
        reached = (used and aims) or (seen and to_do) or (sent and word == "for" and not DATA.isdisjoint(before[:at]))
        reached = reached or (examples and reasons) or (subject and word in ("are", "is")) or (doing and word == "we")
        if reached or _helps(before, at, ours) or _serves(before, at) or _pursued(before, at) or _with_it(before, at):
            found = at
        if word in _REASONS or _is_interest(before, at):
            subject = PREPOSITIONS.isdisjoint(before[:at])
            reasons = reasons or subject or used or seen
        doing = used and word in _TIMES_OF_USE
        held = word not in _CONDITIONS
        used = (used and held) or ((ours or _passive(before, at)) and _is_used(before, at))
        seen = (seen and held) or (ours and (word.startswith(_SEEING) or _reaches(word, after)))
        sent = held and (sent or (given and word in ("with", "to")))
        who = word if word in ("we", "you") else who
        given = (given and held) or (who != "you" and is_sharing(word) and at > 0)
    return found


def _passive(before: Sequence[str], at: int) -> bool:
    """Whether something is done, by whomever: "photos you upload are [used]"."""
    ahead = before[max(0, at - 3) : at]
    return before[at].endswith("ed") and "you" not in ahead[-2:] and not _BE.isdisjoint(ahead)


def _is_used(before: Sequence[str], at: int) -> bool:
    if before[at] == "record":
        return before[at - 1 : at] in (["we"], ["may"], ["will"])
    ahead = before[max(0, at - 2) : at]
    theirs = ahead[1:] in (["may"], ["can"]) and ahead[0] in _MEMBERS
    if before[at] == "use" and (at == 0 or theirs):
        return False  # "Use the app to …" is said to you, "users may use it to …" of you
    return before[at].startswith(_USING) and not before[at].startswith(NOT_USING)


def _reaches(word: str, after: Sequence[str]) -> bool:
    """Whether we contact somebody, or access something."""
    return (word in _REACHING and after[:1] == ["you"]) or (word == "access" and after[:1] != ["to"])


def _is_interest(before: Sequence[str], at: int) -> bool:
    return before[at] == "interests" or (before[at] == "interest" and before[at - 1] in _LEGITIMATE)


def _helps(before: Sequence[str], at: int, by_us: bool) -> bool:
    """Whether "helps us", "lets us", "for us to" or "makes it possible to" leads to what is done."""
    word, ahead = before[at], before[max(0, at - 2) : at]
    helped = ahead[-1].rstrip("s") if ahead else ""
    helps = word == "us" and (helped == "help" or (by_us and helped in ("allow", "enable", "let")))
    possible = ahead == ["it", "possible"] and not DATA.isdisjoint(before[:at])
    near = before[max(0, at - 4) : at]
    ours = "our" in near[1:] and any(one.startswith(("enabl", "allow", "help")) for one in near)  # "our teams to"
    helps = helps or (
        word in ("help", "helps") and not DATA.isdisjoint(before[:at]) and not VERBS.isdisjoint(before[at + 1 : at + 2])
    )
    return helps or (word == "to" and (ahead == ["for", "us"] or possible or ours))


def _serves(before: Sequence[str], at: int) -> bool:
    """Whether "the purpose of" or "data serve" leads to what it is."""
    word, after = before[at], before[at + 1 : at + 3]
    if word in ("serve", "serves"):
        return not DATA.isdisjoint(before[:at])
    return word in ("purpose", "purposes") and after[:1] == ["of"] and _REFERENCES.isdisjoint(after[1:])


def _pursued(before: Sequence[str], at: int) -> bool:
    """Whether it is an interest that we have "in" something, or "to" do it."""
    return before[at] in ("in", "to") and at > 0 and _is_interest(before, at - 1)


def _with_it(before: Sequence[str], at: int) -> bool:
    """Whether it is "with this information we can" or "using it we"."""
    if before[at] == "we":
        return before[0] == "using"
    return before[at] in ("can", "may") and _by_data(before[:at])


def head(before: Sequence[str]) -> tuple[int, str] | None:
    """Where a list of examples begins ("including") and what it is of, by the noun it follows, where that tells it."""
    for at in range(len(before) - 1, 0, -1):
        if before[at].startswith("includ") or before[at] == "e.g" or _such(before, at):
            begin = at - (before[at] in ("as", "example", "instance"))
            noun = before[begin - 1 - (before[begin - 1] == ",")]
            if noun in DATA:
                return at, "list-item"
            engaged = not _ENGAGE.isdisjoint(before[:at]) and "from" not in before[:at]
            return (at, "recipient") if noun in _ENGAGED and engaged else None
    return None


def for_object(before: Sequence[str], at: int) -> bool:
    """Whether data is what is used "to" do something to the item: "we use it to send invoices and [offers]"."""
    begin = max((place for place, word in enumerate(before[:at]) if word in _USED), default=-1)
    if begin < 0 or before[at] != "to":
        return False
    first = before.index("to", begin)
    if first < at and before[at - 1] != "you" and JOINTS.isdisjoint(before[first:at]):
        return False  # "to connect to lamps and [speakers]"
    ahead = before[max(0, begin - 3) : begin]
    ours = (before[begin].endswith("ing") or not _USERS.isdisjoint(ahead)) and "you" not in ahead
    return ours and (PREPOSITIONS | _NO_AIM).isdisjoint(before[begin + 1 :]) and "you" not in before[begin:first]


def _by_data(before: Sequence[str]) -> bool:
    """Whether words lead to what is done with data: "With this information we"."""
    if before[:1] in (["with"], ["from"]) and before[1:2] in (["your"], ["this"], ["these"]) and before[-1:] == ["we"]:
        return True
    return before[-1:] == ["we"] and before[0] in ("with", "by", "using", "from") and not DATA.isdisjoint(before)


def lasting(after: Sequence[str]) -> bool:
    """Whether words after "for" tell how long: "the term of", "up to 30 days"."""
    ahead = after[: next((at for at, word in enumerate(after) if word in JOINTS), len(after))]
    return any(word.startswith(_TIMES) for word in ahead) and not any(word.endswith("ing") for word in ahead)


def foremost(words: Sequence[str], start: int, at: int) -> bool:
    """Whether what data are used for comes first in a sentence: "For billing, [research] and marketing, we use …"."""
    if words[start] not in ("to", "for") or not PRONOUNS.isdisjoint(words[start + 1 : start + 2]):
        return False
    end = next((place for place in range(at, len(words)) if words[place] in STOPS or words[place] in SUBJECTS), -1)
    ours = end > at and words[end] == "we" and words[end - 1] == ","
    return ours and any(_is_used(words, place) for place in range(end + 1, min(end + 4, len(words))))


def _aims(before: Sequence[str]) -> bool:
    """Whether a sentence is what something is done for: it begins with "to provide"."""
    return before[:1] == ["to"] and not VERBS.isdisjoint(before[1:2]) and "you" not in before[2:4]
