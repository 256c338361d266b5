"""Addresses: secrets put in and taken out again, the host they name, the next hop of a redirect."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, urldefrag, urljoin, urlsplit, urlunsplit

from requests.utils import requote_uri

from policywatch.fetching.addresses import is_loopback_host
from policywatch.fetching.trouble import Trouble
from policywatch.model import Source

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_USER = re.compile(r"^(\s*[A-Za-z][\w+.-]*://)[^/?#]*@")
_AUTHORITY = re.compile(r"^\s*[A-Za-z][\w+.-]*://(?:[^/?#]*@)?([^/?#]*)")
_SHORTEST_SECRET = 4  # characters; shorter values would blank out innocent text


@dataclass(frozen=True, slots=True)
class Secrets:
    """What ``${VAR}`` stood for in an address, so that it can be taken out of all that is kept or said."""

    values: tuple[tuple[str, str], ...] = ()  # (as it may appear, "${VAR}"), longest first

    def masked(self, text: str) -> str:
        for value, name in self.values:
            text = text.replace(value, name)
        return text


def filled_in(address: str, environment: Mapping[str, str] | None = None) -> tuple[str, Secrets]:
    """An address with its ``${VAR}`` read from the environment, and what to hide afterwards.

    Raises Trouble when a variable is not set.
    """
    environment = os.environ if environment is None else environment
    names = _VARIABLE.findall(address)
    for name in names:
        if name not in environment:
            raise Trouble("failed", f"the environment variable {name} is not set")
    forms = {
        (form, f"${{{name}}}")
        for name in names
        for form in (environment[name], quote(environment[name], safe=""), quote_plus(environment[name]))
        if len(form) >= _SHORTEST_SECRET
    }
    secrets = Secrets(tuple(sorted(forms, key=lambda pair: (-len(pair[0]), pair))))
    return _VARIABLE.sub(lambda match: environment[match[1]], address), secrets


def checked(url: str) -> str:
    """An address that can be asked for. Raises Trouble for anything but http and https with a host."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise Trouble("failed", "the address cannot be read as a URL") from None
    if parts.scheme not in ("http", "https"):
        raise Trouble("failed", f"not an http or https address but {parts.scheme[:20] or 'none'}:")
    if not parts.hostname:
        raise Trouble("failed", "the address names no host")
    return url


def host_of(where: Source | str) -> str:
    """The host (with its port, if it names one) that a source's first request goes to, in lower case.

    Documents of one host wait for one another; a scheduler does well to mix hosts.
    """
    address = where.url if isinstance(where, Source) else where
    found = _AUTHORITY.match(_VARIABLE.sub(lambda match: os.environ.get(match[1], ""), address))
    return found[1].lower() if found else ""


def name_of(url: str) -> str:
    """The host's name, without port."""
    return (urlsplit(url).hostname or "").lower()


def is_loopback(url: str) -> bool:
    return is_loopback_host(name_of(url))


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt is for."""
    return f"{urlsplit(url).scheme}://{host_of(url)}"


def without_user(url: str) -> str:
    """The address without user name and password."""
    return _USER.sub(r"\1", url)


def next_hop(url: str, location: str) -> str:
    """Where a redirect leads. User name and password stay with the host they were meant for, and go only over TLS
    where they came over TLS; those that a redirect brings along are dropped.

    Raises Trouble when it leads away from the web.
    """
    try:
        target = requote_uri(urljoin(without_user(url), location.strip()))
    except ValueError:
        raise Trouble("failed", "redirected to an address that cannot be read as a URL") from None
    target = without_user(checked(target))
    if not urlsplit(target).fragment and urlsplit(url).fragment:
        target = f"{target}#{urlsplit(url).fragment}"
    user = urlsplit(url).netloc.rpartition("@")
    same = host_of(url) == host_of(target) and urlsplit(url).scheme == urlsplit(target).scheme
    if user[1] and same:
        parts = urlsplit(target)
        target = urlunsplit(parts._replace(netloc=f"{user[0]}@{parts.netloc}"))
    return target


def asked_for(url: str) -> str:
    """The part of an address that a server sees."""
    return urldefrag(url)[0]
