"""
Files as text that can be compared: JSON, tables, workbooks, slides, archives.

What differs between two equal files (order of keys, dates of creation, names of `$ref`) is
left out. A pure module: bytes in, text out.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import canonicalize

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from tools.answers.pdf import pdf_text

ROWS = 200  # of a Parquet file that are saved as they are
CREATED = re.compile(r"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")


def json_text(document: Any) -> str:
    """A JSON document with sorted keys, indented."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)


def read_json(content: bytes) -> str:
    """JSON; an OpenAPI description with each `$ref` replaced by what it names."""
    document = json.loads(content)
    if isinstance(document, dict) and "openapi" in document:
        inlined = _inlined(document, document, ())
        inlined.pop("components", None)
        return json_text(inlined)
    return json_text(document)


def read_text(content: bytes) -> str:
    """Text with a byte order mark and carriage returns made visible."""
    return content.decode("utf-8").replace("\ufeff", "<BOM>").replace("\r", "<CR>")


def read_xml(content: bytes) -> str:
    """XML with sorted attributes, an element a line, without dates of creation."""
    canonical = canonicalize(content.decode("utf-8"))
    return CREATED.sub(r"\1", canonical).replace("><", ">\n<")


def read_archive(content: bytes) -> str:
    """The members of a zip, a workbook or a presentation, sorted by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            f"== {name}\n{_member(name, archive.read(name))}" for name in sorted(archive.namelist())
        ]
    return "\n".join(parts)


def read_parquet(content: bytes) -> str:
    """Schema and metadata, the first rows as CSV, and a hash of all rows."""
    table = pyarrow.parquet.read_table(io.BytesIO(content))
    metadata = {
        key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()
    }
    metadata.pop("ARROW:schema", None)
    fields = [f"{field.name}: {field.type}" for field in table.schema]
    described = [f"{key}: {_parsed(value)}" for key, value in sorted(metadata.items())]
    rows = [f"{table.num_rows} rows, sha256 of their CSV {_hash(_csv(table))}"]
    return "\n".join([*fields, *described, *rows, _csv(table.slice(0, ROWS)).decode()])


def read_binary(content: bytes) -> str:
    """The hash of what is no text."""
    return f"{len(content)} bytes, sha256 {_hash(content)}"


def reader(content_type: str) -> Callable[[bytes], str]:
    """What reads the answers of a content type."""
    kind = content_type.partition(";")[0].strip()
    if kind.endswith("json"):
        return read_json
    if kind.startswith("text/"):
        return read_text
    if kind.startswith("application/vnd.openxmlformats"):
        return read_archive
    return TYPES.get(kind, read_binary)


def _member(name: str, content: bytes) -> str:
    """A member of an archive by its ending."""
    return ENDINGS.get(name.rpartition(".")[2], read_binary)(content)


def _inlined(part: Any, document: Mapping[str, Any], inside: tuple[str, ...]) -> Any:
    """A part of a JSON document without `$ref`; one that contains itself keeps it there."""
    if isinstance(part, list):
        return [_inlined(item, document, inside) for item in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref")
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return {key: _inlined(value, document, inside) for key, value in part.items()}
    if reference in inside:
        return {"$ref": f"{len(inside) - inside.index(reference)} levels up"}
    target: Any = document
    for step in reference.removeprefix("#/").split("/"):
        target = target[step.replace("~1", "/").replace("~0", "~")]
    beside = {key: value for key, value in part.items() if key != "$ref"}
    whole = {**target, **beside} if beside else target
    return _inlined(whole, document, (*inside, reference))


def _parsed(value: str) -> str:
    """A value of the metadata, indented where it is JSON."""
    try:
        return json_text(json.loads(value))
    except ValueError:
        return value


def _csv(table: pa.Table) -> bytes:
    plain = [
        column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        for column in table.columns
    ]
    sink = io.BytesIO()
    pyarrow.csv.write_csv(pa.table(plain, names=table.column_names), sink)
    return sink.getvalue()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


TYPES: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {
        "application/pdf": pdf_text,
        "application/zip": read_archive,
        "application/vnd.apache.parquet": read_parquet,
    }
)
ENDINGS: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {
        **dict.fromkeys(("xml", "rels"), read_xml),
        **dict.fromkeys(("csv", "md", "txt"), read_text),
        **dict.fromkeys(("pptx", "xlsx", "zip"), read_archive),
        "json": read_json,
        "parquet": read_parquet,
    }
)
