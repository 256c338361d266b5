"""One clause that became several, or several that became one: the parts' words are the whole's, in its order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from policywatch.comparison.sides import Rest
from policywatch.comparison.similarity import Profile, alike, contained, shared

SHORTEST = 6  # words of a whole
CONTAINED = 0.6  # of a part's neighbouring words are neighbours in the whole
ADDS = 0.6  # of a part's weight stands in the whole and in no other part
ALIKE = 0.7  # whole and parts together
NEAR = 3  # places between one part and the next
CROWD = 4  # wholes that share a pair of words; more say nothing

Group = tuple[tuple[int, ...], tuple[int, ...]]


class _Join(NamedTuple):
    whole: int
    parts: tuple[int, ...]
    words: float  # how many belong together
    split: bool


def find(rest: Rest) -> Iterator[Group]:
    """Splits and merges among clauses without a partner, the surest first."""
    joins = [*_joins(rest.olds, rest.before.profile, rest.news, rest.after.profile, split=True)]
    joins += _joins(rest.news, rest.after.profile, rest.olds, rest.before.profile, split=False)
    used: dict[bool, set[int]] = {True: set(), False: set()}  # old, new
    for join in sorted(joins, key=lambda join: (-join.words, join.whole, join.parts)):
        if join.whole in used[join.split] or used[not join.split].intersection(join.parts):
            continue
        used[join.split].add(join.whole)
        used[not join.split].update(join.parts)
        yield ((join.whole,), join.parts) if join.split else (join.parts, (join.whole,))


def _joins(
    wholes: Sequence[int],
    whole_profile: Callable[[int], Profile],
    parts: Sequence[int],
    part_profile: Callable[[int], Profile],
    *,
    split: bool,
) -> Iterator[_Join]:
    for whole, fitting in _contained(wholes, whole_profile, parts, part_profile).items():
        for run in _runs(fitting):
            chosen = _needed(whole_profile(whole), run, part_profile)
            if len(chosen) < 2:
                continue
            together = Profile.together([part_profile(part) for part in chosen])
            if alike(whole_profile(whole), together) >= ALIKE:
                yield _Join(whole, chosen, shared(whole_profile(whole), together), split)


def _contained(
    wholes: Sequence[int],
    whole_profile: Callable[[int], Profile],
    parts: Sequence[int],
    part_profile: Callable[[int], Profile],
) -> dict[int, list[int]]:
    """Whole -> the parts whose pairs of words it has; pairs that few wholes have tell which to look at."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for whole in wholes:
        if whole_profile(whole).length >= SHORTEST:
            for pair in whole_profile(whole).pairs:
                places[pair].append(whole)
    out: defaultdict[int, list[int]] = defaultdict(list)
    for part in parts:
        profile = part_profile(part)
        least = CONTAINED * (profile.length - 1)
        hits: dict[int, int] = {}
        more = profile.length - 1 - len(profile.pairs)  # what a whole can have beside its hits
        for pair in profile.pairs.keys() & places.keys():
            near = places[pair]
            if len(near) > CROWD:
                more += 1
                continue
            for whole in near:
                hits[whole] = hits.get(whole, 0) + 1
        enough = max(min(2, profile.length - 1), least - more)
        for whole in sorted([whole for whole, count in hits.items() if count >= enough]):
            known = whole_profile(whole)
            if profile.length < known.length and contained(profile, known) >= least:
                out[whole].append(part)
    return out


def _runs(parts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    run: list[int] = []
    for part in parts:
        if run and part - run[-1] > NEAR:
            yield tuple(run)
            run = []
        run.append(part)
    yield tuple(run)


def _needed(whole: Profile, run: Sequence[int], profile: Callable[[int], Profile]) -> tuple[int, ...]:
    """The parts that each bring words of the whole which the longer ones don't."""
    kept: list[int] = []
    said = 0.0
    for part in sorted(run, key=lambda part: (-profile(part).weight, part)):
        with_it = shared(whole, Profile.together([profile(one) for one in (*kept, part)]))
        if with_it - said >= ADDS * profile(part).weight:
            kept.append(part)
            said = with_it
    return tuple(sorted(kept))
