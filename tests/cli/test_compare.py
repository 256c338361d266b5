"""`policywatch compare`: platforms side by side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from policywatch.archive import Archive
from policywatch.model import Position, Quote
from policywatch.survey import Standing
from policywatch.taxonomy import positions as package
from policywatch.taxonomy.positions import PolicyDocument
from tests.cli.platforms import AGE, LATER, OPT_OUT, TESSEL, build, record
from tests.cli.reading import Reading, reader
from tests.conftest import Done


@pytest.fixture
def ask(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Reading:
    build(tmp_path / "archive")
    return reader(tmp_path / "archive", capfd, monkeypatch)


def positions(done: Done) -> dict[tuple[str, str], dict[str, object]]:
    assert done.code == 0, done.err
    answer = json.loads(done.out)
    assert answer["schema"] == "policywatch/positions/1"
    return {(one["platform"], one["question"]): one for one in answer["positions"]}


def test_json_has_each_platform_with_its_quote_line_and_since(ask: Reading, tmp_path: Path) -> None:
    found = positions(ask("compare", "ai-training", "--format", "json"))
    assert {key: one["position"] for key, one in found.items()} == {
        ("Lumora", "ai-training"): "trains-unless-opt-out",
        ("Tessel", "ai-training"): "does-not-train",
        ("Vocalia", "ai-training"): "trains",
        ("Brume", "ai-training"): "unclear",
    }
    lumora = found[("Lumora", "ai-training")]
    assert (lumora["quote"], lumora["since"]) == (OPT_OUT, "2026-02-09T08:30:00Z")
    file = (tmp_path / "archive" / f"{lumora['document']}.md").read_text("utf-8").split("\n")
    assert file[int(str(lumora["line"])) - 1] == OPT_OUT


def test_a_sentence_keeps_its_age_though_others_came(ask: Reading) -> None:
    children = positions(ask("compare", "children", "-f", "json"))[("Lumora", "children")]
    assert (children["quote"], children["value"], children["since"]) == (AGE, 13, "2025-03-04T10:00:00Z")


def test_without_a_question_all_are_answered(ask: Reading) -> None:
    found = positions(ask("compare", "-f", "json"))
    assert len(found) == 4 * 11
    assert found[("Lumora", "retention")]["value"] == "30 days"
    assert found[("Tessel", "governing-law")]["value"] == "Ireland"
    silent = found[("Tessel", "arbitration")]
    assert (silent["position"], silent["quote"], silent["quotes"]) == ("not-stated", None, [])


def test_a_language_without_rules_says_so(ask: Reading) -> None:
    assert positions(ask("compare", "-f", "json"))[("Brume", "governing-law")]["note"] == (
        "no rules yet for documents in French"
    )
    text = ask("compare", "governing-law", "-f", "plain").out
    assert "no rules yet for documents in French" in text
    assert "2 with a law named, 1 not stated, 1 not read" in text
    assert "unclear" not in text


def test_only_the_platforms_asked_for(ask: Reading) -> None:
    found = positions(ask("compare", "ai-training", "--platform", "Lumora", "-p", "tess*", "-f", "json"))
    assert {platform for platform, _ in found} == {"Lumora", "Tessel"}


def test_several_archives_stand_side_by_side(ask: Reading, tmp_path: Path) -> None:
    other = Archive(tmp_path / "other")
    terms = (("Law", "These Terms are governed by the laws of Iceland."),)
    record(other, "quill/terms-of-service", "Quill", "Terms of Service", terms, LATER)
    found = positions(ask("compare", "governing-law", "-f", "json", "--archive", str(other.root)))
    assert found[("Quill", "governing-law")]["value"] == "Iceland"
    assert found[("Lumora", "governing-law")]["value"] == "Oregon"


@pytest.mark.parametrize("form", ["plain", "markdown", "html", "json"])
def test_the_same_platform_of_two_archives_is_told_apart(ask: Reading, tmp_path: Path, form: str) -> None:
    other = Archive(tmp_path / "other")
    terms = (("Law", "These Terms are governed by the laws of Iceland."),)
    record(other, "lumora/terms-of-service", "Lumora", "Terms of Service", terms, LATER)
    text = ask("compare", "governing-law", "-f", form, "--archive", str(other.root)).out.replace("\\", "")
    for root in (other.root, tmp_path / "archive"):
        assert (f'"archive": "{root}"' if form == "json" else f"Lumora ({root})") in text
    assert "Iceland" in text
    assert "Oregon" in text
    assert "Tessel (" not in text


def test_terminal_and_plain_say_the_same_and_cannot_be_steered(ask: Reading) -> None:
    plain = ask("compare", "ai-training", "-f", "plain").out
    assert plain == ask("compare", "ai-training").out  # a pipe gets no colour
    assert "\x1b" not in plain
    assert "1 does not train, 1 trains, 1 trains unless opt-out, 1 not read" in plain
    assert "lumora/terms-of-service:" in plain
    assert "since 9 Feb 2026" in plain
    assert "no legal determination" in " ".join(plain.split())


def test_markdown_is_a_table_that_shows_markup_as_text(ask: Reading) -> None:
    text = ask("compare", "ai-training", "-f", "markdown").out
    assert "| Platform | Position | Quote | Where | Since |" in text
    assert "<script>" not in text


def test_the_page_stands_alone_and_escapes(ask: Reading) -> None:
    page = ask("compare", "-f", "html").out
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("https://lumora.example", "").replace("http-equiv", "")


def test_an_unknown_question_suggests_the_nearest(ask: Reading) -> None:
    done = ask("compare", "ai-trainig")
    assert done.code == 2
    assert "did you mean ai-training" in done.err


def test_an_empty_archive_is_explained(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").mkdir()
    done = reader(tmp_path / "archive", capfd, monkeypatch)("compare")
    assert done.code == 2
    assert "holds no documents yet" in done.err


def test_what_was_derived_is_kept_until_a_text_changes(
    ask: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask("compare", "-f", "json").out
    read: list[str] = []
    original = package.find

    def noted(documents: Sequence[PolicyDocument], platform: str = "") -> tuple[Position, ...]:
        read.append(platform)
        return original(documents, platform)

    monkeypatch.setattr(package, "find", noted)
    assert ask("compare", "-f", "json").out == first
    assert read == []
    changed = ((TESSEL[0][0], "We do not use your data to train AI models."), TESSEL[1])
    record(Archive(tmp_path / "archive"), "tessel/terms-of-service", "Tessel", "Terms of Service", changed, LATER)
    again = positions(ask("compare", "ai-training", "-f", "json"))
    assert read == ["Tessel"]
    assert again[("Tessel", "ai-training")]["since"] == "2026-02-09T08:30:00Z"


def test_a_quote_from_the_cache_that_no_longer_stands_is_not_printed(ask: Reading, tmp_path: Path) -> None:
    """Should two texts ever share a key, the file still has the last word."""
    ask("compare", "-f", "json")
    archive = Archive(tmp_path / "archive")
    standing = Standing(
        "lumora/terms-of-service",
        archive.current("lumora/terms-of-service") or "",
        archive.history("lumora/terms-of-service")[-1],
        "",
    )
    line = standing.file.split("\n").index(AGE) + 1
    assert standing.holds(Quote(standing.id, line, AGE))
    assert not standing.holds(Quote(standing.id, line + 1, AGE))
    assert not standing.holds(Quote(standing.id, line, AGE.replace("13", "18")))


@pytest.mark.parametrize("verb", [("compare",), ("report", "lumora")], ids=["compare", "report"])
@pytest.mark.parametrize("form", ["terminal", "json", "markdown", "html"])
def test_a_report_goes_to_a_file_without_colour(tmp_path: Path, ask: Reading, verb: tuple[str, ...], form: str) -> None:
    told = ask(*verb, "-f", form).out
    done = ask(*verb, "-f", form, "-o", str(tmp_path / "report"))
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / "report").read_text("utf-8") == told
    assert ask(*verb, "-o", str(tmp_path / "none" / "report")).code == 2


def test_json_says_how_many_quotes_make_up_an_answer(ask: Reading) -> None:
    found = positions(ask("compare", "-f", "json"))
    assert found[("Lumora", "ai-training")]["rests"] == 1
    assert found[("Tessel", "arbitration")]["rests"] == 0
