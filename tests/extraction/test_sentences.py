"""Where sentences end in legal text; `|` marks the cuts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.extraction.sentences import split

_TEXTS = [
    # plain prose
    "We keep logs. | You may object.",
    "Do you agree? | If not, stop. | Thank you!",
    "It ends here... | We go on. And then… it continues.".replace("We go on. ", "We go on. | "),
    "“You may leave.” | We may stay. | (See below.) | Next.",
    "He said “no.” | She said ‘yes.’ | Fine.",
    "It becomes a 'paid account'. | Our users’. | Then it ends.",
    # abbreviations
    "We use tools, e.g. cookies, i.e. small files, etc. and more. | We store them.",
    "Data is shared with partners (e.g. Nimbus Inc., Cirrus Ltd. and Stratus Corp.) under contract.",
    "This is between you and Nimbus Inc. | We provide the service.",
    "Nimbus Inc. is a company. | Nimbus, Inc. Privacy Department answers.",
    "The servers are in the U.S. and the U.K. | We transfer data there.",
    "Under 15 U.S.C. § 2 and 47 U.S.C. Sec. 230(c) this applies.",
    "See Art. 6(1)(f) GDPR and Art. 9 as well as art. 7 para. 2. | More follows.",
    "Registered under No. 5 and Nos. 7 and 8, cf. Sec. 3.2 of vol. II.",
    "The answer is no. | We never do.",
    "The state of the art. | It moves.",
    "Smith v. Jones and Doe vs. Roe apply. | So be it.",
    "Call before 5 p.m. Pacific Time or after 9 a.m. | We answer.",
    "Contact Dr. A. B. Smith or Mr. J. Doe. | They help.",
    "Send it to Nimbus Ltd., 1 High St. Cloudtown. | Thanks.",
    "Effective Jan. 5, 2024 and Sept. 6, 2025. | Read on.",
    "Appendix A. The following applies.".replace("A. The", "A. | The"),
    # numbers, addresses, links
    "Pay 3.50 USD, i.e. 3.2 % more. | Version 2.0 applies.",
    "Visit https://nimbus.example/a.b?c=d. | Then write to law@nimbus.example. | Done.",
    "As said in Section 5. | We may change it.",
    "1. Scope of this text. | It is wide.",
    "4.2. Liability is capped. | (b) Nothing else is.",
    "(a) one; (b) two. | (c) three.",
    "(i) to pay; (ii) to host, e.g. files; and (iii) to leave. | That is all.",
    "We read [our policy. All of it](https://nimbus.example/x.y) twice. | Then [we stop.](https://x.example/) | E.",
    "Use [this form](https://nimbus.example/f?x=1). | We answer.",
    "See Cal. Civ. Code § 1798.80 et seq. and 34 C.F.R. Part 99. | You have rights.",
    "Send us: 1. A signature; 2. A description; and 3. An address. | We act.",
    "Node.js and ASP.NET are used. | Yes.",
    "no capital follows. but it goes on. | It ends.",
    "Wait – what?! | Yes.",
    # other languages
    "Wir speichern Daten, z. B. Namen, gem. Art. 6 Abs. 1 lit. f DSGVO. | Sie können widersprechen.",
    "Notwendige Daten (z. B. Ihre Wahl, u. U. Ihr Name) bleiben, d. h. Wir löschen sie nicht. | Sie sehen sie.",
    "Operated by Nimbus Pte. Ltd. and Cirrus Pvt. Ltd. of Cloudtown. | We serve you.",
    "Gültig ab dem 28. August 2025. | Bis zum 3. Quartal bleibt es so. | Danach nicht, vgl. Nr. 5 bzw. Ziff. 7.",
    "Les données (p. ex. le nom) sont régies par l’art. 6. | Nous les gardons.",
    "El Sr. Nube y la Sra. Lluvia firman. | Usted acepta.",
    "Zgodnie z art. 6 ust. 1 pkt 2 RODO, np. w celu umowy. | Koniec.",
    "Согласно ст. 6 и п. 2, т.е. по закону. | Мы храним данные.",
    "我们收集信息。 | 您可以反对吗？ | 可以！",
    "“我们收集。” | 完。",
    "हम डेटा रखते हैं। | आप मना कर सकते हैं।",
]


@pytest.mark.parametrize("text", _TEXTS)
def test_sentences_end_where_a_lawyer_ends_them(text: str) -> None:
    assert split(text.replace(" | ", " ")) == text.split(" | ")


def test_of_nothing_there_is_nothing() -> None:
    assert split("") == []


@given(
    st.lists(
        st.sampled_from(
            "We A. e.g. Inc. U.S. 5. 3.2 (b) “end.” . .. ... ? ! ; [a. b](c.d) [ ]( 。 28. August No. § \\. *".split()
        ),
        max_size=30,
    ).map(" ".join)
)
def test_the_sentences_joined_are_the_text(text: str) -> None:
    found = split(text)
    assert " ".join(found) == text
    assert all(found) or not text


@pytest.mark.parametrize("piece", ["a. ", "A. ", ".", "“", "[a](", "[", "\\", "(i) ", "1. ", "e.g. ", "。 ", '." '])
def test_time_grows_with_length_only(piece: str) -> None:
    text = (piece * 60_000)[:60_000].strip()
    begin = time.perf_counter()
    split(text)
    assert time.perf_counter() - begin < 3
