"""Train the shipped model: python -m training.train [labelled.jsonl] [-o model.json.gz]

The same data gives the same bytes (with the same releases of numpy and scikit-learn).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policywatch import taxonomy
from policywatch.taxonomy import linear
from training import fit
from training.corpus import load

DATA = Path(__file__).parents[2] / "shared/corpus/clauses/labelled.jsonl"
MODEL = Path(linear.__file__).with_name(linear.FILE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("-o", "--output", type=Path, default=MODEL)
    given = parser.parse_args()
    classes = taxonomy.load()
    documents = load(given.data)
    print(f"{len(documents)} documents, {sum(map(len, documents))} clauses", file=sys.stderr)
    content = fit.train(fit.prepare(documents, list(classes.categories)), classes, lambda t: print(t, file=sys.stderr))
    print(f"{given.output}: {fit.write(content, given.output):,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
