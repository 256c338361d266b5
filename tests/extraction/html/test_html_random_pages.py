"""Whatever blocks a page is made of, extraction gives them back: nothing lost, nothing twice, nothing invented."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import count as numbers

from html_pages import COLLECT, RIGHTS, clauses
from hypothesis import given, settings
from hypothesis import strategies as st

from policywatch.extraction.markdown import FrontMatter, layout, normal, parse

WORDS = "we may share your personal data with trusted partners under this agreement and the law of the land".split()


@dataclass
class Node:
    """A block of a page: its tag, its words and what is nested in it."""

    tag: str
    words: list[str]
    inside: list[Node]


def nodes(tags: str, inside: st.SearchStrategy[Node] | None = None) -> st.SearchStrategy[Node]:
    words = st.lists(st.sampled_from(WORDS), min_size=3, max_size=20)
    nested = st.lists(inside, max_size=3) if inside is not None else st.just([])
    return st.builds(Node, st.sampled_from(tags.split()), words, nested)


leaf = nodes("p div h2 h3 blockquote")
lists = st.recursive(nodes("ul ol"), lambda inner: nodes("ul ol", inner), max_leaves=4)
pages = st.lists(leaf | lists, min_size=1, max_size=10)


class Writer:
    """Writes the markup and remembers what a reader sees; no block equals another."""

    def __init__(self, wrap: str) -> None:
        self.seen: list[tuple[str, int, str]] = []
        self.number = numbers(101)
        self.wrap = wrap

    def text(self, words: list[str]) -> str:
        return f"{' '.join(words)} {next(self.number)} <&."

    def markup(self, node: Node, level: int = 0) -> str:
        text = self.text(node.words)
        inline = f"<span>{escape(text[:4])}</span>{escape(text[4:])}"
        if node.tag in ("ul", "ol"):
            self.seen.append(("item", level + 1, text))
            nested = "".join(self.markup(child, level + 1) for child in node.inside)
            return f"<{node.tag}><li>{inline}{nested}</li></{node.tag}>"
        kind = "heading" if node.tag in ("h2", "h3") else "paragraph"
        self.seen.append((kind, int(node.tag[1]) if kind == "heading" else 0, text))
        return self.wrap.format(f"<{node.tag}>{inline}</{node.tag}>\n")


@settings(max_examples=40)
@given(pages, st.sampled_from(["{}", "<div>{}</div>", "<section class=x><div>{}</div></section>"]))
def test_every_block_comes_back_once_and_in_order(page: list[Node], wrap: str) -> None:
    writer = Writer(wrap)
    flow = "".join(writer.markup(node) for node in page)
    found = clauses(f"<main><h1>Terms</h1><p>{COLLECT}</p>{flow}<p>{RIGHTS}</p></main>")

    assert [clause.plain for clause in found[:2]] == ["Terms", COLLECT]
    assert found[-1].plain == RIGHTS
    assert [(clause.kind, clause.level, clause.plain) for clause in found[2:-1]] == writer.seen


@settings(max_examples=40)
@given(pages)
def test_the_clauses_survive_the_archive(page: list[Node]) -> None:
    writer = Writer("{}")
    found = normal(clauses(f"<main><p>{COLLECT}</p>{''.join(writer.markup(node) for node in page)}</main>"))

    _, read = parse(layout(FrontMatter(title="Terms"), found))

    assert [(c.kind, c.text, c.level, c.marker, c.heading) for c in read] == [
        (c.kind, c.text, c.level, c.marker, c.heading) for c in found
    ]


@given(st.text(max_size=300))
def test_no_markup_crashes_extraction(markup: str) -> None:
    clauses(f"<main><p>{COLLECT}</p>{markup}</main>")


@given(
    st.lists(
        st.sampled_from(
            "<p> </p> <div> <b> </b> <li> <ul> </ul> <table> <td> <tr> </table> <a href=x> <h2> <br> word".split()
        )
    )
)
def test_no_tag_soup_crashes_extraction(soup: list[str]) -> None:
    assert any(COLLECT in clause.plain for clause in clauses(f"<p>{COLLECT}</p>{' '.join(soup)}"))
