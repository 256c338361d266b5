"""The table of verbs, loaded one at a time, and the one place where errors become exit codes."""

from __future__ import annotations

import errno
import importlib
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import typer

from policywatch.errors import ConfigError, PolicywatchError

# verb -> the help panel it stands in. Each is a module of this package with a function of the same name (a trailing
# underscore where Python reserves the word); a module that has sub-verbs gives a typer app named ``app`` instead.
VERBS: dict[str, str] = {
    "init": "Watch",
    "fetch": "Watch",
    "status": "Watch",
    "diff": "Read",
    "log": "Read",
    "show": "Read",
    "blame": "Read",
    "clauses": "Read",
    "compare": "Read",
    "report": "Read",
    "review": "Guard",
    "check": "Guard",
    "verify": "Guard",
    "import": "Files",
    "extract": "Files",
    "classify": "Files",
    "categories": "Files",
    "schema": "Files",
    "demo": "Files",
}
EXIT_DONE = 0
EXIT_CHANGES = 1
EXIT_USAGE = 2
EXIT_FAILURES = 3
EXIT_CRASH = 70
EXIT_INTERRUPTED = 130


_OF_THE_MACHINE = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
    | {errno.EPIPE, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EMFILE, errno.ENFILE}
)


class Interrupted(BaseException):
    """SIGINT or SIGTERM. Not an Exception: nothing on the way may swallow it."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    _hear_signals()
    try:
        code = _called(arguments)
        sys.stdout.flush()
    except (Interrupted, KeyboardInterrupt):
        sys.stderr.write("policywatch: interrupted; what was recorded is complete, the next run reports it\n")
        return EXIT_INTERRUPTED
    except PolicywatchError as error:
        _explain(error)
        return error.exit_code
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
            _explain(_of_the_machine(error))
            return EXIT_USAGE
        from policywatch.cli.crash import report_crash

        report_crash(error, arguments)
        return EXIT_CRASH
    return code


def _called(arguments: Sequence[str]) -> int:
    """Do what was asked; its exit code."""
    try:
        _app(arguments)(args=list(arguments), prog_name="policywatch")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else EXIT_USAGE if stop.code else EXIT_DONE
    return EXIT_DONE


def _of_the_machine(error: OSError) -> PolicywatchError:
    """What a file or the disk has against it, with its name; without one it is stdout."""
    if error.filename is None:
        return PolicywatchError(f"the output cannot be written: {error.strerror}", "name a file: > FILE")
    hint = "this user may not read or write it" if error.errno in (errno.EACCES, errno.EPERM) else None
    return PolicywatchError(f"{error.filename2 or error.filename}: {error.strerror}", hint)


def _app(arguments: Sequence[str]) -> typer.Typer:
    """The application, with only the verb that was asked for: importing all twenty would triple the start-up."""
    app = typer.Typer(
        name="policywatch",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog="policywatch describes documents. It is not legal advice.",
    )
    app.callback()(_root)
    asked = next((argument for argument in arguments if not argument.startswith("-")), None)
    for verb in [asked] if asked in VERBS else VERBS:
        _register(app, verb)
    return app


def _register(app: typer.Typer, verb: str) -> None:
    module = importlib.import_module(f"policywatch.cli.{verb}_" if verb == "import" else f"policywatch.cli.{verb}")
    nested = getattr(module, "app", None)
    if isinstance(nested, typer.Typer):
        app.add_typer(nested, name=verb, rich_help_panel=VERBS[verb])
    else:
        app.command(verb, rich_help_panel=VERBS[verb])(getattr(module, verb))


def _root(
    version: bool = typer.Option(False, "--version", "-V", help="Print the version and stop.", is_eager=True),
) -> None:
    """Watch privacy policies and terms: a git-friendly archive and clause-level diffs."""
    if version:
        from policywatch import __version__

        typer.echo(f"policywatch {__version__}")
        raise typer.Exit


def _explain(error: PolicywatchError) -> None:
    lines = [f"policywatch: {error.message}"]
    if isinstance(error, ConfigError):
        lines += error.problems
    if error.hint:
        lines.append(f"  {error.hint}")
    sys.stderr.write("\n".join(lines) + "\n")


def _hear_signals() -> None:
    def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise Interrupted

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
