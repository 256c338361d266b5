"""Named companies: by their legal form, by being well known, or by what is said to be done by, with or through them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

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
_WORD = r"(?:\p{Lu}[\p{L}\d]*(?:[&.’'-][\p{L}\d]+)*)"
_LEGAL = late_regex(rf"\b{_WORD}(?:\s+(?:&\s+|of\s+)?{_WORD}){{0,4}}?,?\s+{_FORM}\b(?:\.?,?\s+{_FORM}\b)*\.?")
_KNOWN = late_regex(
    r"\b(?:Google|Alphabet|Microsoft|Amazon|AWS|Apple|Meta|Facebook|Instagram|WhatsApp|Twitter|LinkedIn|TikTok|ByteDance"
    r"|YouTube|Snapchat|Pinterest|Reddit|Discord|Telegram|Slack|Zoom|Stripe|PayPal|Adyen|Braintree|Cloudflare|Fastly"
    r"|Akamai|Oracle|IBM|Adobe|Salesforce|HubSpot|Intercom|Zendesk|Twilio|SendGrid|Mailchimp|Mixpanel|Amplitude|Hotjar"
    r"|Datadog|Sentry|Snowflake|Databricks|Shopify|Dropbox|GitHub|GitLab|OpenAI|Anthropic|Mistral|Cohere|Perplexity"
    r"|Nvidia|NVIDIA|Intel|Samsung|Huawei|Xiaomi|Tencent|Alibaba|Baidu|Yandex|Criteo|Taboola|Outbrain|DoubleClick|Auth0"
    r"|Okta|Algolia|Vercel|Heroku|MongoDB|FullStory|TrustArc|OneTrust)\b"
)
_DONE_BY = late_regex(
    r"(?i)\b(?:\w+(?:ed|en|un)\s+by|(?:sign|log)(?:s|ged|ging|ing)?[\s-]?in\s+(?:with|using|through|via)"
    r"|(?:services?|ads?|advertising|analytics|payments?|maps?|fonts?|cookies|pixels?|tools?|technology|models?)\s+(?:by|from|of|via|through)"
    r"|(?:providers?|partners?|vendors?|processors?|contractors?|compan(?:y|ies)|third\s+parties|networks?),?(?:\s+(?:such\s+as|including|like))?)"
    r"\s+(?:the\s+)?$"
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
    plain = {word for text in (shift.before, shift.after) for word in _LOWER.findall(text)}
    olds, news = shift.sentences
    sentences = [shift.before[slice(*span)] for span in olds] + [shift.after[slice(*span)] for span in news]
    named = dict.fromkeys(norm for sentence in sentences for norm in _companies(sentence, plain))

    def find(text: str) -> Iterator[Match]:
        """Each company once, where it is mentioned first, whether or not it is said there what it does."""
        first = (re.search(rf"\b{_anyhow(norm)}(?!\w)", text, re.IGNORECASE) for norm in named)
        matches = [_match(match, len(text)) for match in first if match]
        yield from sorted(matches, key=lambda match: match.start)

    for signal in shift.signals("company", find) if named else ():
        alone = signal.before or signal.after
        if (signal.before and signal.after) or not elsewhere(alone, not signal.after):
            yield signal


def _anyhow(norm: str) -> str:
    """A pattern for a name however it is punctuated; the full stop of a legal form is its own."""
    stop = r"\.?" if _FORM_END.search(norm) else ""
    return r"[\s,.'’-]+".join(map(re.escape, norm.split())) + stop


def _companies(text: str, plain: set[str]) -> Iterator[str]:
    """The norms of the names in a text."""
    taken: list[tuple[int, int]] = []
    for pattern in (_LEGAL, _KNOWN) if _FORMS.search(text) else (_KNOWN,):
        for match in pattern.finditer(text):
            name = _bare(match[0])
            if name and _free(match, taken):
                taken.append((match.start(), match.end()))
                yield _norm(name)
    last = -1  # where a name ended that something is done by: those joined to it are names as well
    for match in _NAME.finditer(text):
        if not _free(match, taken):
            last = match.end()
            continue
        before = text[max(0, match.start() - REACH) : match.start()]
        joined = last >= 0 and match.start() - last <= 6 and _JOINED.search(before) is not None
        if (joined or _DONE_BY.search(before)) and not _defined(match[0], plain):
            last = match.end()
            yield _norm(match[0])


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


def _free(match: regex.Match[str], taken: list[tuple[int, int]]) -> bool:
    return not any(start < match.end() and match.start() < end for start, end in taken)


def _defined(name: str, plain: set[str]) -> bool:
    """A capitalised word that is a term, an acronym, or an ordinary word elsewhere in the clause."""
    words = name.split()
    return all(map(str.isupper, words)) or any(word.lower() in _TERMS or word.lower() in plain for word in words)
