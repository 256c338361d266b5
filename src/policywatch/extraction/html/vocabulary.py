"""The words by which a text shows that it is a policy, a date line, or nothing but a button."""

from __future__ import annotations

import re

# -- policies ----------------------------------------------------------------------------------------------------------

LEGAL = frozenset(
    """
    agree agreement agreements terms policy policies privacy personal data information rights liable liability warranty
    warranties shall must may consent law laws applicable services service account accounts termination terminate
    content licence license cookies third parties party users collect processing process share disclose disclosure
    retain retention security provide provided prohibited intellectual property governing jurisdiction arbitration
    disputes damages indemnify notice effective
    daten datenschutz datenschutzerklärung datenschutzhinweise nutzungsbedingungen geschäftsbedingungen
    personenbezogene personenbezogenen nutzung nutzer dienste vertrag haftung rechte einwilligung
    verarbeitung gemäß
    données personnelles conditions utilisation utilisateur utilisateurs droits traitement responsabilité consentement
    loi
    datos personales condiciones usuario usuarios derechos servicio servicios tratamiento responsabilidad consentimiento
    ley
    dati personali condizioni utente utenti diritti servizio servizi trattamento responsabilità consenso legge
    dados pessoais condições usuário utilizador direitos serviço serviços tratamento responsabilidade consentimento lei
    gegevens persoonlijke voorwaarden gebruiker rechten diensten verwerking aansprakelijkheid toestemming wet
    dane danych osobowych warunki użytkownik prawa usługi przetwarzanie zgoda
    personuppgifter villkor användare rättigheter tjänster
    """.split()
)
# Parts of words, for scripts without spaces or with many endings.
_LEGAL_PARTS = re.compile(
    "隐私|条款|协议|用户|服务|信息|個人|個資|権利|規約|利用|情報|提供|同意|개인정보|이용|약관|서비스|회원|동의"
    "|персональн|данны|пользовател|услов|соглашени|права|خصوصية|بيانات|شروط|استخدام"
)
_is_legal = LEGAL.__contains__


def legal_words(text: str, foreign: bool) -> int:
    """How many of the text's words policies like to use; ``foreign``: it has letters of another script than Latin."""
    if foreign and (found := len(_LEGAL_PARTS.findall(text))):
        return found
    return sum(map(_is_legal, text.lower().split()))


# -- dates -------------------------------------------------------------------------------------------------------------

_UPDATED = (
    r"\b(?:updated?|effective|revised|revision|modified|stand|gültig|aktualisiert|mise à jour|en vigueur|in vigore"
    r"|aggiornament\w*|actualiza\w*|atualiza\w*|bijgewerkt|zaktualizowan\w*)\b"
    r"|更新|生效|修订|最終更新|改定|施行|개정|시행|обновлен|تحديث|روزرسانی"
)
_UPDATE_STEMS = (  # without one of these, the pattern has nothing to find
    "update", "effective", "revis", "modified", "stand", "gültig", "aktualisiert", "mise à jour", "vigueur", "vigore",
    "aggiorna", "actualiza", "atualiza", "bijgewerkt", "zaktualizowan", "更新", "生效", "修订", "改定", "施行",
    "개정", "시행", "обновлен", "تحديث", "روزرسانی",
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_UPDATE = re.compile(_UPDATED, re.IGNORECASE)
_DATED = re.compile(
    rf"\b(?:19|20)\d\d\b|(?:19|20)\d\d年|\b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b|{_UPDATED}", re.IGNORECASE
)
_COPYRIGHT = re.compile(r"©|\(c\)\s*(?:19|20)\d\d|copyright|all rights reserved", re.IGNORECASE)


def tells_date(text: str) -> bool:
    """Whether a short line has a date, or says that something was updated; a copyright's year is none."""
    return _DATED.search(text) is not None and not tells_copyright(text)


def tells_update(text: str) -> bool:
    """Whether a text says when something was updated or takes effect."""
    return (
        any(map(text.lower().__contains__, _UPDATE_STEMS))
        and _DIGIT.search(text) is not None
        and _UPDATE.search(text) is not None
    )


def tells_copyright(text: str) -> bool:
    return _COPYRIGHT.search(text) is not None


# -- buttons -----------------------------------------------------------------------------------------------------------

_BUTTONS = frozenset(
    phrase.strip()
    for phrase in """
    menu|close|search|print|share|copy|copy link|download|download pdf|download as pdf|print this page|back to top|top
    |skip to content|skip to main content|read more|read less|show more|show less|see more|see less|view more|load more
    |expand|collapse|expand all|collapse all|open all|close all|toggle navigation|toggle menu|open menu|close menu
    |was this helpful?|was this article helpful?|was this page helpful?|did this answer your question?|yes|no|loading
    |loading...|loading…|sign in|sign up|log in|login|register|subscribe|submit|get started|previous|next|copied!|copied
    |link copied|on this page|in this article|table of contents|contents|jump to|share this|share this article
    |edit this page|help us improve|give feedback|feedback|back|accept|accept all|reject all|decline|got it|ok|cancel
    |save|send|opens in a new tab|opens in a new window|permalink|link to this section|anchor|site navigation
    |menü|schließen|suche|drucken|teilen|nach oben|mehr anzeigen|weiterlesen|inhaltsverzeichnis
    |fermer|imprimer|partager|haut de page|sommaire|cerrar|imprimir|compartir|volver arriba|leer más
    |chiudi|stampa|condividi|torna su|fechar|compartilhar|voltar ao topo
    |关闭|返回顶部|打印|分享|目录|登录|注册|閉じる|目次|印刷|トップへ戻る|닫기|목차|закрыть|наверх|печать
    """.split("|")
)
_MORE = frozenset(
    "learn more|find out more|mehr erfahren|en savoir plus|más información|saber más|scopri di più|saiba mais".split(
        "|"
    )
)
_CONSENT_BUTTON = re.compile(  # in lower case
    r"(?:i )?(?:accept|agree)(?: (?:all|and close|& close|cookies|all cookies|and continue))?|got it!?"
    r"|(?:confirm|save)(?: my)? (?:choices?|preferences|settings|selection)|save (?:and|&) (?:exit|close|accept)"
    r"|(?:accept|allow) (?:selected|selection)|auswahl (?:speichern|bestätigen|erlauben)|einstellungen speichern"
    r"|enregistrer mes (?:choix|préférences)|guardar (?:mis )?preferencias|salva (?:le )?preferenze"
    r"|(?:allow|reject|decline|deny|refuse)(?: all)?(?: cookies)?|only (?:necessary|essential)(?: cookies)?"
    r"|(?:alle )?(?:cookies )?(?:akzeptieren|ablehnen|zulassen)|zustimmen|(?:tout )?(?:accepter|refuser)"
    r"|(?:aceptar|rechazar)(?: tod[oa]s?)?|(?:accetta|rifiuta)(?: tutt[oi])?|(?:aceitar|rejeitar)(?: tud[oa]s?)?"
    r"|(?:alles )?(?:accepteren|weigeren)|godkänn(?: alla)?|akceptuję?|全部接受|全部拒绝|接受|拒绝|すべて(?:許可|拒否)"
    r"|すべて(?:受け入れる|同意する?)|(?:모두 )?(?:동의|허용|수락|거부)(?:하기)?|(?:tümünü )?(?:kabul et|reddet)"
    r"|(?:принять|отклонить)(?: все)?|(?:اقبل|قبول|رفض|موافق)(?: الكل| الجميع)?|(?:קבל|אשר|דחה|אישור)(?: הכל| הכול)?",
)
_CONSENT = re.compile(
    r"cookie|consent|einwilligung|consentement|consentimiento|consenso|consentimento|kakor|クッキー|쿠키|çerez|куки|עוגיות"
    r"|ملفات تعريف الارتباط",
    re.IGNORECASE,
)
_NEW_TAB = re.compile(
    r"""\s*[(\[]?\s*(?:(?:external\s+)?link[,:]?\s+)?(?:opens?(?:\s+link)?|opening)
        \s+in\s+(?:an?\s+)?(?:new|another)\s+(?:browser\s+)?(?:tab|window)(?:\s+or\s+window)?\s*[)\]]?\s*$
    |\s*[(\[]\s*(?:external\ link|externer\ link|lien\ externe|enlace\ externo
        |öffnet\ (?:sich\ )?in\ (?:einem\ )?neuen?\ (?:tab|fenster)
        |wird\ in\ (?:einem\ )?neue[mn]\ (?:tab|fenster)\ geöffnet
        |s['’]ouvre\ dans\ (?:une?\ )?(?:nouvelle\ fenêtre|nouvel\ onglet)
        |se\ abre\ en\ una\ (?:nueva\ )?(?:ventana|pestaña)(?:\ nueva)?|si\ apre\ in\ una\ nuova\ (?:finestra|scheda)
        |abre\ (?:em|numa)\ (?:uma\ )?nova\ (?:janela|aba|guia)|opent\ in\ een\ nieuw\ (?:tabblad|venster)
        |新しいウィンドウで開きます|新しいタブで開く)\s*[)\]]\s*$""",
    re.IGNORECASE | re.VERBOSE,
)


def is_button(text: str) -> bool:
    """Whether a short text is what buttons say, in the languages that platforms use."""
    return len(text) < 40 and text.lower().strip(" .:→›»↑↓+-–×✕") in _BUTTONS


_FEEDBACK = re.compile(
    r"\b(?:was|is|were|are) (?:this|these|the|our) (?:\w+ ){0,2}(?:helpful|useful)|rate this (?:page|article)"
    r"|\b(?:did|does) (?:this|you|we|it)\b.{0,40}(?:help(?:ful)?|answer|looking for|solve your)\b.*\?"
    r"|how (?:can|could) we improve this (?:page|article)|found this helpful"
    r"|\b(?:take|complete|answer|fill (?:in|out)) (?:our|a|this) (?:[\w-]+ ){0,3}survey\b.*\?"
    r"|hilfreich\?|\butile \?|resultado útil|ha sido útil|è stato utile|foi útil|nuttig\?"
    r"|是否有帮助|有帮助吗|役に立ちましたか|도움이 되었",
    re.IGNORECASE,
)
_CONTENTS_LABELS = frozenset(
    "table of contents|contents|on this page|in this article|jump to|inhaltsverzeichnis"
    "|sommaire|índice|目录|目次|목차".split("|")
)


def asks_feedback(text: str) -> bool:
    """Whether a line asks if the page was helpful."""
    return _FEEDBACK.search(text) is not None


def heads_contents(text: str) -> bool:
    """Whether a line stands over a table of contents."""
    return text.casefold().strip(" :") in _CONTENTS_LABELS


def opens_more(text: str) -> bool:
    """Whether a text that is no link is a button to see more."""
    return text.casefold().strip(" .:→›»") in _MORE


def is_consent_button(text: str) -> bool:
    """Whether a button accepts or rejects cookies."""
    return len(text) < 40 and _CONSENT_BUTTON.fullmatch(text.lower()) is not None


def asks_consent(text: str) -> bool:
    """Whether a text with such a button is about cookies."""
    return _CONSENT.search(text) is not None


_NEW_TAB_STEMS = ("open", "extern", "öffnet", "ouvre", "abre", "apre", "新しい")  # without one, nothing to find


def without_new_tab(text: str) -> str:
    """A link's text without the remark, meant for the ear, that it opens elsewhere."""
    return _NEW_TAB.sub("", text) if any(map(text.lower().__contains__, _NEW_TAB_STEMS)) else text
