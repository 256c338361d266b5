"""Archive text reads back as exactly the clauses it was laid out from, whatever their texts are."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from policywatch.extraction.canonical import canonical
from policywatch.extraction.characters import clean
from policywatch.extraction.markdown import FrontMatter, escape_inline, layout, link, normal, parse
from policywatch.model import Clause, ClauseKind, plain

FRONT = FrontMatter("Terms", "Nimbus", "Terms of Service", ("https://nimbus.example/terms",), date(2025, 3, 1), "en")

# Pieces which are markup somewhere, so that hypothesis meets them more often than by drawing characters.
_PIECES = st.sampled_from(
    "# ## ### > - + * _ ** __ ``` ` ~~~ ~ --- *** === | || [ ] ( ) ]( [x] [a](b) [a b](c(d)e) ![ \\ \\\\ \\| 1. 2) 10. "
    ": :- <b> </p> <!-- &amp; &#32; \t \n \r\n \u2028 \u00a0 \u200b \u200c \ufeff \x00 \x01 \x1b[0m \ud800 \U0001f600 "
    "。 ！ 」 中文 word Word. We may. e.g. No. 5 Inc. é ß İ (b) • [1]: [^1]: :--- \u202e ت\u200cا".split(" ")
)
ANY_TEXT = st.one_of(
    st.text(),
    st.lists(st.one_of(_PIECES, st.just(" "), st.text(max_size=3)), max_size=14).map("".join),
    st.lists(_PIECES, max_size=10).map(" ".join),
)
_CLAUSES = st.lists(
    st.builds(
        Clause,
        kind=st.sampled_from(["heading", "paragraph", "item", "row"]),
        text=ANY_TEXT,
        level=st.integers(0, 8),
        marker=st.sampled_from(["", "-", "1.", "2.", "17)", "(b)", "•", "iv.", "1234567890.", "--- x"]),
    ),
    max_size=8,
)


def _content(clauses: object) -> list[tuple[object, ...]]:
    assert isinstance(clauses, tuple)
    return [(c.kind, c.text, c.level, c.marker, c.heading) for c in clauses]


@given(_CLAUSES)
def test_what_was_laid_out_reads_back_exactly(clauses: list[Clause]) -> None:
    expected = normal(clauses)
    file = layout(FRONT, clauses)
    front, found = parse(file)
    assert front == FRONT
    assert _content(found) == _content(expected)
    assert layout(FRONT, found) == file
    assert normal(found) == tuple(replace(clause, line=0) for clause in found)


@given(_CLAUSES)
def test_a_clause_stands_on_its_line_and_its_lines_joined_are_its_text(clauses: list[Clause]) -> None:
    file = layout(FRONT, clauses)
    lines = file.split("\n")
    found = parse(file)[1]
    for clause, after in zip(found, [*[c.line for c in found[1:]], len(lines) + 1], strict=False):
        own = [line.strip() for line in lines[clause.line - 1 : after - 1]]
        own = [line for line in own if line and not re.fullmatch(r"\|( --- \|)+", line)]
        mark = {"heading": "#" * clause.level + " ", "item": clause.marker + " ", "row": "| ", "paragraph": ""}[
            clause.kind
        ]
        joined = " ".join(own).removeprefix(mark)
        assert (joined.removesuffix(" |") if clause.kind == "row" else joined) == clause.text


@given(ANY_TEXT)
def test_escaped_text_says_what_it_said(text: str) -> None:
    said = " ".join(c.plain for c in normal([Clause("paragraph", escape_inline(text))]))
    again = " ".join(c.plain for c in normal([Clause("paragraph", escape_inline(said))]))
    assert said == again
    if re.fullmatch(r"[ -~]*", text):
        assert said == " ".join(text.split())


@given(ANY_TEXT, ANY_TEXT)
def test_a_link_has_its_text_and_nothing_of_its_target(text: str, target: str) -> None:
    (with_link, *_), (without, *_) = (
        normal([Clause("paragraph", f"See {inline} there")])
        for inline in (link(escape_inline(text), target), escape_inline(text))
    )
    assert with_link.plain.split() == without.plain.split()


@given(
    st.builds(
        FrontMatter, st.text(), st.text(), st.text(), st.lists(st.text(min_size=1)).map(tuple), st.none() | st.dates()
    )
)
@example(FrontMatter("no", "1.0", "2024-01-01", ("~", "null", "- x: y #", "https://a.example/#x:"), None, "no"))
def test_front_matter_is_yaml_and_reads_back(front: FrontMatter) -> None:
    file = layout(front, [Clause("paragraph", "One.")])
    found = parse(file)[0]
    for name in ("title", "platform", "document"):
        assert getattr(found, name) == clean(getattr(front, name))
    assert found.sources == tuple(filter(None, map(clean, front.sources)))
    assert (found.effective_date, found.language) == (front.effective_date, front.language)
    if file.startswith("---"):
        assert isinstance(yaml.safe_load(file.split("---\n")[1]), dict)


_HOSTILE = [
    "[",
    "[a](",
    "[a](b",
    "\\",
    " *a",
    "_a",
    "`",
    "<a ",
    "| ",
    "(",
    "- ",
    "1. ",
    "&a",
    "--",
    "20",
    "January 1, ",
    "é ",
]


@pytest.mark.parametrize("piece", _HOSTILE)
def test_time_grows_with_length_only(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begin = time.process_time()
    for kind in get_args(ClauseKind):
        parse(layout(FrontMatter(), [Clause(kind, text)]))
    parse(text.replace(" ", "\n"))
    canonical(text)
    link(text, text)
    assert time.process_time() - begin < 2


@pytest.mark.corpus
def test_the_reference_texts_come_through_a_round_trip(shared: Path) -> None:
    files = sorted((shared / "corpus" / "reference").rglob("*.md"))
    for path in files:
        clauses = normal(parse(path.read_text("utf-8"))[1])
        assert _content(parse(layout(FRONT, clauses))[1]) == _content(clauses), path
    assert len(files) > 40


def test_the_file_reads_as_a_person_would_write_it() -> None:
    file = layout(
        FRONT,
        [
            Clause("heading", "Terms of Service", 1),
            Clause("paragraph", "These terms bind you. See [our policy](https://nimbus.example/privacy) for data."),
            Clause("heading", "2. Your content", 2),
            Clause("item", "You keep what you make. We host it.", 1, "1."),
            Clause("item", "in public rooms;", 2, "-"),
            Clause("item", "(b) in private ones.", 2, "-"),
            Clause("row", "Data | Kept for"),
            Clause("row", "Logs | 30 days"),
            Clause("paragraph", "3. Not a list. 4) Nor this."),
        ],
    )
    assert file == (
        "---\ntitle: Terms\nplatform: Nimbus\ndocument: Terms of Service\nsources:\n  - https://nimbus.example/terms\n"
        "effective_date: 2025-03-01\nlanguage: en\n---\n\n"
        "# Terms of Service\n\n"
        "These terms bind you.\nSee [our policy](https://nimbus.example/privacy) for data.\n\n"
        "## 2. Your content\n\n"
        "1. You keep what you make.\n   We host it.\n   - in public rooms;\n   - (b) in private ones.\n\n"
        "| Data | Kept for |\n| --- | --- |\n| Logs | 30 days |\n\n"
        "3\\. Not a list.\n4) Nor this.\n".replace("4) Nor", "4\\) Nor")
    )


def test_a_clause_knows_the_headings_above_it() -> None:
    found = parse("# One\n\na\n\n### Deep [link](x)\n\nb\n\n## Two\n\nc\n\n# Next\n\nd\n")[1]
    paths = {clause.text: clause.heading for clause in found}
    assert paths["a"] == ("One",)
    assert paths["b"] == ("One", "Deep link")
    assert paths["Two"] == ("One",)
    assert paths["c"] == ("One", "Two")
    assert paths["d"] == ("Next",)


def test_one_changed_sentence_changes_one_line() -> None:
    before = layout(FRONT, [Clause("paragraph", "We keep logs. We may share them. You may object.")]).split("\n")
    after = layout(FRONT, [Clause("paragraph", "We keep logs. We will share them. You may object.")]).split("\n")
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ("We may share them.", "We will share them.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Write to aup_exceptions@nimbus.example or aup-exceptions@nimbus.example.",
        "Name: ____ Date: ____",
        "5 * 3 and one * alone",
        "Fees of $5 (see [1]) & 10% ~ roughly; a/b, x < y, #1.",
        "“Quotes” – and ‘dashes’ — stay as they are…",
        "AT&T and R&D; a | b",
        "snake_case_name and __",
    ],
)
def test_text_that_no_reader_takes_for_markup_carries_no_escapes(text: str) -> None:
    assert normal([Clause("paragraph", escape_inline(text))])[0].text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*important* notice", r"\*important\* notice"),
        ("_defined_ terms", r"\_defined\_ terms"),
        ("write <b>bold</b>", r"write \<b>bold\</b>"),
        ("[a](b)", r"[a\](b)"),
        ("# not a heading", r"\# not a heading"),
        ("- not an item", r"\- not an item"),
        ("12. not an item", r"12\. not an item"),
        ("> not a quote", r"\> not a quote"),
        ("| not | a row |", r"\| not | a row |"),
        ("---", r"\---"),
        ("[note]: x", r"\[note]: x"),
        ("C:\\*", r"C:\\*"),
        ("`code` here", r"\`code\` here"),
        ("&copy; 2025", r"\&copy; 2025"),
    ],
)
def test_text_that_would_be_markup_is_escaped_and_reads_the_same(text: str, expected: str) -> None:
    clause = normal([Clause("paragraph", escape_inline(text))])[0]
    assert clause.text == expected
    assert plain(clause.text) == text


def test_cells_keep_their_pipes_and_empty_cells_their_place() -> None:
    file = layout(
        FrontMatter(),
        [Clause("row", r"a \| b |  | c"), Clause("row", "| x"), Clause("row", "--- | :--"), Clause("row", "|")],
    )
    assert file == "| a \\| b | | c |\n| --- | --- | --- |\n| | x |\n| \\--- | :-- |\n"
    assert [clause.text for clause in parse(file)[1]] == [r"a \| b | | c", "| x", r"\--- | :--"]


def test_files_edited_by_hand_are_read_leniently() -> None:
    found = parse("\ufeffIntro\r\nmore\r\n# Heading\r\ntext\r\n\r\n- a\r\n  b\r\n-c\r\n   - deep\r\n")[1]
    assert [(c.kind, c.text, c.level, c.line) for c in found] == [
        ("paragraph", "Intro more", 0, 1),
        ("heading", "Heading", 1, 3),
        ("paragraph", "text", 0, 4),
        ("item", "a b -c", 1, 6),
        ("item", "deep", 3, 9),
    ]


def test_nothing_is_an_empty_file() -> None:
    assert layout(FrontMatter(), []) == ""
    assert parse("") == (FrontMatter(), ())


def test_chinese_is_laid_out_one_sentence_a_line() -> None:
    file = layout(FrontMatter(), [Clause("paragraph", "我们收集信息。“你可以反对吗？”我们会答复！（见第3条。）完")])
    assert file == "我们收集信息。\n“你可以反对吗？”\n我们会答复！\n（见第3条。）\n完\n"


def test_a_sentence_in_brackets_does_not_end_the_one_around_it() -> None:
    said = "本規約（以下、「本規約」といいます。）は、当社（ルーメンをいいます。）の規約です。"
    assert (
        layout(FrontMatter(), [Clause("paragraph", f"{said}ただし、例外があります。")])
        == f"{said}\nただし、例外があります。\n"
    )
