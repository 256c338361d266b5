"""``policywatch blame``: since when each sentence stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policywatch.cli.options import ArchiveDir, Config

if TYPE_CHECKING:
    from policywatch.archive.blame import Sentence
    from policywatch.reports.ink import Paint

FORMATS = ("terminal", "plain", "json", "jsonl", "markdown")


def blame(
    target: Annotated[str, typer.Argument(help="A document id, or what names one.", show_default=False)],
    at: Annotated[
        str | None, typer.Option("--at", help="A date or a version number. Default: the newest text.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="Only sentences since a date or an age: 30d.")] = None,
    replaced: Annotated[bool, typer.Option("--replaced/--no-replaced", help="Show what a sentence replaced.")] = True,
    format: Annotated[str, typer.Option("--format", "-f", help=", ".join(FORMATS) + ".")] = "terminal",
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """Since when each sentence stands, the version that brought it, and the sentence it replaced."""
    import sys

    from policywatch.archive import parse_when
    from policywatch.archive.blame import blame as find
    from policywatch.archive.targets import match_one
    from policywatch.cli.asking import chosen
    from policywatch.cli.locate import locate
    from policywatch.comparison import compare
    from policywatch.reports.ink import no_paint, paint_for
    from policywatch.reports.jsons import dump

    form = chosen(format, FORMATS, "format")
    found = locate(config, archive).archive
    document = match_one(target, found.documents())
    version = found.resolve(document, at or "latest")
    start = parse_when(since) if since else None
    sentences = [
        one for one in find(found, document, compare, version.version) if start is None or one.since.time >= start
    ]
    if form == "json":
        rows = [_fields(one) for one in sentences]
        head = {"schema": "policywatch/blame/1", "document": document, "version": version.version}
        sys.stdout.write(dump({**head, "sentences": rows}, indent=2))
    elif form == "jsonl":
        sys.stdout.writelines(
            dump({"schema": "policywatch/blame/1", "document": document, **_fields(one)}) for one in sentences
        )
    elif form == "markdown":
        sys.stdout.writelines(_markdown(sentences))
    else:
        paint = paint_for(sys.stdout) if form == "terminal" else no_paint
        sys.stdout.writelines(_lines(sentences, replaced, paint, _columns(form)))
    if not sentences:
        typer.echo(f"policywatch: {document} has no sentence{f' since {since}' if since else ''}", err=True)


def _fields(sentence: Sentence) -> dict[str, Any]:
    from policywatch.archive.records import stamp

    was = sentence.replaced
    return {
        "line": sentence.line,
        "text": sentence.text,
        "version": sentence.since.version,
        "since": stamp(sentence.since.time),
        "kind": sentence.since.kind,
        "replaced": {"version": was.version, "line": was.line, "text": was.text} if was else None,
    }


def _columns(form: str) -> int | None:
    """The width to cut lines to; None for whole ones, as a pipe gets them."""
    import sys

    from policywatch.reports.rows import columns_of

    return columns_of(sys.stdout) if form == "terminal" else None


def _lines(sentences: Sequence[Sentence], replaced: bool, paint: Paint, columns: int | None) -> Iterator[str]:
    from policywatch.reports.text import clean, shorten

    last = None
    for one in sentences:
        origin = f"{one.since.time:%Y-%m-%d}  {f'v{one.since.version}':<5}"
        shown = clean(one.text)
        room = columns - len(origin) - 8 if columns else len(shown)
        style = "dim" if one.since.version == last else "name"
        yield f"{paint(style, origin)} {one.line:>5}  {shorten(shown, max(room, 20))}\n"
        if replaced and one.replaced:
            was = clean(one.replaced.text)
            yield paint("dim", f"{'':18}was  {shorten(was, max(room - 5, 20)) if columns else was}") + "\n"
        last = one.since.version


def _markdown(sentences: Sequence[Sentence]) -> Iterator[str]:
    from policywatch.reports.text import clean

    if sentences:
        yield "| since | version | line | sentence | replaced |\n| --- | --- | --- | --- | --- |\n"
    for one in sentences:
        was = clean(one.replaced.text) if one.replaced else ""
        cells = (f"{one.since.time:%Y-%m-%d}", str(one.since.version), str(one.line), clean(one.text), was)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"
