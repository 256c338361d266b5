"""The words of pages that are no documents: patterns for one lower-case line, and traces in a source."""

from __future__ import annotations

import re
from functools import cached_property

_PAGE = "(?:page|content|link|url|document|article|resource|site|file|address)"


class Phrases:
    """Patterns, one a line: ``’`` stands for either apostrophe, ``PAGE`` for what may be missing.

    Compiled when first needed: every command loads this module, few meet a page to judge.
    """

    def __init__(self, patterns: str) -> None:
        self._patterns = patterns

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile("|".join(self._branches))

    def search(self, said: str) -> re.Match[str] | None:
        """The first of the phrases in a text.

        Those for its beginning are tried nowhere else: together with the others they would be, at each letter.
        """
        opening, inner = self._parted
        return (opening.match(said) if opening else None) or (inner.search(said) if inner else None)

    @cached_property
    def _parted(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        opening = [branch for branch in self._branches if branch.startswith("^")]
        inner = [branch for branch in self._branches if not branch.startswith("^")]
        return _any_of(opening), _any_of(inner)

    @cached_property
    def _branches(self) -> list[str]:
        lines = (line.strip() for line in self._patterns.splitlines())
        return [
            branch.replace("’", "['’]").replace("PAGE", _PAGE)
            for line in lines
            if line
            for branch in _BRANCH.findall(line)
        ]


# What a pattern's bars part, outside of groups (nested no deeper than three) and classes.
_ATOM = r"(?:\\.|\[[^\]]*\]|[^|()\[\]\\])"
_GROUP = rf"\((?:{_ATOM}|\||\((?:{_ATOM}|\||\((?:{_ATOM}|\|)*\))*\))*\)"
_BRANCH = re.compile(rf"(?:{_ATOM}|{_GROUP})+")


def _any_of(branches: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(branches)) if branches else None


CHALLENGE = Phrases(
    r"""
    ^just a moment\b
    checking (?:if the site connection is secure|your browser)
    verif(?:y|ying)(?: that)? you(?:’re| are) (?:a |not a )?(?:human|bot|robot|real)
    (?:confirm|prove)(?: that)? you(?:’re| are) (?:human|not a (?:bot|robot))
    \bare you (?:a )?(?:human|robot|bot)\b
    \bi(?:’m| am) not a robot\b
    ^(?:.{0,30}\W)?(?:bot|robot|human|security) (?:check|verification|challenge)\b.{0,20}$
    enable javascript and cookies to continue
    ^attention required\b
    ^please enable cookies
    ^access (?:is )?(?:denied|blocked|forbidden)
    ^access to this (?:page|site|resource) (?:is|has been) (?:denied|blocked)
    you (?:don’t|do not) have permission to (?:access|view)
    (?:you have been|you’ve been|your (?:ip|request|access) (?:address )?(?:has been|was|is)) blocked
    ^(?:the|your|this) request (?:was |has been |is )?(?:blocked|rejected)\b
    reference #\d+\.[0-9a-f.]+
    pardon our interruption
    incapsula incident
    \bincident id: ?\d{6}
    press (?:&|and) hold
    (?:detected|due to) unusual (?:traffic|activity)|unusual traffic from
    ^(?:please )?(?:complete|solve|enter) (?:the|this|a) (?:captcha|security check|puzzle)
    ^.{0,20}captcha.{0,20}$
    ddos protection by
    ^(?:cloudflare )?ray id\b
    performance (?:&|and) security by cloudflare
    needs to review the security of your connection
    something about your browser made us think
    ^(?:http )?(?:error )?(?:401|403|429)\b.{0,40}$
    ^(?:403 )?forbidden$
    ^(?:.{0,12}\W)?too many requests
    ^einen moment\b.{0,12}$
    überprüf\w+.{0,40} ob sie ein mensch sind|bestätigen sie, dass sie ein mensch sind
    ^zugriff (?:verweigert|verboten)
    ^sicherheitsüberprüfung$
    ^un instant\b.{0,12}$
    vérifi\w+ que vous êtes (?:bien )?(?:un )?(?:être )?humain
    ^accès (?:refusé|interdit)
    ^un momento\b.{0,12}$
    verifi\w+ que (?:usted )?(?:es|eres) (?:un )?(?:ser )?humano
    ^acceso denegado
    ^accesso negato
    ^acesso negado
    verifique (?:se|que) você é humano
    ^toegang geweigerd
    ^odmowa dostępu|^dostęp zabroniony
    ^доступ (?:запрещ[её]н|ограничен)
    подтвердите, что вы не робот
    ^请?(?:稍候|稍等)[.…。]*$
    ^.{0,12}(?:安全|人机|滑块)验证.{0,12}$
    访问(?:被拒绝|受限|过于频繁)
    您的(?:访问|请求)(?:被|已被)(?:拦截|阻止)
    アクセスが(?:拒否|禁止)
    人間であることを|^しばらくお待ちください
    접근이? ?(?:거부|차단)
    사람인지 확인|로봇이 아닙니다
    ^erişim (?:engellendi|reddedildi)
    تم رفض الوصول
    """
)
LOGIN = Phrases(
    r"""
    ^(?:please )?(?:sign|log)[ -]?in(?: to (?:your account|continue|\w+))?(?: [|–—-] .{1,40})?$
    ^login$|^.{0,25} [|–—-] (?:login|log in|sign in)$
    ^you (?:must|need to) (?:be logged in|be signed in|log in|sign in)\b
    ^(?:please )?(?:log|sign) in to (?:continue|view|access|see)\b
    ^(?:enter your )?(?:password|e-?mail(?: address)?(?: or (?:phone|username))?|username)$
    ^forgot(?:ten)? (?:your )?password\??$
    ^remember me$
    ^by (?:continuing|signing (?:in|up)|logging in|registering),? .{0,20}\byou (?:agree|accept)\b.{0,90}$
    ^(?:don’t have an account\?.{0,10}|create (?:an |new )?account|sign up)$
    ^(?:continue|sign in|log in) with (?:google|apple|facebook|microsoft|sso|email)$
    ^(?:anmelden|einloggen)$|^bitte (?:melden sie sich an|anmelden)
    ^passwort vergessen
    ^(?:se connecter|connexion|connectez-vous)$
    ^mot de passe oublié
    ^(?:iniciar sesión|inicia sesión)$
    ^(?:accedi|effettua l’accesso)$
    ^(?:entrar|iniciar sessão|fazer login)$
    ^inloggen$
    ^zaloguj się$
    ^войти$|^вход$|^войдите, чтобы
    ^(?:请?先?登录|登入)$|^请先?登录
    ^ログイン$|ログインしてください
    ^로그인$|로그인이 필요
    """
)
SCRIPT = Phrases(
    r"""
    (?:enable|requires?|needs?|turn on|activate|without|supports?) java ?script
    java ?script (?:is|must be|needs to be|has to be|seems to be|appears to be) (?:required|enabled|disabled|turned|not)
    browser (?:is )?(?:not supported|unsupported|out ?dated|does(?:n’t| not) support)
    (?:aktivier|einschalt|activ|habilit|abilit|inschakel|włącz)\w*.{0,40}java ?script
    java ?script.{0,40}(?:aktivier|einschalt|eingeschaltet|activ|habilit|abilit|inschakel|włącz)
    включите java ?script|java ?script.{0,20}(?:отключ|включ)
    (?:启用|开启|啟用|有効|활성).{0,8}java ?script
    java ?script.{0,12}(?:启用|开启|啟用|有効|無効|활성|사용)
    ^(?:loading|please wait)\W*$
    ^(?:wird geladen|chargement|cargando|caricamento|carregando|laden|ładowanie|загрузка)\W*$
    ^(?:加载中|読み込み中|로딩 ?중)\W*$
    """
)
REDIRECT = Phrases(
    r"""
    ^redirecting\b
    (?:you (?:are being|will be)|you’re being) (?:automatically )?redirected
    if you(?:’re| are) not (?:automatically )?redirected
    ^(?:30[1-8] )?(?:moved permanently|found|see other|temporary redirect|permanent redirect|object moved)$
    the document has moved|object moved to here
    ^(?:this|the) page has (?:been )?moved (?:to|permanently)
    sie werden .{0,30}weitergeleitet
    vous (?:allez être|serez|êtes) redirigé
    (?:será|está siendo) redirigid
    verrai reindirizzat
    você será redirecionad
    wordt (?:u )?(?:automatisch )?doorgestuurd
    вы будете перенаправлены
    (?:正在|自动)跳转
    リダイレクト(?:して|され|中)
    """
)
ERROR = Phrases(
    r"""
    ^(?:.{0,30}\W)?(?:http )?(?:error |status )?(?:404|410|5\d\d)(?:\W.{0,40})?$
    ^(?:.{0,30}\W)?(?:page |content |document |file )?not found(?:\W.{0,30})?$
    \bPAGE (?:\w+ ){0,8}(?:(?:could |can)(?:not| not) be found|was not found|not found|does not exist|no longer exists?)
    \bPAGE (?:(?:\w|’)+ ){0,8}(?:(?:couldn|can)’t be found|(?:wasn|isn)’t (?:here|found|there)|doesn’t exist)
    \b(?:this|that|the|requested) PAGE (?:is|was|has been) (?:\w+ ){,2}(?:unavailable|removed|deleted|expired|missing)\b
    \b(?:this|that|the|requested) PAGE (?:may|might) have (?:been )?(?:\w+ ){0,2}(?:removed|moved|deleted|renamed)\b
    ^(?:perhaps |maybe )?you (?:may|might) have (?:mis)?typed\b
    \btechnical error\b.{0,20}\bwe(?:’re| are) (?:\w+ )?working\b
    \b(?:this|that|the|requested) PAGE (?:isn’t|is not|is no longer) (?:\w+ ){0,2}available\b
    \b(?:we|sorry|oops).{0,40}(?:can’t|cannot|couldn’t|could not|unable to) (?:find|locate|load|display)\b.{0,30}\bPAGE
    ^(?:sorry\W+)?(?:something|that) (?:went|has gone) wrong\b
    ^(?:oops|uh[- ]oh|whoops)\b
    \b(?:an|a server|an unexpected|an internal) error (?:has )?occurred(?! (?:in|on your))
    ^(?:application|fatal|runtime|php|database) error\b|\bexception (?:has )?occurred\b|^error establishing
    ^we(?:’re| are) (?:having|experiencing) .{0,30}(?:trouble|difficult|problems|issues)
    ^(?:.{0,20}\W)?internal server error
    ^(?:the |this |our |.{0,20}\W)?(?:service|site|page|server) (?:is )?(?:\w+ly )?(?:unavailable|down\b|offline)
    ^(?:502 )?bad gateway|gateway time-?out
    ^.{0,60}(?:down for|under|undergoing) (?:scheduled |routine )?maintenance
    \bbe (?:right )?back (?:online )?(?:soon|shortly)\b
    ^(?:please )?try again (?:later|in a (?:few|moment))
    ^(?:go|return|take me|back) (?:back )?(?:to )?(?:the )?(?:home|homepage|home page|start)\.?$
    \bPAGE (?:is(?:n’t| not)) available in your (?:country|region|language|location)

    seite (?:\w+ ){0,8}(?:nicht (?:gefunden|verfügbar|vorhanden|existier|mehr)|existiert nicht)
    seite (?:\w+ ){0,4}wurde (?:\w+ )?(?:verschoben|gelöscht|entfernt)
    ^nicht gefunden|seite nicht gefunden
    ^(?:\w+\W+)?(?:da |hier )?(?:ist )?etwas (?:ist )?schief ?gelaufen|^es ist ein (?:\w+ )?fehler aufgetreten
    ^.{0,40}(?:vorübergehend|derzeit|zurzeit|momentan) nicht (?:verfügbar|erreichbar)|^wartungsarbeiten

    page (?:\w+ ){0,8}(?:introuvable|non trouvée|inexistante|a été (?:supprimée|déplacée))
    page (?:\w+ ){0,6}n’(?:existe|a pas été trouvée|est (?:pas|plus) disponible)
    ^(?:document )?(?:introuvable|non trouvée?)
    ^(?:\w+\W+)?une erreur (?:s’est produite|est survenue|inattendue)
    ^.{0,40}(?:momentanément|temporairement|actuellement) (?:indisponible|inaccessible)|maintenance en cours

    página (?:\w+ ){0,8}(?:no (?:se )?(?:encontr|exist|está disponible|se ha encontrado)|ha sido (?:eliminada|movida))
    ^(?:página |recurso |contenido )?no encontrad[ao]
    ^(?:\w+\W+)?(?:algo salió mal|ha ocurrido un error|se (?:ha )?produ(?:jo|cido) un error|ocurrió un error)

    pagina (?:\w+ ){0,8}(?:non (?:è stata )?(?:trovata|esiste|(?:è )?(?:più )?disponibile)|è stata (?:rimossa|spostata))
    ^(?:pagina )?non trovat[ao]
    ^(?:\w+\W+)?(?:qualcosa è andato storto|si è verificato un errore)

    página (?:\w+ ){0,8}(?:não (?:foi )?(?:encontrada|existe|está disponível|disponível)|foi (?:removida|movida))
    ^(?:página )?não encontrad[ao]
    ^(?:\w+\W+)?(?:algo deu errado|ocorreu um erro)

    pagina (?:\w+ ){0,8}(?:niet (?:gevonden|beschikbaar|meer)|bestaat niet|is verplaatst)
    ^niet gevonden
    ^(?:\w+\W+)?er is (?:iets (?:mis ?gegaan|fout)|een fout opgetreden)

    stron[ay] (?:\w+ ){0,6}nie (?:została znaleziona|istnieje|znaleziono|jest dostępna)|nie znaleziono strony
    ^(?:\w+\W+)?(?:wystąpił (?:nieoczekiwany )?błąd|coś poszło nie tak)
    stránka (?:\w+ ){0,4}(?:nebyla nalezena|neexistuje|nenalezena)|stránku (?:\w+ )?nelze

    sidan (?:\w+ ){0,6}(?:hittades inte|finns inte|kunde inte hittas|är inte tillgänglig)
    siden (?:\w+ ){0,6}(?:blev ikke fundet|findes ikke|ble ikke funnet|finnes ikke|kunne ikke (?:findes|finnes))
    ^(?:\w+\W+)?(?:något gick fel|noget gik galt|noe gikk galt|jotain meni (?:pieleen|vikaan))|sivua ei (?:löyt|ole)

    sayfa(?:yı|sı|nız)? (?:\w+ ){0,4}(?:bulunamadı|bulunamıyor|mevcut değil)|^(?:bir hata oluştu|bir şeyler)
    страниц[аы] (?:\w+ ){0,6}(?:не найден[ао]|не существует|недоступна|удалена)|^не найден[ао]?\b
    ^(?:\w+\W+)?(?:что-то пошло не так|произошла ошибка)|^.{0,40}временно недоступ
    сторінк[ау] (?:\w+ ){0,5}(?:не знайдено|не існує)|^сталася помилка

    (?:页面|網頁|网页|頁面|链接)[^。，]{0,12}(?:不存在|找不到|未找到|无法(?:访问|找到|显示)|走丢|丢失)
    (?:页面|網頁|网页|頁面|链接)[^。，]{0,12}已(?:被)?(?:删除|失效|下架|移除)
    (?:找不到|未找到|无法找到|没有找到)[^。，]{0,10}(?:页面|网页|頁面|網頁)
    ^.{0,8}(?:服务器|系统)(?:繁忙|错误|异常|维护中|开小差)|^.{0,4}出错了
    ^网络(?:异常|错误)|请?稍后(?:再|重)试[。！!]?$
    (?:ページ|コンテンツ)[^。、]{0,16}(?:見つかりません|存在しません|ありません|表示できません|削除され)
    ^.{0,12}(?:エラーが発生|問題が発生しました|メンテナンス中)|一時的に(?:利用|アクセス)でき
    (?:페이지|콘텐츠)[^.]{0,14}(?:찾을 수 없|존재하지 않|삭제되)|^.{0,12}(?:오류가 발생|문제가 발생|점검 ?중)
    الصفحة .{0,30}(?:غير موجودة|غير متوفرة|غير متاحة)|لم يتم العثور على الصفحة|^حدث خطأ
    halaman (?:\w+ ){0,4}tidak (?:ditemukan|tersedia)|^terjadi kesalahan
    không tìm thấy trang|trang (?:\w+ ){0,6}không (?:tồn tại|tìm thấy)|^đã xảy ra lỗi
    """
)

# What documents speak of, imprints and short notices among them.
POLICY = Phrases(
    r"""
    \blegal\b|\bimprint\b|impressum|managing director|\be-?mail|@|telephone|telefon|\bphone|\baddress|adresse|anschrift
    mentions légales|aviso legal|note legali|colofon|rechtlich
    personal (?:data|information)|privacy|\bpolic(?:y|ies)|consent|liab\w+|warrant\w+|cookies?\b
    \bterms\b|\bagree|\bshall\b|process|third[- ]part|\brights?\b|\blaws?\b|\bretain|disclos|licen[cs]e
    \bcollect|\bshare\b|\buse[sd]?\b|services?\b|prohibit|\bmay\b|registered (?:office|number|in)
    commercial register|company number|\bvat\b|responsible for|copyright|datenschutz|personenbezogen
    einwillig|haft(?:ung|en)|verarbeit|vertrag|nutzung|geschäftsführ|registergericht|handelsregister
    umsatzsteuer|verantwortlich|gemäß|données|consentement|responsab|utilisat|conditions|siret
    capital social|éditeur|\bdatos\b|consentimiento|condiciones|\bdati\b|consenso|condizioni|partita iva
    \bdados\b|consentimento|condições|gegevens|toestemming|voorwaarden|danych|zgod[aąęy]|warunki
    servicio|usuari|derecho|privaci?dad|servizi|utent[ei]|diritt|serviço|direito|diensten|gebruik|usług|użytkownik|umow
    uppgifter|samtycke|villkor|tjänst|användar|oplysninger|opplysninger|samtykke|vilkår|tjeneste|brug(?:er|en)|bruker
    kişisel|veriler|kullanım|koşul|sözleşme|gizlilik|hizmet|sorumlu|osobní|údaj|podmínk|smlouv|uživatel|služb|souhlas
    személyes|adatok|felhasznál|feltétel|szolgáltat|szerződés|персональн|данны[хе]|соглас|услови|пользовател|обработк
    услуг|правил|особист|користувач|послуг|згод[аиу]|个人信息|个人資料|個人資料|隐私|隱私|条款|條款|用户|用戶|同意|协议|服务
    個人情報|利用規約|規約|개인정보|동의|약관|서비스|이용자|بيانات|خصوصية
    المستخدم|الشروط|شروط|الأحكام|الخدم|معلومات|حقوق|موافق
    """
)

# How documents are called.
NAME = Phrases(
    r"""
    privacy|\bpolicy|\bpolicies|\bterms\b|\bnotice|\blegal\b|imprint|cookies?\b|\bdmca\b|guidelines|agreement
    acceptable use|conditions|datenschutz|impressum|nutzungsbedingungen|\bagb\b|confidentialité|mentions légales
    privacidad|privacidade|condiciones
    condizioni|voorwaarden|regulamin|prywatności|конфиденциальност|соглашение|隐私|條款|条款|协议|規約|プライバシー|개인정보|약관
    """
)

# In the source of a page with next to no text.
CHALLENGE_TRACE = re.compile(
    r"<title>\s*(?:just a moment|access denied|attention required)|cf-chl-|_cf_chl_opt|captcha-delivery\.com"
    r"|_incapsula_resource|px-captcha|sucuri_cloudproxy|awswaf|gokuprops|/_sec/cp_challenge|kpsdk|data-sitekey",
    re.IGNORECASE,
)
REDIRECT_TRACE = re.compile(
    r"<meta(?=[^<>]*+>)(?=(?>[^<>]*?http-equiv\s*+=\s*+[\"']?+refresh\b))"
    r"(?>[^<>]*?\bcontent\s*+=\s*+[\"']?+\s*+[0-5](?:\.\d{1,3})?\s*+[;,]\s*+url\s*+=)"
    r"|location(?:\.href)?\s*+=\s*+[\"'][^\"'\s]{1,2000}+[\"']\s*+;?\s*+</script>|location\.(?:replace|assign)\(\s*+[\"']",
    re.IGNORECASE,
)
SHELL_TRACE = re.compile(
    r"<(\w++)(?=[^<>]*+>)"
    r"(?>[^<>]*?\bid\s*+=\s*+[\"']?+(?:root|app|__next|__nuxt|___gatsby|mount|react-\w+|app-root|svelte)\b[^<>]*+>)"
    r"(?:\s|(?><!--(?s:.){0,300}?-->))*+</\1>|<app-root[^<>]*+>\s*+</app-root>|enable javascript to run this app",
    re.IGNORECASE,
)
