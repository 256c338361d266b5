"""Positions as one self-contained page: a matrix of all questions, then each question with its quotes."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.reports.dossier_page import environment
from policywatch.reports.positions_view import POSITIONS_NOTICE, Comparison


def render(comparisons: Sequence[Comparison]) -> str:
    platforms = sorted({row.platform for one in comparisons for row in one.rows}, key=str.lower)
    matrix = {(one.question.id, row.platform): row for one in comparisons for row in one.rows}
    template = environment().get_template("positions.html")
    return template.render(comparisons=comparisons, platforms=platforms, matrix=matrix, notice=POSITIONS_NOTICE)
