"""Positions outside of what the gate allows, that nobody has signed off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policywatch.archive import Archive
from policywatch.extraction.markdown import parse
from policywatch.gate.asking import Question
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
            platform = _Platform(archive, documents, covered, asked)
            for position in survey.positions(documents):
                if position.position not in asked.gate.positions.get(position.question, (position.position,)):
                    yield from platform.finding(position)


class _Platform:
    """One platform's documents, as they stand and as they were signed off."""

    def __init__(
        self, archive: Archive, documents: Sequence[Standing], covered: Mapping[str, int], asked: Question
    ) -> None:
        self._archive, self._documents, self._asked = archive, documents, asked
        self._covered = {one.id: min(covered[one.id], one.head.version) for one in documents}

    def finding(self, position: Position) -> Iterator[Finding]:
        """What the gate says of a position that it does not allow."""
        signed_off = self._covered
        if position.position == NOT_STATED:
            # Whatever a first version said, the platform said it: taking it away is news.
            signed_off = {document: max(version, 1) for document, version in self._covered.items()}
        waiting = [one for one in self._documents if signed_off[one.id] < one.head.version]
        if not waiting:
            return
        known = self._at(position.question, signed_off)
        if position.position == NOT_STATED and (known is None or not self._allows(known)):
            return
        if known is None or known.position != position.position:
            yield self._described(position, known, self._sign_off(position, signed_off, waiting))

    def _allows(self, position: Position) -> bool:
        return position.position in self._asked.gate.positions[position.question]

    def _at(self, question: str, versions: Mapping[str, int]) -> Position | None:
        """The platform's position as the documents had it at some versions; 0 leaves a document out."""
        read = [_as_it_was(self._archive, one, versions[one.id]) for one in self._documents if versions[one.id]]
        return next((one for one in find(read, self._documents[0].platform) if one.question == question), None)

    def _sign_off(self, position: Position, signed_off: Mapping[str, int], waiting: Sequence[Standing]) -> str:
        """The review that settles it: of the document that says so, as a rule; of the platform, where it takes more."""
        said = [quote.document for quote in position.quotes]
        for one in sorted(waiting, key=lambda each: each.id not in said):
            then = self._at(position.question, {**signed_off, one.id: one.head.version})
            if len(waiting) == 1 or (then and then.position == position.position):
                return self._asked.sign_off(one.id, one.head.version)
        return self._asked.sign_off(waiting[0].platform_id, None)

    def _described(self, position: Position, known: Position | None, sign_off: str) -> Finding:
        quotes = (*position.quotes, *(known.quotes if known else ()))
        by_id = {one.id: one for one in self._documents}
        place = by_id[quotes[0].document] if quotes else self._documents[0]
        question, asked = position.question, self._asked
        before = f" (before: {known.position})" if known and known.position != NOT_STATED else ""
        note = f"; {position.note}" if position.note else ""
        return Finding(
            document=place.id,
            version=place.head.version,
            kind="position",
            categories=(question,),
            severity="high",
            reason=f"{place.platform} on {asked.title(question)}: {position.position}{before}, "
            f"not {' or '.join(asked.gate.positions[question])}{note}",
            text=plain(quotes[0].text) if quotes else "",
            path=asked.path(place.id),
            line=position.quotes[0].line if position.quotes else 1,
            sign_off=sign_off,
        )


def _as_it_was(archive: Archive, standing: Standing, version: int) -> PolicyDocument:
    if version == standing.head.version:
        return PolicyDocument(standing.id, standing.name, standing.clauses, language=standing.front.language)
    front, clauses = parse(archive.text(standing.id, version))
    return PolicyDocument(standing.id, standing.name, clauses, language=front.language)
