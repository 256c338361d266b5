"""Both halves of the model and the rules between them: clauses of a document -> probabilities by category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from policywatch.taxonomy import context, linear
from policywatch.taxonomy.categories import Taxonomy
from policywatch.taxonomy.features import Seen
from policywatch.taxonomy.rules import Hit, Matcher

_RULE = context.FACTS.index("rule")
_UNRULED: tuple[float, tuple[Hit, ...]] = (0.0, ())


class Opinion(NamedTuple):
    """What speaks for a category in a clause. ``alone`` is the model's probability had no rule held."""

    category: str
    probability: float
    alone: float
    threshold: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Model:
    first: linear.Linear
    second: context.Context

    def opinions(
        self, taxonomy: Taxonomy, seen: Sequence[Seen], places: Sequence[int]
    ) -> list[tuple[list[Opinion], float]]:
        """For the clauses at these places of one document: the categories that may be chosen, and how likely it is to
        have none."""
        names = self.first.names
        scores = self.first.scores(seen)
        held = ruled(taxonomy, names, seen, scores, places)
        trusts = {at: trust for at, (trust, _) in held.items()}
        probability = self.second.probability
        out = []
        for place, candidates in zip(places, context.facts(seen, scores, trusts, places), strict=True):
            *possible, (_, facts) = candidates
            nothing = probability("", facts)
            opinions = []
            for lane, facts in possible:
                name = names[lane]
                trust, hits = held.get((place, lane), _UNRULED)
                chance = alone = probability(name, facts)
                if trust:
                    facts[_RULE] = 0.0
                    alone = probability(name, facts)
                threshold = self.second.thresholds[name]
                # Most candidates can't be chosen, with rules or without.
                if chance >= threshold or chance > nothing or alone >= threshold or alone > nothing:
                    opinions.append(Opinion(name, chance, alone, threshold, hits))
            out.append((opinions, nothing))
        return out


def ruled(
    taxonomy: Taxonomy,
    names: Sequence[str],
    seen: Sequence[Seen],
    scores: Sequence[Sequence[float]],
    places: Iterable[int],
) -> dict[tuple[int, int], tuple[float, tuple[Hit, ...]]]:
    """The built-in rules that hold at these places, by (clause, lane), with their joint trust.

    Only for categories that the first half leaves possible: rules cost more than the model.
    """
    asked_of = matcher_for(taxonomy).asked
    held = {}
    for place in places:
        clause, row = seen[place], scores[place]
        asked = asked_of(clause.reading, clause.path)
        for lane, score in enumerate(row[:-1]):
            if score > context.POSSIBLE:
                hits = asked.hits(names[lane])
                if hits:
                    held[place, lane] = (trust(hits), hits)
    return held


def trust(hits: Sequence[Hit]) -> float:
    """How far several rules together are to be trusted."""
    doubt = 1.0
    for hit in hits:
        doubt *= 1 - hit.rule.score
    return 1 - doubt


def matcher_for(taxonomy: Taxonomy) -> Matcher:
    """The matcher of a taxonomy's rules; the last few are kept, with what they have learnt."""
    found = _matchers.get(taxonomy.digest)
    if found is None:
        while len(_matchers) >= _MATCHERS:
            _matchers.pop(next(iter(_matchers)), None)
        found = _matchers[taxonomy.digest] = Matcher(taxonomy.rules)
    return found


_MATCHERS = 4
_matchers: dict[str, Matcher] = {}


def read(content: Mapping[str, Any]) -> Model:
    """A model file's content."""
    return Model(linear.read(content), context.read(content))


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with policywatch."""
    return read(linear.shipped())
