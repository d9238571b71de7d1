"""
XLSX: typed cells, a sheet about the figures, and a chart that Excel can edit.

It needs a temporary file, row by row, so that memory does not grow. Codes are text ("0180"),
numbers are numbers with the indicator's decimals shown, times are times (UTC). No text becomes a
formula, a link or a number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any

import pandas as pd
import pyarrow as pa
import xlsxwriter

from dashboard.charts import style
from dashboard.codes import Group
from dashboard.exports.delimited import names, pairs, segments, worded
from dashboard.exports.description import about
from dashboard.exports.extract import KEY, Extract, Meta, TooLargeError, frame
from dashboard.exports.slides import Values, categories, named_columns
from dashboard.rules import comparison
from dashboard.rules import stretches as rule_stretches
from dashboard.text import format, term
from etl.catalogue import Indicator

SERIES = 10
KEYS = ("region", "sex", "background", "education")
MOST_CHART_ROWS = 2_000


@dataclass(frozen=True)
class Stretch:
    """A piece of a series that may be drawn as one line; None where it has no number."""

    series: int
    name: str
    values: Values


@dataclass(frozen=True)
class Plot:
    """All periods between first and last, and the stretches over them."""

    periods: tuple[str, ...]
    stretches: tuple[Stretch, ...]


def plot(rows: pd.DataFrame, meta: Meta) -> Plot | None:
    """
    Columns for a chart of one indicator with at most `SERIES` series; else None.

    Args:
        rows: the machine columns, in the order of the extract.
        meta: of the same extract.

    """
    keys = zip(*(rows[name] for name in KEY), strict=True)
    made = pd.Series([meta.made.get(key) for key in keys], rows.index, dtype="object")
    told = rows.assign(members=made)
    found = [own for _, own in told.groupby(list(KEYS), sort=False)]
    one = meta.indicators[0] if len(meta.indicators) == 1 else None
    if one is None or one.measure == "class" or not 0 < len(found) <= SERIES:
        return None
    every = rule_stretches.step(rows["period"])
    periods = categories(rows)
    named = _names([own.iloc[0] for own in found], meta)
    stretches: list[Stretch] = []
    for place, (own, name) in enumerate(zip(found, named, strict=True)):
        stretches += _stretches(own, place, name, one=one, every=every, axis=periods, meta=meta)
    return Plot(periods, tuple(stretches)) if stretches else None


def _stretches(
    own: pd.DataFrame,
    place: int,
    name: str,
    *,
    one: Indicator,
    every: int,
    axis: Sequence[str],
    meta: Meta,
) -> list[Stretch]:
    """The pieces of one series; all but the first say since when they are."""
    group = own.iloc[0]
    marks = comparison.applying(
        one.breaks,
        region=group["region"],
        group=Group(group["sex"], group["background"], group["education"]),
    )
    cut = rule_stretches.line_stretches(own, marks, every)
    return [Stretch(place, *told) for told in named_columns(cut, name, axis=axis, lang=meta.lang)]


def _names(groups: Sequence["pd.Series[str]"], meta: Meta) -> list[str]:
    """A name for each series: the parts in which they differ, the region where in none."""
    told = [_parts(group, meta) for group in groups]
    differing = [key for key in KEYS if len({parts[key] for parts in told}) > 1]
    return [", ".join(parts[key] for key in differing or ["region"]) for parts in told]


def _parts(group: "pd.Series[str]", meta: Meta) -> Mapping[str, str]:
    """The words for region and group of one series."""
    words = {"region": str(group["region_name"])}
    for key in KEYS[1:]:
        category = meta.categories.get((key, group[key]))
        words[key] = category.label[meta.lang] if category else str(group[key])
    return words


COLOURS = (style.LEAD, *style.SECONDARY, style.COUNTRY)
DASHES = ("solid", "dash", "long_dash_dot")
SIZE = {"width": 960, "height": 540}
HEAD = 29  # the row of headings: the chart stands above


def draw(book: Any, plot: Plot, meta: Meta) -> None:
    """A sheet with periods by stretches, and the chart of it."""
    name = term("sheet_chart", meta.lang)
    sheet = book.add_worksheet(name)
    one = meta.indicators[0]
    shown = book.add_format({"num_format": "0" + ("." + "0" * one.decimals) * bool(one.decimals)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    fit(sheet)
    sheet.set_row(HEAD, 48)
    sheet.set_column(1, len(plot.stretches), 18)
    for place, head in enumerate((term("column_period", meta.lang), *_heads(plot))):
        sheet.write_string(HEAD, place, head, bold)
    for row, period in enumerate(plot.periods, start=HEAD + 1):
        sheet.write_number(row, 0, int(period))
        for place, stretch in enumerate(plot.stretches, start=1):
            value = stretch.values[row - HEAD - 1]
            if value is not None:
                sheet.write_number(row, place, value, shown)
    sheet.insert_chart(0, 0, _chart(book, name, plot, meta))


def fit(sheet: Any) -> None:
    """On paper: A4 across, all columns on one page's width."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _heads(plot: Plot) -> list[str]:
    return [stretch.name for stretch in plot.stretches]


def _chart(book: Any, sheet: str, plot: Plot, meta: Meta) -> Any:
    """Lines with a mark at each value; a stretch after a break has no entry of its own."""
    lang, one = meta.lang, meta.indicators[0]
    chart = book.add_chart({"type": "line"})
    first, last = HEAD + 1, HEAD + len(plot.periods)
    for place, stretch in enumerate(plot.stretches, start=1):
        chart.add_series(
            {
                "name": [sheet, HEAD, place],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, place, last, place],
                **_stroke(stretch),
            }
        )
    invented = f"{term('example', lang)}: " if meta.example else ""
    chart.set_title({"name": f"{invented}{one.title[lang]}", "overlay": False})
    chart.set_y_axis(
        {
            "name": one.unit[lang],
            "major_gridlines": {"visible": True, "line": {"color": style.GRID}},
        }
    )
    chart.set_x_axis({"name": term("column_period", lang)})
    chart.set_legend({"position": "bottom", "delete_series": _repeated(plot)})
    chart.show_blanks_as("gap")
    chart.set_size(SIZE)
    return chart


def _stroke(stretch: Stretch) -> dict[str, Any]:
    """Colour and dashes of a series, the same for all its stretches."""
    colour = COLOURS[stretch.series % len(COLOURS)]
    dash = DASHES[stretch.series // len(COLOURS)]
    return {
        "line": {"color": colour, "width": 1.75, "dash_type": dash},
        "marker": {
            "type": "circle",
            "size": 5,
            "fill": {"color": colour},
            "border": {"color": colour},
        },
    }


def _repeated(plot: Plot) -> list[int]:
    """Places of stretches whose series already has an entry in the legend."""
    series = [stretch.series for stretch in plot.stretches]
    return [place for place, one in enumerate(series) if one in series[:place]]


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


def write(extract: Extract) -> Iterator[bytes]:
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
        drawn = plot(frame(extract), meta) if 0 < meta.rows <= MOST_CHART_ROWS else None
        if drawn:
            draw(book, drawn, meta)
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
    fit(sheet)
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
    fit(sheet)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    for row, (head, line) in enumerate(about(meta)):
        sheet.set_row(row, LINE * (1 + len(line) // LETTERS))
        sheet.write_string(row, 0, head, heading)
        sheet.write_string(row, 1, line, text)
