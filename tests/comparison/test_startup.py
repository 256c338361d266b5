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
