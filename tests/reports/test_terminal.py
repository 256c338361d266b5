"""The redline on a terminal: marks that do not hang on colour."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from rich.console import Console

from policywatch.model import Outcome, Run
from policywatch.reports import Options, terminal
from tests.reports.samples import ALL, PRIVACY, RUN, TITLES

OPTIONS = Options(titles=TITLES)


def console(width: int = 100, **changes: object) -> Console:
    settings = {"force_terminal": True, "color_system": "standard", "legacy_windows": False, "_environ": {}, **changes}
    return Console(file=io.StringIO(), width=width, **settings)  # type: ignore[arg-type]


def printed(on: Console) -> str:
    assert isinstance(on.file, io.StringIO)
    return on.file.getvalue()


def bare(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_insertions_are_underlined_and_deletions_struck_beside_their_colour() -> None:
    on = console()
    terminal.show(ALL, OPTIONS, on)
    text = printed(on)
    assert re.search(r"\x1b\[9;31mmay\x1b\[0m", text)
    assert re.search(r"\x1b\[4;32mwill\x1b\[0m", text)
    assert "We may will use" in bare(text)
    assert "[-" not in bare(text)


@pytest.mark.parametrize(
    "changes",
    [
        {"no_color": True},
        {"force_terminal": False, "color_system": None},
        {"_environ": {"TERM": "dumb"}, "color_system": "auto"},
        {"_environ": {"NO_COLOR": "1"}},
    ],
    ids=["no_color", "pipe", "dumb", "NO_COLOR"],
)
def test_without_colour_the_marks_are_letters(changes: dict[str, object]) -> None:
    on = console(**changes)
    terminal.show(ALL, OPTIONS, on)
    text = printed(on)
    assert "We [-may-]{+will+} use" in text
    assert "\x1b[9" not in text
    assert "\x1b[4" not in text


def test_page_text_is_no_markup_and_no_escape() -> None:
    on = console(width=160)
    terminal.show(ALL, OPTIONS, on)
    text = printed(on)
    assert "[bold red]not markup[/]" in bare(text)
    assert re.sub(r"\x1b\[[0-9;]*m", "", text).isprintable() or "\x1b" not in bare(text)
    assert "owned" not in text


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 220])
def test_no_line_is_wider_than_the_terminal_or_a_page(width: int) -> None:
    on = console(width, color_system=None)
    terminal.show(ALL[:2], OPTIONS, on)
    lines = bare(printed(on)).splitlines()
    assert max(map(len, lines)) <= min(width, terminal.MEASURE)
    assert all(line == line.rstrip() for line in lines)


def test_side_by_side_has_the_old_words_left_and_the_new_ones_right() -> None:
    on = console(180)
    terminal.show([PRIVACY], Options(titles=TITLES, side_by_side=True), on)
    line = next(line for line in bare(printed(on)).splitlines() if "We may use" in line)
    assert "only if you opt in." in line
    assert line.index("We may use") < 90 <= line.index("We will use")
    assert "unless you opt out." in line


def test_side_by_side_gives_way_where_the_terminal_is_narrow() -> None:
    beside, inline = console(90), console(90)
    terminal.show([PRIVACY], Options(side_by_side=True), beside)
    terminal.show([PRIVACY], Options(), inline)
    assert printed(beside) == printed(inline)


def test_the_category_table_keeps_whole_words_where_it_is_narrow() -> None:
    on = console(60)
    terminal.show(ALL, OPTIONS, on)
    table = bare(printed(on)).rpartition("category")[2]
    assert "1 added, 1 renumbered" in table
    assert "…" not in table


def test_a_picture_loads_nothing_and_is_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    svg = terminal.picture([PRIVACY], Options(titles=TITLES, width=100), "policywatch fetch", RUN)
    assert "line-through" in svg
    assert "underline" in svg
    assert "url(http" not in svg
    assert "@font-face" not in svg
    assert "policywatch&#160;fetch" in svg
    assert svg == terminal.picture([PRIVACY], Options(titles=TITLES, width=100), "policywatch fetch", RUN)


def test_the_summary_groups_what_failed_and_says_what_to_do() -> None:
    on = console(120)
    terminal.summary(RUN, on)
    text = bare(printed(on))
    assert text.index("quillwort/terms") < text.index("parrotfish/privacy") < text.index("sundial/privacy")
    assert text.count("→ The site turns programs away") == 1
    assert "pip install 'policywatch[browser]'" in text


@pytest.mark.parametrize("width", [30, 40, 80, 200])
def test_stat_fits_every_terminal_and_keeps_its_numbers(width: int) -> None:
    on = console(width)
    terminal.show(ALL, Options(titles=TITLES, stat=True), on)
    lines = bare(printed(on)).splitlines()
    assert all(len(line.rstrip()) <= width for line in lines)
    whole = console(500)
    terminal.show(ALL, Options(titles=TITLES, stat=True), whole)
    assert re.findall(r"\d+ (?:high|medium|low)", " ".join(" ".join(lines).split())) == re.findall(
        r"\d+ (?:high|medium|low)", bare(printed(whole))
    )


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_ids_stay_whole_and_apart_however_narrow_the_terminal(columns: int) -> None:
    ids = [f"generative-chat-services-of-lumen/{one}-policy" for one in ("acceptable-use", "acceptable-input", "ads")]
    start = datetime(2026, 3, 9, 10, tzinfo=UTC)
    why = "HTTP 503 (service unavailable) from every one of the addresses that the name stands for"
    on = console(columns)
    terminal.summary(Run(start, start, tuple(Outcome(one, "blocked", why) for one in ids)), on)
    lines = bare(printed(on)).splitlines()
    assert all(len(line.rstrip()) <= columns for line in lines)
    said = "".join("".join(lines).split())
    assert all(said.count(one) == 1 for one in ids)
    if columns == 80:
        assert said.count("everyoneofthe") == 1  # one reason for all three
        assert [line.split()[-1] for line in lines if "lumen/" in line] == ids
