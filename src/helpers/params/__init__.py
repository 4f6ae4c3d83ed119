"""The parameters of one fiscal year: strict YAML to typed values, all mistakes at once."""

from helpers.params.declared import declared_parameters
from helpers.params.load import load_model, load_parameters
from helpers.params.model import (
    PROBLEM_RULES,
    Acknowledgement,
    Department,
    Goal,
    Goals,
    GrantType,
    Measure,
    Milestone,
    OpenQuestion,
    Parameters,
    Plan,
    Programme,
    Reconciliation,
    Region,
    StatedProblem,
    Strict,
    Thresholds,
)

__all__ = [
    "PROBLEM_RULES",
    "Acknowledgement",
    "Department",
    "Goal",
    "Goals",
    "GrantType",
    "Measure",
    "Milestone",
    "OpenQuestion",
    "Parameters",
    "Plan",
    "Programme",
    "Reconciliation",
    "Region",
    "StatedProblem",
    "Strict",
    "Thresholds",
    "declared_parameters",
    "load_model",
    "load_parameters",
]
