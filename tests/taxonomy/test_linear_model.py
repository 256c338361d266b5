"""Inference: whole-number arithmetic gives what the trained machines give."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.taxonomy import linear, model, weights
from policywatch.taxonomy.features import see, sentences_of, stem

SAMPLE = json.loads((Path(__file__).parent / "margins.json").read_text("utf-8"))
NAMES = ("apples", "pears", "")
# Sixteen invented documents about fruit: two topics, and lines about neither.
FRUIT = [
    (
        tuple(
            [(("Orchard rules", "Apples"), f"Apples number {n} are picked in autumn and kept in the cold cellar.")] * 2
            + [(("Orchard rules", "Pears"), f"Pears of grade {n} are sold on Saturdays; ripe pears go first:")]
            + [(("Orchard rules", "Pears"), "the soft ones; and")]
            + [(("Orchard rules",), "Gates close at dusk.")]
        ),
        (("apples",), ("apples",), ("pears",), ("pears", "apples"), ()),
    )
    for n in range(16)
]


@given(st.lists(st.integers(-weights.MOST, weights.MOST)))
def test_weights_come_back_from_their_letters(levels: list[int]) -> None:
    assert weights.decoded(weights.encoded(levels)) == weights.packed(list(map(weights.weight_of, levels)))


def test_levels_rise_and_mirror() -> None:
    rising = [weights.weight_of(level) for level in range(-weights.MOST, weights.MOST + 1)]
    assert rising == sorted(set(rising))
    assert rising == [-weight for weight in reversed(rising)]


def test_the_shipped_file_is_small_and_reads_the_same_everywhere() -> None:
    path = Path(linear.__file__).with_name(linear.FILE)
    body = path.read_bytes()
    assert len(body) < 1_000_000
    assert body[4:8] == b"\0\0\0\0"  # no time stamp
    assert model.shipped().first.names[-1] == ""


def test_shipped_inference_says_what_the_machines_said_when_it_was_trained() -> None:
    assert SAMPLE["names"] == list(model.shipped().first.names)
    scores = model.shipped().first.scores(see([(tuple(heading), text) for heading, text in SAMPLE["clauses"]]))
    for said, expected in zip(scores, SAMPLE["margins"], strict=True):
        # Small weights are left out and the rest are whole numbers: no margin may move far, and most hardly move.
        assert said == pytest.approx(expected, abs=0.35)
        assert sum(abs(a - b) for a, b in zip(said, expected, strict=True)) < 0.06 * len(said)


def test_inference_equals_the_trained_machines() -> None:
    pytest.importorskip("sklearn", reason="the training extra is not installed")
    from training import fit
    from training.corpus import Document

    documents = [
        Document(f"Orchard {n}", clauses, labels, (True,) * len(labels)) for n, (clauses, labels) in enumerate(FRUIT)
    ]
    data = fit.prepare(documents, NAMES[:-1])
    machines = fit.learn(data.rows, data.labels)
    read = linear.read({"names": NAMES, **fit.packed(machines, data.rows)})
    expected = machines.scores(data.rows)
    scores = [row for seen in data.seen for row in read.scores(seen)]
    for said, wanted in zip(scores, expected, strict=True):
        assert said == pytest.approx(list(wanted), abs=0.03)
    assert [[value > 0 for value in row] for row in scores] == data.labels.tolist()


def test_logistic_regressions_learn_what_a_name_hangs_on_and_come_out_the_same() -> None:
    pytest.importorskip("sklearn", reason="the training extra is not installed")
    import numpy as np
    from scipy.sparse import csr_matrix

    from training import logistic

    rows = np.tile(np.eye(3, dtype=np.float32), (400, 1))
    rows[:, 2] = 1.0  # a word that everything has tells nothing
    labels = rows[:, :2] > 0
    slopes, offsets = logistic.learn(csr_matrix(rows), labels)
    assert slopes.argmax(1).tolist() == [0, 1]
    slopes_again, offsets_again = logistic.learn(csr_matrix(rows), labels)
    assert (slopes == slopes_again).all()
    assert (offsets == offsets_again).all()


def test_pairs_of_words_are_kept_by_their_first_word() -> None:
    pairs = weights.Pairs(["cold cellar store", "ripe pear"], weights.encoded([1, 2, 3]))
    words = ["cold", "cellar", "cold", "store", "ripe", "pear", "cold"]
    assert pairs.sum(words) == 6
    assert pairs.sum([*words, *words[1:]]) == 12
    assert pairs.sum(["cellar", "cold"]) == pairs.sum(["cold"]) == pairs.sum([]) == 0


def test_a_feature_counts_each_time_it_comes_and_unknown_ones_nothing() -> None:
    table = weights.Table(["pear", "apple"], weights.encoded([1, -2, 3, 0]))
    assert table.sum(["apple", "plum", "pear", "apple"]) == weights.packed([7, -2])
    assert table.sum(["plum"]) == table.sum([]) == 0
    assert "plum" not in table


def test_scores_do_not_depend_on_what_was_asked_before() -> None:
    one = see([(("Terms",), "You may not scrape the service.")])
    other = see([(("Privacy",), "We collect your name and your personal data from cookies.")])
    first = linear.read(linear.shipped())
    fresh = first.scores(one)
    first.scores(other)
    assert first.scores(one) == fresh


def test_what_is_remembered_changes_no_score() -> None:
    """A document that was seen in another state, with other neighbours, scores as if it were the first ever seen."""
    clauses = [(tuple(heading), text) for heading, text in SAMPLE["clauses"]]
    known = linear.read(linear.shipped())
    known.scores(see(clauses))
    for changed in (clauses[1:], clauses[::-1], [*clauses[:2], (("Fees",), "You pay us monthly."), *clauses[2:]]):
        assert known.scores(see(changed)) == linear.read(linear.shipped()).scores(see(changed))


@given(st.text("ab'19 .-\"$@%é©€", max_size=30))
def test_words_are_runs_of_letters_or_digits_and_signs_of_money(text: str) -> None:
    assert sentences_of(text) == [re.findall(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[$€£@%©]", part) for part in text.split(".")]


@pytest.mark.parametrize(
    ("forms", "base"),
    [
        ({"collects", "collected", "collecting", "collect"}, "collect"),
        ({"parties", "party"}, "party"),
        ({"7", "2026"}, "#"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: set[str], base: str) -> None:
    assert {stem(form) for form in forms} == {base}
