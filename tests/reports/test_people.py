"""The formats that people read: the same facts, in the same order, safe in each."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from policywatch.model import Change, ChangeSet, Clause, Signal
from policywatch.reports import NOTICE, Options, render, render_run, wording
from policywatch.reports import markdown as markdown_format
from policywatch.reports.text import clean
from policywatch.reports.view import category_table, table_kinds
from tests.reports.samples import ALL, HOW, MINORS, PRIVACY, RUN, TERMS, TITLES, TRAINING, clause

OPTIONS = Options(titles=TITLES)
PEOPLE = ("plain", "terminal", "markdown", "html")


def words(text: str) -> str:
    return " ".join(re.sub(r"<!-- -->|[|▎>\\]|&[a-z]+;", " ", re.sub(r"<[^>]*>", "", text)).split())


@pytest.mark.parametrize("format", PEOPLE)
def test_every_change_says_kind_severity_categories_place_lines_and_signals(format: str) -> None:
    text = words(render(format, ALL, OPTIONS))
    for said in (
        "reworded",
        "AI training",
        "How we use your information › Improving our services".replace("›", "›"),
        "line 41 → 43",
        "may → will",
        "only if you opt in → unless you opt out",
        "was line 80",
        "new: Brightwater Analytics",
        "Security → Annex › Technical measures",
        "heading renumbered",
        "row reworded",
        "split into 2",
        "merged from 2",
        "reworded and moved",
        "十四周岁 → 十八周岁",
        "version 3 → 4",
        "12 Jan 2026 → 9 Mar 2026",
    ):
        assert said in text, said


@pytest.mark.parametrize("format", PEOPLE)
def test_documents_of_one_title_are_told_apart_by_their_platforms(format: str) -> None:
    sets = [
        replace(one, title="Privacy Policy", platform=name) for one, name in ((PRIVACY, "Mirelune"), (TERMS, "Tarn"))
    ]
    text = render(format, sets, OPTIONS)
    times = 2 if format == "html" else 1  # the contents name them as well
    assert [text.count(f"{name} · Privacy Policy") for name in ("Mirelune", "Tarn")] == [times, times]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Privacy Policy", "X · Privacy Policy"),
        ("X Privacy Policy", "X · Privacy Policy"),
        ("Privacy Policy | X", "X · Privacy Policy"),
        ("Terms - x", "X · Terms"),
        ("X: Terms", "X · Terms"),
        ("X's terms", "X's terms"),
        ("X and you", "X and you"),
        ("X", "X"),
        ("Xylophone Terms", "X · Xylophone Terms"),
        ("Do Not Mix", "X · Do Not Mix"),
        ("X隐私政策", "X隐私政策"),
        ("", ""),
    ],
)
def test_a_platform_is_named_once(title: str, told: str) -> None:
    assert wording.name(replace(PRIVACY, title=title, platform="X")) == told
    assert wording.name(replace(PRIVACY, title=title)) == title


@pytest.mark.parametrize("format", PEOPLE)
def test_what_is_true_of_the_whole_version_stands_above_its_changes(format: str) -> None:
    text = words(render(format, [PRIVACY], OPTIONS))
    told = "Effective 1 Apr 2026 (was 1 Jan 2026): 23 days after it was seen"
    assert 0 < text.index(told) < text.index("line 41")
    assert "Silent edit" in words(render(format, [TERMS], OPTIONS))
    assert "newer extractor" in words(render(format, [MINORS], OPTIONS))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "Effective 1 Apr 2026 (was 1 Jan 2026)."),
        (0, "the day it was seen"),
        (1, "1 day after it was seen"),
        (-12, "already in force for 12 days when it was seen"),
    ],
)
def test_notice_is_told_in_days(days: int | None, told: str) -> None:
    assert told in words(render("plain", [replace(PRIVACY, notice_days=days)], Options(width=200)))


@pytest.mark.parametrize("format", PEOPLE)
def test_the_important_comes_first(format: str) -> None:
    text = words(render(format, [PRIVACY], OPTIONS))
    places = [text.index(mark) for mark in ("line 41 → 43", "line 58 → 60", "line 71", "was line 80", "line 22 → 95")]
    assert places == sorted(places)


@pytest.mark.parametrize("format", PEOPLE)
def test_documents_with_severe_changes_come_first(format: str) -> None:
    calm = replace(PRIVACY, document="calm/one", title="", changes=PRIVACY.changes[-1:])
    text = render(format, [calm, MINORS], OPTIONS)
    assert text.rindex("wen-niao") < text.rindex("calm/one")


@pytest.mark.parametrize("format", PEOPLE)
def test_it_says_that_it_is_not_legal_advice(format: str) -> None:
    assert render(format, ALL, OPTIONS).count(NOTICE) == 1


@pytest.mark.parametrize("format", ["plain", "terminal", "markdown"])
def test_where_nothing_changed_nothing_is_printed(format: str) -> None:
    assert render(format, [replace(PRIVACY, changes=(), signals=())], OPTIONS) == ""


@pytest.mark.parametrize("format", PEOPLE)
def test_no_control_character_and_no_turned_text_gets_through(format: str) -> None:
    text = render(format, ALL, OPTIONS)
    assert not set(text) & set("\x1b\x07\x9b\u202e")
    assert "not red" in text


@pytest.mark.parametrize("format", PEOPLE)
def test_a_huge_change_is_capped_and_says_so(format: str) -> None:
    many = replace(PRIVACY, changes=(replace(TRAINING, severity="low"),) * 250 + (TRAINING,))
    text = words(render(format, [many], replace(OPTIONS, cap=39)))
    assert text.count("line 41 → 43") == 39
    assert "… 212 more changes; see policywatch diff orbital-chat/privacy-policy --all" in text
    assert text.upper().count("HIGH") >= 1
    assert words(render("plain", [many], replace(OPTIONS, full=True))).count("line 41 → 43") == 251


@pytest.mark.parametrize("format", PEOPLE)
def test_long_unchanged_stretches_are_left_out_unless_all_is_wanted(format: str) -> None:
    assert "disappears from your history" not in words(render(format, [PRIVACY], OPTIONS))
    assert "disappears from your history" in words(render(format, [PRIVACY], replace(OPTIONS, full=True)))


@pytest.mark.parametrize("format", PEOPLE)
def test_stat_is_one_line_a_document(format: str) -> None:
    text = render(format, ALL, replace(OPTIONS, stat=True, width=200))
    for one in ALL:
        assert one.document in text
    assert "3 high, 2 medium, 2 low" in text
    assert "Brightwater" not in text
    if format in ("plain", "terminal"):
        assert len(text.strip().splitlines()) == len(ALL)


def test_categories_are_counted_by_kind_with_the_worst_and_the_documents() -> None:
    lines = render("plain", ALL, OPTIONS).splitlines()
    head = next(line for line in lines if line.startswith("Category"))
    names = head.lower().split()
    row = next(line for line in lines if line.startswith("Contact")).split()
    assert dict(zip(names, row, strict=True)) == {
        "category": "Contact",
        **dict.fromkeys(("removed", "reworded", "moved", "split", "merged"), "-"),
        "added": "1",
        "renumbered": "1",
        "worst": "low",
        "documents": "2",
    }
    order = [line.split("  ")[0] for line in lines[lines.index(head) + 2 :] if line][:-1]
    assert order[-1] == "Not categorised"
    assert order.index("Children") < order.index("Liability") < order.index("Fees")


def test_a_category_without_a_title_shows_its_id() -> None:
    assert "ai-training" in render("plain", [PRIVACY], Options())


def test_plain_text_marks_words_and_keeps_to_its_width() -> None:
    text = render("plain", [PRIVACY], replace(OPTIONS, width=72))
    assert "We [-may-]{+will+} use" in text
    assert "for [-30-]{+90+} days" in words(text)
    assert "- {+Brightwater Analytics" in text
    assert max(len(line) for line in text.split("\n\n\n")[0].splitlines()) <= 72


# -- html --------------------------------------------------------------------------------------------------------------


class Outline(HTMLParser):
    """What a browser would make of the page: tags, and text by tag."""

    VOID = frozenset({"meta", "link", "br", "img", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: dict[str, list[str]] = {}
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.text.setdefault(self.open[-1], []).append(data)


def outline(text: str) -> Outline:
    page = Outline()
    page.feed(text)
    page.close()
    assert page.open == []
    return page


def test_the_page_is_whole_and_loads_nothing() -> None:
    page = outline(render("html", ALL, OPTIONS))
    assert not {"script", "img", "link", "iframe", "object"} & set(page.tags)
    assert not [value for name, value in page.attributes if name in ("src", "onclick", "onload")]
    assert all((value or "").startswith("#") for name, value in page.attributes if name == "href")
    assert ("lang", "en") in page.attributes
    assert "url(" not in "".join(page.text["style"])
    assert "@media print" in "".join(page.text["style"])
    assert "prefers-color-scheme: dark" in "".join(page.text["style"])


def test_insertions_and_deletions_are_elements_of_their_own() -> None:
    page = outline(render("html", [PRIVACY], OPTIONS))
    assert {"may", "only if", "in", "30"} <= set(page.text["del"])
    assert {"will", "unless", "out", "90", ", United States"} <= set(page.text["ins"])
    assert all(text == text.strip() for text in (*page.text["del"], *page.text["ins"]))


def test_screen_readers_hear_where_marks_begin_and_headings_nest() -> None:
    page = outline(render("html", ALL, OPTIONS))
    style = "".join(page.text["style"])
    assert 'ins::before { content: " [inserted: "; }' in style
    assert 'del::before { content: " [deleted: "; }' in style
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    names = {value for name, value in page.attributes if name == "id"}
    assert {value for name, value in page.attributes if name == "aria-labelledby"} <= names
    assert ("scope", "row") in page.attributes


def test_a_run_as_a_page_says_what_did_not_work() -> None:
    page = outline(render_run("html", RUN, OPTIONS))
    text = " ".join(piece for pieces in page.text.values() for piece in pieces)
    assert "HTTP 403 with a bot challenge, since 2 Mar 2026" in text
    assert "13 documents in 42 s" in text


# -- markdown ----------------------------------------------------------------------------------------------------------

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
hostile = st.text(st.sampled_from("ab1 \\`*_{}[]()#+-.!|<>&~@:/=$^\"'\tw\n\x1b漢"), max_size=80)


@given(hostile)
def test_escaped_text_is_read_as_that_text_and_nothing_else(text: str) -> None:
    rendered = READER.render(markdown_format.escape(text)).replace("<!-- -->", "")
    shown = clean(text).strip()
    tags = set(re.findall(r"</?([a-z0-9]+)", rendered))
    assert tags <= {"p"}
    page = Outline()
    page.feed(rendered)
    assert "".join("".join(pieces) for pieces in page.text.values()).strip() == shown


@given(hostile)
def test_text_in_a_table_stays_in_its_cell(text: str) -> None:
    rendered = READER.render(f"| a | b |\n| --- | --- |\n| {markdown_format.escape(text)} | x |\n")
    assert rendered.count("<td") == 2


@pytest.mark.parametrize(
    "text", ["@octocat", "(@org/team)", "see #12", "org/repo#7", "GH-9", "https://evil.example/x", "www.evil.example"]
)
def test_mentions_references_and_bare_links_are_broken(text: str) -> None:
    escaped = markdown_format.escape(text)
    assert "<!-- -->" in escaped
    assert escaped.replace("<!-- -->", "") == text


def test_markdown_marks_words_as_elements_and_folds_what_matters_little() -> None:
    text = render("markdown", [PRIVACY], OPTIONS)
    assert "We <del>may</del><ins>will</ins> use" in text
    head, _, folded = text.partition("<details>")
    assert "line 41 → 43" in head
    assert "line 22 → 95" in folded
    assert folded.count("</details>") == 1


def test_markdown_fits_into_a_comment_and_says_when_it_was_cut() -> None:
    many = replace(PRIVACY, changes=(TRAINING,) * 900)
    text = render("markdown", [many], replace(OPTIONS, cap=900))
    assert 50_000 < len(text) <= 65_000
    assert "Too long for a comment" in text
    assert "policywatch diff --all" in text
    assert text.rstrip().endswith(f"*{NOTICE}*")
    whole = render("markdown", [many], replace(OPTIONS, full=True))
    assert "Too long" not in whole
    assert whole.count("<del>may</del>") == 900


def test_markdown_of_a_run_tells_the_trouble_before_the_changes() -> None:
    text = render_run("markdown", RUN, OPTIONS)
    assert text.index("bot challenge") < text.index("### Orbital Chat")


@given(hostile, hostile)
def test_any_clause_can_be_printed_in_any_format(before: str, after: str) -> None:
    old, new = Clause("paragraph", before, heading=(after, *HOW), line=1), Clause("item", after, 1, "-", line=2)
    change = Change("reworded", (old,), (new,), (("-", before), ("+", after)), categories=(before,), severity="high")
    changes = ChangeSet(after or "x", (change,), title=before)
    for format in PEOPLE:
        assert "\x1b" not in render(format, [changes], OPTIONS)


def test_signals_of_one_side_are_listed_together() -> None:
    names = ("Instagram", "Medium.", "Instagram", *(f"Company {number}" for number in range(20)))
    found = (
        *(Signal("company", name, "") for name in names),
        Signal("modality", "may", "will"),
        Signal("x", "", "new"),
    )
    change = replace(TRAINING, signals=found)
    text = words(render("plain", [replace(PRIVACY, changes=(change,))], replace(OPTIONS, width=300)))
    assert "* may → will * new: new * gone: Instagram, Medium, Company 0" in text
    assert "and 14 more" in text


def test_an_address_is_listed_once_and_whole() -> None:
    addresses = (
        "//orbel.example/info",
        "https://orbel.example/info",
        "https://orbel.example/",
        "https://orbel.example",
    )
    found = [Signal("link", "", address) for address in addresses]
    assert wording.signals(found) == ("new: https://orbel.example/info, https://orbel.example/",)


def renumbered(number: int, title: str) -> Change:
    before, after = (clause(f"{one}. {title}", 10 * one, kind="heading", level=2) for one in (number, number + 1))
    words = (("-", str(number)), ("+", str(number + 1)), ("=", f". {title}"))
    return Change("renumbered", (before,), (after,), words)  # type: ignore[arg-type]


@pytest.mark.parametrize("format", PEOPLE)
def test_headings_that_only_count_on_are_told_together(format: str) -> None:
    changes = (TRAINING, *(renumbered(number, title) for number, title in enumerate(("Fees", "Refunds", "Notices"), 4)))
    text = words(render(format, [ChangeSet("lumen/terms", changes)], OPTIONS))
    assert "3 headings renumbered" in text
    assert "line 40 → 50 … 60 → 70" in text
    assert all(title in text for title in ("Fees", "Refunds", "Notices"))
    assert text.count("headings renumbered") == 1
    few = words(render(format, [ChangeSet("lumen/terms", changes[:3])], OPTIONS))
    assert few.count("heading renumbered") == 2


@pytest.mark.parametrize("format", ["plain", "terminal"])
def test_what_the_cap_leaves_out_is_counted_in_changes(format: str) -> None:
    changes = (TRAINING, *(renumbered(number, "Notices") for number in range(4, 9)))
    text = words(render(format, [ChangeSet("lumen/terms", changes)], replace(OPTIONS, cap=1)))
    assert "5 more changes" in text


def test_clauses_count_on_with_their_headings_but_not_those_that_refer_to_others() -> None:
    def counted(number: int, said: str) -> Change:
        before, after = (clause(f"{one}.1 {said}", 10 * one) for one in (number, number + 1))
        words = (("-", f"{number}.1"), ("+", f"{number + 1}.1"), ("=", f" {said}"))
        return Change("renumbered", (before,), (after,), words, categories=("fees",))  # type: ignore[arg-type]

    long = "Lumen may charge for what the plan does not hold " * 9
    referring = replace(
        counted(7, "Section 6.1 applies."),
        words=(("-", "7"), ("+", "8"), ("=", ".1 Section "), ("-", "6"), ("+", "7"), ("=", ".1 applies.")),
    )
    changes = (renumbered(5, "Fees"), counted(5, long), counted(6, "Fees are due at once."), referring)
    text = words(render("plain", [ChangeSet("lumen/terms", changes)], OPTIONS))
    assert "3 clauses renumbered" in text
    assert text.count("what the plan does not hold") == 1
    assert "[LOW] renumbered" in text
    assert text.index("3 clauses renumbered") < text.index("Section [-6-]{+7+}.1 applies.")
    full = words(render("plain", [ChangeSet("lumen/terms", changes)], replace(OPTIONS, full=True)))
    assert full.count("what the plan does not hold") == 9


def test_the_pages_table_says_in_words_what_its_numbers_count() -> None:
    page = outline(render("html", ALL, OPTIONS))
    table = category_table(ALL, OPTIONS)
    told = [value for name, value in page.attributes if name == "data-of"]
    kinds = table_kinds(table)
    assert told == [one for row in table for one in (*kinds, "document" if row.documents == 1 else "documents")]
    # As blocks, rows and cells are still a table to screen readers.
    roles = [value for name, value in page.attributes if name == "role"]
    assert roles.count("row") == len(table) + 1
    assert roles.count("cell") == len(table) * (len(kinds) + 2)


def test_the_contents_tell_documents_of_one_name_apart() -> None:
    alike = [replace(one, title="Terms", platform="") for one in (PRIVACY, TERMS)]
    whole = render("html", alike, OPTIONS)
    contents = whole[whole.index("<nav") : whole.index("</nav>")]
    assert all(one.document in contents for one in alike)
    contents = render("html", [alike[0], replace(TERMS, title="Other")], OPTIONS).partition("</nav>")[0]
    assert PRIVACY.document not in contents


@pytest.mark.parametrize("format", PEOPLE)
def test_a_signal_that_only_repeats_an_item_that_came_or_went_is_not_told(format: str) -> None:
    came = Clause("item", "To comply with the law (as told below).", 1, "-", line=9)
    signal = Signal("list-item", "", "To comply with the law")
    added = replace(TERMS, changes=(Change("added", (), (came,), (("+", came.text),), (signal,)),))
    assert words(render(format, (added,), OPTIONS)).count("To comply with the law") == 1
    other = replace(signal, after="as told below")
    told = replace(added, changes=(replace(added.changes[0], signals=(other,)),))
    assert "new: as told below" in words(render(format, (told,), OPTIONS))


@pytest.mark.parametrize("format", PEOPLE)
def test_the_same_changes_of_a_platforms_second_document_are_told_once(format: str) -> None:
    again = replace(PRIVACY, document=f"{PRIVACY.document.partition('/')[0]}/notice")
    other = replace(PRIVACY, document="elsewhere/notice")
    once, twice, apart = (
        words(render(format, sets, OPTIONS)) for sets in ([PRIVACY], [PRIVACY, again], [PRIVACY, other])
    )
    assert f"The same changes as {PRIVACY.document}" in twice
    assert twice.count("may → will") == once.count("may → will") == 1
    assert apart.count("may → will") == 2
    assert words(render(format, [PRIVACY, again], replace(OPTIONS, full=True))).count("may → will") == 2


@pytest.mark.parametrize("format", PEOPLE)
def test_documents_of_one_title_go_by_the_names_they_are_watched_under(format: str) -> None:
    sets = [
        replace(one, title="Legal", platform="Orbital", name=name)
        for one, name in ((PRIVACY, "Privacy Policy"), (TERMS, "API Terms"))
    ]
    text = words(render(format, sets, OPTIONS))
    assert "Orbital · Privacy Policy" in text
    assert "Orbital · API Terms" in text
    assert "Orbital · Legal" in words(render(format, sets[:1], OPTIONS))
