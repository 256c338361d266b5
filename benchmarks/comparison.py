"""Comparison side by side: what it costs as texts and changes grow, and what a reader gets to see.

usage: python benchmarks/comparison.py [PAGES] [--json] [--quick]

PAGES is a git repository of recorded pages, one file a document; ten pairs of consecutive texts are taken from its
history by a fixed rule. Without it, ten invented pairs are compared. Peers get the archive's text, whole: git
(``--word-diff``), diff-match-patch (its usual time limit of one second, then its semantic clean-up), redlines where
it is installed; it is no dependency. Times are CPU time, the best of three, of git the wall clock's. Quality is
counted: words marked, marks, islands (kept runs of one or two words between marks, which a reader has to step over),
and words in false marks (struck or inserted sentences of six words or more that stand letter by letter in both texts).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import json
import math
import random
import re
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

from diff_match_patch import diff_match_patch

from policywatch.comparison.changes import compare_anew
from policywatch.errors import ExtractionError
from policywatch.extraction import extract
from policywatch.extraction.canonical import form
from policywatch.extraction.markdown import FrontMatter, layout, parse
from policywatch.model import Clause, plain

Text = tuple[Clause, ...]
Runs = list[tuple[str, str]]  # "=", "-" or "+", and the words
LONGEST = 20.0  # seconds: a peer that took longer sits out what is larger
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")


@dataclass(frozen=True)
class Cost:
    case: str
    words: int
    seconds: dict[str, float | None]  # None: sat out


@dataclass(frozen=True)
class Quality:
    pair: str
    tool: str
    seconds: float
    marked: int  # words
    marks: int
    islands: int
    false: int  # words


# -- the tools ---------------------------------------------------------------------------------------------------------


def ours(before: Text, after: Text) -> Runs:
    runs: Runs = []
    for change in compare_anew(before, after):
        if change.kind != "moved":
            runs += change.words
        runs.append(("=", "\n" * 3))  # nothing of one change is an island of the next
    return runs


def whole_text(before: Text, after: Text) -> Runs:
    tool = diff_match_patch()
    found = tool.diff_main(_file(before), _file(after))
    tool.diff_cleanupSemantic(found)
    return [("=-+"[op], text) for op, text in found]


def git(before: Text, after: Text) -> Runs:
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "old.md"), Path(folder, "new.md")
        old.write_text(_file(before), encoding="utf-8")
        new.write_text(_file(after), encoding="utf-8")
        command = ["git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", str(old), str(new)]
        shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    lines = shown.partition("@@")[2].splitlines()[1:]
    marks = {" ": "=", "-": "-", "+": "+"}
    known = [line for line in lines if line[:1] in {*marks, "~"}]
    return [("=", "\n") if line == "~" else (marks[line[0]], line[1:]) for line in known]


def redlines(before: Text, after: Text) -> Runs:
    tool = importlib.import_module("redlines").Redlines(_file(before), _file(after), markdown_style="none")
    runs: Runs = []
    for part in re.split(r"(<del>.*?</del>|<ins>.*?</ins>)", tool.output_markdown, flags=re.DOTALL):
        op = {"<del>": "-", "<ins>": "+"}.get(part[:5], "=")
        runs.append((op, part if op == "=" else part[5:-6]))
    return runs


TOOLS: dict[str, Callable[[Text, Text], Runs]] = {"policywatch": ours, "git": git, "diff-match-patch": whole_text}
if importlib.util.find_spec("redlines"):
    TOOLS["redlines"] = redlines


def _file(text: Text) -> str:
    return layout(FrontMatter(), text)


# -- cost --------------------------------------------------------------------------------------------------------------

_VOCABULARY = (
    "account address advertising affiliate agreement applicable arbitration audit board brush cancel carrier child"
    " claim collect company complaint condition confirm consent contact content cookie copy country court credit"
    " damage data day delete deliver device disclose dispute draft email employee error example exercise export"
    " fault fee figure file gallery host identify improve information insurer invoice keep law legal liability"
    " licence limit link list location loss maintain measure member message model month notice object office operate"
    " order owner partner party payment period permission person picture plan platform policy price privacy process"
    " product profile promise protect provide provider purchase purpose reason receive record refund register remove"
    " report request require right risk rule safety security sell service setting share sketch studio subscription"
    " support tax term text third time tool training transfer upload usage user value visitor voice warranty"
    " withdraw year"
).split()
_SMALL = "the a of to and in for with by or as is are we you your our may will not any that this on from it be".split()


def invented(words: int, seed: int = 7) -> Text:
    """A text of about so many words, in sections of ten clauses."""
    chance = random.Random(seed)
    clauses: list[Clause] = []
    count = 0
    while count < words:
        if len(clauses) % 11 == 0:
            clauses.append(Clause("heading", f"{len(clauses) // 11 + 1}. {chance.choice(_VOCABULARY).title()}", 2))
        length = chance.randint(12, 60)
        said = [chance.choice(_SMALL if chance.random() < 0.5 else _VOCABULARY) for _ in range(length)]
        clauses.append(Clause("paragraph", " ".join(said).capitalize() + "."))
        count += length
    return laid_out(clauses)


def laid_out(clauses: Sequence[Clause]) -> Text:
    return parse(layout(FrontMatter(), clauses))[1]


def changed(text: Text, share: float, seed: int = 11) -> Text:
    """A share of the clauses with a fifth of their words replaced."""
    chance = random.Random(seed)
    out = []
    for clause in text:
        words = clause.text.split(" ")
        if clause.kind != "heading" and chance.random() < share:
            for _ in range(max(1, len(words) // 5)):
                words[chance.randrange(len(words))] = chance.choice(_VOCABULARY)
        out.append(replace(clause, text=" ".join(words)))
    return laid_out(out)


def reordered(text: Text, seed: int = 13) -> Text:
    out = list(text)
    random.Random(seed).shuffle(out)
    return laid_out(out)


def costs(quick: bool) -> Iterator[Cost]:
    slow: set[str] = set()
    for words in (2_000, 8_000) if quick else (2_000, 4_000, 8_000, 16_000, 32_000):
        text = invented(words)
        yield _cost(f"1 % of {words:,} words", text, changed(text, 0.01), slow)
    slow = set()
    text = invented(4_000 if quick else 30_000)
    for share in (0.0, 0.01, 0.1, 0.5, 1.0):
        yield _cost(f"{share:.0%} of the clauses", text, changed(text, share), slow)
    yield _cost("all reordered", text, reordered(text), slow)
    yield _cost("all reordered and reworded", text, changed(reordered(text), 1.0), slow)


def _cost(case: str, before: Text, after: Text, slow: set[str]) -> Cost:
    seconds: dict[str, float | None] = {}
    for name, tool in TOOLS.items():
        seconds[name] = None if name in slow else timed(name, tool, before, after)[0]
        if (seconds[name] or 0) > LONGEST:
            slow.add(name)
    return Cost(case, sum(len(clause.text.split()) for clause in before), seconds)


def timed(name: str, tool: Callable[[Text, Text], Runs], before: Text, after: Text) -> tuple[float, Runs]:
    clock = time.perf_counter if name == "git" else time.process_time
    best, runs = float("inf"), []
    for _ in range(3):
        start = clock()
        runs = tool(before, after)
        best = min(best, clock() - start)
        if best > 2:
            break
    return best, runs


def memory(words: int) -> float:
    """Megabytes that the worst case takes at most."""
    before = invented(words)
    after = changed(reordered(before), 1.0)
    tracemalloc.start()
    compare_anew(before, after)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


# -- quality -----------------------------------------------------------------------------------------------------------


def qualities(pairs: Sequence[tuple[str, Text, Text]]) -> Iterator[Quality]:
    for title, before, after in pairs:
        both = _sentences(before) & _sentences(after)
        for name, tool in TOOLS.items():
            seconds, runs = timed(name, tool, before, after)
            yield Quality(title, name, seconds, *_counted(runs, both))


def _sentences(text: Text) -> set[str]:
    return {said for clause in text for said in _long(clause.text)}


def _long(text: str) -> Iterator[str]:
    for found in _SENTENCE.finditer(plain(text)):
        said = " ".join(found[0].split())
        if said.count(" ") >= 5:
            yield said


def _counted(runs: Runs, both: set[str]) -> tuple[int, int, int, int]:
    joined: Runs = []
    for op, text in runs:
        if joined and joined[-1][0] == op:
            joined[-1] = (op, joined[-1][1] + text)
        elif text:
            joined.append((op, text))
    marked = [(op, text) for op, text in joined if op != "=" and text.strip()]
    islands = sum(
        left[0] != "=" and right[0] != "=" and kept[0] == "=" and 0 < len(kept[1].split()) < 3 and "\n" not in kept[1]
        for (left, kept), (_, right) in pairwise(pairwise(joined))
    )
    false = sum(len(said.split()) for _, text in marked for said in _long(text) if said in both)
    return sum(len(text.split()) for _, text in marked), len(marked), islands, false


def recorded(pages: Path, number: int = 10) -> list[tuple[str, Text, Text]]:
    """Consecutive texts, newest first, that differ in at least one and at most half of their clauses."""
    log = _git(pages, "log", "--format=@%h", "--name-only", "-z").decode()
    history: dict[str, list[str]] = {}
    commit = ""
    for entry in log.replace("\n", "\0").split("\0"):
        if entry.startswith("@"):
            commit = entry[1:]
        elif entry.endswith(".html"):
            history.setdefault(entry, []).append(commit)
    paths = sorted(history, key=lambda path: hashlib.sha256(path.encode()).digest())
    found = (pair for path in paths if (pair := _newest(pages, path, history[path][:8])))
    return [pair for _, pair in zip(range(number), found, strict=False)]


def _newest(pages: Path, path: str, commits: Sequence[str]) -> tuple[str, Text, Text] | None:
    texts = (text for commit in commits if (text := _text(pages, f"{commit}:{path}")))
    for after, before in pairwise(texts):
        same = len({clause.text for clause in before} & {clause.text for clause in after})
        if form(before) != form(after) and same >= len(after) / 2:
            return path.removesuffix(".html"), before, after
    return None


def _text(pages: Path, name: str) -> Text | None:
    try:
        return laid_out(extract(_git(pages, "show", name), content_type="text/html").clauses)
    except (ExtractionError, subprocess.CalledProcessError):
        return None


def _git(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True).stdout


def samples() -> list[tuple[str, Text, Text]]:
    """Ten invented pairs, each with one kind of edit."""
    text = invented(1_500, seed=3)
    body = list(text)
    half = len(body) // 2
    words = body[5].text.split(" ")
    quoted = laid_out([replace(clause, text=f'"{clause.text}"') for clause in body])
    cases: dict[str, list[Clause]] = {
        "one word": [*body[:5], replace(body[5], text=" ".join(["Never", *words[1:]])), *body[6:]],
        "a clause in every ten reworded": list(changed(text, 0.1)),
        "every clause reworded": list(changed(text, 1.0)),
        "a section moved to the end": [*body[:11], *body[22:], *body[11:22]],
        "two halves swapped": [*body[half:], *body[:half]],
        "a section put in, others renumbered": [
            *body[:11],
            Clause("heading", "2. Sketches", 2),
            Clause("paragraph", "We keep sketches for thirty days and then delete them from all of our hosts."),
            *(_renumbered(clause) for clause in body[11:]),
        ],
        "a section left out": [*body[:22], *body[33:]],
        "paragraphs split in two": [part for clause in body for part in _split(clause)],
        "curly quotes for straight ones": [replace(clause, text=f"“{clause.text[1:-1]}”") for clause in quoted],
        "reordered and reworded": list(changed(reordered(text), 0.3)),
    }
    return [(title, quoted if "quotes" in title else text, laid_out(after)) for title, after in cases.items()]


def _renumbered(clause: Clause) -> Clause:
    number, dot, rest = clause.text.partition(". ")
    return replace(clause, text=f"{int(number) + 1}{dot}{rest}") if clause.kind == "heading" else clause


def _split(clause: Clause) -> list[Clause]:
    words = clause.text.split(" ")
    if clause.kind == "heading" or len(words) < 20:
        return [clause]
    return [replace(clause, text=" ".join(part)) for part in (words[: len(words) // 2], words[len(words) // 2 :])]


# -- the page ----------------------------------------------------------------------------------------------------------


def show(found: Sequence[Cost], megabytes: float, table: Sequence[Quality]) -> Iterator[str]:
    yield "Cost, milliseconds\n"
    yield f"{'':28} {'words':>7} " + " ".join(f"{name:>17}" for name in TOOLS)
    for cost in found:
        times = ("-" if seconds is None else f"{seconds * 1000:,.1f}" for seconds in cost.seconds.values())
        yield f"{cost.case:28} {cost.words:>7,} " + " ".join(f"{cell:>17}" for cell in times)
    yield f"\npolicywatch, all reordered and reworded: {megabytes:.0f} MB at most\n"
    yield from plot(found)
    yield f"\n{'Quality':44} {'tool':17} {'ms':>9} {'marked':>8} {'marks':>7} {'islands':>8} {'false':>7}"
    for row in table:
        cells = f"{row.seconds * 1000:9,.1f} {row.marked:8,} {row.marks:7,} {row.islands:8,} {row.false:7,}"
        yield f"{row.pair[:43]:44} {row.tool:17} {cells}"
    for name in TOOLS:
        rows = [row for row in table if row.tool == name]
        sums = [sum(getattr(row, field) for row in rows) for field in ("marked", "marks", "islands", "false")]
        yield f"{'all':44} {name:17} {sum(row.seconds for row in rows) * 1000:9,.1f} " + (
            f"{sums[0]:8,} {sums[1]:7,} {sums[2]:8,} {sums[3]:7,}"
        )


def plot(found: Sequence[Cost]) -> Iterator[str]:
    """Bars on a logarithmic scale: two signs double the time, from a millisecond on."""
    for cost in found:
        for name, seconds in cost.seconds.items():
            length = 0 if seconds is None else round(2 * math.log2(1 + seconds * 1000))
            yield f"{cost.case:28} {name:17} {'#' * length}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", nargs="?", type=Path, help="a git repository of recorded pages")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--quick", action="store_true", help="small texts only")
    options = parser.parse_args()
    found = list(costs(options.quick))
    megabytes = memory(4_000 if options.quick else 30_000)
    table = list(qualities(recorded(options.pages) if options.pages else samples()))
    if options.json:
        rows = {
            "costs": [asdict(row) for row in found],
            "megabytes": megabytes,
            "quality": [asdict(row) for row in table],
        }
        print(json.dumps(rows, indent=1))
        return
    sys.stdout.writelines(f"{line}\n" for line in show(found, megabytes, table))


if __name__ == "__main__":
    main()
