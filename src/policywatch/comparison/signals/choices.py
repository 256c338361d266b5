"""What is done only if one agreed, and what is done unless one objected: opt-in and opt-out in other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policywatch.comparison.signals.shift import Match
from policywatch.patterns import late

WORDS = late(r"\w+(?:['’.-]\w+)*|[.,;:!?]")  # "U.S" is one
_STOPS = frozenset(".,;:!?")
_CONDITIONS = (
    "unless", "until", "only", "solely", "exclusively", "except", "save ", "provided", "long as", "condition", "before",
    " who ", "subject to", "when the", "where the", "n't object", "n’t object", "not object", "with your",
    "with the", "if you", "if they", "if the", "when you", "where you", "asking", "you first", "first ask",
)  # fmt: skip
_VERBS = (
    "agree", "consent", "permi", "approv", "allow", "accept", "authori", "enable", "object", "declin", "refus",
    "disable", "tell", "told", "ask", "instruct", "request", " say", "said", "turn", "switch", "withdr", "withh",
    "disagree", "forb", "reject", "deselect", "confirm", "want", "wish", "inform", "notif",
)  # fmt: skip
_WHEN = frozenset("if when where once after provided condition who".split())
_BARE = frozenset("if when where provided long condition who".split())  # conditions without "only"
_ONLY = frozenset("only solely exclusively just".split())
_WHO = frozenset(
    "you user users customer customers they he she them person persons people individual individuals subject subjects"
    " member members parent parents guardian guardians owner owners administrator administrators admin student students"
    " subscriber subscribers applicant applicants candidate candidates employee employees participant participants"
    " everyone anyone those speaker speakers author authors"
    " pupil pupils child children tenant tenants guest guests resident residents passenger passengers driver drivers"
    " patient patients visitor visitors player players".split()
)
_BEFORE_WHO = frozenset("the a an each every our your that those this these affected data or and of concerned".split())
_NOT = frozenset("not never".split())
_HELP = frozenset(
    "have has had do does did to us first already also ever both all each actively then"
    " choose chooses chose chosen".split()
)
_BE = frozenset("is are was were be been being".split())
_AGREE = frozenset("agree agrees agreed consent consents consented opted-in".split())
_ALLOW = frozenset(
    "permit permits permitted approve approves approved allow allows allowed accept accepts accepted authorise"
    " authorises authorised authorize authorizes authorized enable enables enabled confirm confirms confirmed".split()
)
_OBJECT = frozenset(
    "object objects objected decline declines declined refuse refuses refused disable disables disabled disagree"
    " disagrees disagreed forbid forbids forbade forbidden reject rejects rejected deselect deselected".split()
)
_TELL = frozenset(
    "tell tells told ask asks asked instruct instructs instructed request requests requested say says said inform"
    " informs informed notify notifies notified".split()
)
_TURN = frozenset("turn turns turned switch switches switched".split())
_GRANTED = frozenset("given granted obtained received".split())
_DENIED = frozenset("refused denied declined withheld withdrawn revoked".split())
_NOUNS = frozenset("consent permission approval agreement".split())
_ASK = frozenset("ask asks asked asking".split())
_OK = frozenset("approval agreement assent okay ok go-ahead".split())
_OWNS = frozenset("your their user's users customer's parent's his her".split())
_STRONG = frozenset("prior express explicit written only subject".split())
_WANT = frozenset("want wants wanted wish wishes wished".split())
_FOR = frozenset("for of from to about".split())  # whose data
# What is agreed to here is the contract, not a use of data.
_CONTRACT = frozenset(
    "terms agreement agreements contract policy policies eula licence license changes change modification modifications"
    " amendment amendments update updates fee fees price prices arbitration arbitrate bound abide follow comply rules"
    " amended new proposed otherwise additional invitation invitations".split()
)
_USES = frozenset("it this that the our your its his their such".split())  # begin what is agreed to
_OPENS = _WHEN | {"unless", "until", "long", "before"}
_STARTS = _OPENS | _ASK | {"with", "subject"}
REACH = 7  # words from a condition to its verb
OBJECT = 5  # words after a verb that tell what is agreed to


class _Word(NamedTuple):
    start: int
    end: int
    low: str


class _Verb(NamedTuple):
    agrees: bool  # or objects
    plain: bool  # says so by itself, also after a mere "if"
    end: int  # index after its words


def hinted(low: str) -> bool:
    """Whether a text in lower case may have what is looked for: quicker to see than where."""
    return any(hint in low for hint in _CONDITIONS) and any(hint in low for hint in _VERBS)


def find(text: str) -> Iterator[Match]:
    """Conditions with the norms "in" and "out", and "unasked" for what is done without asking."""
    words = [_Word(match.start(), match.end(), match[0].lower().replace("’", "'")) for match in WORDS.finditer(text)]
    low = [word.low for word in words]
    last = 0
    for at in range(len(low)):
        if at < last or low[at] not in _STARTS:
            continue
        found = _condition(low, at) or _asking(low, at) or _approval(low, at)
        if found:
            start, last, norm = found
            yield Match(words[start].start, words[last - 1].end, norm)


def _condition(words: Sequence[str], at: int) -> tuple[int, int, str] | None:
    """Where the condition there begins and ends, and its norm."""
    word, ahead = words[at], words[at - 1] if at else ""
    excepted = (ahead in ("except", "save") and word in _WHEN) or (word == "before" and ahead in _NOT)
    if word not in _OPENS or ahead == "even" or (word == "long" and ahead not in ("as", "so")):
        return None
    only = ahead in _ONLY
    if word in ("before", "condition") and not excepted and ahead != "on":
        return None
    many = ahead in _WHO and ahead.endswith(("s", "people", "everyone", "anyone", "those"))
    if word == "who" and (not many or _FOR.isdisjoint(words[max(0, at - 4) : at])):
        return None
    first = at + 1 + (words[at + 1 : at + 2] in (["that"], ["as"], [","]))
    said = _said(words, first, word == "who")
    if not said:
        return None
    verb, negated = said
    start = at - (only or excepted or word == "long")
    if word in ("unless", "until") or excepted:
        norm = "in" if verb.agrees else "" if negated else "out"
    elif not only and (word not in _BARE or not verb.plain):
        norm = ""
    elif verb.agrees:
        norm = "" if negated else "in"
    else:
        norm = "out" if negated else ""
    return (start, verb.end, norm) if norm else None


def _said(words: Sequence[str], first: int, told: bool) -> tuple[_Verb, bool] | None:
    """The verb of agreeing or objecting that a condition has, with whether it is negated.

    ``told``: who does it was told before.
    """
    who, negated, passive = told, False, False
    subject = ""
    for at in range(first, min(first + REACH, len(words))):
        word, _, short = words[at].partition("'")
        if word in _STOPS:
            return None
        if not who and not passive:
            if word == "we":
                return _had(words, at + 1)
            if word in _BE or (word in ("has", "have") and words[at + 1 : at + 2] != [] and at > first):
                passive = True
            elif word in _WHO:
                who = True
            elif word not in _BEFORE_WHO and at - first > 2:
                return None
            else:
                subject = word
            continue
        if word in _NOT or (short == "t" and word.endswith("n")):
            negated = True
        elif passive:
            if word == "we":
                return _had(words, at + 1)
            if word in _BE or word in _HELP or word.endswith("ly"):
                continue
            verb = _passive(words, at, subject)
            return (verb, negated) if verb else None
        elif word in _BE:
            if words[at + 1 : at + 2] == ["asked"] and words[at + 2 : at + 3] != ["to"]:
                return _Verb(True, True, at + 2), negated
        elif word in _HELP or word.endswith("ly") or word in _BEFORE_WHO or word in _WHO:
            continue
        elif negated and word in _WANT:
            return _Verb(False, False, at + 1), False  # "unless you do not want it" is "unless you object"
        else:
            verb = _verb(words, at)
            return (verb, negated) if verb else None
    return None


def _had(words: Sequence[str], at: int) -> tuple[_Verb, bool] | None:
    """What follows in "only if we have your agreement"."""
    ahead = words[at : at + 6]
    noun = next((n for n, one in enumerate(ahead) if one in _OK), None)
    if (
        noun is None
        or ahead[0] not in ("have", "had", "received", "obtain", "obtained")
        or _OWNS.isdisjoint(ahead[:noun])
    ):
        return None
    return _Verb(True, False, at + noun + 1), False


def _verb(words: Sequence[str], at: int) -> _Verb | None:
    """The active verb there, if it is one of agreeing or objecting to something else than a contract."""
    word, after = words[at], words[at + 1 : at + 1 + OBJECT]
    stop = next((number for number, one in enumerate(after) if one in _STOPS), len(after))
    if not _CONTRACT.isdisjoint(after[:stop]):
        told = word in _TELL and "otherwise" in after[:3]
        return _Verb(False, False, at + after.index("otherwise") + 2) if told else None
    if word in _AGREE:
        does = after[:1] == ["to"] and len(after) > 1 and not (after[1] in _USES or after[1].endswith("ing"))
        return None if does else _Verb(True, True, at + 1)  # "agree to join" is no agreement to a use
    if word in _ALLOW or (word in _WANT and after[:1] in (["it"], ["this"], ["that"], ["to"])):
        return _Verb(True, False, at + 1)
    if word in _OBJECT:
        return _Verb(False, True, at + 1)
    if word in _TURN:
        return next(
            (_Verb(one == "on", False, at + 2 + n) for n, one in enumerate(after[:3]) if one in ("on", "off")), None
        )
    if word in _DENIED or word in ("withdraw", "withdraws", "withdrew", "revoke", "revokes", "withhold"):
        noun = next((n for n, one in enumerate(after[:3]) if one in _NOUNS), None)
        return None if noun is None else _Verb(False, False, at + 2 + noun)
    if word in _TELL:
        us = after[:1] in (["us"], ["them"], ["it"])
        rest = after[us:stop]
        if rest[:2] == ["that", "you"] and not (_OBJECT | _NOT | {"don't"}).isdisjoint(rest[2:]):
            return _Verb(False, us, at + 1 + us + len(rest))
        if rest[:1] in (["no"], ["not"]) or rest[:2] in (["to", "stop"], ["to", "not"], ["that", "not"]):
            return _Verb(False, rest[:1] == ["no"] or us, at + 1 + us + (1 if rest[0] == "no" else 2))
        if rest[:1] == ["yes"] or (us and rest[:1] in (["to"], ["for"])):
            return _Verb(True, False, at + 2 + us)
    return None


def _passive(words: Sequence[str], at: int, subject: str) -> _Verb | None:
    """The participle there: with a noun of agreeing before it, or with those who do it after it."""
    word = words[at]
    if subject in _NOUNS and word in _GRANTED | _DENIED:
        return _Verb(word in _GRANTED, False, at + 1)
    if subject in ("objection", "objections") and word in ("raised", "made", "received"):
        return _Verb(False, True, at + 1)
    by = at + 1 + (words[at + 1 : at + 2] == ["to"])
    if words[by : by + 1] != ["by"] or word not in _AGREE | _ALLOW | _OBJECT:
        return None
    who = next((n for n in range(by + 1, min(by + 4, len(words))) if words[n] in _WHO), None)
    return None if who is None else _Verb(word not in _OBJECT, True, who + 1)


def _asking(words: Sequence[str], at: int) -> tuple[int, int, str] | None:
    """ "We ask you first", "without asking you"."""
    if words[at] not in _ASK:
        return None
    ahead = words[max(0, at - 2) : at]
    end = at + 1
    while end < len(words) and (words[end] in _WHO or words[end] in ("the", "your")):
        end += 1
    asked = end > at + 1
    if words[at] == "asking" and "without" in ahead and "for" not in words[end : end + 1]:
        first = words[end : end + 1] == ["first"]
        return (at - 1 - (ahead[-1] != "without"), end + first, "unasked") if asked or first else None
    after = words[end : end + 1] in (["first"], ["beforehand"])
    if not _NOT.isdisjoint(ahead) or not asked or not (after or ahead[-1:] == ["first"]):
        return None
    return (at, end + 1, "in") if after else (at - 1, end, "in")


def _approval(words: Sequence[str], at: int) -> tuple[int, int, str] | None:
    """ "With your approval", "only with the user's prior agreement"."""
    if words[at] == "subject" and words[at + 1 : at + 2] == ["to"]:
        found = _approval([*words[: at + 1], "with", *words[at + 2 :]], at + 1)
        return (at, *found[1:]) if found else None
    if words[at] != "with":
        return None
    only = at > 0 and words[at - 1] in ("only", "subject")
    for end in range(at + 1, min(at + 6, len(words))):
        if words[end] in _OK:
            said = words[at - only : end]
            owner = next((one for one in reversed(said) if one not in _STRONG), "")
            owned = owner in _OWNS
            strong = words[end] != "agreement" or not _STRONG.isdisjoint(said)
            return (at - only, end + 1, "in") if owned and strong else None
        if words[end] in _STOPS:
            return None
    return None
