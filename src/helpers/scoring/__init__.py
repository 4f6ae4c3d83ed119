"""The annex: indicators and the scorecard form."""

from helpers.scoring.form import scorecard_form

__all__ = ["scorecard_form"]
