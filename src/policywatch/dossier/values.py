"""The dossier's values: what is known of one platform's (or document's) clauses, put together for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from policywatch.model import Position, Quote, Severity, Version

NOTICE = (
    "This dossier says what the documents state, permit or reserve. It is no legal determination and no legal advice: "
    "a citation is relevant to a clause, it is not a finding about it. policywatch is independent of the platforms; "
    "their words remain theirs."
)
FETCHED = (
    "Each document was fetched from its own address and reduced to its clauses; navigation and layout were left out."
)
REPLAYED = (
    "{which} replayed from pages that others recorded ({source}), and not fetched by policywatch: their days, and the "
    "pages themselves, are the recording's. They were reduced to their clauses; navigation and layout were left out."
)
METHOD = (
    FETCHED,
    "A version is recorded when the words change. Every version's text and the bytes behind it are hashed, and each "
    "line of the history names the hash of the line before, so nothing can be altered unnoticed.",
    "Clauses were sorted into categories by published rules and a small model; both make mistakes.",
    "A position is read from the wording by rules. Where passages conflict, or wording is open, it is given as "
    "unclear. Every quote was checked, letter for letter, against the archived file before it was printed.",
    'Since-dates say when the archive first saw a sentence, which can be later than it was published. "Relevant to" '
    "names law on the subject of a clause; citations marked unverified have not been read in the primary text.",
)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document as it stands."""

    id: str
    name: str
    platform: str
    head: Version
    first_seen: datetime
    clauses: int
    chain: str  # sha256 of the newest history line
    sources: tuple[str, ...]
    effective: date | None
    language: str | None
    labelled: int = 0  # of the clauses, those that have a category
    last_seen: date | None = None  # the last day on which it was read successfully
    same_as: str | None = None  # the document before it in the dossier whose text it has, word for word


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A clause verbatim, with where and since when it stands."""

    document: str
    line: int
    heading: str
    text: str
    since: datetime | None
    version: int | None
    main: bool  # whether the card's category is the clause's main one


@dataclass(frozen=True, slots=True)
class Citation:
    """Law on the subject of a clause: relevant to it, never a finding about it."""

    citation: str
    instrument: str
    where: str
    says: str
    applies: str
    reviewer: str  # what somebody who reviews the clause does
    enforced_by: str
    standing: str  # "unverified"


@dataclass(frozen=True, slots=True)
class Told:
    """What another platform says on it."""

    platform: str
    quote: Quote
    position: Position | None = None  # its answer, for a category with a question


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same provision at other platforms."""

    identified: int  # that answer the same, value included; that answer at all; that have clauses of the category
    of: int
    label: str  # what was identified: the same position, a stated one, or clauses of the category
    quotes: tuple[Told, ...]  # of those; then of those that answer the same with another value; each shortest first
    answers: Mapping[str, int]  # position -> number of other platforms; empty for a category without a question
    others: tuple[Position, ...] = ()  # of the other platforms that do not answer the same


@dataclass(frozen=True, slots=True)
class Card:
    """One provision."""

    category: str
    title: str
    statement: str  # what the platform does
    means: str  # for users; "" where the documents take no position
    matters: str  # why
    position: Position | None
    excerpts: tuple[Excerpt, ...]
    elsewhere: Elsewhere
    citations: tuple[Citation, ...]
    actions: tuple[str, ...]
    changed: tuple[Version, ...]  # versions that touched the category, newest first
    severity: Severity = "low"  # how much a change in the category weighs
    about: str = ""  # what clauses of the category do
    words: tuple[str, ...] = ()  # what answers to its question are told by


@dataclass(frozen=True, slots=True)
class Dossier:
    title: str
    platform: str
    documents: tuple[DocumentFacts, ...]
    cards: tuple[Card, ...]
    timeline: tuple[Version, ...]  # newest first
    method: tuple[str, ...] = METHOD
    notice: str = NOTICE
    regulations: str = ""  # version of the citations
    taxonomy: str = ""  # version of the categories
    titles: Mapping[str, str] = field(default_factory=dict)  # category -> title
