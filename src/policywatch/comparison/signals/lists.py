"""What is added to a list or dropped from it: recipients, purposes, and anything else that is enumerated."""

from __future__ import annotations

from collections.abc import Iterator

from policywatch.comparison.blocks import Block
from policywatch.comparison.signals.shift import Shift
from policywatch.comparison.tokens import Tokens
from policywatch.model import Signal
from policywatch.patterns import late_regex

MOST = 10  # words of an item; more say something of their own
LONGEST = 6  # words of an item between the one in question and the list's "and"
_JOINTS = frozenset(", ; and or & as well".split())
_LAST = frozenset(("and", "or", "&"))
_STOPS = frozenset(". ! ? : 。 ；".split())
_FILLERS = frozenset("only also well as both either".split())
_AFTER = frozenset(  # what can follow an item
    "of in for to with on at by from that which who when where unless if as only the our your its their this these any"
    " other under through about".split()
)
_SENTENCE = frozenset(  # no item has these
    "we they i he she may will shall must can could should might is are was were be been has have if unless when where"
    " which who that because however but not".split()
)
_NO_ITEM = frozenset(  # none begins with these
    "you it us them with without such including includes subject via except available accessible collectively"
    " respectively together necessary made (".split()
)
_PREPOSITIONS = frozenset("of in by on at as under upon from through within during after before until".split())
_VERBS = frozenset(  # after "share … to", a purpose rather than a recipient
    "access administer advertise analyse analyze answer assess bill build communicate comply conduct contact create"
    " deliver detect develop enforce fix fulfil fulfill help improve maintain manage market measure monitor offer"
    " operate perform personalise personalize prevent process profile promote protect provide research respond run"
    " secure send show support target test train understand use verify".split()
)
_OPEN = late_regex(r"(?i)\b(?:limit\w*|limitation|other things|others)\b")  # says that a list is open, is no item
_SHARED = late_regex(
    r"(?is)\b(?:shar(?:e|es|ed|ing)|disclos\w+|provid\w+|transfer\w*|sells?|sold|selling|pass(?:ed|es)?|send\w*|sent"
    r"|transmit\w*|give[ns]?|giving|available|visible|accessible|known|shown|releas\w+|rent\w*|communicat\w+|reveal\w*"
    r"|report\w*|submit\w*|forward\w*|hand(?:s|ed|ing)?|go(?:es)?|flows?|work(?:s|ing)?)\b.*\b(?P<to>with|to)\s"
    r"|\bwho\s(?:else\s)?(?:receives?|gets?|sees?|has\saccess)\b.*(?P<to>:)"
    r"|\b(?:access(?:ed)?|seen|viewed|received|processed|read|obtained)\s(?:.*\s)?(?P<to>by)\s"
    r"|\brecipients?\b.*\b(?P<to>are|is|includ(?:e|es|ing))\s"
)
_USED = late_regex(
    r"(?is)\b(?:us(?:e|es|ed|ing)|process\w*|collect\w*|gather\w*|needs?|needed|retain\w*|analy[sz]\w+|purposes?"
    r"|reasons?)\b.*\b(?P<to>to|for|purposes?)\b|\bwhy\b.*(?P<to>:)"
    r"|\b(?:helps?|allows?|enables?|lets?)\sus\b(?P<to>)"
)
_RECIPIENTS = late_regex(r"(?i)\b(?:shar(?:e|ed|ing)|disclos\w+|transfer\w*|recipients?|receiv\w+|sells?|sold)\b")
_PURPOSES = late_regex(
    r"(?i)\bpurposes?\b|\bwhy\b|\b(?:we|to|be|is|are|may|will)\s+(?:also\s+)?(?:us(?:e|ed|ing)|process(?:ed|ing)?)\b"
)
_NOT = late_regex(r"(?i)\b(?:not|never|no|prohibited|restrictions?)\b")
_FIRST = late_regex(r"\s*(\w+)")
_HEAD = late_regex(r"[^:.;(–—]+")
FEW = 6  # words of an item that is no recipient and no purpose: longer ones are clauses of their own


def signals(shift: Shift) -> Iterator[Signal]:
    if shift.paired:
        for edit in shift.edits:
            yield from _inside(shift, edit)
    elif shift.lead:
        yield from _item(shift)


def _item(shift: Shift) -> Iterator[Signal]:
    """A whole clause that is an item of a list; the sentence before the list says of which."""
    text = shift.before or shift.after
    head = _HEAD.match(text)
    if not head or not shift.lead.rstrip().endswith(":"):
        return
    words, size = head[0].strip(), len(head[0].split())
    kind = "list-item"
    if not _NOT.search(shift.lead):
        kind = "purpose" if _PURPOSES.search(shift.lead) else kind
        kind = "recipient" if _RECIPIENTS.search(shift.lead) else kind
    whole = not any(map(str.isalnum, text[head.end() :]))
    if size <= MOST if kind != "list-item" else size <= FEW and whole:
        yield Signal(kind, words if shift.before else "", words if shift.after else "")


def _inside(shift: Shift, edit: Block) -> Iterator[Signal]:
    """An item that came or went within a sentence."""
    if not _core(shift.old, edit.i0, edit.i1):
        tokens, text, core = shift.new, shift.after, _core(shift.new, edit.j0, edit.j1)
    elif not _core(shift.new, edit.j0, edit.j1):
        tokens, text, core = shift.old, shift.before, _core(shift.old, edit.i0, edit.i1)
    else:
        return
    if not core or not _listed(tokens, core) or _aside(tokens, core):
        return
    words = text[tokens.starts[core.start] : tokens.ends[core.stop - 1]]
    kind = _kind(text, tokens, core)
    other = shift.after if text is shift.before else shift.before
    if kind == "list-item" and (
        _word(tokens, core.start) in _PREPOSITIONS or _others(tokens, core) < 2 or words.lower() in other.lower()
    ):
        return
    if not _OPEN.search(words):
        yield Signal(kind, words if text is shift.before else "", words if text is shift.after else "")


def _aside(tokens: Tokens, core: range) -> bool:
    """Whether commas on both sides part the words from a sentence that goes on, as an aside: "we may, at times, …"."""
    keys = tokens.keys
    if not core.start or keys[core.start - 1] != "," or core.stop >= len(keys) or keys[core.stop] != ",":
        return False
    run = 0  # words since the last comma
    for at in range(core.stop + 1, len(keys)):
        word = _word(tokens, at)
        if word in _LAST:
            return run > LONGEST
        if word in _STOPS or run > LONGEST:
            return True
        run = 0 if word == "," else run + 1
    return True


def _word(tokens: Tokens, index: int) -> str:
    return tokens.keys[index].lower()


def _core(tokens: Tokens, start: int, end: int) -> range:
    """The words of an edit without what joins them to the list."""
    while start < end and _word(tokens, start) in _JOINTS | _FILLERS:
        start += 1
    while start < end and _word(tokens, end - 1) in _JOINTS | _FILLERS:
        end -= 1
    return range(start, end)


def _listed(tokens: Tokens, core: range) -> bool:
    """Whether the words are joined to others as an item is, and are no sentence."""
    words = [_word(tokens, k) for k in core]
    if len(words) > MOST or words[0] in _NO_ITEM or any(word in _SENTENCE or word in _STOPS for word in words):
        return False
    left = _word(tokens, core.start - 1) if core.start else ""
    right = _word(tokens, core.stop) if core.stop < len(tokens.keys) else "."
    ends = right in _JOINTS or right in _STOPS or right in _AFTER or right == ")"
    return ends and (left in _JOINTS or right in _JOINTS)


def _others(tokens: Tokens, core: range) -> int:
    """How many items the list has besides: runs of few words between joints, on both sides.

    None where "and" joins the words to an item that "and" joins to the list: in "a, b and c and d", d belongs to c.
    """
    count = 0
    for step, at in ((-1, core.start - 1), (1, core.stop)):
        joints: list[set[str]] = []
        while 0 <= at < len(tokens.keys) and _word(tokens, at) in _JOINTS:
            joints.append(set())
            while 0 <= at < len(tokens.keys) and _word(tokens, at) in _JOINTS:
                joints[-1].add(_word(tokens, at))
                at += step
            begin = at
            while 0 <= at < len(tokens.keys) and _word(tokens, at) not in _JOINTS | _STOPS:
                at += step
            if begin == at:
                break
            count += 1
            if any(_word(tokens, k) in _SENTENCE for k in range(min(begin, at + 1), max(begin + 1, at))):
                break
        if step == -1 and len(joints) > 1 and joints[0] & _LAST and joints[1] & _LAST:
            return 0
    return count


def _kind(text: str, tokens: Tokens, core: range) -> str:
    start = core.start
    while start and _word(tokens, start - 1) not in _STOPS - {":"}:
        start -= 1
    before = text[tokens.starts[start] : tokens.starts[core.start]]
    shared, used = _SHARED.search(before), _USED.search(before)
    first = _word(tokens, core.start)
    if first == "to" and len(core) > 1 and shared and _word(tokens, core.start + 1) not in _VERBS:
        return "purpose" if used and used.start("to") > shared.start("to") else "recipient"
    if first == "for" or (first == "to" and len(core) > 1):
        return "purpose" if shared or used else "list-item"
    if shared:
        next_word = _FIRST.match(text, tokens.starts[start] + shared.end("to"))
        if next_word and next_word[1].lower() in _VERBS:
            shared = None
    if shared and (not used or shared.start("to") >= used.start("to")):
        return "recipient"
    return "purpose" if used else "list-item"
