"""Rows of a listing on terminals of any width."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from policywatch.reports.rows import columns_of, row
from policywatch.reports.text import width

CELLS = ("2026-03-02  lanternfish/terms  ", "v2   high  ")
words = st.lists(st.text("abcdefg", min_size=1, max_size=12), max_size=20).map(" ".join)


def test_a_pipe_has_no_width_and_its_rows_stay_whole() -> None:
    assert columns_of(io.StringIO()) is None
    assert list(row(CELLS, "3 added", None)) == ["2026-03-02  lanternfish/terms    v2   high    3 added"]


def test_what_is_said_hangs_where_there_is_room_and_goes_below_where_there_is_none() -> None:
    said = "3 added, 2 reworded; Use of data, Retention, Children"
    head = "  ".join(CELLS)
    assert list(row(CELLS, said, 84)) == [
        f"{head}  3 added, 2 reworded; Use of data,",
        f"{' ' * len(head)}  Retention, Children",
    ]
    assert list(row(CELLS, said, 40)) == [
        "2026-03-02  lanternfish/terms",
        "    v2   high  3 added, 2 reworded; Use",
        "    of data, Retention, Children",
    ]


@given(words, st.integers(32, 140))
def test_a_row_fits_and_loses_no_word(said: str, columns: int) -> None:
    lines = list(row(CELLS, said, columns))
    assert all(width(line) <= columns for line in lines)
    assert " ".join(lines).split() == " ".join((*CELLS, said)).split()
