"""`policywatch report`: the dossier."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from policywatch.archive import Archive, StatusLine
from tests.cli.platforms import FIRST, OPT_OUT, TESSEL, build, record
from tests.cli.reading import Reading, reader


@pytest.fixture
def ask(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Reading:
    build(tmp_path / "archive")
    return reader(tmp_path / "archive", capfd, monkeypatch)


def dossier(ask: Reading, *arguments: str) -> dict[str, Any]:
    done = ask("report", *arguments, "-f", "json")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    assert found["schema"] == "policywatch/dossier/1"
    return found


def card(found: dict[str, Any], category: str) -> dict[str, Any]:
    return next(one for one in found["cards"] if one["category"] == category)


def test_a_card_says_what_the_platform_does_and_quotes_it(ask: Reading) -> None:
    training = card(dossier(ask, "lumora"), "ai-training")
    assert training["statement"] == "Lumora says it trains its models on people's content unless they opt out."
    assert training["position"]["quote"] == OPT_OUT
    assert OPT_OUT in [clause["quote"] for clause in training["clauses"]]
    assert training["means"]
    assert training["matters"]


def test_other_platforms_stand_beside_it(ask: Reading) -> None:
    elsewhere = card(dossier(ask, "lumora"), "ai-training")["elsewhere"]
    assert (elsewhere["identified"], elsewhere["of"]) == (0, 3)
    assert elsewhere["answers"] == {"does-not-train": 1, "trains": 1, "unclear": 1}


def test_another_law_is_not_the_same_position(ask: Reading) -> None:
    law = card(dossier(ask, "tessel"), "governing-law")["elsewhere"]
    assert (law["identified"], law["of"]) == (0, 3)
    assert [(one["platform"], one["position"], one["value"]) for one in law["quotes"]] == [("Lumora", "law", "Oregon")]
    text = " ".join(ask("report", "tessel", "--category", "governing-law", "-f", "plain").out.split())
    assert "identified at 0 of 3 other platforms. Others: 1 Oregon, 1 not stated, 1 not read." in text
    assert "Lumora (Oregon): “" in text


def test_platforms_that_name_the_same_value_are_counted_and_lone_values_lumped(tmp_path: Path, ask: Reading) -> None:
    archive = Archive(tmp_path / "archive")
    for name, law in (("Asha", "Oregon"), ("Birk", "Nevada"), ("Cora", "Utah")):
        text = f"These Terms are governed by the laws of the State of {law}."
        record(archive, f"{name.lower()}/terms-of-service", name, "Terms of Service", (("Law", text),), FIRST)
    law = card(dossier(ask, "lumora"), "governing-law")["elsewhere"]
    assert (law["identified"], law["quotes"][0]["platform"]) == (1, "Asha")
    text = " ".join(ask("report", "lumora", "--category", "governing-law", "-f", "plain").out.split())
    assert "identified at 1 of 6 other platforms. Others: 3 another law" in text
    assert "Asha: “" in text


def test_a_topic_without_a_position_says_what_the_topic_is_and_nothing_of_users(ask: Reading) -> None:
    cards = dossier(ask, "lumora")["cards"]
    stated = [one for one in cards if one["means"]]
    assert 0 < len(stated) < len(cards)
    for form, users, topic in (
        ("plain", "For users:", "The topic:"),
        ("markdown", "**For users.**", "**The topic.**"),
        ("html", "What it means for users", ">The topic<"),
    ):
        text = ask("report", "lumora", "--all", "-f", form).out
        assert (text.count(users), text.count(topic)) == (len(stated), len(cards) - len(stated))


def test_one_text_under_several_names_is_told_once(tmp_path: Path, ask: Reading) -> None:
    before = dossier(ask, "tessel")
    archive = Archive(tmp_path / "archive")
    record(archive, "tessel/usage-policy", "Tessel", "Usage Policy", TESSEL, FIRST)
    after = dossier(ask, "tessel")
    assert [one["same_text_as"] for one in after["documents"]] == [None, "tessel/terms-of-service"]
    assert [len(one["clauses"]) for one in after["cards"]] == [len(one["clauses"]) for one in before["cards"]]
    text = ask("report", "tessel", "-f", "plain").out
    assert "2 documents (1 with the text of another one), 2 clauses" in text
    assert "Same text as" in text


def test_a_documents_address_and_last_reading_are_told(tmp_path: Path, ask: Reading) -> None:
    archive = Archive(tmp_path / "archive")
    with archive.writing(durable=False, evidence="off") as writer:
        writer.set_status(StatusLine("vocalia/terms-of-service", "unchanged", date(2026, 1, 5), date(2026, 3, 9)))
    text = ask("report", "vocalia", "-f", "plain").out
    assert "https://vocalia.example/terms" in text
    assert "9 Mar 2026" in text.partition("Last read")[2][:30]
    assert dossier(ask, "vocalia")["documents"][0]["last_seen"] == "2026-03-09"


def test_law_is_relevant_to_a_clause_and_unverified(ask: Reading) -> None:
    relevant = card(dossier(ask, "lumora"), "ai-training")["relevant_to"]
    assert relevant
    assert all(one["standing"].startswith("unverified") for one in relevant)
    assert all(one["says"] and one["applies"] and one["reviewer"] and one["enforced_by"] for one in relevant)
    text = ask("report", "lumora", "-f", "plain").out
    assert "Relevant to" in text
    assert "violat" not in text.lower()


def test_changes_timeline_and_hashes_are_there(ask: Reading) -> None:
    found = dossier(ask, "lumora")
    assert [one["version"] for one in card(found, "ai-training")["changed"]] == [2]
    assert [one["time"] for one in found["timeline"]] == sorted(
        (one["time"] for one in found["timeline"]), reverse=True
    )
    terms = next(one for one in found["documents"] if one["document"] == "lumora/terms-of-service")
    assert (terms["version"], terms["first_seen"]) == (2, "2025-03-04T10:00:00Z")
    assert len(terms["text_sha256"]) == len(terms["history_sha256"]) == 64
    assert found["notice"]
    assert found["method"]
    assert card(found, "ai-training")["actions"]


def test_a_lone_document_has_a_dossier_of_its_own(ask: Reading) -> None:
    found = dossier(ask, "lumora/privacy-policy")
    assert found["title"] == "Lumora: Privacy Policy"
    assert card(found, "ai-training")["position"]["position"] == "not-stated"
    assert card(found, "retention")["position"]["value"] == "30 days"


def test_only_the_category_asked_for(ask: Reading) -> None:
    assert [one["category"] for one in dossier(ask, "lumora", "--category", "children")["cards"]] == ["children"]
    assert ask("report", "lumora", "--category", "childen").code == 2


def test_several_platforms_make_several_dossiers(ask: Reading) -> None:
    assert [one["title"] for one in dossier(ask)["dossiers"]] == [
        "Brume: Conditions",
        "Lumora",
        "Tessel: Terms of Service",
        "Vocalia: Terms of Service",
    ]


@pytest.mark.parametrize("form", ["terminal", "plain", "markdown", "html"])
def test_every_form_has_statement_quote_notice_and_no_live_markup(ask: Reading, form: str) -> None:
    done = ask("report", "-f", form)
    assert done.code == 0
    text = " ".join(done.out.split())
    assert "Tessel says it does not train models on people" in text
    assert "no legal determination" in text
    assert "\x1b" not in done.out
    if form in ("html", "markdown"):
        assert "<script" not in done.out


@pytest.mark.parametrize("columns", ["40", "80", "100", "120"])
def test_every_topic_is_told_at_a_glance(ask: Reading, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    cards = dossier(ask, "lumora")["cards"]
    whole = ask("report", "lumora", "-f", "plain").out
    least = len("    ") + 64  # a hash stays whole
    assert all(len(line) <= max(int(columns), least) for line in whole.splitlines())
    first = whole.partition("This dossier")[0]
    assert all(len(line) <= int(columns) for line in first.splitlines())
    told = " ".join(first.split())
    places = [told.index(" ".join(one["title"].split()[:2])) for one in cards]  # long ones go on below
    assert places == sorted(places)
    assert [told.count(word) for word in ("HIGH", "MEDIUM", "LOW")] == [1, 1, 1]
    assert {one["severity"] for one in cards} == {"high", "medium", "low"}
    training = told.partition("AI training")[2][:100]
    for fact in ("trains unless", "9 Feb 2026", "0 of 3 alike"):
        assert fact in training


def test_pages_have_the_same_table_at_their_head(ask: Reading) -> None:
    cards = dossier(ask, "lumora")["cards"]
    page = lxml.html.fromstring(ask("report", "lumora", "-f", "html").out)
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//table[@class='glance']/tbody/tr")]
    assert [row[0] for row in rows if len(row) == 1] == ["high", "medium", "low"]
    assert [row[0] for row in rows if len(row) > 1] == [one["title"] for one in cards]
    training = ["AI training", "trains unless opt-out", "9 Feb 2026", "1", "9 Feb 2026", "0 of 3 alike"]
    assert training in rows
    targets = page.xpath("//table[@class='glance']//a/@href")
    assert len(targets) == len(cards)
    assert all(page.xpath("//section[@id=$id]", id=one.removeprefix("#")) for one in targets)
    assert f"| high | {' | '.join(training)} |" in ask("report", "lumora", "-f", "markdown").out


def test_a_card_in_short_keeps_its_parts(ask: Reading) -> None:
    text = ask("report", "tessel", "-f", "plain").out.partition("This dossier")[2]
    law = text.partition("Law and courts  ")[2].partition("\n\n\n")[0]
    elsewhere = "Elsewhere the same position: identified at 0 of 3"
    parts = ("For users:", "Why it matters:", elsewhere, "Lumora (Oregon)", "To do")
    places = [law.index(part) for part in ("Tessel puts", "    “", *parts)]
    assert places == sorted(places)


def test_cards_without_a_position_are_left_out_and_said_so(ask: Reading) -> None:
    whole = dossier(ask, "lumora")["cards"]
    stated = [one for one in whole if one["position"] and one["position"]["position"] != "not-stated"]
    assert 0 < len(stated) < len(whole)
    text = ask("report", "lumora", "-f", "plain").out
    cards = text.partition("This dossier")[2].partition("\n\n\nTimeline")[0]
    assert cards.count("Why it matters:") == len(stated)
    assert f"Shortened: {len(stated)} of {len(whole)} topics." in text
    assert f"Left out: {len(whole) - len(stated)} topics" in " ".join(text.split())
    other = next(one for one in whole if not one["position"])
    asked = ask("report", "lumora", "--category", other["category"], "-f", "plain").out
    assert other["statement"] in " ".join(asked.split())
    assert "At a glance" not in asked


def test_all_shows_what_is_otherwise_cut(ask: Reading) -> None:
    whole, short = ask("report", "lumora", "--all").out, ask("report", "lumora").out
    assert len(whole.splitlines()) > 1.3 * len(short.splitlines())
    assert "Shortened: " in short
    assert whole.count("Why it matters:") == len(dossier(ask, "lumora")["cards"])
    assert "Shortened" not in whole


@pytest.mark.parametrize("form", ["plain", "markdown", "html"])
def test_others_are_those_that_answer_otherwise(ask: Reading, form: str) -> None:
    text = " ".join(ask("report", "tessel", "--category", "governing-law", "-f", form).out.split())
    assert "he same position: identified at 0 of 3 other platforms." in text
    assert "Ireland" not in text.partition("Others:")[2].partition(".")[0]


@pytest.mark.parametrize("form", ["plain", "markdown", "html"])
def test_of_a_version_that_touched_a_topic_no_other_topics_severity_is_told(ask: Reading, form: str) -> None:
    text = ask("report", "lumora", "--category", "ai-training", "-f", form).out
    line = next(one for one in text.partition("Changed before")[2].splitlines() if "lumora/terms-of-service" in one)
    assert "version 2" in line
    assert "severity" not in line


def test_the_timeline_names_categories_as_the_cards_do(ask: Reading) -> None:
    timeline = " ".join(ask("report", "lumora", "-f", "plain").out.partition("Timeline")[2].split())
    assert "AI training" in timeline
    assert "ai-training" not in timeline


def test_an_unknown_target_is_a_usage_error(ask: Reading) -> None:
    done = ask("report", "lumara")
    assert done.code == 2
    assert "did you mean lumora" in done.err


def test_a_version_whose_run_was_killed_is_not_called_never_seen(ask: Reading) -> None:
    line = next(one for one in ask("status").out.splitlines() if one.startswith("vocalia/"))
    assert "version 1 of 2025-03-04" in line
    assert "no run ended with it yet" in line
    assert "never seen" not in line
    assert "since" not in line


def test_what_is_denied_with_an_exception_says_so(tmp_path: Path, ask: Reading) -> None:
    archive = Archive(tmp_path / "archive")
    sale = (("Sale", "Except as described above, we do not sell your personal data to anyone."),)
    record(archive, "asha/privacy-policy", "Asha", "Privacy Policy", sale, FIRST)
    told = card(dossier(ask, "asha"), "data-sale-ads")
    assert told["statement"] == "Asha says it does not sell personal data. The sentence makes an exception."
    plain = card(dossier(ask, "lumora"), "data-sale-ads")
    assert plain["statement"] == "Lumora says it does not sell personal data."
