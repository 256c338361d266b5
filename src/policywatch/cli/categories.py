"""``policywatch categories``: the taxonomy, whole or one category."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from policywatch.cli.options import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policywatch.taxonomy import Category, Rule, Taxonomy

FORMATS = ("plain", "json")
_WIDTH = 100


def categories(
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One category, with its rules and the law.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help=", ".join(FORMATS) + ".")] = "plain",
    taxonomy: Annotated[
        list[Path] | None, typer.Option("--taxonomy", help="Your own categories, a YAML file; may be repeated.")
    ] = None,
    config: Config = None,
) -> None:
    """The clause categories; with ID, one of them: what it does, its question, rules, positions and law."""
    from policywatch.cli.asking import category_id, chosen
    from policywatch.cli.classify import _taxonomy

    form = chosen(format, FORMATS, "format")
    classes = _taxonomy(taxonomy, config)
    shown = [category_id(id, classes)] if id else list(classes.categories)
    if form == "json":
        typer.echo(_json(classes, shown))
    elif id:
        typer.echo("\n".join(_card(classes.categories[shown[0]])))
    else:
        typer.echo("\n".join(_table(classes)))


def _table(classes: Taxonomy) -> Iterator[str]:
    wide = max(map(len, classes.categories))
    family = None
    for category in classes.categories.values():
        if category.family != family:
            family = category.family
            yield f"{family}:"
        yield f"  {category.id:<{wide}}  {category.title}"


def _card(category: Category) -> Iterator[str]:
    yield f"{category.title} ({category.id}, family {category.family}, weight {category.weight:g})"
    yield fill(category.does, _WIDTH)
    yield from _part("Why it matters", [category.matters] if category.matters else [])
    yield from _part("Question", [category.question] if category.question else [])
    yield from _part("Positions", [f"{name}: {meaning}" for name, meaning in category.positions.items()])
    yield from _part("Relevant to", [f"{cite}: {says}" for cite, says in _law(category.id)])
    yield from _part("Rules", [told for rule in category.rules for told in _rule(rule)], wrapped=False)
    yield ""
    yield "The model weighs every word besides; docs/taxonomy.md says how. No legal advice."


def _part(title: str, lines: list[str], wrapped: bool = True) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        for line in lines:
            yield fill(line, _WIDTH, initial_indent="  ", subsequent_indent="    ") if wrapped else f"  {line}"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"{rule.origin}, score {rule.score:g}"
    if rule.needs:
        yield f"  needs    {', '.join(rule.needs)}"
    for key, pattern in (("text", rule.text), ("heading", rule.heading), ("unless", rule.unless)):
        if pattern:
            yield f"  {key:<8} {pattern}"


def _law(category: str) -> list[tuple[str, str]]:
    from policywatch.taxonomy.regulations import regulations

    return [
        (f"{provision.citation} ({provision.standing})", provision.says)
        for provision in regulations().relevant_to(category)
    ]


def _json(classes: Taxonomy, shown: list[str]) -> str:
    import json
    from dataclasses import asdict, replace

    out = []
    for name in shown:
        category = classes.categories[name]
        told = asdict(replace(category, positions=dict(category.positions)))
        told["law"] = [{"citation": citation, "says": says} for citation, says in _law(name)]
        out.append(told)
    document = {"schema": "policywatch/categories/1", "version": classes.version, "categories": out}
    return json.dumps(document, ensure_ascii=False, indent=1)
