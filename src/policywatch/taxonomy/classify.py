"""Clauses -> labels: what the rules say, each label with the words that decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from policywatch.model import Clause, Label
from policywatch.taxonomy.categories import Rule, Taxonomy
from policywatch.taxonomy.normal import looks_english, straight
from policywatch.taxonomy.rules import Matcher

LANGUAGES = frozenset({"en"})
MOST_LABELS = 3


def supports(language: str | None) -> bool:
    """Whether there are rules for a language, by its ISO 639-1 code ("en", "en-GB")."""
    return language is not None and language.split("-")[0].lower() in LANGUAGES


def language_of(clauses: Sequence[Clause]) -> str | None:
    """ "en" where clauses of unknown language read as English, else None."""
    return "en" if looks_english(clause.plain for clause in clauses) else None


def classify(
    taxonomy: Taxonomy, clauses: Sequence[Clause], language: str | None = "en"
) -> tuple[tuple[Label, ...], ...]:
    """The labels of each clause of one document, main one first; at most three.

    A document in a language without rules gets none (``supports`` tells beforehand). Where the language is unknown
    (None), its function words decide whether it is English.
    """
    if not supports(language or language_of(clauses)):
        return tuple(() for _ in clauses)
    matcher = _matcher(taxonomy.rules)
    return tuple(_labels(matcher, clause) for clause in clauses)


@lru_cache(maxsize=4)
def _matcher(rules: tuple[Rule, ...]) -> Matcher:
    return Matcher(rules)


def _labels(matcher: Matcher, clause: Clause) -> tuple[Label, ...]:
    if clause.kind == "heading":
        return ()
    best: dict[str, tuple[float, list[str]]] = {}
    for hit in matcher.hits(straight(clause.plain).lower(), straight(" > ".join(clause.heading)).lower()):
        score, words = best.get(hit.rule.category, (0.0, []))
        best[hit.rule.category] = (1 - (1 - score) * (1 - hit.rule.score), [*words, hit.words])
    ranked = sorted(best.items(), key=lambda entry: (-entry[1][0], entry[0]))[:MOST_LABELS]
    return tuple(Label(category, round(score, 3), ("rule",), tuple(words)) for category, (score, words) in ranked)
