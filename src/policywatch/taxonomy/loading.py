"""categories.yaml and users' files -> Taxonomy, with every mistake told at once as file:line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

import regex
import yaml

from policywatch.errors import ConfigError
from policywatch.taxonomy.categories import BUILT_IN, Category, Rule, Taxonomy

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TEXTS = ("title", "family", "does", "matters", "question")
_CATEGORY_KEYS = ("id", *_TEXTS, "positions", "weight", "rules")
_RULE_KEYS = ("needs", "text", "heading", "unless", "score")
_FILE_KEYS = ("version", "categories")
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_HEAVIEST = 3.0
# Text on which patterns that backtrack without end show themselves at once.
_PROBES = ("a" * 3000, "a " * 1500, "a, b; " * 500 + "!", "1" * 3000, " " * 3000)
_PROBE_SECONDS = 0.5


@dataclass
class _Reading:
    """One file while it is read: its name, and what was wrong with it."""

    name: str
    problems: list[str] = field(default_factory=list)

    def problem(self, node: yaml.Node, message: str) -> None:
        mark = node.start_mark
        self.problems.append(f"{self.name}:{mark.line + 1}:{mark.column + 1}: {message}")


def load(paths: Sequence[Path] = ()) -> Taxonomy:
    """The built-in taxonomy with users' files on top, in the order given.

    A file may add categories, add rules to built-in ones and change their texts and weight.
    Raises ConfigError with every mistake of every file in ``problems``.
    """
    version, categories = _built_in()
    if not paths:
        return _taxonomy(version, categories)
    merged, problems = dict(categories), list[str]()
    for path in paths:
        reading = _Reading(str(path))
        _merge(merged, _read_user_file(path, reading), reading)
        problems += reading.problems
    if problems:
        raise ConfigError("the taxonomy has mistakes", tuple(problems), "docs/taxonomy.md explains the keys")
    return _taxonomy(version, merged)


@lru_cache(maxsize=1)
def _built_in() -> tuple[str, Mapping[str, Category]]:
    reading = _Reading(BUILT_IN)
    source = resources.files("policywatch.taxonomy").joinpath(BUILT_IN).read_text(encoding="utf-8")
    root = yaml.compose(source, Loader=_Loader)
    assert isinstance(root, yaml.MappingNode)
    parts = _parts(root, _FILE_KEYS, reading)
    categories: dict[str, Category] = {}
    _merge(categories, _entries(parts["categories"], reading), reading)
    assert not reading.problems, reading.problems
    return str(parts["version"].value), MappingProxyType(categories)


def _taxonomy(version: str, categories: Mapping[str, Category]) -> Taxonomy:
    model = resources.files("policywatch.taxonomy").joinpath("model.json.gz")
    told = hashlib.sha256(model.read_bytes() if model.is_file() else b"")
    for category in categories.values():
        rules = tuple(replace(rule, origin="") for rule in category.rules)
        told.update(repr(replace(category, rules=rules)).encode())
    return Taxonomy(version, MappingProxyType(dict(categories)), told.hexdigest())


def _read_user_file(path: Path, reading: _Reading) -> list[yaml.MappingNode]:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        reading.problems.append(f"{path}: cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        reading.problems.append(f"{path}: is not UTF-8 text")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        reading.problems.append(f"{path}{place}: {error.problem or 'is not YAML'}")
    except yaml.YAMLError as error:
        reading.problems.append(f"{path}: is not YAML: {error}")
    else:
        if root is None:
            return []
        if not isinstance(root, yaml.MappingNode):
            reading.problem(root, "a mapping with `categories` was expected")
            return []
        parts = _parts(root, _FILE_KEYS, reading)
        return _entries(parts["categories"], reading) if "categories" in parts else []
    return []


def _entries(node: yaml.Node, reading: _Reading) -> list[yaml.MappingNode]:
    if not isinstance(node, yaml.SequenceNode):
        reading.problem(node, "`categories` is a list")
        return []
    for entry in node.value:
        if not isinstance(entry, yaml.MappingNode):
            reading.problem(entry, "a category is a mapping with an `id`")
    return [entry for entry in node.value if isinstance(entry, yaml.MappingNode)]


def _merge(categories: dict[str, Category], entries: list[yaml.MappingNode], reading: _Reading) -> None:
    for entry in entries:
        parts = _parts(entry, _CATEGORY_KEYS, reading)
        category = _category(entry, parts, categories, reading)
        if category:
            categories[category.id] = category


def _category(
    entry: yaml.MappingNode, parts: Mapping[str, yaml.Node], known: Mapping[str, Category], reading: _Reading
) -> Category | None:
    if "id" not in parts:
        reading.problem(entry, "a category needs an `id`")
        return None
    name = _text(parts["id"], "id", reading)
    if not _ID.fullmatch(name):
        reading.problem(parts["id"], f"`{name}` is no id: lower-case words joined by hyphens, such as data-sharing")
        return None
    base = known.get(name)
    if base is None:
        if "title" not in parts:
            near = get_close_matches(name, known, 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            reading.problem(parts["id"], f"the new category `{name}` needs a `title`{hint}")
        base = Category(name, name, "own", "", "", "", {}, 1.0)
    texts = {key: _text(parts[key], key, reading) for key in _TEXTS if key in parts}
    category = replace(base, **texts)  # type: ignore[arg-type]
    if "positions" in parts:
        category = replace(category, positions=_positions(parts["positions"], reading))
    if "weight" in parts:
        category = replace(category, weight=_number(parts["weight"], "weight", _HEAVIEST, reading, category.weight))
    if "rules" in parts:
        category = replace(category, rules=category.rules + _rules(parts["rules"], name, reading))
    return category


def _positions(node: yaml.Node, reading: _Reading) -> Mapping[str, str]:
    if not isinstance(node, yaml.MappingNode):
        reading.problem(node, "`positions` maps each answer to its meaning")
        return {}
    return MappingProxyType({str(key.value): _text(value, str(key.value), reading) for key, value in node.value})


def _rules(node: yaml.Node, category: str, reading: _Reading) -> tuple[Rule, ...]:
    if not isinstance(node, yaml.SequenceNode):
        reading.problem(node, "`rules` is a list")
        return ()
    rules = []
    for entry in node.value:
        if isinstance(entry, yaml.MappingNode):
            rules += _rule(entry, category, reading)
        else:
            reading.problem(entry, "a rule is a mapping with `text`, `heading` or both")
    return tuple(rules)


def _rule(entry: yaml.MappingNode, category: str, reading: _Reading) -> list[Rule]:
    parts = _parts(entry, _RULE_KEYS, reading)
    if "text" not in parts and "heading" not in parts:
        reading.problem(entry, "a rule needs `text`, `heading` or both")
        return []
    patterns = {key: _pattern(parts[key], key, reading) for key in ("text", "heading", "unless") if key in parts}
    needs = _needs(parts["needs"], reading) if "needs" in parts else ()
    score = _number(parts["score"], "score", 1.0, reading, 0.8) if "score" in parts else 0.8
    origin = f"{reading.name}:{entry.start_mark.line + 1}"
    return [Rule(category, score, needs=needs, origin=origin, **patterns)]


def _needs(node: yaml.Node, reading: _Reading) -> tuple[str, ...]:
    if isinstance(node, yaml.SequenceNode) and all(isinstance(word, yaml.ScalarNode) for word in node.value):
        return tuple(str(word.value).lower() for word in node.value)
    reading.problem(node, "`needs` is a list of pieces of text")
    return ()


def _pattern(node: yaml.Node, key: str, reading: _Reading) -> str:
    pattern = _text(node, key, reading)
    if reading.name == BUILT_IN:
        return pattern
    try:
        compiled = regex.compile(pattern)
        for probe in _PROBES:
            compiled.search(probe, timeout=_PROBE_SECONDS)
    except regex.error as error:
        reading.problem(node, f"`{key}` is not a pattern: {error}")
    except TimeoutError:
        reading.problem(node, f"`{key}` takes too long on ordinary text: avoid nested repetition such as (a+)+")
    else:
        if pattern != pattern.lower() and re.search(r"(?<!\\)[A-Z]", pattern):
            reading.problem(node, f"`{key}` has capital letters; clauses are matched in lower case")
    return pattern


def _number(node: yaml.Node, key: str, most: float, reading: _Reading, default: float) -> float:
    value = float(node.value) if node.tag in _NUMBERS else -1.0
    if not 0 <= value <= most:
        reading.problem(node, f"`{key}` is a number from 0 to {most:g}")
        return default
    return value


def _text(node: yaml.Node, key: str, reading: _Reading) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        reading.problem(node, f"`{key}` is a text")
        return key
    return str(node.value)


def _parts(node: yaml.MappingNode, allowed: tuple[str, ...], reading: _Reading) -> dict[str, yaml.Node]:
    """A mapping's values by key; unknown and repeated keys are problems."""
    parts: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name not in allowed:
            near = get_close_matches(name, allowed, 1)
            reading.problem(
                key,
                f"unknown key `{name}`; " + (f"did you mean `{near[0]}`?" if near else f"known: {', '.join(allowed)}"),
            )
        elif name in parts:
            reading.problem(key, f"`{name}` stands here twice")
        else:
            parts[name] = value
    return parts
