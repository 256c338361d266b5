"""The contracted questions, one module each, in the order they are printed."""

from __future__ import annotations

from collections.abc import Mapping

from policywatch.taxonomy.positions.questions import (
    ai_output,
    ai_training,
    arbitration,
    children,
    class_action_waiver,
    data_sale_ads,
    governing_law,
    liability,
    retention,
    termination,
    unilateral_change,
)
from policywatch.taxonomy.positions.rules import Question

QUESTIONS: Mapping[str, Question] = {
    module.QUESTION.id: module.QUESTION
    for module in (
        ai_training,
        retention,
        data_sale_ads,
        children,
        arbitration,
        class_action_waiver,
        governing_law,
        liability,
        unilateral_change,
        termination,
        ai_output,
    )
}
