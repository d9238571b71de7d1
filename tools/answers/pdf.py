"""PDF as text: title, bookmarks, the words of each sheet, and the tags with their alternatives."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

# The tables of ToUnicode: glyph and text, or first glyph, last glyph and text or texts.
BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f]+)>")
SINGLE = re.compile(rb"<(\w+)>\s*<(\w+)>")
RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(<\w+>|\[[^\]]*\])")


def pdf_text(content: bytes) -> str:
    """What a reader finds in a PDF, as lines of text."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        lines = [f"title {pdf.docinfo.get('/Title')}", f"language {pdf.Root.get('/Lang')}"]
        with pdf.open_outline() as outline:
            lines += _bookmarks(outline.root, 0)
        for number, page in enumerate(pdf.pages, 1):
            size = " × ".join(f"{float(side):.0f}" for side in list(page.mediabox)[2:])
            lines += [f"== sheet {number}, {size} points", *_words(page)]
        lines += ["== tags", *_tags(pdf.Root.get("/StructTreeRoot"), 0)]
    return "\n".join(lines)


def _bookmarks(items: Any, depth: int) -> Iterator[str]:
    for item in items:
        yield f"{' ' * depth}bookmark {item.title}"
        yield from _bookmarks(item.children, depth + 1)


def _tags(node: Any, depth: int) -> Iterator[str]:
    """The structure tree: kind and text alternative of each element."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child, depth)
    elif isinstance(node, pikepdf.Dictionary) and node.get("/Type") == "/StructTreeRoot":
        yield from _tags(node.get("/K"), depth)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        alternative = f" {node['/Alt']}" if "/Alt" in node else ""
        yield f"{' ' * depth}{node['/S']}{alternative}"
        yield from _tags(node.get("/K"), depth + 1)


def _words(page: Any) -> Iterator[str]:
    """The texts of a page or form; what belongs to the same tag is a line."""
    resources = page.get("/Resources", {})
    fonts = {name: _glyphs(font) for name, font in dict(resources.get("/Font", {})).items()}
    glyphs: Mapping[int, str] = {}
    line = ""
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        if operator == "Tf":
            glyphs = fonts.get(str(step.operands[0]), {})
        elif operator in {"Tj", "TJ"}:
            line += "".join(_decoded(operand, glyphs) for operand in step.operands)
        elif operator == "Do":
            form = resources["/XObject"][str(step.operands[0])]
            if form.get("/Subtype") == "/Form":
                yield from _words(form)
        elif operator in {"BDC", "BMC", "EMC"}:
            yield from [line] if line.strip() else []
            line = ""
    yield from [line] if line.strip() else []


def _decoded(operand: Any, glyphs: Mapping[int, str]) -> str:
    """A shown string, or the strings of a list of strings and distances."""
    if isinstance(operand, pikepdf.Array):
        return "".join(_decoded(part, glyphs) for part in operand)
    if not isinstance(operand, pikepdf.String):
        return ""
    content = bytes(operand)
    pairs = (content[place : place + 2] for place in range(0, len(content), 2))
    return "".join(glyphs.get(int.from_bytes(pair, "big"), "?") for pair in pairs)


def _glyphs(font: Any) -> dict[int, str]:
    """The text of each glyph of a font, by its ToUnicode table."""
    if "/ToUnicode" not in font:
        return {}
    table: dict[int, str] = {}
    for kind, block in BLOCK.findall(font["/ToUnicode"].read_bytes()):
        if kind == b"bfchar":
            table |= {int(glyph, 16): _unicode(text) for glyph, text in SINGLE.findall(block)}
            continue
        for first, last, texts in RANGE.findall(block):
            table |= _range(int(first, 16), int(last, 16), texts)
    return table


def _unicode(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be")


def _range(first: int, last: int, texts: bytes) -> dict[int, str]:
    """The texts of the glyphs from first to last: listed, or counted upwards from a single one."""
    named = [_unicode(text) for text in HEXADECIMAL.findall(texts)]
    if texts.startswith(b"["):
        return dict(zip(range(first, last + 1), named, strict=False))
    start = named[0]
    return {
        glyph: start[:-1] + chr(ord(start[-1]) + glyph - first) for glyph in range(first, last + 1)
    }
