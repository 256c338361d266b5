"""Patterns that compile when they are first needed: every command loads these modules, few meet what they look for."""

from __future__ import annotations

import importlib
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import regex


class _Late:
    """Stands for a compiled pattern; a method that was asked for once is found without a detour from then on."""

    def __init__(self, engine: str, pattern: str, flags: int) -> None:
        self._source = engine, pattern, flags

    @cached_property
    def _compiled(self) -> Any:
        engine, pattern, flags = self._source
        return importlib.import_module(engine).compile(pattern, flags)

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(self._compiled, name)
        return found


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return cast(re.Pattern[str], _Late("re", pattern, int(flags)))


def late_regex(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """For what ``re`` lacks: classes of Unicode, one name for groups of several branches. ``flags`` are re's."""
    return cast("regex.Pattern[str]", _Late("regex", pattern, int(flags)))
