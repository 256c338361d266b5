"""The model's second half: what facts make of a candidate."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from policywatch import taxonomy
from policywatch.taxonomy import context, linear, model
from policywatch.taxonomy.features import see

NAMES = ("apples", "pears", "")
ORCHARD = [
    (("Orchard rules", "Apples"), "Apples are picked in autumn. They are kept in the cold cellar until spring."),
    (("Orchard rules", "Pears"), "Pears of the first grade are sold on Saturdays."),
    (("Orchard rules",), "Gates close at dusk."),
]


def test_steps_are_looked_up_pair_by_pair() -> None:
    edges: list[list[float]] = [[] for _ in context.FACTS]
    own, rule = context.FACTS.index("own"), context.FACTS.index("rule")
    edges[own], edges[rule] = [-1.0, 1.0], [0.5]
    table = [own, rule, [[-3000, -1000], [0, 1000], [500, 3000]]]
    told = {"first": (1.0, 1.0, 0.0), "along": [[]], "beside": [[]], "first_least": 0.3, "least": 0.4}
    second = context.read(told | {"edges": edges, "facts": [table, [own, rule, [[0, 0]] * 3]], "offset": 250})

    def asked(own_value: float, trust: float) -> float:
        facts = [0.0] * len(context.FACTS)
        facts[own], facts[rule] = own_value, trust
        return second.probability(facts)

    assert asked(-1.0, 0.0) == pytest.approx(context.chance(-2.75))  # an edge belongs to the step below it
    assert asked(0.0, 0.9) == pytest.approx(context.chance(1.25))
    assert asked(7.0, 0.9) == pytest.approx(context.chance(3.25))


def test_tables_say_what_the_trees_said() -> None:
    np = pytest.importorskip("numpy", reason="the training extra is not installed")
    pytest.importorskip("sklearn", reason="the training extra is not installed")
    from training import tables

    dice = np.random.default_rng(3)
    facts = dice.normal(size=(4000, len(context.FACTS)))
    guess, rival = context.FACTS.index("guess"), context.FACTS.index("rival")
    truth = facts[:, guess] * np.sign(facts[:, rival]) + 0.3 * facts[:, 0] + dice.normal(size=4000) / 3 > 0.2
    trees = tables.learn(facts, truth)
    told = {"first": (1.0, 1.0, 0.0), "along": [[]], "beside": [[]], "first_least": 0.3, "least": 0.4}
    second = context.read(told | tables.written(trees))
    unseen = dice.normal(size=(200, len(context.FACTS)))
    expected = trees.predict_proba(unseen)[:, 1]
    assert np.std(expected) > 0.3
    assert [second.probability(row) for row in unseen.tolist()] == pytest.approx(expected.tolist(), abs=0.01)


def test_what_headings_say_is_a_part_of_the_trained_machines() -> None:
    pytest.importorskip("sklearn", reason="the training extra is not installed")
    from training import fit
    from training.corpus import Document

    documents = [
        Document(f"Orchard {n}", tuple(ORCHARD), (("apples",), ("pears",), ()), (True,) * 3) for n in range(16)
    ]
    data = fit.prepare(documents, NAMES[:-1])
    machines = fit.learn(data.rows, data.labels)
    first = linear.read({"names": NAMES, **fit.packed(machines, data.rows)})
    expected = machines.headings(data.rows)
    assert expected.std() > 0.01
    for clause, wanted in zip(data.seen[0], expected, strict=False):
        assert list(first.headed(clause.heading)) == pytest.approx(wanted.tolist(), abs=0.03)


def test_candidates_are_the_same_whichever_places_are_asked_for() -> None:
    shipped = model.shipped()
    seen = see([*ORCHARD, (("Terms", "Law"), "The laws of Norway govern these terms. Courts there decide.")] * 2)
    scores = shipped.first.scores(seen)

    def headed(place: int) -> Sequence[float]:
        return shipped.first.headed(seen[place].heading)

    ruled = model.Ruled(taxonomy.load(), shipped.first.names, seen)
    every = list(context.facts(seen, scores, headed, ruled, shipped.second.first, range(len(seen))))
    for place in range(len(seen)):
        assert list(context.facts(seen, scores, headed, ruled, shipped.second.first, [place])) == [every[place]]
