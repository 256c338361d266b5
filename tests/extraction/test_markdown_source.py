"""Markdown that others wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.extraction import extract
from policywatch.extraction.markdown_source import extract_markdown, inline

_SOURCE = """\
---
title: ignored
---

Nimbus Terms
============

By using **Nimbus** you agree to [our *policy*](https://nimbus.example/privacy "Privacy")
and to [the rules][rules].
Last line.

## 1. Your __content__ ##

* one
  goes on
* two
    1. deep
    2. deeper

- [x] done

> We keep `personal data` for <b>30 days</b>.<br>Then it is gone.

| Data | Kept |
|------|:----:|
| Logs \\| traces | 30 days |

***

```
code_with *stars*
```

<!-- a
comment -->
5 * 3 is 15, aup_exceptions@nimbus.example, \\*literal\\* and ![logo](logo.png) &copy; 2025.

[rules]: https://nimbus.example/rules
"""


def test_the_usual_markdown_gives_its_clauses() -> None:
    text = extract(_SOURCE.encode(), url="https://nimbus.example/terms.md")
    assert text.title == "Nimbus Terms"
    assert [(clause.kind, clause.level, clause.marker, clause.text) for clause in text.clauses] == [
        ("heading", 1, "", "Nimbus Terms"),
        (
            "paragraph",
            0,
            "",
            "By using Nimbus you agree to [our policy](https://nimbus.example/privacy) and to "
            "[the rules](https://nimbus.example/rules). Last line.",
        ),
        ("heading", 2, "", "1. Your content"),
        ("item", 1, "-", "one goes on"),
        ("item", 1, "-", "two"),
        ("item", 2, "1.", "deep"),
        ("item", 2, "2.", "deeper"),
        ("item", 1, "-", r"\[x] done"),
        ("paragraph", 0, "", "We keep personal data for 30 days. Then it is gone."),
        ("row", 0, "", "Data | Kept"),
        ("row", 0, "", r"Logs \| traces | 30 days"),
        ("paragraph", 0, "", r"code_with \*stars\*"),
        ("paragraph", 0, "", r"5 * 3 is 15, aup_exceptions@nimbus.example, \*literal\* and © 2025."),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**a**, *b*, _c_, __d__ and ~~e~~", "a, b, c, d and e"),
        ("**bold**text and ***both***", "boldtext and both"),
        ("a note*", r"a note\*"),
        ("snake_case_name", r"snake\_case\_name"),
        ("<https://nimbus.example/> or <law@nimbus.example>", "https://nimbus.example/ or law@nimbus.example"),
        ("`code *x*`", r"code \*x\*"),
        ("[text](<https://nimbus.example/a>)", "[text](https://nimbus.example/a)"),
        ("[no link] and [1]", r"\[no link\] and \[1\]"),
    ],
)
def test_inline_markup_goes_and_words_stay(source: str, text: str) -> None:
    assert inline(source, {}) == text


@given(st.text(alphabet="ab #*_-+>|`~[]()!<\\\n1.:&;=", max_size=120))
def test_any_source_can_be_read(source: str) -> None:
    words = "".join(clause.plain for clause in extract_markdown(source.encode()).clauses)
    assert "a" in words or "a" not in source or "<" in source or "[" in source or "&" in source
