"""One self-contained page: no scripts, nothing loaded; for screens dark or light, for paper, for screen readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from policywatch.model import ChangeSet, Run
from policywatch.reports import run as runs
from policywatch.reports import wording
from policywatch.reports.options import NOTICE, Options
from policywatch.reports.runs import edges
from policywatch.reports.view import Block, category_table, documents, table_kinds

_STRUCK = Markup("<del>{}</del>")
_INSERTED = Markup("<ins>{}</ins>")
_REPLACING = Markup('<ins class="for">{}</ins>')  # directly after what it replaces


def render(change_sets: Sequence[ChangeSet], options: Options) -> str:
    return _page(change_sets, options, headline="", groups=())


def render_run(run: Run, options: Options) -> str:
    return _page(runs.change_sets(run), options, headline=runs.headline(run), groups=runs.groups(run))


def _page(change_sets: Sequence[ChangeSet], options: Options, headline: str, groups: Sequence[runs.Group]) -> str:
    views = documents(change_sets, options)
    rows = category_table(change_sets, options)
    return _template().render(
        title=_title(change_sets),
        headline=headline,
        groups=groups,
        views=views,
        repeated={name for name, times in Counter(view.title for view in views).items() if name and times > 1},
        rows=rows,
        kinds=table_kinds(rows),
        stat=options.stat,
        notice=NOTICE,
    )


def _title(change_sets: Sequence[ChangeSet]) -> str:
    changed = [one for one in change_sets if one.changes or one.signals]
    clauses = sum(len(one.changes) for one in changed)
    if not changed:
        return "Nothing changed"
    return f"{wording.count(clauses, 'change')} in {wording.count(len(changed), 'document')}"


def redline(block: Block) -> Markup:
    """The runs as ``<ins>`` and ``<del>``; spaces stay outside, so that no underline sticks out."""
    ops = ["=", *(op for op, _ in block.runs)]
    return Markup("").join(_run(op, text, before == "-") for before, (op, text) in zip(ops, block.runs, strict=False))


def _run(op: str, text: str, replaces: bool) -> Markup:
    if op == "=" or not text.strip():
        return Markup("{}").format(text)
    lead, core, trail = edges(text)
    tag = _STRUCK if op == "-" else _REPLACING if replaces else _INSERTED
    return Markup("{}{}{}").format(lead, tag.format(core), trail)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("policywatch.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["redline"] = redline
    return environment.get_template("changes.html")
