"""How often each built-in rule is right: python -m training.trust [labelled.jsonl] [--write]

Counted on the houses that are not held back. ``--write`` puts the shares into categories.yaml as the rules' scores, in
steps of 0.05; a few imagined hits keep rare rules from looking better or worse than they can be known to be.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from policywatch import taxonomy
from policywatch.taxonomy import loading, model
from policywatch.taxonomy.categories import BUILT_IN, Rule
from policywatch.taxonomy.features import see
from training.corpus import held_back, load
from training.train import DATA

IMAGINED = 4  # hits, half of them right
STEP = 0.05


def shares(classes: taxonomy.Taxonomy, path: Path) -> dict[Rule, tuple[float, int]]:
    """Each rule's share of right hits, and how many hits it had."""
    matcher = model.matcher_for(classes)
    hits, right = Counter[Rule](), Counter[Rule]()
    for document in load(path):
        if held_back(document):
            continue
        for clause, labels in zip(see(document.clauses), document.labels, strict=True):
            asked = matcher.asked(clause.reading, clause.path)
            for name in classes.categories:
                for hit in asked.hits(name):
                    hits[hit.rule] += 1
                    right[hit.rule] += name in labels
    return {rule: ((right[rule] + IMAGINED / 2) / (hits[rule] + IMAGINED), hits[rule]) for rule in classes.rules}


def write(counted: dict[Rule, tuple[float, int]]) -> None:
    path = Path(loading.__file__).with_name(BUILT_IN)
    lines = path.read_text("utf-8").split("\n")
    for rule, (share, _) in counted.items():
        line = int(rule.origin.split(":")[1]) - 1
        while "score:" not in lines[line]:
            line += 1
        score = min(1 - STEP, max(STEP, round(share / STEP) * STEP))
        lines[line] = re.sub(r"score: [\d.]+", f"score: {score:.2g}", lines[line])
    path.write_text("\n".join(lines), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    counted = shares(taxonomy.load(), given.data)
    for rule, (share, hits) in sorted(counted.items(), key=lambda entry: entry[1]):
        print(f"{share:.2f} {hits:6}  {rule.category:24} {rule.origin}  {(rule.text or rule.heading or '')[:70]}")
    if given.write:
        write(counted)


if __name__ == "__main__":
    main()
