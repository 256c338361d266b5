"""The command line: one file a verb. Parses, calls, prints, maps errors to exit codes; no logic lives here."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of the ``policywatch`` command."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # answered before anything is imported: scripts ask often
        from policywatch import __version__

        sys.stdout.write(f"policywatch {__version__}\n")
        return
    from policywatch.cli.app import run

    raise SystemExit(run(sys.argv[1:]))
