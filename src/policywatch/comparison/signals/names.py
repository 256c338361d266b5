"""Named companies: by their legal form, by being well known, or by what is said to be done by, with or through them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from functools import cached_property

from policywatch.comparison.signals.shift import Match, Shift
from policywatch.model import Signal
from policywatch.patterns import late_regex

_FORM = (
    r"(?:Inc|Incorporated|LLC|L\.L\.C|LLP|LP|Ltd|Limited|PLC|plc|Plc|Corp|Corporation|Company|Co|GmbH|AG|SE|KG|B\.V|BV"
    r"|N\.V|NV|S\.A|SA|SAS|S\.A\.S|S\.à\.r\.l|S\.A\.R\.L|SARL|S\.r\.l|SRL|S\.p\.A|SpA|Oy|AB|ApS|A/S|K\.K|KK|Pty|Pte"
    r"|Pvt|s\.r\.o|Sp\. z o\.o)"
)
_FORMS = late_regex(rf"\b{_FORM}\b")
_FORM_END = late_regex(rf"(?i)(?:^|\s){_FORM}$")
_WORD = r"(?:\p{Lu}[\p{L}\d]{0,40}(?:[&.’'-][\p{L}\d]{1,40}){0,4})"  # bounded: texts are hostile
_LEGAL = late_regex(rf"\b{_WORD}(?:\s+(?:&\s+|of\s+)?{_WORD}){{0,4}}?,?\s+{_FORM}\b(?:\.?,?\s+{_FORM}\b)*\.?")
_KNOWN = frozenset(
    "Google Alphabet Microsoft Amazon AWS Apple Meta Facebook Instagram WhatsApp Twitter LinkedIn TikTok ByteDance"
    " YouTube Snapchat Pinterest Reddit Discord Telegram Slack Zoom Stripe PayPal Adyen Braintree Cloudflare Fastly"
    " Akamai Oracle IBM Adobe Salesforce HubSpot Intercom Zendesk Twilio SendGrid Mailchimp Mixpanel Amplitude Hotjar"
    " Datadog Sentry Snowflake Databricks Shopify Dropbox GitHub GitLab OpenAI Anthropic Mistral Cohere Perplexity"
    " Nvidia NVIDIA Intel Samsung Huawei Xiaomi Tencent Alibaba Baidu Yandex Criteo Taboola Outbrain DoubleClick Auth0"
    " Okta Algolia Vercel Heroku MongoDB FullStory TrustArc OneTrust".split()
)
_CAPITALISED = late_regex(r"\b\p{Lu}\w*")
_DONE_BY = late_regex(
    r"(?i)\b(?:\w+(?:ed|en|un)\s+by|(?:sign|log)(?:s|ged|ging|ing)?[\s-]?in\s+(?:with|using|through|via)"
    r"|(?:services?|ads?|advertising|analytics|payments?|maps?|fonts?|cookies|pixels?|tools?|technology|models?)\s+(?:by|from|of|via|through)"
    r"|(?:providers?|partners?|vendors?|processors?|contractors?|compan(?:y|ies)|third\s+parties|networks?),?(?:\s+(?:such\s+as|including|like))?)"
    r"\s+(?:the\s+)?$"
)
_LEADS = frozenset(  # what _DONE_BY ends with
    "by with using through via from of as including like provider providers partner partners vendor vendors processor"
    " processors contractor contractors company companies parties network networks".split()
)
_NAME = late_regex(rf"{_WORD}(?:\s+{_WORD}){{0,2}}")
_LOWER = late_regex(r"\b\p{Ll}+")
_WORDS = late_regex(r"[\w&]+")
_JOINED = late_regex(r"(?:,|\band\b|\bor\b|&)\s*$")
# Capitalised words that name no company: what contracts define, places, peoples, laws, times.
_SMALL = frozenset("to by for with from at in of and or name attn address post dear".split())
_TERMS = frozenset(
    """
    a account accounts act addendum additional affiliate affiliates agreement agreements ai all amendment america
    american an annex any api apis app apple's application applications april arbitration article asia assets
    association august australia australian austria authority authorized beta board brazil british business
    california canada canadian chat chatbot china chinese claim claims clause client cloud code commission
    commissioner community company confidential consent contact content contract contracting contributor controller
    cookie cookies copyright council country court courts credits customer customers data december delaware
    department developer device dispute disputes document documentation documents dpa dpo each economic eea
    effective email english enterprise eu europe european exhibit february federal fee feedback fees forum france
    free french friday gdpr general generative german germany government guideline guidelines help house i if in
    information input inputs insights intellectual international internet ip ireland irish italy january japan july
    june jurisdiction korea law laws legal licence license march marks material materials may member members
    messages model models monday my network no notice november october offering officer online order our output
    outputs paid parties party pay person personal plan plans platform platforms policies policy postal premium
    privacy pro product products profile program prompt prompts property protection provider providers publisher
    queries registration regulation regulations representative republic request responses right rights rules san
    saturday section security september service services settings shield singapore site sites software state states
    store sub-processor submission submissions subprocessor subprocessors subscriber subscription sunday supplement
    supplemental support swiss switzerland team technology term terms texas the their these they third third-party
    this those thursday tools trade trademark trademarks trial tuesday u.s uk union united university updates us
    user users vendor we website websites wednesday workspace york you your
    """.split()
)


REACH = 48  # letters before a name that can tell what it does


def signals(shift: Shift, elsewhere: Callable[[str, bool], bool]) -> Iterator[Signal]:
    """``elsewhere`` tells whether a name that only one side has is nothing new to the other version (True: the new)."""
    plain = _Plain((shift.before, shift.after))
    olds, news = shift.parts
    named = dict.fromkeys(norm for _, sentence in (*olds, *news) for norm in _companies(sentence, plain))
    if not named:
        return
    patterns = [re.compile(rf"\b{_anyhow(norm)}(?!\w)", re.IGNORECASE) for norm in named]

    def find(text: str) -> Iterator[Match]:
        """Each company once, where it is mentioned first, whether or not it is said there what it does."""
        first = (pattern.search(text) for pattern in patterns)
        matches = [_match(match, len(text)) for match in first if match]
        yield from sorted(matches, key=lambda match: match.start)

    for signal in shift.signals("company", find):
        alone = signal.before or signal.after
        if (signal.before and signal.after) or not elsewhere(alone, not signal.after):
            yield signal


class _Plain:
    """The words that some texts have in lower case."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._texts = texts

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for text in self._texts for word in _LOWER.findall(text))

    def __contains__(self, word: object) -> bool:
        return word in self._words


def _anyhow(norm: str) -> str:
    """A pattern for a name however it is punctuated; the full stop of a legal form is its own."""
    stop = r"\.?" if _FORM_END.search(norm) else ""
    return r"[\s,.'’-]+".join(map(re.escape, norm.split())) + stop


def _companies(text: str, plain: Container[str]) -> Iterator[str]:
    """The norms of the names in a text."""
    capitalised = list(_CAPITALISED.finditer(text))
    if not capitalised:
        return
    taken: set[int] = set()  # letters of names
    legal = _LEGAL.finditer(text) if _FORMS.search(text) else ()
    known = (match for match in capitalised if match[0] in _KNOWN)
    for match in (*legal, *known):
        name = _bare(match[0])
        words = range(match.start(), match.end())
        if name and taken.isdisjoint(words):
            taken.update(words)
            yield _norm(name)
    last = -1  # where a name ended that something is done by: those joined to it are names as well
    for match in _NAME.finditer(text):
        if not taken.isdisjoint(range(match.start(), match.end())):
            last = match.end()
            continue
        before = text[max(0, match.start() - REACH) : match.start()]
        joined = last >= 0 and match.start() - last <= 6 and _JOINED.search(before) is not None
        if (joined or _led(before)) and not _defined(match[0], plain):
            last = match.end()
            yield _norm(match[0])


def _led(before: str) -> bool:
    words = before.lower().split()
    if words and words[-1] == "the":
        words.pop()
    return bool(words) and words[-1].rstrip(",") in _LEADS and _DONE_BY.search(before) is not None


def _bare(name: str) -> str:
    """Without the words before a name that are none of it ("Attn: To Orvane Ltd"); "" if nothing but those is left."""
    words = name.split()
    while words and words[0].lower().strip(".,:") in _TERMS | _SMALL:
        words = words[1:]
    shouted = len(words) > 3 and all(map(str.isupper, words))
    return "" if shouted or all(_FORM_END.search(_norm(word)) for word in words) else " ".join(words)


def _norm(name: str) -> str:
    return " ".join(_WORDS.findall(name.lower()))


def _match(match: re.Match[str], length: int) -> Match:
    """Without the full stop of the sentence that the company ends."""
    end = match.end() - (match[0].endswith(".") and match.end() == length and match[0].count(".") == 1)
    return Match(match.start(), end, _norm(match[0]))


def _defined(name: str, plain: Container[str]) -> bool:
    """A capitalised word that is a term, an acronym, or an ordinary word elsewhere in the clause."""
    words = name.split()
    return all(map(str.isupper, words)) or any(word.lower() in _TERMS or word.lower() in plain for word in words)
