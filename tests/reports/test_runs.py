"""From Markdown runs to what a reader sees."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policywatch.model import Change, plain
from policywatch.reports.runs import marked, pair_runs, parted, visible
from tests.reports.samples import LINKED, clause


@given(st.text(st.sampled_from("ab \\[]()*_/:.!-"), max_size=60))
def test_visible_letters_are_those_of_the_models_plain(markdown: str) -> None:
    assert "".join(markdown[start:end] for start, end in visible(markdown)) == plain(markdown)


def test_links_and_escapes_that_span_runs_are_not_shown() -> None:
    assert pair_runs(LINKED) == (
        ("=", "See the "),
        ("-", "help"),
        ("+", "support"),
        ("=", " pages for *details*."),
    )


def test_where_only_a_links_target_changed_the_target_is_shown() -> None:
    change = Change(
        "reworded",
        (clause("[Terms](https://a.example/1)"),),
        (clause("[Terms](https://a.example/2)"),),
        (("=", "[Terms](https://a.example/"), ("-", "1"), ("+", "2"), ("=", ")")),
    )
    assert ("-", "1") in pair_runs(change)
    assert ("+", "2") in pair_runs(change)


def test_marks_hug_the_words_and_leave_spaces_outside() -> None:
    runs = (("=", "We"), ("-", " may "), ("+", " will "), ("=", "ask"))
    assert marked(runs, ("[-", "-]"), ("{+", "+}")) == "We [-may-]  {+will+} ask"


def test_a_split_is_shown_clause_by_clause() -> None:
    runs = (("=", "One two. Three "), ("-", "four"), ("+", "five"), ("=", " six. "), ("+", "Seven."))
    assert parted(runs, ["One two.", "Three five six.", "Seven."]) == [
        (("=", "One two."),),
        (("=", "Three "), ("-", "four"), ("+", "five"), ("=", " six. ")),
        (("+", "Seven."),),
    ]


@given(st.lists(st.text("ab. ", max_size=12).filter(str.strip), min_size=1, max_size=4), st.integers(0, 40))
def test_parting_loses_no_letter(texts: list[str], at: int) -> None:
    whole = " ".join(texts)
    runs = (("=", whole[:at]), ("-", "struck"), ("+", whole[at:]))
    parts = parted(runs, texts)
    assert len(parts) == len(texts)
    for part, text in zip(parts, texts, strict=True):
        assert "".join("".join(run for op, run in part if op != "-").split()) == "".join(text.split())
    assert "".join(run for part in parts for op, run in part if op == "-") == "struck"


def test_where_the_letters_do_not_come_out_it_stays_whole() -> None:
    runs = (("=", "“One” two."), ("+", " Three."))
    assert parted(runs, ['"One" two!!', "Three."]) == [runs]
