"""`policywatch clauses`: clauses by category."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policywatch.reports.clauses import Group, render
from tests.cli.platforms import AGE, OPT_OUT, build
from tests.cli.reading import Reading, reader


@pytest.fixture
def ask(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Reading:
    build(tmp_path / "archive")
    return reader(tmp_path / "archive", capfd, monkeypatch)


def test_json_has_every_clause_with_its_categories_and_who_decided(ask: Reading) -> None:
    answer = json.loads(ask("clauses", "lumora", "-f", "json").out)
    assert answer["schema"] == "policywatch/clauses/1"
    found = {one["text"]: one for one in answer["clauses"]}
    training = found[OPT_OUT]
    assert training["categories"][0]["id"] == "ai-training"
    assert training["categories"][0]["by"]
    assert (training["heading"], training["since"]) == ("Content", "2026-02-09T08:30:00Z")


def test_only_the_category_asked_for(ask: Reading) -> None:
    text = ask("clauses", "--category", "children", "-f", "plain").out
    assert AGE in text
    assert OPT_OUT not in text
    assert ask("clauses", "--category", "child").code == 2


def test_plain_and_markdown_quote_with_place_and_since(ask: Reading) -> None:
    plain = ask("clauses", "lumora/terms-of-service", "-f", "plain").out
    assert "lumora/terms-of-service:" in plain
    assert "since 4 Mar 2025" in plain
    markdown = ask("clauses", "tessel", "-f", "markdown").out
    assert "<script>" not in markdown
    assert "`tessel/terms-of-service:" in markdown


def test_a_language_without_rules_is_said_on_stderr(ask: Reading) -> None:
    done = ask("clauses", "brume", "-f", "json")
    assert json.loads(done.out)["clauses"] == []
    assert "no rules yet for documents in French" in done.err


def test_counts_are_those_of_the_report(ask: Reading) -> None:
    rows = json.loads(ask("clauses", "lumora", "-f", "json").out)["clauses"]
    report = json.loads(ask("report", "lumora", "-f", "json").out)
    assert sum(one["clauses_with_category"] for one in report["documents"]) == len(rows)
    without = sum(one["clauses"] for one in report["documents"]) - len(rows)
    assert (f"({without} on no topic)" in ask("report", "lumora", "-f", "plain").out) == bool(without)
    told = ask("clauses", "lumora", "-f", "plain").out
    for category, title in [("ai-training", "AI training"), ("children", "Children")]:
        having = [one for one in rows if category in {label["id"] for label in one["categories"]}]
        first = [one for one in having if one["categories"][0]["id"] == category]
        line = next(line for line in told.splitlines() if line.startswith(f"{title}  "))
        shown = f"{len(first)} of {len(having)} clause" if len(first) < len(having) else f"{len(having)} clause"
        assert line.removeprefix(f"{title}  ").startswith(shown)


def test_a_clause_under_another_first_category_is_counted_where_it_is_not_shown() -> None:
    group = Group("ai-training", "AI training", (), 2)
    assert "0 of 2 clauses, the others under their first category" in render([group])
