"""The exceptions that say in their message, for an analyst, why something was not done."""

from __future__ import annotations

from helpers.facts import FactError
from helpers.new_year.refusal import NewYearRefused
from helpers.project import ProjectNotFound
from helpers.publishing.errors import DOCUMENT_REFUSED, ReportRefused

REFUSALS = (FactError, NewYearRefused, ProjectNotFound, ReportRefused, *DOCUMENT_REFUSED)
"""Beside them stand InputsInvalid, which has many messages, and YearHeld, which has an exit code of its own."""
