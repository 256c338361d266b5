"""Error pages, challenges, walls, shells and stubs are refused; real documents, however short, are not."""

from __future__ import annotations

from time import process_time

import pytest

from policywatch.errors import ExtractionError
from policywatch.extraction import extract, sniff
from policywatch.extraction.guards import doubt
from policywatch.model import Clause

_POLICY = [
    "We collect personal data when you use Nimbus and process it to provide the services you asked for.",
    "You may withdraw your consent at any time; this does not affect processing before you did.",
    "We share personal information with third parties only where the law requires us to disclose it.",
    "We retain your data for thirty days after you close your account, then it is deleted.",
]


def _page(*blocks: str, title: str = "Nimbus", head: str = "", tail: str = "</body></html>") -> str:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{''.join(blocks)}{tail}"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _titled(title: str, *texts: str) -> str:
    return _page(f"<h1>{title}</h1>", _paragraphs(*texts))


def _refused(page: str) -> ExtractionError:
    with pytest.raises(ExtractionError) as caught:
        extract(page.encode(), content_type="text/html; charset=utf-8", url="https://nimbus.example/privacy")
    return caught.value


_ERRORS = [
    (
        "Page not found",
        "Sorry, the page you are looking for could not be found. It may have been moved or deleted.",
        "Go to homepage",
    ),
    ("404", "We can’t find that page.", "Try our help centre or contact support."),
    ("Oops!", "Something went wrong. Please try again later."),
    (
        "This page isn’t available right now",
        "This may be because of a technical error that we’re working on.",
    ),
    ("Application error: a client-side exception has occurred (see the browser console for more information).",),
    ("500", "Internal Server Error"),
    ("Service unavailable", "The service is temporarily unavailable. Our engineers are on it."),
    ("We’ll be right back", "Nimbus is down for maintenance."),
    ("This content isn’t available in your region", "The requested content is not available in your country."),
    ("Seite nicht gefunden", "Die angeforderte Seite konnte leider nicht gefunden werden.", "Zurück zur Startseite"),
    ("Page introuvable", "La page que vous cherchez n’existe pas ou a été déplacée."),
    ("Página no encontrada", "La página que buscas no existe o ha sido eliminada."),
    ("Pagina non trovata", "La pagina che stai cercando non esiste."),
    ("Página não encontrada", "A página que você procura não existe ou foi removida."),
    ("Pagina niet gevonden", "De pagina die u zoekt bestaat niet meer."),
    ("Nie znaleziono strony", "Strona, której szukasz, nie istnieje."),
    ("Sidan hittades inte", "Sidan du letar efter finns inte längre."),
    ("Sayfa bulunamadı", "Aradığınız sayfa mevcut değil."),
    ("Страница не найдена", "Запрашиваемая страница не существует или удалена."),
    ("页面不存在", "抱歉，您访问的页面找不到了，请返回首页。"),
    ("ページが見つかりません", "お探しのページは存在しません。"),
    ("페이지를 찾을 수 없습니다", "요청하신 페이지가 존재하지 않습니다."),
    ("الصفحة غير موجودة", "لم يتم العثور على الصفحة التي تبحث عنها."),
]


@pytest.mark.parametrize("lines", _ERRORS)
def test_error_pages_with_status_200_are_invalid(lines: tuple[str, ...]) -> None:
    heading, *texts = lines
    assert _refused(_page(f"<h1>{heading}</h1>", _paragraphs(*texts))).status == "invalid"


def test_an_error_page_inside_the_site_s_furniture_is_seen() -> None:
    menu = "<nav>" + "".join(f"<a href='/{n}'>Product number {n}</a>" for n in range(60)) + "</nav>"
    links = "<ul>" + "".join(f"<li><a href='/{n}'>Read about feature {n} today</a></li>" for n in range(90)) + "</ul>"
    page = _page(menu, "<h1>Page not found</h1>", "<p>Maybe one of these helps:</p>", links)
    assert _refused(page).status == "invalid"


_LOST = [
    "Failed to load content. Please refresh.",
    "We are sorry, Nimbus is not here for you yet.",
    "The page you were looking for does not exist. You may have mistyped the address or the page may have moved.",
    "This page is not available. This may be because of a technical error that we are working to fix.",
    "Nothing was found at this location. Maybe try a search?",
    "Please confirm your age.",
    "",
]


@pytest.mark.parametrize("lost", _LOST)
@pytest.mark.parametrize("title", ["<h1>Privacy Policy</h1>", ""])
def test_a_site_s_frame_around_a_lost_document_is_none(lost: str, title: str) -> None:
    menu = "".join(f"<p>{name}</p>" for name in ("Products", "Share videos", "Terms of Service", "About us", "Careers"))
    foot = "<p><a href=/p>Privacy Policy</a> <a href=/t>Terms of Service</a> <a href=/c>Your cookie choices</a></p>"

    assert _refused(_page(title, menu, f"<p>{lost}</p>", foot, title="Privacy Policy | Nimbus")).status == "invalid"


def test_an_error_in_the_document_s_place_is_seen_whatever_the_page_says_below() -> None:
    missing = "The document could not be found. If you own this site, look into the settings of your account."
    about = [f"Feature {n} of Nimbus lets teams plan picnics when it rains in town number {n}." for n in range(20)]
    rest = [*about, *(f"{text} Read more in chapter {n}." for n in range(5) for text in _POLICY)]

    found = _refused(_titled("Cookie Policy", missing, *rest))

    assert found.status == "invalid"
    assert _refused(_titled("Cookie Policy", missing, *about[:3])).message == found.message
    assert extract(_titled("Cookie Policy", _POLICY[0], *rest, missing).encode()).clauses


_CHALLENGES = [
    _page(
        "<h1>nimbus.example</h1>",
        _paragraphs(
            "Verify you are human by completing the action below.",
            "nimbus.example needs to review the security of your connection before proceeding.",
        ),
        title="Just a moment...",
    ),
    _titled(
        "Access Denied",
        'You don\'t have permission to access "http://nimbus.example/privacy" on this server.',
        "Reference #18.2d3f1702.1700000000.1a2b3c",
    ),
    _titled(
        "Pardon Our Interruption",
        "As you were browsing something about your browser made us think you were a bot.",
    ),
    _page("<p>Please enable JS</p>", head="<script src='https://ct.captcha-delivery.com/c.js'></script>"),
    _titled("Sorry, you have been blocked", "You are unable to access nimbus.example"),
    _page("<h1>请完成安全验证</h1>", _paragraphs("为了您的账户安全，请完成安全验证后继续访问。"), title="安全验证"),
    _page(
        "<h1>Einen Moment…</h1>", _paragraphs("Bitte bestätigen Sie, dass Sie ein Mensch sind."), title="Einen Moment"
    ),
    _titled("429 Too Many Requests"),
]


@pytest.mark.parametrize("page", _CHALLENGES)
def test_challenges_are_blocked(page: str) -> None:
    assert _refused(page).status == "blocked"


def test_a_login_wall_with_its_line_about_the_terms_is_blocked() -> None:
    agreed = "By continuing you agree to our <a href=/t>Terms of Service</a> and <a href=/p>Privacy Policy</a>."
    page = _page("<h1>Sign in to Nimbus</h1>", _paragraphs("Forgot your password?", "No account yet? Sign up", agreed))

    assert _refused(page).status == "blocked"


def test_a_login_wall_is_blocked() -> None:
    form = "<form><label>Email</label><input><label>Password</label><input type=password></form>"
    page = _page(
        "<h1>Sign in to continue</h1>", form, _paragraphs("Forgot your password?", "Don’t have an account? Sign up")
    )
    assert _refused(page).status == "blocked"


_SHELLS = [
    _page(
        "<noscript>Please enable JavaScript to run this app.</noscript><div id='root'></div><script src=/a.js></script>"
    ),
    _page("<div id=app></div><script>window.x=1</script>"),
    _page("<p>Loading...</p><script src=/a.js></script>"),
    _page("<div id='__next'></div>", _paragraphs("We use cookies. By clicking accept you agree to our cookie policy.")),
]


@pytest.mark.parametrize("page", _SHELLS)
def test_a_script_shell_is_invalid_and_names_the_way_out(page: str) -> None:
    error = _refused(page)
    assert error.status == "invalid"
    assert "render: browser" in (error.hint or "")
    assert ("builds its text with a script" in (error.hint or "")) == ("<script" in page)


def test_a_page_of_few_words_without_a_script_is_not_said_to_have_one() -> None:
    hint = _refused(_page("<p>Nimbus terms</p>")).hint or ""
    assert "script" not in hint
    assert "browser" in hint


@pytest.mark.parametrize(
    "page",
    [
        _page(head="<meta http-equiv='refresh' content='0; url=https://nimbus.example/new'>"),
        _page(_paragraphs("You are being redirected to the new site.")),
        _page("<h1>Object moved</h1>", _paragraphs("Object moved to here.")),
        "<html><head><title>x</title><script>window.location.href = '/new';</script></head><body></body></html>",
    ],
)
def test_a_redirect_stub_is_invalid(page: str) -> None:
    assert _refused(page).status == "invalid"


def test_a_page_that_breaks_off_is_invalid() -> None:
    whole = _page("<h1>Privacy</h1>", _paragraphs(*_POLICY * 20))
    assert extract(whole.encode()).clauses
    assert "breaks off" in _refused(whole[: whole.index("</p>", 900) + 2]).message
    assert "breaks off" in _refused(whole[: whole.rindex("personal information") + 8]).message


def test_a_page_with_its_title_only_is_invalid() -> None:
    assert _refused(_page("<h1>Privacy Policy</h1>", _paragraphs("Last updated: May 1, 2024"))).status == "invalid"


def test_a_page_about_something_else_altogether_is_invalid() -> None:
    news = [f"Team number {n} beat team number {n + 1} in the cup on a rainy night" for n in range(12)]
    assert "policy" in _refused(_page("<h1>Today</h1>", _paragraphs(*news))).message


_SHORT = {
    "an imprint": _titled(
        "Impressum",
        "Nimbus GmbH, Wolkenweg 1, 10115 Berlin",
        "Geschäftsführerin: Ada Regen",
        "Registergericht: Amtsgericht Berlin, HRB 12345",
        "E-Mail: Diese Adresse ist vor Spambots geschützt! Zur Anzeige muss JavaScript eingeschaltet sein!",
        "Verantwortlich für den Inhalt: Ada Regen",
    ),
    "a cookie notice": _titled(
        "Cookie notice",
        "This site uses cookies that are needed to sign in and to remember your settings.",
        "If you disable JavaScript or cookies in your browser, parts of the service may not work and show errors.",
    ),
    "rules about logins and bots": _titled(
        "Acceptable Use",
        "You may not try to get around a captcha, an access denied message or a login page of the service.",
        "Accounts that send automated requests or unusual traffic may be blocked without notice.",
        "If something went wrong, contact support.",
    ),
    "a notice that speaks of outages": _titled(
        "Datenschutz",
        "Wir verarbeiten keine personenbezogenen Daten auf dieser Seite.",
        "Ist die Seite vorübergehend nicht verfügbar, werden keine Daten verarbeitet.",
    ),
    "a notice that speaks of missing pages": _titled(
        "DMCA",
        "Content that has been removed after a notice shows a page not found message. "
        "You may file a counter notice under applicable law with our agent.",
    ),
    "a clause lettered like a copyright": _titled(
        "Licence",
        "(c) You may use Nimbus for your own purposes, and agree not to share your licence with third parties.",
    ),
    "terms in Turkish": _titled(
        "Kullanım Şartları",
        "Bu koşullar, siteyi kullanımınızla ilgili olarak sizinle Nimbus arasındaki sözleşmeyi oluşturur.",
        "Siteye üye olmanız gerekmez ve herhangi bir yazılım yüklemeniz gerekmez.",
    ),
    "terms in Hungarian": _titled(
        "Feltételek",
        "A szolgáltatás használatával a felhasználó elfogadja az itt leírt feltételeket és a köztünk lévő szerződést.",
    ),
    "terms in Arabic": _titled(
        "الشروط", "باستخدام الخدمة يوافق المستخدم على هذه الشروط والأحكام وعلى كل ما يتبعها من قواعد."
    ),
    "a mount point beside the text": _page(
        "<div id='app'></div><main><h1>Privacy</h1>", _paragraphs(*_POLICY), "</main>"
    ),
    "no end tags, as HTML allows": "<!doctype html><title>Terms</title><body><h1>Terms</h1><p>" + "<p>".join(_POLICY),
}


@pytest.mark.parametrize("page", _SHORT.values(), ids=_SHORT)
def test_short_documents_that_mention_such_things_are_kept(page: str) -> None:
    assert extract(page.encode(), content_type="text/html; charset=utf-8").clauses


def test_without_strictness_a_refusal_is_a_note() -> None:
    text = extract(_page("<h1>Page not found</h1>").encode(), strict=False)
    assert text.notes == ("invalid: an error page served as if all were well",)
    assert [clause.text for clause in text.clauses] == ["Page not found"]


def _clauses(texts: list[str]) -> list[Clause]:
    return [Clause("paragraph", text) for text in texts]


_LONG = [f"Rule {n}: {_POLICY[n % 4]} This is number {n} of many." for n in range(40)]
_REWRITTEN = [f"Section {n} says that Nimbus keeps {_POLICY[n % 4].lower()} Item {n}." for n in range(40)]
_OTHER = [
    f"Our weather balloon number {n} flies higher, faster and cheaper than any kite ever flown" for n in range(40)
]


@pytest.mark.parametrize(
    "after",
    [_LONG[:20], _LONG[:23], _LONG[:16] + _OTHER[:4], _LONG[:3], [], _OTHER],
    ids=[
        "half of it",
        "more than half",
        "a piece and more",
        "a few lines",
        "nothing",
        "another page",
    ],
)
def test_a_text_that_lost_most_of_itself_is_doubtful(after: list[str]) -> None:
    assert doubt(_clauses(_LONG), _clauses(after)) is not None


@pytest.mark.parametrize(
    "after",
    [_LONG, _LONG[1:], _LONG[:28], _LONG * 2, _REWRITTEN, [" ".join(_LONG)], _LONG[::-1]],
    ids=["the same", "one less", "a part less", "more", "rewritten", "cut into other blocks", "reordered"],
)
def test_a_real_change_is_not_doubtful(after: list[str]) -> None:
    assert doubt(_clauses(_LONG), _clauses(after), "en", "en") is None


def test_a_text_in_another_language_is_doubtful() -> None:
    assert doubt(_clauses(_LONG), _clauses(_LONG), "en", "de") == "the text is in German now; it was in English"
    assert doubt(_clauses(_LONG), _clauses(_LONG), "en", None) is None


def test_the_first_text_is_never_doubtful() -> None:
    assert doubt([], _clauses(_LONG)) is None


def test_a_shell_full_of_comments_is_recognised_at_once() -> None:
    page = f"<!DOCTYPE html><html><body><div id=root>{'<!---->' * 5000}</div><script src=app.js></script></body></html>"

    with pytest.raises(ExtractionError, match="JavaScript"):
        extract(page.encode(), content_type="text/html")


def test_a_text_after_many_comments_is_sniffed_at_once() -> None:
    assert sniff(b"<!---->" * 500 + b"Terms of use") == "plain"


_HOSTILE = [
    "<meta" + " http-equiv=refresh" * 20_000,
    "<meta " + "http-equiv=refresh content=5 " * 14_000,
    'location="a"' + " " * 400_000,
    "<div " + "id=root " * 50_000,
    "<div id=root><!--" * 24_000,
    "<title" * 60_000,
]


@pytest.mark.parametrize("source", _HOSTILE, ids=lambda source: source[:24])
def test_no_source_is_read_longer_than_a_moment(source: str) -> None:
    """Each took minutes where a pattern went back over what it had read."""
    page = f"<!DOCTYPE html><html>{source}".encode()
    spent = process_time()
    with pytest.raises(ExtractionError):
        extract(page, content_type="text/html")

    assert process_time() - spent < 20
