"""``policywatch classify`` and ``policywatch categories``, through the command line's own entry."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policywatch.cli import classify as module
from policywatch.cli.app import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def policywatch(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command line in an empty folder; its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLICYWATCH_CONFIG", raising=False)

    def call(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        code = run(arguments)
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return call


def _lines(*clauses: dict[str, Any]) -> str:
    return "".join(json.dumps(clause) + "\n" for clause in clauses)


RETENTION = {"heading": "Privacy > Retention", "text": "We keep your data for 30 days after you leave."}
LAW = {"heading": "Terms > Law", "text": "These terms are governed by the laws of Norway."}


def test_lines_come_back_in_order_with_categories_and_all_they_carried(policywatch: Run) -> None:
    code, out, err = policywatch("classify", "-", stdin=_lines({**RETENTION, "mine": [1]}, {**LAW, "document": "b"}))
    first, second = map(json.loads, out.splitlines())
    assert (code, err) == (0, "")
    assert first["mine"] == [1]
    assert first["text"] == RETENTION["text"]
    assert second["document"] == "b"
    assert first["categories"][0]["id"] == "retention"
    assert second["categories"][0]["id"] == "governing-law"
    assert set(first["categories"][0]) == {"id", "score", "by", "words"}
    assert set(first["categories"][0]["by"]) <= {"rule", "model"}


def test_documents_are_judged_apart(policywatch: Run) -> None:
    alone = policywatch("classify", stdin=_lines({**LAW, "document": "b"}))[1]
    beside = policywatch("classify", stdin=_lines({**RETENTION, "document": "a"}, {**LAW, "document": "b"}))[1]
    assert beside.splitlines()[1] == alone.strip()


def test_many_documents_are_labelled_alike_in_several_processes(
    policywatch: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = _lines(*({**clause, "document": str(n)} for n in range(6) for clause in (RETENTION, LAW)))
    alone = policywatch("classify", stdin=lines)
    monkeypatch.setattr(module, "_MANY", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert policywatch("classify", stdin=lines) == alone


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"heading": "x"}', 'stdin:2: a clause needs a "text"'),
        ('{"text": 3}', 'stdin:2: a clause needs a "text"'),
        ('{"text": "x", "heading": ["a"]}', 'stdin:2: "heading" is a text'),
        ("{oops", "stdin:2: not JSON"),
    ],
)
def test_a_line_that_is_no_clause_is_named(policywatch: Run, line: str, told: str) -> None:
    code, _, err = policywatch("classify", "-", stdin=_lines(LAW) + line + "\n")
    assert code == 2
    assert told in err


def test_another_language_is_told_and_not_guessed(policywatch: Run) -> None:
    text = "Nous conservons vos données aussi longtemps que nécessaire pour vous fournir nos services, puis nous les "
    text += "supprimons. Vous pouvez demander à tout moment leur effacement ou leur rectification en nous écrivant à "
    text += "notre adresse. Nous ne les vendons jamais à des tiers et ne les transférons pas hors de notre pays."
    code, out, err = policywatch("classify", stdin=_lines({"text": text, "document": "fr"}))
    assert code == 0
    assert json.loads(out)["categories"] == []
    assert "fr: there are no rules for its language yet" in err


def test_empty_input_gives_empty_output(policywatch: Run) -> None:
    assert policywatch("classify", "-") == (0, "", "")


def test_a_page_and_its_archive_file_get_the_same_labels(policywatch: Run, tmp_path: Path) -> None:
    page = tmp_path / "terms.html"
    words = "<p>You may not scrape, copy or resell the service, nor probe its security in any way.</p>" * 2
    page.write_text(
        "<html><head><title>Fernwood terms</title></head><body><main><h1>Fernwood terms</h1><h2>Rules</h2>"
        f"{words}<h2>Law</h2><p>These terms are governed by the laws of Norway, and its courts decide.</p>"
        "<h2>Ending</h2><ul><li>We may suspend or terminate your account at any time for any reason.</li></ul>"
        "</main></body></html>"
    )
    assert policywatch("extract", "terms.html", "-o", "out")[0] == 0
    from_page = [json.loads(line) for line in policywatch("classify", "terms.html")[1].splitlines()]
    from_archive = [json.loads(line) for line in policywatch("classify", "out/terms.md")[1].splitlines()]
    assert [line["categories"] for line in from_page] == [line["categories"] for line in from_archive]
    assert {line["heading"] for line in from_page} >= {"Fernwood terms > Law"}
    assert "governing-law" in {label["id"] for line in from_page for label in line["categories"]}
    assert all(line["line"] > 0 for line in from_archive)


def test_ones_own_categories_are_used(policywatch: Run, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("categories: [{id: weather, title: Weather, rules: [{text: rain}]}]")
    _, out, _ = policywatch("classify", "--taxonomy", "ours.yaml", stdin=_lines({"text": "No rain checks."}))
    assert "weather" in {label["id"] for label in json.loads(out)["categories"]}


def test_categories_lists_all_and_shows_one(policywatch: Run) -> None:
    code, out, _ = policywatch("categories")
    assert code == 0
    assert sum(line.startswith("  ") for line in out.splitlines()) == 34
    code, out, _ = policywatch("categories", "arbitration")
    assert code == 0
    for part in ("Why it matters", "Question", "mandatory-with-opt-out:", "Relevant to", "Rules", "arbitrat"):
        assert part in out


def test_categories_as_json(policywatch: Run) -> None:
    shown = json.loads(policywatch("categories", "retention", "--format", "json")[1])
    assert shown["schema"] == "policywatch/categories/1"
    (category,) = shown["categories"]
    assert category["positions"].keys() == {"fixed-period", "as-needed"}
    assert category["law"]
    assert category["rules"][0]["category"] == "retention"


def test_an_unknown_category_is_met_with_the_nearest(policywatch: Run) -> None:
    code, _, err = policywatch("categories", "retension")
    assert code == 2
    assert "retention" in err
