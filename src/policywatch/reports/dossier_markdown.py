"""Dossiers as Markdown, to keep in a repository or paste into an issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policywatch.dossier.values import Dossier
from policywatch.reports.dossier_view import CardView, DossierView, views
from policywatch.reports.positions_text import escape
from policywatch.reports.positions_view import Cited


def render(dossiers: Sequence[Dossier], everything: bool = False) -> str:
    return "\n\n".join("\n".join(_dossier(one)) for one in views(dossiers, everything)) + "\n"


def _dossier(dossier: DossierView) -> Iterator[str]:
    yield f"# {escape(dossier.title)}\n"
    yield f"{escape(dossier.lead)}\n"
    yield f"> {dossier.notice}\n\n{dossier.legend}\n"
    yield "| | topic | position | since | clauses | changed | elsewhere |\n| --- | --- | --- | --- | ---: | --- | --- |"
    for card in dossier.cards:
        cells = (card.severity, card.title, card.answer, card.since, str(card.count), card.latest, card.alike)
        yield f"| {' | '.join(map(escape, cells))} |"
    for card in dossier.cards:
        yield from _card(card)
    yield "\n## Timeline\n"
    yield from (f"- {escape(event)}" for event in dossier.timeline)
    for document in dossier.documents:
        yield f"\n## {escape(document.name)}\n\n`{document.id}`\n"
        yield "| | |\n| --- | --- |"
        yield from (f"| {key} | {escape(value)} |" for key, value in document.facts)
    yield "\n## Method\n"
    yield from (f"- {sentence}" for sentence in (*dossier.method, dossier.versions))


def _card(card: CardView) -> Iterator[str]:
    yield f"\n## {escape(card.title)}{': ' + escape(card.answer) if card.answer else ''}\n"
    yield escape(card.statement)
    yield from (_quote(quote) for quote in card.deciding)
    if card.means:
        yield f"\n**For users.** {escape(card.means)}"
    if card.about:
        yield f"\n**The topic.** {escape(card.about)}"
    yield f"\n**Why it matters.** {escape(card.matters)}"
    if card.clauses:
        yield "\n**Clauses**"
        yield from (_quote(quote) for quote in card.clauses)
        if card.more:
            yield f"\n… {len(card.more)} more"
    if card.identified:
        yield f"\n**Elsewhere.** {card.identified}{' ' + escape(card.answers) if card.answers else ''}"
        yield from (f"\n{escape(platform)}:{_quote(quote)}" for platform, quote in card.others)
    if card.changed:
        yield "\n**Changed before**\n"
        yield from (f"- {escape(event)}" for event in card.changed)
    if card.citations:
        yield "\n**Relevant to**\n"
        for one in card.citations:
            yield f"- {escape(one.citation)} ({one.where}; {one.standing}): {escape(one.says)}"
    if card.actions:
        yield "\n**To do**\n"
        yield from (f"- [ ] {action}" for action in card.actions)


def _quote(quote: Cited) -> str:
    since = f", since {quote.since}" if quote.since else ""
    return f"\n> “{escape(quote.text)}”  \n> `{quote.place}`{since}"
