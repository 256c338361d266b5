"""``policywatch log``: the timeline of a document, a platform or everything; one clause's story with ``--clause``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policywatch.cli.options import ArchiveDir, Config, Target

if TYPE_CHECKING:
    from policywatch.archive import Archive
    from policywatch.archive.story import Story
    from policywatch.cli.locate import Located
    from policywatch.model import Review, Version
    from policywatch.reports.ink import Paint

FORMATS = ("terminal", "plain", "json", "jsonl", "markdown")


def log(
    target: Target = None,
    category: Annotated[
        list[str] | None, typer.Option("--category", help="Only versions that touch this category; may be repeated.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="A date or an age: 2026-01-31, 30d.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="A date (inclusive) or an age.")] = None,
    clause: Annotated[
        str | None, typer.Option("--clause", metavar="TEXT", help="The story of the clause that holds this text.")
    ] = None,
    number: Annotated[int | None, typer.Option("--number", "-n", min=1, help="At most so many, newest first.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help=", ".join(FORMATS) + ".")] = "terminal",
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """What was recorded when, newest first; or one clause's whole story."""
    from policywatch.archive import parse_when
    from policywatch.archive.targets import match
    from policywatch.cli.asking import chosen
    from policywatch.cli.locate import locate

    form = chosen(format, FORMATS, "format")
    located = locate(config, archive)
    found = located.archive
    documents = match(target, found.documents())
    start = parse_when(since) if since else None
    end = parse_when(until, end=True) if until else None
    if clause is not None:
        _print_stories(_stories(found, documents, clause, start, end), form)
        return
    wanted = frozenset(_category(one, located, documents) for one in category or ())
    versions = _timeline(found, documents, wanted, start, end)[:number]
    _print_versions(found, versions, form, _titles(located, form, versions))
    if not versions:
        said = "no version is like that" if category or since or until else "nothing recorded yet"
        typer.echo(f"policywatch: {said}", err=True)


def _category(asked: str, located: Located, documents: Iterable[str]) -> str:
    """A category by id or title; also one that the archive alone still knows."""
    from policywatch.cli.asking import category_id, taxonomy_of

    if any(asked in version.categories for one in documents for version in located.archive.history(one)):
        return asked
    return category_id(asked, taxonomy_of(located))


def _timeline(
    archive: Archive, documents: Iterable[str], categories: frozenset[str], start: datetime | None, end: datetime | None
) -> list[Version]:
    found = [
        version
        for document in documents
        for version in archive.history(document)
        if (start is None or version.time >= start)
        and (end is None or version.time <= end)
        and (not categories or not categories.isdisjoint(version.categories))
    ]
    return sorted(found, key=lambda version: (version.time, version.document, version.version), reverse=True)


# -- versions ----------------------------------------------------------------------------------------------------------


def _titles(located: Located, form: str, versions: Sequence[Version]) -> dict[str, str]:
    """Category -> what people call it; programs get the ids."""
    from policywatch.cli.asking import taxonomy_of

    if form in ("json", "jsonl") or not any(version.categories for version in versions):
        return {}
    return {key: category.title for key, category in taxonomy_of(located).categories.items()}


def _print_versions(archive: Archive, versions: Sequence[Version], form: str, titles: Mapping[str, str]) -> None:
    import sys

    from policywatch.reports.ink import no_paint, paint_for
    from policywatch.reports.rows import columns_of

    reviews = _reviews(archive, versions)
    if form == "json":
        from policywatch.reports.jsons import dump

        rows = [_fields(version, reviews) for version in versions]
        sys.stdout.write(dump({"schema": "policywatch/log/1", "versions": rows}, indent=2))
    elif form == "jsonl":
        from policywatch.reports.jsons import dump

        sys.stdout.writelines(
            dump({"schema": "policywatch/log/1", **_fields(version, reviews)}) for version in versions
        )
    elif form == "markdown":
        sys.stdout.writelines(_markdown(versions, titles))
    else:
        paint = paint_for(sys.stdout) if form == "terminal" else no_paint
        shown, columns = (4, columns_of(sys.stdout)) if form == "terminal" else (None, None)
        sys.stdout.writelines(_lines(versions, reviews, titles, paint, shown, columns))


def _reviews(archive: Archive, versions: Iterable[Version]) -> dict[tuple[str, int], list[Review]]:
    """The sign-offs of these versions."""
    from policywatch.archive.reviews import FOLDER, read

    found: dict[tuple[str, int], list[Review]] = {}
    if (archive.root / FOLDER).is_dir():
        for document in dict.fromkeys(version.document for version in versions):
            for review in read(archive.root, document):
                found.setdefault((document, review.version), []).append(review)
    return found


def _fields(version: Version, reviews: dict[tuple[str, int], list[Review]]) -> dict[str, Any]:
    from policywatch.archive.records import stamp

    return {
        "document": version.document,
        "version": version.version,
        "time": stamp(version.time),
        "kind": version.kind,
        "severity": version.severity,
        "changes": dict(version.changes),
        "categories": list(version.categories),
        "text_sha256": version.text_sha256,
        "snapshots": [
            {"url": one.url, "sha256": one.sha256, "retrieved_at": stamp(one.retrieved_at)} for one in version.snapshots
        ],
        "extractor": version.extractor,
        "taxonomy": version.taxonomy,
        "reviews": [
            {"decision": one.decision, "by": one.by, "time": stamp(one.time), "note": one.note}
            for one in reviews.get((version.document, version.version), ())
        ],
    }


def _lines(
    versions: Sequence[Version],
    reviews: dict[tuple[str, int], list[Review]],
    titles: Mapping[str, str],
    paint: Paint,
    shown: int | None,
    columns: int | None,
) -> Iterator[str]:
    """A row a version, within the terminal's columns; at most so many of its categories are ``shown``."""
    from policywatch.reports.rows import row
    from policywatch.reports.spans import painted
    from policywatch.reports.text import clean, wrap

    wide = max((len(version.document) for version in versions), default=0)
    tint = {"high": "bad", "medium": "mixed"}
    for version in versions:
        severity = version.severity or ""
        said = "; ".join(part for part in (_what(version), _categories(version, titles, shown)) if part)
        document = (
            ("", f"{version.time.date()}  "),
            ("name", version.document),
            ("", " " * (wide - len(version.document))),
        )
        number = (
            ("", f"{f'v{version.version}':<4} "),
            (tint.get(severity, "dim"), severity),
            ("", " " * (6 - len(severity))),
        )
        yield from (painted(line, paint) + "\n" for line in row((document, number), clean(said), columns))
        for review in reviews.get((version.document, version.version), ()):
            note = f": {review.note}" if review.note else ""
            text = clean(f"{review.decision} by {review.by} on {review.time:%Y-%m-%d}{note}")
            for line in wrap(text, columns, " " * 12) if columns else [" " * 12 + text]:
                yield paint("dim", line) + "\n"


def _categories(version: Version, titles: Mapping[str, str], shown: int | None) -> str:
    hidden = len(version.categories) - shown if shown else 0
    named = [titles.get(category, category) for category in version.categories[:shown]]
    return ", ".join(named) + (f" and {hidden} more" if hidden > 0 else "")


def _what(version: Version) -> str:
    """What a version brought, in words."""
    counts = ", ".join(f"{number} {kind}" for kind, number in version.changes.items())
    if version.kind == "first":
        return "first version"
    if version.kind == "upgrade":
        return f"read anew by extractor {version.extractor}" + (f": {counts}" if counts else "")
    return counts or "words changed outside of clauses"


def _markdown(versions: Sequence[Version], titles: Mapping[str, str]) -> Iterator[str]:
    if versions:
        yield "| date | document | version | severity | changes | categories |\n| --- | --- | --- | --- | --- | --- |\n"
    for version in versions:
        cells = (
            f"{version.time.date()}",
            version.document,
            str(version.version),
            version.severity or "",
            _what(version),
            _categories(version, titles, None),
        )
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


# -- one clause --------------------------------------------------------------------------------------------------------


def _stories(
    archive: Archive, documents: Sequence[str], text: str, start: datetime | None, end: datetime | None
) -> list[Story]:
    """The clause's story, in every document that has it.

    Raises UsageError when none has, or when the text is not enough to tell which clause is meant.
    """
    from dataclasses import replace

    from policywatch.archive.story import NoSuchClause, stories
    from policywatch.comparison import compare

    found, missing = [], None
    for document in documents:
        try:
            told = stories(archive, document, text, compare)
        except NoSuchClause as error:
            missing = error
            continue
        for one in told:
            events = (
                event
                for event in one.events
                if (start is None or event.version.time >= start) and (end is None or event.version.time <= end)
            )
            found.append(replace(one, events=tuple(events)))
    if missing is not None and not found:
        if len(documents) > 1:
            raise NoSuchClause(
                f"no version of the {len(documents)} documents searched has a clause like that",
                "name one document, and the clause of it that is nearest is told",
            )
        raise missing
    return found


def _print_stories(stories: Sequence[Story], form: str) -> None:
    import sys

    from policywatch.reports.ink import no_paint, paint_for
    from policywatch.reports.jsons import dump

    if form == "json":
        rows = [_story_fields(story) for story in stories]
        sys.stdout.write(dump({"schema": "policywatch/story/1", "stories": rows}, indent=2))
    elif form == "jsonl":
        sys.stdout.writelines(dump({"schema": "policywatch/story/1", **_story_fields(story)}) for story in stories)
    else:
        paint = paint_for(sys.stdout) if form == "terminal" else no_paint
        for place, story in enumerate(stories):
            sys.stdout.write("\n" if place else "")
            sys.stdout.writelines(_story_lines(story, paint, form))


def _story_fields(story: Story) -> dict[str, Any]:
    from policywatch.archive.records import stamp
    from policywatch.reports.jsons import change, clause

    return {
        "document": story.document,
        "clause": clause(story.clause),
        "version": story.version.version,
        "stands": story.stands,
        "events": [
            {
                "version": event.version.version,
                "time": stamp(event.version.time),
                "version_kind": event.version.kind,
                **change(event.change),
                "kind": event.kind,
            }
            for event in story.events
        ],
    }


def _story_lines(story: Story, paint: Paint, form: str) -> Iterator[str]:
    """Oldest first: each event with the clause as it then read, struck and inserted words marked."""
    import shutil

    from policywatch.reports.text import clean, wrap

    columns = min(shutil.get_terminal_size((100, 24)).columns, 100) if form == "terminal" else 100
    bullet, indent = ("- ", "  ") if form == "markdown" else ("", "    ")
    where = " › ".join(clean(part) for part in story.clause.heading)
    yield paint("title", story.document) + (f"  {paint('dim', where)}" if where else "") + "\n"
    for event in story.events:
        version = event.version
        read_anew = " (read anew)" if version.kind == "upgrade" else ""
        yield f"{bullet}{version.time.date()}  v{version.version}  {paint('name', _deed(event.kind))}{read_anew}\n"
        for paragraph in _marked(event.change.words):
            yield from (line + "\n" for line in wrap(paragraph, columns, indent))
    if story.stands:
        yield paint("dim", f"stands in the newest version, line {story.clause.line}") + "\n"


def _deed(kind: str) -> str:
    return "in the first version" if kind == "first" else kind


def _marked(words: Iterable[tuple[str, str]]) -> list[str]:
    """The clause with its struck and inserted words in marks; a clause rewritten as a whole, old and new apart."""
    from policywatch.model import plain
    from policywatch.reports.text import clean

    runs = [(op, clean(plain(text))) for op, text in words]
    if len({op for op, _ in runs}) == 1:
        return ["".join(text for _, text in runs)]  # what happened to it is said already
    marked = [{"-": "[-{}-]", "+": "{{+{}+}}"}.get(op, "{}").format(text) for op, text in runs]
    return ["".join(marked)] if any(op == "=" for op, _ in runs) else marked
