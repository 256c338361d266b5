"""The taxonomy as values: categories, the rules that recognise them, and where each came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

BUILT_IN = "categories.yaml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to recognise a category. It holds when every part that is set holds; docs/taxonomy.md has the words.

    Patterns see text in lower case, as ``normal.lowered`` makes it. ``origin`` is the file (with line) it was read
    from; rules from users' files run under a time limit.
    """

    category: str
    score: float  # 0..1: how far the rule is to be trusted by itself
    text: str | None = None
    heading: str | None = None
    unless: str | None = None
    needs: tuple[str, ...] = ()
    origin: str = BUILT_IN

    @property
    def trusted(self) -> bool:
        """Ships with policywatch: its patterns are known to take linear time."""
        return self.origin.startswith(f"{BUILT_IN}:")


@dataclass(frozen=True, slots=True)
class Category:
    """What a kind of clause does, why it matters, and what is asked of it.

    ``positions`` maps each possible answer to ``question`` to its meaning; empty where only clauses are shown.
    ``weight`` is its severity: 1 low, 2 medium, 3 high; 0 never counts.
    """

    id: str
    title: str
    family: str
    does: str
    matters: str
    question: str
    positions: Mapping[str, str]
    weight: float
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The categories in force. ``digest`` changes whenever labels or weights might: a key for caches."""

    version: str
    categories: Mapping[str, Category]
    digest: str

    @property
    def weights(self) -> Mapping[str, float]:
        """Category -> severity weight."""
        return MappingProxyType({category.id: category.weight for category in self.categories.values()})

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for category in self.categories.values() for rule in category.rules)
