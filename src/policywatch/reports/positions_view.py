"""Platforms side by side on a question: what every format lays out. Values in, words out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policywatch.model import Position, Quote, plain
from policywatch.reports.text import clean
from policywatch.reports.wording import day

NOT_STATED = "not-stated"
UNCLEAR = "unclear"
NOT_READ = "not-read"
_OPEN = (UNCLEAR, NOT_STATED, NOT_READ)  # what is open, last
POSITIONS_NOTICE = (
    "This says what the documents state, permit or reserve, as read by rules. Not stated: not found in the documents "
    "that the archive has of the platform. It is no legal determination; policywatch is independent of the platforms."
)


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question as the taxonomy words it; ``meanings`` explains each possible position."""

    id: str
    title: str
    question: str
    meanings: Mapping[str, str]
    words: tuple[str, ...] = ()  # what its answers are told by: a long quote is cut around them


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote ready to print: clean, with where and since when it stands."""

    text: str
    place: str  # "openai/terms-of-service:41"
    since: str  # "4 Mar 2026", "" where unknown


@dataclass(frozen=True, slots=True)
class Row:
    platform: str
    position: str
    answer: str  # the position in words, with its value: "minimum age: 13"
    note: str
    quotes: tuple[Cited, ...]

    @property
    def asserted(self) -> bool:
        return self.position not in (NOT_STATED, UNCLEAR)

    @property
    def tone(self) -> str:
        """ "asserted", "unclear" or "not-stated": what was not read is as open as what is not said."""
        return "asserted" if self.asserted else NOT_STATED if self.note else self.position


@dataclass(frozen=True, slots=True)
class Comparison:
    question: QuestionText
    rows: tuple[Row, ...]

    @property
    def counts(self) -> str:
        """ "3 trains, 1 unclear, 2 not stated": the commonest first, what is open last."""
        found = Counter(NOT_READ if row.note else row.position for row in self.rows)
        order = sorted(found, key=lambda one: (_OPEN.index(one) if one in _OPEN else -1, -found[one], one))
        return ", ".join(f"{found[position]} {words(position)}" for position in order)


def compare(questions: Sequence[QuestionText], positions: Sequence[Position]) -> tuple[Comparison, ...]:
    """One comparison a question, platforms by name; those that answer alike stand together."""
    return tuple(
        Comparison(
            question,
            tuple(
                _row(position)
                for position in sorted(
                    (one for one in positions if one.question == question.id),
                    key=lambda one: (
                        _order(question, NOT_READ if one.note else one.position),
                        one.platform.lower(),
                    ),
                )
            ),
        )
        for question in questions
    )


def _order(question: QuestionText, position: str) -> int:
    known = [*question.meanings, UNCLEAR, NOT_STATED, NOT_READ]
    return known.index(position) if position in known else len(known)


def _row(position: Position) -> Row:
    return Row(
        platform=clean(position.platform),
        position=position.position,
        answer=answer(position),
        note=clean(position.note or ""),
        quotes=tuple(cited(quote) for quote in position.deciding),
    )


def answer(position: Position) -> str:
    """The position in words, with its value."""
    if position.note:
        return words(NOT_READ)
    said = words(position.position)
    if position.value is None:
        return said
    if position.position == "law":
        return clean(str(position.value))
    value = f"{position.value} days" if position.position == "with-notice" else str(position.value)
    return f"{said}: {clean(value)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to count: with its value, or ``lumped``: one of several that only one platform has."""

    position: str
    words: str
    lumped: bool = False


def tally(positions: Sequence[Position]) -> Counter[Answer]:
    """Answers -> number of platforms; values that stand alone are counted as one answer where there are several."""
    said = Counter((one.position, one.value) for one in positions)
    alone = Counter(position for (position, value), number in said.items() if number == 1 and value is not None)
    return Counter(
        Answer(one.position, _OTHERWISE[one.position], lumped=True)
        if one.value is not None
        and said[one.position, one.value] == 1
        and alone[one.position] > 1
        and one.position in _OTHERWISE
        else Answer(NOT_READ if one.note else one.position, answer(one))
        for one in positions
    )


def cited(quote: Quote) -> Cited:
    return Cited(clean(plain(quote.text)).strip(), f"{quote.document}:{quote.line}", day(quote.since))


def words(position: str) -> str:
    """ "trains unless opt-out" for trains-unless-opt-out."""
    return _WORDS.get(position, position.replace("-", " "))


_OTHERWISE = {
    "law": "another law",
    "minimum-age": "another age",
    "fixed-period": "another fixed period",
    "capped": "capped otherwise",
    "with-notice": "with another notice",
}
_WORDS = {
    "trains-unless-opt-out": "trains unless opt-out",
    "only-with-opt-in": "only with opt-in",
    "mandatory-with-opt-out": "mandatory with opt-out",
    "sells-or-shares": "sells or shares",
    "for-cause": "for cause",
    "law": "with a law named",
}
