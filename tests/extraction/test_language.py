"""The language of a text, or silence."""

from __future__ import annotations

import pytest

from policywatch.extraction.language import detect

_TEXTS = {
    "en": "We collect personal data when you use our services. You may ask us to delete it.",
    "de": "Wir verarbeiten Daten, wenn Sie unsere Dienste nutzen. Sie können die Löschung Ihrer Daten verlangen.",
    "fr": "Nous collectons des données lorsque vous utilisez nos services. Vous pouvez demander leur suppression.",
    "es": "Recopilamos datos cuando usted utiliza nuestros servicios. Puede solicitar que los eliminemos.",
    "it": "Raccogliamo dati quando utilizzi i nostri servizi. È possibile chiedere la cancellazione dei dati.",
    "pt": "Recolhemos dados quando você usa os nossos serviços. Você pode pedir a eliminação dos seus dados.",
    "nl": "Wij verzamelen gegevens wanneer u onze diensten gebruikt. U kunt ons vragen om deze te verwijderen.",
    "sv": "Vi samlar in uppgifter när du använder våra tjänster. Du kan när som helst be oss att radera dem.",
    "da": "Vi indsamler oplysninger, når du bruger vores tjenester. Du kan til enhver tid bede os om at slette dem.",
    "no": "Vi samler inn opplysninger når du bruker våre tjenester. Du kan når som helst be oss om å slette dem.",
    "fi": "Keräämme tietoja, kun käytät palveluitamme. Voit pyytää, että poistamme ne, jos et halua niitä.",
    "pl": "Zbieramy dane, gdy korzystasz z naszych usług. Możesz poprosić nas o ich usunięcie z naszych baz.",
    "cs": "Shromažďujeme údaje, když používáte naše služby. Můžete nás požádat o jejich smazání a my to uděláme.",
    "ro": "Colectăm date atunci când utilizați serviciile noastre. Puteți solicita ștergerea lor și noi vom face asta.",
    "hu": "Adatokat gyűjtünk, amikor Ön ezt használja. Kérheti, hogy töröljük ezeket, és meg is tesszük.",
    "tr": "Hizmeti kullandığınızda veri topluyoruz. Bu verilerin silinmesini talep edebilirsiniz ve bunu yaparız.",
    "id": "Kami mengumpulkan data saat Anda menggunakan layanan kami. Anda dapat meminta kami untuk menghapusnya.",
    "vi": "Chúng tôi thu thập dữ liệu khi bạn sử dụng dịch vụ của chúng tôi. Bạn có thể yêu cầu xóa bất cứ lúc nào.",
    "ru": "Мы собираем данные, когда вы пользуетесь нашими услугами. Вы можете попросить нас удалить их.",
    "uk": "Ми збираємо дані, коли ви користуєтеся нашими послугами. Ви можете попросити нас видалити їх.",
    "ja": "お客様が当社のサービスを利用する際に個人情報を収集します。",
    "zh": "当您使用我们的服务时，我们会收集您的个人信息。您可以随时要求删除。",
    "ko": "귀하가 당사의 서비스를 이용할 때 개인정보를 수집합니다. 언제든지 삭제를 요청할 수 있습니다.",
    "ar": "نحن نجمع البيانات الشخصية عند استخدامك لخدماتنا. يمكنك طلب حذفها في أي وقت.",
    "el": "Συλλέγουμε προσωπικά δεδομένα όταν χρησιμοποιείτε τις υπηρεσίες μας.",
    "th": "เราเก็บรวบรวมข้อมูลส่วนบุคคลเมื่อคุณใช้บริการของเรา",
}


@pytest.mark.parametrize("language", _TEXTS)
def test_two_sentences_tell(language: str) -> None:
    assert detect(_TEXTS[language]) == language
    assert detect(_TEXTS[language] * 300) == language


@pytest.mark.parametrize("text", ["", "Nimbus", "Acme 2024 GmbH Privacy Cookies", "1 2 3 " * 50, "xyzzy plugh " * 40])
def test_silence_where_nothing_tells(text: str) -> None:
    assert detect(text) is None


def test_english_names_in_another_language_do_not_turn_it() -> None:
    assert detect(_TEXTS["zh"] * 5 + " Nimbus Privacy Policy of the Company and its Terms of Service") == "zh"
