"""Empty input workbooks: the columns of a table's contract, formats, lists to choose from, a sample row and how to fill it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from helpers.documentation import FORMATS, PURPOSES
from helpers.intake.contracts import Column, Contract, Kind
from helpers.intake.grid import SAMPLE
from helpers.params import Parameters
from helpers.publishing.workbook import BODY_FONT, HEAD_FONT, TITLE_FONT, style, workbook_bytes, write_text

DATA_SHEET, GUIDANCE_SHEET, LISTS_SHEET = "数据", "填表说明", "取值"
NUMBER_FORMATS: Mapping[Kind, str] = {"money": "#,##0.00", "date": "yyyy-mm-dd", "integer": "0"}
TEXT_FORMAT = "@"
_LAST_ROW = 1_048_576
_GUIDANCE = (
    f"在“{DATA_SHEET}”工作表中填写，一行一条记录；列名不改，列的次序可以不同。也可以从系统导出后整体粘贴。",
    f"第 2 行是示例，读入时不计；删去与否都可以，但不要在写有“{SAMPLE}”的行中填写数据。",
    "不写合计行，合计由程序计算；不合并单元格；没有金额的写 0，不留空。金额一律以元为单位。",
    "来源、保管部门、时点和说明写在同一文件夹的 register.yml 中。",
)


def input_workbook(contract: Contract, parameters: Parameters, year: int) -> bytes:
    """The workbook of a table for a fiscal year, the same bytes each time; names to choose from are those of `parameters`."""
    workbook = Workbook()
    data = workbook.active
    data.title = DATA_SHEET
    lists = {column.header: _choices(column, parameters) for column in contract.columns}
    lists = {header: values for header, values in lists.items() if values}
    _data_sheet(data, contract, list(lists), {header: len(values) for header, values in lists.items()}, year)
    _guidance_sheet(workbook.create_sheet(GUIDANCE_SHEET), contract)
    if lists:
        _lists_sheet(workbook.create_sheet(LISTS_SHEET), lists)
    return workbook_bytes(workbook)


def _choices(column: Column, parameters: Parameters) -> Sequence[str]:
    named = {
        "region": [region.name for region in parameters.regions],
        "grant_type": [grant.name for programme in parameters.programmes for grant in programme.grant_types],
        "event": [milestone.name for programme in parameters.programmes for milestone in programme.milestones],
    }
    return column.choices or list(dict.fromkeys(named.get(column.name, [])))


def _data_sheet(sheet: Worksheet, contract: Contract, lists: list[str], sizes: Mapping[str, int], year: int) -> None:
    for place, column in enumerate(contract.columns, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = max(22 if place == 1 else 14, 2 * len(column.header) + 4)
        sheet.column_dimensions[letter].number_format = NUMBER_FORMATS.get(column.kind, TEXT_FORMAT)
        head, sample = sheet.cell(1, place), sheet.cell(2, place)
        write_text(head, column.header)
        style(head, head=True, align="center")
        sample.value = SAMPLE if place == 1 else _sample(column, year)
        sample.number_format = NUMBER_FORMATS.get(column.kind, TEXT_FORMAT)
        sample.font = BODY_FONT
        rule = _validation(column, lists, sizes)
        if rule is not None:
            sheet.add_data_validation(rule)
            rule.add(f"{letter}3:{letter}{_LAST_ROW}")
    sheet.freeze_panes = "A2"


def _sample(column: Column, year: int) -> Any:
    if column.choices:
        return column.choices[0]
    samples: dict[Kind, Any] = {"money": 1000, "date": date(year, 6, 30), "integer": 1}
    return samples.get(column.kind, "示例" if column.required else None)


def _validation(column: Column, lists: list[str], sizes: Mapping[str, int]) -> DataValidation | None:
    """What Excel lets a cell hold; names that only the parameters list are proposed, since a new one may be added there."""
    blank = {"allow_blank": not column.required, "showErrorMessage": True, "errorTitle": column.header}
    if column.header in sizes:
        letter = get_column_letter(lists.index(column.header) + 1)
        cells = f"'{LISTS_SHEET}'!${letter}$2:${letter}${sizes[column.header] + 1}"
        kind = "stop" if column.choices else "warning"
        return DataValidation("list", formula1=cells, errorStyle=kind, error="请从列表中选择。", **blank)
    if column.kind == "money":
        return DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", error="请写不小于零的金额（元）。", **blank)
    if column.kind == "integer":
        return DataValidation("whole", operator="greaterThanOrEqual", formula1="0", error="请写不小于零的整数。", **blank)
    if column.kind == "date":
        return DataValidation("date", operator="greaterThan", formula1="1", error="请写日期，如 2023-06-30。", **blank)
    return None


def _guidance_sheet(sheet: Worksheet, contract: Contract) -> None:
    write_text(sheet.cell(1, 1), f"{contract.title}（{contract.name}.xlsx）填表说明")
    sheet.cell(1, 1).font = TITLE_FONT
    for row, text in enumerate((PURPOSES[contract.name], *_GUIDANCE), start=2):
        write_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = BODY_FONT
    head = sheet.max_row + 2
    rows = [("列名", "必填", "填写要求"), *(_guidance(column) for column in contract.columns)]
    for row, texts in enumerate(rows, start=head):
        for place, text in enumerate(texts, start=1):
            write_text(sheet.cell(row, place), text)
            style(sheet.cell(row, place), head=row == head)
    for letter, width in (("A", 24), ("B", 10), ("C", 60)):
        sheet.column_dimensions[letter].width = width


def _guidance(column: Column) -> tuple[str, str, str]:
    required = column.required or column.kind in ("money", "integer")
    wanted = "、".join(column.choices) if column.choices else FORMATS[column.kind]
    return column.header, "是" if required else "", wanted + ("，单位为元" if column.kind == "money" else "")


def _lists_sheet(sheet: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
    for place, (header, values) in enumerate(lists.items(), start=1):
        for row, text in enumerate((header, *values), start=1):
            write_text(sheet.cell(row, place), text)
            sheet.cell(row, place).font = HEAD_FONT if row == 1 else BODY_FONT
        sheet.column_dimensions[get_column_letter(place)].width = 26
