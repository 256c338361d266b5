"""What earlier runs left behind: versions, recoveries and failures nobody was told of, versions that git does not have.

A run that was interrupted, or whose commit git refused, has recorded versions for good. The next one tells of them and
commits them as what they are, together with what it finds itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from policywatch.archive import Archive, reviews
from policywatch.errors import PolicywatchError
from policywatch.findings import change_set
from policywatch.model import FAILURES, SETTLED, Outcome
from policywatch.taxonomy import Taxonomy

NOTE = "recorded by an earlier run that was cut off before its report"


class Arrears:
    """What a run has to tell beside its own.

    ``owed``: document -> the first version that nobody was told of; ``recovered``: document that works again -> since
    when it had failed; ``failing``: documents whose failure nobody heard of.
    """

    def __init__(
        self,
        archive: Archive,
        classes: Taxonomy,
        owed: Mapping[str, int],
        recovered: Mapping[str, date],
        failing: Collection[str] = (),
    ) -> None:
        self._archive = archive
        self._classes = classes
        self._owed = dict(owed)
        self._recovered = dict(recovered)
        self._failing = frozenset(failing)
        self.unreadable: set[str] = set()  # documents whose versions cannot be rebuilt now; they stay owed

    def settled(self, outcome: Outcome) -> Iterator[Outcome]:
        """The outcome with what an earlier run left; that is one of its own where this run read no text."""
        outcome = self._working(outcome)
        earlier = self._taken(outcome.document)
        if earlier is None:
            yield outcome
        elif outcome.status in SETTLED:
            notes = (*outcome.notes, *earlier.notes)
            yield replace(earlier, confidence=outcome.confidence, recovered=outcome.recovered, notes=notes)
        else:
            yield earlier
            yield outcome

    def unwatched(self, watched: Collection[str]) -> Iterator[Outcome]:
        """What is owed of documents that no run will look at any more."""
        for document in sorted(set(self._owed) - set(watched)):
            earlier = self._taken(document)
            if earlier is not None:
                yield earlier

    def told(self, outcomes: Iterable[Outcome], watched: Collection[str]) -> Collection[str]:
        """The documents of which nothing is owed once these outcomes are reported."""
        gone = {*self._recovered, *self._failing} - set(watched)  # how they ended is nobody's news any more
        return ({one.document for one in outcomes} | gone) - self.unreadable

    def _working(self, outcome: Outcome) -> Outcome:
        """The outcome with an earlier recovery that nobody was told of; a failure that nobody was told of is news."""
        if outcome.status in FAILURES and outcome.document in self._failing:
            outcome = replace(outcome, news=True)
        since_then = self._recovered.get(outcome.document)
        if since_then is None or outcome.status in FAILURES:
            return outcome
        return replace(outcome, recovered=min(since_then, outcome.recovered or since_then), news=True)

    def _taken(self, document: str) -> Outcome | None:
        first = self._owed.pop(document, None)
        try:
            return since(self._archive, self._classes, document, first - 1, (NOTE,)) if first else None
        except PolicywatchError:
            self.unreadable.add(document)
            return None


def since(
    archive: Archive, classes: Taxonomy, document: str, version: int, notes: tuple[str, ...] = ()
) -> Outcome | None:
    """What was recorded of a document after a version (0: ever), as one outcome; None for nothing.

    As in a run, a better reading of our own steps back behind the platform's changes.
    Raises ArchiveError when the texts cannot be rebuilt.
    """
    history = archive.history(document)
    later = history[version:]
    if not later:
        return None
    told = Outcome(document, "new", since=later[-1].time.date(), version=len(history))
    if version == 0:
        return told
    steps = [one.version for one in later if one.kind == "change"] or [one.version for one in later]
    start, end = history[steps[0] - 2], history[steps[-1] - 1]
    changes = change_set(
        document,
        archive.text(document, start.version),
        archive.text(document, end.version),
        classes,
        from_version=start.version,
        to_version=end.version,
        from_time=start.time,
        to_time=end.time,
        unattributed=reviews.unattributed(history, start.version, end.version),
    )
    return replace(told, status="changed" if end.kind == "change" else "upgraded", changes=changes, notes=notes)
