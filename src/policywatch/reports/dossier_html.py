"""Dossiers as one self-contained page, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.dossier.values import Dossier
from policywatch.reports.dossier_page import environment
from policywatch.reports.dossier_view import views


def render(dossiers: Sequence[Dossier], everything: bool = False) -> str:
    shown = views(dossiers, everything)
    title = shown[0].title if len(shown) == 1 else "Dossiers"
    return environment().get_template("dossier.html").render(title=title, dossiers=shown)
