"""Verify a sealed archive of a self-evaluation report: a folder or a ZIP file of it, which is read without unpacking.

One file, Python's standard library alone: a copy lies in each archive as data/verify.py, and `selfeval verify` runs the same.
`ssh-keygen` is used where the archive carries a signature of it. Findings are told under 真实性、完整性、可用性、安全性.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from decimal import Context, InvalidOperation
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.etree import ElementTree

QUALITIES = ("真实性", "完整性", "可用性", "安全性")
CODES = {
    "V101": ("安全性", "是链接；档案中只能有普通文件"),
    "V102": ("安全性", "是管道、套接字或设备；档案中只能有普通文件"),
    "V103": ("安全性", "与别处的文件是同一个（硬链接），在那里改动会改到档案"),
    "V104": ("安全性", "路径指向档案之外或不规范"),
    "V105": ("安全性", "文件名含控制字符、反斜杠或百分号"),
    "V106": ("安全性", "文件名不是规范的 Unicode 写法（NFC）"),
    "V107": ("安全性", "两个文件名只有大小写不同，在有的系统上会互相覆盖"),
    "V108": ("安全性", "不允许从网上补取文件"),
    "V109": ("安全性", "文件过大、过多或压缩比异常，未读取"),
    "V110": ("安全性", "压缩包成员加密，无法核对"),
    "V111": ("安全性", "疑有身份证号码（校验位相符）"),
    "V112": ("安全性", "文档的 XML 含文档类型或实体声明"),
    "V113": ("安全性", "文档含宏、嵌入对象或外部引用"),
    "V114": ("安全性", "网页含脚本或引用外部资源"),
    "V115": ("安全性", "封存的数据表含个人信息列"),
    "V201": ("完整性", "清单上没有这个文件，是后来加入的"),
    "V202": ("完整性", "清单上有，档案中没有"),
    "V203": ("完整性", "内容与清单上的 SHA-256 不符，封存之后被改动"),
    "V204": ("完整性", "内容与清单上的 SM3 不符"),
    "V205": ("完整性", "根目录中有不属于档案的文件"),
    "V206": ("完整性", "根目录中有不属于档案的文件夹"),
    "V207": ("完整性", "空文件夹，清单无法登记"),
    "V208": ("完整性", "缺少 SHA-256 文件清单"),
    "V209": ("完整性", "缺少封存时写入的 SM3 文件清单"),
    "V210": ("完整性", "缺少 SHA-256 标签清单"),
    "V211": ("完整性", "缺少封存时写入的 SM3 标签清单"),
    "V212": ("完整性", "内容与标签清单上的 SHA-256 不符"),
    "V213": ("完整性", "内容与标签清单上的 SM3 不符"),
    "V214": ("完整性", "标签清单没有登记这个文件"),
    "V215": ("完整性", "标签清单上有，档案中没有"),
    "V216": ("完整性", "标签清单登记了不该登记的文件"),
    "V217": ("完整性", "清单把一个文件写了两次"),
    "V218": ("完整性", "两种算法的清单登记的文件不同"),
    "V219": ("完整性", "文件清单登记了 data 文件夹以外的文件"),
    "V220": ("完整性", "字节数和文件数与 bag-info.txt 的 Payload-Oxum 不符"),
    "V221": ("完整性", "有其他算法的清单；只认 SHA-256 和 SM3"),
    "V222": ("完整性", "压缩包中有两个同名的成员"),
    "V223": ("完整性", "压缩包附有成员以外的内容"),
    "V224": ("完整性", "压缩包中不止一个顶层文件夹，或有文件不在其中"),
    "V301": ("可用性", "不是档案：应为含 bagit.txt 的文件夹或它的 ZIP 压缩包"),
    "V302": ("可用性", "缺少 bagit.txt"),
    "V303": ("可用性", "bagit.txt 不是 BagIt 1.0、UTF-8 的声明"),
    "V304": ("可用性", "缺少 bag-info.txt"),
    "V305": ("可用性", "bag-info.txt 有读不懂的行"),
    "V306": ("可用性", "bag-info.txt 把一项写了两次"),
    "V307": ("可用性", "bag-info.txt 缺少必需的一项"),
    "V308": ("可用性", "不是不带标记的 UTF-8 文字"),
    "V309": ("可用性", "换行不是 LF"),
    "V310": ("可用性", "校验值含大写字母"),
    "V311": ("可用性", "清单有读不懂的行"),
    "V312": ("可用性", "最后一行没有结束，可能被截断"),
    "V313": ("可用性", "各行没有按文件名排列"),
    "V314": ("可用性", "压缩包损坏，读不出来"),
    "V315": ("可用性", "缺少档案必需的文件"),
    "V316": ("可用性", "不是可读的 JSON，或缺少应有的内容"),
    "V317": ("可用性", "不是可读的笔记本"),
    "V318": ("可用性", "文档打不开"),
    "V319": ("可用性", "不是可读的 RO-Crate 1.1 描述"),
    "V320": ("可用性", "描述中没有这个文件"),
    "V321": ("可用性", "描述中有，档案中没有"),
    "V322": ("可用性", "描述没有声明所依据的 RO-Crate 规范"),
    "V323": ("可用性", "描述中没有这个笔记本的运行记录"),
    "V324": ("可用性", "文件没有读取权限"),
    "V401": ("真实性", "由内容算出的编号与 bag-info.txt 的 Content-Identifier 不符"),
    "V402": ("真实性", "档案编号与内容编号不一致"),
    "V403": ("真实性", "描述中的 SHA-256 与文件不符"),
    "V404": ("真实性", "描述中的大小与文件不符"),
    "V405": ("真实性", "描述的档案编号与 bag-info.txt 不符"),
    "V406": ("真实性", "与运行过的笔记本记录的不同"),
    "V407": ("真实性", "笔记本记录了，facts.json 中没有"),
    "V408": ("真实性", "facts.json 中有，没有笔记本记录过"),
    "V409": ("真实性", "facts.json 把一个事实写了两次"),
    "V410": ("真实性", "网页正文印的数字与笔记本不同"),
    "V411": ("真实性", "网页的数字登记与 facts.json 不同"),
    "V412": ("真实性", "Word 文档印的数字与笔记本不同"),
    "V413": ("真实性", "Word 文档不是由这份 facts.json 生成的"),
    "V414": ("真实性", "Excel 自评表的数字与笔记本不同"),
    "V415": ("真实性", "代码单元没有从 1 起按顺序各运行一次"),
    "V416": ("真实性", "代码单元出错"),
    "V417": ("真实性", "运行的代码与封存的源笔记本不同"),
    "V418": ("真实性", "源笔记本与运行过的笔记本不成对"),
    "V419": ("真实性", "所用的记录不在封存的输入之中"),
    "V420": ("真实性", "读入的行数与封存的输入不符"),
    "V421": ("真实性", "内容与 sealed.json 登记的 SHA-256 不符"),
    "V422": ("真实性", "行数与 sealed.json 登记的不符"),
    "V423": ("真实性", "有核对结果为“不符”"),
    "V424": ("真实性", "运行时的输入与封存的不同"),
    "V425": ("真实性", "与运行时所用的不同"),
    "V426": ("真实性", "程序与运行时所用的不同"),
    "V427": ("真实性", "年度与 bag-info.txt 不符"),
    "V428": ("真实性", "封存的数据表与 sealed.json 的登记不成对"),
    "V429": ("真实性", "与运行时写出的不同"),
    "V431": ("真实性", "封存时签了名，签名文件不见了"),
    "V432": ("真实性", "签名与标签清单不符"),
    "V433": ("真实性", "签名者不在给出的名单之中"),
    "V434": ("真实性", "签名的密钥不是封存时登记的密钥"),
    "V435": ("真实性", "标签清单的校验值与给出的（摘要单上的）不符"),
    "V436": ("真实性", "签名文件是空的，或不是 SSH 签名"),
    "V441": ("真实性", "所接的前一份档案与登记的校验值不符"),
    "V442": ("真实性", "登记的前一份档案写法有误"),
    "V443": ("真实性", "更正只写了被取代的档案或只写了原因"),
    "V444": ("真实性", "登记自己为前一份或被取代的档案"),
    "V445": ("真实性", "旁边另有一份档案也接在同一份之后"),
    "V451": ("真实性", "完整档案与公开包登记的校验值不符"),
    "V452": ("安全性", "公开包中有不应公开的文件"),
    "V453": ("可用性", "日期写法有误"),
}

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
NAMESPACE = "selfeval-archive"
FIFTEEN_DIGITS = Context(prec=15)
SIGNED = "tagmanifest-sha256.txt"
SIGNATURES = re.compile(r"tagmanifest-(?:sha256|sm3)\.txt\.(?:sig|p7s|sm2|tsr|asc|minisig)")
MANIFESTS = re.compile(r"(?:tag)?manifest-(\w+)\.txt")
ALGORITHMS = {"sha256": 64, "sm3": 64}
NOT_CONTENT = ("data/run.json", "data/ro-crate-metadata.json")
"""Payload that the content identifier leaves out: the same build has one identifier, whenever and wherever it was made."""
CRATE = "data/ro-crate-metadata.json"
REPORTS = ("report/report.html", "report/report.pdf", "report/report.docx", "report/scorecard.xlsx")
PUBLIC = ("facts.json", *REPORTS, "ro-crate-metadata.json", "VERIFY.md", "verify.py")
PAGES = re.compile(r"report/notebooks/[0-9a-z_]+\.html")
"""The computation of each section as a web page, which the report links to."""
NEEDED = (*PUBLIC, "checks.json", "run.json", "inputs/sealed.json", "inputs/register.yml", "environment/environment.json")
KEYS = (
    "Source-Organization", "Bagging-Date", "External-Identifier", "Content-Identifier", "Payload-Oxum", "Bag-Software-Agent",
    "Fiscal-Year", "Package", "Retention-Class", "Legal-Basis", "Manifest-Algorithms",
)  # fmt: skip
PROFILES = ("https://w3id.org/ro/wfrun/process/0.5", "https://w3id.org/ro/wfrun/workflow/0.5")
PERSONAL = ("姓名", "身份证号", "银行账号", "手机号")
MOST_FILES, MOST_BYTES, MOST_RATIO = 20_000, 1 << 30, 200
SMALL = 1 << 20
IDENTITY = re.compile(
    rb"(?<![0-9A-Za-z.])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)


class Unreadable(Exception):
    """A member whose bytes cannot be had; its argument is a code."""


class Found:
    """Findings (code, place, detail), remarks that are no findings, and the fields of bag-info.txt."""

    def __init__(self) -> None:
        self.findings: list[tuple[str, str, str]] = []
        self.notes: list[str] = []
        self.digests: dict[str, str] = {}
        self.info: dict[str, str] = {}

    def __call__(self, code: str, where: str = "", detail: str = "") -> None:
        entry = (code, where, detail)
        if entry not in self.findings:
            self.findings.append(entry)

    @property
    def codes(self) -> set[str]:
        return {code for code, _, _ in self.findings}

    def to_json(self) -> Json:
        rows = [
            {"code": code, "quality": CODES[code][0], "where": where, "message": CODES[code][1], "detail": detail}
            for code, where, detail in self.findings
        ]
        verdict = {name: not any(row["quality"] == name for row in rows) for name in QUALITIES}
        return {"ok": not rows, "verdict": verdict, "findings": rows, "notes": self.notes, "digests": self.digests}

    def text(self, name: str) -> str:
        lines = ["档案：" + name]
        told = self.to_json()
        for quality in QUALITIES:
            lines.append(quality + ("：通过" if told["verdict"][quality] else "：不通过"))
            for row in told["findings"]:
                if row["quality"] == quality:
                    detail = "（" + row["detail"] + "）" if row["detail"] else ""
                    lines.append("  {} {}：{}{}".format(row["code"], row["where"], row["message"], detail))
        lines += ["提示：" + note for note in self.notes]
        lines += ["标签清单的 {}：{}".format(name.upper().replace("SHA", "SHA-"), value) for name, value in self.digests.items()]
        lines.append("结论：" + ("通过。" if told["ok"] else f"不通过，共 {len(self.findings)} 处。"))
        return "".join(_visible(line) + "\n" for line in lines)


def _visible(text: str) -> str:
    return "".join(c if c == "\t" or unicodedata.category(c)[0] != "C" else f"\\u{ord(c):04x}" for c in text)


# --- The members of a folder or of a ZIP file ---


class Folder:
    """The regular files of a folder, by their names below it."""

    def __init__(self, root: Path, found: Found) -> None:
        self.root, self.name, self.beside = root, root.resolve().name, root.resolve().parent
        self.files: dict[str, int] = {}
        self._walk(str(root), "", found)

    def _walk(self, folder: str, prefix: str, found: Found) -> None:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        if prefix and not entries:
            found("V207", prefix[:-1])
        for entry in entries:
            name = prefix + os.fsencode(entry.name).decode("utf-8", "replace")
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", False):
                found("V101", name)
            elif stat.S_ISDIR(status.st_mode):
                self._walk(entry.path, name + "/", found)
            elif not stat.S_ISREG(status.st_mode):
                found("V102", name)
            else:
                if status.st_nlink > 1:
                    found("V103", name)
                self.files[name] = status.st_size

    def read(self, name: str) -> bytes:
        try:
            return (self.root / name).read_bytes()
        except OSError:
            raise Unreadable("V324") from None


class Zip:
    """The members of a ZIP file, by their names below its one top folder."""

    def __init__(self, path: Path, found: Found) -> None:
        self.beside = path.resolve().parent
        self.files: dict[str, int] = {}
        self._members: dict[str, zipfile.ZipInfo] = {}
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError):
            raise Unreadable("V314") from None
        if self._zip.comment:
            found("V223", path.name)
        entries = self._zip.infolist()
        tops = {entry.orig_filename.split("/")[0] for entry in entries}
        self.name = min(tops, default="")
        if len(tops) > 1 or any("/" not in entry.orig_filename for entry in entries):
            found("V224", "、".join(sorted(tops))[:200])
        folders: set[str] = set()
        for entry in entries:
            self._add(entry, folders, found)
        for folder in folders:
            if not any(name.startswith(folder) for name in self.files):
                found("V207", folder[:-1])

    def _add(self, entry: zipfile.ZipInfo, folders: set[str], found: Found) -> None:
        whole = entry.orig_filename
        name = whole[len(self.name) + 1 :] if whole.startswith(self.name + "/") else whole
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind == stat.S_IFLNK:
            found("V101", name)
        elif whole.endswith("/"):
            if name:
                folders.add(name)
        elif kind not in (0, stat.S_IFREG):
            found("V102", name)
        elif entry.flag_bits & 1:
            found("V110", name)
        elif entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            found("V109", name)
        elif name in self.files:
            found("V222", name)
        else:
            self.files[name], self._members[name] = entry.file_size, entry

    def read(self, name: str) -> bytes:
        try:
            return self._zip.read(self._members[name])
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
            raise Unreadable("V314") from None
        except Exception as error:  # zlib.error is not among the exceptions that zipfile names
            raise Unreadable("V314") from error


def _names(bag: Bag, found: Found) -> None:
    twins = Counter(name.casefold() for name in bag.files)
    for name in list(bag.files):
        parts = name.split("/")
        if name.startswith(("/", "~")) or re.match("[A-Za-z]:", name) or any(part in ("", ".", "..") for part in parts):
            found("V104", name)
        if "\\" in name or "%" in name or any(unicodedata.category(character)[0] == "C" for character in name):
            found("V105", name)
        if unicodedata.normalize("NFC", name) != name:
            found("V106", name)
        if twins[name.casefold()] > 1:
            found("V107", name)
        if bag.files[name] > MOST_BYTES:
            found("V109", name)
            del bag.files[name]
    if len(bag.files) > MOST_FILES:
        found("V109", "", f"{len(bag.files)} 个文件")


if TYPE_CHECKING:  # nothing newer than Python 3.8 is needed to run this file
    Bag = Folder | Zip
    Json = dict[str, Any]


class Members:
    """The bytes of all members with their digests; one that cannot be read is told once and is then as good as absent."""

    def __init__(self, bag: Bag, found: Found) -> None:
        self.digests: dict[str, dict[str, str | None]] = {}
        self._kept: dict[str, bytes] = {}
        for name in sorted(bag.files):
            try:
                data = bag.read(name)
            except Unreadable as error:
                found(error.args[0], name)
                del bag.files[name]
                continue
            self.digests[name] = {algorithm: _digest(algorithm, data) for algorithm in ALGORITHMS}
            if not name.startswith("data/code/"):
                self._kept[name] = data
        self.sizes = bag.files

    def __contains__(self, name: str) -> bool:
        return name in self.sizes

    def __getitem__(self, name: str) -> bytes:
        return self._kept[name]

    def payload(self) -> list[str]:
        return [name for name in self.sizes if name.startswith("data/")]

    def json(self, name: str, found: Found, *keys: str) -> Json:
        """The object in a JSON file, {} where it is none or lacks a key."""
        if name not in self:
            return {}
        try:
            content: Json = json.loads(self[name].decode("utf-8"))
            if not all(key in content for key in keys):
                raise ValueError
            return content
        except (ValueError, TypeError, RecursionError):
            found("V316", name)
            return {}


def _digest(algorithm: str, data: bytes) -> str | None:
    try:
        return hashlib.new(algorithm, data).hexdigest()
    except ValueError:
        return None  # this machine's OpenSSL has no SM3


# --- 完整性: tag files and manifests ---


def _lines(members: Members, name: str, found: Found) -> list[str]:
    try:
        text = members[name].decode("utf-8")
    except UnicodeDecodeError:
        text = "\ufeff"
    if text.startswith("\ufeff"):
        found("V308", name)
        return []
    if "\r" in text:
        found("V309", name)
    if not text.endswith("\n"):
        found("V312", name)
    return text.replace("\r", "").split("\n")[: -1 if text.endswith("\n") else None]


def read_info(members: Members, found: Found) -> dict[str, str]:
    """The fields of bag-info.txt."""
    if "bag-info.txt" not in members:
        found("V304")
        return {}
    info: dict[str, str] = {}
    for line in _lines(members, "bag-info.txt", found):
        match = re.fullmatch(r"([A-Za-z0-9-]+): (\S.*)", line)
        if not match:
            found("V305", "bag-info.txt", line[:60])
        elif match[1] in info:
            found("V306", "bag-info.txt", match[1])
        else:
            info[match[1]] = match[2]
    for key in KEYS:
        if key not in info:
            found("V307", "bag-info.txt", key)
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", info.get("Bagging-Date", "2000-01-01")):
        found("V453", "bag-info.txt", "Bagging-Date")
    return info


def _manifest(members: Members, name: str, found: Found) -> dict[str, str]:
    listed: dict[str, str] = {}
    order: list[str] = []
    for line in _lines(members, name, found):
        match = re.fullmatch("([0-9a-fA-F]{64})  (.+)", line)
        if not match:
            found("V311", name, line[:60])
            continue
        if match[1] != match[1].lower():
            found("V310", name, match[2])
        if match[2] in listed:
            found("V217", name, match[2])
        listed[match[2]] = match[1].lower()
        order.append(match[2])
    if order != sorted(order):
        found("V313", name)
    return listed


def _tag_files(members: Members, info: dict[str, str], found: Found) -> None:
    if "bagit.txt" not in members:
        found("V302")
    elif members["bagit.txt"] != BAGIT:
        found("V303", "bagit.txt")
    promised = info.get("Manifest-Algorithms", "sha256").split()
    for name in ("manifest-sha256.txt", SIGNED):
        if name not in members:
            found("V208" if name.startswith("m") else "V210", name)
    if "sm3" in promised:
        for code, name in (("V209", "manifest-sm3.txt"), ("V211", "tagmanifest-sm3.txt")):
            if name not in members:
                found(code, name)
    for name in members.sizes:
        top = name.split("/")[0]
        manifest = MANIFESTS.fullmatch(name)
        if name == "fetch.txt":
            found("V108", name)
        elif manifest and (manifest[1] not in ALGORITHMS or manifest[1] not in promised):
            found("V221", name)
        elif "/" in name and top != "data":
            found("V206", top)
        elif "/" not in name and not (manifest or name in ("bagit.txt", "bag-info.txt") or SIGNATURES.fullmatch(name)):
            found("V205", name)


def _manifests(members: Members, info: dict[str, str], found: Found) -> None:
    listed = {}
    for name in members.sizes:
        if MANIFESTS.fullmatch(name) and name.split("-")[1][:-4] in ALGORITHMS:
            listed[name] = _manifest(members, name, found)
    sets = [frozenset(listed[name]) for name in ("manifest-sha256.txt", "manifest-sm3.txt") if name in listed]
    if len(sets) == 2 and sets[0] != sets[1]:
        found("V218", "manifest-sm3.txt", "、".join(sorted(sets[0] ^ sets[1]))[:200])
    tags = [name for name in members.sizes if "/" not in name and not name.startswith("tagmanifest-") and name != "fetch.txt"]
    for name, entries in listed.items():
        algorithm = name.split("-")[1][:-4]
        if name.startswith("manifest-"):
            _payload_manifest(members, algorithm, entries, found)
        else:
            _tag_manifest(members, algorithm, entries, tags, found)
    size = f"{sum(members.sizes[name] for name in members.payload())}.{len(members.payload())}"
    if info.get("Payload-Oxum", size) != size:
        found("V220", "bag-info.txt", "应为 " + size)
    if all(digests["sm3"] is None for digests in members.digests.values()):
        found.notes.append("本机的 OpenSSL 没有 SM3 算法，只核对了 SHA-256。")


def _payload_manifest(members: Members, algorithm: str, entries: dict[str, str], found: Found) -> None:
    for name, value in entries.items():
        if not name.startswith("data/"):
            found("V219", name)
        elif name not in members:
            found("V202", name)
        elif members.digests[name][algorithm] not in (None, value):
            found("V203" if algorithm == "sha256" else "V204", name)
    for name in members.payload():
        if name not in entries:
            found("V201", name, algorithm)


def _tag_manifest(members: Members, algorithm: str, entries: dict[str, str], tags: list[str], found: Found) -> None:
    for name, value in entries.items():
        if "/" in name or name.startswith("tagmanifest-"):
            found("V216", name)
        elif name not in members:
            found("V215", name)
        elif members.digests[name][algorithm] not in (None, value):
            found("V212" if algorithm == "sha256" else "V213", name)
    for name in tags:
        if name not in entries:
            found("V214", name, algorithm)


# --- 真实性: identifier, signature, chain ---


def content_identifier(digests: dict[str, str]) -> str:
    """The identifier of payload files given as a mapping of names to SHA-256."""
    lines = [f"{digests[name]}  {name}\n" for name in sorted(digests) if name not in NOT_CONTENT]
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()[:32]


def _identifier(members: Members, info: dict[str, str], bag: Bag, found: Found) -> None:
    own = content_identifier({name: members.digests[name]["sha256"] or "" for name in members.payload()})
    if info.get("Content-Identifier", own) != own:
        found("V401", "bag-info.txt", "应为 " + own)
    content, full = info.get("Content-Identifier", own), info.get("Full-Archive-Identifier", "")
    expected = full + "-public" if info.get("Package") == "public" else content
    if info.get("External-Identifier", expected) != expected:
        found("V402", "bag-info.txt", "应为 " + expected)
    elif bag.name != expected:
        found.notes.append(f"文件夹名“{bag.name}”不是档案编号 {expected}。")


def _signature(members: Members, info: dict[str, str], signers: str | Path | None, found: Found) -> None:
    promised, name = info.get("Signing-Key"), SIGNED + ".sig"
    if SIGNED not in members:
        return  # told among the manifests
    others = [other for other in members.sizes if SIGNATURES.fullmatch(other) and other != name]
    found.notes += [f"签名文件 {other} 须用相应的软件核对。" for other in others]
    found.notes += [] if others or name in members else ["档案没有电子签名；请把上面的校验值与盖章的摘要单核对。"]
    for other in others:
        if not members[other]:
            found("V436", other)
    if name not in members:
        if promised:
            found("V431", name)
        return
    if not members[name].startswith(b"-----BEGIN SSH SIGNATURE-----"):
        found("V436", name)
        return
    with tempfile.TemporaryDirectory() as folder:
        signature = str(Path(folder) / "signature")
        Path(signature).write_bytes(members[name])
        signed = members[SIGNED]
        try:
            checked = _ssh(["check-novalidate", "-n", NAMESPACE, "-s", signature], signed)
            if signers and checked.returncode == 0:
                owner = _ssh(["find-principals", "-f", str(signers), "-s", signature], b"")
                who = owner.stdout.decode("utf-8", "replace").split("\n")[0]
                arguments = ["verify", "-f", str(signers), "-I", who, "-n", NAMESPACE, "-s", signature]
                if owner.returncode or _ssh(arguments, signed).returncode:
                    found("V433", name)
                else:
                    found.notes.append(f"签名者：{who}。")
        except OSError:
            found.notes.append("本机没有 ssh-keygen，签名未核对。")
            return
    if checked.returncode:
        found("V432", name)
        return
    key = (re.findall(r"SHA256:[A-Za-z0-9+/]+", checked.stdout.decode("utf-8", "replace")) or [""])[0]
    if promised and key != promised:
        found("V434", name, key)
    found.notes.append("签名密钥：{}。{}".format(key, "" if signers else "密钥属于谁，请用 --signers 名单核对。"))


def _ssh(arguments: list[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    command = ["ssh-keygen", "-Y", *arguments]
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)


def archives_beside(folder: Path) -> dict[str, tuple[dict[str, str], str]]:
    """The fields of bag-info.txt and the SHA-256 of the tag manifest of each archive in a folder, by its name."""
    beside = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            if path.name.startswith(".") or not (path / "bag-info.txt").is_file():
                continue
            lines = (path / "bag-info.txt").read_text("utf-8").split("\n")
            info = dict(line.split(": ", 1) for line in lines if ": " in line)
            beside[path.name] = (info, hashlib.sha256((path / SIGNED).read_bytes()).hexdigest())
        except (OSError, UnicodeDecodeError):
            continue
    return beside


def _chain(info: dict[str, str], bag: Bag, found: Found) -> None:
    own = info.get("External-Identifier", "")
    beside = {name: entry for name, entry in archives_beside(bag.beside).items() if name != bag.name}
    known = {entry[0].get("External-Identifier"): entry for entry in beside.values()}
    previous, value = info.get("Previous-Archive-Identifier"), info.get("Previous-Archive-SHA256")
    hexadecimal = value is None or re.fullmatch("[0-9a-f]{64}", value)
    if (previous is None) != (value is None) or not hexadecimal or (previous and not re.fullmatch("[0-9a-f]{32}", previous)):
        found("V442", "bag-info.txt")
    elif previous == own or info.get("Supersedes") == own:
        found("V444", "bag-info.txt")
    elif previous:
        if previous not in known:
            found.notes.append(f"前一份档案 {previous} 不在旁边，没有核对。")
        elif known[previous][1] != value:
            found("V441", previous)
        for other, (fields, _) in beside.items():
            if fields.get("Previous-Archive-Identifier") == previous and fields.get("External-Identifier") != own:
                found("V445", other)
    if ("Supersedes" in info) != ("Supersedes-Reason" in info):
        found("V443", "bag-info.txt")
    for name, (fields, _) in beside.items():
        if fields.get("Supersedes") == own and fields.get("External-Identifier") != own:
            found.notes.append("已被 {} 取代：{}".format(name, fields.get("Supersedes-Reason", "")))
    full = info.get("Full-Archive-Identifier", "")
    if full in known and known[full][1] != info.get("Full-Archive-SHA256"):
        found("V451", full)


# --- The contents: facts in notebooks and documents, inputs, description ---


def _needed(members: Members, info: dict[str, str], found: Found) -> None:
    public = info.get("Package") == "public"
    for name in PUBLIC if public else NEEDED:
        if "data/" + name not in members:
            found("V315", "data/" + name)
    if public:
        for name in members.payload():
            if name[5:] not in PUBLIC and not PAGES.fullmatch(name[5:]):
                found("V452", name)


def _facts(members: Members, found: Found) -> tuple[dict[str, Json], Any]:
    """facts.json by id."""
    content = members.json("data/facts.json", found, "facts", "year")
    facts: dict[str, Json] = {}
    for fact in content.get("facts", []):
        if fact["id"] in facts:
            found("V409", "data/facts.json", fact["id"])
        facts[fact["id"]] = fact
    return facts, content.get("year")


class Notebooks:
    """What the executed notebooks record and print."""

    def __init__(self, members: Members, found: Found) -> None:
        self.facts: dict[str, Json] = {}
        self.printed: Counter[tuple[str, str]] = Counter()
        self.tables: list[Json] = []
        sources, executed = (
            {name.split("/")[-1]: name for name in members.payload() if name.startswith(folder) and name.endswith(".ipynb")}
            for folder in ("data/notebooks/source/", "data/notebooks/executed/")
        )
        for name in sorted(set(sources) ^ set(executed)):
            found("V418", name)
        for name in sorted(executed):
            notebook = self._read(members, executed[name], found)
            source = self._read(members, sources[name], found) if name in sources else None
            if notebook is not None:
                self._take(notebook, executed[name], found)
            if notebook is not None and source is not None:
                ran = [_source(cell) for cell in notebook["cells"] if "injected-parameters" not in _tags(cell)]
                if ran != [_source(cell) for cell in source["cells"]]:
                    found("V417", executed[name])

    @staticmethod
    def _read(members: Members, name: str, found: Found) -> Json | None:
        try:
            notebook: Json = json.loads(members[name].decode("utf-8"))
            [(cell["cell_type"], cell["source"], cell["metadata"]) for cell in notebook["cells"]]
            return notebook
        except (ValueError, KeyError, TypeError, RecursionError):
            found("V317", name)
            return None

    def _take(self, notebook: Json, name: str, found: Found) -> None:
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        if [cell.get("execution_count") for cell in code] != list(range(1, len(code) + 1)):
            found("V415", name)
        for output in (output for cell in code for output in cell.get("outputs", [])):
            if output.get("output_type") == "error":
                found("V416", name)
            data = output.get("data", {})
            records = data.get("application/vnd.selfeval.facts+json", [])
            for fact in [*records, *(data[key] for key in ("application/vnd.selfeval.fact+json",) if key in data)]:
                self.facts[fact["id"]] = fact
            block = data.get("application/vnd.selfeval.block+json")
            if block:
                self.printed.update(_prints(block))
                self.tables += [block] if block.get("kind") == "table" else []


def _source(cell: Json) -> tuple[str, str]:
    return cell["cell_type"], "".join(cell["source"])


def _tags(cell: Json) -> list[str]:
    tags: list[str] = cell["metadata"].get("tags", [])
    return tags


def _prints(part: Any) -> Iterator[tuple[str, str]]:
    """Fact ids with the text that stands for each, in a block or any part of one."""
    if isinstance(part, dict):
        if "fact" in part and "display" in part:
            yield part["fact"], part["display"]
        for value in part.values():
            yield from _prints(value)
    elif isinstance(part, list):
        for value in part:
            yield from _prints(value)


def _recorded(facts: dict[str, Json], notebooks: Notebooks, found: Found) -> None:
    for name, fact in notebooks.facts.items():
        if name not in facts:
            found("V407", name)
        elif any(facts[name].get(key) != value for key, value in fact.items()):
            found("V406", name)
    for name in facts:
        if name not in notebooks.facts:
            found("V408", name)


class _Page(HTMLParser):
    """A web page: its figures (elements with `data-fact`, whose own text is what is printed), the register's among them, its
    scripts, and whether it loads or runs anything else.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.printed: Counter[tuple[str, str]] = Counter()
        self.shown: dict[str, str] = {}
        self.scripts: list[str] = []
        self.policy = ""
        self.active = False
        self._fact: str | None = None
        self._text, self._depth, self._registered, self._in_script = "", 0, False, False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        loads = [given.get("src", ""), given.get("srcset", ""), given.get("href", "") if tag in ("link", "image", "use") else ""]
        if tag in ("iframe", "object", "embed", "base") or any(name.startswith("on") for name in given):
            self.active = True
        if any(re.match(r"\s*([a-z+.-]+:)?//", value, re.I) for value in loads) or (tag == "script" and "src" in given):
            self.active = True
        if re.match(r"\s*javascript:", given.get("href", ""), re.I):
            self.active = True
        if tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = given.get("content", "")
        if tag == "script":
            self._in_script = True
            self.scripts.append("")
        if self._fact is not None:
            self._depth += 1
        elif "data-fact" in given:
            self._fact, self._text, self._depth = given["data-fact"], "", 0
            self._registered = "shown" in given.get("class", "").split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False
        if self._fact is None:
            return
        if self._depth:
            self._depth -= 1
        elif self._registered:
            self.shown[self._fact], self._fact = self._text, None
        else:
            self.printed[self._fact, self._text] += 1
            self._fact = None

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data
        elif self._fact is not None and not self._depth:
            self._text += data


def _page(members: Members, name: str, found: Found) -> _Page | None:
    """A web page that runs nothing but what its own policy names, and in a full archive nothing but the sealed program's."""
    try:
        text = members[name].decode("utf-8")
    except UnicodeDecodeError:
        found("V318", name)
        return None
    page = _Page()
    page.feed(text)
    hashes = [hashlib.sha256(script.encode("utf-8")) for script in page.scripts]
    named = {"'sha256-" + base64.b64encode(item.digest()).decode() + "'" for item in hashes}
    allowed = set((re.findall(r"script-src ([^;]*)", page.policy) or [""])[0].split())
    program = {members.digests[path]["sha256"] for path in members.payload() if path.startswith("data/code/")}
    foreign = {item.hexdigest() for item in hashes} - program if program else set()
    if page.active or "default-src 'none'" not in page.policy or named != allowed or foreign:
        found("V114", name)
    return page


def _html(members: Members, facts: dict[str, Json], notebooks: Notebooks | None, found: Found) -> None:
    """The pages: what the notebooks print stands in the report, and what it prints beside that are the facts' own words."""
    for name in members.payload():
        if name.startswith("data/report/notebooks/"):
            _page(members, name, found)
    name = "data/report/report.html"
    page = _page(members, name, found)
    if page is None:
        return
    if notebooks is not None:
        own = {(fact, facts.get(fact, {}).get("display")) for fact, _ in page.printed}
        more = {pair for pair in page.printed - notebooks.printed if pair not in own}
        for fact in sorted({fact for fact, _ in more | set(notebooks.printed - page.printed)}):
            found("V410", name, fact)
    for fact in sorted(set(page.shown) | set(facts)):
        if page.shown.get(fact) != facts.get(fact, {}).get("display"):
            found("V411", name, fact)


def _parts(members: Members, name: str, found: Found) -> dict[str, ElementTree.Element]:
    """The XML parts of an Office document."""
    try:
        with zipfile.ZipFile(io.BytesIO(members[name])) as file:
            if sum(entry.file_size for entry in file.infolist()) > MOST_BYTES:
                raise ValueError
            parts = {entry.filename: file.read(entry) for entry in file.infolist()}
            parsed = {}
            for part, data in parts.items():
                if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                    found("V112", name, part)
                elif part.endswith((".xml", ".rels")):
                    parsed[part] = ElementTree.fromstring(data)
    except Exception:  # zipfile and its decompressors raise many kinds for what is no archive
        found("V318", name)
        return {}
    macros = [part for part in parts if part.endswith(".bin") or "/embeddings/" in part]
    outside = [part for part in parts if part.endswith(".rels") and b'TargetMode="External"' in parts[part]]
    for part in macros + outside:
        found("V113", name, part)
    return parsed


def facts_digest(facts: dict[str, Json]) -> str:
    """What a Word report carries of the facts that it was printed from."""
    known = {name: [fact["value"], fact["unit"], fact["display"]] for name, fact in facts.items()}
    return hashlib.sha256(json.dumps(known, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _docx(members: Members, facts: dict[str, Json], notebooks: Notebooks | None, found: Found) -> None:
    name, w = "data/report/report.docx", "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    parts = _parts(members, name, found)
    if not parts:
        return
    if "word/document.xml" not in parts:
        found("V318", name)
        return
    printed: Counter[tuple[str, str]] = Counter()
    for control in parts["word/document.xml"].iter(w + "sdt"):
        tag = control.find(w + "sdtPr/" + w + "tag")
        if tag is not None:
            printed[tag.get(w + "val", ""), "".join(text.text or "" for text in control.iter(w + "t"))] += 1
    if notebooks is not None:  # its register shows each fact once more
        needed = notebooks.printed + Counter((fact, facts[fact]["display"]) for fact in facts)
        for fact in sorted({fact for fact, _ in (printed - needed) + (needed - printed)}):
            found("V412", name, fact)
    properties = parts.get("docProps/custom.xml")
    if properties is None or facts_digest(facts) not in [item.text for item in properties.iter()]:
        found("V413", name)


def _xlsx(members: Members, notebooks: Notebooks | None, found: Found) -> None:
    name, s = "data/report/scorecard.xlsx", "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    parts = _parts(members, name, found)
    if not parts:
        return
    sheet = parts.get("xl/worksheets/sheet1.xml")
    if sheet is None:
        found("V318", name)
        return
    cells = ["".join(text.text or "" for text in cell.iter() if text.tag in (s + "t", s + "v")) for cell in sheet.iter(s + "c")]
    if notebooks is None:
        return
    forms = [table for table in notebooks.tables if table["caption"] == (cells[0] if cells else None)]
    if not forms:
        found("V414", name, "没有笔记本中的自评表")
        return
    present = Counter(map(_plain, cells))
    needed: Counter[str] = Counter()
    for row in forms[0]["rows"]:
        for cell in row:
            if any("fact" in run for run in cell["runs"]):
                needed[_plain("".join(run.get("text", run.get("display", "")) for run in cell["runs"]))] += 1
    for text in sorted(needed - present):
        found("V414", name, text)


def _plain(text: str) -> str:
    """A number as spreadsheets show it, to 15 digits: programs write 98.76 as 98.76000000000001 too."""
    try:
        return str(FIFTEEN_DIGITS.create_decimal(text).normalize())
    except InvalidOperation:
        return text


def _pdf(members: Members, found: Found) -> None:
    name = "data/report/report.pdf"
    if not members[name].startswith(b"%PDF-") or b"%%EOF" not in members[name][-64:]:
        found("V318", name)


def _inputs(members: Members, facts: dict[str, Json], found: Found) -> None:
    sealed = members.json("data/inputs/sealed.json", found, "files")
    run = members.json("data/run.json", found, "inputs", "parameters", "code", "outputs")
    files = {entry["table"]: entry for entry in sealed.get("files", [])}
    for fact in facts.values() if sealed else ():
        for source in fact["sources"]:
            entry = files.get(source["table"], {})
            if entry.get("sha256") != source["sha256"]:
                found("V419", fact["id"], source["table"])
            elif entry["rows"] != source["rows_read"]:
                found("V420", fact["id"], source["table"])
    tables = {name for name in members.payload() if name.startswith("data/inputs/tables/")}
    for name in sorted(tables ^ {"data/inputs/" + entry["clean"]["file"] for entry in files.values()} if sealed else ()):
        found("V428", name)
    for entry in files.values():
        name = "data/inputs/" + entry["clean"]["file"]
        if name not in members:
            continue
        if members.digests[name]["sha256"] != entry["clean"]["sha256"]:
            found("V421", name)
        rows = _rows(members[name])
        if len(rows) - 1 != entry["clean"]["rows"]:
            found("V422", name, f"{len(rows) - 1} 行")
        if set(PERSONAL) & set(rows[0] if rows else ()):
            found("V115", name)
    if not run or not sealed:
        return
    used = {entry["file"]: entry["sha256"] for entry in run["inputs"]}
    if used != {entry["file"]: entry["sha256"] for entry in files.values()}:
        found("V424", "data/run.json")
    for key, value in run["parameters"].items():
        name = "data/" + setting_path(key, run["year"])
        if name in members and members.digests[name]["sha256"] != value:
            found("V425", name)
        elif name not in members:
            found("V315", name)
    for key, value in run["outputs"].items():
        name = "data/" + output_path(key)
        if name not in members or members.digests[name]["sha256"] != value:
            found("V429", name)
    code = sorted(name for name in members.payload() if name.startswith("data/code/src/helpers/"))
    whole = "".join("{}  {}\n".format(members.digests[name]["sha256"], name[22:]) for name in code)
    if hashlib.sha256(whole.encode("utf-8")).hexdigest() != run["code"]:
        found("V426", "data/code")


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline="")))


def setting_path(key: str, year: int) -> str:
    """Where the archive keeps a file that run.json names among the parameters."""
    if key.endswith(".ipynb") or key == "outline":
        return "notebooks/source/" + ("outline.yml" if key == "outline" else key)
    if key == "register":
        return "inputs/register.yml"
    return "parameters/" + (f"{year}.yml" if key == "parameters" else key)


def output_path(name: str) -> str:
    """Where the archive keeps a file of a build."""
    if name.startswith("notebooks/") and name.endswith(".html"):
        return "report/" + name
    if name.startswith("notebooks/"):
        return name.replace("notebooks/", "notebooks/executed/", 1)
    return "report/" + name if "report/" + name in REPORTS else name


def _crate(members: Members, info: dict[str, str], found: Found) -> None:
    if CRATE not in members:
        return
    try:
        graph = json.loads(members[CRATE].decode("utf-8"))["@graph"]
        entities = {unquote(entity["@id"]): entity for entity in graph}
        root, about = entities["./"], entities["ro-crate-metadata.json"]
    except (ValueError, KeyError, TypeError, RecursionError):
        found("V319", CRATE)
        return
    profiles = [item.get("@id") for item in _many(root.get("conformsTo"))]
    public = info.get("Package") == "public"
    wrong = [] if public else [profile for profile in PROFILES if profile not in profiles]
    if wrong or [item.get("@id") for item in _many(about.get("conformsTo"))] != ["https://w3id.org/ro/crate/1.1"]:
        found("V322", CRATE, "、".join(wrong))
    if root.get("identifier") != info.get("External-Identifier"):
        found("V405", CRATE)
    described = {name for name, entity in entities.items() if "File" in _many(entity.get("@type"))}
    for name in sorted(described):
        path = "data/" + name
        if path not in members:
            found("V321", CRATE, name)
            continue
        if entities[name].get("sha256") != members.digests[path]["sha256"]:
            found("V403", path)
        if entities[name].get("contentSize") != str(members.sizes[path]):
            found("V404", path)
    for path in members.payload():
        if path != CRATE and path[5:] not in described:
            found("V320", path)
    actions = [entity for entity in graph if entity.get("@type") == "CreateAction"]
    results = {unquote(item["@id"]) for action in actions for item in _many(action.get("result"))}
    for path in members.payload():
        if path.startswith("data/notebooks/executed/") and path[5:] not in results:
            found("V323", path)


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _persons(members: Members, found: Found) -> None:
    """Identity numbers by form, date of birth and check digit (GB 11643)."""
    for name in members.payload():
        if not name.endswith((".json", ".csv", ".yml", ".ipynb", ".html", ".md")):
            continue
        for match in IDENTITY.finditer(members[name] if not name.startswith("data/code/") else b""):
            number = match.group().decode().upper()
            after = members[name][match.end() : match.end() + 1]
            total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
            if "10X98765432"[total % 11] == number[17] and not after.isalnum():
                found("V111", name)


# --- The whole ---


def verify(path: str | Path, signers: str | Path | None = None, digest: str | None = None) -> Found:
    """All that is found in the archive at `path` (a folder or a ZIP file); `signers` is a file of allowed signers for
    ssh-keygen, `digest` the SHA-256 or SM3 of the tag manifest as the stamped sheet shows it.
    """
    found = Found()
    path = Path(path)
    try:
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise Unreadable("V301")
        bag: Bag = Folder(path, found) if path.is_dir() else Zip(path, found)
    except (Unreadable, OSError) as error:
        found(error.args[0] if isinstance(error, Unreadable) else "V301", str(path))
        return found
    _names(bag, found)
    if "V109" in found.codes:
        return found
    if not any(name in ("bagit.txt", "bag-info.txt", SIGNED) for name in bag.files):
        found("V301", str(path))
        return found
    members = Members(bag, found)
    found.info = info = read_info(members, found)
    _tag_files(members, info, found)
    _manifests(members, info, found)
    _identifier(members, info, bag, found)
    if SIGNED in members:
        found.digests = {name: value for name, value in members.digests[SIGNED].items() if value}
        if digest and digest.lower().replace(" ", "") not in found.digests.values():
            found("V435", SIGNED)
    _signature(members, info, signers, found)
    _chain(info, bag, found)
    _needed(members, info, found)
    try:
        _contents(members, info, found)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        found("V316", "data", type(error).__name__)  # some content has not the form that all archives have
    return found


def _contents(members: Members, info: dict[str, str], found: Found) -> None:
    facts, year = _facts(members, found)
    if year is not None and str(year) != info.get("Fiscal-Year", str(year)):
        found("V427", "data/facts.json")
    public = info.get("Package") == "public"
    notebooks = None if public else Notebooks(members, found)
    if notebooks is not None:
        _recorded(facts, notebooks, found)
        _inputs(members, facts, found)
        for check in members.json("data/checks.json", found, "checks").get("checks", []):
            if check["verdict"] == "不符":
                found("V423", "data/checks.json", check["id"])
    for check, name in ((_html, "report.html"), (_docx, "report.docx")):
        if "data/report/" + name in members:
            check(members, facts, notebooks, found)
    if "data/report/scorecard.xlsx" in members:
        _xlsx(members, notebooks, found)
    if "data/report/report.pdf" in members:
        _pdf(members, found)
    _crate(members, info, found)
    _persons(members, found)


def main(arguments: list[str] | None = None) -> int:
    """The command of the copy in an archive. Returns 0 where nothing is found, else 1."""
    parser = argparse.ArgumentParser(description="核对封存的自评档案（文件夹或 ZIP）。只需要 Python，不联网，不解压。")
    parser.add_argument("bag", metavar="档案", nargs="?", default=str(Path(__file__).resolve().parent.parent))
    parser.add_argument("--signers", metavar="文件", help="可信签名者名单（ssh-keygen 的 allowed_signers）")
    parser.add_argument("--digest", metavar="校验值", help="摘要单上的标签清单校验值（SHA-256 或 SM3）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    given = parser.parse_args(arguments)
    found = verify(given.bag, given.signers, given.digest)
    text = json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n" if given.json else found.text(given.bag)
    sys.stdout.write(text)
    return 1 if found.findings else 0


if __name__ == "__main__":
    sys.exit(main())
