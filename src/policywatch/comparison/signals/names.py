"""Named companies: by their legal form, by being well known, or by what is said to be done by, with or through them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from policywatch.comparison.letters import spelled
from policywatch.comparison.signals.shift import Match, Shift
from policywatch.model import Signal
from policywatch.patterns import late

_FORMS = (
    "Inc Incorporated LLC L.L.C LLP LP Ltd Limited PLC plc Plc Corp Corporation Company Co GmbH AG SE KG B.V BV N.V NV"
    " S.A SA SAS S.A.S S.à.r.l S.A.R.L SARL S.r.l SRL S.p.A SpA Oy AB ApS A/S K.K KK Pty Pte Pvt s.r.o".split()
)
_FORMS.append("Sp. z o.o")
_FORM = f"(?:{'|'.join(map(re.escape, _FORMS))})"
_FORM_WORDS = frozenset(form for form in _FORMS if form.isalpha() and form[0].isupper())
_FORM_SIGNS = tuple(form for form in _FORMS if form not in _FORM_WORDS)
_FORM_ENDS = frozenset(word.lower() for word in _FORM_WORDS)
_WORD = r"(?:[\p{Lu}][\p{L}\d]{0,40}(?:[&.’'-][\p{L}\d]{1,40}){0,4})"  # bounded: texts are hostile
_LEGAL = spelled(rf"\b{_WORD}(?:\s+(?:&\s+|of\s+)?{_WORD}){{0,4}}?,?\s+{_FORM}\b(?:\.?,?\s+{_FORM}\b)*\.?")
_KNOWN = frozenset(
    "Google Alphabet Microsoft Amazon AWS Apple Meta Facebook Instagram WhatsApp Twitter LinkedIn TikTok ByteDance"
    " YouTube Snapchat Pinterest Reddit Discord Telegram Slack Zoom Stripe PayPal Adyen Braintree Cloudflare Fastly"
    " Akamai Oracle IBM Adobe Salesforce HubSpot Intercom Zendesk Twilio SendGrid Mailchimp Mixpanel Amplitude Hotjar"
    " Datadog Sentry Snowflake Databricks Shopify Dropbox GitHub GitLab OpenAI Anthropic Mistral Cohere Perplexity"
    " Nvidia NVIDIA Intel Samsung Huawei Xiaomi Tencent Alibaba Baidu Yandex Criteo Taboola Outbrain DoubleClick Auth0"
    " Okta Algolia Vercel Heroku MongoDB FullStory TrustArc OneTrust".split()
)
_CAPITALISED = spelled(r"\b[\p{Lu}]\w*")
_SUPPLIES = frozenset(
    "service services ad ads advertising analytics payment payments map maps font fonts cookies pixel pixels tool tools"
    " technology model models".split()
)
_SUPPLIERS = frozenset(
    "provider providers partner partners vendor vendors processor processors contractor contractors company companies"
    " parties network networks".split()
)
_FROM = frozenset(  # where what belongs to another company is taken from
    (last, done)
    for last, many in (("from", "embedded loaded licensed sourced delivered streamed"), ("on", "hosted embedded"))
    for done in many.split()
)
_SIGN_IN = tuple(
    f"{verb}{gap}in" for verb in "sign signs signing log logs logged logging".split() for gap in (" ", "-", "")
)
_NAME = spelled(rf"{_WORD}(?:\s+{_WORD}){{0,2}}")
_LOWER = spelled(r"\b[\p{Ll}]+")
_WORDS = late(r"[\w&]+")
_JOINING = (",", "&", " and", " or")
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

    def find(text: str) -> Iterator[Match]:
        """Each company once, where it is mentioned first, whether or not it is said there what it does."""
        yield from sorted(_mentions(text, named), key=lambda match: match.start)

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
        return frozenset(word for text in self._texts for word in _LOWER(text).findall(text))

    def __contains__(self, word: object) -> bool:
        return word in self._words


def _mentions(text: str, named: Iterable[str]) -> Iterator[Match]:
    """The first mention of each name, however it is punctuated; the full stop of a legal form is its own."""
    words = [(match.start(), match.end(), match[0].lower()) for match in _WORDS.finditer(text)]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, (_, _, word) in enumerate(words):
        places[word].append(at)
    for norm in named:
        name = norm.split()
        for at in places.get(name[0], ()):
            found = words[at : at + len(name)]
            if [word for _, _, word in found] == name and _together(text, found):
                end = found[-1][1]
                stop = name[-1] in _FORM_ENDS and text[end : end + 1] == "."
                # Not the full stop of the sentence that the company ends.
                own = stop and (end + 1 < len(text) or text.count(".", found[0][0], end) > 0)
                yield Match(found[0][0], end + own, norm)
                break


def _together(text: str, words: Sequence[tuple[int, int, str]]) -> bool:
    gaps = (text[one[1] : other[0]] for one, other in pairwise(words))
    return all(gap and not gap.strip(" \t\n\xa0,.'’-") for gap in gaps)


def _companies(text: str, plain: Container[str]) -> Iterator[str]:
    """The norms of the names in a text."""
    capitalised = list(_CAPITALISED(text).finditer(text))
    if not capitalised:
        return
    taken: set[int] = set()  # letters of names
    formed = any(match[0] in _FORM_WORDS for match in capitalised) or any(sign in text for sign in _FORM_SIGNS)
    legal = _LEGAL(text).finditer(text) if formed else ()
    known = (match for match in capitalised if match[0] in _KNOWN)
    for match in (*legal, *known):
        name = _bare(match[0])
        words = range(match.start(), match.end())
        if name and taken.isdisjoint(words):
            taken.update(words)
            yield _norm(name)
    last = -1  # where a name ended that something is done by: those joined to it are names as well
    for match in _NAME(text).finditer(text):
        if not taken.isdisjoint(range(match.start(), match.end())):
            last = match.end()
            continue
        before = text[max(0, match.start() - REACH) : match.start()]
        joined = last >= 0 and match.start() - last <= 6 and before.rstrip().endswith(_JOINING)
        if (joined or _led(before)) and not _defined(match[0], plain):
            last = match.end()
            yield _norm(match[0])


def _led(before: str) -> bool:
    """Whether the words before a name say what it does: "run by", "sign in with", "ads from", "partners such as"."""
    words = [word.lstrip("(\"'“‘[") for word in before.lower().split()]
    if words and words[-1] == "the":
        words.pop()
    if not words or not before[-1:].isspace():
        return False
    last, ahead = words[-1], words[-2] if len(words) > 1 else ""
    if last == "by" and len(ahead) > 2 and ahead.endswith(("ed", "en", "un")):
        return True
    if last in ("with", "using", "through", "via") and " ".join(words[-3:-1]).endswith(_SIGN_IN):
        return True
    if (last, ahead) in _FROM:
        return True
    if last in ("by", "from", "of", "via", "through"):
        return ahead in _SUPPLIES
    if last in ("including", "like") or (ahead == "such" and last == "as"):
        words = words[: -1 - (last == "as")]
    last, ahead = words[-1].rstrip(",") if words else "", words[-2] if len(words) > 1 else ""
    return last in _SUPPLIERS and (last != "parties" or ahead == "third")


def _bare(name: str) -> str:
    """Without the words before a name that are none of it ("Attn: To Orvane Ltd"); "" if nothing but those is left."""
    words = name.split()
    while words and words[0].lower().strip(".,:") in _TERMS | _SMALL:
        words = words[1:]
    shouted = len(words) > 3 and all(map(str.isupper, words))
    return "" if shouted or all(_norm(word) in _FORM_ENDS for word in words) else " ".join(words)


def _norm(name: str) -> str:
    return " ".join(_WORDS.findall(name.lower()))


def _defined(name: str, plain: Container[str]) -> bool:
    """A capitalised word that is a term, an acronym, or an ordinary word elsewhere in the clause."""
    words = name.split()
    return all(map(str.isupper, words)) or any(word.lower() in _TERMS or word.lower() in plain for word in words)
