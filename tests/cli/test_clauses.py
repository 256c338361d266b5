"""`policywatch clauses`: clauses by category."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
    assert "no rules yet for fr" in done.err
