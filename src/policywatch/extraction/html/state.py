"""The text that a page carries only as its script's data: HTML inside JSON, put in place by a script in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from policywatch.extraction.html.tree import text_of

_MARKED_UP = re.compile(r"</?(?:p|h[1-6]|li|br|div|strong)\b[^>]*>", re.IGNORECASE)
_SMALLEST = 400  # letters of markup; shorter strings are labels and teasers
_DEEPEST = 60


def markup_in_state(root: etree._Element) -> str:
    """The HTML among the page's JSON, in its order and each once; "" if there is none."""
    found: dict[str, None] = {}
    for script in root.iter("script"):
        if "json" in (script.get("type") or "") and len(text := text_of(script)) > _SMALLEST:
            try:
                state = json.loads(text)
            except (ValueError, RecursionError):
                continue
            found.update(dict.fromkeys(_strings(state, 0)))
    return "\n".join(f"<div>{markup}</div>" for markup in found)


def _strings(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) >= _SMALLEST and _MARKED_UP.search(value):
            yield value
    elif depth < _DEEPEST and isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner, depth + 1)
