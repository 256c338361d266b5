"""Inline Markdown: links and backslash escapes, and the lines a clause's text is laid out in."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html.entities import html5

from policywatch.extraction.characters import clean
from policywatch.extraction.sentences import split
from policywatch.model import ClauseKind
from policywatch.patterns import late

# A text is read into a string in which links stand between sentinels, START text MIDDLE target END, CELL stands between
# a row's cells, and all else is literal. The sentinels are control characters, which no cleaned text contains.
_START, _MIDDLE, _END, _CELL = "\x01", "\x02", "\x03", "\x04"
_PUNCTUATION = r"!-/:-@\[-`{-~"
_READ = late(rf"\\([{_PUNCTUATION}])|\[((?:[^\[\]\\]|\\.)*)\]\(((?:[^()\s\\]|\\.|\([^()\s]*\))*)\)|(\|)")
_UNESCAPE = late(rf"\\([{_PUNCTUATION}])")
_LINK = late(r"\x01([^\x01-\x03]*)\x02([^\x01-\x03]*)\x03")
_MARKS = r"\[]*_`~<&|!"
_MARKING = late(f"[{re.escape(_MARKS)}]")
_NOTEWORTHY = late(r"[\\\]*_`~<&\x01\x04]")
_ESCAPED = late(
    rf"\\(?=[{_PUNCTUATION}\s\x01-\x04]|$)"  # would escape what follows, or break the line
    r"|\](?=\()"  # would end a link
    r"|<(?=[A-Za-z/!?])"
    r"|!(?=\x01)"  # would make the link an image
)
_MARKED = late(r"[\\\[\]*_`~<&]|!\x01")  # what any of these patterns begins with
_LABEL = late(r"\x01[^\x03]*")
_BRACKET = late(r"[\[\]]")
_ENTITY = late(r"&(#?\w+;)")
_SPACES = late("  +")
# Plain words, and links of plain words: such a text is its own normal form, but for double spaces. Most are such.
_WORDS = r" -%'-)+-;=-Z^a-}\xa1-\xac\xae-\u0233\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2122"
_PLAIN_LINK = rf"(?<!!)\[(?! )[{_WORDS}]+(?<! )\]\([!#-'*-;=?-Z_a-z~]+\)"
_NORMAL_LINK = late(_PLAIN_LINK)
_NORMAL = late(rf"(?:[{_WORDS}]++|{_PLAIN_LINK})*+")
_RUN = late(r"\*+|_+|~+|`+")
_TARGET_UNSAFE = late(r"[^!-~]|[()<>\\|\[\]\"^`{}]")
_CJK_STOP = late(
    r"([。！？｡][”’」』）】》)]*(?:\x02[^\x03]*\x03)?[”’」』）】》)]*)(?=[^\s\x02\x03”’」』）】》)，、；：。！？｡])"
    r"(?!(?<=[」』）)])[はがをにのと])"  # a sentence in brackets, inside another one that goes on
)


def escape_inline(text: str) -> str:
    """Plain page text as inline Markdown, to be joined with other runs and links of the same clause.

    Escapes whatever might be markup in some neighbourhood; the normal form drops what turns out to be needless.
    """
    if not any(map(text.__contains__, _MARKS)):
        return text
    return _MARKING.sub(lambda found: f"\\{found[0]}", text)


def link(text: str, target: str) -> str:
    """An inline link; ``text`` is inline Markdown already. Without a target, or without text, only the text."""
    written = f"[{text}]({target})"
    if "  " not in text and _NORMAL_LINK.fullmatch(written):
        return written
    label = _LINK.sub(r"\1", _read(clean(text)))
    target = _encode(clean(target))
    return _write(f"{_START}{label}{_MIDDLE}{target}{_END}" if target and label else label)


@lru_cache(maxsize=1 << 14)
def lines(text: str, kind: ClauseKind) -> tuple[str, ...]:
    """A clause's text in normal form, in the lines it is laid out in; none if it says nothing."""
    written = _normal(text, row=kind == "row")
    if not written:
        return ()
    if kind == "heading":
        return (_CLOSING.sub(r"\\\g<0>", written) if written[-1] == "#" else written,)
    if kind == "row":
        return (_DELIMITERS.sub(r"\1\\\2", written) if written[-1] in "-:| " else written,)
    shown = [_protect(line) for line in split(written)]
    if shown[0][0] == "[" and _REFERENCE.match(written):
        shown[0] = "\\" + shown[0]
    return tuple(shown)


def _normal(text: str, *, row: bool) -> str:
    """The text in normal form, still on one line; "" if it says nothing."""
    if not row and "  " not in text and _NORMAL.fullmatch(text):
        return text.strip(" ")
    said = _read(clean(text), row=row)
    if row:
        said = re.sub(rf" *{_CELL} *", f" {_CELL} ", said)
    if not said.isascii():
        said = _CJK_STOP.sub(lambda found: f"{found[1]} ", said)
    if "  " in said:
        said = _SPACES.sub(" ", said)
    said = said.strip()
    return _write(said, row=row) if said.strip(f" {_CELL}") else ""


def _read(text: str, *, row: bool = False) -> str:
    """The text's characters and links, free of escapes."""
    if "\\" not in text and "](" not in text and not row:
        return text

    def literal(found: re.Match[str]) -> str:
        escaped, label, target, pipe = found.groups()
        if escaped or pipe:
            return escaped or (_CELL if row else pipe)
        said, target = _unescape(label), _encode(_unescape(target))
        if not target or not said.strip():
            return said
        before, after = " " * said.startswith(" "), " " * said.endswith(" ")
        return f"{before}{_START}{said.strip()}{_MIDDLE}{target}{_END}{after}"

    return _READ.sub(literal, text)


def _unescape(text: str) -> str:
    return _UNESCAPE.sub(r"\1", text) if "\\" in text else text


def _encode(target: str) -> str:
    return _TARGET_UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target)


def _write(said: str, *, row: bool = False) -> str:
    """Characters and links as inline Markdown with no more escapes than needed."""
    if not _NOTEWORTHY.search(said) and not (row and "|" in said):
        return said
    targets: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        targets.append(found[2])
        return f"{_START}{found[1]}{_END}"

    # Targets bind tighter than emphasis: they step aside while the rest is escaped.
    body = _LINK.sub(set_aside, said)
    if row or _MARKED.search(body):  # most have links and nothing else
        body = _escaped(body, row)
    written = body.replace(_START, "[").replace(_CELL, "|")
    first, *others = written.split(_END)
    return "".join([first, *(f"]({target}){text}" for target, text in zip(targets, others, strict=True))])


def _escaped(body: str, row: bool) -> str:
    """The text with a backslash before whatever would be markup; links' targets are out of it."""
    marks = {found.start() for found in _ESCAPED.finditer(body)}
    marks.update(_emphasis(body))
    marks.update(found.start() for found in _ENTITY.finditer(body) if found[1][0] == "#" or found[1] in html5)
    for label in _LABEL.finditer(body):
        marks.update(found.start() + label.start() for found in _BRACKET.finditer(label[0]))
    if row:
        marks.update(place for place, character in enumerate(body) if character == "|")
    begin, pieces = 0, []
    for mark in sorted(marks):
        pieces += [body[begin:mark], "\\"]
        begin = mark
    return "".join([*pieces, body[begin:]])


def _emphasis(body: str) -> set[int]:
    """Where ``*``, ``_``, ``~`` and backticks would be taken as markup, as GitHub pairs them."""
    runs = [(found.start(), found.end(), found[0][0]) for found in _RUN.finditer(body)]
    marks: set[int] = set()
    for sign in {run[2] for run in runs}:
        mine = [run for run in runs if run[2] == sign]
        opening = [run for run in mine if _opens(body, *run)]
        closing = [run for run in mine if _closes(body, *run)]
        if opening and closing and closing[-1][0] > opening[0][0]:
            marks.update(place for run in opening + closing for place in range(run[0], run[1]))
    return marks


def _opens(body: str, begin: int, end: int, sign: str) -> bool:
    before, after = body[begin - 1 : begin] or " ", body[end : end + 1] or " "
    return sign == "`" or (not after.isspace() and not (sign == "_" and before.isalnum()))


def _closes(body: str, begin: int, end: int, sign: str) -> bool:
    before, after = body[begin - 1 : begin] or " ", body[end : end + 1] or " "
    return sign == "`" or (not before.isspace() and not (sign == "_" and after.isalnum()))


# -- at the start of a line --------------------------------------------------------------------------------------------

_ITEM = late(r"([0-9]{1,9})([.)])(?= |$)")
_RULE = late(r"[-*_=:| ]+")
_CLOSING = late(r"(?:^|(?<= ))#+$")  # marks at the end of a heading
_DELIMITERS = late(r"^([| ]*)([-:][-:| ]*)$")
_REFERENCE = late(r"\[(?:[^\[\]\\]|\\.)*\]:|\[[ xX]\](?: |$)")


def _protect(line: str) -> str:
    """The line with an escape where its start would be taken for a heading, item, quote, table, rule, fence …"""
    guard = _GUARDS.get(line[0])
    if guard is None:
        return line
    if guard is _number:
        return _ITEM.sub(r"\1\\\2", line, count=1) if _ITEM.match(line) else line
    return "\\" + line if guard(line) else line


def _number(line: str) -> bool:
    return _ITEM.match(line) is not None


def _bullet(line: str) -> bool:
    return line[1:2] in ("", " ") or _RULE.fullmatch(line) is not None


_GUARDS: dict[str, Callable[[str], bool]] = {
    "#": lambda line: line.lstrip("#")[:1] in ("", " ") and len(line) - len(line.lstrip("#")) <= 6,
    ">": lambda line: True,
    "|": lambda line: True,
    "-": _bullet,
    "*": _bullet,
    "+": _bullet,
    "_": lambda line: _RULE.fullmatch(line) is not None,
    "=": lambda line: _RULE.fullmatch(line) is not None,
    ":": lambda line: _RULE.fullmatch(line) is not None,
    "`": lambda line: line.startswith("```"),
    "~": lambda line: line.startswith("~~~"),
    **dict.fromkeys("0123456789", _number),
}
