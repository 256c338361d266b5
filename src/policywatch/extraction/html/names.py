"""What tags, roles, classes and ids say a part of the page is.

Names are read with their joints shown: ``siteFooter--inner`` is ``-site-footer-inner-``. A list below has one name or
pattern a word; ``?`` after a dash makes the joint optional.
"""

from __future__ import annotations

import re
from functools import lru_cache


class Part:
    """The lower, the more it takes to believe otherwise. Plain ints, since every box is asked for its part."""

    OVERLAY = 1  # consent managers: never the policy, unless there is nothing else
    FURNITURE = 2  # navigation, footers: not the policy, unless most of its text is there
    HEAD = 3  # a page's banner: may hold the title and the date
    TOOL = 4  # to share, rate, find, sign up: the policy only if it reads like it
    ASIDE = 5  # sidebars, modals, promotions: likewise, and builders of pages give such names to anything
    CONTENTS = 6  # a table of contents
    PLAIN = 7


def _names(words: str) -> re.Pattern[str]:
    return re.compile(f"-(?:{'|'.join(words.split())})-")


_OVERLAY = _names(
    """
    onetrust-(?:consent|banner|pc|style) ot-sdk-(?:btn|show) optanon cybot-?cookiebot-?dialog didomi usercentrics
    uc-(?:banner|layer) osano-cm truste trustarc qc-cmp cmp(?:box|lz)-(?:container|banner|wrapper|root|cookiebanner)
    cmplz iubenda-cs cky fs-cc cc-window cc-banner borlabs klaro tarteaucitron evidon fc-consent hs-eu-cookie sp-message
    cookies?-?(?:banner|consent|bar|popup|pop-up|modal|dialog|message|law|alert|overlay|disclaimer|prompt|toast|manager)
    cookies?-?preferences?-(?:modal|center|dialog) consent-(?:banner|manager|modal|popup|dialog|management)
    gdpr-(?:banner|consent|popup|modal|bar) ccpa-banner
    """
)
_FURNITURE = _names(
    """
    nav navs navbar navi navigation topnav sidenav subnav mega-?menu mobile-menu main-menu menubar bread-?crumbs?
    crumbs? pagination pager prev-next skip-?(?:link|links|nav|to|content) footer colophon site-foot
    mw-editsection catlinks printfooter navbox mw-jump-link
    """
)
_HEAD = _names(
    "site-header global-header main-header header-main masthead top-?bar top-header header-(?:top|bar|nav) banner-top"
)
_TOOL = _names(
    """
    menu-(?:item|list|items|wrapper|container) share sharing share-?(?:bar|buttons?|links?|icons?) social socials
    social-?(?:links?|icons?|share|sharing|bar|menu|buttons?|nav|list|networks?) addtoany sharedaddy addthis
    subscription-widget portable-archive chat-assistant latest-commit stats
    newsletters? mc-wp subscribe-?(?:form|box|modal) related recommended recommendations popular trending read-next
    related-?(?:posts?|articles?|links?|content|topics?|pages?|resources?|products?) recent-?(?:posts?|articles?)
    more-(?:articles?|posts?|stories)
    article-(?:votes?|relatives|sidebar|return-to-top|more-questions|subscribe|share|comments?)
    (?:lang|language|languages|locale|country|region)-?(?:picker|switcher|switch|selector|select|chooser|menu|dropdown)
    lang-?(?:list|toggle|nav) wpml-ls search search-?(?:form|box|bar|field|input|modal|overlay|panel|results?)
    comments comment-(?:list|form|respond) disqus advert adverts advertisement adsbygoogle back-?to-?top
    scroll-?(?:to-)?top to-top pre-?loader loader spinner loading chat-?(?:widget|bot|box) livechat launcher
    intercom-(?:lightweight|container|frame|messenger) acsb userway
    side-?tools? side-?tool-?bar float(?:ing)?-?(?:bar|menu|tools?|buttons?|btn) qr-?(?:code|pop|box|wrap)
    (?:bookmark|signup)-card ad-(?:slot|container|label|wrapper|unit|space|box) google-ads gpt-ad sponsored-\\w+
    crisp-\\w+ drift-\\w+ tawk-\\w+ tidio-\\w+ freshchat olark-\\w+
    login-?(?:form|modal|box) sign-?(?:in|up)-?(?:form|modal|box)
    theme-(?:toggle|switch|switcher) print-?(?:button|link|btn) app-?banner store-badges? cta ctas call-to-action
    byline author author-bio avatar tags tag-list toolbar page-actions? action-bar action-items? widget-area
    widget-(?:recent|archive|categor\\w*|search|tag|calendar|meta|nav) footer-widgets? contribution
    feedback page-feedback ratings? survey (?:was-)?(?:this-)?(?:article-|page-)?helpful vote-?(?:buttons?|up|down)
    reaction-picker toast snackbar hs-form w-form w-form-(?:done|fail) wpforms wpcf
    """
)
_ASIDE = _names(
    """
    side-?bar aside side-?(?:menu|panel|rail|col|column) rail modal modals popup pop-up popover lightbox drawer
    off-?canvas overlay dialog dropdown dropdown-menu menu banner promo promos promotion announcement announcement-bar
    notification notifications alert-bar tooltip tooltips
    """
)
_CONTENTS = _names(
    """
    tocs? toc-\\w+ table-?of-?contents? tableofcontents on-this-page in-this-(?:article|page) page-(?:contents|toc)
    jump-?(?:links?|menu|to|nav) anchor-?(?:links?|nav|menu|list) scroll-?spy mini-?toc outline-nav section-nav
    quick-?links? ez-toc-\\w+ lwptoc article-contents contents-list
    """
)
_BY_NAME = (
    (Part.OVERLAY, _OVERLAY),
    (Part.FURNITURE, _FURNITURE),
    (Part.HEAD, _HEAD),
    (Part.TOOL, _TOOL),
    (Part.ASIDE, _ASIDE),
    (Part.CONTENTS, _CONTENTS),
)
_ANY_NAME = re.compile("|".join(names.pattern for _, names in _BY_NAME))  # most names say nothing, which one look tells
# An id is as often the name of a section of the text ("how-we-share"), so fewer words tell anything there.
_BY_ID = (
    (Part.OVERLAY, _OVERLAY),
    (
        Part.FURNITURE,
        _names("nav navbar navigation topnav sidenav bread-?crumbs? footer colophon skip-?link pagination"),
    ),
    (Part.HEAD, _names("site-header masthead top-?bar")),
    (Part.TOOL, _names("comments respond")),
    (Part.ASIDE, _names("side-?bar modal")),
    (Part.CONTENTS, _names("tocs? table-?of-?contents? toc-container")),
)

_TAGS = {
    "nav": Part.FURNITURE,
    "footer": Part.FURNITURE,
    "dialog": Part.FURNITURE,
    "header": Part.HEAD,
    "aside": Part.ASIDE,
    "form": Part.TOOL,
}
_ROLES = {
    "alertdialog": Part.OVERLAY,
    "navigation": Part.FURNITURE,
    "contentinfo": Part.FURNITURE,
    "search": Part.FURNITURE,
    "menu": Part.FURNITURE,
    "menubar": Part.FURNITURE,
    "dialog": Part.FURNITURE,
    "toolbar": Part.FURNITURE,
    "banner": Part.HEAD,
    "complementary": Part.ASIDE,
    "alert": Part.ASIDE,
    "status": Part.ASIDE,
    "doc-toc": Part.CONTENTS,
    "directory": Part.CONTENTS,
}
# What wraps a whole page takes names that are about all of it ("page-with-footer"); a paragraph's are about its looks.
_UNNAMED = frozenset("html body main article h1 h2 h3 h4 h5 h6 p tr td th dt dd tbody thead".split())

_LONGEST = 600  # letters of names that are read
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APART = re.compile(r"[^a-z]+")  # digits too: footer6, cta25
# Names that speak about a neighbour ("has-sidebar"), or about a heading that a table of contents lists.
_ABOUT_OTHERS = re.compile(
    r"-(?:has|with|no|without|not|page-template|toc-content|toc-heading|toc-target)-[a-z]+(?=-)"
    r"|(?<=-accordion)-(?:[a-z]+-)*?(?:dropdown|drawer|menu)(?=-)"  # what it opens
)


@lru_cache(maxsize=8192)
def part_of(tag: str, role: str, classes: str) -> int:
    """What tag, role and classes say a block of the page is."""
    told = min(_TAGS.get(tag, Part.PLAIN), _ROLES.get(role, Part.PLAIN))
    if not classes or told <= Part.FURNITURE or tag in _UNNAMED:
        return told
    return min((told, *map(_part_of_name, classes[:_LONGEST].split())))


@lru_cache(maxsize=8192)
def _part_of_name(name: str) -> int:
    joined = _ABOUT_OTHERS.sub("", _joints(name))
    if not _ANY_NAME.search(joined):
        return Part.PLAIN
    return next(part for part, names in _BY_NAME if names.search(joined))


@lru_cache(maxsize=2048)
def part_of_id(name: str, tag: str, told: int) -> int:
    """The same with the id considered."""
    if tag in _UNNAMED:
        return told
    joined = _joints(name[:_LONGEST])
    return next((part for part, names in _BY_ID if part < told and names.search(joined)), told)


def _joints(name: str) -> str:
    return f"-{_APART.sub('-', _JOINT.sub('-', name).lower())}-"
