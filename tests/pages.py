"""Pages of platforms that don't exist, to serve in tests."""

from __future__ import annotations

from collections.abc import Sequence

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What this policy covers",
        (
            "This Privacy Policy explains how Lumen Works Ltd. handles personal data when you use the Lumen assistant.",
            "It applies to our website, our apps and our support channels.",
        ),
    ),
    (
        "Data we collect",
        (
            "We collect the account details you give us, such as your name and your e-mail address.",
            "We collect the messages you send to the assistant and the files you attach to them.",
            "Our servers record technical data, including your IP address and the type of your browser.",
        ),
    ),
    (
        "How we use your data",
        (
            "We use your data to operate the service, to answer your requests and to keep the service secure.",
            "We may use your messages to train our models only if you opt in in your settings.",
        ),
    ),
    (
        "Sharing",
        (
            "We share personal data with providers who host our servers and who process payments for us.",
            "We do not sell your personal data.",
        ),
    ),
    ("Retention", ("We keep deleted conversations for 30 days and then erase them from our systems.",)),
    (
        "Your rights",
        (
            "You can ask us for a copy of your data, for its correction and for its deletion.",
            "You may complain to the supervisory authority of the country you live in.",
        ),
    ),
    (
        "Changes to this policy",
        ("We will tell you by e-mail at least 30 days before a material change of this policy takes effect.",),
    ),
)

TRAINING = "We may use your messages to train our models only if you opt in in your settings."
TRAINING_NOW = "We will use your messages to train our models unless you opt out in your settings."


def policy(
    sections: Sequence[tuple[str, Sequence[str]]] = SECTIONS, *, updated: str = "March 2, 2026", banner: str = ""
) -> str:
    """A whole page with navigation, banner and footer around the policy."""
    body = "".join(
        f"<h2>{heading}</h2>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        for heading, paragraphs in sections
    )
    return (
        "<!doctype html><html lang='en'><head><title>Privacy Policy | Lumen</title></head><body>"
        "<header><nav><a href='/'>Home</a> <a href='/pricing'>Pricing</a> <a href='/blog'>Blog</a></nav></header>"
        f"{banner}<main><h1>Privacy Policy</h1><p>Effective: {updated}</p>{body}</main>"
        "<footer><a href='/careers'>Careers</a> <a href='/press'>Press</a> © Lumen Works Ltd.</footer></body></html>"
    )


def reworded(old: str, new: str) -> list[tuple[str, list[str]]]:
    """The sections with one paragraph in other words."""
    return [(heading, [new if one == old else one for one in paragraphs]) for heading, paragraphs in SECTIONS]
