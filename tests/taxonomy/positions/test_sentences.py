"""Sentences of invented platforms, and how each is to be read. The table is sentences.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from policywatch.model import Clause
from policywatch.taxonomy.positions import PolicyDocument, find

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))
CASES = [
    pytest.param(question, case, id=f"{question}-{number}")
    for question, cases in TABLE.items()
    for number, case in enumerate(cases, start=1)
]


def documents(case: dict[str, Any]) -> list[PolicyDocument]:
    texts = case.get("both") or {case.get("in", "Terms of Service"): case["says"]}
    return [document(name, text, case.get("heading")) for name, text in texts.items()]


def document(name: str, text: str, heading: str | None = None) -> PolicyDocument:
    """A document of the given lines after one that says nothing; "- " begins an item."""
    path = (name, heading) if heading else (name,)
    clauses = [Clause("paragraph", "Welcome to our little service.", heading=(name,), line=5)] * 8
    for number, line in enumerate(text.split("\n")):
        item = line.startswith("- ")
        clauses.append(
            Clause(
                "item" if item else "paragraph",
                line.removeprefix("- "),
                level=int(item),
                marker="-" if item else "",
                heading=path,
                line=10 + 10 * number,
            )
        )
    return [PolicyDocument(f"lumora/{name.lower().replace(' ', '-')}", name, tuple(clauses))][0]


@pytest.mark.parametrize(("question", "case"), CASES)
def test_sentence_is_read_as(question: str, case: dict[str, Any]) -> None:
    found = {one.question: one for one in find(documents(case), "Lumora")}[question]
    assert found.position in (case["position"], *case.get("or", ())), [quote.text for quote in found.quotes]
    if "value" in case and found.position == case["position"]:
        assert found.value == case["value"]
    if found.position != "not-stated":
        assert found.quotes
    if "quote" in case:
        assert case["quote"] in found.quotes[0].text


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 150
    assert {case.values[1]["position"] for case in CASES} >= {"unclear", "not-stated"}  # type: ignore[index]
