"""``policywatch show``: a document's text, now or then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policywatch.cli.options import ArchiveDir, Config

if TYPE_CHECKING:
    from policywatch.model import Version

FORMATS = ("terminal", "markdown", "plain", "json")


def show(
    target: Annotated[str, typer.Argument(help="A document id, or what names one.", show_default=False)],
    at: Annotated[
        str | None, typer.Option("--at", help="A date, a time or a version number. Default: the newest text.")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"{', '.join(FORMATS)}. markdown is the archive's file to the byte.")
    ] = "terminal",
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """The text of a document as it was on a date or in a version."""
    import sys

    from policywatch.archive.targets import match_one
    from policywatch.cli.asking import chosen
    from policywatch.cli.locate import locate

    form = chosen(format, FORMATS, "format")
    found = locate(config, archive).archive
    document = match_one(target, found.documents())
    version = found.resolve(document, at or "latest")
    text = found.text(document, version.version)
    if form == "terminal":
        form = "styled" if sys.stdout.isatty() else "markdown"
    if form == "json":
        from policywatch.reports.jsons import dump

        sys.stdout.write(dump(_fields(document, version, text), indent=2))
    elif form == "markdown":
        sys.stdout.write(text)
    elif form == "plain":
        sys.stdout.writelines(_plain(text))
    else:
        sys.stdout.writelines(_styled(document, version, text))


def _fields(document: str, version: Version, text: str) -> dict[str, Any]:
    from policywatch.archive.records import stamp
    from policywatch.extraction.markdown import parse
    from policywatch.reports.jsons import clause, instant

    front, clauses = parse(text)
    return {
        "schema": "policywatch/text/1",
        "document": document,
        "version": version.version,
        "time": stamp(version.time),
        "kind": version.kind,
        "text_sha256": version.text_sha256,
        "title": front.title,
        "platform": front.platform,
        "name": front.document,
        "sources": list(front.sources),
        "effective_date": instant(front.effective_date),
        "language": front.language,
        "text": text,
        "clauses": [clause(one) for one in clauses],
    }


def _plain(text: str) -> Iterator[str]:
    """For reading: no markup, no front matter, a line a clause."""
    from policywatch.extraction.markdown import clauses_of
    from policywatch.reports.text import clean

    before = ""
    for one in clauses_of(text):
        if before and not (before == one.kind and one.kind in ("item", "row")):
            yield "\n"
        mark = "  " * (one.level - 1) + one.marker + " " if one.kind == "item" else ""
        yield mark + clean(one.plain) + "\n"
        before = one.kind


def _styled(document: str, version: Version, text: str) -> Iterator[str]:
    """The file on a terminal, headings set off; nothing in it may steer the terminal."""
    import sys

    from policywatch.reports.ink import paint_for
    from policywatch.reports.text import clean

    paint = paint_for(sys.stdout)
    yield paint("dim", f"{document}, version {version.version}, {version.time:%Y-%m-%d %H:%M} UTC") + "\n\n"
    for line in text.split("\n")[:-1]:
        shown = clean(line)
        yield (paint("title", shown) if shown.startswith("#") else shown) + "\n"
