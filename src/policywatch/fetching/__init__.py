"""Documents from the web: politely, within limits, and with every failure as a value.

with Fetcher(Settings(user_agent="…")) as fetcher:
    match fetcher.fetch(Source("https://policies.example/privacy")):
        case Snapshot() as snapshot: …
"""

from __future__ import annotations

from policywatch.fetching.fetcher import Fetcher
from policywatch.fetching.settings import Settings
from policywatch.fetching.spread import spread
from policywatch.fetching.urls import host_of

__all__ = ["Fetcher", "Settings", "host_of", "spread"]
