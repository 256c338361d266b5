"""Train the shipped model: python -m training.train [labelled.jsonl] [-o model.json.gz]

The same data gives the same bytes (with the same releases of numpy and scikit-learn). With the shipped model goes a
file of what the machines it was made from say about a few invented clauses: the tests hold inference to it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from policywatch import taxonomy
from policywatch.taxonomy import linear
from policywatch.taxonomy.features import see
from training import fit
from training.corpus import load
from training.matrix import fields

DATA = Path(__file__).parents[2] / "shared/corpus/clauses/labelled.jsonl"
SAMPLE = Path(__file__).parents[1] / "tests/taxonomy/margins.json"
MODEL = Path(linear.__file__).with_name(linear.FILE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("-o", "--output", type=Path, default=MODEL)
    given = parser.parse_args()
    classes = taxonomy.load()
    documents = load(given.data)
    print(f"{len(documents)} documents, {sum(map(len, documents))} clauses", file=sys.stderr)
    data = fit.prepare(documents, list(classes.categories))
    content, machines = fit.train(data, classes, lambda told: print(told, file=sys.stderr))
    print(f"{given.output}: {fit.write(content, given.output):,} bytes", file=sys.stderr)
    if given.output == MODEL:
        _write_expected(data.names, machines)


def _write_expected(names: Sequence[str], machines: fit.Machines) -> None:
    sample = json.loads(SAMPLE.read_text("utf-8"))
    rows = list(fields(see([(tuple(heading), text) for heading, text in sample["clauses"]])))
    sample["names"] = list(names)
    sample["margins"] = [[round(float(value), 3) for value in row] for row in machines.scores(rows)]
    SAMPLE.write_text(json.dumps(sample, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
