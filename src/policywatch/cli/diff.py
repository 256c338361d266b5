"""``policywatch diff``: what changed between two versions of the archive, or between two local files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policywatch.cli.options import ArchiveDir, Config, Output, Quiet

if TYPE_CHECKING:
    from policywatch.archive import Archive
    from policywatch.model import ChangeSet, Version
    from policywatch.reports import Options
    from policywatch.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Pair:
    """Two archive files of one document and what came out of their comparison."""

    before: str
    after: str
    changes: ChangeSet
    named: tuple[str, str] | None = None  # local files, as a patch names them


def diff(
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="TARGET", help="A document, a platform or a glob; or the older of two files.", show_default=False
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Argument(metavar="FROM", help="A version or date; or the newer file.", show_default=False),
    ] = None,
    end: Annotated[
        str | None, typer.Argument(metavar="TO", help="A version or date. Default: the newest.", show_default=False)
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Everything since a date or an age: 2026-01-31, 30d.")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="terminal, plain, json, jsonl, markdown, html or patch.")
    ] = "terminal",
    category: Annotated[
        list[str] | None, typer.Option("--category", help="Only changes in this category; may be repeated.")
    ] = None,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="Old beside new, where the terminal is wide enough.")
    ] = False,
    stat: Annotated[bool, typer.Option("--stat", help="One line a document.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Every change and every word; nothing left out.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 when something changed.")] = False,
    output: Output = None,
    quiet: Quiet = False,
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """What changed, clause by clause, the important first.

    From the archive: the last change of each document, or what lies between FROM and TO.

    Or of two local files of any kind: policywatch diff old.html new.html
    """
    from policywatch.cli.app import EXIT_CHANGES
    from policywatch.cli.asking import category_id, chosen
    from policywatch.errors import UsageError
    from policywatch.reports import CHANGES, Options
    from policywatch.reports.view import narrow

    chosen(format, tuple(CHANGES), "format")
    if since is not None and start is not None:
        raise UsageError("--since and FROM say the same twice", "give one of them")
    files = _local_files(target, start, end)
    if files is not None:
        classes = _taxonomy_beside(config)
        pairs, root, many = [_local_pair(*files, classes)], "", False
    else:
        from policywatch.archive.targets import match
        from policywatch.cli.asking import taxonomy_of
        from policywatch.cli.locate import locate

        found = locate(config, archive)
        classes = taxonomy_of(found)
        known = found.archive.documents()
        documents = match(target, known)
        if start is not None and len(documents) > 1:
            raise UsageError(
                f"FROM and TO go with one document, {target} means {len(documents)}", "or use --since DATE"
            )
        pairs = list(_archive_pairs(found.archive, documents, (start, end, since), classes, quiet))
        root, many = _shown(found.archive.root), len(documents) != 1
    category = [category_id(one, classes) for one in category or ()]
    if category and format == "patch":
        raise UsageError("a patch is whole", "leave out --category, or take another --format")
    sets = [narrow(pair.changes, category) if category else pair.changes for pair in pairs]
    options = Options(
        titles={key: found.title for key, found in classes.categories.items()},
        side_by_side=side_by_side,
        stat=stat,
        full=every,
        root=root,
        files={pair.changes.document: (pair.before, pair.after) for pair in pairs},
        named={pair.changes.document: pair.named for pair in pairs if pair.named},
        many=many,
    )
    changed = any(one.changes or one.signals for one in sets)
    _print(sets, format, options, output)
    if not changed and not quiet:
        typer.echo("No clause changed." if sets else "Nothing to compare.", err=True)
    if exit_code and changed:
        raise typer.Exit(EXIT_CHANGES)


def _print(sets: Sequence[ChangeSet], format: str, options: Options, output: Path | None) -> None:
    from policywatch.cli.output import emit
    from policywatch.reports import render

    if format == "terminal" and output is None:
        from rich.console import Console

        from policywatch.reports import terminal

        terminal.show(sets, options, Console(soft_wrap=False))
        return
    emit(render(format, sets, options), output)


def _shown(root: Path) -> str:
    """The archive's folder as a patch names it: as seen from here, else by its name."""
    whole, here = root.resolve(), Path.cwd().resolve()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else whole.name


# -- from the archive --------------------------------------------------------------------------------------------------

Asked = tuple[str | None, str | None, str | None]  # FROM, TO, --since


def _archive_pairs(
    archive: Archive, documents: Sequence[str], asked: Asked, classes: Taxonomy, quiet: bool
) -> Iterator[Pair]:
    for document in documents:
        ends = _ends(archive, document, asked)
        if ends is None:
            if len(documents) == 1 and not quiet:
                typer.echo(f"{document} has one version only", err=True)
            continue
        yield _archive_pair(archive, document, *ends, classes)


def _ends(archive: Archive, document: str, asked: Asked) -> tuple[Version, Version] | None:
    """The two versions to compare; None where there are no two.

    Raises UsageError for a FROM or TO that names none.
    """
    from policywatch.archive import parse_when

    start, end, since = asked
    history = archive.history(document)
    if start is not None:
        return archive.resolve(document, start), archive.resolve(document, end or "latest")
    if len(history) < 2:
        return None
    if since is not None:
        before = archive.version_at(document, parse_when(since)) or history[0]
        return (before, history[-1]) if before.version < history[-1].version else None
    last = next((version for version in reversed(history) if version.kind == "change"), history[-1])
    return history[last.version - 2], last


def _archive_pair(archive: Archive, document: str, before: Version, after: Version, classes: Taxonomy) -> Pair:
    from policywatch.archive import reviews
    from policywatch.findings import change_set

    old, new = archive.text(document, before.version), archive.text(document, after.version)
    low, high = sorted((before.version, after.version))
    changes = change_set(
        document,
        old,
        new,
        classes,
        from_version=before.version,
        to_version=after.version,
        from_time=before.time,
        to_time=after.time,
        unattributed=reviews.unattributed(archive.history(document), low, high),
    )
    return Pair(old, new, changes)


# -- local files -------------------------------------------------------------------------------------------------------


def _local_files(target: str | None, start: str | None, end: str | None) -> tuple[Path, Path] | None:
    """The two files, if that is what was asked for.

    Raises UsageError when one of the two is missing.
    """
    from policywatch.errors import UsageError

    if target is None or start is None or end is not None:
        return None
    paths = Path(target), Path(start)
    there = [path.is_file() for path in paths]
    if there == [True, False] or (there == [False, True] and Path(target).suffix):
        missing = paths[there.index(False)]
        raise UsageError(f"{missing}: no such file", "diff takes two files, or a document and versions")
    return paths if all(there) else None


def _local_pair(before: Path, after: Path, classes: Taxonomy) -> Pair:
    from policywatch.extraction.guards import doubt
    from policywatch.extraction.markdown import parse
    from policywatch.findings import change_set

    old, new = _archive_text(before), _archive_text(after)
    (front_old, clauses_old), (front_new, clauses_new) = parse(old), parse(new)
    doubtful = doubt(clauses_old, clauses_new, front_old.language, front_new.language)
    if doubtful:
        typer.echo(f"policywatch: {after}: {doubtful}; a fetch would wait for confirmation", err=True)
    return Pair(old, new, change_set(after.name, old, new, classes), (before.as_posix(), after.as_posix()))


def _archive_text(path: Path) -> str:
    """A local file as the archive would hold it; one that comes from an archive as it is.

    Raises ExtractionError for bytes that cannot be read as text. What a guard has against the text is only said.
    """
    from policywatch.errors import ExtractionError
    from policywatch.extraction import extract
    from policywatch.extraction.markdown import FrontMatter, layout

    body = path.read_bytes()
    if body.startswith(b"---\n") and path.suffix == ".md":
        return body.decode("utf-8", "replace")
    try:
        text = extract(body, url=path.resolve().as_uri(), strict=False)
    except ExtractionError as error:
        raise ExtractionError(f"{path}: {error.message}", error.status, error.hint) from None
    for note in text.notes:
        typer.echo(f"policywatch: {path}: {note}", err=True)
    front = FrontMatter(title=text.title, effective_date=text.effective_date, language=text.language)
    return layout(front, text.clauses)


def _taxonomy_beside(config: Path | None) -> Taxonomy:
    """The taxonomy of the watchlist that is found from here; the built-in one without any."""
    from policywatch.archive import Archive
    from policywatch.cli.asking import taxonomy_of
    from policywatch.cli.locate import Located, find_watchlist

    return taxonomy_of(Located(find_watchlist(config), Archive(Path("archive"))))
