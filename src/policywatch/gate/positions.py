"""Positions outside of what the gate allows, that nobody has signed off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policywatch.archive import Archive
from policywatch.extraction.markdown import parse
from policywatch.gate.asking import Question
from policywatch.gate.words import answering
from policywatch.model import Finding, Position, plain
from policywatch.survey import Standing, Survey
from policywatch.taxonomy import Taxonomy
from policywatch.taxonomy.positions import NOT_STATED, PolicyDocument, find


def positions(archive: Archive, classes: Taxonomy, covered: Mapping[str, int], asked: Question) -> Iterator[Finding]:
    """One finding for each platform and question whose position left the allowed set since the last sign-off.

    ``covered`` has the version of each of their documents up to which it is signed off, 0 for none. A platform that
    never said anything is let through, one that says nothing any more is not.
    """
    if not asked.gate.positions:
        return
    with Survey(archive, classes) as survey:
        for documents in survey.platforms(covered).values():
            platform = _Platform(archive, documents, covered, classes, asked)
            for position in survey.positions(documents):
                if position.position not in asked.gate.positions.get(position.question, (position.position,)):
                    yield from platform.finding(position)


class _Platform:
    """One platform's documents, as they stand and as they were signed off."""

    def __init__(
        self,
        archive: Archive,
        documents: Sequence[Standing],
        covered: Mapping[str, int],
        classes: Taxonomy,
        asked: Question,
    ) -> None:
        self._archive, self._documents, self._classes, self._asked = archive, documents, classes, asked
        self._covered = {one.id: min(covered[one.id], one.head.version) for one in documents}

    def finding(self, position: Position) -> Iterator[Finding]:
        """What the gate says of a position that it does not allow."""
        signed_off = self._covered
        if position.position == NOT_STATED:
            # Whatever a first version said, the platform said it: taking it away is news.
            signed_off = {document: max(version, 1) for document, version in self._covered.items()}
        known = self._at(position.question, signed_off)
        if position.position == NOT_STATED and (known is None or not self._allows(known)):
            return
        if not self._settled(position, known, signed_off):
            yield self._described(position, known, self._to_sign_off(position, known, signed_off))

    def _allows(self, position: Position) -> bool:
        return position.position in self._asked.gate.positions[position.question]

    def _at(self, question: str, versions: Mapping[str, int]) -> Position | None:
        """The platform's position as the documents had it at some versions; 0 leaves a document out."""
        read = [_as_it_was(self._archive, one, versions[one.id]) for one in self._documents if versions[one.id]]
        return next((one for one in find(read, self._documents[0].platform) if one.question == question), None)

    def _settled(self, position: Position, known: Position | None, versions: Mapping[str, int]) -> bool:
        """Whether somebody signed off that the platform takes this position, and that the document quoted says so."""
        if known is None or known.position != position.position:
            return False
        quoted = next(
            (one for one in self._documents if position.quotes and one.id == position.quotes[0].document), None
        )
        return quoted is None or versions[quoted.id] == quoted.head.version or quoted.id in _said_in(known)

    def _to_sign_off(
        self, position: Position, known: Position | None, signed_off: Mapping[str, int]
    ) -> tuple[Standing, ...]:
        """The documents whose newest versions settle it: the one that is quoted, where that is enough."""
        said = [*_said_in(position), *(_said_in(known) if known else ())]
        rank = {document: place for place, document in reversed(tuple(enumerate(said)))}
        waiting = sorted(
            (one for one in self._documents if signed_off[one.id] < one.head.version),
            key=lambda one: rank.get(one.id, len(said)),
        )
        for one in waiting:
            if self._settled_by(position, signed_off, (one,)):
                return (one,)
        needed = tuple(waiting)
        for one in reversed(waiting):
            fewer = tuple(each for each in needed if each is not one)
            needed = fewer if self._settled_by(position, signed_off, fewer) else needed
        return needed

    def _settled_by(self, position: Position, signed_off: Mapping[str, int], documents: Sequence[Standing]) -> bool:
        then = {**signed_off, **{one.id: one.head.version for one in documents}}
        return self._settled(position, self._at(position.question, then), then)

    def _described(self, position: Position, known: Position | None, waiting: Sequence[Standing]) -> Finding:
        quotes = (*position.quotes, *(known.quotes if known else ()))
        by_id = {one.id: one for one in self._documents}
        place = by_id[quotes[0].document] if quotes else waiting[0]
        headed = place if place in waiting else waiting[0]
        question, asked = position.question, self._asked
        before = f" (before: {known.position})" if known and known.position != NOT_STATED else ""
        if known and known.position == position.position:
            before = " (said elsewhere before; what is quoted is not reviewed yet)"
        note = f"; {position.note}" if position.note else ""
        others = [f"{one.id} version {one.head.version}" for one in waiting]
        also = f"; not reviewed: {', '.join(others)}" if len(waiting) > 1 or headed is not place else ""
        return Finding(
            document=headed.id,
            version=headed.head.version,
            kind="position",
            categories=(question,),
            severity="high",
            reason=f"{place.platform} on {asked.title(question)}: {position.position}{before}, "
            f"not {' or '.join(asked.gate.positions[question])}{note}{also}",
            text=plain(quotes[0].text) if quotes else "",
            path=asked.path(place.id),
            line=position.quotes[0].line if position.quotes else 1,
            sign_off=" && ".join(asked.sign_off(one.id, one.head.version) for one in waiting),
            deciding=self._deciding(place, position),
        )

    def _deciding(self, place: Standing, position: Position) -> tuple[str, ...]:
        if not position.quotes:
            return ()
        quote = position.quotes[0]
        return answering(
            self._classes, place.clauses, place.front.language, quote.line, plain(quote.text), position.question
        )


def _said_in(position: Position) -> tuple[str, ...]:
    return tuple(quote.document for quote in position.quotes)


def _as_it_was(archive: Archive, standing: Standing, version: int) -> PolicyDocument:
    if version == standing.head.version:
        return PolicyDocument(standing.id, standing.name, standing.clauses, language=standing.front.language)
    front, clauses = parse(archive.text(standing.id, version))
    return PolicyDocument(standing.id, standing.name, clauses, language=front.language)
