"""Markdown as GitHub and GitLab read it: fit for a pull request's comment and for a step summary.

Page text is escaped so that it cannot bring markup, mention people, refer to issues or link anywhere. Changes of low
severity fold away. What would pass the size that a comment may have is left out, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policywatch.model import ChangeSet, Check, Finding, Run
from policywatch.reports import excerpt, findings, wording
from policywatch.reports import run as runs
from policywatch.reports.options import NOTICE, Options
from policywatch.reports.runs import edges
from policywatch.reports.text import clean
from policywatch.reports.view import (
    Block,
    CategoryRow,
    DocumentView,
    Entry,
    category_table,
    documents,
    table_kinds,
)

LIMIT = 65_000  # letters, unless all is asked for; GitHub takes 65,536 in a comment

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BREAK = "<!-- -->"  # parts a sign from what would make it a mention, a reference or a link
_SPECIAL = re.compile(
    r"(?P<entity>[<>&])"
    r"|(?P<parted>(?<!\w)@(?=\w)|#(?=\w)|!(?=\d)|(?<=\w):(?=//)|(?<=\bwww)\.|(?<=\bmailto):|(?<=\bGH)-(?=\d))"
    r"|[\\`*_\[\]|~$]|:(?=[\w+-]+:)",
    re.IGNORECASE,
)
_START = re.compile(r"^(\s*)(?:(\d+)(?=[.)])|(?=[-+=#]))")  # what would open a list, a heading or a rule


def render(change_sets: Sequence[ChangeSet], options: Options) -> str:
    views = documents(change_sets, options)
    if not views:
        return ""
    end = ["", f"*{NOTICE}*", ""]
    if options.stat:
        return "\n".join([*_stat(views), *end])
    head = [*_table(category_table(change_sets, options)), ""]
    parts = [part for view in views for part in _document(view, options)]
    if options.full:
        return "\n".join([*head, *(line for part in parts for line in part), *end])
    return _fitted(head, parts, end, "`policywatch diff --all` shows all of it.")


def render_run(run: Run, options: Options) -> str:
    """What changed, then what did not work."""
    changes = render(runs.change_sets(run), options)
    trouble = [line for group in runs.groups(run) for line in _group(group)]
    lines = [f"**{escape(runs.headline(run))}**", ""]
    return "\n".join([*lines, *([*trouble, ""] if trouble else [])]) + ("\n" + changes if changes else "")


def render_check(check: Check, options: Options) -> str:
    if check.open:
        looked = f"{wording.count(check.documents, 'document')} looked at. {findings.unread(check)}".rstrip()
        return f"**policywatch: the gate is open.** {looked}\n\n*{NOTICE}*\n"
    head = [f"**policywatch: the gate is closed** by {findings.tally(check)}. {findings.unread(check)}".rstrip(), ""]
    return _fitted(
        head,
        [_finding(finding, options) for finding in check.findings],
        ["", f"*{NOTICE}*", ""],
        "`policywatch check` shows all of it.",
    )


def escape(text: str) -> str:
    """Text that Markdown shows as it is, wherever it stands."""
    return _START.sub(lambda found: f"{found[1]}{found[2] or ''}\\", _SPECIAL.sub(_escaped, clean(text)))


def _escaped(found: re.Match[str]) -> str:
    if found["entity"]:
        return _ENTITIES[found[0]]
    return f"{found[0]}{_BREAK}" if found["parted"] else f"\\{found[0]}"


def code(text: str) -> str:
    """A code span; backticks of the text become quotes."""
    return f"`{clean(text).replace('`', chr(39)).strip() or ' '}`"


def words(block: Block) -> str:
    return "".join(_word(op, text) for op, text in block.runs)


def _word(op: str, text: str) -> str:
    if op == "=" or not text.strip():
        return escape(text)
    lead, core, trail = edges(text)
    tag = "del" if op == "-" else "ins"
    return f"{lead}<{tag}>{escape(core)}</{tag}>{trail}"


# -- pieces ------------------------------------------------------------------------------------------------------------


def _document(view: DocumentView, options: Options) -> Iterator[list[str]]:
    """Parts that can be left out one by one: the head, each change, what folds away."""
    facts = (code(view.document) if view.title else "", view.versions, view.days, view.severities, view.counts)
    head = [f"### {escape(view.title or view.document)}", "", " · ".join(filter(None, facts)), ""]
    for said in view.signals:
        head += [f"> ⚠️ {escape(said)}", ""]
    yield head
    folded = [] if options.full else [entry for entry in view.entries if entry.severity == "low"]
    for entry in view.entries:
        if entry not in folded:
            yield list(_entry(entry))
    if folded:
        yield [
            "<details>",
            f"<summary>{wording.count(sum(entry.changes for entry in folded), 'change')} of low severity</summary>",
            "",
            *(line for entry in folded for line in _entry(entry)),
            *("</details>", ""),
        ]
    if view.more:
        yield [escape(view.more), ""]


def _entry(entry: Entry) -> Iterator[str]:
    categories = ", ".join(escape(category) for category in entry.categories)
    yield (
        " · ".join(
            filter(None, (f"**{entry.severity.upper()}**", f"**{entry.kind}**", categories, escape(entry.lines)))
        )
        + "  "
    )
    if entry.place:
        yield f"{escape(entry.place)}"
    yield ""
    for block in entry.blocks:
        marker = "• " if block.marker in ("-", "*", "+") else f"{escape(block.marker)} " if block.marker else ""
        yield f"> {marker}{words(block)}"
        yield ""
    if entry.signals:
        yield " · ".join(f"**{escape(signal)}**" for signal in entry.signals)
        yield ""


def _table(rows: Sequence[CategoryRow]) -> Iterator[str]:
    if not rows:
        return
    kinds = table_kinds(rows)
    yield "| category | " + " | ".join(kinds) + " | worst | documents |"
    yield "| --- |" + " ---: |" * len(kinds) + " --- | ---: |"
    for row in rows:
        numbers = " | ".join(str(row.counts.get(kind, "")) for kind in kinds)
        worst = f"**{row.severity}**" if row.severity == "high" else row.severity
        yield f"| {escape(row.title)} | {numbers} | {worst} | {row.documents} |"


def _stat(views: Sequence[DocumentView]) -> Iterator[str]:
    yield "| document | changes | severity | categories |"
    yield "| --- | --- | --- | --- |"
    for view in views:
        categories = ", ".join(escape(category) for category in view.categories)
        name = code(view.document.replace("|", ""))
        yield f"| {name} | {view.counts or 'no clauses'} | {view.severities} | {categories} |"


def _group(group: runs.Group) -> Iterator[str]:
    for row in group.rows:
        yield f"- **{group.status}** {code(row.document)} {escape(row.text)}"
    if group.more:
        yield f"- {escape(group.more)}"
    if group.todo:
        yield f"  - {escape(group.todo)}"


def _finding(finding: Finding, options: Options) -> list[str]:
    categories = ", ".join(escape(options.title(category)) for category in finding.categories)
    where = code(findings.location(finding)) if finding.path else ""
    version = f"version {finding.version}" if finding.version else ""
    first = (f"**{finding.severity.upper()}**", code(finding.document), version, categories, where)
    out = [" · ".join(filter(None, first)) + "  ", escape(finding.reason).strip(), ""]
    if finding.text:
        out += [f"> {''.join(_word(op, text) for op, text in excerpt.excerpt(finding, 600)).strip()}", ""]
    return [*out, f"To settle: {code(finding.sign_off)}", ""] if finding.sign_off else out


def _fitted(head: Sequence[str], parts: Sequence[Sequence[str]], end: Sequence[str], see: str) -> str:
    """As many whole parts as a comment takes, and a word on what is left out and where to ``see`` it."""
    out = list(head)
    room = LIMIT - sum(len(line) + 1 for line in (*head, *end)) - 200
    for part in parts:
        size = sum(len(line) + 1 for line in part)
        if size > room:
            out += [f"*Too long for a comment: the rest is left out. {see}*"]
            break
        out += part
        room -= size
    return "\n".join([*out, *end])
