"""YAML with the place of every key, so that an error can point at it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import yaml

from policywatch.errors import ConfigError

KeyPath = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 40


@dataclass
class Places:
    """Where each key of a file stands. ``problems`` are the YAML's own: doubled keys, keys that aren't text."""

    file: str
    marks: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)  # 1-based line and column
    quotes: set[KeyPath] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def problem(self, path: KeyPath, words: str) -> str:
        """One line about one place: ``file:line:column: key.path: words``."""
        known = path
        while known and known not in self.marks:
            known = known[:-1]
        line, column = self.marks.get(known, (1, 1))
        name = "".join(f"[{step + 1}]" if isinstance(step, int) else f" › {step}" for step in path).removeprefix(" › ")
        return f"{self.file}:{line}:{column}: {name + ': ' if name else ''}{words}"

    def quoted(self, path: KeyPath) -> bool:
        return path in self.quotes

    def order(self, problem: str) -> tuple[int, int, str]:
        """Sorts problems as they stand in the file."""
        found = re.match(re.escape(self.file) + r":(\d+):(\d+)", problem)
        return (int(found[1]), int(found[2]), problem) if found else (0, 0, problem)


def read_yaml(content: str, file: str) -> tuple[Any, Places]:
    """Parse one YAML document into plain values.

    Raises ConfigError where the YAML itself cannot be read.
    """
    loader = _Loader(content)
    try:
        node = loader.get_single_node()
        places = Places(file)
        if node is None:
            raise ConfigError(f"{file}: is empty", hint="start one with `policywatch init`")
        return _value(loader, node, (), places, 0), places
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        words = " ".join(part for part in (error.context, error.problem) if part)
        raise ConfigError(f"{file}: is not YAML", (f"{where}: {words}",)) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ConfigError(f"{file}: is not YAML", (f"{file}:1:1: {error}",)) from error
    finally:
        loader.dispose()


def _value(loader: Any, node: yaml.Node, path: KeyPath, places: Places, depth: int) -> Any:
    places.marks.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if depth > _MAX_DEPTH:  # aliases that contain themselves, or worse
        raise ValueError("nested too deeply")
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, path, places, depth)
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, (*path, index), places, depth + 1) for index, item in enumerate(node.value)]
    return loader.construct_object(node)


def _mapping(loader: Any, node: yaml.MappingNode, path: KeyPath, places: Places, depth: int) -> dict[str, Any]:
    result: dict[str, Any] = {}
    loader.flatten_mapping(node)  # merge keys (<<)
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        mark = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if key is None:
            places.problems.append(f"{places.file}:{mark[0]}:{mark[1]}: a key must be text")
            continue
        here = (*path, key)
        if key in result:
            first = places.marks[here][0]
            places.problems.append(
                f"{places.file}:{mark[0]}:{mark[1]}: {key}: stands here twice; first in line {first}"
            )
            continue
        places.marks[here] = mark
        if key_node.style in ("'", '"'):
            places.quotes.add(here)
        result[key] = _value(loader, value_node, here, places, depth + 1)
    return result


def nearest(word: str, choices: Collection[str], listed: bool = True) -> str:
    """What may have been meant by a name that means nothing, as the end of a sentence."""
    found = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    return f"; did you mean `{found[0]}`?" if found else f"; one of: {', '.join(choices)}" if listed else ""
