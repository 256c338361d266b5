"""Rows of a listing on terminals of any width."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from policywatch.reports.rows import columns_of, row
from policywatch.reports.spans import Spans, text_of, wrapped
from policywatch.reports.text import width, wrap

CELLS = (
    (("", "2026-03-02  "), ("name", "lanternfish/terms"), ("", "  ")),
    (("", "v2   "), ("bad", "high"), ("", "  ")),
)
HEAD = "2026-03-02  lanternfish/terms    v2   high  "
words = st.lists(st.text("abcdefg", min_size=1, max_size=12), max_size=20).map(" ".join)


def lines(said: str, columns: int | None) -> list[str]:
    return [text_of(line) for line in row(CELLS, said, columns)]


def test_a_pipe_has_no_width_and_its_rows_stay_whole() -> None:
    assert columns_of(io.StringIO()) is None
    assert lines("3 added", None) == [f"{HEAD}  3 added"]


def test_what_is_said_hangs_where_there_is_room_and_goes_below_where_there_is_none() -> None:
    said = "3 added, 2 reworded; Use of data, Retention, Children"
    assert lines(said, 84) == [
        f"{HEAD}  3 added, 2 reworded; Use of data,",
        f"{' ' * len(HEAD)}  Retention, Children",
    ]
    assert lines(said, 40) == [
        "2026-03-02  lanternfish/terms",
        "    v2   high  3 added, 2 reworded; Use",
        "    of data, Retention, Children",
    ]


@given(words, st.integers(32, 140))
def test_a_row_fits_and_loses_no_word(said: str, columns: int) -> None:
    found = lines(said, columns)
    assert all(width(line) <= columns for line in found)
    assert " ".join(found).split() == f"{HEAD} {said}".split()


@given(st.lists(st.sampled_from(["high", "low", "lanternfish/terms", "v2"]), max_size=20), st.integers(20, 140))
def test_only_a_cells_own_words_are_painted(said: list[str], columns: int) -> None:
    """What is said may hold the same words as the cells."""
    styled = [span for line in row(CELLS, " ".join(said), columns) for span in line if span[0]]
    assert styled == [("name", "lanternfish/terms"), ("bad", "high")]


@given(st.lists(st.tuples(st.sampled_from(["", "bad"]), st.text("ab \u3042", max_size=9)), max_size=9).map(tuple))
def test_wrapped_spans_are_the_lines_of_wrapped_text(spans: Spans) -> None:
    found = list(wrapped(spans, 18, "  "))
    assert [text_of(line) for line in found] == wrap(text_of(spans), 18, "  ")
    letters = [(style, letter) for style, text in spans for letter in text if letter != " "]
    assert [(style, letter) for line in found for style, text in line for letter in text if letter != " "] == letters
