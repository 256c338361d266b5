"""One document, read once: its sources fetched, extracted, joined and laid out.

Runs in a worker (a thread, a process, a cluster's node): values in, one value out, no archive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from policywatch.errors import ExtractionError
from policywatch.extraction import extract
from policywatch.extraction.canonical import form
from policywatch.extraction.markdown import FrontMatter, layout
from policywatch.fetching import Fetcher, Settings
from policywatch.model import Clause, Document, Failure, NotModified, Snapshot, Source, Status, Text, Validators
from policywatch.recent import Recent


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of a document's sources; all of it may be missing, which costs a download only."""

    bodies: Mapping[str, frozenset[str]] = field(default_factory=dict)  # address -> hashes that gave the recorded text
    validators: Mapping[str, Validators] = field(default_factory=dict)  # of answers that gave the recorded text


@dataclass(frozen=True, slots=True)
class Observation:
    """A document's text as it stands now. ``file`` is None where the bytes are those the recorded text came from."""

    document: str
    snapshots: tuple[Snapshot, ...]
    file: str | None = None
    form: str = ""  # canonical form of the whole
    clauses: tuple[Clause, ...] = ()
    language: str | None = None
    confidence: float = 1.0
    notes: tuple[str, ...] = ()
    doubt: str | None = None  # a source of several is gone


@lru_cache(maxsize=4)
def _fetcher(settings: Settings) -> Fetcher:
    """The process's one fetcher for these settings: it holds the connections, the robots rules and the hosts' turns."""
    return Fetcher(settings)


def observe(document: Document, known: Known, settings: Settings) -> Observation | Failure:
    """Fetch and read a document in a worker that shares nothing with the caller: a process, a cluster's node."""
    return read(document, known, _fetcher(settings))


def read(document: Document, known: Known, client: Fetcher) -> Observation | Failure:
    """Fetch and read a document. Trouble of any kind with network or page is a Failure, not an exception."""
    budget = client.budget()  # the sources share their document's time; waiting for a busy host is not counted
    answers = [client.fetch(source, known.validators.get(source.url), budget=budget) for source in document.sources]
    if all(_as_recorded(answer, known) for answer in answers):
        return Observation(document.id, tuple(answer for answer in answers if isinstance(answer, Snapshot)))
    whole = [
        client.fetch(source, budget=budget) if isinstance(answer, NotModified) else answer
        for source, answer in zip(document.sources, answers, strict=True)
    ]
    return joined(
        document, [read_answer(source, answer) for source, answer in zip(document.sources, whole, strict=True)]
    )


Part = tuple[Snapshot, Text] | Failure


def joined(document: Document, parts: Sequence[Part]) -> Observation | Failure:
    """What a document's sources come to together.

    One that is gone or emptied beside others that stand puts the whole in doubt; any other failure fails the whole.
    """
    failures = [part for part in parts if isinstance(part, Failure)]
    good = [part for part in parts if not isinstance(part, Failure)]
    if not good or any(one.status not in ("missing", "invalid") for one in failures):
        return _worst(failures)
    doubt = "; ".join(f"{one.url}: {one.reason}" for one in failures)
    return observation(document, [text for _, text in good], tuple(snapshot for snapshot, _ in good), doubt or None)


def read_answer(source: Source, answer: Snapshot | NotModified | Failure) -> Part:
    """The text of one source's answer."""
    if isinstance(answer, Failure):
        return answer
    if isinstance(answer, NotModified):
        # An unconditional request was answered 304: the server is wrong, and there is no text to go by.
        return Failure("failed", "HTTP 304 to a request without conditions", answer.url)
    try:
        return answer, extract_source(source, answer)
    except ExtractionError as error:
        status: Status = (
            "blocked" if error.status == "blocked" else "missing" if error.status == "missing" else "invalid"
        )
        return Failure(status, error.message, source.url, error.hint)


_forms: Recent[tuple[Clause, ...], str] = Recent(4)


def observation(
    document: Document, texts: Sequence[Text], snapshots: tuple[Snapshot, ...], doubt: str | None = None
) -> Observation:
    """The texts of a document's sources, joined in order and laid out."""
    clauses = tuple(clause for text in texts for clause in text.clauses)
    language = next((text.language for text in texts if text.language), None)
    front = FrontMatter(
        title=next((text.title for text in texts if text.title), document.name),
        platform=document.platform,
        document=document.name,
        sources=tuple(source.url for source in document.sources),
        effective_date=next((text.effective_date for text in texts if text.effective_date), None),
        language=language,
    )
    return Observation(
        document=document.id,
        snapshots=snapshots,
        file=layout(front, clauses),
        form=_forms.of(clauses, lambda: form(clauses)),
        clauses=clauses,
        language=language,
        confidence=min(text.confidence for text in texts),
        notes=tuple(note for text in texts for note in text.notes),
        doubt=doubt,
    )


def extract_source(source: Source, snapshot: Snapshot) -> Text:
    """The text of one source's snapshot, by the source's own options.

    Raises ExtractionError where there is none.
    """
    return extract(
        snapshot.body,
        content_type=snapshot.content_type,
        url=source.url,
        select=source.select,
        remove=source.remove,
    )


def _as_recorded(answer: Snapshot | NotModified | Failure, known: Known) -> bool:
    if isinstance(answer, NotModified):
        return True
    return isinstance(answer, Snapshot) and answer.sha256 in known.bodies.get(answer.url, frozenset())


def _worst(failures: Sequence[Failure]) -> Failure:
    """The failure to report for a document of several sources: one that isn't a mere 'skipped', if there is one."""
    chosen = next((one for one in failures if one.status != "skipped"), failures[0])
    others = len(failures) - 1
    return replace(chosen, reason=f"{chosen.reason} ({others} more of its sources failed)") if others else chosen
