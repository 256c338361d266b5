"""Which clauses, which position, which law: categories, rules, model, positions, regulations."""

from policywatch.taxonomy.categories import Category, Rule, Taxonomy
from policywatch.taxonomy.classify import classify, language_of, supports
from policywatch.taxonomy.loading import load

__all__ = ["Category", "Rule", "Taxonomy", "classify", "language_of", "load", "supports"]
