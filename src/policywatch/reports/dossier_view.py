"""A dossier as every format lays it out: cleaned, shortened, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policywatch.dossier.values import Card, Citation, DocumentFacts, Dossier, Told
from policywatch.model import Position, Severity, Version, plain
from policywatch.reports.positions_view import Cited, answer, cited, tally
from policywatch.reports.text import clean, shorten
from policywatch.reports.wording import count, day, kinds

QUOTES = 3  # shown of other platforms, and of a card's clauses; the rest on request
_CLAUSE = 700  # letters of a clause shown


@dataclass(frozen=True, slots=True)
class CardView:
    id: str
    title: str
    statement: str
    answer: str  # the position in words; "" for a category without a question
    tone: str  # "asserted" | "unclear" | "not-stated" | ""
    deciding: tuple[Cited, ...]
    clauses: tuple[Cited, ...]  # those shown
    more: tuple[Cited, ...]  # the rest
    means: str  # "" where there is no position
    words: tuple[str, ...]  # what answers are told by
    about: str  # what the topic's clauses do, where there is no position
    matters: str
    identified: str  # "The same position was identified at 3 of 11 other platforms."
    answers: str  # of the others: "Others: 5 trains, 2 unclear."
    others: tuple[tuple[str, Cited], ...]
    citations: tuple[Citation, ...]
    actions: tuple[str, ...]
    changed: tuple[str, ...]
    severity: Severity  # how much a change on this weighs
    since: str  # the day from which on the position has stood
    count: int  # of clauses
    latest: str  # when it last changed
    alike: str  # "4 of 20 alike"


@dataclass(frozen=True, slots=True)
class DossierView:
    title: str
    target: str  # what to call it on the command line
    lead: str
    legend: str  # of the cards' severity and of ``alike``
    cards: tuple[CardView, ...]
    documents: tuple[DocumentView, ...]
    timeline: tuple[str, ...]
    method: tuple[str, ...]
    notice: str
    versions: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    name: str
    id: str
    facts: tuple[tuple[str, str], ...]


def view(dossier: Dossier, everything: bool = False) -> DossierView:
    """``everything``: all clauses and all other platforms' quotes, nothing shortened."""
    ids = [facts.id for facts in dossier.documents]
    return DossierView(
        title=clean(dossier.title),
        target=ids[0] if len(ids) == 1 else ids[0].partition("/")[0],
        lead=_lead(dossier),
        legend=_legend(dossier.cards),
        cards=tuple(_card(card, everything) for card in dossier.cards),
        documents=tuple(_document(facts) for facts in dossier.documents),
        timeline=tuple(_event(version, dossier.titles, len(dossier.documents) > 1) for version in dossier.timeline),
        method=dossier.method,
        notice=dossier.notice,
        versions=f"Categories {dossier.taxonomy}, citations {dossier.regulations}.",
    )


def _lead(dossier: Dossier) -> str:
    own = [facts for facts in dossier.documents if facts.same_as is None]
    clauses = sum(facts.clauses for facts in own)
    last = max(facts.head.time for facts in dossier.documents)
    documents = count(len(dossier.documents), "document")
    again = sum(facts.same_as is not None for facts in dossier.documents)
    documents += f" ({again} with the text of another one)" if again else ""
    without = clauses - sum(facts.labelled for facts in own)
    said = count(clauses, "clause") + (f" ({without} on no topic)" if without else "")
    return f"{documents}, {said}; last change recorded {day(last)}."


def _card(card: Card, everything: bool) -> CardView:
    position = card.position
    deciding = tuple(cited(quote) for quote in position.deciding) if position else ()
    clauses = [
        Cited(_shown(one.text, everything), f"{one.document}:{one.line}", day(one.since)) for one in card.excerpts
    ]
    limit = len(clauses) if everything else QUOTES
    others = card.elsewhere.quotes if everything else card.elsewhere.quotes[:QUOTES]
    return CardView(
        id=card.category,
        title=clean(card.title),
        statement=clean(card.statement),
        answer=answer(position) if position else "",
        tone=_tone(card),
        deciding=deciding,
        clauses=tuple(clauses[:limit]),
        more=tuple(clauses[limit:]),
        means=clean(card.means),
        words=card.words,
        about="" if card.means else clean(card.about),
        matters=clean(card.matters),
        identified=_identified(card),
        answers=_answers(card),
        others=tuple((_who(told, card.position), cited(told.quote)) for told in others),
        citations=card.citations,
        actions=card.actions,
        # Counts and severity are the version's, and would be read as the topic's.
        changed=tuple(f"{day(one.time)} · {one.document} version {one.version}" for one in card.changed),
        severity=card.severity,
        since=day(position.since) if position else "",
        count=len(card.excerpts),
        latest=day(card.changed[0].time) if card.changed else "",
        alike=_alike(card),
    )


def _legend(cards: Sequence[Card]) -> str:
    others = max((card.elsewhere.of for card in cards), default=0)
    said = "High, medium, low: how much a change on the topic weighs."
    told = f" Elsewhere, of {count(others, 'other platform')}: alike answer the same, say answer at all, too have"
    return f"{said}{told} clauses on it." if others else said


def _alike(card: Card) -> str:
    """How many other platforms answer alike, answer at all, or have clauses on it too."""
    found = card.elsewhere
    word = {"asserted": "alike", "": "too"}.get(_tone(card), "say")
    return f"{found.identified} of {found.of} {word}" if found.of else ""


def _answers(card: Card) -> str:
    """What the platforms say that do not answer alike; what all say, where this one says nothing."""
    ranks = {position: rank for rank, position in enumerate(card.elsewhere.answers)}
    counts = tally(card.elsewhere.others)
    ordered = sorted(counts, key=lambda one: (ranks.get(one.position, len(ranks)), one.lumped, -counts[one]))
    told = ", ".join(f"{counts[one]} {one.words}" for one in ordered)
    return f"{'Others' if _tone(card) == 'asserted' else 'In all'}: {told}." if told else ""


def _who(told: Told, mine: Position | None) -> str:
    """The platform, and its answer where that is another one."""
    theirs = answer(told.position) if told.position else ""
    return clean(told.platform) + (f" ({theirs})" if theirs and mine and theirs != answer(mine) else "")


def _tone(card: Card) -> str:
    if card.position is None:
        return ""
    if card.position.note:
        return "not-stated"
    return card.position.position if card.position.position in ("unclear", "not-stated") else "asserted"


def _identified(card: Card) -> str:
    found = card.elsewhere
    if not found.of:
        return ""
    label = found.label[:1].upper() + found.label[1:]
    return f"{label}: identified at {found.identified} of {count(found.of, 'other platform')}."


def _shown(text: str, everything: bool) -> str:
    words_of = clean(plain(text)).strip()
    return words_of if everything else shorten(words_of, _CLAUSE)


def _document(facts: DocumentFacts) -> DocumentView:
    head = facts.head
    rows = [
        (_place(facts.sources), ", ".join(map(clean, facts.sources))),
        ("Version", f"{head.version}, recorded {day(head.time)}"),
        ("Last read", day(facts.last_seen)),
        ("First seen", day(facts.first_seen)),
        ("Effective", day(facts.effective)),
        ("Language", facts.language or ""),
        ("Clauses", str(facts.clauses)),
        ("Same text as", facts.same_as or ""),
        ("Text sha256", head.text_sha256),
        *(("Snapshot sha256", snapshot.sha256) for snapshot in head.snapshots),
        ("History head sha256", facts.chain),
    ]
    return DocumentView(clean(facts.name), facts.id, tuple(row for row in rows if row[1]))


def _place(sources: Sequence[str]) -> str:
    if not all(source.startswith(("http://", "https://")) for source in sources):
        return "Recorded as"
    return "Address" if len(sources) == 1 else "Addresses"


def _event(version: Version, titles: Mapping[str, str], with_document: bool) -> str:
    what = {"first": "first recorded", "upgrade": "read by a newer extractor"}.get(version.kind) or "changed"
    parts = [
        day(version.time),
        f"{version.document} version {version.version}" if with_document else f"version {version.version}",
        f"{what}: {kinds(version.changes)}" if version.changes else what,
        ", ".join(clean(titles.get(category, category)) for category in version.categories),
        f"severity {version.severity}" if version.severity else "",
    ]
    return " · ".join(part for part in parts if part)


def views(dossiers: Sequence[Dossier], everything: bool) -> tuple[DossierView, ...]:
    return tuple(view(dossier, everything) for dossier in dossiers)
