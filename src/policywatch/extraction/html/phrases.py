"""What pages say about themselves: over links to others, on widgets, to whoever looks for another language."""

from __future__ import annotations

import re

from policywatch.extraction.html.vocabulary import without_new_tab


def _any(patterns: str) -> re.Pattern[str]:
    """One pattern of many, one a line, for texts in lower case: ignoring case, each would be tried at length."""
    lines = (line.strip() for line in patterns.strip().splitlines())
    return re.compile("|".join(line for line in lines if line))


_THINGS = r"(?:articles?|posts?|content|topics?|links?|pages?|reading|resources?|stories|guides?|documentation|news)"
_RELATED = _any(
    rf"""
    (?:related|similar|recommended|popular|promoted|suggested|featured|trending|recent|latest|other|more|top) {_THINGS}
    recently viewed(?: {_THINGS})?|(?:more )?(?:articles|pages|topics|posts|guides) (?:in|from) .{{2,40}}
    you (?:might|may) (?:also )?(?:like|be interested in|find useful)|people also (?:read|viewed)
    (?:keep|continue|further) reading|read (?:next|more|also|on)|see also|what'?s next|up next|next steps?
    explore more|more (?:to read|like this|from .{{2,40}})
    (?:(?:the )?(?:latest|more|news) )?(?:on|from) (?:the|our) blog
    (?:previous|earlier|prior|past|older|archived|historical|former) (?:policy |terms )?versions?(?: of .{{2,60}})?
    (?:view|see|read) (?:the |our )?(?:previous|earlier|prior|past|older) (?:policy |terms )?versions?
    all versions|version history|revision history|(?:policy )?archives?|comments
    still (?:need|have) (?:help|questions)\?
    ähnliche (?:artikel|beiträge|themen)|verwandte (?:artikel|themen)|weitere (?:artikel|themen|beiträge)
    das könnte (?:sie|dich) auch interessieren|frühere (?:versionen|fassungen)|ältere versionen
    articles (?:connexes|associés|similaires|liés)|à lire aussi|voir aussi|versions (?:précédentes|antérieures)
    artículos (?:relacionados|recomendados)|también te puede interesar|véase también|versiones anteriores
    articoli (?:correlati|consigliati)|potrebbe interessarti|vedi anche|versioni precedenti
    artigos (?:relacionados|recomendados)|veja também|versões anteriores
    gerelateerde (?:artikelen|berichten)|lees ook|eerdere versies|vorige versies
    powiązane artykuły|poprzednie wersje|похожие (?:статьи|материалы)|предыдущие версии
    相关(?:文章|内容|推荐|阅读|链接)|推荐(?:阅读|文章)|历史版本|関連(?:記事|リンク|ページ|コンテンツ)|過去の(?:バージョン|版)
    관련 (?:글|문서|항목)|이전 버전
    """
)
_WIDGET = _any(
    r"""
    (?:link |url |text )?copied(?: to (?:the |your )?clipboard)?|copy (?:link|to clipboard|url)
    (?:thanks|thank you)(?: (?:so|very) much)?[,!.]* for (?:your (?:feedback|rating|vote|submission|interest)).{0,30}
    (?:thanks|thank you)(?: (?:so|very) much)?[,!.]* for (?:subscribing|signing up|letting us know|voting).{0,30}
    (?:(?:thanks|thank you)[,!.]* )?your (?:submission|message|request) (?:has been|was) (?:received|sent)
    your (?:feedback|vote) (?:has been|was) (?:received|sent|recorded)
    (?:oops|sorry|uh-oh)[,!.]* something went wrong.{0,60}
    (?:\d[\d,.]*|no) comments?(?: yet)?|(?:article|post|thread|this (?:article|post)) is closed for comments
    comments (?:are )?(?:closed|disabled|off).{0,30}|be the first to (?:comment|write a comment).{0,30}
    (?:please )?sign in to leave a comment|(?:not yet )?followed by (?:anyone|\d+ (?:person|people))|follow(?:ing)?
    no (?:results|matches)(?: found)?|\d+ (?:results?|out of \d+).{0,40}
    have more questions\? *(?:submit|send|create|open|contact|ask|get).{0,40}
    still (?:need|have) (?:help|questions)\?.{0,50}|(?:can'?t|didn'?t) find what you.{4,30}\?.{0,50}
    (?:written|posted|authored|created) by [^.]{2,40}
    by (?:the |our )?(?:\w+ ){0,3}team(?: ?\d+[ -]min\w* read)?
    created by .{2,50}, (?:last )?(?:modified|updated|edited|changed) (?:by|on) .{4,60}
    angelegt von .{2,50}, zuletzt geändert (?:von|am) .{4,60}
    sorry to interrupt|(?:sorry to interrupt\. )?this page has an error\. you might just need to refresh it.{0,60}
    choosing a selection results in a full page refresh|press the space key then arrow keys to make a selection
    (?:return to (?:the )?)?(?:top|bottom) of (?:the )?page|return to (?:the )?top
    responses are generated using ai and may contain mistakes|(?:ai )?answers? may (?:contain mistakes|be inaccurate)
    (?:reading|read) time:? *\d+ min\w*|\d+[- ]min(?:ute)?s?(?: to)? read
    (?:published using google docs|report abuse|updated automatically every \d+ minutes)
    you are (?:here|viewing|reading|currently viewing):?(?: .{2,50})?
    you(?: are|'re) (?:currently )?offline\b.{0,60}|page (?:generated|rendered|loaded) in [\d.,]+ ?(?:ms|s|sec\w*)
    v(?:ersion)? ?\d+(?:\.\d+)+ ?\((?:build|rev)\b.{1,20}\)|\d{1,3} ?% (?:read|complete)
    search (?:for )?(?:articles|help|(?:the )?(?:docs|documentation|help cent(?:er|re))|this site|our \w+(?: \w+)?)
    (?:choose|select|change) (?:a |your )?(?:language|region|country|locale|location|version):?
    (?:language|region|country|version|locale):
    (?:share|print|download|email|save)(?: (?:this|the))? (?:article|page|post|document|policy|as pdf|pdf)
    add to (?:chrome|firefox|favou?rites|bookmarks)|(?:download|get) (?:it )?on (?:the )?(?:app store|google play)
    page:? *\d* *(?:/|of) *\d*|(?:please )?download the (?:pdf|file) to view (?:it|(?:the|this) \w+)\W*(?:download)?
    scroll (?:down|to top|for more)|click to (?:expand|collapse|copy)|toggle \w+(?: \w+)?
    (?:go |return )?back to (?:the |our |all )?(?!you\b|us\b)[\w ]{2,30}|zurück zu[mr]? [\w ]{2,30}|volver a [\w ]{2,30}
    (?:please )?(?:enable|activate|turn on|allow) javascript\b.{0,60}
    javascript (?:is|must be) (?:disabled|turned off|switched off|not enabled|required|enabled)\b.{0,60}
    (?:your|this) browser (?:is not|isn't|is no longer|does not|doesn't) (?:fully )?support.{0,80}
    (?=\d*[a-f])[0-9a-f]{12,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}
    this (?:information|article|page|content) (?:is|was) (?:confusing|wrong|inaccurate|outdated|incomplete|unclear)
    (?:this isn't|not) (?:the (?:information|answer)|what) i was looking for|i don't like this (?:policy|product)
    please (?:select|choose) what best describes .{3,40}|your recently viewed (?:items|products)\b.{0,40}
    navigated to .{2,80}|[⌘⇧⌥⌃] ?\w|ctrl ?\+? ?\w
    it (?:looks|seems) like you(?:'re| are) (?:in|visiting|browsing|located)\b.{0,80}
    you(?:'re| are) shopping (?:in|from) .{2,40}
    (?:go|switch|continue) to (?:the |our )?[\w.]+ (?:web)?site|stay (?:here|on (?:this|the \w+) (?:web)?site)
    in die zwischenablage kopiert|link kopiert|sprache (?:wählen|auswählen):?|\d+ kommentare?
    (?:lien )?copié|choisir (?:la|une) langue:?|enlace copiado|elegir idioma:?|\d+ comentarios?
    已复制|复制成功|复制链接|添加评论|发表评论|选择语言:?|言語を選択|コピーしました|언어 선택|복사되었습니다
    """
)
_CONSENT_NOTICE = _any(
    r"""
    \b(?:this|our|the) (?:web ?)?(?:site|app|page|service) (?:also )?uses? (?:\w+ ){0,3}cookies
    \bwe(?: and our (?:\w+ ){0,2}partners)? (?:also )?use (?:\w+ ){0,3}cookies\b
    \bcookies (?:help us|on this (?:web)?site)
    \bby (?:continuing|clicking|using|browsing|closing)\b.{0,120}\bcookies|cookies.{0,120}\bby (?:continuing|clicking)\b
    \bwir (?:verwenden|nutzen|setzen|benutzen)\b.{0,30}cookies|diese (?:web)?seite (?:verwendet|nutzt) cookies
    \bnous (?:utilisons|employons)\b.{0,20}cookies|ce site utilise des cookies
    (?:utilizamos|usamos)\b.{0,20}cookies|este sitio (?:web )?utiliza cookies|este site (?:usa|utiliza) cookies
    (?:utilizziamo|usiamo)\b.{0,20}cookie|questo sito (?:usa|utilizza)\b.{0,20}cookie
    (?:wij|we) gebruiken\b.{0,20}cookies|deze (?:web)?site gebruikt cookies
    (?:używamy|wykorzystujemy)\b.{0,20}cookies|мы используем.{0,20}cookie
    אתר זה (?:משתמש|עושה שימוש) ב|אנו משתמשים ב.{0,6}עוגיות
    (?:نستخدم|يستخدم هذا الموقع).{0,6}ملفات تعريف الارتباط
    (?:çerezleri? kullan|bu (?:web )?sitesi? çerez)|(?:이|본) 사이트는 쿠키
    本網站使用.{0,6}cookie|このサイトでは.{0,8}(?:cookie|クッキー)
    (?:我们|本网站|本站)使用.{0,6}cookie|cookie.{0,10}を使用しています|쿠키를 사용
    """
)
_COMMENT_HINTS = ("comment", "respons", "repl", "thought", "discussion", "conversation", "kommentar", "評論", "评论")
_COMMENT_STARTS = frozenset("0123456789oOtTlLpPaAwWjJmMdDkK评全发")  # of all that the pattern finds
_COMMENTS = _any(
    r"""
    (?:\d+|one|two) (?:comments?|responses?|replies|thoughts?)(?: (?:on|to) .{2,80})?
    (?:leave|post|add|write) a (?:comment|reply)|join the (?:discussion|conversation)
    (?:member discussion|discussion about this (?:post|page|article))|\d+ kommentare?|kommentar schreiben
    \d+ commentaires?|laisser un commentaire|\d+ comentarios?|deja un comentario|(?:全部)?评论 ?[(（]\d+[)）]|发表评论
    """
)
_PATH = re.compile(
    r"(?:(?:help|support|legal|trust|privacy) )?(?:home(?:page)?|cent(?:er|re)|startseite|accueil|inicio|início"
    r"|strona główna|all collections|главная|首页|首頁|ホーム|홈)\s*(?:$|[/›»>→·|\\]|- )",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"(?:get (?:started|it|the app)|start|try|join|sign ?up|subscribe)\b.{0,40}"
    r"|jetzt (?:starten|testen|registrieren).{0,20}"
    r"|(?:essayer|commencer|s'inscrire|probar|empezar|registrarse)\b.{0,30}"
    r"|(?:立即|免费)(?:开始|试用|注册|体验).{0,8}",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"(?:get|start|try|join|sign ?up|subscribe|book|request|download|watch|read|discover|explore|see|learn|find out"
    r"|view)\b.{0,40}|(?:jetzt|mehr|hier) .{0,40}|(?:essayer|commencer|découvrir|en savoir) .{0,40}"
    r"|(?:probar|empezar|descubrir|más) .{0,40}|(?:立即|免费|了解|查看|阅读).{0,12}",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"^(?:please )?(?:subscribe|sign up|join|get)\b.{0,60}\b(?:newsletter|mailing list|updates|news|inbox)\b"
    r"|^(?:jetzt )?(?:unseren )?newsletter (?:abonnieren|anmelden|bestellen)"
    r"|^(?:(?:abonnez|inscrivez)-vous|suscríbe\w+|iscriviti|assine|inscreva-se)\b.{0,30}\b(?:newsletter|boletín)"
    r"|(?:订阅|訂閱).{0,8}(?:简报|资讯|邮件|電子報)|メールマガジン.{0,10}登録",
    re.IGNORECASE,
)
_STRIP = " \t.:!…→›»«‹←↑↓·•|–—-×✕✖"
_STRIP_BUT_COLONS = _STRIP.replace(":", "")
_APART = re.compile(r"[|·•/,;›»>]| - ")
_SHARED = frozenset(
    """
    share share: on x twitter facebook linkedin reddit whatsapp telegram pinterest instagram youtube tiktok threads
    mastodon bluesky discord github medium email e-mail mail print copy link rss weibo wechat line vk xing
    teilen partager compartir condividi compartilhar 分享 微信 微博
    """.split()
)
_LANGUAGES = frozenset(
    name.strip()
    for name in """
    english|english (us)|english (uk)|english (united states)|english (united kingdom)
    |en|de|fr|es|it|pt|nl|ja|ko|zh|ru|pl|deutsch|français|español|español (latinoamérica)|español (españa)|italiano
    |português|português (brasil)|português do brasil|português (portugal)|nederlands|polski|svenska|norsk
    |norsk bokmål|dansk|suomi|čeština|slovenčina|magyar|română|ελληνικά|türkçe|русский|українська|български|hrvatski
    |srpski|slovenščina|lietuvių|latviešu|eesti|català|日本語|한국어|中文|简体中文|繁體中文|中文 (简体)|中文 (繁體)
    |中文（简体）|中文（繁體）|العربية|עברית|हिन्दी|ไทย|tiếng việt|bahasa indonesia|bahasa melayu|filipino|বাংলা|فارسی
    """.split("|")
)


def heads_links(text: str) -> bool:
    """Whether a line stands over links to other pages, or to earlier versions of this one."""
    return _RELATED.fullmatch(text.lower().strip(_STRIP)) is not None


def heads_comments(text: str) -> bool:
    """Whether a line stands over what visitors wrote. ("Comments" alone may head what a policy says of them.)"""
    if text[0] not in _COMMENT_STARTS:
        return False
    said = text.lower()
    return any(map(said.__contains__, _COMMENT_HINTS)) and _COMMENTS.fullmatch(said.strip(_STRIP)) is not None


def starts_path(text: str) -> bool:
    """Whether a line starts the path to a page: "Home › Legal › Terms"."""
    return _PATH.match(text) is not None


def is_widget(text: str) -> bool:
    """Whether a short line is what a page's machinery says: a counter, a thank-you, a byline, a picker's label."""
    bare = text.lower().replace("’", "'").strip(_STRIP_BUT_COLONS)
    return _WIDGET.fullmatch(bare) is not None or not without_new_tab(bare)


def offers_news(text: str) -> bool:
    """Whether a text asks for an address to send news to."""
    return _NEWS.search(text) is not None


def invites(text: str) -> bool:
    """Whether a link asks for a click, and names nothing: "Learn more", "Read the announcement"."""
    return _INVITATION.fullmatch(text.strip(_STRIP)) is not None


def offers(text: str) -> bool:
    """Whether a link is there to win customers: "Get started for free", "Try it now"."""
    return _OFFER.fullmatch(text.strip(_STRIP)) is not None


def pieces_of(text: str) -> list[str]:
    """A line of several labels, taken apart where it shows them apart."""
    return [piece for part in _APART.split(text) if (piece := part.strip(_STRIP).lower())]


def is_language(text: str) -> bool:
    """Whether a label is a language in its own words."""
    return text in _LANGUAGES


def shares(text: str) -> bool:
    """Whether a label says where to share a page."""
    return all(word in _SHARED for word in text.split())


def is_consent_notice(text: str) -> bool:
    """Whether a text tells visitors that this site has cookies, as a banner does."""
    return _CONSENT_NOTICE.search(text.lower()) is not None
