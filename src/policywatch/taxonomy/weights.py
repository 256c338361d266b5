"""What features weigh for all categories at once: as the model file writes it, and as one integer to add up.

The integer has a lane of LANE bits for each category, so that adding up a clause's features is a handful of additions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LANE = 32  # bits
MOST = 40  # steps from 0 to the largest weight

_ZERO = 75  # the letter that stands for level 0 in the file
_BYTES = LANE // 8
_LIFT = 128  # makes every weight a positive byte
_LIFTED_LANE = _LIFT.to_bytes(_BYTES, "little")


class Table(dict[str, int]):
    """Feature -> its weights, from when they are first asked for."""

    def __init__(self, features: Sequence[str], letters: str) -> None:
        """``letters`` are those of the features one after the other."""
        super().__init__()
        self._rows = _Rows(letters, len(features))
        self._places = dict(zip(features, range(len(features)), strict=True))

    def __missing__(self, feature: str) -> int:
        """Unknown features count nothing, and aren't kept: there is no end to them."""
        place = self._places.get(feature)
        if place is None:
            return 0
        found = self[feature] = self._rows[place]
        return found

    def sum(self, features: Iterable[str]) -> int:
        """Of all of them, each as often as it comes."""
        return sum(map(self.__getitem__, features))


class Pairs(dict[str, dict[str, int]]):
    """First word -> the words right after it that tell something -> their weights, from when it is first met."""

    def __init__(self, lines: Iterable[str], letters: str) -> None:
        """Each line has a first word and those after it, in the order of the letters."""
        super().__init__()
        self._seconds: dict[str, tuple[int, str]] = {}
        place = 0
        for line in lines:
            first, _, seconds = line.partition(" ")
            self._seconds[first] = place, seconds
            place += seconds.count(" ") + 1
        self._rows = _Rows(letters, place)

    def __missing__(self, first: str) -> dict[str, int]:
        place, seconds = self._seconds.get(first, (0, ""))
        found = self[first] = {second: self._rows[at] for at, second in enumerate(seconds.split(), place)}
        return found

    def sum(self, words: Sequence[str]) -> int:
        """Of all words with the one after them."""
        return sum(filter(None, map(dict.get, map(self.__getitem__, words), words[1:])))


class _Rows:
    """The weights of so many features, as the file has them."""

    def __init__(self, letters: str, features: int) -> None:
        self._letters, self._lanes = letters, len(letters) // max(1, features)

    def __getitem__(self, place: int) -> int:
        return decoded(self._letters[place * self._lanes : (place + 1) * self._lanes])


def weight_of(level: int) -> int:
    """The weight that a level from -MOST to MOST stands for: fine steps near zero, coarse ones far from it."""
    return level + level * abs(level) // 20 if level >= 0 else -weight_of(-level)


def encoded(levels: Iterable[int]) -> str:
    """A feature's levels, one for each lane, as the file has them: a letter each."""
    return "".join([chr(_ZERO + level) for level in levels])


def decoded(letters: str) -> int:
    """The weights of ``encoded`` levels, packed."""
    spread = bytearray(_BYTES * len(letters))
    spread[::_BYTES] = letters.encode().translate(_LIFTED)
    return int.from_bytes(spread, "little") - int.from_bytes(_LIFTED_LANE * len(letters), "little")


def packed(weights: Sequence[int]) -> int:
    """A weight for each lane as one integer."""
    total = 0
    for weight in reversed(weights):
        total = (total << LANE) + weight
    return total


_LIFTED = bytes([weight_of(min(MOST, max(-MOST, code - _ZERO))) + _LIFT for code in range(256)])
