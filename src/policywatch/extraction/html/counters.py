"""Numbers that a page's own style sheet gives to list items, since clauses refer to one another by them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree

# What makes a rule worth reading: a counter that is shown, letters or Roman numbers for markers. (``list-style: none``
# stands in every reset, to be undone elsewhere; who wins only a browser knows.)
# Two patterns, since each is searched by how it begins: style sheets are large.
_TELLING = (re.compile(r"counters?\("), re.compile(r"list-style(?:-type)?\s*:\s*(?:lower|upper)-"))
_RARE = ("counter(", "counters(", "lower-", "upper-roman", "upper-alpha", "upper-latin")  # without these, no such rule
_BEFORE = re.compile(r"::?before\s*$")
_CONTENT = re.compile(r"content\s*:\s*([^;]+)")
_COUNTER = re.compile(
    r"""(?P<before>"[^"]*"|'[^']*'|)\s*(?P<function>counters?)\(\s*[\w-]+\s*(?:,\s*(?:"[^"]*"|'[^']*')\s*)?
    (?:,\s*(?P<style>[\w-]+)\s*)?\)\s*(?P<after>"[^"]*"|'[^']*'|)""",
    re.VERBOSE,
)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*((?:lower|upper)-(?:alpha|latin|roman))")
_MOST_RULES = 60
_MOST_STEPS = 8
_STEP = re.compile(r"""(?:\[[^\]]*\]|[^\s>\[])+|>""")
_COMPOUND = re.compile(
    r"""(?P<tag>[a-zA-Z][\w-]*|\*)?(?P<names>(?:[.#][\w-]+)*)(?P<attributes>(?:\[[\w-]+=(?:"[^"]*"|'[^']*'|[\w-]+)\])*)"""
)
_NO_CLASSES: frozenset[str] = frozenset()
_NAME = re.compile(r"[.#][\w-]+")
_ATTRIBUTE = re.compile(r"""\[([\w-]+)=["']?([^"'\]]*)["']?\]""")


@dataclass(frozen=True, slots=True)
class Counter:
    """How an item's number is written: ``nested`` puts the numbers of the items around it in front."""

    style: str
    before: str = ""
    after: str = "."
    nested: bool = False


@dataclass(slots=True)
class Sheet:
    """What the style sheet says: of items, the counter that is shown before them; of lists and items, their markers."""

    counters: dict[etree._Element, Counter]
    markers: dict[etree._Element, str]


def sheet_of(root: etree._Element) -> Sheet | None:
    """The page's own style sheet, as far as it is about lists; None where it says nothing of them."""
    if next(root.iter("ol"), None) is None:
        return None
    sheets = [style.text or "" for style in root.iter("style")]
    css = "\n".join(text for text in sheets if any(word in text for word in _RARE))
    if not css:
        return None
    sheet = Sheet({}, {})
    lists = _Lists(root)
    for selector, declarations in islice(_rules(css), _MOST_RULES):
        content = _CONTENT.search(declarations)
        if _BEFORE.search(selector):
            if content and (counter := _COUNTER.search(content[1])):
                found = _counter(counter)
                sheet.counters.update(
                    (item, found) for item in _matches(lists, _BEFORE.sub("", selector)) if item.tag == "li"
                )
        elif marker := _LIST_STYLE.search(declarations):
            sheet.markers.update((element, marker[1]) for element in _matches(lists, selector))
    return sheet if sheet.counters or sheet.markers else None


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selector and declarations of the rules that are worth reading."""
    done = 0
    found = [telling for pattern in _TELLING for telling in pattern.finditer(css)]
    for telling in sorted(found, key=re.Match.start):
        begin = css.rfind("{", done, telling.start())
        if begin < 0:
            continue
        end = css.find("}", telling.end())
        start = max(css.rfind(mark, done, begin) for mark in "{};")
        done = end if end >= 0 else len(css)
        for selector in css[start + 1 : begin].rpartition("*/")[2].split(","):
            yield selector.strip(), css[begin + 1 : done]


def _counter(found: re.Match[str]) -> Counter:
    before, after = found["before"][1:-1].replace("\\0000a0", " "), found["after"][1:-1].replace("\\0000a0", " ")
    return Counter(found["style"] or "decimal", before.strip(), after.strip(), found["function"] == "counters")


@dataclass(frozen=True, slots=True)
class _Compound:
    """One step of a selector: ``ol.plain[data-x="y"]``; ``child`` if it hangs right below the step before it."""

    tag: str
    classes: frozenset[str]
    id: str
    attributes: tuple[tuple[str, str], ...]
    child: bool

    def fits(self, element: etree._Element, classes: frozenset[str]) -> bool:
        """Whether an element that has these classes is one of those meant."""
        return (
            self.classes <= classes
            and self.tag in ("", "*", element.tag)
            and (not self.id or element.get("id") == self.id)
            and (not self.attributes or all(element.get(name) == value for name, value in self.attributes))
        )


class _Lists:
    """A page's lists and items, by tag, class and id; and the classes that they and what is around them have."""

    def __init__(self, root: etree._Element) -> None:
        self._by_name: dict[str, list[etree._Element]] = {}
        self._classes: dict[etree._Element, frozenset[str]] = {}
        for element in root.iter("ol", "ul", "li"):
            classes = self._classes[element] = _classes(element)
            for name in {*classes, f"#{element.get('id')}", f"<{element.tag}", "*"}:
                self._by_name.setdefault(name, []).append(element)
            above = element.getparent()
            while above is not None and above not in self._classes:
                self._classes[above] = _classes(above)
                above = above.getparent()
        self._all = frozenset[str]().union(*self._classes.values())

    def may_fit(self, steps: Sequence[_Compound]) -> bool:
        """Whether the classes of all steps are there at all: most rules of a sheet are for other pages."""
        return all(step.classes <= self._all for step in steps)

    def fits(self, element: etree._Element, step: _Compound) -> bool:
        return step.fits(element, self._classes[element])

    def fitting(self, step: _Compound) -> list[etree._Element]:
        """The elements that one step of a selector means by itself."""
        names = [*step.classes, *([f"#{step.id}"] if step.id else ()), f"<{step.tag}" if step.tag.strip("*") else "*"]
        fewest = min((self._by_name.get(name, []) for name in names), key=len)
        return [element for element in fewest if step.fits(element, self._classes[element])]


def _classes(element: etree._Element) -> frozenset[str]:
    names = element.get("class")
    return frozenset(names.split()) if names else _NO_CLASSES


def _matches(lists: _Lists, selector: str) -> list[etree._Element]:
    """The lists and items that a selector means; none for one beyond tags, classes, ids and attributes.

    Read from the right: a page has few lists, and asking XPath for each rule walks over the whole of it.
    """
    steps = _parsed(selector)
    if not steps or not lists.may_fit(steps):
        return []
    last = len(steps) - 1
    below: _Below = {}
    return [one for one in lists.fitting(steps[last]) if _hangs_below(lists, one, steps, last, below)]


_Below = dict[tuple[etree._Element, int], bool]


def _hangs_below(lists: _Lists, element: etree._Element, steps: Sequence[_Compound], last: int, below: _Below) -> bool:
    """Whether the steps before the last one are met above the element.

    ``below`` knows of elements already asked whether they, or what is above them, meet those steps.
    """
    if last == 0:
        return True
    one = element.getparent()
    if steps[last].child:
        return one is not None and lists.fits(one, steps[last - 1]) and _hangs_below(lists, one, steps, last - 1, below)
    asked: list[tuple[etree._Element, int]] = []
    found = False
    while one is not None and not found:
        if (one, last) in below:
            found = below[one, last]
            break
        asked.append((one, last))
        found = lists.fits(one, steps[last - 1]) and _hangs_below(lists, one, steps, last - 1, below)
        one = one.getparent()
    below.update(dict.fromkeys(asked, found))
    return found


@lru_cache(maxsize=256)
def _parsed(selector: str) -> tuple[_Compound, ...]:
    steps: list[_Compound] = []
    child = False
    for piece in _STEP.findall(selector.strip()):
        if piece == ">":
            child = True
            continue
        found = _COMPOUND.fullmatch(piece)
        if found is None:
            return ()
        names = _NAME.findall(found["names"])
        steps.append(
            _Compound(
                (found["tag"] or "").lower(),
                frozenset(name[1:] for name in names if name[0] == "."),
                next((name[1:] for name in names if name[0] == "#"), ""),
                tuple((name, value) for name, value in _ATTRIBUTE.findall(found["attributes"])),
                child,
            )
        )
        child = False
    return tuple(steps) if len(steps) <= _MOST_STEPS else ()
