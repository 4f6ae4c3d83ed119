"""The section that most work waits for starts first."""

from helpers.execution.outline import Outline, OutlineSection
from helpers.execution.plan import urgency

NEEDS = {"a": [], "b": [], "c": ["a"], "d": ["c"]}
OUTLINE = Outline(
    sections=[
        OutlineSection(number=number, title=stem, notebook=stem, needs=needs)
        for number, (stem, needs) in enumerate(NEEDS.items(), start=1)
    ]
)


def test_a_chain_counts_as_long_as_all_its_sections():
    assert urgency(OUTLINE, {"a": 1.0, "b": 2.5, "c": 1.0, "d": 1.0}) == {"a": 3.0, "b": 2.5, "c": 2.0, "d": 1.0}


def test_a_section_never_run_is_taken_for_a_middling_one():
    assert urgency(OUTLINE, {"a": 1.0, "c": 3.0, "d": 2.0})["b"] == 2.0


def test_without_times_the_longest_chain_is_the_one_of_most_sections():
    first = urgency(OUTLINE, {})
    assert max(first, key=first.__getitem__) == "a"
