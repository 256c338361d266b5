"""Three invented platforms and their policies in two editions, to try policywatch on without asking anybody.

The companies do not exist; their addresses end in ``.example``, which nobody can own. The second edition changes the
policies as real ones get changed (and one document not at all), and the pages around them as real ones do all the time.

    with serve("2026-03") as server, Fetcher(route=server.route) as fetcher:
        ...                           # fetch what watchlist() names
        server.edition = "2026-09"    # half a year later
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policywatch.samples.server import EDITIONS, Server, serve

__all__ = ["EDITIONS", "PLATFORMS", "Server", "serve", "watchlist"]

# platform -> (sector, host, document -> path)
PLATFORMS: Mapping[str, tuple[str, str, Mapping[str, str]]] = MappingProxyType(
    {
        "Mirelune": (
            "AI companion",
            "mirelune.example",
            {"Privacy Policy": "/privacy", "Terms of Service": "/terms", "Community Guidelines": "/guidelines"},
        ),
        "Hirethorn": (
            "Job network",
            "hirethorn.example",
            {"Privacy Policy": "/legal/privacy", "User Agreement": "/legal/user-agreement"},
        ),
        "Patchwren": (
            "Code assistant",
            "patchwren.example",
            {"Privacy Notice": "/legal/privacy", "Terms of Service": "/legal/terms"},
        ),
    }
)


def watchlist(base_url: str | None = None) -> str:
    """A ``platforms.yaml`` that names every sample document.

    By its invented https address, for a fetcher that has the server's ``route``; or where the server at ``base_url``
    has it, for any client.
    """
    lines = ["# Invented platforms. Nobody stands behind these names.", "platforms:"]
    for platform, (sector, host, documents) in PLATFORMS.items():
        start = f"{base_url}/{host}" if base_url else f"https://{host}"
        lines += [f"  {platform}:", f"    sector: {sector}"]
        lines += [f"    {name}: {start}{path}" for name, path in documents.items()]
    return "\n".join(lines) + "\n"
