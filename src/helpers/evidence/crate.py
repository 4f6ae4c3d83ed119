"""The description of an archive as RO-Crate 1.1 with the Workflow Run Crate profile 0.5, in plain JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from helpers.evidence.contents import json_bytes
from helpers.evidence.verify_bag import PROFILES

Entity = dict[str, Any]

CONTEXT = ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]
WORKFLOW_PROFILE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
OUTLINE = "notebooks/source/outline.yml"
_MEDIA = {
    "csv": "text/csv", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "html": "text/html",
    "ipynb": "application/x-ipynb+json", "json": "application/json", "md": "text/markdown", "pdf": "application/pdf",
    "py": "text/x-python", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "yml": "application/yaml",
}  # fmt: skip


def full_crate(
    contents: Mapping[str, bytes], run: Mapping[str, Any], about: Mapping[str, str], needs: Mapping[str, list[str]]
) -> bytes:
    """ro-crate-metadata.json of a full archive: each file with size and hash, one action for the whole run, one a notebook.

    `about` has the identifier, name, department, licence note and date; `needs` names for each section notebook those that
    it reads.
    """
    tables = [name for name in contents if name.startswith("inputs/tables/")]
    settings = [name for name in contents if name.startswith("parameters/")]
    stems = [name for name in needs if f"notebooks/source/{name}.ipynb" in contents]
    sources = [f"notebooks/source/{stem}.ipynb" for stem in stems]
    made = [
        name for name in contents if name.startswith(("report/", "notebooks/executed/")) or name in ("facts.json", "checks.json")
    ]
    times = {"startTime": run["started"], "endTime": run["finished"]}
    status = {"actionStatus": _ref("http://schema.org/CompletedActionStatus"), "agent": _ref("#department")}
    whole: Entity = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": about["name"],
        "instrument": _ref(OUTLINE),
        "object": _refs([*tables, *settings]),
        "result": _refs(made),
        **times,
        **status,
    }
    actions = [
        {
            "@id": f"#run-{stem}",
            "@type": "CreateAction",
            "name": f"运行 {stem}.ipynb",
            "instrument": _ref(f"notebooks/source/{stem}.ipynb"),
            "object": _refs([*tables, *settings, *(f"notebooks/executed/{need}.ipynb" for need in needs[stem])]),
            "result": [_ref(f"notebooks/executed/{stem}.ipynb")],
            **times,
            **status,
        }
        for stem in stems
    ]
    root = _root(contents, about) | {
        "conformsTo": _refs([*PROFILES, WORKFLOW_PROFILE]),
        "mainEntity": _ref(OUTLINE),
        "mentions": _refs(["#run", *(action["@id"] for action in actions)]),
    }
    files = [_file(name, data) for name, data in sorted(contents.items())]
    written = {"programmingLanguage": _ref("#jupyter"), "version": run["code"][:12]}
    for entity in files:
        if entity["@id"] == OUTLINE:
            kinds = ["File", "SoftwareSourceCode", "ComputationalWorkflow"]
            entity |= written | {"@type": kinds, "name": "报告各部分的笔记本及其次序", "hasPart": _refs(sources)}
        elif entity["@id"] in sources:
            entity |= written | {"@type": ["File", "SoftwareSourceCode"]}
    commit = run.get("commit") or {}
    program = {
        "@id": "#selfeval",
        "@type": "SoftwareApplication",
        "name": "selfeval",
        "version": run["versions"]["selfeval"],
        "description": f"程序文件的 SHA-256：{run['code']}；git 提交：{commit.get('commit', '无')}",
    }
    language = {
        "@id": "#jupyter",
        "@type": "ComputerLanguage",
        "name": "Jupyter Notebook",
        "identifier": _ref("https://jupyter.org/"),
        "url": _ref("https://jupyter.org/"),
        "version": run["versions"]["python"],
    }
    profiles = [
        {"@id": profile, "@type": "CreativeWork", "name": profile.split("/")[-2], "version": profile.split("/")[-1]}
        for profile in (*PROFILES, WORKFLOW_PROFILE)
    ]
    return _crate(root, [*files, whole, *actions, program, language, *profiles, _department(about)])


def public_crate(contents: Mapping[str, bytes], about: Mapping[str, str]) -> bytes:
    """ro-crate-metadata.json of a public package: each file with size and hash."""
    return _crate(_root(contents, about), [*(_file(name, data) for name, data in sorted(contents.items())), _department(about)])


def _crate(root: Entity, entities: Iterable[Entity]) -> bytes:
    metadata = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": _ref("./"),
        "conformsTo": _ref("https://w3id.org/ro/crate/1.1"),
    }
    return json_bytes({"@context": CONTEXT, "@graph": [metadata, root, *entities]})


def _root(contents: Mapping[str, bytes], about: Mapping[str, str]) -> Entity:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": about["name"],
        "description": about["description"],
        "identifier": about["identifier"],
        "datePublished": about["date"],
        "license": about["license"],
        "publisher": _ref("#department"),
        "hasPart": _refs(sorted(contents)),
    }


def _department(about: Mapping[str, str]) -> Entity:
    return {"@id": "#department", "@type": "Organization", "name": about["department"]}


def _file(name: str, data: bytes) -> Entity:
    suffix = name.rpartition(".")[2]
    return {
        "@id": quote(name),
        "@type": "File",
        "name": name.rpartition("/")[2],
        "encodingFormat": _MEDIA.get(suffix, "application/octet-stream"),
        "contentSize": str(len(data)),
        "sha256": sha256(data).hexdigest(),
    }


def _ref(name: str) -> Entity:
    return {"@id": name}


def _refs(names: Iterable[str]) -> list[Entity]:
    return [_ref(name if ":" in name else quote(name, safe="/#")) for name in names]
