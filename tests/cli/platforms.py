"""An archive of invented platforms that answer differently, for the verbs that compare and report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from policywatch.archive import Archive
from policywatch.extraction.markdown import FrontMatter, layout
from policywatch.model import Clause

FIRST = datetime(2025, 3, 4, 10, tzinfo=UTC)
LATER = datetime(2026, 2, 9, 8, 30, tzinfo=UTC)
OPT_OUT = "If you do not want us to use your Content to train our models, you can opt out in your settings."
LAW = "These Terms are governed by the laws of the State of Oregon."
AGE = "You must be at least 13 years old to use the Service."
HOSTILE = "We do not use your data to train AI models, <script>alert(1)</script> \x1b[31mnever\x1b[0m."

LUMORA = (("Content", AGE), ("Content", OPT_OUT), ("General", LAW))
TESSEL = (("Your data", HOSTILE), ("Law", "Irish law applies to this Agreement."))
VOCALIA = (
    ("Licence", "You grant Vocalia a licence to use your Content to train our speech models."),
    ("Ending", "We may terminate your account at any time and for any reason."),
)
BRUME = (("Droit", "Le présent contrat est régi par le droit français, et nous ne vendons rien à personne."),)
PRIVACY = (("Retention", "Deleted chats are kept for up to 30 days."), ("Sale", "We do not sell your personal data."))


def build(root: Path) -> Archive:
    """Four platforms; Lumora's terms changed once: the opt-out came, the age stood before."""
    archive = Archive(root)
    record(archive, "lumora/terms-of-service", "Lumora", "Terms of Service", LUMORA[:1] + LUMORA[2:], FIRST)
    record(archive, "lumora/terms-of-service", "Lumora", "Terms of Service", LUMORA, LATER)
    record(archive, "lumora/privacy-policy", "Lumora", "Privacy Policy", PRIVACY, FIRST)
    record(archive, "tessel/terms-of-service", "Tessel", "Terms of Service", TESSEL, FIRST)
    record(archive, "vocalia/terms-of-service", "Vocalia", "Terms of Service", VOCALIA, FIRST)
    record(archive, "brume/terms-of-service", "Brume", "Conditions", BRUME, FIRST, language="fr")
    return archive


def record(
    archive: Archive,
    document: str,
    platform: str,
    name: str,
    clauses: tuple[tuple[str, str], ...],
    when: datetime,
    language: str = "en",
) -> None:
    front = FrontMatter(name, platform, name, (f"https://{document.split('/')[0]}.example/terms",), None, language)
    laid: list[Clause] = []
    for heading, text in clauses:
        laid += [Clause("heading", heading, 2), Clause("paragraph", text)]
    known = archive.head(document) is not None
    with archive.writing(durable=False, evidence="off") as writer:
        writer.record(
            document,
            layout(front, laid),
            kind="change" if known else "first",
            time=when,
            extractor=1,
            taxonomy="2026.11",
            changes={"added": 1} if known else {},
            categories=["ai-training"] if known else [],
            severity="high" if known else None,
        )
