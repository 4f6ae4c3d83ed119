"""The score from one year to the next, step by step; each step by the engine itself, and nothing told that does not add up."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd

from conftest import ROOT
from helpers.facts import Ledger
from helpers.scoring.from_facts import scorecard_of
from helpers.scoring.rules import Rule, load_rules
from helpers.year_over_year.score_bridge import Scored, score_bridge
from samples import fact

RULES = load_rules("national-default", ROOT / "params/rules").in_force(2022)
COLUMNS = ("level1", "level2", "level3", "direction", "target", "unit", "weight", "actual_source", "actual", "band", "band_rate")


def row(name, weight):
    values = ("产出指标", "数量指标", name, "≥", "10", "人", str(weight), "填报", "", "", "")
    return dict(zip(COLUMNS, values, strict=True)) | {"evidence": "", "deviation": ""}


def scored(indicators, *, executed=100, rules=RULES):
    """A year: indicators as (name, target, weight, actual), each with a recorded score."""
    table = pd.DataFrame([row(name, weight) for name, _, weight, _ in indicators])
    facts = [fact("scorecard.total.full_year", 100, "万元"), fact("scorecard.total.paid", executed, "万元")]
    for number, (_, target, weight, actual) in enumerate(indicators, start=1):
        prefix = f"indicator.n{number}"
        facts += [fact(f"{prefix}.target", target), fact(f"{prefix}.weight", weight, "分"), fact(f"{prefix}.actual", actual)]
    card = scorecard_of(table, Ledger(facts), rules)
    facts += [fact(f"indicator.n{n}.score", score.points, "分") for n, (_, score) in enumerate(card.rows, start=1)]
    return Scored(Ledger([*facts, fact("scorecard.total.score", card.total, "分")]), table, rules)


def lines(bridge):
    return {line.name: line.steps for line in bridge.lines}


def test_what_was_achieved_is_the_first_step():
    bridge = score_bridge(scored([("人数", 10, 50, 10)]), scored([("人数", 10, 50, 8)]))
    assert lines(bridge)["人数"] == (-10, 0, 0)
    assert bridge.steps == (-10, 0, 0)


def test_another_target_is_the_second():
    bridge = score_bridge(scored([("人数", 10, 50, 10)]), scored([("人数", 20, 50, 10)]))
    assert lines(bridge)["人数"] == (0, -25, 0)


def test_another_weight_of_the_execution_is_the_third():
    rules = replace(RULES, execution_weight=Rule(20, 2023, "新表样"))
    bridge = score_bridge(scored([("人数", 10, 50, 10)]), scored([("人数", 10, 50, 10)], rules=rules))
    assert lines(bridge)["预算执行率"] == (0, 0, 10)


def test_a_lower_execution_is_of_the_first_step():
    bridge = score_bridge(scored([("人数", 10, 50, 10)]), scored([("人数", 10, 50, 10)], executed=50))
    assert lines(bridge)["预算执行率"] == (-5, 0, 0)


def test_indicators_of_one_year_alone_come_and_go_with_the_table():
    bridge = score_bridge(
        scored([("人数", 10, 50, 10), ("户数", 10, 40, 10)]), scored([("人数", 10, 50, 10), ("次数", 10, 40, 5)])
    )
    assert lines(bridge) == {"人数": (0, 0, 0), "户数": (0, -40, 0), "次数": (0, 20, 0), "预算执行率": (0, 0, 0)}


def test_the_steps_lead_exactly_from_one_total_to_the_other():
    former = scored([("人数", 10, 50, 7), ("户数", 3, 40, 2)])
    current = scored([("人数", 9, 45, 8), ("次数", 7, 45, 3)], executed=77)
    bridge = score_bridge(former, current)
    assert bridge.former + sum(bridge.steps) == bridge.current


def test_with_a_score_pending_the_total_is_not_told_apart():
    bridge = score_bridge(
        scored([("人数", 10, 50, 10), ("户数", 10, 40, None)]), scored([("人数", 10, 50, 8), ("户数", 10, 40, 9)])
    )
    assert (bridge.former, bridge.steps) == (None, None)
    assert lines(bridge)["人数"] == (-10, 0, 0)
    assert lines(bridge)["户数"] is None


def test_scores_that_the_engine_does_not_come_to_are_not_explained():
    former = scored([("人数", 10, 50, 10)])
    facts = Ledger(
        fact("indicator.n1.score", Decimal(3), "分") if one.id == "indicator.n1.score" else one for one in former.facts
    )
    assert score_bridge(replace(former, facts=facts), scored([("人数", 10, 50, 8)])) is None


def test_indicators_of_one_name_are_not_told_apart():
    twice = scored([("人数", 10, 50, 10), ("人数", 10, 40, 10)])
    assert score_bridge(twice, twice) is None


def test_points_are_rounded_once_in_each_step():
    bridge = score_bridge(scored([("人数", 3, 50, 1)]), scored([("人数", 3, 50, 2)]))
    assert lines(bridge)["人数"] == (Decimal("33.33") - Decimal("16.67"), 0, 0)
