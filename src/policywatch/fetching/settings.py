"""How documents are fetched: what we say of ourselves, how long, how much, how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policywatch import __version__

ROBOTS_NAME = "policywatch"  # the name that a robots.txt knows us by
DEFAULT_USER_AGENT = f"policywatch/{__version__} (+https://github.com/policywatch/policywatch)"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Times are seconds, sizes bytes. ``max_bytes`` holds before and after decompression."""

    user_agent: str = DEFAULT_USER_AGENT
    accept_language: str = "en"
    timeout: float = 30.0  # the whole of one document, waiting in line for a busy host not counted
    connect_timeout: float = 10.0  # name, connection and TLS of one request
    read_timeout: float = 20.0  # silence in the middle of an answer
    robots_timeout: float = 15.0  # the whole of one robots.txt
    per_host: int = 2  # requests at a time
    delay: float = 0.5  # between two requests to one host; to this machine itself: none
    max_crawl_delay: float = 10.0  # what a robots.txt may ask for at most
    robots: Literal["respect", "ignore"] = "respect"
    max_bytes: int = 20 * MIB
    max_redirects: int = 10
    retries: int = 3  # further tries of a document, on what may pass
    backoff: float = 0.5  # before the first retry; doubles with each
    max_backoff: float = 8.0
