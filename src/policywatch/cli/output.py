"""Where a report goes: a file that was named, else stdout."""

from __future__ import annotations

from pathlib import Path


def emit(text: str, output: Path | None) -> None:
    """Write a finished report.

    Raises UsageError where the file cannot be written.
    """
    import sys

    from policywatch.errors import UsageError

    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{output}: {error.strerror or error}", "name a file that can be written") from None
