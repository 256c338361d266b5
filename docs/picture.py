"""The README's picture: the real output of the demo's second run, drawn as SVG.

usage: picture.py OUT.svg
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from policywatch import demonstration, taxonomy
from policywatch.reports import Options, terminal
from policywatch.reports import run as ending


def main(out: Path) -> None:
    """Run the demo in a temporary folder and draw one document's changes and the category table."""
    with tempfile.TemporaryDirectory() as folder:
        *_, last = demonstration.runs(*demonstration.start(Path(folder)), commit=False)
    titles = {key: category.title for key, category in taxonomy.load().categories.items()}
    # The first document will do: a picture of all would be a poster.
    first = replace(last, outcomes=last.outcomes[:1])
    picture = terminal.picture(ending.change_sets(first), Options(titles=titles, cap=5), "policywatch fetch", last)
    out.write_text(picture, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
