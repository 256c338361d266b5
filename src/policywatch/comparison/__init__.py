"""Two versions in, changes out: clauses aligned, words marked, signals read.

A run that finds nothing new compares nothing: what is named here is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policywatch.comparison.applying import apply as apply
    from policywatch.comparison.changes import compare as compare
    from policywatch.comparison.grading import assess as assess
    from policywatch.comparison.grading import severity as severity
    from policywatch.comparison.toc import contents as contents
    from policywatch.comparison.versions import version_signals as version_signals

_HOMES = {
    "apply": "applying",
    "compare": "changes",
    "assess": "grading",
    "severity": "grading",
    "contents": "toc",
    "version_signals": "versions",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
