"""The shape of one year's figures. Amounts are whole yuan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

FISCAL = "财政拨款"
OWN = "部门预算"


@dataclass(frozen=True)
class Region:
    """A prefecture: its weights of households and model workers, and its living standard (100 = average)."""

    name: str
    households: int
    living_standard: int
    workers: int


@dataclass(frozen=True)
class Plan:
    """The allocation plan of a programme."""

    name: str
    day: date


@dataclass(frozen=True)
class Schedule:
    """When grants are paid: on `batches` days a region from `first` to `due`, `late_percent` of them after it, up to `last`.

    The bank sends `returns` of the timely ones back; each is paid again.
    """

    first: date
    due: date
    last: date
    batches: int
    late_percent: int
    returns: int


@dataclass(frozen=True)
class GrantKind:
    """A use of hardship aid: its share of the grants in percent, and the range of a first draft of the amount."""

    name: str
    share: int
    low: int
    high: int


@dataclass(frozen=True)
class HardshipAid:
    """A programme that helps those on a roster; `categories` maps each to its weight on it and in the choice of whom to help."""

    code: str
    name: str
    budget: int
    plan: Plan
    households: int
    categories: Mapping[str, tuple[int, int]]
    registered: tuple[date, date]
    paid_households: int
    second_grants: int
    grants: tuple[GrantKind, ...]
    schedule: Schedule
    letter: str = "H"
    """What the numbers on its roster begin with."""


@dataclass(frozen=True)
class NeedGrant:
    """A grant that some model workers get beside the base grant, with its totals; `without_base` of them get it alone."""

    name: str
    people: int
    total: int
    low: int
    high: int
    without_base: int


@dataclass(frozen=True)
class ModelWorkers:
    """The programme for model workers; `categories` maps each to its weight on the roster and among those in need.

    The department's own money, `own_budget`, pays `own_grants` whole grants of the kind `special`.
    """

    code: str
    name: str
    budget: int
    own_name: str
    own_budget: int
    own_grants: int
    plan: Plan
    people: int
    suspended: int
    suspended_reasons: Mapping[str, int]
    categories: Mapping[str, tuple[int, int]]
    registered: tuple[date, date]
    base_grant: str
    base_amount: int
    living: NeedGrant
    special: NeedGrant
    schedule: Schedule


@dataclass(frozen=True)
class GeneralProject:
    """Money without beneficiaries, paid in twelve months from `day` of each, in equal parts or not."""

    code: str
    name: str
    category: str
    budget: int
    day: int
    equal: bool


@dataclass(frozen=True)
class Milestone:
    """A planned event; `actual` is None where the last payment of the project completes it."""

    code: str
    event: str
    start: date
    finish: date
    actual: date | None


@dataclass(frozen=True)
class Year:
    """All that differs between two years."""

    year: int
    seed: int
    holidays: frozenset[date]
    """Public holidays on weekdays from the first to the last day of payment."""
    regions: tuple[Region, ...]
    hardship_aid: HardshipAid
    model_workers: ModelWorkers
    general: tuple[GeneralProject, ...]
    milestones: tuple[Milestone, ...]
    published: tuple[tuple[str, str, str, str, str], ...]
    """Fact id, name, value, unit and sections of each total that the replaced report states."""
    profile: tuple[tuple[str, str, str, str, str], ...]
    indicators: tuple[tuple[str, ...], ...]
    register: tuple[Mapping[str, str], ...]
    assumptions: tuple[Mapping[str, str | list[str]], ...]
    further: tuple[HardshipAid, ...] = ()
    """Further programmes, made like that for households."""
    optional: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Tables that are written as they stand here, headers first."""
    exported: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the export of a table calls its columns, by their own headers, in the order of the export."""
