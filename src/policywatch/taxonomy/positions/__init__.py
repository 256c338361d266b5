"""Positions: a platform's answer to each contracted question, with the sentences that give it.

``find`` reads all documents of one platform together. Consumer terms and privacy policies speak first; what is written
for businesses, developers and trials is heard only where nothing else speaks. An answer is asserted only when the
wording supports it; otherwise it is ``unclear`` (with the passages that make one hesitate) or ``not-stated``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources

from policywatch.model import Position, Quote, language_name
from policywatch.taxonomy.labelling import supports
from policywatch.taxonomy.normal import looks_english
from policywatch.taxonomy.positions.passages import Passage, PolicyDocument, read
from policywatch.taxonomy.positions.questions import QUESTIONS
from policywatch.taxonomy.positions.rules import NOT_STATED, UNCLEAR, Evidence, Question, Value, Verdict, telling
from policywatch.taxonomy.positions.verify import in_clauses, standing

__all__ = ["NOT_STATED", "QUESTIONS", "UNCLEAR", "PolicyDocument", "digest", "find", "standing"]

_QUOTES = 4
_SPEAKS = 0.7  # weight from which a sort of document can be expected to answer a question


@cache
def digest() -> str:
    """Changes whenever the rules may: a key for caches."""
    package = resources.files(__package__)
    sources = [
        part for folder in (package, package / "questions") for part in folder.iterdir() if part.name.endswith(".py")
    ]
    return sha256(b"\0".join(part.read_bytes() for part in sorted(sources, key=str))).hexdigest()


def find(documents: Sequence[PolicyDocument], platform: str = "") -> tuple[Position, ...]:
    """One position a question, for the documents of one platform.

    Documents in a language without rules are not read: with nothing found elsewhere the answer is ``unclear``, never
    ``not-stated``. ``platform`` is the name to print; by default the documents' slug.
    """
    readable = [document for document in documents if _readable(document)]
    name = platform or (documents[0].id.partition("/")[0] if documents else "")
    passages = read(readable, platform)
    clauses = {document.id: document.clauses for document in documents}
    unread = sorted({language_name(one.language) for one in documents if not _readable(one)})
    found = (_position(name, question, _verdict(question, passages), unread) for question in QUESTIONS.values())
    return standing(found, lambda quote: in_clauses(quote, clauses.get(quote.document, ())))


def _readable(document: PolicyDocument) -> bool:
    """Is it in a language with rules? Where the language is unknown, its function words decide."""
    return supports(document.language) if document.language else looks_english(one.plain for one in document.clauses)


def _verdict(question: Question, passages: Sequence[Passage]) -> Verdict:
    """What the consumer documents say; the business ones speak only where no other could."""
    consumer = [passage for passage in passages if passage.document.kind != "business"]
    if any(question.weights.get(passage.document.kind, 0.0) >= _SPEAKS for passage in consumer):
        return question.decide(question.evidence(consumer))
    return question.decide(question.evidence(passages, alone=True))


def _position(platform: str, question: Question, verdict: Verdict, unread: Sequence[str]) -> Position:
    unclear = verdict.position == UNCLEAR
    evidence = verdict.evidence if unclear else telling(verdict.evidence)
    deciding = evidence if unclear else [*_deciding(evidence, verdict.value), *filter(None, (verdict.beside,))]
    quotes = _once(piece.passage.quote for piece in (*deciding, *evidence))[:_QUOTES]
    rests = len(_once(piece.passage.quote for piece in deciding))
    if unread and verdict.position == NOT_STATED:
        note = f"no rules yet for documents in {', '.join(unread)}"
        return Position(platform=platform, question=question.id, position=UNCLEAR, note=note)
    return Position(
        platform=platform,
        question=question.id,
        position=verdict.position,
        value=verdict.value,
        quotes=quotes,
        rests=min(max(rests, 1), _QUOTES),
    )


def _once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """One sentence in several documents is one quote, where it stands first."""
    first: dict[str, Quote] = {}
    for quote in quotes:
        first.setdefault(quote.text, quote)
    return tuple(first.values())


def _deciding(evidence: Sequence[Evidence], value: Value) -> list[Evidence]:
    """What the answer rests on: the piece that tells most and has the value, or for each part of a value the first."""
    parts = str(value).split("; ") if value is not None else []
    first: dict[str, Evidence] = {}
    for piece in evidence:
        if str(piece.value) in parts:
            first.setdefault(str(piece.value), piece)
    carrying = next(iter(first.values()), None)
    if len(first) > 1 or carrying is None:
        return list(first.values()) or list(evidence[:1])
    alike = [piece for piece in evidence if piece.value == carrying.value]
    return list(telling(alike)[:1])
