"""What a command pays for before it does anything."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import re, sys
import regex
made = []
compiled = {re: re.compile, regex: regex.compile}
for engine in compiled:
    engine.compile = lambda *given, engine=engine, **more: made.append(given[0]) or compiled[engine](*given, **more)
import policywatch.findings
print("policywatch.comparison.changes" in sys.modules)
made.clear()
import policywatch.comparison.changes, policywatch.comparison.versions
print([pattern for pattern in made if len(pattern) > 400])
"""


def test_nothing_is_compared_and_no_long_pattern_compiled_before_it_is_needed() -> None:
    shown = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines() == ["False", "[]"]


ENGLISH = """
import sys
from policywatch.comparison import compare
from policywatch.model import Clause
def clauses(*texts):
    return tuple(Clause("paragraph", text, line=line) for line, text in enumerate(texts, 1))
before = clauses("We share “logs” with Orvane Ltd and hosts.", "Call at 14 Mill Lane.", "Section 3 applies.")
after = clauses("We share “logs” with Orvane Ltd, hosts and brokers.", "Call at 9 Dock Road.", "Section 4 applies.")
print(sorted({signal.kind for change in compare(before, after) for signal in change.signals}))
print("regex" in sys.modules)
"""


def test_english_is_compared_without_the_larger_pattern_engine() -> None:
    shown = subprocess.run([sys.executable, "-c", ENGLISH], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines() == ["['contact', 'recipient', 'reference']", "False"]
