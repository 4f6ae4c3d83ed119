"""Rows and rules that the tests of scoring share."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from helpers.scoring.model import Band, Direction, Indicator, Quantity
from helpers.scoring.rules import Rules, load_rules

FOLDER = Path(__file__).parents[2] / "params" / "rules"
NAMES = ("fujian", "hubei", "integrated-system", "national-default", "ningxia-yinchuan", "sichuan")
RULES = {name: load_rules(name, FOLDER).in_force(2022) for name in NAMES}
NATIONAL = RULES["national-default"]
FEN_PER_WAN = 1_000_000


def row(direction: Direction = "≥", target=100, actual=80, *, weight=10, unit="人", actual_unit=None, **more) -> Indicator:
    """A row of 10 points; target and actual as facts hold them, None where not given."""
    quantities = {
        "target": None if target is None else Quantity(target, unit),
        "actual": None if actual is None else Quantity(actual, actual_unit or unit),
    }
    given = {
        "row": 2,
        "level1": "产出",
        "level2": "数量指标",
        "level3": "人数",
        "direction": direction,
        "weight": Fraction(weight),
    }
    return Indicator(**(given | quantities | more))


def stated(band: Band, share: Fraction | None, weight=10) -> Indicator:
    """A qualitative row with the band and the share inside it that a person stated."""
    return row("定性", None, None, weight=weight, band=band, band_share=share)


def rounding(name: str) -> Rules:
    """The national rules with another rounding."""
    return replace(NATIONAL, rounding=replace(NATIONAL.rounding, value=name))
