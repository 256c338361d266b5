"""Labels: what clauses get, by whom, with which words, and who gets none."""

from __future__ import annotations

from pathlib import Path

import pytest

from policywatch import taxonomy
from policywatch.errors import ConfigError
from policywatch.model import Clause, Label
from policywatch.taxonomy import rules

CLAUSES = [
    (("Fernwood terms", "Disputes"), "Any dispute will be settled by binding individual arbitration.", "arbitration"),
    (("Fernwood terms", "Law"), "These terms are governed by the laws of Norway.", "governing-law"),
    (("Fernwood terms", "Liability"), "Fernwood is not liable for indirect or consequential damages.", "liability"),
    (("Fernwood terms", "Indemnity"), "You will indemnify and hold Fernwood harmless from claims.", "indemnity"),
    (("Fernwood terms", "Warranty"), 'The service is provided "as is" without warranties of any kind.', "warranty"),
    (("Fernwood terms", "Ending it"), "We may suspend or terminate your account at any time.", "termination"),
    (("Privacy", "Cookies"), "We use cookies and pixels to remember your settings.", "cookies-tracking"),
    (("Privacy", "Retention"), "We keep your personal data for as long as you have an account.", "retention"),
    (("Privacy", "AI"), "We use your prompts to train our artificial intelligence models.", "ai-training"),
    (("Privacy", "Children"), "Our service is not meant for children under 13 years of age.", "children"),
]


def _labels(*clauses: Clause, language: str | None = "en") -> tuple[tuple[Label, ...], ...]:
    return taxonomy.classify(taxonomy.load(), clauses, language)


@pytest.mark.parametrize(("heading", "text", "category"), CLAUSES, ids=[category for *_, category in CLAUSES])
def test_plain_cases_come_out_as_anybody_would_say(heading: tuple[str, ...], text: str, category: str) -> None:
    ((main, *_),) = _labels(Clause("paragraph", text, heading=heading))
    assert main.category == category
    assert 0 < main.score <= 1
    assert main.by
    assert main.words


def test_labels_tell_which_words_decided() -> None:
    ((main, *_),) = _labels(Clause("paragraph", "You agree to indemnify Fernwood.", heading=("Terms",)))
    assert "rule" in main.by
    assert main.words[0].startswith("indemnif")


def test_headings_get_no_label_and_do_not_come_between_neighbours() -> None:
    before = Clause("paragraph", "We share personal data with:", heading=("Privacy", "Sharing"))
    heading = Clause("heading", "Retention of data", level=2, heading=("Privacy",))
    after = Clause("item", "companies that print our letters.", heading=("Privacy", "Sharing"))
    first, none, last = _labels(before, heading, after)
    assert none == ()
    assert (first, last) == _labels(before, after)


def test_a_list_item_takes_its_lists_category() -> None:
    path = ("Privacy", "Who sees it")
    lead = Clause("paragraph", "We disclose personal data to the following recipients:", heading=path)
    item = Clause("item", "printers;", level=1, marker="-", heading=path)
    other = Clause("item", "couriers.", level=1, marker="-", heading=path)
    labels = _labels(lead, item, other)
    assert all("data-sharing" in {label.category for label in found} for found in labels)


@pytest.mark.parametrize("bullet", ["• ", "- ", "● ", "* ", "· "])
def test_a_bullet_in_the_text_makes_no_difference(bullet: str) -> None:
    text = "We keep logs for 30 days."
    with_it, without = (Clause("paragraph", mark + text, heading=("Retention",)) for mark in (bullet, ""))
    assert _labels(with_it) == _labels(without)


def test_links_and_typography_make_no_difference() -> None:
    plain = "Don't scrape the service; see our rules."
    marked = "Don’t scrape the service; see our [rules](https://fernwood.example/rules)."
    first, second = (Clause("paragraph", text, heading=("Terms", "Rules")) for text in (plain, marked))
    assert _labels(first) == _labels(second)


@pytest.mark.parametrize("language", ["de", "fr", "zh"])
def test_a_language_without_rules_gets_none(language: str) -> None:
    assert not taxonomy.supports(language)
    assert _labels(Clause("paragraph", "We share your data."), language=language) == ((),)


def test_regions_of_a_supported_language_are_supported() -> None:
    assert taxonomy.supports("en-GB")
    assert not taxonomy.supports(None)


def test_unknown_language_is_told_by_its_words() -> None:
    german = Clause(
        "paragraph",
        "Wir speichern die Daten, die Sie uns geben, so lange, wie wir sie für den Betrieb des Dienstes brauchen, und "
        "löschen sie danach. Auf Anfrage erhalten Sie Auskunft darüber, welche Daten wir über Sie halten, und können "
        "deren Berichtigung oder Löschung verlangen. Eine Weitergabe an Dritte findet nicht statt.",
    )
    english = Clause("paragraph", "We share your personal data with our affiliates.", heading=("Sharing",))
    assert taxonomy.language_of([german]) is None
    assert _labels(german, language=None) == ((),)
    assert _labels(english, language=None)[0]


def test_no_clause_no_label() -> None:
    assert _labels() == ()
    assert _labels(Clause("heading", "Terms", level=1)) == ((),)
    assert len(_labels(Clause("paragraph", ""), Clause("paragraph", "•"))) == 2


def test_at_most_three_built_in_labels() -> None:
    text = " ".join(text for _, text, _ in CLAUSES)
    assert len(_labels(Clause("paragraph", text))[0]) <= 3


def test_a_users_rule_always_counts(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(
        "categories:\n  - id: weather\n    title: Weather\n    rules: [{text: rain(?:fall)?, score: 0.9}]\n"
    )
    loaded = taxonomy.load([path])
    rainy, dry = taxonomy.classify(
        loaded, [Clause("paragraph", "Rainfall may delay our couriers."), Clause("paragraph", "Last updated in May.")]
    )
    assert Label("weather", 0.9, ("rule",), ("rainfall",)) in rainy
    assert all(label.category != "weather" for label in dry)


def test_a_pattern_that_hangs_stops_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("categories:\n  - {id: retention, rules: [{text: '(?:x+y?)+z'}]}\n")
    monkeypatch.setattr(rules, "_SECONDS", 0.05)
    loaded = taxonomy.load([path])
    with pytest.raises(ConfigError) as caught:
        taxonomy.classify(loaded, [Clause("paragraph", "x" * 5000)])
    assert caught.value.problems[0].startswith(f"{path}:2: over 0.05 s")


@pytest.mark.parametrize("only", [{0}, {3, 7}, set(), set(range(20))], ids=str)
def test_labels_of_some_clauses_are_those_they_have_among_all(only: set[int]) -> None:
    document = [Clause("paragraph", text, heading=heading) for heading, text, _ in CLAUSES]
    document.insert(3, Clause("heading", "What else counts", level=2))
    every = _labels(*document)
    some = taxonomy.classify(taxonomy.load(), document, "en", only)
    assert some == tuple(labels if index in only else () for index, labels in enumerate(every))


TRAINED_ON = [
    (
        ("Brimline privacy", "Artificial intelligence"),
        "Prompt data of trial accounts are used for training unless you object.",
    ),
    (("Brimline privacy", "Your choices"), "Chats with the assistant are never used for training."),
    (
        ("Brimline privacy", "Your data", "Training our models"),
        "Before conversations are used for training, a filter takes names and telephone numbers out.",
    ),
    (
        ("Brimline privacy", "Artificial intelligence"),
        "Data that were selected for training but not yet used are deleted within 10 days. You can object in the app.",
    ),
]


@pytest.mark.parametrize(("heading", "text"), TRAINED_ON, ids=[text[:30] for _, text in TRAINED_ON])
def test_what_peoples_data_train_is_of_ai_training_also_where_no_model_is_named(
    heading: tuple[str, ...], text: str
) -> None:
    (labels,) = _labels(Clause("paragraph", text, heading=heading))
    assert "ai-training" in {label.category for label in labels}


BANS = [
    "You may not use output of Brimline to train an artificial intelligence model.",
    "It is forbidden to use output for training an AI model or to let others do so.",
    "Customers must not use the songs for training; using content to train another generator is prohibited.",
]


@pytest.mark.parametrize("text", BANS)
def test_a_ban_on_training_by_users_is_about_what_they_may_do(text: str) -> None:
    (labels,) = _labels(Clause("paragraph", text, heading=("Brimline terms", "What you may not do")))
    assert [label.category for label in labels if label.category == "acceptable-use"]
    assert "ai-training" not in {label.category for label in labels}
