"""``policywatch verify``: the archive's integrity, offline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policywatch.cli.options import ArchiveDir, Config

if TYPE_CHECKING:
    from policywatch.archive.verify import Problem, Report
    from policywatch.cli.locate import Located

FORMATS = ("terminal", "plain", "json")
_SIGNED = {
    "G": "well signed",
    "U": "signed with a key of unknown trust",
    "X": "signed, signature expired",
    "Y": "signed with a key expired since",
    "R": "signed with a revoked key",
    "E": "signed, signature cannot be checked here",
    "B": "with a BAD signature",
    "N": "not signed",
}


def verify(
    quotes: Annotated[
        bool,
        typer.Option("--quotes/--no-quotes", help="Also check that quoted passages are where they are said to be."),
    ] = True,
    format: Annotated[str, typer.Option("--format", "-f", help=", ".join(FORMATS) + ".")] = "terminal",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing when all is well.")] = False,
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """Recompute every chain, hash and way back; check evidence, sign-offs and quotes. Exit 1 for anything altered."""
    import sys

    from policywatch.archive import commits
    from policywatch.archive.verify import verify as check
    from policywatch.cli.app import EXIT_CHANGES
    from policywatch.cli.asking import chosen
    from policywatch.cli.locate import locate
    from policywatch.errors import UsageError
    from policywatch.reports.jsons import dump

    form = chosen(format, FORMATS, "format")
    found = locate(config, archive)
    if not found.archive.root.is_dir():
        raise UsageError(f"{found.archive.root}: no such archive", "`policywatch init` starts one")
    report = check(found.archive)
    problems, number = report.problems, None
    if quotes and report.sound:
        problems, number = _quotes(found)
    signed = commits.signatures(found.archive.root)
    if "B" in signed:
        problems = (*problems, _bad_signature(signed["B"]))
    if form == "json":
        sys.stdout.write(dump(_fields(report, problems, number, signed), indent=2))
    else:
        sys.stdout.writelines(_lines(problems))
        if problems or not quiet:
            sys.stderr.writelines(f"{line}\n" for line in _summary(report, problems, number, signed))
    if problems:
        raise typer.Exit(EXIT_CHANGES)


def _quotes(found: Located) -> tuple[tuple[Problem, ...], int]:
    """Every passage that the program quotes, looked up in the files: those not there, and how many there are."""
    from policywatch.archive.verify import Problem
    from policywatch.findings import categories_of
    from policywatch.survey import Survey

    problems, number = [], 0
    with Survey(found.archive, categories_of(found.watchlist())) as survey:
        for documents in survey.platforms().values():
            lines = {one.id: one.file.split("\n") for one in documents}
            for position in survey.positions(documents):
                for quote in position.quotes:
                    number += 1
                    held = lines[quote.document]
                    if not (0 < quote.line <= len(held) and quote.text in held[quote.line - 1]):
                        message = f"the passage quoted for {position.question} does not stand here: {quote.text[:80]}"
                        problems.append(Problem(f"{quote.document}.md", message, quote.line))
    return tuple(problems), number


def _bad_signature(number: int) -> Problem:
    from policywatch.archive.verify import Problem

    said = "a commit has a bad signature" if number == 1 else f"{number} commits have a bad signature"
    return Problem(".", said, hint="find it: git log --format='%h %G? %s' -- .")


def _lines(problems: Sequence[Problem]) -> Iterator[str]:
    from policywatch.reports.text import clean

    hints: dict[str, None] = {}
    for problem in problems:
        yield clean(str(problem)) + "\n"
        if problem.hint:
            hints[problem.hint] = None
    for hint in hints:
        yield f"  {hint}\n"


def _summary(
    report: Report, problems: Sequence[Problem], quotes: int | None, signed: Mapping[str, int]
) -> Iterator[str]:
    from policywatch.reports.text import clean
    from policywatch.reports.wording import count

    looked = [count(report.documents, "document"), count(report.versions, "version")]
    looked += [count(report.reviews, "review")] if report.reviews else []
    looked += [count(report.evidence, "piece of evidence", "pieces of evidence")] if report.evidence else []
    looked += [count(quotes, "quote")] if quotes else []
    verdict = count(len(problems), "problem") if problems else "all as it was recorded"
    yield f"{', '.join(looked)}: {verdict}"
    yield from map(clean, report.notes)
    if set(signed) - {"N"}:
        total = sum(signed.values())
        said = ", ".join(f"{number} {_SIGNED.get(letter, letter)}" for letter, number in signed.items())
        yield f"of the last {count(total, 'commit')}: {said}"


def _fields(
    report: Report, problems: Sequence[Problem], quotes: int | None, signed: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "schema": "policywatch/verify/1",
        "sound": not problems,
        "problems": [
            {"path": one.path, "line": one.line, "message": one.message, "hint": one.hint} for one in problems
        ],
        "notes": list(report.notes),
        "documents": report.documents,
        "versions": report.versions,
        "reviews": report.reviews,
        "evidence": {"present": report.evidence, "absent": report.evidence_absent},
        "quotes": quotes,
        "signatures": signed,
    }
