"""
XLSX: typed cells, a sheet about the figures, and a chart that Excel can edit.

It needs a temporary file, row by row, so that memory does not grow. Codes are text ("0180"),
numbers are numbers with the indicator's decimals shown, times are times (UTC). No text becomes a
formula, a link or a number.
"""

from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any

import pyarrow as pa
import xlsxwriter

from dashboard import format
from dashboard.exports import chart
from dashboard.exports.description import about
from dashboard.exports.extract import Extract, Meta, TooLargeError, frame
from dashboard.exports.labels import names, pairs, segments, worded
from dashboard.exports.plot import ROWS as CHARTED
from dashboard.exports.plot import plot
from dashboard.text import term

ROWS = 100_000  # a tenth of what a sheet holds: typed cells are written one by one, and slowly
NAME = "Excel"
CODES = ("indicator", "sex", "background", "education", "segment", "kind")
SHOWN = (
    "indicator", "region_code", "region_name", "period", "sex", "background", "education",
    "value", "status", "unit", "segment", "kind", "table", "updated", "fetched",
)  # fmt: skip
WIDTHS = {
    "indicator": 30, "region_name": 24, "sex": 18, "background": 30, "education": 28,
    "segment": 30, "kind": 26, "table": 24, "updated": 26, "fetched": 18, "remark": 28,
}  # fmt: skip
BLOCK = 1 << 16
LINE, LETTERS = 16, 92  # height of a line in points, letters in the column of texts
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


def written(extract: Extract) -> Iterator[bytes]:
    """
    The rows as a workbook, in pieces, once it is complete.

    Raises:
        TooLargeError: for more than `ROWS` rows.

    """
    meta = extract.meta
    if meta.rows > ROWS:
        told = {
            name: format.number(number, 0, meta.lang)
            for name, number in (("rows", meta.rows), ("limit", ROWS))
        }
        raise TooLargeError(term("too_many_rows", meta.lang, format=NAME, **told))
    with TemporaryFile() as file:
        _fill(file, extract)
        file.seek(0)
        while chunk := file.read(BLOCK):
            yield chunk


def _fill(file: Any, extract: Extract) -> None:
    meta = extract.meta
    remark = f"{term('example', meta.lang)}. " if meta.example else ""
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        built = {"created": meta.built.replace(tzinfo=None)} if meta.built else {}
        comments = f"{remark}{meta.version} {meta.permalink}"
        book.set_properties({"title": meta.title[meta.lang], "comments": comments, **built})
        _data(book, extract)
        drawn = plot(frame(extract), meta) if 0 < meta.rows <= CHARTED else None
        if drawn:
            chart.draw(book, drawn, meta)
        _about(book, meta)


def _data(book: Any, extract: Extract) -> None:
    """The rows: words first, then the codes under the machine's names."""
    meta = extract.meta
    sheet = book.add_worksheet(term("sheet_data", meta.lang))
    remark = ["remark"] if meta.example else []
    heads = [term(f"column_{name}", meta.lang) for name in (*SHOWN, *remark)]
    bold = book.add_format({"bold": True})
    for place, name in enumerate((*SHOWN, *remark, *CODES)):
        sheet.set_column(place, place, WIDTHS.get(name, 14))
    for place, head in enumerate((*heads, *CODES)):
        sheet.write_string(0, place, head, bold)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    chart.fit(sheet)
    sheet.autofilter(0, 0, max(1, meta.rows), len(heads) + len(CODES) - 1)
    formats = _formats(book, meta)
    row = 0
    for batch in extract.batches():
        columns = _columns(batch, meta)
        for cells in zip(*columns, strict=True):
            row += 1
            _write(sheet, row, cells, formats)


def _columns(batch: pa.RecordBatch, meta: Meta) -> list[list[Any]]:
    """Each column of the sheet as plain values; periods that are years as numbers."""
    words = names(meta)
    columns = {name: batch[name] for name in batch.schema.names}
    columns["region_code"] = batch["region"]
    columns |= {name: worded(batch[name], words[name]) for name in words}
    columns["segment"] = worded(pairs(batch["indicator"], batch["segment"]), segments(meta))
    shown = [columns[name].to_pylist() for name in SHOWN]
    shown[SHOWN.index("period")] = [
        int(period) if period.isdecimal() else period for period in shown[SHOWN.index("period")]
    ]
    remark = [[term("example", meta.lang)] * batch.num_rows] if meta.example else []
    return [*shown, *remark, *(batch[name].to_pylist() for name in CODES)]


def _formats(book: Any, meta: Meta) -> dict[str, Any]:
    """The formats of values by indicator, and that of times under ""."""
    by_decimals = {
        decimals: book.add_format({"num_format": "#,##0" + ("." + "0" * decimals) * bool(decimals)})
        for decimals in {one.decimals for one in meta.indicators}
    }
    times = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    return {"": times} | {one.id: by_decimals[one.decimals] for one in meta.indicators}


def _write(sheet: Any, row: int, cells: Sequence[Any], formats: Mapping[str, Any]) -> None:
    """One row, each cell by its type; what is missing has no cell."""
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(row, place, cell)
        elif isinstance(cell, int):
            sheet.write_number(row, place, cell)
        elif isinstance(cell, float):
            sheet.write_number(row, place, cell, formats[cells[-len(CODES)]])
        elif cell is not None:
            sheet.write_datetime(row, place, cell.replace(tzinfo=None), formats[""])


def _about(book: Any, meta: Meta) -> None:
    sheet = book.add_worksheet(term("sheet_about", meta.lang))
    heading = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    chart.fit(sheet)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    for row, (head, line) in enumerate(about(meta)):
        sheet.set_row(row, LINE * (1 + len(line) // LETTERS))
        sheet.write_string(row, 0, head, heading)
        sheet.write_string(row, 1, line, text)
