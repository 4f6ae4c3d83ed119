"""The annex: rule sets, the engine, indicators from facts, and the scorecard form."""

from helpers.scoring.engine import score_table
from helpers.scoring.form import TITLE as FORM_TITLE
from helpers.scoring.form import scorecard_form
from helpers.scoring.from_facts import indicator_of, scorecard_of
from helpers.scoring.rules import load_rules

__all__ = ["FORM_TITLE", "indicator_of", "load_rules", "score_table", "scorecard_form", "scorecard_of"]
