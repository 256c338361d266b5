"""How alike two clauses are, and which are worth asking about: by rare shared words, never all against all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from policywatch.comparison.letters import spelled

_WORD = spelled(r"[\p{Han}\p{Hiragana}\p{Katakana}]|[\p{L}\p{M}]+|[\p{N}]+")
_COMMON = frozenset(
    "a an the of to in on at by for from with as and or if is are be been was were it its this that these those which"
    " we us our you your they their them any all not no may will can do does have has such other".split()
)
RARE = 12  # the rarest words of a clause that look for partners
CROWD = 48  # a word in more clauses than this finds none
BEST = 8  # partners looked at closely
MARGIN = 1e-9  # of rounding


class Profile(NamedTuple):
    """A clause's words and pairs of neighbours; a word has its weight as often as it stands there."""

    words: Mapping[str, float]
    pairs: Mapping[tuple[str, str], int]
    weight: float
    length: int

    @classmethod
    def of(cls, text: str) -> Profile:
        """The profile of a text in canonical form. All numbers are one word."""
        words = ["#" if word[0].isdecimal() else word for word in _WORD(text).findall(text.lower())]
        weighed = {word: count * weight(word) for word, count in Counter(words).items()}
        return cls(weighed, Counter(pairwise(words)), sum(weighed.values()), len(words))

    @classmethod
    def together(cls, parts: Sequence[Profile]) -> Profile:
        words: dict[str, float] = {}
        pairs: Counter[tuple[str, str]] = Counter()
        for part in parts:
            for word, weighs in part.words.items():
                words[word] = words.get(word, 0.0) + weighs
            pairs.update(part.pairs)
        return cls(words, pairs, sum(part.weight for part in parts), sum(part.length for part in parts))


@lru_cache(maxsize=1 << 14)
def weight(word: str) -> float:
    return 0.25 if word in _COMMON else 0.5 if word == "#" or len(word) < 3 else 1.0


def shared(a: Profile, b: Profile) -> float:
    """The weight of the words that both have."""
    small, large = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    total = 0.0
    for word, weighs in small.items():
        if word in large:
            total += min(weighs, large[word])
    return total


def contained(part: Profile, whole: Profile) -> int:
    """How many of a part's pairs of neighbours are neighbours in the whole."""
    pairs = whole.pairs
    return sum(min(part.pairs[pair], pairs[pair]) for pair in part.pairs.keys() & pairs.keys())


def alike(a: Profile, b: Profile, least: float = 0.0) -> float:
    """0..1: how much of both texts' words, and of their neighbourhoods, both have; 0 if it is less than ``least``."""
    if not a.length or not b.length:
        return 0.0
    both = a.weight + b.weight
    if a.length < 3 or b.length < 3:
        words = 2 * shared(a, b) / both
        return words if words >= least else 0.0
    near = 0.4 * 2 / (a.length + b.length - 2)
    most = near * (min(a.length, b.length) - 1)
    if 0.6 * 2 * min(a.weight, b.weight) / both + most < least - MARGIN:
        return 0.0
    words = 2 * shared(a, b) / both
    if 0.6 * words + most < least - MARGIN:
        return 0.0
    small, large = (a, b) if len(a.pairs) <= len(b.pairs) else (b, a)
    score = 0.6 * words + 0.4 * 2 * contained(small, large) / (a.length + b.length - 2)
    return score if score >= least else 0.0


def candidates(before: Sequence[Profile], after: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs that share rare words, the few best of each ``before``."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for j, profile in enumerate(after):
        for word in profile.words:
            places[word].append(j)
    for i, profile in enumerate(before):
        rare = sorted((len(places[word]), word) for word in profile.words if word in places)
        score: defaultdict[int, float] = defaultdict(float)
        for count, word in rare[:RARE]:
            if count > CROWD and score:
                break
            for j in places[word][:CROWD]:
                score[j] += weight(word) / count
        for j in sorted(score, key=lambda j: (-score[j], j))[:BEST]:
            yield i, j
