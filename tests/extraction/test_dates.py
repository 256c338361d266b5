"""Dates: found, read only where certain, and told apart by their labels."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.extraction.dates import effective_date, find, normalise, parse_date
from policywatch.model import Clause

_DAY = date(2024, 8, 5)
_NEWS = "We updated our other terms on 2 May 2024 to cover more; as of that date these terms no longer apply to you."
_MAY = date(2024, 5, 2)


@pytest.mark.parametrize(
    "text",
    [
        "August 5, 2024", "Aug. 5, 2024", "August 5th 2024", "5 August 2024", "5th of August 2024", "05-Aug-2024",
        "AUGUST 5, 2024", "5. August 2024", "5 août 2024", "5 de agosto de 2024", "5 agosto 2024", "5 augustus 2024",
        "5 de agosto del 2024", "5 augusti 2024", "5. august 2024", "5 sierpnia 2024", "5 Ağustos 2024",
        "5 августа 2024", "5 серпня 2024", "5 Agustus 2024", "5 أغسطس 2024",
        "2024年8月5日", "2024 年 8 月 5 日", "2024년 8월 5일", "2024-08-05", "2024/8/5", "2024.08.05",
    ],
)  # fmt: skip
def test_certain_dates_are_read(text: str) -> None:
    assert parse_date(f"Since {text} it is so.") == _DAY
    assert normalise(f"({text})") == "(2024-08-05)"


@pytest.mark.parametrize(
    ("text", "day"), [("28/08/2025", 28), ("08/28/2025", 28), ("08.08.2025", 8), ("13-08-2025", 13)]
)
def test_numbers_are_certain_where_only_one_can_be_the_month(text: str, day: int) -> None:
    assert parse_date(text) == date(2025, 8, day)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2025",
        "3.4.2025",
        "31 February 2024",
        "August 2024",
        "1.2.3",
        "10.0.2024.1",
        "+49 30 2024-11-999",
        "2024-13-01",
    ],
)
def test_what_can_be_read_two_ways_or_is_no_date_stays(text: str) -> None:
    assert parse_date(text) is None
    assert normalise(text) == text


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_is_found_where_it_stands(day: date) -> None:
    text = f"From {day:%B} {day.day}, {day.year} on"
    (found,) = find(text)
    assert found.day == day
    assert text[found.start : found.end] == text[5:-3]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Privacy Policy", "Effective: January 31, 2024"], date(2024, 1, 31)),
        (["Last updated: March 3rd, 2025", "Effective date: April 2, 2025"], date(2025, 4, 2)),
        (["Effective as of 2 May 2023 (last revised 1 April 2023)"], date(2023, 5, 2)),
        (["Effective Date", "1 May 2024"], date(2024, 5, 1)),
        (["Effective date | 1 May 2024"], date(2024, 5, 1)),
        (["Terms", "14. November 2023"], date(2023, 11, 14)),
        (["Stand: 3. Mai 2024"], date(2024, 5, 3)),
        (["Diese Bedingungen gelten ab dem 01.05.2024."], date(2024, 5, 1)),
        (["Dernière mise à jour : 1er août 2024"], date(2024, 8, 1)),
        (["Entrada en vigor: 5 de septiembre de 2024"], date(2024, 9, 5)),
        (["更新日期：2024年3月1日", "生效日期：2024年3月15日"], date(2024, 3, 15)),
        (["2024年3月15日施行"], date(2024, 3, 15)),
        (["2024年3月15日制定", "2025年6月1日改定"], date(2025, 6, 1)),
        (["이 약관은 2025년 3월 1일부터 시행합니다."], date(2025, 3, 1)),
        (["آخر تحديث: 12 مارس 2025"], date(2025, 3, 12)),
        (["Terakhir diperbarui: 3 Mei 2024"], date(2024, 5, 3)),
        (["Terms", *["We say much."] * 60, "Last modified: May 2, 2024"], date(2024, 5, 2)),
        ([_NEWS, "Last modified: 1 May 2023"], date(2023, 5, 1)),
        (["Terms", *["We say much."] * 60, "Look here. This privacy policy was last modified on May 2, 2024."], _MAY),
        (["Effective 03/04/2025"], None),
        (["Effective from August 2025"], None),
        (["Version effective until 3 May 2022"], None),
        (["If you joined before 3 May 2021, other rules are in force."], None),
        (["Terms", *["We say much."] * 60, "Under the Act of May 2, 2014 you may object, " + "and so on " * 9], None),
        ([], None),
    ],
)  # fmt: skip
def test_the_date_in_force_is_the_labelled_one(lines: list[str], expected: date | None) -> None:
    assert effective_date([Clause("paragraph", line) for line in lines]) == expected
