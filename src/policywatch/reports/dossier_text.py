"""Dossiers for a terminal and for pipes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from policywatch.dossier.values import Citation, Dossier
from policywatch.reports.dossier_glance import TINT, TONE, glance
from policywatch.reports.dossier_view import QUOTES, CardView, DossierView, views
from policywatch.reports.ink import Paint, no_paint
from policywatch.reports.positions_view import Cited
from policywatch.reports.spans import painted, wrapped
from policywatch.reports.text import focus, width, wrap
from policywatch.reports.wording import count

_IN = "  "
_CLAUSES = 1  # quoted of a card
_LETTERS = 320  # of a clause
_OTHERS = 3  # other platforms quoted
_OTHERS_LETTERS = 160
_CHANGED = 3
_TIMELINE = 6
# Of a document.
_FACTS = (
    "Address",
    "Addresses",
    "Recorded as",
    "Version",
    "Last read",
    "Effective",
    "Same text as",
    "Text sha256",
    "History head sha256",
)
_LEAST_CARDS = 3  # where no card has a position to show


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a dossier is wanted."""

    everything: bool = False  # every card whole
    asked: bool = False  # the cards are those that somebody asked for; else those are shown that tell a position


USUAL = Extent()


def render(dossiers: Sequence[Dossier], extent: Extent = USUAL, columns: int = 100, paint: Paint = no_paint) -> str:
    """All topics at a glance, then cards."""
    laid = (_dossier(one, extent, columns, paint) for one in views(dossiers, extent.everything))
    return "\n\n\n".join("\n".join(lines) for lines in laid) + "\n"


def _dossier(dossier: DossierView, extent: Extent, columns: int, paint: Paint) -> Iterator[str]:
    whole = extent.everything or extent.asked
    shown = dossier.cards if whole else _telling(dossier.cards)
    yield paint("title", dossier.title)
    yield paint("title", "=" * min(width(dossier.title), columns))
    yield from wrap(dossier.lead, columns)
    if not extent.everything:
        yield from wrap(_shortened(dossier, shown), columns)
    yield ""
    if not extent.asked:
        yield from glance(dossier.cards, columns, paint)
        yield ""
        yield from (paint("dim", line) for line in wrap(dossier.legend, columns))
        yield ""
    yield from (paint("dim", line) for line in wrap(dossier.notice, columns))
    for card in shown:
        yield ""
        yield ""
        yield from _card(card, dossier.target, extent, columns, paint)
    if not whole:
        yield ""
        yield ""
        yield from wrap(_left_out(dossier, shown), columns)
    yield ""
    yield ""
    yield from _annex(dossier, extent.everything, columns, paint)


def _telling(cards: Sequence[CardView]) -> Sequence[CardView]:
    """Those with a position, and where the documents contradict themselves; where there are none, the first few."""
    return [card for card in cards if card.tone in ("asserted", "unclear")] or cards[:_LEAST_CARDS]


def _shortened(dossier: DossierView, shown: Sequence[CardView]) -> str:
    cards = "" if len(shown) == len(dossier.cards) else f"{len(shown)} of {count(len(dossier.cards), 'topic')}. "
    return f"Shortened: {cards}--all has every topic and clause, other platforms' quotes, and what the law says."


def _left_out(dossier: DossierView, shown: Sequence[CardView]) -> str:
    rest = len(dossier.cards) - len(shown)
    topics = f"{count(rest, 'topic')}; " if rest else ""
    see = f"policywatch report {dossier.target} --all, or --category TOPIC"
    these = f"the {len(shown)} topics" if len(shown) > 1 else "the topic"
    return f"Left out: {topics}of {these} above, clauses that decide nothing. See {see}."


def _annex(dossier: DossierView, everything: bool, columns: int, paint: Paint) -> Iterator[str]:
    yield paint("title", "Timeline")
    for event in _first(dossier.timeline, None if everything else _TIMELINE, f"policywatch log {dossier.target}"):
        yield from wrap(event, columns, _IN)
    for document in dossier.documents:
        yield ""
        yield f"{paint('title', document.name)}  {paint('dim', document.id)}"
        for key, value in document.facts:
            if everything or key in _FACTS:
                yield from _fact(key, value, columns)
    yield ""
    yield paint("title", "Method")
    for sentence in (*dossier.method, dossier.versions):
        yield from wrap(sentence, columns, _IN)


def _fact(key: str, value: str, columns: int) -> Iterator[str]:
    line = f"{_IN}{key:<20} {value}"
    if width(line) <= columns:
        yield line
    else:
        yield _IN + key
        yield from wrap(value, columns, _IN * 2)


def _first(events: Sequence[str], limit: int | None, see: str) -> Iterator[str]:
    yield from events[:limit]
    if limit is not None and len(events) > limit:
        yield f"… {len(events) - limit} more; see {see}"


def _card(card: CardView, target: str, extent: Extent, columns: int, paint: Paint) -> Iterator[str]:
    yield from _head(card, columns, paint)
    yield from wrap(card.statement, columns, _IN)
    for quote in card.deciding:
        yield from _quote(quote, columns, paint)
    yield from _said("For users:", card.means, columns, paint)
    yield from _said("The topic:", card.about, columns, paint)
    yield from _said("Why it matters:", card.matters, columns, paint)
    everything = extent.everything
    gap = [""] if everything else []  # a card in short is one piece
    for part in (
        _clauses(card, target, extent, columns, paint),
        _elsewhere(card, everything, columns, paint),
        _changed(card, everything, columns, paint),
        _law(card.citations, everything, columns, paint),
        _actions(card, columns, paint),
    ):
        lines = list(part)
        yield from (*gap, *lines) if lines else ()


def _head(card: CardView, columns: int, paint: Paint) -> Iterator[str]:
    """Topic, position and, at the right, how much it weighs."""
    answer = f"{_IN}{card.answer}" if card.answer else ""
    gap = columns - width(card.title) - width(answer) - len(card.severity)
    spans = (("title", card.title), (TONE.get(card.tone, ""), answer))
    if gap > 1:
        yield painted((*spans, ("", " " * gap), (TINT[card.severity], card.severity)), paint)
    else:
        yield from (painted(line, paint) for line in wrapped(spans, columns))


def _clauses(card: CardView, target: str, extent: Extent, columns: int, paint: Paint) -> Iterator[str]:
    """The clauses; in short those that are not quoted above already, and how to get the others."""
    known = [quote.text for quote in card.deciding]
    fresh = [one for one in card.clauses if not _holds(one.text, known)]
    shown = card.clauses if extent.everything else fresh[: QUOTES if extent.asked else max(_CLAUSES - len(known), 0)]
    if shown:
        yield paint("name", f"{_IN}Clauses")
    for clause in shown:
        text = clause.text if extent.everything else focus(clause.text, card.words, _LETTERS)
        yield from _quote(replace(clause, text=text), columns, paint)
    if card.count > max(len(shown), len(known)):
        see = f"policywatch clauses {target} --category {card.id}"
        yield from _said("All clauses:", f"{card.count}; {see}", columns, paint)


def _holds(text: str, known: Iterable[str]) -> bool:
    return any(one in text or text in one for one in known)


def _elsewhere(card: CardView, everything: bool, columns: int, paint: Paint) -> Iterator[str]:
    if not card.identified:
        return
    said = card.identified[:1].lower() + card.identified[1:] + (f" {card.answers}" if card.answers else "")
    yield from _said("Elsewhere", said, columns, paint)
    # Other platforms' words on a topic without a question are no answer to set beside this one.
    for platform, quote in card.others if everything else card.others[: _OTHERS if card.answer else 0]:
        if everything:
            yield f"{_IN * 2}{platform}"
            yield from _quote(quote, columns, paint)
        else:
            text = focus(quote.text, card.words, _OTHERS_LETTERS)
            spans = (("name", platform), ("", ": "), ("quote", f"“{text}”"), ("dim", f"  {quote.place}"))
            yield from (painted(line, paint) for line in wrapped(spans, columns, _IN * 2))


def _changed(card: CardView, everything: bool, columns: int, paint: Paint) -> Iterator[str]:
    if not everything:
        left = len(card.changed) - _CHANGED
        events = "; ".join(card.changed[:_CHANGED]) + (f"; and {left} more" if left > 0 else "")
        yield from _said("Changed before:", events, columns, paint)
    elif card.changed:
        yield paint("name", f"{_IN}Changed before") + paint("dim", f"  (policywatch diff … --category {card.id})")
        for event in card.changed:
            yield from wrap(event, columns, _IN * 2)


def _actions(card: CardView, columns: int, paint: Paint) -> Iterator[str]:
    if card.actions:
        yield paint("name", f"{_IN}To do")
    for action in card.actions:
        yield from _item("[ ] ", action, columns)


def _law(citations: Sequence[Citation], everything: bool, columns: int, paint: Paint) -> Iterator[str]:
    """What is cited, each in a line; in short all in a row, and what it says is left out."""
    if not citations:
        return
    if everything:
        yield paint("name", f"{_IN}Relevant to")
        for citation in citations:
            yield from _citation(citation, columns, paint)
        return
    # What holds of all is said once: "unverified", beside "unverified, may have changed".
    common = min((one.standing for one in citations), key=len)
    if not all(one.standing == common or one.standing.startswith(f"{common}, ") for one in citations):
        common = ""
    cited = (_with(one.citation, one.standing.removeprefix(common).removeprefix(", ")) for one in citations)
    yield from _said(f"{_with('Relevant to', common)}:", " · ".join(cited), columns, paint)


def _with(text: str, aside: str) -> str:
    return f"{text} ({aside})" if aside else text


def _quote(quote: Cited, columns: int, paint: Paint) -> Iterator[str]:
    yield from (paint("quote", line) for line in wrap(f"“{quote.text}”", columns, _IN * 2))
    place = quote.place + (f" · since {quote.since}" if quote.since else "")
    yield from (paint("dim", line) for line in wrap(place, columns, _IN * 2))


def _citation(citation: Citation, columns: int, paint: Paint) -> Iterator[str]:
    head = f"{citation.citation} ({citation.where}; {citation.standing})"
    yield from wrap(head, columns, _IN * 2)
    yield from (paint("dim", line) for line in wrap(citation.says, columns, _IN * 3))


def _said(label: str, text: str, columns: int, paint: Paint) -> Iterator[str]:
    if text:
        spans = (("name", label), ("", f" {text}"))
        yield from (painted(line, paint) for line in wrapped(spans, columns, _IN))


def _item(mark: str, text: str, columns: int) -> Iterator[str]:
    lines = wrap(text, columns, _IN * 2 + " " * len(mark))
    yield _IN * 2 + mark + lines[0].lstrip()
    yield from lines[1:]
