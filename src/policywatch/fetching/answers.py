"""What a server's answer means: a page, a redirect, or one of the run's failures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from policywatch.fetching.hosts import moment_after, retry_after
from policywatch.fetching.trouble import PASSING, Trouble

REDIRECTS = frozenset({301, 302, 303, 307, 308})
TRANSIENT = frozenset({429, 502, 503, 504})
_BLOCKED = frozenset({401, 403, 429, 503})
_MISSING = frozenset({404, 410})

# Bot walls give themselves away by a header, on any status, or by a piece of their page. Scripts that the same services
# put into ordinary pages are no sign.
_CHALLENGE_HEADERS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("cf-mitigated", re.compile("challenge"), "Cloudflare"),
    ("x-amzn-waf-action", re.compile("challenge|captcha"), "AWS WAF"),
    ("x-vercel-mitigated", re.compile("challenge|deny"), "Vercel"),
    ("x-datadome", re.compile("protected"), "DataDome"),
)
_CHALLENGE_BODIES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (
        re.compile(
            rb"_cf_chl_opt|cf-browser-verification|<title>Just a moment\.\.\.|Attention Required! \| Cloudflare"
        ),
        "Cloudflare",
    ),
    (re.compile(rb"captcha-delivery\.com"), "DataDome"),
    (re.compile(rb"px-captcha|_pxAppId"), "HUMAN"),
    (re.compile(rb"_Incapsula_Resource"), "Imperva"),
    (re.compile(rb"errors\.edgesuite\.net"), "Akamai"),
    (re.compile(rb"awsWafCookieDomainList|gokuProps"), "AWS WAF"),
    (re.compile(rb"Vercel Security Checkpoint"), "Vercel"),
    (re.compile(rb"ips\.js\?[^\"']*KP_|/149e9513-01fa-4fb0-aad4-566afd725d1b/"), "Kasada"),
    (
        re.compile(
            rb"(?i)checking (?:if the site connection is secure|your browser before)"
            rb"|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|unusual traffic from your"
            rb"|enable javascript and cookies to continue"
        ),
        "",
    ),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One response, its body decoded. ``url`` is what was asked for."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def redirect(self) -> str | None:
        return self.header("location") if self.status in REDIRECTS else None


def trouble_in(answer: Answer) -> Trouble | None:
    """Why an answer is no page; None when it is one (or a redirect, or 304)."""
    wall = challenge(answer)
    status = answer.status
    if answer.redirect or status == 304:
        return None
    if wall is not None and status not in _MISSING and (status >= 400 or status == 202):
        return _refused(answer, f"HTTP {status} with a bot challenge{f' ({wall})' if wall else ''}")
    if status in _MISSING:
        return Trouble(
            "missing", _words(status), "the page moved or was taken down; look for its new address", code=status
        )
    if status in _BLOCKED:
        return _refused(answer, _words(status))
    if not 200 <= status < 300:
        return Trouble(
            "failed", _words(status), transient=status in TRANSIENT, code=status, wait=_asked_to_wait(answer)
        )
    if status == 206:
        return Trouble("invalid", "HTTP 206: only a part of the page, though all of it was asked for", code=status)
    if not answer.body.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return Trouble("invalid", f"HTTP {status} with an empty body", code=status)
    return None


def challenge(answer: Answer) -> str | None:
    """Whose bot challenge an answer is, "" when it does not say, None when it is none."""
    for name, pattern, wall in _CHALLENGE_HEADERS:
        value = answer.header(name)
        if value and pattern.search(value.lower()) and answer.status != 200:
            return wall
    if 200 <= answer.status < 400 and answer.status != 202:
        return None
    return next((wall for pattern, wall in _CHALLENGE_BODIES if pattern.search(answer.body)), None)


def _refused(answer: Answer, reason: str) -> Trouble:
    """A refusal that may pass when the status says so; a server that names a time is taken at its word."""
    wait = _asked_to_wait(answer)
    if wait:
        reason = f"{reason}; asks not to come back before {moment_after(answer.at, wait)}"
    transient = answer.status in TRANSIENT
    hint = PASSING if transient and challenge(answer) is None else None
    return Trouble("blocked", reason, hint, transient=transient, wait=wait, code=answer.status)


def _asked_to_wait(answer: Answer) -> float | None:
    return retry_after(answer.header("retry-after"), answer.at) if answer.status in TRANSIENT else None


def _words(status: int) -> str:
    try:
        return f"HTTP {status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return f"HTTP {status}"
