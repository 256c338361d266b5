"""What an item of a list is, by the words that lead to it: one who gets data, what data is used for, or neither."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.comparison.signals.coordination import FINITE, JOINTS, MOST, STOPS
from policywatch.comparison.signals.countries import is_country
from policywatch.comparison.signals.governors import GET, for_object, foremost, head, lasting, purposes, recipients
from policywatch.comparison.signals.grammar import (
    ARTICLES,
    DETERMINERS,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    known,
    predicate,
    verb,
)
from policywatch.comparison.signals.leads import kind_of, says
from policywatch.comparison.signals.parties import PARTY, is_data, is_who

SENTENCE = 200  # words before an item that can tell what it is
_ALLOWS = frozenset("allow allows permit permits enable enables authorise authorize authorises authorizes".split())
_COLLECT = GET | frozenset("collect process use place set store".split())
_GRANTED = frozenset("permission permissions right rights licence license option choice ability".split())  # … to do
_HAVE = frozenset("have has get gets gain gains".split())
_ABLE = frozenset("able need needs allowed permitted entitled have has".split())
_BOUGHT = frozenset(  # who gets these is a customer
    "service services site app platform website software features feature api credits refund refunds discount discounts"
    " notice notices updates payment payments support access account accounts".split()
)
_ADVERBS = frozenset("also only then each all may can will might could both".split())
_AWAY = (
    frozenset(
        "through via on at under from about within into as by until after before during we they i ) however".split()
    )
    | FINITE
)  # to something else
_WITHIN = frozenset("on at from about within by until after before during )".split())  # one's own words
_WHICH = frozenset("that which who whose".split())
_DO = frozenset("to us we can may".split())  # before what is done
_GIVE = frozenset("share disclose submit transmit report reveal release forward pass give lease rent upload".split())
_PLACES = PREPOSITIONS - {"with", "for"}


def within(words: Sequence[str], core: range, *, named: bool) -> str:
    """What an item within a sentence is; ``named``: it begins with a capital letter."""
    start = core.start
    while start and words[start - 1] not in STOPS and core.start - start < SENTENCE:
        start -= 1
    before, item = list(words[start : core.start]), words[core.start : core.stop]
    if ":" in before:
        colon = len(before) - 1 - before[::-1].index(":")
        lead, before = before[:colon], before[colon + 1 :]
        kind = "list-item" if says(before) else "recipient" if "who" in lead else kind_of(lead)
        if kind == "purpose" or (kind == "recipient" and not predicate(item)):
            return kind
    asked = kind_of(_question(words, start))
    if (asked == "recipient" and not predicate(item)) or (asked == "purpose" and before[:1] in (["to"], ["for"])):
        return asked
    if is_country(item):
        return "list-item"
    shared, used = recipients(before), purposes(before)
    headed = head(before)
    if headed and headed[0] > max(shared, used):
        return headed[1]
    who = is_who(item) or (shared >= 0 and is_who(_following(words, core.stop)))
    if (item[:2] == ["in", "order"] and max(shared, used) >= 0) or foremost(words, start, core.stop):
        return "purpose"
    if len(item) > 1 and item[0] in ("to", "for", "with", "by"):
        return _repeated(words, core, shared, used)
    if shared > 0 and before[shared] == "to" and before[shared - 1] in _GRANTED:
        return "list-item"
    if shared >= 0 and before[shared] == "to" and (_to_do(before, shared, item) or _whom(before, shared)):
        shared, used = -1, max(used, shared)
    if used > shared and before[used] in _DO and _last(before)[0] in VERBS and verb(item[0], item[1:]):
        return "purpose"
    there = (
        shared >= 0
        and (who or (shared >= used and "for" not in before[shared + 1 :]))
        and not _placed(item)
        and not is_data(item)
    )
    if there and not _off(before[shared + 1 :], who) and not predicate(item):
        return "recipient"
    named_for = used >= 0 and before[used] == "for" and "for" in item[1:]  # "Orvane for hosting and [Lumora for mail]"
    between = before[used + 1 :]
    doing = (
        used >= 0 and item[0].endswith("ing") and "".join(between[:1]).endswith("ing") and FINITE.isdisjoint(between)
    )
    if doing or (used >= 0 and not named_for and not _off(between, False) and "along" not in between):
        rest = () if named else item[1:]
        if doing or before[used] not in ("to", "we") or verb(item[0], rest) or for_object(before, used):
            return "purpose"
    if "for" in before and "purposes" in words[core.stop : _end(words, core.stop)]:
        return "purpose"  # "we monitor calls for training, quality and security purposes"
    return "recipient" if _get(words, start, core) else "list-item"


def _question(words: Sequence[str], start: int) -> Sequence[str]:
    """The question that the sentence which begins there answers."""
    if words[max(0, start - 1) : start] != ["?"]:
        return ()
    begin = start - 1
    while begin and words[begin - 1] not in STOPS and start - begin < SENTENCE:
        begin -= 1
    return words[begin : start - 1]


def _last(before: Sequence[str]) -> Sequence[str]:
    """The item that words end with, before what joins another one to it."""
    end = len(before)
    while end and before[end - 1] in JOINTS:
        end -= 1
    begin = end
    while begin and before[begin - 1] not in JOINTS:
        begin -= 1
    return before[begin:end] or ("",)


def _repeated(words: Sequence[str], item: range, shared: int, used: int) -> str:
    """An item that says "to", "for", "with" or "by" itself."""
    first, second = words[item.start : item.start + 2]
    third = words[item.start + 2] if len(item) > 2 else ""
    does = known(second) or third in OBJECTS or (third in ARTICLES and second not in DETERMINERS)
    to = next((at for at in range(item.start - 1, -1, -1) if words[at] in STOPS or words[at] == "to"), 0)
    does = does or (used >= 0 and len(item) > 2 and words[to] == "to" and words[to + 1] in VERBS)  # as before it
    if (
        first == "to"
        and not does
        and used >= 0
        and is_who(words[item.start : item.stop])
        and is_who(_preceding(words, item.start))
    ):
        return "recipient"  # "shown to hosts, to guests"
    if first == "for" and lasting(words[item.start + 1 : item.start + 5]):
        return "list-item"
    if first == "to" and shared >= 0 and not does:
        return "purpose" if used > shared and words[used] != "to" else "recipient"
    if first in ("with", "by"):
        return "recipient" if shared >= 0 and beside(words, item) else "list-item"
    aimed = first == "to" or beside(words, item, frozenset(("to", "so", "order")) if used >= 0 else frozenset())
    return "purpose" if max(shared, used) >= 0 and aimed else "list-item"


def beside(words: Sequence[str], item: range, like: frozenset[str] = frozenset()) -> bool:
    """Whether the item before one has its first word, or one ``like`` it; or the one after it a preposition as well."""
    end = item.start
    while end and words[end - 1] in JOINTS:
        end -= 1
    like |= {words[item.start]}
    follows = _following(words, item.stop)
    return not like.isdisjoint(words[max(0, end - MOST) : end]) or not like.isdisjoint(follows) or _placed(follows)


def _placed(item: Sequence[str]) -> bool:
    """Whether an item says where: "in the region"."""
    return bool(item) and item[0] in _PLACES


def _to_do(before: Sequence[str], at: int, item: Sequence[str]) -> bool:
    """Whether the "to" there begins what is done: "to research causes", not "to research institutes"."""
    rest = [*before[at + 1 : at + 3], *item][:2]
    return (rest[0] in VERBS or rest[0] in _GIVE) and not any(word.startswith(PARTY) for word in rest[1:])


def _whom(before: Sequence[str], at: int) -> bool:
    """Whether it was told with whom something is shared before the "to" there: "with garages to book repairs"."""
    done = verb("".join(before[at + 1 : at + 2]), before[at + 2 : at + 3])
    return done and before[at - 1] not in JOINTS and "with" in before[max(0, at - MOST) : at - 1]


def _off(between: Sequence[str], who: bool) -> bool:
    """Whether the words between a "with" and an item lead away from the list it governs.

    ``who``: the item is one of people or companies, so that what is said where, or for whom, belongs to the one before.
    """
    run, last, relative = 0, "", False
    away = _AWAY - _WITHIN if who else _AWAY
    for word in between:
        run = 0 if word in JOINTS else run + 1
        starts = word in _WHICH or (word in PRONOUNS and run > 1)  # "solicitors we instruct"
        relative = run > 0 and (relative or starts)
        if run > 2 * MOST or (run > MOST and not who) or (word == "any" and run > 1 and not who):
            return True
        if word in away and last != "such" and not relative:
            return True
        last = word
    return False


def _following(words: Sequence[str], at: int) -> Sequence[str]:
    """The item after one."""
    while at < len(words) and words[at] in JOINTS:
        at += 1
    end = at
    while end < len(words) and end - at < MOST and words[end] not in JOINTS and words[end] not in STOPS:
        end += 1
    return words[at:end]


def _preceding(words: Sequence[str], at: int) -> Sequence[str]:
    """The item before one, from its "to" on."""
    end = at
    while end and words[end - 1] in JOINTS:
        end -= 1
    begin = next((place for place in range(end - 1, max(-1, end - MOST), -1) if words[place] == "to"), end)
    return words[begin:end]


def _end(words: Sequence[str], at: int) -> int:
    """Where a list ends at the latest."""
    stop = at
    while stop < len(words) and stop - at < MOST and words[stop] not in STOPS and words[stop] not in PREPOSITIONS:
        stop += 1
    return stop


def _get(words: Sequence[str], start: int, core: range) -> bool:
    """Whether the list is of those who get something: "our hosts and auditors can see your files"."""
    for at in range(core.stop, min(len(words), core.stop + 3 * MOST)):
        word, after = words[at], words[at + 1 : at + 6]
        if word in STOPS or word in (":", ";", "("):
            return False
        if word in _HAVE and "access" in after[:2]:
            return _BOUGHT.isdisjoint(after[2:])
        if word == "to" and not _ALLOWS.isdisjoint(words[start : core.start]):
            return not _COLLECT.isdisjoint(after[:1])  # "we let networks and [brokers] collect data"
        if word in GET:
            if words[at - 1] == "to" and words[at - 2] not in _ABLE:
                return False  # "the right to access"
            if words[at - 1] in PRONOUNS or "here" in after:
                return False
            return words[start] != "you" and after[:1] != [","] and _BOUGHT.isdisjoint(after[:3])
        if word in FINITE and word not in _ADVERBS:
            return False
    return False
