"""All rules of the re-check, and the one function that applies them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from helpers.review import arithmetic, indicator_rules, record_rules, text_rules
from helpers.review.model import Finding, Reviewed

Rule = Callable[[Reviewed], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    arithmetic.weights_not_100,
    arithmetic.total_not_sum,
    arithmetic.rate_not_quotient,
    arithmetic.execution_twice,
    arithmetic.all_full_marks,
    arithmetic.funds_not_sum,
    arithmetic.score_out_of_range,
    indicator_rules.points_for_nothing,
    indicator_rules.missed_without_reason,
    indicator_rules.exceeded_without_reason,
    indicator_rules.cost_at_least,
    indicator_rules.date_among_numbers,
    indicator_rules.repeated_indicator,
    indicator_rules.wrong_parent,
    indicator_rules.payment_as_quantity,
    indicator_rules.actual_is_target,
    indicator_rules.satisfaction_unproven,
    text_rules.foreign_departments,
    text_rules.foreign_years,
    text_rules.copied_from_last_year,
    text_rules.money_not_in_tables,
    record_rules.allocated_for_more_than_paid,
    record_rules.own_funds_beside_fiscal,
    record_rules.paid_without_base_grant,
    record_rules.allocation_as_use,
    record_rules.plan_before_preparation,
    record_rules.plan_after_occasion,
    record_rules.roster_before_year_end,
    record_rules.no_assets,
)


def review(reviewed: Reviewed) -> list[Finding]:
    """What all rules find, by code and row, in the order of the document where these are equal."""
    found = [finding for rule in RULES for finding in rule(reviewed)]
    placed = [replace(finding, section=finding.section or reviewed.table) if finding.rows else finding for finding in found]
    return sorted(placed, key=lambda finding: (finding.code, finding.rows))
