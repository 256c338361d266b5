"""The archive's files read the same in any Markdown viewer: markdown-it, which comes with rich, stands for GitHub's."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from policywatch.extraction.markdown import FrontMatter, escape_inline, layout, normal
from policywatch.model import Clause
from tests.extraction.test_markdown import ANY_TEXT

_VIEWER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_KINDS = st.sampled_from([("heading", ""), ("paragraph", ""), ("item", "-"), ("item", "3."), ("row", "")])


def _read(tokens: Iterable[Token]) -> list[str]:
    """The texts of a rendered file; markup that clauses never have shows as <its name>."""
    texts = []
    for token in tokens:
        if token.type == "inline":
            texts.append("".join(map(_inline, token.children or ())))
        elif token.type in ("html_block", "code_block", "fence", "hr"):
            texts.append(f"<{token.type}>")
    return texts


def _inline(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type in ("html_inline", "image", "em_open", "strong_open", "s_open", "code_inline"):
        return f"<{token.type}>"
    return token.content


@given(ANY_TEXT)
def test_a_paragraph_is_rendered_as_it_reads(text: str) -> None:
    clauses = normal([Clause("paragraph", escape_inline(text))])
    assert _read(_VIEWER.parse(layout(FrontMatter(), clauses))) == [clause.plain for clause in clauses]


@given(st.lists(st.tuples(_KINDS, ANY_TEXT), max_size=6))
def test_blocks_do_not_run_into_one_another(drawn: list[tuple[tuple[str, str], str]]) -> None:
    clauses = normal(
        Clause(kind, escape_inline(text), 1, marker)  # type: ignore[arg-type]
        for (kind, marker), text in drawn
    )
    shown = _VIEWER.parse(layout(FrontMatter(), clauses))
    assert list(filter(None, _read(shown))) == [clause.plain for clause in clauses]


def test_no_cell_is_hidden_in_a_table_whose_rows_differ() -> None:
    rows = ["Logs", "Logs | 30 days", "Photos", "Texts | 1 day | on request"]
    file = layout(FrontMatter(), [Clause("row", row) for row in rows])
    assert list(filter(None, _read(_VIEWER.parse(file)))) == [cell for row in rows for cell in row.split(" | ")]
