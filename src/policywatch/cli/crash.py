"""Our own crash: a log that can be sent, and a calm line about it."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence

from policywatch import __version__


def report_crash(error: BaseException, arguments: Sequence[str]) -> None:
    """Write the traceback to a file of its own and name it on stderr. Arguments are kept, the environment is not."""
    log = "".join(
        (
            f"policywatch {__version__}, Python {platform.python_version()}, {platform.platform()}\n",
            f"arguments: {' '.join(arguments)}\n\n",
            *traceback.format_exception(error),
        )
    )
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="policywatch-crash-", suffix=".log", delete=False
        ) as file:
            file.write(log)
        where = f"the log is {file.name}"
    except OSError:
        sys.stderr.write(log)
        where = "the log is above"
    what = f"{error!r:.300}"  # it may hold a whole report
    sys.stderr.write(f"policywatch: this is a bug of ours, not of your input: {what}\n  {where}; please send it\n")
