"""``policywatch classify``: clauses in, the same clauses with their categories out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policywatch.cli.options import Config

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policywatch.model import Clause
    from policywatch.taxonomy import Taxonomy

_MANY = 4000  # clauses from which on a second process pays
_MOST_WORKERS = 4
_work: tuple[Taxonomy, Sequence[_Document]] | None = None  # what worker processes label, and by what
_LINES = (".jsonl", ".ndjson", ".json")


def classify(
    file: Annotated[
        Path,
        typer.Argument(metavar="[FILE|-]", help="JSON lines, a page (HTML, PDF, text, Markdown) or an archive file."),
    ] = Path("-"),
    taxonomy: Annotated[
        list[Path] | None, typer.Option("--taxonomy", help="Your own categories, a YAML file; may be repeated.")
    ] = None,
    config: Config = None,
) -> None:
    """Clauses with their categories, as JSON lines, best category first.

    Lines in: {"heading", "text"} and, where there are several documents, "document"; other fields pass through. The
    lines of one document are neighbours, in its order; a heading path is joined with " > ".
    """
    import sys

    classes = _taxonomy(taxonomy, config)
    write = sys.stdout.write
    if str(file) == "-":
        body = sys.stdin.buffer.read()
        documents = _documents("stdin", body) if body.lstrip()[:1] in (b"{", b"") else [_page(Path("-"), body)]
    else:
        body = _read(file)
        documents = _documents(str(file), body) if file.suffix.lower() in _LINES else [_page(file, body)]
    for told, warning in _each(classes, list(documents)):
        if warning:
            typer.echo(f"policywatch: {warning}", err=True)
        write(told)


def _taxonomy(paths: list[Path] | None, config: Path | None) -> Taxonomy:
    from policywatch.cli.locate import find_watchlist
    from policywatch.taxonomy import load

    if paths:
        return load(paths)
    watchlist = find_watchlist(config)
    if watchlist is None:
        return load()
    from policywatch.watchlist import load as load_watchlist

    return load(load_watchlist(watchlist).taxonomy)


_Document = tuple[str, str | None, "Sequence[dict[str, Any]]", "Sequence[Clause]"]


def _each(classes: Taxonomy, documents: Sequence[_Document]) -> Iterator[tuple[str, str]]:
    """``_labelled`` of each document in order; of many, in as many processes as there are processors."""
    import gc
    import multiprocessing
    import os

    global _work
    workers = min(_MOST_WORKERS, os.cpu_count() or 1)
    many = len(documents) > 1 and sum(len(lines) for _, _, lines, _ in documents) >= _MANY
    if not many or workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        for document in documents:
            yield _labelled(classes, document)
        return
    from concurrent.futures import ProcessPoolExecutor

    from policywatch.taxonomy import model

    # What is read before the processes part ways they share: no document has to be sent.
    model.shipped()
    model.matcher_for(classes)
    _work = classes, documents
    gc.freeze()
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=fork, initializer=gc.disable) as pool:  # they make no cycles
        chunk = max(1, len(documents) // (16 * workers))
        yield from pool.map(_labelled_at, range(len(documents)), chunksize=chunk)
    gc.unfreeze()
    _work = None


def _labelled_at(place: int) -> tuple[str, str]:
    assert _work is not None
    classes, documents = _work
    return _labelled(classes, documents[place])


def _labelled(classes: Taxonomy, document: _Document) -> tuple[str, str]:
    """A document's JSON lines, and what to warn of."""
    import json

    from policywatch.taxonomy import classify as labels_of
    from policywatch.taxonomy import language_of, supports

    name, language, lines, clauses = document
    language = language or language_of(clauses)
    warning = ""
    if not supports(language):
        warning = f"{name}: " * bool(name) + "there are no rules for its language yet; no categories given"
    dumps = json.JSONEncoder(ensure_ascii=False).encode
    out = []
    for line, labels in zip(lines, labels_of(classes, clauses, language), strict=True):
        line["categories"] = [
            {"id": label.category, "score": label.score, "by": label.by, "words": label.words} for label in labels
        ]
        out.append(dumps(line) + "\n")
    return "".join(out), warning


def _documents(source: str, body: bytes) -> Iterator[_Document]:
    """Documents of JSON lines: neighbours that carry the same "document"."""
    from itertools import groupby

    from policywatch.model import Clause

    for name, group in groupby(_json_lines(source, body), key=lambda line: str(line.get("document") or "")):
        lines = list(group)
        clauses = [
            Clause(
                "paragraph", line["text"], heading=tuple(line["heading"].split(" > ")) if line.get("heading") else ()
            )
            for line in lines
        ]
        yield name, None, lines, clauses


def _json_lines(source: str, body: bytes) -> Iterator[dict[str, Any]]:
    """Raises UsageError with the place of the first line that is no clause."""
    import json

    from policywatch.errors import UsageError

    expected = 'expected {"heading": "…", "text": "…"}'
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{source}: not UTF-8 at byte {error.start}") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            clause = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{source}:{number}: not JSON: {error}", expected) from None
        if not isinstance(clause, dict) or not isinstance(clause.get("text"), str):
            raise UsageError(f'{source}:{number}: a clause needs a "text"', expected)
        if not isinstance(clause.get("heading") or "", str):
            raise UsageError(f'{source}:{number}: "heading" is a text, its levels joined with " > "', expected)
        yield clause


def _read(file: Path) -> bytes:
    from policywatch.errors import UsageError

    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from None


def _page(file: Path, body: bytes) -> _Document:
    """One document out of a page, or out of a file of the archive (which keeps its line numbers)."""
    from policywatch.extraction import extract
    from policywatch.extraction.markdown import parse

    clauses: Iterable[Clause]
    if body.startswith(b"---\n") and file.suffix.lower() in (".md", ".markdown", ""):
        front, clauses = parse(body.decode("utf-8", "replace"))
        language = front.language
    else:
        text = extract(body, content_type=_type(file), strict=False)
        language, clauses = text.language, text.clauses
    kept = [clause for clause in clauses if clause.kind != "heading"]
    lines = [
        {"document": str(file), "heading": " > ".join(clause.heading), "text": clause.plain}
        | ({"line": clause.line} if clause.line else {})
        for clause in kept
    ]
    return str(file), language, lines, kept


def _type(file: Path) -> str:
    import mimetypes

    return "text/markdown" if file.suffix.lower() in (".md", ".markdown") else mimetypes.guess_type(file.name)[0] or ""
