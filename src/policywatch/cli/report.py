"""``policywatch report``: the dossier of a document or a platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from policywatch.cli.options import ArchiveDir, Config, Output, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policywatch.dossier.values import Dossier

FORMATS = ("terminal", "plain", "json", "markdown", "html")


def report(
    target: Target = None,
    category: Annotated[
        list[str] | None, typer.Option("--category", help="Only this category; may be repeated.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every topic, clause and platform's quote, nothing shortened.")
    ] = False,
    format: Annotated[str, typer.Option("--format", "-f", help=", ".join(FORMATS) + ".")] = "terminal",
    output: Output = None,
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """The dossier: all topics at a glance, then cards: position, quotes, other platforms, law, actions, history.

    Without --all those cards that tell a position, shortened; --category asks for others.
    """
    from dataclasses import replace
    from itertools import groupby

    from policywatch.archive.targets import match
    from policywatch.cli.asking import category_id, chosen, survey_of, taxonomy_of
    from policywatch.cli.locate import locate
    from policywatch.cli.output import emit
    from policywatch.dossier.gathering import gather
    from policywatch.taxonomy.regulations import regulations

    form = chosen(format, FORMATS, "format")
    found = locate(config, archive)
    taxonomy = taxonomy_of(found)
    wanted = [category_id(one, taxonomy) for one in category or ()]
    documents = match(target, found.archive.documents())
    with survey_of(found, taxonomy) as survey:
        dossiers = [
            gather(survey, platform, list(ids), regulations())
            for platform, ids in groupby(documents, key=lambda one: one.partition("/")[0])
        ]
    if wanted:
        dossiers = [
            replace(one, cards=tuple(card for card in one.cards if card.category in wanted)) for one in dossiers
        ]
    emit(_rendered(form, dossiers, everything, asked=bool(wanted), painted=output is None), output)


def _rendered(form: str, dossiers: Sequence[Dossier], everything: bool, asked: bool, painted: bool) -> str:
    import sys

    from policywatch.cli.asking import columns
    from policywatch.reports import dossier_html, dossier_json, dossier_markdown, dossier_text
    from policywatch.reports.ink import no_paint, paint_for

    if form == "json":
        return dossier_json.render(dossiers)
    if form == "html":
        return dossier_html.render(dossiers, everything)
    if form == "markdown":
        return dossier_markdown.render(dossiers, everything)
    paint = paint_for(sys.stdout) if painted and form == "terminal" else no_paint
    return dossier_text.render(dossiers, dossier_text.Extent(everything, asked), columns(), paint)
