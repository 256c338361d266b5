"""Coordinated lists, "a, b and c": what words can be an item of one, and how many items it has besides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

MOST = 10  # words of an item, or of several in a row; more say something of their own …
SHORT = 5  # … unless each of several has no more than this
ENOUGH = 40  # items of a list: more are not counted
_AS_WELL = "as~", "well~", "as~"  # "as well as" is one joint; an "as" by itself is none
NUMBER = "(~)"  # for each word of "(b)"
_ABBREVIATED = "~"
_GOES_ON = frozenset(", ; : ) ] .".split())
_ARTICLE = frozenset("art arts no nos sec para nr".split())  # with a full stop, before a number
_ROMAN = frozenset("ivx")
_COUNTED = frozenset(  # a number in brackets after one of these is the same
    "one two three four five six seven eight nine ten twelve fourteen fifteen twenty thirty forty sixty ninety".split()
)
_SIGNS = frozenset(("•", "·", ";", NUMBER))  # alone, they part items
JOINTS = frozenset((*", and or & / and/or".split(), *_SIGNS, *_AS_WELL))
LAST = frozenset(("and", "or", "&", "and/or", _AS_WELL[1]))  # before a list's last item
STOPS = frozenset(". ! ? 。 |".split())
FINITE = frozenset("is are was were will shall may must can could should might has have had be".split())
_OPENERS = frozenset(": ( | including includes include e.g such like means following".split())  # of lists without "and"
_CLOSERS = STOPS | frozenset(") ] :".split())
_CLAUSES = frozenset(  # begin a clause of their own: no list has begun before them
    "provided but however although while which who that if unless when where because so".split()
)
_UNLESS = frozenset(("unless", "if"))
_INTRODUCE = _CLAUSES | frozenset("with by in for under upon at on to as after before during without subject".split())
_ADJUNCTS = {
    word: frozenset((word,)) for word in "with by in under upon on at as without less plus minus from of".split()
}
_ADJUNCTS |= dict.fromkeys(("to", "for"), frozenset(("to", "for")))  # and what says the same before them
_INTRODUCE |= frozenset("depending regarding concerning according following considering based".split())
_STARTERS = frozenset("please we they i it".split())
_THEN = frozenset("then today now here there thus also".split())
_FILLERS = frozenset("only also both either such including includes like e.g i.e".split())
_NOT_FIRST = frozenset(
    "you it us them etc without except available accessible collectively respectively together necessary made pursuant"
    " subject according along prior as ( of than that which who".split()
)
_NOT_LAST = frozenset(
    "of to with for by from in on at the a an your our its their his her any all each every other this that these those"
    " which who not as under via through than about between into be".split()
)
_PREPOSITIONS = frozenset("of to with for by from in on at about through".split())
_REPEATED = frozenset("to with for by".split())  # before each item of a list
_HEADS = _OPENERS | frozenset("with to for by of from".split())  # before a list's first item
_EMPTY = frozenset(  # nothing is named by these alone
    "any all each every other others both only same own new more most much many further additional certain various"
    " first second above below here there hereby therefore accordingly thereafter otherwise again not to with for from"
    " by in on at of".split()
)
_INSIDE = frozenset(  # of sentences rather than of items
    "we they i he she may will shall must can could should might is are was were been has have if unless because"
    " however but not".split()
)
_RELATIVES = frozenset("that which who whose whom when where how what why whether".split())
_SUBJECTS = frozenset("we they i he she you".split())
_ALIKE = (  # items that begin with one of these stand beside others that do
    *(frozenset((word,)) for word in "that if when unless because".split()),
    frozenset("how what why whether which where who".split()), FINITE,
)  # fmt: skip
_OFTEN = frozenset("hourly daily weekly monthly quarterly yearly".split())
_MARKS = frozenset('( ) [ ] : " “ ”'.split())
_ADVERBIALS = frozenset(  # begin asides
    (("for", "example"), ("for", "instance"), ("in", "addition"), ("in", "general"), ("in", "particular"))
)
_AFTER = frozenset(  # can follow a list's last item
    "of in for to with on at by from between among that which who when where unless if as not only the our your its"
    " their this these any other under through about upon without within before after via during until while so such"
    " per relating related concerning regarding used described listed provided available necessary required made"
    " collected".split()
)
_REASONS = frozenset(("purposes", "reasons"))  # after several: "for billing and security purposes"
_BY = ["by"], ["to"], ["in"], ["from"], ["under"], ["on"]  # after a participle
_GOVERN = frozenset("of for by from with about on include includes including means :".split())  # what is done
_GOVERNED = JOINTS | _GOVERN  # before what is done, and before more of it
_ON = JOINTS | {"|", ")"}  # where it ends
_TO_VERB = STOPS | (_NOT_LAST - {"to"})  # between a modal and a list of verbs there is none of these
_DASHES = frozenset("- – —".split())
_MODALS = frozenset("to not may will shall must can should could might would please never".split())
_QUALITIES = tuple("ly ous ive ent ant able ible ful less ic al ary ory ed ish ate".split())  # how adjectives end


def lower(keys: Sequence[str]) -> list[str]:
    """A text's words, to look for lists in; a full stop within a sentence ("etc. and") is none."""
    words = [key.lower() for key in keys]
    for at in range(1, len(words) - 1) if "." in words else ():
        if words[at] == "." and (keys[at + 1][0].islower() or keys[at + 1] in _GOES_ON or words[at - 1] in _ARTICLE):
            words[at] = _ABBREVIATED
    for at in range(len(words) - 3) if _ABBREVIATED in words else ():
        if words[at + 1] == _ABBREVIATED and "".join(words[at : at + 3 : 2]) in ("eg", "ie"):
            words[at : at + 4] = ["e.g"] * 4
    for at in range(len(words) - 2) if "well" in words else ():
        if words[at : at + 3] == ["as", "well", "as"]:
            words[at : at + 3] = _AS_WELL
    for at in range(len(words) - 2) if "(" in words else ():
        if words[at] == "(" and words[at + 2] == ")" and _numeral(words[at + 1]) and not _counted(words[at - 1]):
            words[at : at + 3] = [NUMBER] * 3
    return words


def _counted(word: str) -> bool:
    """Whether what follows a word in brackets belongs to it: "thirty (30)", "Art. 6(1)(f)"."""
    return word.isdigit() or word in _COUNTED or word == ")"


def _numeral(word: str) -> bool:
    """Whether a word in brackets numbers an item: "(b)", "(iv)", "(12)"; "(s)" makes a plural."""
    return word != "s" and (len(word) == 1 or word.isdigit() or (len(word) < 5 and _ROMAN.issuperset(word)))


def brackets(words: Sequence[str], edits: Sequence[tuple[int, int]]) -> set[int]:
    """The words of brackets that lie between edits, or as a whole in one of them."""
    ends = [end for _, end in edits]
    found: list[range] = []  # none within another
    opened: list[int] = []
    for at, word in enumerate(words):
        if word == "(":
            opened.append(at)
        elif word == ")" and opened:
            begin = opened.pop()
            nearest = bisect_right(ends, begin)
            start, end = edits[nearest] if nearest < len(edits) else (at + 1, at + 1)
            if start > at or (start <= begin and end > at):
                while found and found[-1].start > begin:
                    found.pop()
                found.append(range(begin, at + 1))
    return {at for group in found for at in group}


def core(words: Sequence[str], start: int, end: int) -> range:
    """The words of an edit without what joins them to the list."""
    while start < end and _joining(words[start]):
        start += 1
    while start < end and _joining(words[end - 1]):
        end -= 1
    for at in range(start, end):
        if words[at] == "," and _condition(words, start):
            return core(words, at + 1, end)  # "[if you dispute it, the court]"
        if words[at] == "," and words[at + 1] in _CLAUSES:
            return core(words, start, at)  # "[the court, if you dispute it]"
        if words[at] in _UNLESS and at > start and words[start] not in FINITE:
            return core(words, start, at)  # "[the court unless you object]"
    if end - start > 2 and words[end - 1] == "other" and words[end - 2] in LAST:  # "[texts, films or other] works"
        return core(words, start, end - 2)
    return range(start, end)


def _condition(words: Sequence[str], at: int) -> bool:
    """Whether what begins there says when the item after it is one."""
    return words[at] in _CLAUSES or (words[at] == "in" and not {"event", "case"}.isdisjoint(words[at + 1 : at + 3]))


def _joining(word: str) -> bool:
    return word in JOINTS or word in _FILLERS or word in _DASHES


def pieces(words: Sequence[str], item: range) -> list[range]:
    """The items that words are, when they are several: "hosts, printers"."""
    joints = [at for at in item if words[at] in JOINTS]
    starts, stops = [item.start, *(at + 1 for at in joints)], [*joints, item.stop]
    return [range(start, stop) for start, stop in zip(starts, stops, strict=True) if start < stop]


def is_item(words: Sequence[str], item: range) -> bool:
    """Whether words by themselves can be an item: they name something or say what is done, and are no sentence."""
    said = words[item.start : item.stop]
    if is_parallel(words, item):
        return len(said) <= 2 * MOST and STOPS.isdisjoint(said) and _MARKS.isdisjoint(said)
    long = len(said) > MOST and any(len(one) > SHORT for one in pieces(words, item))
    cut_off = said[-1] in _NOT_LAST and not _stranded(words, item)
    if long or said[0] in _NOT_FIRST or cut_off or tuple(said[:2]) in _ADVERBIALS:
        return _named(words, item)
    if _aside(words, item) or all(word in JOINTS or (word.endswith("ly") and word not in _OFTEN) for word in said):
        return False
    if any(word in STOPS or word in _MARKS or "://" in word or "@" in word for word in said):
        return False
    if any(word in _OPENERS and follows == "," for word, follows in pairwise(said)):
        return False  # "…, including, where needed, [what stayed]"
    head = next((at for at in range(len(said)) if _relative(said, at)), len(said))  # "people who refer you"
    if not _INSIDE.isdisjoint(said[:head]) or not FINITE.isdisjoint(said[:head]):
        return False
    return any(word[0].isalpha() and len(word) > 1 and word not in _EMPTY for word in said)


def _relative(said: Sequence[str], at: int) -> bool:
    """Whether what belongs to an item's noun begins there: "hosts [that …]", "the data [we infer]"."""
    noun = at > 1 or (at == 1 and said[0].endswith(("s", "data", "information", "content")))
    contact = said[at] in _SUBJECTS and noun and said[at - 1] not in JOINTS and said[0] not in _INTRODUCE | _THEN
    return said[at] in _RELATIVES or contact


def is_parallel(words: Sequence[str], item: range) -> bool:
    """Whether words are a clause in a list of such: "that it is yours, [that it is true,] and that …"."""
    first = words[item.start]
    _, after = _joints(words, item.stop, 1)
    joints, before = _joints(words, item.start - 1, -1)
    if (not joints and item.stop == after) or first in ("has", "have"):
        return False
    alike = next((kind for kind in _ALIKE if first in kind), frozenset())
    follows = range(after - 1, min(after + 2 * MOST, len(words) - 1)) if item.stop < after else range(0)
    if any(words[at] in LAST and words[at + 1] in alike for at in follows):
        return True
    last = not LAST.isdisjoint((*joints, *words[item.stop : after]))
    return last and any(
        words[at] in JOINTS and words[at + 1] in alike for at in range(max(0, before - 2 * MOST), before)
    )


def _stranded(words: Sequence[str], item: range) -> bool:
    """Whether a preposition ends an item: "create derivative works of, …", "people you share it with."."""
    follows = words[item.stop : item.stop + 1]
    ends = not follows or follows[0] in _CLOSERS or follows[0] in JOINTS
    return len(item) > 1 and words[item.stop - 1] in _PREPOSITIONS and words[item.start].isalpha() and ends


def with_preposition(words: Sequence[str], edit: range) -> range:
    """The words of an edit that is an item or the rest of one after its "to"."""
    item = core(words, edit.start, edit.stop)
    told = item.start > 1 and words[item.start - 1] in _REPEATED and words[item.start - 2] in JOINTS
    return range(item.start - told, item.stop) if item else item


def is_whole(words: Sequence[str], item: range) -> bool:
    """Whether a list's item begins and ends where the words do."""
    before = words[item.start - 1] if item.start else ""
    after = words[item.stop] if item.stop < len(words) else "."
    ends = after in JOINTS or after in _CLOSERS or after in _AFTER
    return ends and (before in JOINTS or (before in _HEADS and after in JOINTS))


def _named(words: Sequence[str], item: range) -> bool:
    """Whether one word stands between commas and is a person: "our users, you and us"."""
    beside = [*words[item.start - 1 : item.start], *words[item.stop : item.stop + 1]]
    follows = words[item.stop + 1 : item.stop + 2]
    listed = len(beside) == 2 and JOINTS.issuperset(beside) and not LAST.isdisjoint([beside[1], *follows])
    return len(item) == 1 and words[item.start] in ("you", "us") and listed


def _aside(words: Sequence[str], item: range) -> bool:
    """Whether the words tell how what stands before them is done: "we ask for it, using a form and a letter"."""
    follows = words[item.stop : item.stop + 1]
    alone = words[item.start - 1 : item.start] == [","] and _ON.isdisjoint(follows)
    doing = words[item.start].endswith("ing") and len(item) > 1 and words[item.start + 1] not in JOINTS
    ahead = range(max(1, item.start - MOST), item.start)
    alike = any(words[at].endswith("ing") and words[at - 1] in _GOVERNED for at in ahead)
    return alone and doing and not alike


def others(words: Sequence[str], item: range) -> int:
    """How many items the list has besides, 0 where the words are no item of a list.

    "and" stands before the last item; without it, only what follows a colon, a bracket or "such as" is a list, or what
    semicolons part. In "a, b and c and d", or "a, b and d, and e", d has one companion only.
    """
    if is_parallel(words, item):
        return 2
    left, before = _joints(words, _aside_from(words, item.start) - 1, -1)
    right, after = _joints(words, item.stop, 1)
    joined = any(word in JOINTS for word in words[item.start : item.stop])
    earlier, opened, twice = _earlier(words, before, left) if left else (0, True, False)
    if _quality(words, item, before, after, right):
        return 0  # "a small, friendly and independent studio"
    if left & LAST and (not right & LAST or _sentence(words, after)):
        follows = words[after] if not right and after < len(words) else "."
        noun = follows[0].isalnum() and follows not in _AFTER | FINITE and not words[item.stop - 1].endswith("s")
        noun = (
            noun
            and follows not in _REASONS
            and not (follows.endswith(("ed", "en")) and words[after + 1 : after + 2] in _BY)
        )
        if noun and not (earlier > 1 and _done(words, before)):
            return 0  # "reasonable and appropriate measures"
        inner = (twice and _AS_WELL[1] not in left) or _goes_on(words, after)
        return min(1, earlier) if inner else earlier + joined
    if right:
        later, closed = _later(words, after, right)
        if right > {","} and left & LAST:
            return earlier + later if opened else min(1, earlier)  # "a date [and a place], and confirm"
        if not left and words[after : after + 1] in (["we"], ["you"]):
            return 0  # "Depending on your age and your plan, you …"
        if not left and right & LAST and item.start and words[item.start - 1] not in STOPS and _sentence(words, after):
            return 0
        return earlier + later + joined if closed or _SIGNS & (left | right) or (opened and left) else 0
    last = any(word in LAST for word in words[item.start : item.stop])
    ends = _CLOSERS | _AFTER | FINITE if last else _CLOSERS
    subject = last and _begins(words, before)  # "[Hosts], banks and insurers see it"
    if not left or (item.stop < len(words) and words[item.stop] not in ends and not subject):
        return 0
    return earlier + joined if opened or last or _SIGNS & left else 0


def _aside_from(words: Sequence[str], start: int) -> int:
    """Where a condition begins that stands before an item: "and, [if you dispute it,] the court"."""
    if words[start - 1 : start] == [","]:
        for at in range(start - 2, max(0, start - MOST), -1):
            if words[at - 1] in JOINTS:
                return at if _condition(words, at) else start
    return start


def _joints(words: Sequence[str], at: int, step: int) -> tuple[frozenset[str], int]:
    """The joining words from a place on in a direction, and the first place after them."""
    begin = at
    while 0 <= at < len(words) and words[at] in JOINTS:
        at += step
    return frozenset(words[begin:at:step] if at >= 0 else words[begin::-1]) if at != begin else frozenset(), at


def _sentence(words: Sequence[str], at: int) -> bool:
    """Whether what follows "and" is a sentence of its own."""
    return any(word in FINITE for word in words[at : at + 4]) or words[at : at + 1] in (["we"], ["you"])


def _begins(words: Sequence[str], at: int) -> bool:
    """Whether the few words up to a place begin a sentence, and name something."""
    begin = next((place for place in range(at, max(-1, at - SHORT), -1) if words[place] in STOPS), -1) + 1
    return at - begin < SHORT and begin <= at and words[begin] not in _INTRODUCE and JOINTS.isdisjoint(words[begin:at])


def _done(words: Sequence[str], at: int) -> bool:
    """Whether a list that ends at a place is of what is done: "shall indemnify, defend and …"."""
    while at >= 0 and words[at] not in _TO_VERB:
        if words[at] in _MODALS:
            return words[at + 1 : at + 2] != ["be"]
        at -= 1
    return False


def _quality(words: Sequence[str], item: range, before: int, after: int, right: frozenset[str]) -> bool:
    """Whether a word is one of several that say what the last item's noun is like."""
    quality, noun = words[after : after + 1], words[after + 1 : after + 2]
    if len(item) != 1 or "and" not in right or not noun or not quality[0].endswith(_QUALITIES):
        return False
    if not noun[0][0].isalpha() or noun[0] in JOINTS | _AFTER | FINITE | _REASONS:
        return False
    word, kind = words[item.start], words[before - 1 : before] in (["a"], ["an"])  # "a small, quiet and …"
    return not word.endswith(("ment", "s")) and (kind or word.endswith(_QUALITIES))


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a list goes on after the words: "the safety and security of users, their pets and plants"."""
    for stop in range(at, min(at + MOST, len(words))):
        if words[stop] in STOPS:
            return False
        if words[stop] in JOINTS:
            joint, after = _joints(words, stop, 1)
            return after < len(words) and not _sentence(words, after) and _later(words, after, joint)[1]
    return False


def _earlier(words: Sequence[str], at: int, joint: frozenset[str]) -> tuple[int, bool, bool]:
    """Items before, whether something opens the list, and whether "and" joined the last two of them as well."""
    count, twice = 0, False
    while count < ENOUGH:
        begin = at
        while at >= 0 and words[at] not in JOINTS and words[at] not in STOPS and words[at] not in _OPENERS:
            at -= 1
        if begin == at:
            return count, at >= 0 and words[at] in _OPENERS, twice
        starts, first = at < 0 or words[at] in STOPS, words[at + 1]
        if count and starts and first in _INTRODUCE:
            return count, False, twice
        count += 1
        if (
            at >= 0
            and words[at] in JOINTS
            and first in _ADJUNCTS
            and _ADJUNCTS[first].isdisjoint(words[max(0, at - MOST) : at])
        ):
            return count, False, twice  # "within ten days, less costs of repair or cleaning"
        if at >= 0 and words[at] in _OPENERS and first not in _CLAUSES:
            return count, True, twice
        if starts or first in _CLAUSES:
            return count, False, twice
        if first in _STARTERS:
            return count, False, twice  # "for questions, …, please call us or write"
        now, at = _joints(words, at, -1)
        twice = twice or (count == 1 and bool(joint & LAST) and bool(now & LAST))
        added = count == 1 and _AS_WELL[1] in joint  # to a list that had its last item: "a, b and c, as well as d"
        if begin - at > 2 * MOST or (now & LAST and not added):
            return count, False, twice
    return count, False, twice


def _later(words: Sequence[str], at: int, joint: frozenset[str]) -> tuple[int, bool]:
    """Items after, and whether "and" closes the list."""
    count = 0
    while count < ENOUGH:
        begin = at
        while at < len(words) and at - begin <= MOST and words[at] not in JOINTS and words[at] not in _CLOSERS:
            at += 1
        if begin == at:
            return count, bool(joint & LAST)
        if joint & LAST:
            return count + 1, True
        if at - begin > MOST or any(word in FINITE for word in words[begin:at]):
            return count, False
        count += 1
        if at >= len(words) or words[at] not in JOINTS:
            return count, False
        joint, at = _joints(words, at, 1)
    return count, False
