"""Which words a built-in rule's patterns cannot match without: python -m training.hints

Written to hints.json beside the rules, for policywatch.taxonomy.hints. A pattern is walked in all its ways (its
alternatives); what can stand in a match is followed as far as it is a few texts, and cut where anything may stand.
This is no shortcut of meaning: a text without the words can't match, one with them is searched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from policywatch import taxonomy
from policywatch.taxonomy import hints
from policywatch.taxonomy.rules import alternatives

# CPython's own reading of a pattern; it isn't public, which is why its outcome ships and not this.
_parser: Any = re._parser  # type: ignore[attr-defined]

MOST_WAYS = 8  # alternatives followed apart; of more, what they have in common
MOST_TEXTS = 64  # a way's pending texts; of more, what is pending becomes groups
MOST_GROUPS = 4  # of a way, the most telling ones
MOST_CHOICES = 10  # letters of a set followed apart
SHORT = 100  # letters up to which a pattern's greatest length is worth knowing
# Stand-ins in texts: any text or none, the edge of a word, a digit, something else that is neither letter nor digit.
ANY, EDGE, DIGIT, OTHER = "\0", "\1", "\2", " "

Group = frozenset[str]  # as in hints.json
Ways = list["Way"]


@dataclass(frozen=True, slots=True)
class Way:
    """Groups found, and the texts that may stand right before what comes next. ``crossing`` is hints.CROSSING."""

    groups: frozenset[Group] = frozenset()
    texts: frozenset[str] = frozenset([ANY])
    crossing: bool = False

    def then(self, texts: Sequence[str]) -> Ways:
        joined = frozenset(before + text for before in self.texts for text in texts)
        way = replace(self, texts=joined)
        return way.closed() if len(joined) > MOST_TEXTS or all(text.endswith(ANY) for text in joined) else [way]

    def closed(self) -> Ways:
        """With what is pending made into groups: of texts of as many words, one group for each place in them."""
        by_number: dict[int, list[list[str]]] = {}
        for text in sorted(self.texts):
            words = _words(text)
            by_number.setdefault(len(words), []).append(words)
        return [
            Way(self.groups | frozenset(map(_simplest, zip(*texts, strict=True))), crossing=self.crossing)
            for texts in by_number.values()
        ]


def ways(pattern: str) -> list[list[str]]:
    """A pattern's ways as hints.json has them."""
    found = _merged([way for begun in _walk(_parser.parse(pattern), [Way()]) for way in begun.closed()])
    found = _merged([replace(way, groups=frozenset(_telling(way.groups)[:MOST_GROUPS])) for way in found])
    return [[hints.CROSSING] * _crosses(way) + [" ".join(sorted(one)) for one in _telling(way.groups)] for way in found]


def _crosses(way: Way) -> bool:
    """Only words are looked for in each sentence; how long a text is and its signs are asked of the whole."""
    return way.crossing or any(word[0] in "<" + hints.SIGNS for group in way.groups for word in group)


def _walk(parsed: Any, at: Ways) -> Ways:
    if len(parsed) and _is_place(parsed[0], "BEGINNING") and _is_place(parsed[-1], "END"):
        most = parsed.getwidth()[1]
        if most < SHORT:
            short = frozenset([f"<{most + 2}"])
            at = [replace(way, groups=way.groups | {short}) for way in at]
    for kind, value in parsed:
        if _may_cross(str(kind), value):
            at = [replace(way, crossing=True) for way in at]
        at = _STEPS.get(str(kind), _anything)(value, at)
    return at


def _is_place(step: tuple[Any, Any], name: str) -> bool:
    return str(step[0]) == "AT" and name in str(step[1])


def _may_cross(kind: str, value: Any) -> bool:
    """Whether a step can take a full stop, or looks at more than what is matched."""
    if kind in ("LITERAL", "NOT_LITERAL"):
        return bool((value == ord(".")) == (kind == "LITERAL"))
    if kind == "AT":
        return "END" in str(value)
    if kind == "IN":
        negated = str(value[0][0]) == "NEGATE"
        return any(_has_stop(str(one), what) for one, what in value) != negated
    return kind not in ("BRANCH", "SUBPATTERN", "MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT", "ATOMIC_GROUP")


def _has_stop(kind: str, value: Any) -> bool:
    if kind == "RANGE":
        return bool(value[0] <= ord(".") <= value[1])
    return value == ord(".") if kind == "LITERAL" else kind == "CATEGORY" and "NOT" in str(value)


def _anything(_: Any, at: Ways) -> Ways:
    return _then(at, [ANY])


def _nothing(_: Any, at: Ways) -> Ways:
    return at


def _then(at: Ways, texts: Sequence[str]) -> Ways:
    return _limited(_merged([new for way in at for new in way.then(texts)]))


def _literal(code: int, at: Ways) -> Ways:
    return _then(at, [_letter(code)])


def _letter(code: int) -> str:
    letter = chr(code)
    return letter if "a" <= letter <= "z" or "0" <= letter <= "9" or letter in hints.SIGNS else OTHER


def _place(where: Any, at: Ways) -> Ways:
    return at if "NON" in str(where) else _then(at, [EDGE])


def _one_of(choices: Sequence[tuple[Any, Any]], at: Ways) -> Ways:
    letters = set[str]()
    for kind, value in choices:
        if str(kind) == "LITERAL":
            letters.add(_letter(value))
        elif str(kind) == "RANGE":
            letters.update(map(_letter, range(value[0], min(value[1], 0x7F) + 1)))
        elif str(kind) == "CATEGORY" and str(value) in _CATEGORIES:
            letters.add(_CATEGORIES[str(value)])
        else:
            return _then(at, [ANY])
    return _then(at, sorted(letters) if len(letters) <= MOST_CHOICES else [ANY])


def _group(value: tuple[Any, ...], at: Ways) -> Ways:
    return _walk(value[-1], at)


def _branch(value: tuple[Any, Sequence[Any]], at: Ways) -> Ways:
    return _limited(_merged([way for alternative in value[1] for way in _walk(alternative, at)]))


def _repeated(value: tuple[int, int, Any], at: Ways) -> Ways:
    least, most, item = value
    once = _walk(item, at)  # also to see whether it crosses
    if least == most == 1:
        return once
    if _is_other(item):
        return _then(at, [OTHER] if least else ["", OTHER])
    if most > 1 and str(item[0][0]) != "SUBPATTERN":
        return _then(once, [ANY]) if least else _marked(_then(at, [ANY]), once)
    none = at if not least else []
    more = _walk(item, [new for way in at for new in way.closed()]) if most > 1 else []
    return _limited(_merged([*none, *once, *more]))


def _marked(at: Ways, like: Ways) -> Ways:
    return [replace(way, crossing=True) for way in at] if any(way.crossing for way in like) else at


def _is_other(item: Any) -> bool:
    """Whether an item is one character that is no letter, digit or full stop, so that more of it is that, too."""
    found = _walk(item, [Way(texts=frozenset("^"))])
    return len(found) == 1 and found[0].texts == {"^" + OTHER} and not found[0].crossing


def _limited(at: Ways) -> Ways:
    return at if len(at) <= MOST_WAYS else [_common(at)]


def _merged(at: Ways) -> Ways:
    """Ways with the same groups as one, and those that differ in one group, which may then be either.

    A way that asks for all that another one asks for, and more, is left out.
    """
    texts: dict[tuple[frozenset[Group], bool], set[str]] = {}
    for way in at:
        texts.setdefault((way.groups, way.crossing), set()).update(way.texts)
    out = [Way(groups, frozenset(pending), crossing) for (groups, crossing), pending in texts.items()]
    out = [new for way in out for new in (way.closed() if len(way.texts) > MOST_TEXTS else [way])]
    pair = _first_pair(out)
    while pair:
        gone, new = pair
        out = [way for way in out if way not in gone] + [new]
        pair = _first_pair(out)
    return out


def _first_pair(at: Ways) -> tuple[tuple[Way, Way], Way] | None:
    """Two ways that one can stand for without letting more through, and that one."""
    for one, other in combinations(at, 2):
        if one.texts != other.texts or one.crossing != other.crossing:
            continue
        mine, others = one.groups - other.groups, other.groups - one.groups
        if not mine or not others:
            return (one, other), replace(one, groups=one.groups & other.groups)
        if len(mine) == len(others) == 1:
            either = _simplest(word for group in (*mine, *others) for word in group)
            return (one, other), replace(one, groups=(one.groups & other.groups) | {either})
    return None


def _common(at: Ways) -> Way:
    """What holds whichever way was taken: shared groups, and one made of each one's most telling other group."""
    closed = [new for way in at for new in way.closed()]
    shared = frozenset.intersection(*(way.groups for way in closed))
    others = [_telling(way.groups - shared)[:1] for way in closed]
    if all(others):
        shared |= {_simplest(word for (group,) in others for word in group)}
    return Way(shared, crossing=any(way.crossing for way in closed))


def _words(text: str) -> list[str]:
    """A text's runs of letters and of digits, open where more of them may follow; where it has none, a sign."""
    out = []
    for found in re.finditer("[a-z]+|[0-9]+", text):
        more = (ANY, DIGIT) if found[0].isdigit() else (ANY,)
        before, after = text[: found.start()][-1:] or ANY, text[found.end() :][:1] or ANY
        out.append("*" * (before in more) + found[0] + "*" * (after in more))
    return out or [sign for sign in hints.SIGNS if sign in text][:1]


def _simplest(words: Iterable[str]) -> Group:
    """Without words that another one covers."""
    kept = set(words)
    return frozenset(word for word in kept if not any(_covers(other, word) for other in kept if other != word))


def _covers(wide: str, word: str) -> bool:
    bare, inner = wide.strip("*"), word.strip("*")
    if wide[0] == word[0] == "<":
        return int(wide[1:]) > int(word[1:])
    if wide.startswith("*") and wide.endswith("*"):
        return bare in inner
    if wide.endswith("*"):
        return inner.startswith(bare) and not word.startswith("*")
    if wide.startswith("*"):
        return inner.endswith(bare) and not word.endswith("*")
    return False


def _telling(groups: Iterable[Group]) -> list[Group]:
    """The most telling first: short words, parts of words and many of them let many texts through."""
    return sorted(groups, key=lambda group: (sum(map(_lenience, group)), sorted(group)))


def _lenience(word: str) -> float:
    if word[0] in "<" + hints.SIGNS:
        return 0.01
    return float(1.5 ** word.count("*") / 2 ** len(word.strip("*")))


_CATEGORIES = {"CATEGORY_DIGIT": DIGIT, "CATEGORY_SPACE": OTHER}
_STEPS: dict[str, Callable[[Any, Ways], Ways]] = {
    "LITERAL": _literal,
    "IN": _one_of,
    "AT": _place,
    "BRANCH": _branch,
    "SUBPATTERN": _group,
    "MAX_REPEAT": _repeated,
    "MIN_REPEAT": _repeated,
    "POSSESSIVE_REPEAT": _repeated,
    "ASSERT": _nothing,
    "ASSERT_NOT": _nothing,
}


def made() -> dict[str, list[list[str]]]:
    """The content of hints.json."""
    rules = taxonomy.load().rules
    patterns = {one for rule in rules for one in (rule.text, rule.heading, *alternatives(rule.unless)) if one}
    return {hints.key(pattern): ways(pattern) for pattern in patterns}


def main() -> None:
    path = Path(hints.__file__).with_name(hints.FILE)
    path.write_text(json.dumps(made(), sort_keys=True, separators=(",", ":"), indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
