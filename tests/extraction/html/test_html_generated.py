"""Numbers that a style sheet generates, and text that a page has only in its script's data."""

from __future__ import annotations

import json

from html_pages import COLLECT, KEEP, POLICY, POLICY_LINES, RIGHTS, SHARE, clauses, extracted, lines

LIST = (
    "<ol class=deep><li>Scope<ol class=deep><li>Who<ol class=deep><li>All</li></ol></li><li>What</li></ol></li>"
    "<li>Term</li></ol>"
)


def markers(css: str, markup: str) -> list[tuple[str, str]]:
    page = f"<head><style>{css}</style></head><body><p>{COLLECT}</p>{markup}<p>{RIGHTS}</p></body>"
    return [(clause.marker, clause.plain) for clause in clauses(page) if clause.kind == "item"]


def test_nested_counters_of_a_style_sheet() -> None:
    css = """
        .deep { counter-reset: item; list-style-type: none } /* "}" */
        ol.deep > li::before { counter-increment: item; content: counters(item, ".") ". " }
    """

    assert markers(css, LIST) == [
        ("1.", "Scope"), ("-", "1.1. Who"), ("-", "1.1.1. All"), ("-", "1.2. What"), ("2.", "Term"),
    ]  # fmt: skip


def test_a_counter_in_brackets_and_letters() -> None:
    css = "ol.b li:before { content: '(' counter(x, lower-alpha) ') ' } ol.r { list-style-type: upper-roman }"

    assert markers(css, "<ol class=b><li>one</li><li>two</li></ol><ol class=r start=4><li>four</li></ol>") == [
        ("-", "(a) one"), ("-", "(b) two"), ("-", "IV. four"),
    ]  # fmt: skip


def test_style_sheets_that_say_nothing_of_lists_or_nothing_sane() -> None:
    for css in (
        "p { color: red }",
        "ol::: { list-style: lower-alpha }",
        "@media print { ol { list-style",
        "ol{counter(}",
    ):
        assert markers(css, "<ol><li>one</li></ol>") == [("1.", "one")]


def test_text_that_stands_only_in_the_pages_state() -> None:
    state = json.dumps({"props": {"page": {"title": "Terms", "html": POLICY, "again": [POLICY]}, "other": COLLECT}})
    text = extracted(
        f"<body><div id=root>Loading</div><script id=__NEXT_DATA__ type=application/json>{state}</script></body>"
    )

    assert [clause.plain for clause in text.clauses] == POLICY_LINES
    assert "script" in text.notes[0]


def test_state_is_left_alone_where_the_page_has_its_text() -> None:
    state = json.dumps({"html": f"<p>{SHARE}</p>" * 9})
    page = f"<main>{POLICY * 3}</main><script type=application/json>{state}</script>"

    assert KEEP in lines(page)
    assert extracted(page).notes == ()


def test_broken_state_is_no_text() -> None:
    assert lines(f"<div id=app></div><script type=application/json>{{'html': '<p>{COLLECT * 9}</p>'</script>") == []
    assert lines("<div id=app></div><script type=application/json>" + "[" * 5000 + "</script>") == []
