"""Invented documents, and ways to change them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from policywatch.extraction.canonical import canonical
from policywatch.model import Clause

SENTENCES = (
    "We use what you upload to run the studio and to fix its faults.",
    "We pass your address to the carriers that deliver your prints.",
    "We keep your drafts until you delete them or close your account.",
    "You may cancel within 14 days of the purchase, as Section 2 says.",
    "Lumora will tell you by e-mail before a price changes.",
    "Your boards are private unless you publish them.",
    "You must be at least 16 years old to open an account.",
    "We share [usage figures](https://lumora.example/figures) with hosts, auditors and insurers.",
    "Questions go to privacy@lumora.example.",
    "The beta is offered “as is” – without any promise.",
    "Last updated: 3 March 2025",
    "We do not sell your personal data.",
    "Yes",
    "Learn more",
    "我们可能会收集您的信息。",
)
HEADINGS = ("1. Use", "2. Keep", "3. Payment", "Your rights", "Contact", "Learn more")
WORDS = ("may", "will", "not", "30", "days", "partners", "[here](https://lumora.example/x)", ",", "—", "“quoted”", "é")


def clauses(*texts: str) -> tuple[Clause, ...]:
    """One clause a text; "# " starts a heading, "- " an item, "| " a row. Lines count from 1, one a clause."""
    out: list[Clause] = []
    path: tuple[str, ...] = ()
    for line, text in enumerate(texts, 1):
        if text.startswith("# "):
            out.append(Clause("heading", text[2:], 1, "", (), line))
            path = (text[2:],)
        elif text.startswith("- "):
            out.append(Clause("item", text[2:], 1, "-", path, line))
        elif text.startswith("| "):
            out.append(Clause("row", text[2:], 0, "", path, line))
        else:
            out.append(Clause("paragraph", text, 0, "", path, line))
    return tuple(out)


def _says_something(text: str) -> bool:
    return canonical(text.removeprefix("# ").removeprefix("- ")) != ""


def numbered(document: Sequence[Clause]) -> tuple[Clause, ...]:
    return tuple(replace(clause, line=line) for line, clause in enumerate(document, 1))


_texts = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(HEADINGS).map(lambda text: f"# {text}"),
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=3, unique=True).map(" ".join),
    st.sampled_from(SENTENCES).map(lambda text: f"- {text}"),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
)
documents = st.lists(_texts, max_size=14).map(lambda texts: clauses(*filter(_says_something, texts)))


@st.composite
def edited(draw: st.DrawFn) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """A document and what became of it: clauses dropped, added, moved, reworded, split and merged."""
    before = draw(documents)
    after = list(before)
    for _ in range(draw(st.integers(0, 6))):
        if not after:
            break
        at = draw(st.integers(0, len(after) - 1))
        how = draw(st.sampled_from(("drop", "add", "move", "reword", "split", "merge", "quote")))
        clause = after[at]
        words = clause.text.split(" ")
        if how == "drop":
            del after[at]
        elif how == "add":
            after[at:at] = draw(documents)[:2]
        elif how == "move":
            after.insert(draw(st.integers(0, len(after) - 1)), after.pop(at))
        elif how == "reword":
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(WORDS))
            after[at] = replace(clause, text=" ".join(words))
        elif how == "split" and len(words) > 1 and "](" not in clause.text:
            cut = draw(st.integers(1, len(words) - 1))
            after[at : at + 1] = [replace(clause, text=" ".join(part)) for part in (words[:cut], words[cut:])]
        elif how == "merge" and at + 1 < len(after):
            after[at : at + 2] = [replace(clause, text=f"{clause.text} {after[at + 1].text}")]
        elif how == "quote":
            after[at] = replace(clause, text=clause.text.replace("“", '"').replace("’", "'"))
    return before, numbered([clause for clause in after if _says_something(clause.text)])


def reworded(clause: Clause, share: float, chance: random.Random) -> Clause:
    """A share of the words replaced by others."""
    words = clause.text.split(" ")
    for _ in range(max(1, round(len(words) * share))):
        words[chance.randrange(len(words))] = chance.choice(("partners", "may", "never", "60", "affiliates", "will"))
    return replace(clause, text=" ".join(words))
