"""``policywatch clauses``: clauses by category, with quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from policywatch.cli.options import ArchiveDir, Config, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policywatch.reports.clauses import Group, Labelled
    from policywatch.survey import Survey
    from policywatch.taxonomy import Taxonomy

FORMATS = ("terminal", "plain", "json", "markdown")


def clauses(
    target: Target = None,
    category: Annotated[
        list[str] | None, typer.Option("--category", help="Only this category; may be repeated.")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help=", ".join(FORMATS) + ".")] = "terminal",
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """Clauses by category, each verbatim with its place and since when it stands."""
    import sys

    from policywatch.archive.targets import match
    from policywatch.cli.asking import category_id, chosen, columns, survey_of, taxonomy_of
    from policywatch.cli.locate import locate
    from policywatch.reports import clauses as reports
    from policywatch.reports.ink import no_paint, paint_for

    form = chosen(format, FORMATS, "format")
    found = locate(config, archive)
    taxonomy = taxonomy_of(found)
    wanted = [category_id(one, taxonomy) for one in category or ()]
    with survey_of(found, taxonomy) as survey:
        labelled = _labelled(survey, match(target, found.archive.documents()), wanted)
    if form == "json":
        typer.echo(reports.render_json(labelled), nl=False)
        return
    groups = _groups(labelled, wanted, taxonomy)
    if form == "markdown":
        typer.echo(reports.render_markdown(groups), nl=False)
        return
    paint = no_paint if form == "plain" else paint_for(sys.stdout)
    typer.echo(reports.render(groups, columns(), paint), nl=False)


def _labelled(survey: Survey, documents: Sequence[str], wanted: Sequence[str]) -> list[Labelled]:
    """The clauses that have a category, or one of the wanted ones, in the documents' order."""
    from policywatch.model import language_name
    from policywatch.reports.clauses import Labelled
    from policywatch.taxonomy import supports

    found = []
    for standing in survey.documents(documents):
        if standing.front.language and not supports(standing.front.language):
            typer.echo(
                f"{standing.id}: no rules yet for documents in {language_name(standing.front.language)}", err=True
            )
            continue
        ages = survey.ages(standing)
        for clause, labels in zip(standing.clauses, survey.labels(standing), strict=True):
            ids = {label.category for label in labels}
            if ids and (not wanted or ids & set(wanted)):
                age = ages.get(clause.line)
                found.append(Labelled(standing.id, clause, labels, age.time if age else None))
    return found


def _groups(labelled: Sequence[Labelled], wanted: Sequence[str], taxonomy: Taxonomy) -> list[Group]:
    """By category, in the taxonomy's order; without a wish each clause stands under its main category only."""
    from policywatch.reports.clauses import Group

    groups = []
    for category in taxonomy.categories.values():
        if wanted and category.id not in wanted:
            continue
        having = [one for one in labelled if category.id in {label.category for label in one.labels}]
        chosen = tuple(one for one in having if wanted or one.labels[0].category == category.id)
        if having:
            groups.append(Group(category.id, category.title, chosen, len(having)))
    return groups
