"""Which clauses, which position, which law: categories, rules, model, positions, regulations.

Most commands want the categories only: what labels clauses is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from policywatch.taxonomy.categories import Category as Category
from policywatch.taxonomy.categories import Rule as Rule
from policywatch.taxonomy.categories import Taxonomy as Taxonomy
from policywatch.taxonomy.loading import load as load

if TYPE_CHECKING:
    from policywatch.taxonomy.labelling import classify as classify
    from policywatch.taxonomy.labelling import language_of as language_of
    from policywatch.taxonomy.labelling import supports as supports

_LABELLING = ("classify", "language_of", "supports")


def __getattr__(name: str) -> Any:
    if name not in _LABELLING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.labelling"), name)
    return found
