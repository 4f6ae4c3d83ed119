"""DOCX files taken apart and edited, as an editor would, for the tests."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from helpers.publishing.docx import SelfevalDOCXExporter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(notebook):
    """The DOCX of a combined notebook."""
    return SelfevalDOCXExporter().from_notebook_node(notebook)[0]


def part(docx, name="word/document.xml"):
    """A part of the file as an element."""
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read(name))


def names(docx):
    return zipfile.ZipFile(io.BytesIO(docx)).namelist()


def with_part(docx, root, name="word/document.xml"):
    """The file with one part exchanged, for an element or for bytes."""
    target = io.BytesIO()
    content = root if isinstance(root, bytes) else etree.tostring(root)
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(target, "w") as archive:
        for entry in source.namelist():
            archive.writestr(entry, content if entry == name else source.read(entry))
    return target.getvalue()


def with_new_part(docx, name, content):
    """The file with one part more."""
    target = io.BytesIO(docx)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, content)
    return target.getvalue()


def text_of(parent):
    """Its text, without codes of fields."""
    return "".join(text.text or "" for text in parent.iter(f"{W}t"))


def style_of(paragraph):
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(f"{W}val") if found is not None else None


def styled(root, style):
    """Paragraphs of a style."""
    return [paragraph for paragraph in root.iter(f"{W}p") if style_of(paragraph) == style]


def controls(root):
    """Pairs (tag, text) of all content controls."""
    return [(one.find(f"{W}sdtPr/{W}tag").get(f"{W}val"), text_of(one)) for one in root.iter(f"{W}sdt")]
