"""Which clauses, which position, which law: categories, rules, model, positions, regulations."""

from policywatch.taxonomy.categories import Category, Rule, Taxonomy
from policywatch.taxonomy.classify import classify, supports
from policywatch.taxonomy.loading import load

__all__ = ["Category", "Rule", "Taxonomy", "classify", "load", "supports"]
