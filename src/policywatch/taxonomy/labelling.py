"""Clauses -> labels: what rules and model say together, each label with the words that decided."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Literal

from policywatch.model import Clause, Label
from policywatch.taxonomy import model
from policywatch.taxonomy.categories import Taxonomy
from policywatch.taxonomy.features import Seen, kind_of, see
from policywatch.taxonomy.normal import looks_english
from policywatch.taxonomy.rules import Hit

LANGUAGES = frozenset({"en"})
MOST_LABELS = 3
_MOST_WORDS = 3

By = tuple[Literal["rule", "model"], ...]


def supports(language: str | None) -> bool:
    """Whether there are rules for a language, by its ISO 639-1 code ("en", "en-GB")."""
    return language is not None and language.split("-")[0].lower() in LANGUAGES


def language_of(clauses: Sequence[Clause]) -> str | None:
    """ "en" where clauses of unknown language read as English, else None."""
    return "en" if looks_english(clause.plain for clause in clauses) else None


def classify(
    taxonomy: Taxonomy, clauses: Sequence[Clause], language: str | None = "en", only: Container[int] | None = None
) -> tuple[tuple[Label, ...], ...]:
    """The labels of each clause of one document, in its order, main one first; of those at ``only`` some places.

    The whole document is the context of each, so the labels of some are those they have among all.

    Built-in categories are three at most; users' rules add theirs. Headings get none. Neither does a document in a
    language without rules (``supports`` tells beforehand); where the language is unknown (None), the clauses' function
    words decide whether it is English.
    """
    at = [index for index, clause in enumerate(clauses) if clause.kind != "heading"]
    read = [clauses[index] for index in at]
    if not read or not supports(language or language_of(read)):
        return tuple(() for _ in clauses)
    places = [place for place, index in enumerate(at) if only is None or index in only]
    if not places:
        return tuple(() for _ in clauses)
    found = _labels(taxonomy, see([(clause.heading, clause.plain) for clause in read]), places)
    labels = {at[place]: one for place, one in zip(places, found, strict=True)}
    return tuple(labels.get(index, ()) for index in range(len(clauses)))


def _labels(taxonomy: Taxonomy, seen: Sequence[Seen], places: Sequence[int]) -> list[tuple[Label, ...]]:
    shipped = model.shipped()
    kind = kind_of(seen)
    matcher = model.matcher_for(taxonomy)
    out = []
    for place, opinions in zip(places, shipped.opinions(taxonomy, seen, places), strict=True):
        clause = seen[place]
        labels = [_label(shipped, clause, kind, opinion) for opinion in chosen(opinions, shipped.second.first_least)]
        if matcher.has_own:
            labels = _with_own(labels, matcher.own_hits(clause.reading.lowered, clause.path))
        out.append(tuple(labels))
    return out


def chosen(opinions: Sequence[model.Opinion], first_least: float) -> list[model.Opinion]:
    """The categories a clause gets: those above their threshold, and the likeliest already from ``first_least`` on."""
    ranked = sorted(opinions, key=lambda opinion: (-opinion.probability, opinion.category))
    kept = [opinion for opinion in ranked if opinion.probability >= opinion.threshold]
    if not kept and ranked and ranked[0].probability >= first_least:
        return ranked[:1]
    return kept[:MOST_LABELS]


def _label(shipped: model.Model, clause: Seen, kind: str, opinion: model.Opinion) -> Label:
    by: list[Literal["rule", "model"]] = ["rule"] if opinion.hits else []
    words = list(dict.fromkeys(hit.words for hit in opinion.hits))
    if not opinion.hits or opinion.alone >= opinion.threshold:
        by.append("model")
    if not opinion.hits:
        words = list(shipped.first.reasons(clause.reading, kind, opinion.category))
    return Label(opinion.category, round(opinion.probability, 3), tuple(by), tuple(words[:_MOST_WORDS]))


def _with_own(labels: list[Label], hits: Sequence[Hit]) -> list[Label]:
    """Users' rules on top: they always count."""
    found = {label.category: label for label in labels}
    for category in dict.fromkeys(hit.rule.category for hit in hits):
        mine = [hit for hit in hits if hit.rule.category == category]
        score, words = round(model.trust(mine), 3), tuple(dict.fromkeys(hit.words for hit in mine))
        before = found.get(category)
        if before is None:
            found[category] = Label(category, score, ("rule",), words[:_MOST_WORDS])
        else:
            by: By = ("rule", "model") if "model" in before.by else ("rule",)
            told = tuple(dict.fromkeys((*words, *before.words)))[:_MOST_WORDS]
            found[category] = Label(category, max(score, before.score), by, told)
    return sorted(found.values(), key=lambda label: (-label.score, label.category))
