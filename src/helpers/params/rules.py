"""What the keys of a parameter file must agree on with each other.

The rules look at values as written, whether or not each alone is right, so that one reading reports everything.
A rule that compares with a list keeps silent while that list is itself incomplete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import get_args

from helpers.params.mistake import Mistake, Place, dotted, excerpt
from helpers.params.model import PROBLEM_RULES, MilestoneRole

# Lists in which no two items may share a value of these keys; tables are matched by the names among them.
UNIQUE = (
    (("programmes",), ("id", "code")),
    (("programmes", "*", "grant_types"), ("id", "name")),
    (("programmes", "*", "milestones"), ("id", "name")),
    (("regions",), ("code", "name")),
    (("problems",), ("id",)),
    (("measures",), ("id",)),
    (("reconciliations",), ("id",)),
    (("open_questions",), ("id",)),
)

OF_BENEFICIARIES = ("beneficiary", "unit", "unit_id", "grant_types")


def contradictions(values: object, file_stem: str) -> list[Mistake]:
    """Mistakes between keys of one year's parameters, whose file is named `file_stem` (a year) + ``.yml``. Pure."""
    return [
        *_year(values, file_stem),
        *_repeated(values),
        *_beneficiaries(values),
        *_distribution(values),
        *_base_grants(values),
        *_payment_milestones(values),
        *_problem_names(values),
        *_measures(values),
        *_reconciliations(values),
    ]


def select(values: object, *pattern: str, at: Place = ()) -> Iterator[tuple[Place, object]]:
    """Places and values that a pattern of keys leads to, ``*`` standing for every item of a list; absent keys give none."""
    if not pattern:
        yield at, values
    elif pattern[0] == "*" and isinstance(values, list):
        for position, item in enumerate(values):
            yield from select(item, *pattern[1:], at=(*at, position))
    elif isinstance(values, dict) and pattern[0] in values:
        yield from select(values[pattern[0]], *pattern[1:], at=(*at, pattern[0]))


def _ids(owner: object, key: str) -> set[str] | None:
    """The ids in the list under a key; None where the list is missing or an item has no id, so that it is incomplete."""
    for _, items in select(owner, key):
        ids = [name for _, name in select(items, "*", "id") if isinstance(name, str)]
        if isinstance(items, list) and len(ids) == len(items):
            return set(ids)
    return None


def _year(values: object, file_stem: str) -> Iterator[Mistake]:
    for place, year in select(values, "fiscal_year"):
        if re.fullmatch("[0-9]{4}", file_stem) and isinstance(year, int) and year != int(file_stem):
            message = f"年度 {year} 与文件名 {file_stem}.yml 不一致。"
            yield Mistake("E607", place, message, "请改正年度，或改正文件名。")


def _repeated(values: object) -> Iterator[Mistake]:
    for pattern, keys in UNIQUE:
        for list_place, items in select(values, *pattern):
            for key in keys:
                yield from _repeated_in(items, key, list_place)


def _repeated_in(items: object, key: str, list_place: Place) -> Iterator[Mistake]:
    first: dict[str, Place] = {}
    for place, name in select(items, "*", key, at=list_place):
        if not isinstance(name, str) or not name.strip():
            continue  # what is not filled in yet repeats nothing
        if name in first:
            message = f"“{excerpt(name)}”与 {dotted(first[name])} 相同。"
            yield Mistake("E607", place, message, "请给两项不同的值，或删去多余的一项。")
        first.setdefault(name, place)


def _beneficiaries(values: object) -> Iterator[Mistake]:
    """What only a programme with beneficiaries has stands together or not at all."""
    for place, programme in select(values, "programmes", "*"):
        given = [key for key in (*OF_BENEFICIARIES, "base_grant") if isinstance(programme, dict) and programme.get(key)]
        missing = [key for key in OF_BENEFICIARIES if key not in given]
        if given and missing:
            message = f"写有{'、'.join(given)}，却没有{'、'.join(missing)}。"
            mend = f"有补助对象的专项资金须写全 {'、'.join(OF_BENEFICIARIES)}；没有补助对象的请全部删去。"
            yield Mistake("E607", (*place, given[0]), message, mend)


def _distribution(values: object) -> Iterator[Mistake]:
    """Without regions nothing is allocated to them and no beneficiary lives in one."""
    for regions_place, regions in select(values, "regions"):
        if regions != []:
            continue
        for _, programme in select(values, "programmes", "*"):
            if isinstance(programme, dict) and (programme.get("distributed", True) or programme.get("beneficiary")):
                message = f"没有列地区，而“{excerpt(str(programme.get('name')))}”的资金下达各地区或有补助对象。"
                mend = "请列出地区；资金由本部门直接使用的，在该专项资金中写 distributed: false。"
                yield Mistake("E607", regions_place, message, mend)
                break


def _base_grants(values: object) -> Iterator[Mistake]:
    for place, programme in select(values, "programmes", "*"):
        known = _ids(programme, "grant_types")
        for grant_place, grant in select(programme, "base_grant", at=place):
            if known is not None and isinstance(grant, str) and grant not in known:
                message = f"“{excerpt(grant)}”不是本项目 grant_types 中的编号。"
                yield Mistake("E607", grant_place, message, _one_of(grant, known))


def _payment_milestones(values: object) -> Iterator[Mistake]:
    for place, milestones in select(values, "programmes", "*", "milestones"):
        roles = [role for _, role in select(milestones, "*", "role")]
        count = roles.count("payment")
        known = [role for role in roles if role in get_args(MilestoneRole)]
        complete = isinstance(milestones, list) and len(known) == len(milestones)
        if complete and count != 1:
            message = f"role 为 payment 的事项有 {count} 个，应恰有一个。"
            mend = "请把发放或支付资金的那一项写成 payment，之前的准备写成 preparation，其余写成 implementation。"
            yield Mistake("E607", place, message, mend)


def _problem_names(values: object) -> Iterator[Mistake]:
    for place, name in select(values, "problems", "*", "id"):
        if isinstance(name, str) and name in PROBLEM_RULES:
            message = f"“{name}”已是规则“{PROBLEM_RULES[name]}”的编号。"
            yield Mistake("E607", place, message, "请给部门提出的问题另起编号。")


def _measures(values: object) -> Iterator[Mistake]:
    stated = _ids(values, "problems")
    if stated is None:
        return
    known = stated | PROBLEM_RULES.keys()
    for place, name in select(values, "measures", "*", "problems", "*"):
        if isinstance(name, str) and name not in known:
            yield Mistake("E607", place, f"没有编号为“{excerpt(name)}”的问题。", _one_of(name, known))


def _reconciliations(values: object) -> Iterator[Mistake]:
    for place, item in select(values, "reconciliations", "*"):
        if not isinstance(item, dict):
            continue
        kind = item.get("kind", "sum")
        if kind == "ratio" and "rate" not in item:
            yield Mistake(
                "E607", place, "kind 为 ratio，却没有 rate。", "请写上左边除以右边应等于的事实，如 rate: spending.fiscal.rate。"
            )
        if kind != "ratio" and "rate" in item:
            yield Mistake("E607", (*place, "rate"), "只有 kind 为 ratio 时才有 rate。", "请删去 rate，或写上 kind: ratio。")
        for side in ("left", "right"):
            terms = item.get(side)
            if kind == "equality" and isinstance(terms, list) and (len(terms) != 1 or str(terms[0]).startswith("-")):
                mend = "请每边只写一个事实，前面不加 -；求和请用 kind: sum。"
                yield Mistake("E607", (*place, side), "kind 为 equality 时每边只有一个事实。", mend)


def _one_of(name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    return f"是否应为“{near[0]}”？" if near else f"可用的编号：{'、'.join(sorted(known))}。"
