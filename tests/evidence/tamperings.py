"""What can be done to an archive, each with the code that tells it.

`FORGED` change the contents before everything (description, identifier, manifests) is made to suit them, as one who has the
whole program can. `EDITED` change a bag on the disk. `PACKED` change the ZIP file of a bag.
"""

from __future__ import annotations

import json
import os
import stat
import warnings
import zipfile
from pathlib import Path

from evidence import tiny

IDENTITY = "11010519491231002" + "X"  # the example of GB 11643, in two pieces so that no scanner takes this file for a list


def change(name: str, old: str, new: str):
    """A change of the contents: the first `old` in a file becomes `new`."""

    def apply(made):
        text = made[name].decode()
        assert old in text, (name, old)
        made[name] = text.replace(old, new, 1).encode()

    return apply


def changed_json(name: str, edit):
    def apply(made):
        content = json.loads(made[name])
        edit(content)
        made[name] = json.dumps(content, ensure_ascii=False).encode()

    return apply


def replaced(name: str, data: bytes):
    return lambda made: made.update({name: data})


def dropped(name: str):
    return lambda made: made.pop(name)


def in_office(name: str, part: str, old: str, new: str, more: dict[str, str] | None = None):
    """A change in a part of an Office document, or parts added to it."""

    def apply(made):
        import io

        with zipfile.ZipFile(io.BytesIO(made[name])) as file:
            parts = {entry: file.read(entry).decode() for entry in file.namelist()}
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)
        made[name] = tiny.office(parts | (more or {}))

    return apply


def first_fact(**more):
    return lambda content: content["facts"][0].update(more)


def doubled(content):
    content["facts"].append(content["facts"][0])


def code_cells(content):
    return [cell for cell in content["cells"] if cell["cell_type"] == "code"]


SHOWN, DOCX, XLSX, HTML = "a.fact2", "report/report.docx", "report/scorecard.xlsx", "report/report.html"
RAN, SOURCE, TABLE = "notebooks/executed/01_profile.ipynb", "notebooks/source/01_profile.ipynb", "inputs/tables/payments.csv"

FORGED = {
    "figure changed in facts.json": ("V406", changed_json("facts.json", first_fact(value="1"))),
    "lineage changed in facts.json": ("V406", changed_json("facts.json", first_fact(formula="估计"))),
    "fact taken out of facts.json": ("V407", changed_json("facts.json", lambda content: content["facts"].pop(0))),
    "fact invented in facts.json": (
        "V408",
        changed_json("facts.json", lambda content: content["facts"].append(content["facts"][0] | {"id": "b.new"})),
    ),
    "fact written twice": ("V409", changed_json("facts.json", doubled)),
    "figure changed in the web page": ("V410", change(HTML, "人<sup>", "0人<sup>")),
    "figure taken out of the web page": ("V410", change(HTML, ' data-fact="', ' data-other="')),
    "figure changed in the web page's register": (
        "V411",
        change(HTML, '"shown" data-fact="a.fact2">', '"shown" data-fact="a.fact2">9'),
    ),
    "figure changed in the Word report": ("V412", in_office(DOCX, "word/document.xml", "<w:t>", "<w:t>9")),
    "content control renamed": ("V412", in_office(DOCX, "word/document.xml", SHOWN, "a.other")),
    "content control taken out": (
        "V412",
        in_office(DOCX, "word/document.xml", f'<w:tag w:val="{SHOWN}"/>', ""),
    ),
    "Word report of another build": ("V413", in_office(DOCX, "docProps/custom.xml", "<v>", "<v>0")),
    "figure changed in the workbook": ("V414", in_office(XLSX, "xl/worksheets/sheet1.xml", "<v>", "<v>9")),
    "workbook without the form": ("V414", in_office(XLSX, "xl/worksheets/sheet1.xml", "自评表", "别的表")),
    "cells run out of order": ("V415", changed_json(RAN, lambda content: code_cells(content)[0].update(execution_count=5))),
    "cell not run": ("V415", changed_json(RAN, lambda content: code_cells(content)[2].update(execution_count=None))),
    "error left in a notebook": (
        "V416",
        changed_json(RAN, lambda content: code_cells(content)[0]["outputs"].append({"output_type": "error"})),
    ),
    "code changed in the executed notebook": ("V417", change(RAN, "record()", "invent()")),
    "code changed in the source notebook": ("V417", change(SOURCE, "record()", "invent()")),
    "source notebook missing": ("V418", dropped("notebooks/source/02_spending.ipynb")),
    "executed notebook missing": ("V418", dropped("notebooks/executed/02_spending.ipynb")),
    "records named that are not sealed": (
        "V419",
        changed_json("inputs/sealed.json", lambda content: content["files"][0].update(sha256="cd" * 32)),
    ),
    "rows of a raw file changed": (
        "V420",
        changed_json("inputs/sealed.json", lambda content: content["files"][0].update(rows=9999)),
    ),
    "amount changed in a clean table": ("V421", change(TABLE, ".00", ".01")),
    "row taken out of a clean table": ("V422", lambda made: made.update({TABLE: made[TABLE].rsplit(b"\n", 2)[0] + b"\n"})),
    "failed check": ("V423", change("checks.json", "相符", "不符")),
    "other inputs in the record of the run": ("V424", change("run.json", tiny.RAW, "cd" * 32)),
    "parameters changed": ("V425", replaced("parameters/2022.yml", b"fiscal_year: 2022\ntimely: 1\n")),
    "rule set changed": ("V425", replaced("parameters/rules/national.yml", b"name: y\n")),
    "register changed": ("V425", replaced("inputs/register.yml", b"files: [] \n")),
    "program changed": ("V426", replaced("code/src/helpers/a.py", b"A = 99\n")),
    "module added to the program": ("V426", replaced("code/src/helpers/b.py", b"")),
    "facts of another year": ("V427", changed_json("facts.json", lambda content: content.update(year=2021))),
    "table added": ("V428", replaced("inputs/tables/more.csv", b"a\n1\n")),
    "output changed after the run": ("V429", replaced("report/report.pdf", b"%PDF-1.7\nother\n%%EOF\n")),
    "rule set missing": ("V315", dropped("parameters/rules/national.yml")),
    "report missing": ("V315", dropped("report/report.pdf")),
    "checks missing": ("V315", dropped("checks.json")),
    "instructions missing": ("V315", dropped("VERIFY.md")),
    "facts.json broken": ("V316", replaced("facts.json", b'{"facts": [')),
    "facts.json without facts": ("V316", replaced("facts.json", b"{}")),
    "sealed.json is a list": ("V316", replaced("inputs/sealed.json", b"[]")),
    "notebook broken": ("V317", replaced(RAN, b"{}")),
    "web page in another encoding": ("V318", replaced(HTML, "数".encode("gb18030"))),
    "PDF cut off": ("V318", replaced("report/report.pdf", b"%PDF-1.7\n1 0 ob")),
    "Word report cut off": ("V318", lambda made: made.update({DOCX: made[DOCX][:-30]})),
    "identity number in a table": ("V111", change(TABLE, "地区,", f"地区,{IDENTITY},")),
    "entity in the Word report": ("V112", in_office(DOCX, "word/document.xml", "<w:doc", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:doc")),
    "macros in the Word report": ("V113", in_office(DOCX, "word/document.xml", "", "", {"word/vbaProject.bin": "x"})),
    "template from elsewhere": (
        "V113",
        in_office(DOCX, "word/document.xml", "", "", {"word/_rels/settings.xml.rels": '<a TargetMode="External"/>'}),
    ),
    "script in the web page": ("V114", change(HTML, "<body>", "<body><script>a()</script>")),
    "script changed, and the page's policy with it": ("V114", replaced(HTML, tiny.page("").replace(b"sort();", b"evil();"))),
    "policy of the web page loosened": ("V114", change(HTML, "default-src 'none'", "default-src *")),
    "picture from elsewhere in the web page": ("V114", change(HTML, "<body>", '<body><img src="//example.org/a.png">')),
    "handler in the web page": ("V114", change(HTML, "<body>", "<body onload='a()'>")),
    "personal column in a clean table": ("V115", change(TABLE, "地区,", "姓名,")),
}


def append(name: str, data: bytes):
    return lambda bag: (bag / name).write_bytes((bag / name).read_bytes() + data)


def in_tag(name: str, old: str, new: str):
    """A change in a tag file, with the tag manifests made to suit it."""

    def apply(bag):
        text = (bag / name).read_text("utf-8")
        assert old in text, (name, old)
        (bag / name).write_bytes(text.replace(old, new, 1).encode())
        tiny.retag(bag)

    return apply


def rewritten(name: str, edit):
    """The lines of a manifest changed, with the tag manifests made to suit them."""

    def apply(bag):
        (bag / name).write_bytes(edit((bag / name).read_bytes()))
        if not name.startswith("tag"):
            tiny.retag(bag)

    return apply


def removed(name: str, *, retagged: bool = True):
    def apply(bag):
        (bag / name).unlink()
        if retagged and not name.startswith("tag"):
            tiny.retag(bag)

    return apply


def listed(name: str, data: bytes = b"x"):
    """A payload file added, in the manifests as well."""

    def apply(bag):
        (bag / "data" / name).write_bytes(data)
        tiny.remanifest(bag)

    return apply


def in_crate(edit):
    def apply(bag):
        path = bag / "data/ro-crate-metadata.json"
        crate = json.loads(path.read_bytes())
        edit(crate["@graph"], {entity["@id"]: entity for entity in crate["@graph"]})
        path.write_text(json.dumps(crate, ensure_ascii=False), "utf-8")
        tiny.remanifest(bag)

    return apply


def linked_folder(bag):
    (bag / "data/more").symlink_to(bag / "data/report", target_is_directory=True)


def linked_file(bag):
    (bag / "data/checks.json").rename(bag.parent / "checks.json")
    (bag / "data/checks.json").symlink_to(bag.parent / "checks.json")


def hard_link(bag):
    os.link(bag / "data/facts.json", bag.parent / "facts.json")


def case_twins(bag):
    (bag / "data/FACTS.json").write_bytes(b"{}")
    tiny.remanifest(bag)


def unreadable_crate(bag):
    (bag / "data/ro-crate-metadata.json").write_bytes(b"{")
    tiny.remanifest(bag)


def swapped_lines(data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join([lines[1], lines[0], *lines[2:]])


def other_manifest(bag):
    (bag / "manifest-md5.txt").write_bytes(b"")
    tiny.retag(bag)


def fetched(bag):
    (bag / "fetch.txt").write_bytes(b"https://example.org/facts.json 1 data/facts.json\n")
    tiny.retag(bag)


def manifests_made_anew(bag):
    path = bag / "data/VERIFY.md"
    path.write_bytes(b"$" + path.read_bytes()[1:])
    tiny.remanifest(bag)


def emptied(bag):
    for name in ("bagit.txt", "bag-info.txt", "tagmanifest-sha256.txt"):
        (bag / name).unlink()


EDITED = {
    "file of the same size changed": (
        "V203",
        lambda bag: (bag / "data/facts.json").write_bytes((bag / "data/facts.json").read_bytes().replace(b"1", b"2", 1)),
    ),
    "bytes added to a report": ("V203", append("data/report/report.pdf", b"\n")),
    "file emptied": ("V203", lambda bag: (bag / "data/VERIFY.md").write_bytes(b"")),
    "verifier changed": ("V203", append("data/verify.py", b"#")),
    "two files exchanged": (
        "V203",
        lambda bag: [
            (bag / "data/run.json").replace(bag / "data/x"),
            (bag / "data/checks.json").replace(bag / "data/run.json"),
            (bag / "data/x").replace(bag / "data/checks.json"),
        ],
    ),
    "SM3 line forged": ("V204", rewritten("manifest-sm3.txt", lambda data: (b"0" * 64) + data[64:])),
    "payload file added": ("V201", lambda bag: (bag / "data/note.txt").write_bytes(b"")),
    "hidden payload file added": ("V201", lambda bag: (bag / "data/report/.note").write_bytes(b"")),
    "payload file removed": ("V202", removed("data/checks.json", retagged=False)),
    "payload file renamed": ("V202", lambda bag: (bag / "data/facts.json").rename(bag / "data/facts.old")),
    "file added in the root": ("V205", lambda bag: (bag / "note.txt").write_bytes(b"")),
    "file added in the root, in the tag manifests too": (
        "V205",
        lambda bag: [(bag / "note.txt").write_bytes(b""), tiny.retag(bag)],
    ),
    "folder added in the root": ("V206", lambda bag: tiny.write(bag, {"more/note.txt": b""})),
    "empty folder": ("V207", lambda bag: (bag / "data/more").mkdir()),
    "manifest removed": ("V208", removed("manifest-sha256.txt")),
    "SM3 manifest removed": ("V209", removed("manifest-sm3.txt")),
    "tag manifest removed": ("V210", removed("tagmanifest-sha256.txt")),
    "SM3 tag manifest removed": ("V211", removed("tagmanifest-sm3.txt")),
    "bag-info.txt edited": ("V212", append("bag-info.txt", b"Contact-Name: X\n")),
    "SM3 tag line forged": ("V213", rewritten("tagmanifest-sm3.txt", lambda data: (b"0" * 64) + data[64:])),
    "tag manifest without a line": ("V214", rewritten("tagmanifest-sha256.txt", lambda data: data.split(b"\n", 1)[1])),
    "tag file removed": ("V215", removed("manifest-sm3.txt", retagged=False)),
    "payload in the tag manifest": (
        "V216",
        rewritten("tagmanifest-sha256.txt", lambda data: data + b"0" * 64 + b"  data/facts.json\n"),
    ),
    "line written twice": ("V217", rewritten("manifest-sha256.txt", lambda data: data.split(b"\n")[0] + b"\n" + data)),
    "file listed in one manifest alone": ("V218", rewritten("manifest-sm3.txt", lambda data: data.split(b"\n", 1)[1])),
    "tag file in the payload manifest": (
        "V219",
        rewritten("manifest-sha256.txt", lambda data: b"0" * 64 + b"  bagit.txt\n" + data),
    ),
    "path out of the bag in the manifest": (
        "V219",
        rewritten("manifest-sha256.txt", lambda data: b"0" * 64 + b"  ../secret\n" + data),
    ),
    "absolute path in the manifest": (
        "V219",
        rewritten("manifest-sha256.txt", lambda data: b"0" * 64 + b"  /etc/passwd\n" + data),
    ),
    "size of the payload forged": ("V220", in_tag("bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 1")),
    "manifest of a weak algorithm": ("V221", other_manifest),
    "fetch.txt": ("V108", fetched),
    "link to a folder": ("V101", linked_folder),
    "file replaced by a link": ("V101", linked_file),
    "link in the root": ("V101", lambda bag: (bag / "note").symlink_to("bagit.txt")),
    "dangling link": ("V101", lambda bag: (bag / "data/gone").symlink_to("nowhere")),
    "pipe": ("V102", lambda bag: os.mkfifo(bag / "data/pipe")),
    "pipe in the root": ("V102", lambda bag: os.mkfifo(bag / "pipe")),
    "hard link": ("V103", hard_link),
    "line break in a name": ("V105", listed("a\nb")),
    "percent sign in a name": ("V105", listed("a%0Ab")),
    "backslash in a name": ("V105", listed("..\\a")),
    "direction turned round in a name": ("V105", listed("a\u202efdp.exe")),
    "name in decomposed characters": ("V106", listed("cafe\u0301.txt")),
    "names that differ in case alone": ("V107", case_twins),
    "no bag": ("V301", emptied),
    "bagit.txt removed": ("V302", removed("bagit.txt")),
    "version of BagIt changed": ("V303", in_tag("bagit.txt", "1.0", "0.97")),
    "encoding of tag files changed": ("V303", in_tag("bagit.txt", "UTF-8", "GB18030")),
    "bag-info.txt removed": ("V304", removed("bag-info.txt")),
    "line without a key in bag-info.txt": ("V305", in_tag("bag-info.txt", "Package", "无键\nPackage")),
    "field written twice": ("V306", in_tag("bag-info.txt", "Package", "Fiscal-Year: 2023\nPackage")),
    "retention class removed": ("V307", in_tag("bag-info.txt", "Retention-Class: 30年\n", "")),
    "legal basis removed": ("V307", in_tag("bag-info.txt", "Legal-Basis: 依据\n", "")),
    "byte order mark": ("V308", rewritten("manifest-sha256.txt", lambda data: b"\xef\xbb\xbf" + data)),
    "carriage returns": ("V309", rewritten("manifest-sha256.txt", lambda data: data.replace(b"\n", b"\r\n"))),
    "capital letters in a hash": ("V310", rewritten("manifest-sha256.txt", lambda data: data[:64].upper() + data[64:])),
    "line that is none": ("V311", rewritten("manifest-sha256.txt", lambda data: data + b"note\n")),
    "short hash": ("V311", rewritten("manifest-sha256.txt", lambda data: data[2:])),
    "manifest cut off": ("V312", rewritten("manifest-sha256.txt", lambda data: data[:-1])),
    "lines in another order": ("V313", rewritten("manifest-sha256.txt", swapped_lines)),
    "description broken": ("V319", unreadable_crate),
    "file taken out of the description": (
        "V320",
        in_crate(lambda graph, entities: graph.remove(entities["report/report.pdf"])),
    ),
    "file in the description alone": (
        "V321",
        in_crate(lambda graph, entities: graph.append({"@id": "gone.csv", "@type": "File"})),
    ),
    "profile taken out of the description": ("V322", in_crate(lambda graph, entities: entities["./"].pop("conformsTo"))),
    "action taken out of the description": (
        "V323",
        in_crate(lambda graph, entities: [graph.remove(entities["#run-01_profile"]), entities["#run"].update(result=[])]),
    ),
    "hash changed in the description": (
        "V403",
        in_crate(lambda graph, entities: entities["facts.json"].update(sha256="0" * 64)),
    ),
    "size changed in the description": ("V404", in_crate(lambda graph, entities: entities["facts.json"].update(contentSize="1"))),
    "identifier changed in the description": ("V405", in_crate(lambda graph, entities: entities["./"].update(identifier="x"))),
    "contents changed, manifests made anew": ("V401", manifests_made_anew),
    "identifier changed": ("V402", in_tag("bag-info.txt", "External-Identifier: ", "External-Identifier: 0")),
    "date that is none": ("V453", in_tag("bag-info.txt", "2023-01-09", "2023-13-09")),
    "chain without its hash": (
        "V442",
        in_tag("bag-info.txt", "Package", f"Previous-Archive-Identifier: {'a' * 32}\nPackage"),
    ),
    "chain with a hash that is none": (
        "V442",
        in_tag(
            "bag-info.txt",
            "Package",
            f"Previous-Archive-Identifier: {'a' * 32}\nPrevious-Archive-SHA256: none\nPackage",
        ),
    ),
    "correction without a reason": ("V443", in_tag("bag-info.txt", "Package", f"Supersedes: {'a' * 32}\nPackage")),
    "signature emptied": ("V436", lambda bag: (bag / "tagmanifest-sha256.txt.p7s").write_bytes(b"")),
    "signature that is none": ("V436", lambda bag: (bag / "tagmanifest-sha256.txt.sig").write_bytes(b"x")),
    "signature promised and gone": ("V431", in_tag("bag-info.txt", "Package", "Signing-Key: SHA256:abc\nPackage")),
}


def with_member(name: str, data: bytes = b"x", mode: int = 0):
    def apply(bag: Path, target: Path):
        tiny.zipped(bag, target)
        entry = zipfile.ZipInfo(name.format(bag=bag.name))
        entry.external_attr = mode << 16
        with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as file:
            warnings.simplefilter("ignore")  # of names that are there already
            file.writestr(entry, data, zipfile.ZIP_DEFLATED)

    return apply


def commented(bag: Path, target: Path):
    with zipfile.ZipFile(tiny.zipped(bag, target), "a") as file:
        file.comment = b"hidden"


def damaged(bag: Path, target: Path):
    data = bytearray(tiny.zipped(bag, target, deflated=False).read_bytes())
    place = data.find("甲".encode(), data.find(b"ro-crate-metadata.json"))
    data[place] ^= 1
    target.write_bytes(data)


def cut_off(bag: Path, target: Path):
    target.write_bytes(tiny.zipped(bag, target).read_bytes()[:-200])


def encrypted(bag: Path, target: Path):
    data = bytearray(tiny.zipped(bag, target).read_bytes())
    place = data.rfind(b"PK\x01\x02")
    data[place + 8] |= 1
    target.write_bytes(data)


PACKED = {
    "link among the members": ("V101", with_member("{bag}/data/more", b"/etc/passwd", stat.S_IFLNK | 0o777)),
    "pipe among the members": ("V102", with_member("{bag}/data/more", b"", stat.S_IFIFO | 0o600)),
    "member that climbs out": ("V104", with_member("{bag}/../../evil")),
    "member with an empty part in its path": ("V104", with_member("{bag}//etc/passwd")),
    "bomb": ("V109", with_member("{bag}/data/bomb", bytes(4 << 20))),
    "encrypted member": ("V110", encrypted),
    "member twice": ("V222", with_member("{bag}/data/facts.json", b"{}")),
    "comment": ("V223", commented),
    "second top folder": ("V224", with_member("other/note.txt")),
    "member outside of the folder": ("V224", with_member("note.txt")),
    "empty folder among the members": ("V207", with_member("{bag}/data/more/", b"")),
    "member added": ("V201", with_member("{bag}/data/note.txt")),
    "member damaged": ("V314", damaged),
    "file cut off": ("V314", cut_off),
}
