"""
A native line chart in a workbook, over a sheet of its own columns.

Knows xlsxwriter and the palette. What may be joined by a line is decided in `plot`.
"""

from typing import Any

from dashboard import template
from dashboard.exports.extract import Meta
from dashboard.exports.plot import Plot, Stretch
from dashboard.text import term

COLOURS = (template.LEAD, *template.SECONDARY, template.COUNTRY)
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
            "major_gridlines": {"visible": True, "line": {"color": template.GRID}},
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
