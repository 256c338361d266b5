"""What a question is made of: rules that turn passages into evidence, and a decision over the evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from policywatch.taxonomy.positions.grammar import any_found, found
from policywatch.taxonomy.positions.passages import Kind, Passage
from policywatch.taxonomy.positions.scope import others_act

Value = str | int | None
# the sentence; with its lead-in; with its items; with lead-in and heading; with its heading
Reach = Literal["sense", "whole", "list", "titled", "under"]
NOT_STATED = "not-stated"
UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Rule:
    """Says ``answer`` of a passage where all of ``all`` and nothing of ``none`` is found.

    ``answer`` is a position, or a question's own word for a fact that its decision weighs. ``strength`` is how far the
    wording alone settles it (1: says so plainly; 0.5: only a hint).
    """

    answer: str
    all: tuple[str, ...]
    none: tuple[str, ...] = ()
    strength: float = 1.0
    over: Reach = "sense"
    near: tuple[str, ...] = ()  # found in the sentence or its neighbours
    within: tuple[str, ...] = ()  # found in the section or its heading


@dataclass(frozen=True, slots=True)
class Evidence:
    answer: str
    strength: float
    passage: Passage
    value: Value = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A position and the passages for it, the deciding one first; for ``unclear`` one of each side."""

    position: str
    evidence: tuple[Evidence, ...] = ()
    value: Value = None
    beside: Evidence | None = None  # the half of the position that the deciding passage leaves unsaid


Decide = Callable[[Sequence[Evidence]], Verdict]

TERMS_FIRST: dict[Kind, float] = {"terms": 1.0, "privacy": 0.7, "conduct": 0.6, "cookies": 0.3, "business": 0.5}
PRIVACY_FIRST: dict[Kind, float] = {"privacy": 1.0, "terms": 1.0, "cookies": 0.9, "conduct": 0.6, "business": 0.5}
TERMS_ONLY: dict[Kind, float] = {"terms": 1.0, "conduct": 0.5, "business": 0.8}


@dataclass(frozen=True, slots=True)
class Question:
    """One of the contracted questions.

    Only passages that hold one of the ``trigger`` strings are read closely. ``never`` are
    wordings that look like evidence and are not. ``weights`` says how much each sort of document counts; one that is
    missing is not read.
    """

    id: str
    positions: tuple[str, ...]
    trigger: tuple[str, ...]
    rules: tuple[Rule, ...]
    decide: Decide
    never: tuple[str, ...] = ()
    weights: Mapping[Kind, float] = field(default_factory=lambda: TERMS_FIRST)
    own_acts: bool = True  # are sentences about what others do left out?
    fits: Callable[[Passage], float] = lambda _passage: 1.0  # 0 leaves the passage out, below 1 weakens it
    value: Callable[[Passage, str], Value] = lambda _passage, _answer: None

    def evidence(self, passages: Sequence[Passage], *, alone: bool = False) -> list[Evidence]:
        """What the passages say, in their order; at most one piece a passage and answer.

        ``alone`` says that no other sort of document speaks, so that theirs counts in full.
        """
        return [
            piece
            for passage in passages
            if any(word in passage.sense for word in self.trigger)
            for piece in self._read(passage, alone)
        ]

    def _read(self, passage: Passage, alone: bool) -> list[Evidence]:
        weight = self.weights.get(passage.document.kind, 0.0)
        look = _Look(passage)
        matching = [rule for rule in self.rules if look.matches(rule)] if weight else []
        # Most passages match no rule, so what would rule them out is asked last.
        if not matching or any_found(self.never, passage.sense) or (self.own_acts and others_act(passage)):
            return []
        weight = (1.0 if alone else weight) * self.fits(passage)
        best: dict[str, Evidence] = {}
        for rule in matching if weight else ():
            piece = Evidence(rule.answer, weight * rule.strength, passage, self.value(passage, rule.answer))
            if rule.answer not in best or best[rule.answer].strength < piece.strength:
                best[rule.answer] = piece
        return list(best.values())


class _Look:
    """Looks for patterns in one passage; rules share many, so each is looked for once."""

    def __init__(self, passage: Passage) -> None:
        self._texts: dict[str, str] = {"sense": passage.sense}
        self._passage = passage
        self._seen: dict[tuple[str, str], bool] = {}

    def matches(self, rule: Rule) -> bool:
        return (
            all(self._holds(source, rule.over) for source in rule.all)
            and not any(self._holds(source, rule.over) for source in rule.none)
            and all(self._holds(source, "near") for source in rule.near)
            and all(self._holds(source, "section") for source in rule.within)
        )

    def _holds(self, source: str, over: str) -> bool:
        key = (source, over)
        if key not in self._seen:
            self._seen[key] = found(source, self._text(over)) is not None
        return self._seen[key]

    def _text(self, over: str) -> str:
        if over not in self._texts:
            passage = self._passage
            self._texts[over] = {
                "whole": lambda: passage.whole,
                "near": lambda: passage.surroundings,
                "section": lambda: " ; ".join((passage.heading, *passage.section)),
                "titled": lambda: f"{passage.heading}: {passage.whole}",
                "under": lambda: f"{passage.heading}: {passage.sense}",
                "list": lambda: " ".join((passage.sense, *passage.follow)) if passage.follow else "",
            }[over]()
        return self._texts[over]


def of(evidence: Sequence[Evidence], *answers: str) -> list[Evidence]:
    """The evidence for any of these answers, strongest first; of equals what tells most by itself, then in order."""
    return sorted((piece for piece in evidence if piece.answer in answers), key=_rank)


def _rank(piece: Evidence) -> tuple[float, bool, int]:
    passage = piece.passage
    return (-piece.strength, passage.clause.kind == "row", leans(passage))


def leans(passage: Passage) -> int:
    """How much a sentence leans on others to be understood: 0 if it can be quoted alone."""
    points = passage.sense.startswith(_POINTERS)
    continues = found(_CONTINUES, passage.sense) is not None
    whole = passage.text.rstrip(" *_\"”’')").endswith((".", "!", "?")) or bool(passage.follow)
    listed = bool(passage.lead) and not found(
        r"\b(?:we|you|us|our|your)\b.*\b(?:is|are|may|will|can|must|do|agree)\b", passage.sense
    )
    return (
        2 * points
        + 2 * continues
        + 2 * listed
        + (len(passage.text) > _LONG)
        + 3 * (len(passage.text) < _SHORT)
        + (not whole)
    )


def telling(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence with the piece first that tells the same as the strongest, nearly as surely, and best by itself."""
    if not evidence:
        return ()
    top = evidence[0]
    alike = [
        piece
        for piece in evidence
        if (piece.answer, piece.value) == (top.answer, top.value) and piece.strength >= _NEARLY * top.strength
    ]
    first = min(alike, key=lambda piece: leans(piece.passage))  # of equals the one that the decision put first
    return (first, *(piece for piece in evidence if piece is not first))


_NEARLY = 0.85  # of the strongest evidence's strength
_SHORT = 30  # characters
_LONG = 600  # characters of a sentence that few will read to its end
_OPENERS = (
    r"(?:however|therefore|also|additionally|in addition|furthermore|moreover|otherwise|nevertheless|"
    r"accordingly|for example|in (?:this|that|such|these)(?: \w+)?|if (?:so|not|we do|you do)(?=,)|"
    r"when we do(?: (?:so|this|that))?|"
    r"as (?:stated|described|mentioned|noted|set out)\b[^,]{0,40}),? "
)
_CONTINUES = (
    rf"\A\W*(?:{_OPENERS})*(?:this|that|these|those|such|it|they|he|she|the (?:aforementioned|same|"
    rf"data|former|latter))\b"
    r"(?! (?:\w+ ){0,3}?(?:agreement|terms|polic(?:y|ies)|site|website|services?|contract|section|document|notice|"
    rf"statement|licen[sc]e)\b)|\A\W*(?:{_OPENERS})"
)
_POINTERS = ("read ", "see ", "learn ", "for more ", "click ", "visit ", "please read", "please see")


def best(evidence: Sequence[Evidence], *answers: str) -> float:
    """The strength of the strongest evidence for any of these answers; 0 if there is none."""
    return max((piece.strength for piece in evidence if piece.answer in answers), default=0.0)


def state(position: str, evidence: Sequence[Evidence], value: Value = None) -> Verdict:
    """A position that the evidence supports. Without a value, the strongest evidence's is taken."""
    if value is None:
        value = next((piece.value for piece in evidence if piece.value is not None), None)
    return Verdict(position, tuple(evidence), value)


def torn(*sides: Sequence[Evidence]) -> Verdict:
    """Unclear, with the strongest passage of each side."""
    return Verdict(UNCLEAR, tuple(side[0] for side in sides if side))


def strongest(evidence: Sequence[Evidence], *, enough: float = 0.5, margin: float = 0.75) -> Verdict:
    """The answer with the strongest evidence; unclear if another comes within ``margin`` of it or none is enough."""
    if not evidence:
        return Verdict(NOT_STATED)
    answers = sorted({piece.answer for piece in evidence}, key=lambda answer: -best(evidence, answer))
    first = of(evidence, answers[0])
    if first[0].strength < enough:
        return torn(first)
    if len(answers) > 1 and best(evidence, answers[1]) >= margin * first[0].strength:
        return torn(first, of(evidence, answers[1]))
    return state(answers[0], first)
