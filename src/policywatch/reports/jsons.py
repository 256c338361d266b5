"""The JSON shapes (a contract), ``policywatch/changes/1`` and the others: fields are added, never changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from policywatch.model import Change, ChangeSet, Check, Clause, Finding, Outcome, Run
from policywatch.reports.options import Options

CHANGES = "policywatch/changes/1"
CHANGES_LIST = "policywatch/changes-list/1"
RUN = "policywatch/run/1"
CHECK = "policywatch/check/1"

# What JSON allows in strings and a terminal must not get.
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render(change_sets: Sequence[ChangeSet], options: Options) -> str:
    """One object for one document; a list of them in an object for several, or where several were asked for."""
    if len(change_sets) == 1 and not options.many:
        return dump(changes(change_sets[0]), indent=2)
    return dump({"schema": CHANGES_LIST, "documents": [changes(one) for one in change_sets]}, indent=2)


def render_lines(change_sets: Sequence[ChangeSet], options: Options) -> str:
    """One ``policywatch/changes/1`` object a line, however many there are."""
    return "".join(dump(changes(one)) for one in change_sets)


def run(value: Run) -> dict[str, Any]:
    return {
        "schema": RUN,
        "started": instant(value.started),
        "finished": instant(value.finished),
        "documents": [outcome(one) for one in value.outcomes],
        "totals": dict(value.totals),
    }


def render_run(value: Run, options: Options) -> str:
    return dump(run(value), indent=2)


def render_run_lines(value: Run, options: Options) -> str:
    """One document of the run a line."""
    return "".join(dump({"schema": RUN, **outcome(one)}) for one in value.outcomes)


def outcome(value: Outcome) -> dict[str, Any]:
    return {
        "document": value.document,
        "status": value.status,
        "reason": value.reason,
        "version": value.version,
        "changes": changes(value.changes) if value.changes else None,
        "hint": value.hint,
        "since": instant(value.since),
        "recovered": instant(value.recovered),
        "confidence": value.confidence,
        "notes": list(value.notes),
    }


def changes(value: ChangeSet) -> dict[str, Any]:
    return {
        "schema": CHANGES,
        "document": value.document,
        "title": value.title,
        "from": {"version": value.from_version, "time": instant(value.from_time)},
        "to": {"version": value.to_version, "time": instant(value.to_time)},
        "severity": value.severity,
        "signals": [{"kind": one.kind, "before": one.before, "after": one.after} for one in value.signals],
        "effective": {"before": instant(value.effective_before), "after": instant(value.effective_after)},
        "notice_days": value.notice_days,
        "unattributed": value.unattributed,
        "changes": [change(one) for one in value.changes],
        "categories": {category: dict(kinds) for category, kinds in value.categories.items()},
    }


def change(value: Change) -> dict[str, Any]:
    return {
        "kind": value.kind,
        "moved": value.moved or value.kind == "moved",
        "categories": list(value.categories),
        "severity": value.severity,
        "before": [clause(one) for one in value.before],
        "after": [clause(one) for one in value.after],
        "words": [[op, text] for op, text in value.words],
        "signals": [{"kind": one.kind, "before": one.before, "after": one.after} for one in value.signals],
    }


def clause(value: Clause) -> dict[str, Any]:
    return {"heading": " > ".join(value.heading), "text": value.text, "line": value.line, "kind": value.kind}


def instant(moment: datetime | date | None) -> str | None:
    """ISO 8601; times in UTC with a Z."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def dump(value: Mapping[str, Any], indent: int | None = None) -> str:
    """JSON with its letters as they are, but nothing that steers a terminal; ends with a newline."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(_escaped, text) + "\n"


def _escaped(found: re.Match[str]) -> str:
    """A lone surrogate is no letter and strict readers refuse it: it becomes the replacement character."""
    return "\ufffd" if found[0] >= "\ud800" else f"\\u{ord(found[0]):04x}"


def render_check(value: Check, options: Options) -> str:
    return dump(
        {
            "schema": CHECK,
            "open": value.open,
            "documents": value.documents,
            "unread": value.unread,
            "findings": [finding(one) for one in value.findings],
        },
        indent=2,
    )


def finding(value: Finding) -> dict[str, Any]:
    return {
        "document": value.document,
        "version": value.version,
        "kind": value.kind,
        "categories": list(value.categories),
        "severity": value.severity,
        "reason": value.reason,
        "text": value.text,
        "path": value.path,
        "line": value.line,
        "sign_off": value.sign_off,
        "words": [[op, text] for op, text in value.words],
        "deciding": list(value.deciding),
        "stood": {"version": value.stood[0], "line": value.stood[1]} if value.stood else None,
    }
