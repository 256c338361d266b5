"""platforms.yaml: what is read, and how mistakes are told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policywatch import watchlist
from policywatch.errors import ConfigError
from policywatch.model import Range

OURS = Path(__file__).parents[2] / "platforms.yaml"

GOOD = """
defaults: {settle: 12h, per_host: 4, robots: ignore}
taxonomy: [ours.yaml]
weights: {ai-training: 3}
gate: {categories: [ai-training], severity: high, max_age: 7d, positions: {ai-training: [does-not-train]}}
platforms:
  Lumen.AI:
    sector: ai
    Privacy Policy: https://lumen.example/privacy
    Terms of Service:
      url: https://lumen.example/tos?key=${LUMEN_KEY}
      id: terms
      select: main
      remove: [.banner, {startAfter: h1, endBefore: h2}]
      render: browser
  文心一言:
    "cookies":
      remove: nav
      sources:
        - https://wenxin.example/a
        - {url: https://wenxin.example/b, remove: [], robots: respect}
"""


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        watchlist.loads(text, Path("platforms.yaml"))
    return caught.value.problems


def test_everything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMEN_KEY", "secret")
    found = watchlist.loads(GOOD, Path("dir/platforms.yaml"))
    assert [document.id for document in found.documents] == [
        "lumen-ai/privacy-policy",
        "lumen-ai/terms",
        "wen-xin-yi-yan/cookies",
    ]
    terms = found.documents[1].sources[0]
    assert (terms.select, terms.remove) == (("main",), (".banner", Range(start_after="h1", end_before="h2")))
    assert terms.render == "browser"
    assert "secret" not in terms.url  # secrets stay out of what is archived
    first, second = found.documents[2].sources
    assert (first.remove, first.robots) == (("nav",), "ignore")
    assert (second.remove, second.robots) == ((), "respect")
    assert found.defaults.settle == timedelta(hours=12)
    assert found.gate is not None
    assert found.gate.max_age == timedelta(days=7)
    assert found.taxonomy == (Path("dir/ours.yaml"),)


def test_every_mistake_is_told_at_its_place_with_a_suggestion() -> None:
    found = mistakes(
        """\
defaults:
  timout: 3
  settle: 24 hours
platforms:
  Lumen:
    hompage: https://lumen.example
    Privacy Policy: ftp://lumen.example
    Terms:
      url: https://lumen.example/terms
      selct: main
      render: browsr
    Terms!: https://lumen.example/other
  "!!":
    Terms:
      sources: [{url: https://a.example, slect: x}]
"""
    )
    starts = [one.split(": ")[0] for one in found]
    assert starts == [
        f"platforms.yaml:{place}" for place in ("2:3", "3:3", "6:5", "7:5", "10:7", "11:7", "12:5", "13:3", "15:42")
    ]
    said = "\n".join(found)
    for words in ("`timeout`?", "24h", "`homepage`?", "https://", "`select`?", "`browser`?", "`id:`", "sources[1]"):
        assert words in said


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: [", "2:1", "expected"),
        ("- 1\n", "1:1", "keys with values"),
        ("platforms:\n  A:\n    T: https://a.example\n    T: https://b.example\n", "4:5", "twice"),
        ("platforms:\n  A: 3\n", "2:3", "documents"),
        ("platforms:\n  A: {}\n", "2:3", "no document"),
        ("platforms:\n  A:\n    T: {}\n", "3:5", "either"),
        ("platforms:\n  A:\n    T: https://a.example/${NO_SUCH_VARIABLE}\n", "3:5", "NO_SUCH_VARIABLE"),
        ("platforms:\n  A: &a\n    T: https://a.example\n    U: *a\n", "", ""),
        ("platform:\n  A:\n    T: https://a.example\n", "1:1", "`platforms`?"),
    ],
)
def test_single_mistakes(text: str, place: str, words: str) -> None:
    found = mistakes(text)
    assert any(f"platforms.yaml:{place}" in one and words in one for one in found), found


VALUES = st.recursive(
    st.none() | st.text(max_size=8) | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(st.text(max_size=80) | VALUES.map(yaml.safe_dump))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        watchlist.loads(text)
    except ConfigError as error:
        assert error.problems or error.hint  # noqa: PT017


def test_our_own_list() -> None:
    found = watchlist.load(OURS)
    assert len(found.platforms) >= 60
    assert len(found.documents) >= 180
    assert {"character-ai/privacy-policy", "character-ai/terms-of-service"} <= {one.id for one in found.documents}
    assert {"Cursor", "LinkedIn"} <= {platform.name for platform in found.platforms}
    assert found.platforms[0].sector == "ai"


def test_the_schema_takes_what_the_reader_takes() -> None:
    schema = watchlist.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(yaml.safe_load(OURS.read_text("utf-8")))
    validator.validate(yaml.safe_load(GOOD))
    wrong: list[dict[str, object]] = [
        {"platforms": {"A": {"T": {"url": "https://a.example", "selct": "x"}}}},
        {"defaults": {}},
        {"platforms": {"A": {"T": 3}}},
    ]
    for value in wrong:
        assert not validator.is_valid(value)


def test_two_documents_of_one_id_are_refused_however_short_their_names() -> None:
    (problem,) = mistakes("platforms:\n  A B: {P: https://one.example}\n  a-b: {P: https://two.example}\n")
    assert (
        problem
        == "platforms.yaml:3:9: platforms › a-b › P: another document has the id a-b/p too; add an `id:` of its own"
    )


def test_a_key_without_a_value_holds_nothing() -> None:
    (problem,) = mistakes("platforms:\n  Lumen:\n    Terms:\n")
    assert problem.endswith("found nothing")
