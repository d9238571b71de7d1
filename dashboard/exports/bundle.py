"""
The zip bundle: the machine CSV with all that is needed to use it in ten years.

`data.csv`, `segments.csv` with breaks and cautions, `footnotes.csv` with those of the source,
`datapackage.json` (Frictionless) and README.txt. It leaves as it is made: no file is kept and
nothing is held whole.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from dashboard.exports import delimited
from dashboard.exports.delimited import neutral
from dashboard.exports.description import (
    about_lines,
    footnote_entries,
    marks_told,
    plain_description,
)
from dashboard.exports.extract import (
    MACHINE_COLUMNS,
    ROW_KEY,
    Extract,
    Meta,
    Sink,
    address_told,
)
from dashboard.text import term
from etl.catalogue import Indicator, Segment

_SEGMENT_COLUMNS = (
    "indicator", "segment", "title", "ages", "first_year", "last_year",
    "break_period", "severity", "applies_to", "text",
)  # fmt: skip
_FOOTNOTE_COLUMNS = ("indicator", "table", "mandatory", "applies_to", "text")
_COUNTS = ("numerator", "denominator")
_FIELDS = {
    **dict.fromkeys(("value", *_COUNTS), "number"),
    "updated": "datetime",
    "fetched": "datetime",
}
DATA, _SEGMENTS, _FOOTNOTES = "data.csv", "segments.csv", "footnotes.csv"
_PACKAGE, README = "datapackage.json", "README.txt"
_ZERO = "https://creativecommons.org/publicdomain/zero/1.0/"


def write(extract: Extract) -> Iterator[bytes]:
    """The bundle, in pieces as they are packed."""
    meta = extract.meta
    sink = Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        for name, content in (
            (README, _readme(meta).encode()),
            (_PACKAGE, orjson.dumps(package(meta), option=orjson.OPT_INDENT_2)),
            (_SEGMENTS, _segments(meta).encode()),
            (_FOOTNOTES, _footnotes(meta).encode()),
        ):
            archive.writestr(_entry(name, meta), content)
        with archive.open(_entry(DATA, meta), "w", force_zip64=True) as file:
            for chunk in delimited.write(extract):
                file.write(chunk)
                yield sink.chunk()
    yield sink.chunk()


def package(meta: Meta) -> dict[str, Any]:
    """The description of the bundle as a Frictionless Data Package."""
    description = plain_description(meta)
    return {
        "profile": "tabular-data-package",
        "name": f"integrationspanelen-{meta.version.lower()}",
        "title": description["title"],
        "description": "; ".join(description["attribution"]),
        "version": meta.version,
        **({"created": description["built"]} if description["built"] else {}),
        **({} if address_told(meta.permalink, meta.lang) else {"homepage": meta.permalink}),
        "licenses": [{"name": "CC0-1.0", "title": meta.licence, "path": _ZERO}],
        "sources": [
            {"title": f"{source['table']} {source['title']}".strip(), **source}
            for source in description["sources"]
        ],
        "example": meta.example,
        "notes": description["notes"],
        "footnotes": description["footnotes"],
        "indicators": description["indicators"],
        "resources": [_data(meta), _marks(), _remarks()],
    }


def _data(meta: Meta) -> dict[str, Any]:
    fields = [
        {
            "name": name,
            "type": _FIELDS.get(name, "string"),
            "title": _heading(name, meta),
            **({"description": term(f"field_{name}", meta.lang)} if name in _COUNTS else {}),
        }
        for name in MACHINE_COLUMNS
    ]
    return _resource("data", DATA, fields, {"primaryKey": ["indicator", *ROW_KEY]})


def _marks() -> dict[str, Any]:
    fields = [
        {"name": name, "type": "integer" if name.endswith("year") else "string"}
        for name in _SEGMENT_COLUMNS
    ]
    return _resource("segments", _SEGMENTS, fields, {})


def _remarks() -> dict[str, Any]:
    fields = [
        {"name": name, "type": "boolean" if name == "mandatory" else "string"}
        for name in _FOOTNOTE_COLUMNS
    ]
    return _resource("footnotes", _FOOTNOTES, fields, {})


def _resource(
    name: str, path: str, fields: list[dict[str, str]], key: dict[str, list[str]]
) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": {"fields": fields, "missingValues": [""], **key},
    }


def _heading(name: str, meta: Meta) -> str:
    return term("column_region_code" if name == "region" else f"column_{name}", meta.lang)


def _readme(meta: Meta) -> str:
    """What the bundle is, in the reader's language."""
    title = meta.title[meta.lang]
    files = [
        f"{name}: {term(key, meta.lang)}"
        for name, key in (
            (DATA, "export_data_file"),
            (_SEGMENTS, "export_segments_file"),
            (_FOOTNOTES, "export_footnotes_file"),
            (_PACKAGE, "export_package_file"),
        )
    ]
    lines = [f"{heading}: {text}" if heading else text for heading, text in about_lines(meta)]
    parts = [title, "=" * len(title), "", *lines, "", term("export_files", meta.lang), *files]
    return "\r\n".join(parts) + "\r\n"


def _segments(meta: Meta) -> str:
    """
    A row for each break and caution, in the segment it begins in.

    A segment without any has one row whose last four columns are empty.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_SEGMENT_COLUMNS)
    for indicator in meta.indicators:
        for segment in indicator.segments:
            writer.writerows(_segment_rows(indicator, segment, meta))
    return text.getvalue()


def _footnotes(meta: Meta) -> str:
    """A row for each footnote of the source."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_FOOTNOTE_COLUMNS)
    for entry in footnote_entries(meta.footnotes):
        columns = [entry["indicator"], entry["table"], str(entry["mandatory"]).lower()]
        columns += [" ".join(entry["applies_to"]), entry["text"]]
        writer.writerow(map(neutral, columns))
    return text.getvalue()


def _segment_rows(indicator: Indicator, segment: Segment, meta: Meta) -> Iterator[list[str]]:
    marks = [mark for mark in marks_told(indicator, meta) if mark.period in segment.years]
    begin = [
        indicator.id,
        segment.id,
        neutral(segment.title[meta.lang]),
        neutral(segment.ages or ""),
        str(segment.years.first),
        str(segment.years.last or ""),
    ]
    for mark in marks:
        concerned = neutral(" ".join(mark.applies_to))
        columns = [mark.period, mark.severity, concerned, neutral(mark.text[meta.lang])]
        yield begin + columns
    if not marks:
        yield [*begin, "", "", "", ""]


def _entry(name: str, meta: Meta) -> ZipInfo:
    """A file of the archive, dated when the version was built; the same bytes for the same data."""
    dated = meta.built.timetuple()[:6] if meta.built else (1980, 1, 1, 0, 0, 0)
    entry = ZipInfo(name, dated)
    entry.compress_type = ZIP_DEFLATED
    return entry
