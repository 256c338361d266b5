"""The command line: one file a verb. Parses, calls, prints, maps errors to exit codes; no logic lives here."""

from __future__ import annotations

import contextlib
import os
import sys


def main() -> None:
    """Entry point of the ``policywatch`` command."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # answered before anything is imported: scripts ask often
        from policywatch import __version__

        try:
            sys.stdout.write(f"policywatch {__version__}\n")
            sys.stdout.flush()
        except (OSError, AttributeError):  # stdout is full, closed or not there
            from policywatch.errors import UsageError

            os._exit(UsageError.exit_code)
        return
    from policywatch.cli import streams
    from policywatch.cli.app import EXIT_INTERRUPTED, run

    streams.prepare()
    code = run(sys.argv[1:])
    if code == EXIT_INTERRUPTED:
        # Whatever had to be written is. Leaving the normal way would wait for workers that wait for a silent server.
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    raise SystemExit(code)
