"""Which clauses, which position, which law: categories, rules, model, positions, regulations."""
