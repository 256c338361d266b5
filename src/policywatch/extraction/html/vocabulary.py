"""The words by which a page's markup names its furniture, and those by which a text shows that it is a policy.

Names are classes and ids, split at their joints: ``siteFooter--inner`` is read as ``-site-footer-inner-``.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache


class Part(IntEnum):
    """What a piece of the page says it is. The lower, the more it takes to believe otherwise."""

    OVERLAY = 1  # consent managers: never the policy, unless there is nothing else
    FURNITURE = 2  # navigation, footers, forms: not the policy, unless most of the policy is there
    HEAD = 3  # a banner: may hold the title and the date
    ASIDE = 4  # sidebars, modals, promotions: the policy only if they read like it
    CONTENTS = 5  # a table of contents
    PLAIN = 6


_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APART = re.compile(r"[^a-z0-9]+")

_OVERLAY = re.compile(
    r"-(?:onetrust-(?:consent|banner|pc|style)|ot-sdk-(?:btn|show)|optanon|cybotcookiebotdialog|didomi|usercentrics|uc-(?:banner|layer)"
    r"|osano-cm|truste|trustarc|qc-cmp2?|cmp(?:box|lz)?-(?:container|banner|wrapper|root|cookiebanner)|cmplz|iubenda-cs|cky|cc-window"
    r"|cc-banner|borlabs|klaro|tarteaucitron|evidon|fc-consent|hs-eu-cookie|sp-message|cookie(?:s|-)?-?"
    r"(?:banner|consent|bar|popup|pop-up|modal|dialog|message|law|alert|overlay|disclaimer|prompt|toast|manager|preferences?-(?:modal|center|dialog))"
    r"|consent-(?:banner|manager|modal|popup|dialog|management)|gdpr-(?:banner|consent|popup|modal|bar)|(?:privacy|ccpa)-banner)-"
)
_FURNITURE = re.compile(
    r"-(?:nav|navs|navbar|navi|navigation|topnav|sidenav|subnav|mega-?menu|mobile-menu|main-menu|menubar|menu-(?:item|list|items|wrapper|container)"
    r"|bread-?crumbs?|crumbs?|pagination|pager|prev-next|skip-?(?:link|links|nav|to|content)|footer|colophon|site-foot"
    r"|share|sharing|share-?(?:bar|buttons?|links?|icons?)|social-?(?:links?|icons?|share|sharing|bar|menu|buttons?|nav|list|networks?)|socials"
    r"|addtoany|sharedaddy|addthis|newsletters?|mc4wp|hs-form|w-form|w-form-(?:done|fail)|wpforms|wpcf7"
    r"|related-?(?:posts?|articles?|links?|content|topics?|pages?|resources?|products?)|recommended|recommendations|recent-?(?:posts?|articles?)"
    r"|read-next|more-(?:articles?|posts?|stories)|article-(?:votes?|relatives|sidebar|return-to-top|more-questions|subscribe|share|comments?)"
    r"|(?:was-)?(?:this-)?(?:article-|page-)?helpful|vote-?(?:buttons?|up|down)|survey|reaction-picker|feedback|page-feedback|rating|ratings"
    r"|(?:lang|language|languages|locale|country|region)-?(?:picker|switcher|switch|selector|select|chooser|menu|dropdown|list|toggle|nav)"
    r"|wpml-ls|search-?(?:form|box|bar|field|input|results?|modal|overlay|panel)|comments|comment-(?:list|form|respond)|disqus"
    r"|advert|adverts|advertisement|adsbygoogle|back-?to-?top|scroll-?(?:to-)?top|to-top|pre-?loader|loader|spinner|loading"
    r"|chat-?(?:widget|bot|box)|livechat|intercom-(?:lightweight|container|frame|messenger)|launcher|toast|snackbar|login-?(?:form|modal|box)"
    r"|sign-?(?:in|up)-?(?:form|modal|box)|subscribe-?(?:form|box|modal)|theme-(?:toggle|switch|switcher)|print-?(?:button|link|btn)|app-?banner|store-badges?)-"
)
_HEAD = re.compile(r"-(?:site-header|global-header|main-header|header-main|masthead|top-?bar|top-header|header-(?:top|bar|nav|inner|wrapper)|banner-top)-")
_ASIDE = re.compile(
    r"-(?:side-?bar|sidebar-\w+|aside|side-?(?:menu|panel|rail|col|column)|rail|modal|modals|popup|pop-up|popover|lightbox|drawer|off-?canvas|overlay|dialog|dropdown|dropdown-menu"
    r"|menu|banner|promo|promos|promotion|cta|ctas|call-to-action|announcement|announcement-bar|notification|notifications|alert-bar|related|popular|trending"
    r"|tooltip|tooltips|byline|author|author-bio|avatar|tags|tag-list|social|search|toolbar|page-actions?|action-bar|actions|widget|widgets|contribution)-"
)
_CONTENTS = re.compile(
    r"-(?:toc|tocs|toc-\w+|table-?of-?contents?|tableofcontents|on-this-page|in-this-(?:article|page)|page-(?:contents|toc)|jump-?(?:links?|menu|to|nav)"
    r"|anchor-?(?:links?|nav|menu|list)|scroll-?spy|mini-?toc|outline-nav|section-nav|quick-?links?|ez-toc-\w+|lwptoc|article-contents|contents-list)-"
)
# The grammar of names that speak about a neighbour ("has-sidebar", "with-nav") or about a heading of the text itself.
_ABOUT_OTHERS = re.compile(r"-(?:has|with|no|without|not|is|layout|page-template|toc-content|toc-heading)-[a-z0-9]+(?=-)")

_TAGS = {"nav": Part.FURNITURE, "footer": Part.FURNITURE, "dialog": Part.FURNITURE, "aside": Part.ASIDE, "header": Part.HEAD, "menu": Part.ASIDE}
_ROLES = {
    "navigation": Part.FURNITURE,
    "contentinfo": Part.FURNITURE,
    "search": Part.FURNITURE,
    "menu": Part.FURNITURE,
    "menubar": Part.FURNITURE,
    "dialog": Part.FURNITURE,
    "alertdialog": Part.OVERLAY,
    "toolbar": Part.FURNITURE,
    "banner": Part.HEAD,
    "complementary": Part.ASIDE,
    "alert": Part.ASIDE,
    "status": Part.ASIDE,
    "doc-toc": Part.CONTENTS,
    "directory": Part.CONTENTS,
}
# What wraps a whole page takes classes about all of it ("page-with-footer"); a heading's classes are about its looks.
_UNNAMED = frozenset("html body main article h1 h2 h3 h4 h5 h6 p li tr td th dt dd tbody thead".split())


def named(name: str) -> str:
    """A class or id with its joints shown: ``-site-footer-inner-``."""
    return f"-{_APART.sub('-', _JOINT.sub('-', name).lower())}-"


@lru_cache(maxsize=8192)
def part_of(tag: str, role: str, name: str) -> Part:
    """What tag, role and names (classes and id, joined with spaces) say a block of the page is."""
    told = min(_TAGS.get(tag, Part.PLAIN), _ROLES.get(role, Part.PLAIN))
    if told <= Part.FURNITURE or not name or tag in _UNNAMED:
        return told
    joined = "".join(_ABOUT_OTHERS.sub("", named(word)) for word in name.split())
    for part, pattern in _BY_NAME:
        if part < told and pattern.search(joined):
            return part
    return told


_BY_NAME = (
    (Part.OVERLAY, _OVERLAY),
    (Part.FURNITURE, _FURNITURE),
    (Part.HEAD, _HEAD),
    (Part.ASIDE, _ASIDE),
    (Part.CONTENTS, _CONTENTS),
)

# -- words of policies -------------------------------------------------------------------------------------------------

LEGAL = frozenset(
    # English
    "agree agreement agreements terms policy policies privacy personal data information rights liable liability warranty warranties"
    " shall must may consent law laws applicable services service account accounts termination terminate content licence license"
    " cookies third parties party users collect processing process share disclose disclosure retain retention security provide provided"
    " prohibited intellectual property governing jurisdiction arbitration disputes damages indemnify notice effective"
    # German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish
    " daten datenschutz personenbezogene personenbezogenen nutzung nutzer dienste vertrag haftung rechte einwilligung verarbeitung gemäß"
    " données personnelles conditions utilisation utilisateur utilisateurs droits services traitement responsabilité consentement loi"
    " datos personales condiciones usuario usuarios derechos servicio servicios tratamiento responsabilidad consentimiento ley"
    " dati personali condizioni utente utenti diritti servizio servizi trattamento responsabilità consenso legge"
    " dados pessoais condições usuário utilizador direitos serviço serviços tratamento responsabilidade consentimento lei"
    " gegevens persoonlijke voorwaarden gebruiker rechten diensten verwerking aansprakelijkheid toestemming wet"
    " dane danych osobowych warunki użytkownik prawa usługi przetwarzanie zgoda personuppgifter villkor användare rättigheter tjänster".split()
)
_LEGAL_PARTS = tuple(
    "隐私 条款 协议 用户 服务 信息 個人 個資 権利 規約 利用 情報 提供 同意 개인정보 이용 약관 서비스 회원 동의 персональн данны пользовател услов соглашени права"
    " خصوصية بيانات شروط استخدام".split()
)
_WORD_EDGES = ".,;:!?()[]\"'“”‘’«»"


def legal_words(text: str) -> int:
    """How many of the text's words policies like to use; parts of words where a script has no spaces."""
    if not text.isascii() and (found := sum(text.count(part) for part in _LEGAL_PARTS)):
        return found
    return sum(word in LEGAL or word.rstrip(_WORD_EDGES) in LEGAL for word in text.lower().split())


# -- words of buttons --------------------------------------------------------------------------------------------------

_BUTTON_WORDS = frozenset(
    "menu|close|search|print|share|copy|copy link|download pdf|download as pdf|print this page|back to top|top|skip to content|skip to main content"
    "|read more|read less|show more|show less|learn more|see more|see less|view more|load more|expand|collapse|expand all|collapse all|open all|close all"
    "|toggle navigation|toggle menu|open menu|close menu|was this helpful?|was this article helpful?|was this page helpful?|did this answer your question?"
    "|yes|no|loading|loading...|loading…|sign in|sign up|log in|login|register|subscribe|submit|get started|previous|next|copied!|copied|link copied"
    "|on this page|in this article|table of contents|contents|jump to|share this|share this article|edit this page|help us improve|give feedback|feedback"
    "|back|accept|accept all|reject all|decline|got it|ok|cancel|save|send|opens in a new tab|opens in a new window|permalink|link to this section|anchor"
    "|menü|schließen|suche|drucken|teilen|nach oben|mehr anzeigen|mehr erfahren|weiterlesen|inhaltsverzeichnis|fermer|imprimer|partager|haut de page|en savoir plus"
    "|sommaire|cerrar|imprimir|compartir|volver arriba|leer más|chiudi|stampa|condividi|torna su|fechar|compartilhar|voltar ao topo|关闭|返回顶部|打印|分享|目录|登录|注册"
    "|閉じる|目次|印刷|トップへ戻る|닫기|목차|закрыть|наверх|печать".split("|")
)
_NEW_TAB = re.compile(
    r"\s*[(\[]?\s*(?:(?:link\s+)?opens?(?:\s+link)?|opening|(?:external\s+link[,:]?\s*)?open)\s+in\s+(?:a\s+)?(?:new|another)\s+(?:tab|window|browser tab)(?:\s+or\s+window)?\s*[)\]]?\s*$"
    r"|\s*[(\[]\s*(?:external link|externer link|lien externe|enlace externo|öffnet (?:sich )?in (?:einem )?neuen? (?:tab|fenster)"
    r"|wird in (?:einem )?neue[mn] (?:tab|fenster) geöffnet|s['’]ouvre dans (?:une? )?(?:nouvelle fenêtre|nouvel onglet)"
    r"|se abre en una (?:nueva )?(?:ventana|pestaña)(?: nueva)?|si apre in una nuova (?:finestra|scheda)|abre (?:em|numa) (?:uma )?nova (?:janela|aba|guia)"
    r"|opent in een nieuw (?:tabblad|venster)|新しいウィンドウで開きます|新しいタブで開く)\s*[)\]]\s*$",
    re.IGNORECASE,
)


def is_button(text: str) -> bool:
    """Whether a short text is what buttons say, in the languages that platforms use."""
    return len(text) < 40 and text.lower().strip(" .:→›»↑↓+-–×✕") in _BUTTON_WORDS


def without_new_tab(text: str) -> str:
    """A link's text without the remark, meant for the ear, that it opens elsewhere."""
    return _NEW_TAB.sub("", text) if text and text.rstrip()[-1:] in ")]wbrWBR" else text
