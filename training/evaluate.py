"""Measure rules, model and both on documents that training never saw.

python -m training.evaluate [labelled.jsonl]             learn from two thirds of the houses, test the third
python -m training.evaluate --folds K [--by documents]   cross-validate over all of them
python -m training.evaluate --shipped FILE.jsonl         the shipped model on other labels, such as tosdr.jsonl

Documents of one house stay together, or, with ``--by documents``, only those that share clauses. Intervals are the 95 %
of a bootstrap over documents. "plain" is what a linear support-vector machine over TF-IDF gets by itself.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policywatch import taxonomy
from policywatch.taxonomy import model
from policywatch.taxonomy.features import see
from policywatch.taxonomy.labelling import MOST_LABELS, chosen
from training import fit, plain
from training.corpus import Document, fold, held_back, load
from training.train import DATA

ROUNDS = 1000
TRUSTED = 0.6  # rules alone: the joint trust from which on they label
LEAST_SUPPORT = 5  # labels of a category from which on it counts in the macro average

Labels = list[list[str]]


@dataclass(frozen=True, slots=True)
class Counts:
    """One document's labels by category; ``found`` of ``mains`` main labels are among those given."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]
    found: int
    mains: int


def by_rules(classes: taxonomy.Taxonomy, document: Document) -> Labels:
    matcher = model.matcher_for(classes)
    out = []
    for clause in see(document.clauses):
        asked = matcher.asked(clause.reading, clause.path)
        trusts = {name: model.trust(hits) for name in classes.categories if (hits := asked.hits(name))}
        ranked = sorted(trusts, key=lambda name: (-trusts[name], name))
        out.append([name for name in ranked if trusts[name] >= TRUSTED][:MOST_LABELS])
    return out


def by_model(learnt: model.Model, classes: taxonomy.Taxonomy, document: Document) -> Labels:
    seen = see(document.clauses)
    return [
        [opinion.category for opinion in chosen(opinions, learnt.second.first_least)]
        for opinions in learnt.opinions(classes, seen, range(len(seen)))
    ]


def counts(document: Document, got: Labels, *, sure: bool = False) -> Counts:
    """``sure``: only of clauses whose labels are not marked as doubtful."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    mains = found = 0
    for want, have, certain in zip(document.labels, got, document.sure, strict=True):
        if sure and not certain:
            continue
        right.update(set(want) & set(have))
        wrong.update(set(have) - set(want))
        missed.update(set(want) - set(have))
        mains += bool(want)
        found += bool(want) and want[0] in have
    return Counts(right, wrong, missed, found, mains)


def scores(counted: Sequence[Counts]) -> tuple[float, float, float]:
    """Micro F1, macro F1, share of main labels found."""
    right, wrong, missed = _summed(counted)
    micro = _f1(right.total(), wrong.total(), missed.total())
    names = [name for name in right | missed if right[name] + missed[name] >= LEAST_SUPPORT]
    macro = sum(_f1(right[name], wrong[name], missed[name]) for name in names) / max(1, len(names))
    return micro, macro, sum(c.found for c in counted) / max(1, sum(c.mains for c in counted))


def _summed(counted: Sequence[Counts]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for one in counted:
        right.update(one.right)
        wrong.update(one.wrong)
        missed.update(one.missed)
    return right, wrong, missed


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / max(1, 2 * right + wrong + missed)


def report(name: str, counted: Sequence[Counts]) -> None:
    dice = random.Random(0)
    again = [scores(dice.choices(counted, k=len(counted))) for _ in range(ROUNDS)]
    told = []
    for at, (what, value) in enumerate(zip(("micro F1", "macro F1", "main label"), scores(counted), strict=True)):
        values = sorted(one[at] for one in again)
        told.append(f"{what} {value:.3f} [{values[ROUNDS // 40]:.3f}, {values[-ROUNDS // 40]:.3f}]")
    print(f"{name:<12} {'  '.join(told)}", flush=True)


def per_category(counted: Sequence[Counts]) -> None:
    right, wrong, missed = _summed(counted)
    for name in sorted(right | missed, key=lambda n: _f1(right[n], wrong[n], missed[n])):
        value = _f1(right[name], wrong[name], missed[name])
        print(f"  {value:.3f}  right {right[name]:5}  wrong {wrong[name]:5}  missed {missed[name]:5}  {name}")


def _splits(documents: Sequence[Document], folds: int, by: str) -> Iterator[tuple[list[Document], list[Document]]]:
    """(seen, unseen) of each fold; the third held back where there are none."""
    if folds:
        of = [fold(document.house if by == "houses" else document.kin, folds, f"{by}:") for document in documents]
    else:
        of = [0 if held_back(document) else -1 for document in documents]
    for number in range(max(1, folds)):
        yield (
            [document for document, its in zip(documents, of, strict=True) if its != number],
            [document for document, its in zip(documents, of, strict=True) if its == number],
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--folds", type=int, default=0, help="cross-validate over all documents instead")
    parser.add_argument("--by", choices=("houses", "documents"), default="houses", help="what folds are made of")
    parser.add_argument("--shipped", action="store_true", help="no training: the shipped model on all of DATA")
    parser.add_argument("--categories", action="store_true", help="each category's F1 besides")
    given = parser.parse_args()
    classes = taxonomy.load()
    without_rules = replace(
        classes,
        categories={name: replace(category, rules=()) for name, category in classes.categories.items()},
        digest=classes.digest + " without rules",
    )
    documents = load(given.data)
    ways: dict[str, list[Counts]] = {"plain": [], "rules": [], "model": [], "both": [], "both, sure": []}
    splits = [([], documents)] if given.shipped else list(_splits(documents, given.folds, given.by))
    for seen, unseen in splits:
        if given.shipped:
            learnt = model.shipped()
        else:
            print(f"learning from {len(seen)} documents, testing {len(unseen)}", file=sys.stderr)
            learnt = model.read(fit.train(fit.prepare(seen, list(classes.categories)), classes)[0])
            ways["plain"] += map(counts, unseen, plain.labels(seen, unseen))
        for document in unseen:
            ways["rules"].append(counts(document, by_rules(classes, document)))
            ways["model"].append(counts(document, by_model(learnt, without_rules, document)))
            both = by_model(learnt, classes, document)
            ways["both"].append(counts(document, both))
            ways["both, sure"].append(counts(document, both, sure=True))
    for name, counted in ways.items():
        if counted:
            report(name, counted)
    if given.categories:
        per_category(ways["both"])


if __name__ == "__main__":
    main()
