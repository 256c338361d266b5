"""How many clauses a second are labelled: python benchmarks/classification.py [FILE.jsonl] [--clauses N]

FILE has JSON lines as `policywatch classify` reads them; without it, an invented archive is labelled. Told are: whole
documents in one process, the first time and again (much about a text is known then; best of three), in processor time;
and the command with all processors, its start included, best of three by the wall clock.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from policywatch import taxonomy
from policywatch.model import Clause

Documents = Sequence[Sequence[Clause]]
_SUBJECTS = "We|Fernwood|Our couriers|You|Our partners|The studio|Visitors".split("|")
_VERBS = "collect|share|keep|delete|may terminate|will notify you of|do not sell|license|are not liable for".split("|")
_OBJECTS = (
    "personal data|cookies and pixels|your account|changes to these terms|drawings you upload|payment details|"
    "fees and taxes|disputes settled by arbitration|indirect damages|data of children under 13|your rights to access"
).split("|")
_ENDS = "for 30 days|with your consent|as the law requires|at any time|to improve our service|without notice".split("|")


def invented(clauses: int, seed: int = 7) -> Documents:
    chance = random.Random(seed)

    def sentence() -> str:
        return (
            " ".join(map(chance.choice, (_SUBJECTS, _VERBS, _OBJECTS, _ENDS))) + f" (order {chance.randrange(9999)})."
        )

    def clause(number: int) -> Clause:
        path = ("Fernwood terms", f"{number // 5 + 1}. {chance.choice(_OBJECTS).title()}")
        return Clause("paragraph", " ".join(sentence() for _ in range(chance.randint(1, 6))), heading=path)

    return [[clause(number) for number in range(100)] for _ in range(max(1, clauses // 100))]


def read(path: Path) -> Documents:
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        [
            Clause("paragraph", row["text"], heading=tuple(row["heading"].split(" > ")) if row.get("heading") else ())
            for row in group
        ]
        for _, group in groupby(rows, key=lambda row: str(row.get("document")))
    ]


def label(documents: Documents) -> None:
    classes = taxonomy.load()
    for clauses in documents:
        taxonomy.classify(classes, clauses, "en")


def command(documents: Documents) -> float:
    with tempfile.NamedTemporaryFile("w+", suffix=".jsonl", encoding="utf-8") as file:
        for number, clauses in enumerate(documents):
            for clause in clauses:
                row = {"document": str(number), "heading": " > ".join(clause.heading), "text": clause.text}
                file.write(json.dumps(row) + "\n")
        file.flush()
        start = time.perf_counter()
        words = [sys.executable, "-m", "policywatch", "classify", file.name]
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start


def timed(work: Callable[[Documents], None], documents: Documents) -> float:
    start = time.process_time()
    work(documents)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--clauses", type=int, default=10_000, help="of the invented archive")
    given = parser.parse_args()
    documents = read(given.file) if given.file else invented(given.clauses)
    number = sum(map(len, documents))
    first = timed(label, documents)
    times = {
        "one process, first time": first,
        "one process, again": min(timed(label, documents) for _ in range(3)),
        "policywatch classify": min(command(documents) for _ in range(3)),
    }
    print(f"{number:,} clauses of {len(documents):,} documents")
    for name, seconds in times.items():
        print(f"{name:26} {number / seconds:9,.0f} a second  {seconds / number * 1e6:7,.0f} µs each")


if __name__ == "__main__":
    main()
