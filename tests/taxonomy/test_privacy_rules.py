"""The built-in rules of the privacy categories: which sentences they know, and which like ones they leave alone."""

from __future__ import annotations

import pytest

from policywatch import taxonomy
from policywatch.taxonomy import model
from policywatch.taxonomy.features import reading

POLICY = "fernwood privacy policy"
TERMS = "fernwood terms of service"

KNOWN = [
    ("ai-training", POLICY, "We use your drawings to train our machine learning models."),
    ("ai-training", TERMS, "You can turn off the use of your prompts for training generative AI in your settings."),
    ("ai-training", POLICY, "Fernwood does not use your letters to train any AI models."),
    ("data-collection", POLICY, "We collect your name, address and telephone number when you order."),
    ("data-collection", f"{POLICY} > what we collect", "Account information: the name under which you signed up."),
    ("data-collection", POLICY, "Our servers automatically record your IP address and the type of your browser."),
    ("data-use", POLICY, "We use your personal data to answer your letters."),
    ("data-use", f"{POLICY} > how we use your data", "Sending you the seeds that you have ordered."),
    ("data-use", POLICY, "Our legal basis is Article 6(1)(b) GDPR."),
    ("sensitive-data", POLICY, "We ask for your consent before we process sensitive personal data."),
    ("sensitive-data", POLICY, "The app uses the precise location of your telephone to find orchards nearby."),
    ("data-sharing", POLICY, "We may share your personal information with our service providers."),
    ("data-sharing", f"{POLICY} > who we share data with", "Our affiliates, who run the warehouses."),
    ("data-sharing", POLICY, "In a merger your information may pass to the new owner."),
    ("data-sale-ads", POLICY, "Fernwood does not sell your personal information."),
    ("data-sale-ads", POLICY, "Our partners show you personalized ads on other sites."),
    ("data-sale-ads", POLICY, "You can opt out of marketing e-mails at any time."),
    ("subprocessors", POLICY, "A list of our sub-processors is kept on this page."),
    ("subprocessors", f"{POLICY} > sub-processors", "Larch Hosting | servers | Norway"),
    ("international-transfers", POLICY, "Transfers are covered by the standard contractual clauses."),
    ("international-transfers", POLICY, "Your data may be transferred to other countries."),
    ("retention", POLICY, "We keep invoices for ten years."),
    ("retention", POLICY, "When you close your account, your data will be deleted within 30 days."),
    ("user-rights", POLICY, "You have the right to request access to your personal data."),
    ("user-rights", POLICY, "You may lodge a complaint with the supervisory authority."),
    ("user-rights", f"{POLICY} > your rights", "Correction of what is wrong in your records."),
    ("cookies-tracking", POLICY, "Cookies remember which language you have chosen."),
    ("cookies-tracking", f"{POLICY} > cookies", "They stay on your computer until you close the browser."),
    ("automated-decisions", POLICY, "We make no automated decisions with legal effects on you."),
    ("children", TERMS, "You must be at least 13 years old to open an account."),
    ("children", POLICY, "We do not knowingly collect data from children."),
    ("security", POLICY, "We take appropriate technical measures to protect your data against loss."),
    ("security", POLICY, "No method of transmission over the internet is completely secure."),
    ("government-disclosure", POLICY, "We disclose data to law enforcement in response to a subpoena."),
    ("government-disclosure", f"{POLICY} > who we share data with", "Courts, where we are ordered to."),
    ("third-party-services", TERMS, "Our pages contain links to other websites, which we do not control."),
    ("third-party-services", TERMS, "Your use of third-party services is governed by their own terms."),
    ("contact", POLICY, "If you have any questions, please write to us at care@fernwood.example."),
    ("contact", f"{POLICY} > contact us", "Fernwood Ltd, 12 Orchard Street, Oslo"),
]

OTHERS = [
    ("ai-training", TERMS, "You may not use the service to train machine learning models."),
    ("ai-training", POLICY, "Our employees get training in data protection."),
    ("data-collection", POLICY, "We collect the apples in autumn."),
    ("data-use", TERMS, "You agree to use the service only for lawful purposes."),
    ("sensitive-data", TERMS, "Do not attack people for their religion or ethnic origin."),
    ("data-sharing", TERMS, "You may not share your password with third parties."),
    ("data-sale-ads", TERMS, "You may not sell or resell access to the service."),
    ("international-transfers", TERMS, "You may not transfer your account."),
    ("retention", TERMS, "You retain all rights in what you write."),
    ("user-rights", TERMS, "We grant you a limited, revocable right to access and use the service."),
    ("user-rights", TERMS, "You may opt out of arbitration within 30 days."),
    ("cookies-tracking", POLICY, "See our cookie policy."),
    ("children", TERMS, "We may make minor changes to these terms."),
    ("security", TERMS, "You must not circumvent our security measures."),
    ("government-disclosure", TERMS, "You must comply with all laws."),
    ("third-party-services", POLICY, "We may share data with third parties."),
    ("contact", POLICY, "To opt out, write to leave@fernwood.example."),
]


def _words(category: str, heading: str, text: str) -> list[str]:
    matcher = model.matcher_for(taxonomy.load())
    return [hit.words for hit in matcher.asked(reading(text), heading).hits(category)]


@pytest.mark.parametrize(("category", "heading", "text"), KNOWN)
def test_rules_know_what_policies_usually_say_and_quote_it(category: str, heading: str, text: str) -> None:
    words = _words(category, heading, text)
    assert words
    assert all(found and (found in text.lower() or found in heading) for found in words)


@pytest.mark.parametrize(("category", "heading", "text"), OTHERS)
def test_rules_leave_alone_what_only_sounds_alike(category: str, heading: str, text: str) -> None:
    assert _words(category, heading, text) == []


def test_a_rule_of_headings_quotes_the_heading() -> None:
    words = _words("data-use", f"{POLICY} > how we use your data", "Printing the labels of the seed bags.")
    assert "how we use your data" in words
