"""categories.yaml and users' files: what loads, and what is told about what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from policywatch import taxonomy
from policywatch.errors import ConfigError

CONTRACT = (
    "ai-training data-collection data-use sensitive-data data-sharing data-sale-ads subprocessors "
    "international-transfers retention user-rights cookies-tracking automated-decisions children security "
    "government-disclosure acceptance accounts acceptable-use content-moderation content-licence ai-output "
    "intellectual-property fees termination unilateral-change warranty liability indemnity governing-law arbitration "
    "class-action-waiver assignment third-party-services contact"
).split()


def _file(folder: Path, text: str, name: str = "ours.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def _problems(*paths: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        taxonomy.load(paths)
    return caught.value.problems


def test_every_contracted_category_says_what_it_is_and_has_rules() -> None:
    loaded = taxonomy.load()
    assert list(loaded.categories) == CONTRACT
    for category in loaded.categories.values():
        assert category.title, category.id
        assert category.does, category.id
        assert category.matters, category.id
        assert category.question.endswith("?"), category.id
        assert category.rules, category.id
        assert 0 < category.weight <= 3, category.id


def test_positions_are_the_contracted_ones() -> None:
    positions = {name: set(category.positions) for name, category in taxonomy.load().categories.items()}
    assert positions["ai-training"] == {"trains", "trains-unless-opt-out", "only-with-opt-in", "does-not-train"}
    assert positions["arbitration"] == {"mandatory", "mandatory-with-opt-out", "not-mandatory"}
    assert positions["liability"] == {"capped", "excluded"}
    assert positions["security"] == set()


def test_a_users_file_adds_categories_and_rules_and_sets_weights(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "categories:\n"
        "  - id: voice-cloning\n"
        "    title: Voice cloning\n"
        "    weight: 3\n"
        "    rules:\n"
        "      - {text: 'clon(?:e|ing) of (?:your )?voice', score: 0.9}\n"
        "  - {id: retention, weight: 1, rules: [{heading: 'how long'}]}\n",
    )
    loaded, plain = taxonomy.load([path]), taxonomy.load()
    assert loaded.categories["voice-cloning"].title == "Voice cloning"
    assert loaded.weights["voice-cloning"] == 3
    assert loaded.weights["retention"] == 1
    assert loaded.categories["retention"].title == plain.categories["retention"].title
    assert len(loaded.categories["retention"].rules) == len(plain.categories["retention"].rules) + 1
    assert loaded.categories["retention"].rules[-1].origin == f"{path}:7"


def test_the_digest_changes_with_rules_and_weights_but_not_with_the_files_place(tmp_path: Path) -> None:
    text = "categories: [{id: retention, weight: 1}]"
    here, there = _file(tmp_path, text), _file(tmp_path, text, "other.yaml")
    assert taxonomy.load([here]).digest == taxonomy.load([there]).digest
    assert taxonomy.load([here]).digest != taxonomy.load().digest
    ruled = _file(tmp_path, "categories: [{id: retention, rules: [{text: attic}]}]", "ruled.yaml")
    again = _file(tmp_path, "# a comment\n\ncategories: [{id: retention, rules: [{text: attic}]}]", "again.yaml")
    assert taxonomy.load([ruled]).digest == taxonomy.load([again]).digest


def test_every_mistake_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    first = _file(
        tmp_path,
        "categories:\n"
        "  - id: Voice Cloning\n"
        "  - id: retention\n"
        "    weigth: 2\n"
        "    rules:\n"
        "      - {text: '(unclosed'}\n"
        "      - {score: 0.5}\n"
        "      - {text: a, score: 7}\n"
        "      - {text: 'Capital'}\n",
    )
    second = _file(tmp_path, "categories: [{id: new-one}, {title: No id}]", "second.yaml")
    problems = "\n".join(_problems(first, second))
    assert f"{first}:2:9: `Voice Cloning` is no id" in problems
    assert f"{first}:4:5: unknown key `weigth`; did you mean `weight`?" in problems
    assert f"{first}:6:16: `text` is not a pattern" in problems
    assert f"{first}:7:9: a rule needs `text`, `heading` or both" in problems
    assert f"{first}:8:26: `score` is a number from 0 to 1" in problems
    assert f"{first}:9:16: `text` has capital letters" in problems
    assert f"{second}:1:19: the new category `new-one` needs a `title`" in problems
    assert f"{second}:1:29: a category needs an `id`" in problems


def test_a_slip_in_an_id_is_met_with_the_nearest_one(tmp_path: Path) -> None:
    (problem,) = _problems(_file(tmp_path, "categories: [{id: data-sharin, weight: 1}]"))
    assert problem.endswith("did you mean `data-sharing`?")


@pytest.mark.parametrize(
    "text", ["- a\n- b", "categories: 3", "categories: [a]", "a: [", "categories: [{id: x, title: [y]}]"]
)
def test_other_shapes_are_refused_with_their_place(tmp_path: Path, text: str) -> None:
    path = _file(tmp_path, text)
    assert all(problem.startswith(f"{path}:") for problem in _problems(path))


def test_an_empty_file_changes_nothing_and_a_missing_one_is_a_mistake(tmp_path: Path) -> None:
    assert taxonomy.load([_file(tmp_path, "")]).digest == taxonomy.load().digest
    (problem,) = _problems(tmp_path / "nowhere.yaml")
    assert "cannot be read" in problem


def test_a_pattern_that_backtracks_without_end_is_refused_on_load(tmp_path: Path) -> None:
    path = _file(tmp_path, r"categories: [{id: retention, rules: [{text: '(?:a+)+$b'}]}]")
    (problem,) = _problems(path)
    assert "takes too long" in problem
