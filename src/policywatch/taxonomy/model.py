"""Both halves of the model and the rules between them: clauses of a document -> probabilities by category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from policywatch.taxonomy import context, linear
from policywatch.taxonomy.categories import Taxonomy
from policywatch.taxonomy.features import Seen
from policywatch.taxonomy.rules import Asked, Hit, Matcher


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

    def opinions(self, taxonomy: Taxonomy, seen: Sequence[Seen], places: Sequence[int]) -> list[list[Opinion]]:
        """For the clauses at these places of one document: the categories that may be chosen."""
        names, second = self.first.names, self.second
        scores = self.first.scores(seen)
        ruled = Ruled(taxonomy, names, seen)
        out = []

        def headed(place: int) -> Sequence[float]:
            return self.first.headed(seen[place].heading)

        weighed = context.facts(seen, scores, headed, ruled, second.first, places)
        for place, candidates in zip(places, weighed, strict=True):
            opinions = []
            for lane, facts in candidates:
                chance = second.probability(facts)
                if chance >= second.first_least:
                    hits = ruled.hits.get((place, lane), ())
                    alone = second.unruled(facts) if hits else chance
                    opinions.append(Opinion(names[lane], chance, alone, second.least, hits))
            out.append(opinions)
        return out


class Ruled(dict[tuple[int, int], float]):
    """(Clause, lane) -> how far the built-in rules are to be trusted that hold there; 0 where none does.

    Each is asked once, when somebody wants to know. To be asked about categories that the first half leaves possible:
    rules cost more than the model.
    """

    def __init__(self, taxonomy: Taxonomy, names: Sequence[str], seen: Sequence[Seen]) -> None:
        super().__init__()
        self._matcher = matcher_for(taxonomy)
        self._names, self._seen = names, seen
        self._asked: dict[int, Asked] = {}
        self.hits: dict[tuple[int, int], tuple[Hit, ...]] = {}

    def __missing__(self, at: tuple[int, int]) -> float:
        place, lane = at
        asked = self._asked.get(place)
        if asked is None:
            clause = self._seen[place]
            asked = self._asked[place] = self._matcher.asked(clause.reading, clause.path)
        hits = asked.hits(self._names[lane])
        if hits:
            self.hits[at] = hits
        found = self[at] = trust(hits) if hits else 0.0
        return found


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
