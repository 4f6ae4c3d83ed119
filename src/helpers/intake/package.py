"""An XLSX file as the parts that are read, checked before anything parses a cell."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from helpers.intake.csv_file import kind_of_content
from helpers.intake.findings import finding
from helpers.intake.limits import MOST_PARTS, MOST_RATIO, MOST_UNPACKED
from helpers.intake.xml_part import NotPlainXML, elements, local, parse
from helpers.issue import InputsInvalid, Issue

_MEGABYTE = 1024**2
_WORKBOOK = "xl/workbook.xml"
_AS_XLSX = "请用 Excel 打开核对，另存为“Excel 工作簿（.xlsx）”。"
_PERCENT_FORMATS = {"9", "10"}


@dataclass(frozen=True)
class SheetPart:
    """A work sheet: its name, the part that holds it, and whether Excel shows its tab."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True)
class Package:
    """The XML parts of a workbook by name, all of them read whole, well-formed and without document types."""

    file: str
    parts: dict[str, bytes]
    notes: Sequence[Issue]

    def sheets(self) -> list[SheetPart]:
        """The work sheets in the order of their tabs; chart and dialogue sheets are none. Raises KeyError where a part lacks."""
        targets = {
            attributes["Id"]: _resolved(attributes["Target"])
            for name, attributes in self._elements("xl/_rels/workbook.xml.rels")
            if name == "Relationship" and attributes["Type"].endswith("/worksheet")
        }
        tabs = [attributes for name, attributes in self._elements(_WORKBOOK) if name == "sheet"]
        return [
            SheetPart(tab["name"], targets[relation], tab.get("state", "visible") == "visible")
            for tab in tabs
            if (relation := _relation(tab)) in targets
        ]

    def percent_styles(self) -> frozenset[str]:
        """The cell styles, by their numbers, that show a value a hundred times as large, with a percent sign."""
        percent, styles, inside = set(_PERCENT_FORMATS), [], ""
        for name, attributes in self._elements("xl/styles.xml"):
            if name == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", attributes["formatCode"]):
                percent.add(attributes["numFmtId"])
            inside = name if name in ("cellXfs", "cellStyleXfs") else inside
            if name == "xf" and inside == "cellXfs":
                styles.append(attributes.get("numFmtId", "0"))
        return frozenset(str(number) for number, kept_format in enumerate(styles) if kept_format in percent)

    def repacked(self) -> io.BytesIO:
        """A workbook of the checked parts alone, so that the next reader cannot see others under the same names."""
        stream = io.BytesIO()
        with ZipFile(stream, "w", ZIP_STORED) as target:
            for name, part in self.parts.items():
                target.writestr(name, part)
        stream.seek(0)
        return stream

    def _elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        return elements(self.parts[part]) if part in self.parts else []


def open_package(file: str, data: bytes) -> Package:
    """The parts of an XLSX file.

    Raises InputsInvalid: no workbook or damaged (E110), encrypted or another format (E111), too many parts, too large when
    unpacked or packed too densely (E112), macros (E217). External links are noted (W216).
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _invalid(file, "E111", "文件加密或为旧格式（.xls）。", "请取消密码并另存为“Excel 工作簿（.xlsx）”。")
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            _check_size(file, entries, len(data))
            names = [entry.filename for entry in entries]
            _check_kind(file, names)
            if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
                raise BadZipFile
            parts = {name: packed.read(name) for name in names if name.endswith((".xml", ".rels"))}
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise _no_workbook(file, data) from None
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise _macros(file)
    try:
        for part in parts.values():
            parse(part)
    except NotPlainXML:
        raise _no_workbook(file, data) from None
    links = sum(bool(re.fullmatch(r"xl/externalLinks/[^/]+\.xml", name)) for name in names)
    return Package(file, parts, [_linked(file, links)] if links else [])


def _check_size(file: str, entries: Sequence[ZipInfo], size: int) -> None:
    """Sizes as the zip declares them; reading stops at the declared size of a part and compares its check sum."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS:
        message = f"压缩包内有 {len(entries):,} 个文件，超过 {MOST_PARTS:,} 个的上限。"
    elif unpacked > MOST_UNPACKED:
        message = f"解压后有 {unpacked / _MEGABYTE:,.0f} MB，超过上限 {MOST_UNPACKED // _MEGABYTE} MB。"
    elif unpacked > max(_MEGABYTE, size * MOST_RATIO):
        message = f"解压后是原来的 {unpacked // size:,} 倍，超过 {MOST_RATIO} 倍的上限。"
    else:
        return
    raise _invalid(
        file, "E112", f"{message}未读取。", "这不像正常的工作簿；请用 Excel 新建一个文件，只把数据表粘贴为数值后保存。"
    )


def _check_kind(file: str, names: Sequence[str]) -> None:
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
        raise _macros(file)
    if "xl/workbook.bin" in names:
        raise _invalid(file, "E111", "文件为二进制格式（.xlsb）。", "请另存为“Excel 工作簿（.xlsx）”。")
    if _WORKBOOK not in names or len(set(names)) < len(names):
        raise BadZipFile


def _relation(tab: dict[str, str]) -> str:
    """The id of a tab's relation: the attribute `id` of the relations' name space, whatever its prefix."""
    return next((value for key, value in tab.items() if ":" in key and local(key) == "id"), "")


def _resolved(target: str) -> str:
    """A part's name from a relation of the workbook: relative to xl/, or from the root."""
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _no_workbook(file: str, data: bytes) -> InputsInvalid:
    kind = kind_of_content(data)
    if kind and not data.startswith(b"PK"):
        return _invalid(file, "E110", f"扩展名是 .xlsx，内容是{kind}。", _AS_XLSX)
    if data and b"\0" not in data and not data.startswith(b"PK"):
        return _invalid(
            file, "E110", "扩展名是 .xlsx，内容是文本（CSV）。", "请把扩展名改为 .csv，或用 Excel 打开后另存为 .xlsx。"
        )
    return _invalid(file, "E110", "内容不是 Excel 工作簿，或文件已损坏。", _AS_XLSX)


def _macros(file: str) -> InputsInvalid:
    return _invalid(file, "E217", "工作簿含宏，不予读取。", "请另存为不含宏的“Excel 工作簿（.xlsx）”。")


def _linked(file: str, links: int) -> Issue:
    message = f"工作簿链接到 {links} 个外部文件，读入的是上次保存的数值，可能已过时。"
    return finding("W216", file, message, "请在 Excel 中更新链接后，将其断开（数据→编辑链接→断开链接）并保存。")


def _invalid(file: str, code: str, message: str, mend: str) -> InputsInvalid:
    return InputsInvalid([finding(code, file, message, mend)])
