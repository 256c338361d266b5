"""What an archive's documents say now: their clauses by category, and the platforms' positions with since-dates.

The one place where archive and taxonomy meet for reading. Results are kept in the archive's cache under keys that name
all they were derived from, so a second look costs only what changed; every quote is checked against the file before it
leaves here, also one from the cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from policywatch.archive import Archive
from policywatch.archive.blame import blame
from policywatch.archive.cache import Cache
from policywatch.archive.records import moment, stamp
from policywatch.comparison import compare
from policywatch.extraction.markdown import FrontMatter, parse
from policywatch.model import Clause, Label, Position, Quote, Version
from policywatch.taxonomy import Taxonomy, classify, positions


@dataclass(frozen=True)
class Standing:
    """A document as it stands in the archive."""

    id: str
    file: str
    head: Version
    chain: str  # sha256 of the newest history line: names the whole history

    @cached_property
    def _parsed(self) -> tuple[FrontMatter, tuple[Clause, ...]]:
        return parse(self.file)

    @property
    def front(self) -> FrontMatter:
        return self._parsed[0]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self._parsed[1]

    @property
    def platform_id(self) -> str:
        return self.id.partition("/")[0]

    @property
    def platform(self) -> str:
        return self.front.platform or self.platform_id

    @property
    def identity(self) -> tuple[str, ...]:
        """All that results may be derived from."""
        return (self.id, self.name, self.platform, self.chain, _sha256(self.file))

    @property
    def name(self) -> str:
        return self.front.document or self.id.partition("/")[2].replace("-", " ").title()

    def holds(self, quote: Quote) -> bool:
        """Does the quote stand, letter for letter, on its line of the file?"""
        lines = self.file.split("\n")
        return 0 < quote.line <= len(lines) and quote.text in lines[quote.line - 1]


class Survey:
    """Reads one archive. Open it with ``with``, so that the cache is written."""

    def __init__(self, archive: Archive, taxonomy: Taxonomy) -> None:
        self.archive = archive
        self.taxonomy = taxonomy
        self._cache = Cache.open(archive.private)
        self._standing: dict[str, Standing | None] = {}

    def __enter__(self) -> Survey:
        return self

    def __exit__(self, *_: object) -> None:
        self._cache.close()

    # -- documents -----------------------------------------------------------------------------------------------------

    def document(self, document: str) -> Standing | None:
        """The document as it stands; None before its first version."""
        if document not in self._standing:
            line, file = self.archive.head_line(document), self.archive.current(document)
            head = self.archive.head(document)
            self._standing[document] = (
                Standing(document, file, head, hashlib.sha256(line).hexdigest()) if line and file and head else None
            )
        return self._standing[document]

    def documents(self, ids: Iterable[str]) -> tuple[Standing, ...]:
        return tuple(standing for standing in map(self.document, ids) if standing)

    def platforms(self, ids: Iterable[str] | None = None) -> Mapping[str, tuple[Standing, ...]]:
        """Platform id -> its documents, in the order of the ids."""
        grouped: dict[str, list[Standing]] = {}
        for standing in self.documents(self.archive.documents() if ids is None else ids):
            grouped.setdefault(standing.platform_id, []).append(standing)
        return {platform: tuple(documents) for platform, documents in grouped.items()}

    # -- labels --------------------------------------------------------------------------------------------------------

    def labels(self, standing: Standing) -> tuple[tuple[Label, ...], ...]:
        """The categories of each clause."""
        key = _key("labels/1", self.taxonomy.digest, standing.head.text_sha256, _sha256(standing.file))
        kept = self._cache.derived(key)
        if isinstance(kept, list) and len(kept) == len(standing.clauses):
            return tuple(tuple(Label(one[0], one[1], tuple(one[2]), tuple(one[3])) for one in row) for row in kept)
        found = classify(self.taxonomy, standing.clauses, standing.front.language)
        self._cache.keep_derived(
            key, [[[one.category, one.score, list(one.by), list(one.words)] for one in row] for row in found]
        )
        return found

    # -- positions -----------------------------------------------------------------------------------------------------

    def positions(self, documents: Sequence[Standing]) -> tuple[Position, ...]:
        """One platform's positions on all questions; each quote with its version and since when it stands."""
        if not documents:
            return ()
        key = _key("positions/3", positions.digest(), *(part for one in documents for part in one.identity))
        kept = self._cache.derived(key)
        found = tuple(map(_from_json, kept)) if isinstance(kept, list) else self._find(documents)
        if kept is None:
            self._cache.keep_derived(key, [_to_json(position) for position in found])
        by_id = {one.id: one for one in documents}
        return positions.standing(found, lambda quote: quote.document in by_id and by_id[quote.document].holds(quote))

    def _find(self, documents: Sequence[Standing]) -> tuple[Position, ...]:
        read = [
            positions.PolicyDocument(one.id, one.name, one.clauses, language=one.front.language) for one in documents
        ]
        found = positions.find(read, documents[0].platform)
        ages = {
            one.id: self.ages(one)
            for one in documents
            if any(quote.document == one.id for position in found for quote in position.quotes)
        }
        return tuple(
            replace(position, quotes=tuple(_aged(quote, ages[quote.document]) for quote in position.quotes))
            for position in found
        )

    # -- what tells most -----------------------------------------------------------------------------------------------

    def telling(self, documents: Sequence[Standing], find: Callable[[], Mapping[str, Quote]]) -> Mapping[str, Quote]:
        """Category -> a quote, as ``find`` gives it, kept until a document or the taxonomy changes."""
        key = _key("telling/2", self.taxonomy.digest, *(part for one in documents for part in one.identity))
        kept = self._cache.derived(key)
        if isinstance(kept, dict):
            return {category: _quote(fields) for category, fields in kept.items()}
        found = find()
        self._cache.keep_derived(key, {category: _fields(quote) for category, quote in found.items()})
        return found

    # -- ages ----------------------------------------------------------------------------------------------------------

    def ages(self, standing: Standing) -> Mapping[int, Version]:
        """Line of the file -> the version since which its words have stood."""
        key = _key("ages/2", standing.id, standing.chain, _sha256(standing.file))
        history = {version.version: version for version in self.archive.history(standing.id)}
        kept = self._cache.derived(key)
        if isinstance(kept, list):
            return {line: history[number] for line, number in kept if number in history}
        found = {one.line: one.since for one in blame(self.archive, standing.id, compare)}
        self._cache.keep_derived(key, [[line, version.version] for line, version in found.items()])
        return found


def _aged(quote: Quote, ages: Mapping[int, Version]) -> Quote:
    version = ages.get(quote.line)
    return replace(quote, since=version.time, version=version.version) if version else quote


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _to_json(position: Position) -> dict[str, Any]:
    return {
        "platform": position.platform,
        "question": position.question,
        "position": position.position,
        "value": position.value,
        "note": position.note,
        "rests": position.rests,
        "quotes": [_fields(one) for one in position.quotes],
    }


def _from_json(kept: Mapping[str, Any]) -> Position:
    return Position(**{**kept, "quotes": tuple(map(_quote, kept["quotes"]))})


def _fields(quote: Quote) -> list[Any]:
    return [quote.document, quote.line, quote.text, stamp(quote.since) if quote.since else None, quote.version]


def _quote(fields: Sequence[Any]) -> Quote:
    document, line, text, since, version = fields
    return Quote(document, line, text, moment(since) if since else None, version)


__all__ = ["Standing", "Survey"]
