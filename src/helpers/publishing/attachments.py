"""The files that travel within the PDF: with them an auditor follows every figure without the folder of the build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

ATTACHED = {
    "facts.json": ("application/json", "事实登记：每个数字的精确值、计算方法、来源、所用记录的行数和校验值"),
    "checks.json": ("application/json", "数据核对：与已公布数、勾稽关系逐项比较的结果"),
    "parameters.yml": ("application/yaml", "生成本报告所用的年度参数"),
    "register.yml": ("application/yaml", "数据登记：各数据文件的来源、保管部门、时点，以及编制假设"),
}
"""Their names, media types and descriptions."""


@dataclass(frozen=True)
class Attachment:
    """A file to be attached: its UTF-8 `text` has the line ends, and the byte order mark, that the file has."""

    name: str
    media_type: str
    description: str
    text: str


def attachments(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """The files of `ATTACHED`, by name, as the combined notebook keeps them."""
    return [asdict(Attachment(name, *about, texts[name])) for name, about in ATTACHED.items()]
