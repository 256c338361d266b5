"""Dossiers for a terminal and for pipes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from policywatch.dossier.values import Citation, Dossier
from policywatch.reports.dossier_view import CardView, DossierView, views
from policywatch.reports.ink import Paint, no_paint
from policywatch.reports.positions_view import Cited
from policywatch.reports.text import shorten, wrap

_IN = "  "
_CLAUSES = 1  # quoted of a card without --all
_LETTERS = 320  # of a clause
_OTHERS = 1  # other platforms quoted
_CHANGED = 3
_TIMELINE = 12
_SHORTENED = "Shortened: --all has every clause, the other platforms' quotes, and what the law says."


def render(dossiers: Sequence[Dossier], everything: bool = False, columns: int = 100, paint: Paint = no_paint) -> str:
    return (
        "\n\n\n".join("\n".join(_dossier(one, everything, columns, paint)) for one in views(dossiers, everything))
        + "\n"
    )


def _dossier(dossier: DossierView, everything: bool, columns: int, paint: Paint) -> Iterator[str]:
    yield paint("title", dossier.title)
    yield paint("title", "=" * min(len(dossier.title), columns))
    yield dossier.lead
    if not everything:
        yield from wrap(_SHORTENED, columns)
    yield ""
    yield from (paint("dim", line) for line in wrap(dossier.notice, columns))
    for card in dossier.cards:
        yield ""
        yield ""
        yield from _card(card, everything, columns, paint)
    yield ""
    yield ""
    yield paint("title", "Timeline")
    for event in _first(dossier.timeline, None if everything else _TIMELINE, "policywatch log"):
        yield from wrap(event, columns, _IN)
    for document in dossier.documents:
        yield ""
        yield f"{paint('title', document.name)}  {paint('dim', document.id)}"
        for key, value in document.facts:
            yield f"{_IN}{key:<20} {value}"
    yield ""
    yield paint("title", "Method")
    for sentence in (*dossier.method, dossier.versions):
        yield from wrap(sentence, columns, _IN)


def _first(events: Sequence[str], limit: int | None, see: str) -> Iterator[str]:
    yield from events[:limit]
    if limit is not None and len(events) > limit:
        yield f"… {len(events) - limit} more; see {see}"


def _card(card: CardView, everything: bool, columns: int, paint: Paint) -> Iterator[str]:
    yield paint("title", card.title) + (f"  {paint('link', card.answer)}" if card.answer else "")
    yield from wrap(card.statement, columns, _IN)
    for quote in card.deciding:
        yield from _quote(quote, columns, paint)
    yield from _said("For users", card.means, columns, paint)
    yield from _said("Why it matters", card.matters, columns, paint)
    yield from _clauses(card, everything, columns, paint)
    yield from _elsewhere(card, everything, columns, paint)
    if card.changed:
        yield ""
        yield paint("name", f"{_IN}Changed before") + paint("dim", f"  (policywatch diff … --category {card.id})")
        for event in _first(card.changed, None if everything else _CHANGED, "--all"):
            yield from wrap(event, columns, _IN * 2)
    if card.citations:
        yield ""
        yield from _law(card.citations, everything, columns, paint)
    if card.actions:
        yield ""
        yield paint("name", f"{_IN}To do")
        for action in card.actions:
            yield from _item("[ ] ", action, columns)


def _clauses(card: CardView, everything: bool, columns: int, paint: Paint) -> Iterator[str]:
    """The clauses; in short those that are not quoted above already."""
    known = [quote.text for quote in card.deciding]
    shown = card.clauses if everything else [one for one in card.clauses if not _holds(one.text, known)][:_CLAUSES]
    if not shown:
        return
    yield ""
    yield paint("name", f"{_IN}Clauses")
    for clause in shown:
        text = clause.text if everything else shorten(clause.text, _LETTERS)
        yield from _quote(replace(clause, text=text), columns, paint)
    left = len(card.clauses) + len(card.more) - len(shown)
    if left:
        yield paint("dim", f"{_IN * 2}… {left} more; see --all, or policywatch clauses --category {card.id}")


def _holds(text: str, known: Iterable[str]) -> bool:
    return any(one in text or text in one for one in known)


def _elsewhere(card: CardView, everything: bool, columns: int, paint: Paint) -> Iterator[str]:
    if not card.identified:
        return
    yield ""
    yield paint("name", f"{_IN}Elsewhere")
    yield from wrap(card.identified + (f" Others: {card.answers}." if card.answers else ""), columns, _IN * 2)
    # Other platforms' words on a topic without a question are no answer to set beside this one.
    for platform, quote in card.others if everything else card.others[: _OTHERS if card.answer else 0]:
        yield f"{_IN * 2}{platform}"
        yield from _quote(quote, columns, paint)


def _law(citations: Sequence[Citation], everything: bool, columns: int, paint: Paint) -> Iterator[str]:
    """What is cited, each in a line; in short all in a row, and what it says is left out."""
    if everything:
        yield paint("name", f"{_IN}Relevant to")
        for citation in citations:
            yield from _citation(citation, columns, paint)
        return
    alike = len({one.standing for one in citations}) == 1
    label = f"Relevant to ({citations[0].standing})" if alike else "Relevant to"
    cited = (one.citation if alike else f"{one.citation} ({one.standing})" for one in citations)
    yield from _said(label, "; ".join(cited), columns, paint)


def _quote(quote: Cited, columns: int, paint: Paint) -> Iterator[str]:
    yield from (paint("quote", line) for line in wrap(f"“{quote.text}”", columns, _IN * 2))
    yield paint("dim", _IN * 2 + quote.place + (f" · since {quote.since}" if quote.since else ""))


def _citation(citation: Citation, columns: int, paint: Paint) -> Iterator[str]:
    head = f"{citation.citation} ({citation.where}; {citation.standing})"
    yield from wrap(head, columns, _IN * 2)
    yield from (paint("dim", line) for line in wrap(citation.says, columns, _IN * 3))


def _said(label: str, text: str, columns: int, paint: Paint) -> Iterator[str]:
    if text:
        lines = wrap(f"{label}: {text}", columns, _IN)
        yield lines[0].replace(label, paint("name", label), 1)
        yield from lines[1:]


def _item(mark: str, text: str, columns: int) -> Iterator[str]:
    lines = wrap(text, columns, _IN * 2 + " " * len(mark))
    yield _IN * 2 + mark + lines[0].lstrip()
    yield from lines[1:]
