"""``policywatch compare``: how the platforms handle a question, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policywatch.cli.options import Config, Output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policywatch.model import Position
    from policywatch.reports.positions_view import QuestionText
    from policywatch.taxonomy import Taxonomy

FORMATS = ("terminal", "plain", "json", "markdown", "html")


def compare(
    question: Annotated[
        str | None,
        typer.Argument(help="A question, such as ai-training. Default: all of them.", show_default=False),
    ] = None,
    platform: Annotated[
        list[str] | None,
        typer.Option("--platform", "-p", help="Only this platform (name, id or glob); may be repeated."),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help=", ".join(FORMATS) + ".")] = "terminal",
    output: Output = None,
    config: Config = None,
    archive: Annotated[
        list[Path] | None,
        typer.Option(
            "--archive",
            "-a",
            help="The archive; several stand side by side. Default: archive beside the watchlist.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """How the platforms handle a question, side by side: each with a quote, its line and since when it stands."""
    from policywatch.archive.targets import match_all
    from policywatch.cli.asking import chosen, survey_of, taxonomy_of
    from policywatch.cli.locate import locate
    from policywatch.cli.output import emit
    from policywatch.reports import positions_json

    form = chosen(format, FORMATS, "format")
    places = [locate(config, one) for one in dict.fromkeys(archive or (None,))]
    taxonomy = taxonomy_of(places[0])
    asked = _questions(question, taxonomy)
    known = [document for place in places for document in place.archive.documents()]
    whole = {document.partition("/")[0] for document in match_all(platform, known)}
    names = {one.id for one in asked}
    found: list[tuple[str, Position]] = []
    for place in places:
        with survey_of(place, taxonomy) as survey:
            grouped = survey.platforms(one for one in place.archive.documents() if one.partition("/")[0] in whole)
            answers = [position for group in grouped.values() for position in survey.positions(group)]
        found += [(str(place.archive.root), one) for one in answers if one.question in names]
    if form == "json":
        emit(positions_json.render([one for _, one in found], [root for root, _ in found]), output)
    else:
        emit(_rendered(form, asked, _told_apart(found), painted=output is None), output)


def _told_apart(found: Sequence[tuple[str, Position]]) -> list[Position]:
    """Platforms that several archives have get the archive's name beside theirs."""
    from dataclasses import replace

    archives: dict[str, set[str]] = {}
    for root, position in found:
        archives.setdefault(position.platform, set()).add(root)
    return [
        replace(one, platform=f"{one.platform} ({root})") if len(archives[one.platform]) > 1 else one
        for root, one in found
    ]


def _questions(asked: str | None, taxonomy: Taxonomy) -> tuple[QuestionText, ...]:
    from policywatch.cli.asking import chosen
    from policywatch.reports.positions_view import QuestionText
    from policywatch.taxonomy.positions import QUESTIONS

    ids = (chosen(asked, tuple(QUESTIONS), "question"),) if asked else tuple(QUESTIONS)
    known = taxonomy.categories
    return tuple(
        QuestionText(one, known[one].title, known[one].question, known[one].positions, QUESTIONS[one].trigger)
        for one in ids
    )


def _rendered(form: str, questions: Sequence[QuestionText], positions: Sequence[Position], painted: bool) -> str:
    import sys

    from policywatch.cli.asking import columns
    from policywatch.reports import positions_html, positions_text
    from policywatch.reports.ink import no_paint, paint_for
    from policywatch.reports.positions_view import compare as side_by_side

    view = side_by_side(questions, positions)
    if form == "html":
        return positions_html.render(view)
    if form == "markdown":
        return positions_text.markdown(view)
    return positions_text.render(view, columns(), paint_for(sys.stdout) if painted and form == "terminal" else no_paint)
