"""What always holds, on pairs from the recorded pages' history."""

from __future__ import annotations

import hashlib
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from policywatch.comparison import apply, compare
from policywatch.errors import ExtractionError
from policywatch.extraction import extract
from policywatch.extraction.canonical import canonical, form
from policywatch.extraction.markdown import FrontMatter, layout, parse
from policywatch.model import Clause

pytestmark = pytest.mark.corpus
DOCUMENTS = 12

Text = tuple[Clause, ...]


@pytest.fixture(scope="module")
def pairs(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Text, Text]]:
    """Two states each of a dozen documents, picked by the hash of their path."""
    folder = tmp_path_factory.mktemp("pages") / "pages.git"
    bundle = shared / "corpus" / "genai-snapshots.bundle"
    subprocess.run(["git", "clone", "--quiet", "--bare", "-b", "main", str(bundle), str(folder)], check=True)

    def git(*arguments: str) -> bytes:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True).stdout

    def text(commit: str, path: str) -> Text | None:
        try:
            found = extract(git("show", f"{commit}:{path}"), content_type="text/html")
        except ExtractionError:
            return None
        return parse(layout(FrontMatter(), found.clauses))[1]

    paths = [path for path in git("ls-tree", "-r", "-z", "--name-only", "HEAD").decode().split("\0") if path]
    out = []
    for path in sorted(paths, key=lambda path: hashlib.sha256(path.encode()).digest())[:DOCUMENTS]:
        commits = git("log", "--format=%h", "--", path).decode().split()
        some = commits[0], commits[len(commits) // 2], commits[-1]
        texts = [found for commit in some if (found := text(commit, path))]
        out += [(before, after) for after, before in pairwise(texts) if form(before) != form(after)]
    return out


def test_there_are_pairs(pairs: list[tuple[Text, Text]]) -> None:
    assert len(pairs) >= DOCUMENTS / 2


def test_changes_applied_to_the_old_give_the_new(pairs: list[tuple[Text, Text]]) -> None:
    for before, after in pairs:
        new = [clause for clause in after if canonical(clause)]
        found = apply(before, compare(before, after), [clause.line for clause in new])
        assert list(map(canonical, found)) == list(map(canonical, new))


def test_swapping_the_sides_swaps_the_kinds(pairs: list[tuple[Text, Text]]) -> None:
    opposite = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
    for before, after in pairs:
        there = Counter((change.kind, change.moved) for change in compare(before, after))
        back = Counter((opposite.get(change.kind, change.kind), change.moved) for change in compare(after, before))
        assert there == back


def test_words_and_clauses_are_verbatim(pairs: list[tuple[Text, Text]]) -> None:
    for before, after in pairs:
        old, new = {clause.line: clause for clause in before}, {clause.line: clause for clause in after}
        for change in compare(before, after):
            assert all(old[clause.line] == clause for clause in change.before)
            assert all(new[clause.line] == clause for clause in change.after)
            assert "".join(text for op, text in change.words if op != "+") == " ".join(c.text for c in change.before)
            inserted = "".join(text for op, text in change.words if op != "-")
            assert canonical(inserted) == canonical(" ".join(clause.text for clause in change.after))


def test_a_text_compared_with_itself_has_no_change(pairs: list[tuple[Text, Text]]) -> None:
    for before, _ in pairs:
        assert compare(before, tuple(before)) == ()
