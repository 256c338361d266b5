"""Which language a text is in: by its script, then by the small words it uses. Small, and silent when unsure."""

from __future__ import annotations

from collections import Counter

from policywatch.patterns import late

_SMALL_WORDS = {
    "en": "the of and to in that is for you or your with we this be are our not as on by may any if it from will",
    "de": "der die und in den von zu das mit sie ist für auf im nicht wir eine ein dem oder auch als werden ihre bei",
    "fr": "le la les de des et en à vous que pour dans nous une est sur du par votre vos ou au avec nos qui ne sont",
    "es": "el la los las de que y en a para su con por una no se o sus nosotros usted del al puede como más nuestro",
    "it": "il la di che e in per i del della un una con dei le gli nostri non o si da al questo nostro anche sono",
    "pt": "o a os as de que e em para do da um uma com não ou você seus nossos por dos das ao nós se como sua são",
    "nl": "de het een en van in dat te voor met op wij u is niet of zijn uw ons om aan door deze kunnen worden als",
    "sv": "och att det är för på med inte som den till vi du har kan våra dina eller om av en ett när vår ska från",
    "da": "og at det er for på med ikke som den til vi du har kan vores dine eller hvis af en et når efter skal fra",
    "no": "og å det er for på med ikke som den til vi du har kan våre dine eller hvis av en et når etter skal fra",
    "fi": "ja on ei että se tai voi ovat joka jos kun niin mutta sekä kuin sinun käyttää tämä voimme me nämä myös",
    "pl": "i w z na do nie się że jest o lub oraz dla przez są od za jak może które tego ich przy po nas jego ze",
    "cs": "a v na je se že do s o k které pro nebo za jako od jsou po při ve vaše nás být může jejich podle těchto",
    "sk": "a v na je sa že do s o k ktoré pre alebo za ako od sú po pri vo vaše nás byť môže ich podľa týchto",
    "ro": "și în de la cu pe pentru este nu că o un din sau care mai prin sunt dumneavoastră noi acest să ale poate",
    "hu": "a az és hogy nem is egy vagy van ha meg de ez el kell csak mint azt által illetve adatok lehet ezen",
    "tr": "ve bir bu için ile veya olarak da de olan gibi daha kadar sizin tarafından ancak her biz değil ne en",
    "id": "dan yang di untuk dengan kami anda dari ini atau dalam pada tidak akan adalah dapat oleh kepada jika",
    "vi": "và của các bạn cho có không chúng tôi được trong là với này để khi hoặc những từ một về thể đến",
    "ru": "и в на не с что по для или мы вы к от из при как это вас вам его их может а которые вашей наших",
    "uk": "і в на не з що по для або ми ви до від як це вас вам його їх може та які вашої наших є про за",
    "bg": "и в на не с че по за или ние вие към от при като това вас ви се са да може които вашите нашите е",
}
_SPEAKERS: dict[str, list[str]] = {}  # word -> the languages that use it
for _language, _words in _SMALL_WORDS.items():
    for _word in set(_words.split()):
        _SPEAKERS.setdefault(_word, []).append(_language)

_SCRIPTS = (  # in the order they are asked: kana makes Japanese of Chinese characters
    ("ja", late("[\u3040-\u30ff]"), 0.08),
    ("ko", late("[\uac00-\ud7af]"), 0.3),
    ("zh", late("[\u4e00-\u9fff]"), 0.3),
    ("th", late("[\u0e00-\u0e7f]"), 0.3),
    ("hi", late("[\u0900-\u097f]"), 0.3),
    ("he", late("[\u0590-\u05ff]"), 0.3),
    ("fa", late("[پچژگکی]"), 0.08),
    ("ar", late("[\u0600-\u06ff]"), 0.3),
    ("el", late("[\u0370-\u03ff]"), 0.3),
)
_SAMPLE = 4_500  # characters looked at, in three places of a longer text
_FEWEST_WORDS = 12
_FEWEST_LETTERS = 12  # of a script that tells by itself
_WORD = late(r"[^\W\d_]+")
_LETTER = late(r"[^\W\d_]")
_BEYOND_LATIN = late("[\u0370-\u1dff\u2e80-\ud7ff]")


def detect(text: str) -> str | None:
    """ISO 639-1 code of the language most of the text is in; None when unsure or too short to tell."""
    sample = _sample(text)
    return _by_script(sample) or _by_words(sample)


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    third, step = _SAMPLE // 3, (len(text) - _SAMPLE // 3) // 2
    return " ".join(text[begin : begin + third] for begin in (0, step, 2 * step))


def _by_script(text: str) -> str | None:
    if text.isascii() or len(_BEYOND_LATIN.findall(text)) < _FEWEST_LETTERS // 3:
        return None
    letters = len(_LETTER.findall(text))
    for language, script, share in _SCRIPTS:
        found = len(script.findall(text))
        if found >= (_FEWEST_LETTERS if share > 0.1 else _FEWEST_LETTERS // 3) and found >= share * letters:
            return language
    return None


def _by_words(text: str) -> str | None:
    words = Counter(_WORD.findall(text.lower()))
    total = words.total()
    scores: dict[str, float] = {}
    for word, count in words.items():
        speakers = _SPEAKERS.get(word, ())
        for language in speakers:
            scores[language] = scores.get(language, 0.0) + count / len(speakers)
    if total < _FEWEST_WORDS or not scores:
        return None
    (score, best), *others = sorted(((score, language) for language, score in scores.items()), reverse=True)
    second = others[0][0] if others else 0
    return best if score >= 0.08 * total and score >= 1.2 * second else None
