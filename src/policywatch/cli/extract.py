"""``policywatch extract``: archive text of local pages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from policywatch.model import Text

FORMATS = ("markdown", "json", "jsonl")
_TYPES = {  # by the ending of a local file's name; the bytes have the last word
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}
_SEVERAL = 8  # files from which on a second process pays


@dataclass(frozen=True, slots=True)
class _Job:
    path: Path
    target: Path | None  # where to write; None prints
    url: str
    select: tuple[str, ...]
    remove: tuple[str, ...]
    format: str


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of one file: ``said`` is what to print, ``trouble`` why there is nothing."""

    path: Path
    said: str
    warnings: tuple[str, ...]
    trouble: str | None


def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Pages (HTML, PDF, text, Markdown) or folders.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write to DIR: a/b.html to DIR/a/b.md."),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CSS", help="Only these parts of the page; may be repeated.")
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="CSS", help="Not these parts; may be repeated.")
    ] = None,
    url: Annotated[str, typer.Option("--url", help="Where the page is from: resolves its relative links.")] = "",
    format: Annotated[str, typer.Option("--format", "-f", help="markdown, json or jsonl.")] = "markdown",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No warnings, no summary.")] = False,
) -> None:
    """The text of local pages, as the archive would hold it.

    Where a fetch would refuse a page (an error page, a challenge, a shell), this warns and goes on.
    """
    import sys

    from policywatch.cli.app import EXIT_FAILURES
    from policywatch.cli.asking import chosen
    from policywatch.extraction.characters import clean

    chosen(format, FORMATS, "format")
    jobs = list(_jobs(paths, output, url, tuple(select or ()), tuple(remove or ()), format))
    failed = 0
    shown: list[str] = []
    for done in _run(jobs):
        failed += done.trouble is not None
        for said in (done.trouble,) if done.trouble else () if quiet else done.warnings:
            typer.echo(clean(f"policywatch: {done.path}: {said}"), err=True)
        if done.said and format == "json":
            shown.append(done.said.rstrip("\n"))
        elif done.said:
            sys.stdout.write(done.said if not shown or format == "jsonl" else "\n" + done.said)
            shown = [""]
    if format == "json" and output is None:
        sys.stdout.write('{"schema": "policywatch/texts/1", "documents": [\n' + ",\n".join(shown) + "\n]}\n")
    if not quiet and (output is not None or len(jobs) > 1):
        read = len(jobs) - failed
        tail = f", {failed} could not be read" if failed else ""
        typer.echo(f"{read} {'page' if read == 1 else 'pages'} extracted{tail}", err=True)
    if failed:
        raise typer.Exit(EXIT_FAILURES)


def _jobs(
    paths: Sequence[Path], output: Path | None, url: str, select: tuple[str, ...], remove: tuple[str, ...], format: str
) -> Iterator[_Job]:
    """One job a file, folders walked in order; no two write to one place."""
    ending = ".md" if format == "markdown" else ".json"
    taken: set[Path] = set()
    for given in paths:
        files = list(_walk(given, output)) if given.is_dir() else [given]
        for file in files:
            target = None
            if output is not None:
                inside = file.relative_to(given) if given.is_dir() else Path(file.name)
                target = output / inside.with_suffix(ending)
                if target in taken:
                    target = output / inside.with_name(inside.name + ending)
                taken.add(target)
            yield _Job(file, target, url, select, remove, format)


def _walk(folder: Path, output: Path | None) -> Iterator[Path]:
    """The folder's pages, sorted, HTML before others of the same name; nothing that was written here before."""
    endings = list(_TYPES)
    files = (path for path in folder.rglob("*") if path.suffix.lower() in _TYPES and path.is_file())
    beyond = output.resolve() if output is not None else None
    for path in sorted(files, key=lambda path: (path.with_suffix("").parts, endings.index(path.suffix.lower()))):
        if beyond is None or beyond not in path.resolve().parents:
            yield path


def _run(jobs: Sequence[_Job]) -> Iterable[_Done]:
    """The jobs' outcomes, in order; in processes where there are many."""
    workers = min(os.cpu_count() or 1, len(jobs) // _SEVERAL)
    if workers < 2:
        yield from map(_do, jobs)
        return
    import signal
    from concurrent.futures import ProcessPoolExecutor

    import policywatch.extraction.html

    # Loaded before the processes start, so that they share it. The interrupt is the parent's to hear.
    assert policywatch.extraction.html
    with ProcessPoolExecutor(workers, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)) as pool:
        yield from pool.map(_do, jobs, chunksize=max(1, min(16, len(jobs) // (4 * workers))))


def _do(job: _Job) -> _Done:
    from policywatch.errors import PolicywatchError
    from policywatch.extraction import extract as read

    try:
        text = read(
            job.path.read_bytes(),
            content_type=_TYPES.get(job.path.suffix.lower(), ""),
            url=job.url,
            select=job.select,
            remove=job.remove,
            strict=False,
        )
    except PolicywatchError as error:
        return _Done(job.path, "", (), f"{error.message}{f'; {error.hint}' if error.hint else ''}")
    except OSError as error:
        return _Done(job.path, "", (), error.strerror or str(error))
    except RecursionError:
        return _Done(job.path, "", (), "nested too deeply to read")
    said = _shown(job, text)
    if job.target is None:
        return _Done(job.path, said, text.notes, None)
    job.target.parent.mkdir(parents=True, exist_ok=True)
    job.target.write_text(said, encoding="utf-8", newline="\n")
    return _Done(job.path, "", text.notes, None)


def _shown(job: _Job, text: Text) -> str:
    """The text in the format asked for."""
    from policywatch.extraction.markdown import FrontMatter, layout, parse

    front = FrontMatter(
        title=text.title,
        sources=(job.url,) if job.url else (),
        effective_date=text.effective_date,
        language=text.language,
    )
    file = layout(front, text.clauses)
    if job.format == "markdown":
        return file
    import json

    document: dict[str, Any] = {
        "schema": "policywatch/text/1",
        "path": str(job.path),
        "title": text.title,
        "language": text.language,
        "effective_date": text.effective_date.isoformat() if text.effective_date else None,
        "confidence": round(text.confidence, 3),
        "notes": list(text.notes),
        "clauses": [
            {
                "kind": clause.kind,
                "heading": " > ".join(clause.heading),
                "text": clause.text,
                "marker": clause.marker,
                "level": clause.level,
                "line": clause.line,
            }
            for clause in parse(file)[1]
        ],
    }
    return json.dumps(document, ensure_ascii=False) + "\n"
