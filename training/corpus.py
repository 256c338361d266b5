"""Labelled clauses, document by document, and which documents belong together."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

# Brands of one house, whose documents share text or drafters.
HOUSES = {
    "youtube": "google", "gmail": "google", "blogger": "google", "chatgpt": "openai", "grok": "xai", "twitter": "xai",
    "instagram": "facebook", "whatsapp": "facebook", "crowdtangle": "facebook", "tinder": "match", "bing": "microsoft",
    "linkedin": "microsoft", "github": "microsoft", "imdb": "amazon", "twitch": "amazon", "firefox": "mozilla",
    "womans": "hearst.com", "bumble": "badoo",
}  # fmt: skip
_LONG = 80  # letters from which on a clause is telling when two documents share it
_FEW = 6  # documents; a clause in more of them is common stock
_SHARED, _SHARED_PART = 4, 0.08


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    clauses: tuple[tuple[tuple[str, ...], str], ...]  # heading path, text
    labels: tuple[tuple[str, ...], ...]  # main one first
    sure: tuple[bool, ...]  # False: the label is marked as doubtful
    house: str = ""  # of companies that share text or drafters
    kin: str = ""  # of documents that share clauses

    def __len__(self) -> int:
        return len(self.clauses)


def load(path: Path) -> list[Document]:
    """The documents of a file of labelled lines, each with the house it belongs to."""
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        rows[row["doc"]].append(row)
    documents = [
        Document(
            name,
            tuple((tuple(str(r["heading"]).split(" > ")) if r["heading"] else (), str(r["text"])) for r in lines),
            tuple(tuple(r["categories"]) for r in lines),  # type: ignore[arg-type]
            tuple(bool(r.get("sure", True)) for r in lines),
        )
        for name, lines in rows.items()
    ]
    alike = list(_alike(documents))
    kin = _together(documents, alike)
    houses = _together(documents, [*((document.name, _house(document)) for document in documents), *alike])
    return [replace(d, house=houses[d.name].removeprefix("house:"), kin=kin[d.name]) for d in documents]


def fold(house: str, folds: int, salt: str = "") -> int:
    """A house's fold, from its name alone."""
    return int(hashlib.sha256((salt + house).encode()).hexdigest(), 16) % folds


def held_back(document: Document) -> bool:
    """A third of the houses, which no decision was made on."""
    return fold(document.house, 3, "hold:C:") == 0


def _house(document: Document) -> str:
    brand = document.name.split("/")[0].lower()
    first = brand.split()[0]
    # Two-word brands keep both words but where the first names a house: "Google Pay", "Amazon Device".
    key = HOUSES.get(first) or (first if first in {"google", "amazon", "facebook", "microsoft"} else brand)
    return f"house:{key}"


def _together(documents: Sequence[Document], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Document -> the name that all of those it is joined with by pairs have in common."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for joining, joined in pairs:
        parent[root(joining)] = root(joined)
    return {document.name: root(document.name) for document in documents}


def _alike(documents: Sequence[Document]) -> Iterable[tuple[str, str]]:
    """Pairs of documents that share clauses."""
    holders: dict[str, set[str]] = defaultdict(set)
    sizes = {document.name: len(document) for document in documents}
    for document in documents:
        for _, text in document.clauses:
            if len(text) > _LONG:
                holders[re.sub(r"\W+", " ", text.lower())].add(document.name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if len(names) < _FEW:
            shared.update(combinations(sorted(names), 2))
    for (a, b), count in sorted(shared.items()):
        if count >= _SHARED and count >= _SHARED_PART * min(sizes[a], sizes[b]):
            yield b, a
