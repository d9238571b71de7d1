"""
XLSX: typed cells, a sheet about the figures, and a chart that Excel can edit.

It needs a temporary file, row by row, so that memory does not grow. Codes are text ("0180"),
numbers are numbers with the indicator's decimals shown, times are times (UTC). No text becomes a
formula, a link or a number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from tempfile import TemporaryFile
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from dashboard.charts import style
from dashboard.codes import DIMENSIONS, Group
from dashboard.data.observation import as_observations
from dashboard.exports.delimited import neutral
from dashboard.exports.description import about_lines, worded_columns
from dashboard.exports.extract import (
    ROW_KEY,
    Extract,
    Meta,
    PlainTable,
    all_rows,
    too_large,
)
from dashboard.exports.office_chart import (
    ChartColumn,
    chart_columns,
    label_interval,
    number_format,
    period_axis,
)
from dashboard.rules import comparison
from dashboard.text import format, term
from etl.catalogue import Lang

MOST_ROWS = 100_000  # a tenth of what a sheet holds: cells are written one by one, and slowly
_SHEET_CODES = ("indicator", *DIMENSIONS, "segment", "kind")
_SHEET_WORDS = (
    "indicator", "region_code", "region_name", "period", "sex", "background", "age",
    "education", "value", "status", "unit", "numerator", "denominator", "segment", "kind",
    "table", "updated", "fetched",
)  # fmt: skip
_WIDTHS = {
    "indicator": 30, "region_name": 24, "sex": 18, "background": 30, "age": 18,
    "education": 28, "segment": 30, "kind": 26, "table": 24, "updated": 26, "fetched": 18,
    "remark": 28,
}  # fmt: skip
_BLOCK = 1 << 16
_LINE_HEIGHT, _LINE_LETTERS = 16, 92  # points of a line, letters in the column of texts
_CELL_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
_MOST_SERIES, _MOST_CHART_ROWS = 10, 2_000
_SERIES_COLOURS = (*style.PALETTE, style.COUNTRY_COLOUR)
_EXCEL_DASHES = ("solid", "dash", "long_dash_dot")  # of every so many series as there are colours
_CHART_SIZE = {"width": 960, "height": 540}
_MOST_LABELS = 30  # periods that are written under the chart
_HEADING_ROW = 29  # the chart stands above


class _Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet whose rows are written whole: it takes a third of the time of cell by cell."""

    def write_cells(
        self, row: int, cells: Sequence[Any], number_format: Any = None, time_format: Any = None
    ) -> None:
        """
        Write a row below all others, each cell by its type; what is missing has no cell.

        A number that is no whole one gets the one format, a time the other.

        Raises:
            ValueError: for a number that is not finite.

        """
        self._check_dimensions(row, 0)
        self._check_dimensions(row, len(cells) - 1)
        self._write_single_row(row)
        parts = [f'<row r="{row + 1}">']
        for letters, cell in zip(_letters(len(cells)), cells, strict=True):
            place = f'<c r="{letters}{row + 1}"'
            if isinstance(cell, str):
                parts.append(f'{place} t="inlineStr"><is>{_inline(cell)}</is></c>')
            elif isinstance(cell, int):
                parts.append(f"{place}><v>{cell}</v></c>")
            elif isinstance(cell, float):
                if not isfinite(cell):
                    raise ValueError(f"row {row}: {cell} is no number for a cell")
                parts.append(f"{place}{_styled(number_format)}><v>{cell:.16G}</v></c>")
            elif cell is not None:
                number = self._convert_date_time(cell.replace(tzinfo=None))
                parts.append(f"{place}{_styled(time_format)}><v>{number:.16G}</v></c>")
        self.fh.write("".join([*parts, "</row>"]))


@lru_cache
def _letters(count: int) -> tuple[str, ...]:
    """The letters of so many columns."""
    return tuple(map(xl_col_to_name, range(count)))


def _styled(cell_format: Any) -> str:
    """The attribute of a cell with a format."""
    return f' s="{cell_format._get_xf_index()}"' if cell_format else ""  # noqa: SLF001


@lru_cache(4096)
def _inline(text: str) -> str:
    """A text as XML, with its blanks and without what Excel takes for the end of the file."""
    safe = escape(XMLwriter._escape_control_characters(text))  # noqa: SLF001  # Excel's own rules
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{kept}>{safe}</t>"


def write(extract: Extract) -> Iterator[bytes]:
    """
    The rows as a workbook, in blocks, once it is complete.

    Raises:
        TooLargeError: for more than `MOST_ROWS` rows.

    """
    meta = extract.meta
    if meta.rows > MOST_ROWS:
        raise too_large(meta, "Excel", meta.rows, MOST_ROWS)
    with TemporaryFile() as file:
        _fill(file, extract)
        file.seek(0)
        while chunk := file.read(_BLOCK):
            yield chunk


def write_plain_workbook(table: PlainTable) -> Iterator[bytes]:
    """A table of its own columns as a workbook: a sheet of them in words, and one about them."""
    with TemporaryFile() as file:
        with xlsxwriter.Workbook(file, _CELL_OPTIONS) as book:
            sheet = book.add_worksheet(term("sheet_data", table.lang))
            bold = book.add_format({"bold": True})
            for number, head in enumerate(table.worded):
                sheet.set_column(number, number, max(14, len(head)))
                sheet.write_string(0, number, head, bold)
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            _fit_paper(sheet)
            for row, cells in enumerate(zip(*table.worded.values(), strict=True), 1):
                for number, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, number, cell)
                    elif cell is not None:
                        sheet.write_number(row, number, cell)
            _add_lines(book, table.about, table.lang)
        file.seek(0)
        yield file.read()


def _fill(file: Any, extract: Extract) -> None:
    meta = extract.meta
    example = f"{term('example', meta.lang)}. " if meta.example else ""
    with xlsxwriter.Workbook(file, _CELL_OPTIONS) as book:
        built = {"created": meta.built.replace(tzinfo=None)} if meta.built else {}
        comments = f"{example}{meta.version} {meta.permalink}"
        book.set_properties({"title": meta.title[meta.lang], "comments": comments, **built})
        _add_data(book, extract)
        if 0 < meta.rows <= _MOST_CHART_ROWS:
            chart = workbook_chart(all_rows(extract), meta)
            if chart:
                _add_chart(book, chart, meta)
        _add_about(book, meta)


def _add_data(book: Any, extract: Extract) -> None:
    """The rows: words first, then the codes under the machine's names."""
    meta = extract.meta
    sheet = book.add_worksheet(term("sheet_data", meta.lang), _Sheet)
    example = ["remark"] if meta.example else []
    heads = [term(f"column_{name}", meta.lang) for name in (*_SHEET_WORDS, *example)]
    bold = book.add_format({"bold": True})
    for number, name in enumerate((*_SHEET_WORDS, *example, *_SHEET_CODES)):
        sheet.set_column(number, number, _WIDTHS.get(name, 14))
    for number, head in enumerate((*heads, *_SHEET_CODES)):
        sheet.write_string(0, number, head, bold)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _fit_paper(sheet)
    sheet.autofilter(0, 0, max(1, meta.rows), len(heads) + len(_SHEET_CODES) - 1)
    formats = _formats(book, meta)
    row = 0
    for batch in extract.batches():
        columns = _columns(batch, meta)
        for cells in zip(*columns, strict=True):
            row += 1
            sheet.write_cells(row, cells, formats[cells[-len(_SHEET_CODES)]], formats[""])


def _columns(batch: pa.RecordBatch, meta: Meta) -> list[list[Any]]:
    """Each column of the sheet as plain values; periods that are years, and counts, as integers."""
    columns = worded_columns(batch, meta) | {"region_code": batch["region"]}
    shown = {name: _values(columns[name]) for name in _SHEET_WORDS}
    shown["period"] = [int(period) if period.isdecimal() else period for period in shown["period"]]
    for name in ("numerator", "denominator"):
        shown[name] = [int(n) if n is not None and n.is_integer() else n for n in shown[name]]
    example = [[term("example", meta.lang)] * batch.num_rows] if meta.example else []
    return [*shown.values(), *example, *(_values(batch[name]) for name in _SHEET_CODES)]


def _values(column: pa.Array) -> list[Any]:
    """A column as plain values, each of which is there once: a third of the time of `to_pylist`."""
    coded = pc.dictionary_encode(column)  # of one that is coded it is the column itself
    known = [*coded.dictionary.to_pylist(), None]
    return [known[code] for code in coded.indices.fill_null(len(known) - 1).to_pylist()]


def _formats(book: Any, meta: Meta) -> dict[str, Any]:
    """The formats of values by indicator, and that of times under ""."""
    by_decimals = {
        decimals: book.add_format({"num_format": number_format(decimals)})
        for decimals in {indicator.decimals for indicator in meta.indicators}
    }
    times = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    values = {indicator.id: by_decimals[indicator.decimals] for indicator in meta.indicators}
    return {"": times} | values


@dataclass(frozen=True)
class WorkbookChart:
    """All periods between the first and the last, and the stretches of all series over them."""

    periods: tuple[str, ...]
    columns: tuple[ChartColumn, ...]


def workbook_chart(rows: pd.DataFrame, meta: Meta) -> WorkbookChart | None:
    """
    The chart of one indicator with at most `_MOST_SERIES` series; else None.

    Args:
        rows: the machine columns, in the order of the extract.
        meta: of the same extract.

    """
    keys = zip(*(rows[name] for name in ROW_KEY), strict=True)
    makeup = (meta.members.get(key) for key in keys)
    members = pd.Series([one and (one,) for one in makeup], rows.index, dtype="object")
    grouped = rows.assign(members=members).groupby(["region", *DIMENSIONS], sort=False)
    indicator = meta.indicators[0] if len(meta.indicators) == 1 else None
    if indicator is None or indicator.measure == "class" or not 0 < len(grouped) <= _MOST_SERIES:
        return None
    series = [series_rows for _, series_rows in grouped]
    periods = period_axis(set(rows["period"]))
    columns: list[ChartColumn] = []
    names = _series_names([series_rows.iloc[0] for series_rows in series], meta)
    for number, (series_rows, name) in enumerate(zip(series, names, strict=True)):
        first = series_rows.iloc[0]
        group = Group(*(first[dimension] for dimension in DIMENSIONS))
        members_of_series = meta.unions.get(first["region"], ())
        marks = comparison.applying(
            indicator.breaks, region=first["region"], group=group, members=members_of_series
        )
        columns += chart_columns(
            as_observations(series_rows),
            marks,
            number=number,
            name=name,
            axis=periods,
            lang=meta.lang,
        )
    return WorkbookChart(periods, tuple(columns)) if columns else None


def _series_names(first_rows: Sequence["pd.Series[str]"], meta: Meta) -> list[str]:
    """A name for each series: the parts in which they differ, the region where in none."""
    parts = [_series_words(row, meta) for row in first_rows]
    differing = [key for key in parts[0] if len({words[key] for words in parts}) > 1]
    return [", ".join(words[key] for key in differing or ["region"]) for words in parts]


def _series_words(row: "pd.Series[str]", meta: Meta) -> Mapping[str, str]:
    """The words for region and group of one series."""
    words = {"region": str(row["region_name"])}
    for dimension in DIMENSIONS:
        category = meta.categories.get((dimension, row[dimension]))
        words[dimension] = category.label[meta.lang] if category else str(row[dimension])
    return words


def _add_chart(book: Any, chart: WorkbookChart, meta: Meta) -> None:
    """A sheet with periods by stretches, and the chart of it."""
    name = term("sheet_chart", meta.lang)
    sheet = book.add_worksheet(name)
    decimals = meta.indicators[0].decimals
    numbers = book.add_format({"num_format": number_format(decimals, whole="0")})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    _fit_paper(sheet)
    sheet.set_row(_HEADING_ROW, 48)
    sheet.set_column(1, len(chart.columns), 18)
    heads = (term("column_period", meta.lang), *(column.name for column in chart.columns))
    for number, head in enumerate(heads):
        sheet.write_string(_HEADING_ROW, number, head, bold)
    for row, period in enumerate(chart.periods):
        if period.isdecimal():
            sheet.write_number(_HEADING_ROW + 1 + row, 0, int(period))
        else:
            sheet.write_string(_HEADING_ROW + 1 + row, 0, format.period_short(period, meta.lang))
        for number, column in enumerate(chart.columns, start=1):
            value = column.values[row]
            if value is not None:
                sheet.write_number(_HEADING_ROW + 1 + row, number, value, numbers)
    sheet.insert_chart(0, 0, _native_chart(book, name, chart, meta))


def _native_chart(book: Any, sheet: str, chart: WorkbookChart, meta: Meta) -> Any:
    """Lines with a mark at each value; a stretch after a break has no entry of its own."""
    lang, indicator = meta.lang, meta.indicators[0]
    native = book.add_chart({"type": "line"})
    first, last = _HEADING_ROW + 1, _HEADING_ROW + len(chart.periods)
    for number, column in enumerate(chart.columns, start=1):
        colour = _SERIES_COLOURS[column.series % len(_SERIES_COLOURS)]
        dash = _EXCEL_DASHES[column.series // len(_SERIES_COLOURS)]
        fill = {"color": colour}
        native.add_series(
            {
                "name": [sheet, _HEADING_ROW, number],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, number, last, number],
                "line": {"color": colour, "width": 1.75, "dash_type": dash},
                "marker": {"type": "circle", "size": 5, "fill": fill, "border": fill},
            }
        )
    example = f"{term('example', lang)}: " if meta.example else ""
    gridlines = {"visible": True, "line": {"color": style.GRID}}
    repeated = [number for number, column in enumerate(chart.columns) if not column.first]
    title = neutral(f"{example}{indicator.title[lang]}")  # after "=" a title is a reference
    native.set_title({"name": title, "overlay": False})
    native.set_y_axis({"name": neutral(indicator.unit[lang]), "major_gridlines": gridlines})
    interval = label_interval(chart.periods, most=_MOST_LABELS)
    labels = {"interval_unit": interval, "interval_tick": interval} if interval > 1 else {}
    native.set_x_axis({"name": term("column_period", lang), **labels})
    native.set_legend({"position": "bottom", "delete_series": repeated})
    native.show_blanks_as("gap")
    native.set_size(_CHART_SIZE)
    return native


def _add_about(book: Any, meta: Meta) -> None:
    """What the file says about its rows."""
    _add_lines(book, about_lines(meta), meta.lang)


def _add_lines(book: Any, lines: Iterable[tuple[str, str]], lang: Lang) -> None:
    """A sheet with a heading and a text a row."""
    sheet = book.add_worksheet(term("sheet_about", lang))
    heading = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    _fit_paper(sheet)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    for row, (head, line) in enumerate(lines):
        sheet.set_row(row, _LINE_HEIGHT * (1 + len(line) // _LINE_LETTERS))
        sheet.write_string(row, 0, head, heading)
        sheet.write_string(row, 1, line, text)


def _fit_paper(sheet: Any) -> None:
    """On paper: A4 across, all columns on one page's width."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
