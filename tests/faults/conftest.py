"""How many faults were injected, told at the end: what `make faults` is for."""

from __future__ import annotations

import pytest

_TOLD = pytest.StashKey[dict[str, tuple[int, int]]]()


@pytest.fixture
def tell(request):
    """Takes what was struck, the number of faults, and the broken invariants."""

    def told(what: str, faults: int, broken: list[str]) -> None:
        request.config.stash.setdefault(_TOLD, {})[what] = (faults, len(broken))

    return told


def pytest_terminal_summary(terminalreporter, config):
    told = config.stash.get(_TOLD, {})
    if told:
        terminalreporter.section("injected faults")
        for what, (faults, broken) in told.items():
            terminalreporter.line(f"{what}: {faults} faults, {broken} broken invariants")
        faults, broken = (sum(numbers) for numbers in zip(*told.values(), strict=True))
        terminalreporter.line(f"in all: {faults} faults, {broken} broken invariants")
