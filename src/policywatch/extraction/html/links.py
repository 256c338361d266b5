"""What a link points at, without what only follows the reader around."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, unquote, urljoin, urlsplit, urlunsplit

# Parameters that name a visitor, a session or a campaign, never a text.
_TRACKING = re.compile(
    r"(?:utm_\w*|ga_\w+|mc_[ce]id|_hs\w+|hsa_\w+|__hs\w+|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|msclkid|yclid|twclid|ttclid"
    r"|igshid|igsh|li_fat_id|_ga|_gl|_gac|_branch_match_id|_openstat|vero_id|vero_conv|mkt_tok|oly_enc_id|oly_anon_id|rb_clickid"
    r"|s_cid|s_kwcid|cmpid|icid|wickedid|epik|spm|scm|trk|trkinfo|trackingid|visitor_?id|sid|session_?id|s?sessid|phpsessid"
    r"|jsessionid|aspsessionid\w*|cfid|cftoken|clickid|click_id|irclickid|irgwc|ref_src|ref_url|srsltid|ved|usg|sca_esv"
    r"|correlationid|requestid|request_id|nonce|csrf\w*|cache_?bust\w*)$",
    re.IGNORECASE,
)
# Services that links are led through, by host, with the parameter that has the address the writer meant.
_LED_THROUGH = (
    (re.compile(r"(?:www\.)?google\.[a-z.]+/url"), ("q", "url")),
    (re.compile(r"[a-z0-9.]*safelinks\.protection\.outlook\.com/"), ("url",)),
    (re.compile(r"lm?\.(?:facebook|instagram)\.com/"), ("u",)),
    (re.compile(r"(?:www\.)?linkedin\.com/safety/go"), ("url",)),
    (re.compile(r"slack-redir\.net/link"), ("url",)),
)
_LED_THROUGH_HOST = re.compile(r"google\.|safelinks|facebook\.|instagram\.|linkedin\.|slack-redir|urldefense")
_DEFENDED = re.compile(r"urldefense\.(?:com|proofpoint\.com)/v3/__(https?:/.+?)__;")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_KEPT_SCHEMES = frozenset({"http", "https"})
# An absolute address that has nothing to resolve or to leave out: most have, and taking them apart is slow.
_BARE = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?(?:/(?!cdn-cgi/)[A-Za-z0-9/._~-]*)?")
_HEX = re.compile(r"[0-9a-fA-F]{4,}")


@lru_cache(maxsize=4096)
def clean_target(href: str, base: str) -> str:
    """An absolute address without tracking, or "" where the link leads nowhere a reader of the text could go.

    Places on the same page and scripts lead nowhere; an address to write or call to keeps only itself.
    """
    href = "".join(href.split()) if href.lower().startswith(("http", "/")) else href.strip()
    if _BARE.fullmatch(href):
        return href
    lower = href[:16].lower()
    if not href or href.startswith("#"):
        return ""
    if lower.startswith(("mailto:", "tel:")):
        return href.partition("?")[0].replace(" ", "")
    try:
        parts = urlsplit(urljoin(base, href) if base else href)
    except ValueError:
        return ""
    if parts.scheme and parts.scheme.lower() not in _KEPT_SCHEMES:
        return ""
    if _LED_THROUGH_HOST.search(parts.netloc) and (meant := _meant(parts)):
        return clean_target(meant, base)
    if base and parts.fragment and urlunsplit(parts._replace(fragment="")) == base.partition("#")[0]:
        return ""
    if "email-protection" in parts.path and "/cdn-cgi/l/" in parts.path:
        return ""
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.match(part.partition("=")[0]))
    return urlunsplit(parts._replace(query=query, path=_PATH_SESSION.sub("", parts.path)))


def _meant(parts: SplitResult) -> str:
    """The address behind a service that counts or checks clicks, or "" where the link is no such detour."""
    place = parts.netloc.lower() + parts.path
    if defended := _DEFENDED.match(place):
        meant = defended[1]
        return meant if "://" in meant else meant.replace(":/", "://", 1)
    for service, names in _LED_THROUGH:
        if service.match(place):
            told = parse_qs(parts.query)
            meant = next((told[name][0] for name in names if name in told), "")
            return meant if meant.startswith(("http://", "https://")) else ""
    return ""


def protected_mail(code: str) -> str:
    """The e-mail address that Cloudflare's obfuscation hides: hex of a key byte, then each byte xor the key; or ""."""
    code = code.strip()
    if not _HEX.fullmatch(code) or len(code) % 2:
        return ""
    key, *rest = bytes.fromhex(code)
    try:
        mail = unquote(bytes(byte ^ key for byte in rest).decode())
    except UnicodeDecodeError:
        return ""
    return mail if mail.isprintable() else ""


def mail_in(href: str) -> str:
    """The address in a link to Cloudflare's /cdn-cgi/l/email-protection#hex page, or ""."""
    _, found, code = href.partition("/cdn-cgi/l/email-protection#")
    return protected_mail(code).partition("?")[0] if found else ""


def says_the_same(text: str, target: str) -> bool:
    """Whether a link's text already is its target: an address spelled out."""
    bare = re.sub(r"^(?:https?://|mailto:|tel:)(?:www\.)?", "", target.lower()).rstrip("/")
    said = re.sub(r"^(?:https?://|mailto:)?(?:www\.)?", "", text.strip().lower()).rstrip("/")
    return bare == said or (target.startswith("tel:") and re.sub(r"\D", "", bare) == re.sub(r"\D", "", said) != "")
