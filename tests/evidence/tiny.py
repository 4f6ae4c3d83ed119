"""Small archives with everything in them that a verifier looks at, made in milliseconds."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import zipfile
from pathlib import Path

from helpers.evidence.bag import bag_files
from helpers.evidence.contents import json_bytes
from helpers.evidence.crate import full_crate, public_crate
from helpers.evidence.verify_bag import (
    PUBLIC,
    REPORTS,
    SIGNED,
    content_identifier,
    facts_digest,
    output_path,
    setting_path,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FACT, BLOCK = "application/vnd.selfeval.fact+json", "application/vnd.selfeval.block+json"
STEMS = ("01_profile", "02_spending")
RAW = "ab" * 32
SCRIPT = b"sort();"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def contents(seed: int = 0) -> dict[str, bytes]:
    """The payload of a full archive but for its description; another seed gives other figures, names and numbers of rows."""
    draw = random.Random(seed)
    people = [draw.choice("甲乙丙丁戊己庚辛") + "地区" + draw.choice(["", "（县）", " 二", "&<>"]) for _ in range(1 + seed % 7)]
    table = (
        "项目编码,地区,金额\n" + "".join(f'P{n},"{name}",{draw.randrange(10**6)}.00\n' for n, name in enumerate(people))
    ).encode()
    facts = [fact(n, draw.randrange(10**8), len(people)) for n in range(2, 4 + seed % 5)]
    made: dict[str, bytes] = {}
    for number, stem in enumerate(STEMS, start=1):
        own = [item for item in facts if item["section"] == number]
        source, executed = notebooks(own, number)
        made[f"notebooks/source/{stem}.ipynb"], made[f"notebooks/executed/{stem}.ipynb"] = source, executed
    made["facts.json"] = json_bytes({"schema": 1, "year": 2022, "facts": facts})
    made["checks.json"] = json_bytes({"schema": 1, "checks": [{"id": "a", "verdict": "相符"}, {"id": "b", "verdict": "待查"}]})
    made |= reports(facts)
    made["notebooks/source/outline.yml"] = b"sections: []\n"
    made["parameters/2022.yml"] = b"fiscal_year: 2022\n"
    made["parameters/rules/national.yml"] = b"name: x\n"
    made["inputs/register.yml"] = b"files: []\n"
    made["inputs/tables/payments.csv"] = table
    made["inputs/sealed.json"] = json_bytes({"schema": 1, "files": [sealed(table, len(people))]})
    made["environment/environment.json"] = json_bytes({"python": "3.11", "packages": {}})
    made["code/src/helpers/a.py"] = f"A = {seed}\n".encode()
    made["code/src/helpers/report.js"] = SCRIPT
    made["VERIFY.md"], made["verify.py"] = "# 核对\n".encode(), b"pass\n"
    made["run.json"] = json_bytes(run(made))
    return made


def fact(number: int, value: int, rows: int) -> dict:
    source = {"table": "payments", "sha256": RAW, "rows_kept": rows, "rows_read": rows, "filter": ""}
    return {
        "id": f"a.fact{number}",
        "label": f"数字{number}",
        "value": str(value),
        "unit": "人",
        "display": f"{value}人",
        "origin": "ledger",
        "recomputed_from": None,
        "formula": "计数",
        "sources": [source],
        "section": 1 + number % 2,
        "cell": "01_profile#2",
        "printed_in": ["一"],
    }


def form(facts: list[dict]) -> dict:
    rows = [[{"runs": [{"text": "名称"}]}, {"runs": [{"fact": item["id"], "display": item["value"]}]}] for item in facts]
    return {"kind": "table", "caption": "自评表", "rows": rows, "notes": []}


def notebooks(facts: list[dict], number: int) -> tuple[bytes, bytes]:
    """A source notebook and the executed one; the second section's prints the form."""
    outputs = [output({FACT: {key: value for key, value in item.items() if key not in ("cell", "printed_in")}}) for item in facts]
    runs = [{"text": "实际"}, *({"fact": item["id"], "display": item["display"]} for item in facts)]
    outputs.append(output({BLOCK: {"kind": "paragraph", "runs": runs}}))
    if number == 2:
        outputs.append(output({BLOCK: form(facts)}))
    texts = [cell("markdown", "说明"), cell("code", "fiscal_year: int = 2022", tags=["parameters"]), cell("code", "record()")]
    ran = [*texts[:2], cell("code", "fiscal_year = 2022", tags=["injected-parameters"]), texts[2]]
    executed = []
    for place, item in enumerate(item for item in ran):
        done = json.loads(json.dumps(item))
        if done["cell_type"] == "code":
            done |= {"execution_count": place, "outputs": outputs if place == 3 else []}
        executed.append(done)
    return json_bytes({"cells": texts}), json_bytes({"cells": executed})


def cell(kind: str, source: str, tags: list[str] = ()) -> dict:
    return {"cell_type": kind, "source": source, "metadata": {"tags": list(tags)}}


def output(data: dict) -> dict:
    return {"output_type": "display_data", "data": data}


def reports(facts: list[dict]) -> dict[str, bytes]:
    pairs = [(item["id"], item["display"]) for item in facts]
    pairs += [(item["id"], item["value"]) for item in facts if item["section"] == 2]
    links = "".join(f'<a class="fact kept" data-fact="{name}">{text}<sup>△</sup></a>' for name, text in pairs)
    entries = "".join(f'<p><span class="shown" data-fact="{item["id"]}">{item["display"]}</span></p>' for item in facts)
    controls = "".join(
        f'<w:sdt><w:sdtPr><w:tag w:val="{name}"/></w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>'
        for name, text in [*pairs, *((item["id"], item["display"]) for item in facts)]
    )
    about = facts_digest({item["id"]: item for item in facts})
    numbers = "".join(f"<c><v>{item['value']}</v></c>" for item in facts if item["section"] == 2)
    title = '<c t="inlineStr"><is><t>自评表</t></is></c>'
    return {
        "report/report.html": page(f"<p>{links}</p>{entries}"),
        "report/report.pdf": b"%PDF-1.7\n1 0 obj\n%%EOF\n",
        "report/report.docx": office(
            {
                "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{controls}</w:body></w:document>',
                "docProps/custom.xml": f"<Properties><property><v>{about}</v></property></Properties>",
            }
        ),
        "report/scorecard.xlsx": office({"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}">{title}{numbers}</worksheet>'}),
    }


def page(body: str) -> bytes:
    code = base64.b64encode(hashlib.sha256(SCRIPT).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{code}'"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f"<html><head>{head}</head><body>{body}<script>{SCRIPT.decode()}</script></body></html>".encode()


def office(parts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name), text)
    return packed.getvalue()


def sealed(table: bytes, rows: int) -> dict:
    clean = {"file": "tables/payments.csv", "sha256": digest(table), "rows": rows}
    return {"table": "payments", "file": "payments.xlsx", "sha256": RAW, "rows": rows, "keeper": "财务处", "clean": clean}


def run(made: dict[str, bytes]) -> dict:
    """The record of the run that made these contents."""
    names = {"parameters": 0, "outline": 0, "register": 0, "rules/national.yml": 0, **{f"{stem}.ipynb": 0 for stem in STEMS}}
    written = ["facts.json", "checks.json", *(name.removeprefix("report/") for name in REPORTS)]
    written += [f"notebooks/{stem}.ipynb" for stem in STEMS]
    code = "".join(f"{digest(data)}  {name[17:]}\n" for name, data in sorted(made.items()) if name.startswith("code/"))
    return {
        "year": 2022,
        "started": "2023-01-09T08:00:00+08:00",
        "finished": "2023-01-09T08:01:00+08:00",
        "published_only": False,
        "inputs": [{"file": "payments.xlsx", "sha256": RAW}],
        "parameters": {name: digest(made[setting_path(name, 2022)]) for name in names},
        "outputs": {name: digest(made[output_path(name)]) for name in written},
        "code": digest(code.encode()),
        "versions": {"selfeval": "0.1.0", "python": "3.11.7"},
    }


def again(made: dict[str, bytes]) -> None:
    """What a forger does who knows of run.json: record the changed files there as well."""
    record = json.loads(made["run.json"]) | {
        key: value for key, value in run(made).items() if key in ("parameters", "outputs", "code")
    }
    made["run.json"] = json_bytes(record)


def identifier(made: dict[str, bytes]) -> str:
    return content_identifier({f"data/{name}": digest(data) for name, data in made.items()})


def fields(made: dict[str, bytes], **more: str) -> dict[str, str]:
    """bag-info.txt of a full archive."""
    own = identifier(made)
    plain = {
        "Source-Organization": "示例部门",
        "Bagging-Date": "2023-01-09",
        "External-Identifier": own,
        "Content-Identifier": own,
        "Bag-Software-Agent": "selfeval 0.1.0",
        "Fiscal-Year": "2022",
        "Package": "full",
        "Retention-Class": "30年",
        "Legal-Basis": "依据",
    }
    return plain | {key.replace("_", "-"): value for key, value in more.items()}


def described(made: dict[str, bytes], info: dict[str, str]) -> dict[str, bytes]:
    """The contents with their description."""
    about = {
        "identifier": info["External-Identifier"],
        "name": "报告",
        "description": "说明",
        "license": "内部",
        "department": "甲",
    }
    about |= {"date": "2023-01-09"}
    if info["Package"] == "public":
        return made | {"ro-crate-metadata.json": public_crate(made, about)}
    record = json.loads(made["run.json"])
    return made | {"ro-crate-metadata.json": full_crate(made, record, about, {stem: [] for stem in STEMS})}


def sealed_bag(place: Path, made: dict[str, bytes], **more: str) -> Path:
    """A bag of the contents in the folder of its identifier."""
    info = fields(made, **more)
    return write(place / info["External-Identifier"], bag_files(described(made, info), list(info.items())))


def public_bag(place: Path, made: dict[str, bytes], full: Path) -> Path:
    """The public package of a full archive."""
    own = {name: data for name, data in made.items() if name in PUBLIC}
    info = fields(
        own,
        Package="public",
        External_Identifier=f"{full.name}-public",
        Full_Archive_Identifier=full.name,
        Full_Archive_SHA256=digest((full / SIGNED).read_bytes()),
    )
    return write(place / info["External-Identifier"], bag_files(described(own, info), list(info.items())))


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def remanifest(bag: Path) -> None:
    """Make the manifests of a bag anew from the files that lie in it, as anyone can."""
    files = {path.relative_to(bag).as_posix(): path.read_bytes() for path in sorted(bag.rglob("*")) if path.is_file()}
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    for algorithm in ("sha256", "sm3"):
        write_manifest(bag / f"manifest-{algorithm}.txt", algorithm, payload)
    retag(bag)


def retag(bag: Path) -> None:
    """Make the tag manifests anew."""
    tags = {path.name: path.read_bytes() for path in bag.iterdir() if path.is_file() and not path.name.startswith("tagmanifest-")}
    for algorithm in ("sha256", "sm3"):
        write_manifest(bag / f"tagmanifest-{algorithm}.txt", algorithm, tags)


def write_manifest(path: Path, algorithm: str, files: dict[str, bytes]) -> None:
    lines = [f"{hashlib.new(algorithm, files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    path.write_text("".join(lines), "utf-8", newline="\n")


def zipped(bag: Path, target: Path, *, deflated: bool = True) -> Path:
    """The bag as a ZIP file with one top folder."""
    kind = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(target, "w", kind) as file:
        for path in sorted(bag.rglob("*")):
            if path.is_file():
                file.write(path, Path(bag.name) / path.relative_to(bag))
    return target
