"""
The charts of the report's figures, from today's tables.

Knows which rows a drawing takes and how its lines look. What may be joined, said and put
together is decided by `series`, `narrative` and `figures`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.charts import line_chart
from dashboard.charts import style as chart_style
from dashboard.charts.line_chart import axis_range
from dashboard.charts.style import ChartLine
from dashboard.data.observation import Observation, observations
from dashboard.data.series import series
from dashboard.pages.report.areas import AREAS, COUNTRY, COUNTY, Drawing, together
from dashboard.pages.report.printed import Printed, report
from dashboard.panels import panel as panel_panel
from dashboard.panels.panel import Panel
from dashboard.rules.stretches import unbroken
from dashboard.sentences.figures import stated
from dashboard.sentences.summary import Narrative, narrative
from dashboard.sentences.wording import Voice, category_label
from dashboard.state.visit import Look, Visit
from dashboard.text import format, term
from etl.catalogue import TOTAL, Indicator, Text

ROW = 24  # pixels
NARROW_ROW = 42  # with the name over the dots
HEAD = 12
FOOT = 28
LETTER = 6.9  # pixels of a letter in the names, about
SYMBOL = "diamond-open"
KEY_ROOM = 26
HUNDRED = 100


@dataclass(frozen=True)
class Point:
    """A figure of the report: where it stands, in which colour, and as it was printed."""

    year: int
    value: float
    words: str
    colour: str


def with_points(figure: Mapping[str, Any], points: Sequence[Point], look: Look) -> dict[str, Any]:
    """The chart with open diamonds for the report's figures, and a key under it."""
    if not points:
        return dict(figure)
    layout = dict(figure["layout"])
    low, high = layout["yaxis"]["range"]
    room = 0.05 * (high - low)
    values = [point.value for point in points]
    layout["yaxis"] = layout["yaxis"] | {
        "range": [min([low, *(value - room for value in values)]), max([high, *values])]
    }
    margin = layout["margin"]
    layout["margin"] = margin | {"b": margin["b"] + KEY_ROOM}
    layout["annotations"] = [*layout["annotations"], _key(look)]
    return {"data": [*figure["data"], _diamonds(points, look)], "layout": layout}


def strips(
    series: Mapping[str, Sequence[Observation]],
    names: Mapping[str, str],
    indicator: Indicator,
    look: Look,
) -> dict[str, Any]:
    """
    One row for each area, a dot for each year; the newest filled and valued, 100 a line.

    `series` holds the present observations of one unbroken stretch by area; an area without
    any keeps its row, empty, with a dash. `layout.height` grows with the rows.
    """
    step, drop = (NARROW_ROW, NARROW_ROW - ROW / 2) if look.narrow else (ROW, ROW / 2)
    places = {code: number * step + drop for number, code in enumerate(names)}
    older = [(code, one) for code in names for one in series.get(code, ())[:-1]]
    newest = [(code, series[code][-1]) for code in names if series.get(code)]
    traces = [
        _dots(older, places, names, indicator=indicator, look=look, filled=False),
        _dots(newest, places, names, indicator=indicator, look=look, filled=True),
    ]
    layout = _mark_rows(places, names, look, tall=step * max(1, len(names)))
    low, high = axis_range([one.number for _, one in [*older, *newest]])
    layout["xaxis"] |= {"range": [low, high], "nticks": 6, "showgrid": True}
    layout["xaxis"] |= {"gridcolor": chart_style.GRID, "showline": False}
    layout["shapes"] = _hundred(low, high)
    values = {
        code: format.number(one.number, indicator.decimals, look.lang) for code, one in newest
    }
    layout["annotations"] = [
        *(_beside(places[code], values.get(code, "–")) for code in names),
        *([_above(places[code], name) for code, name in names.items()] if look.narrow else []),
        *line_chart.example_mark(look),
    ]
    return {"data": traces, "layout": layout}


def _mark_rows(
    places: Mapping[str, float], names: Mapping[str, str], look: Look, *, tall: float
) -> dict[str, Any]:
    """A layout of rows with their names beside them, or over them in a narrow window."""
    layout = chart_style.chart_layout(look.lang)
    longest = 0 if look.narrow else max(map(len, names.values()), default=0)
    layout["height"] = HEAD + tall + FOOT
    layout["margin"] = {"l": 12 + round(LETTER * longest), "r": 56, "t": HEAD, "b": FOOT}
    layout["yaxis"] |= {
        "range": [tall, 0],
        "tickvals": list(places.values()),
        "ticktext": list(names.values()),
        "showticklabels": not look.narrow,
        "showgrid": False,
    }
    return layout


def _diamonds(points: Sequence[Point], look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": term("page_report", look.lang),
        "x": [point.year for point in points],
        "y": [point.value for point in points],
        "text": [point.words for point in points],
        "cliponaxis": False,
        "marker": {
            "symbol": SYMBOL,
            "size": 13,
            "color": [chart_style.ink(point.colour) for point in points],
            "line": {"width": 2},
        },
        "hovertemplate": "%{fullData.name}, %{x:d}: <b>%{text}</b><extra></extra>",
    }


def _key(look: Look) -> dict[str, Any]:
    return {
        "x": 0,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "yshift": -28,
        "showarrow": False,
        "text": f"◇ {term('page_report', look.lang)}",
        "font": {"size": 13, "color": chart_style.QUIET},
    }


def _dots(
    ones: Sequence[tuple[str, Observation]],
    places: Mapping[str, float],
    names: Mapping[str, str],
    *,
    indicator: Indicator,
    look: Look,
    filled: bool,
) -> dict[str, Any]:
    numbers = [format.number(one.number, indicator.decimals, look.lang) for _, one in ones]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "newest" if filled else "older",
        "x": [one.number for _, one in ones],
        "y": [places[code] for code, _ in ones],
        "text": numbers,
        "customdata": [f"{names[code]} {one.period}" for code, one in ones],
        "cliponaxis": False,
        "marker": {
            "size": 9 if filled else 7,
            "color": chart_style.LEAD if filled else "#FFFFFF",
            "line": {"color": chart_style.LEAD if filled else chart_style.RULE, "width": 1.5},
        },
        "hovertemplate": "%{customdata}: <b>%{text}</b><extra></extra>",
    }


def _hundred(low: float, high: float) -> list[dict[str, Any]]:
    if not low < HUNDRED < high:
        return []
    place = {"yref": "paper", "y0": 0, "y1": 1, "x0": HUNDRED, "x1": HUNDRED}
    style = {"color": chart_style.RULE, "width": 1, "dash": "dash"}
    return [{"type": "line", "xref": "x", **place, "layer": "below", "line": style}]


def _beside(place: float, text: str) -> dict[str, Any]:
    """The newest value at the end of a row."""
    return {
        "x": 1,
        "y": place,
        "xref": "paper",
        "yref": "y",
        "xanchor": "left",
        "xshift": 8,
        "showarrow": False,
        "text": text,
        "font": {"size": 12, "color": chart_style.LEAD},
    }


def _above(place: float, name: str) -> dict[str, Any]:
    """The name of a row over its dots."""
    return {
        "x": 0,
        "y": place,
        "xref": "paper",
        "yref": "y",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 7,
        "showarrow": False,
        "text": name,
        "font": {"size": 12, "color": chart_style.QUIET},
    }


def report_panel(visit: Visit, drawing: Drawing, entries: Sequence[Printed]) -> Panel:
    """The chart of lines of a drawing, with the report's figures that may stand on it."""
    lang, indicator = visit.lang, visit.catalogue.indicator[drawing.indicator]
    rows = _rows(visit, drawing)
    wanted = _lines(visit, drawing)
    drawn = tuple(line for line in wanted if not line.rows(rows).empty)
    heading = term(f"report_{drawing.key}", lang) + panel_panel.years(rows)
    voice = Voice(indicator, visit.catalogue, _where(visit, drawing), lang)
    told = _told(rows, drawn, drawing, voice=voice, visit=visit)
    points = _points(drawing, drawn, entries, visit)
    sub = panel_panel.subline(rows, drawn, (), indicator=indicator, lang=lang)
    said = panel_panel.alternative(heading, told, visit.look)
    return Panel(
        series=rows,
        lines=drawn,
        absent=tuple(line for line in wanted if line not in drawn),
        figure=with_points(
            line_chart.line_chart(rows, drawn, indicator, visit.look), points, visit.look
        ),
        heading=heading,
        subline=f"{sub} {term('report_diamonds', lang)}" if points else sub,
        alternative=" ".join([said, *_pointed(points, visit)]),
        goals=(),
        told=told,
        voice=voice,
    )


def first_stretch(rows: pd.DataFrame, indicator: Indicator) -> dict[str, tuple[Observation, ...]]:
    """The present observations of the oldest unbroken stretch of each region."""
    found = {}
    for code, own in rows.groupby("region", sort=False):
        pieces = [one.present for one in unbroken(observations(own, indicator.id), indicator)]
        found[str(code)] = next((one for one in pieces if one), ())
    return found


def _rows(visit: Visit, drawing: Drawing) -> pd.DataFrame:
    """Rows of all lines; of several measures each with its id in place of the background."""
    if drawing.kind != "measures":
        return series(
            visit.context,
            visit.warehouse,
            drawing.indicator,
            regions=drawing.regions,
            backgrounds=drawing.groups,
            own=together(visit.places) if AREAS in drawing.regions else None,
        )
    frames = [
        series(visit.context, visit.warehouse, id, regions=(COUNTY,)).assign(background=id)
        for id in drawing.measures
    ]
    return pd.concat(frames).sort_values("period", kind="stable", ignore_index=True)


def _where(visit: Visit, drawing: Drawing) -> dict[str, Text]:
    return {code: visit.places[code].where for code in drawing.regions if code in visit.places}


def _lines(visit: Visit, drawing: Drawing) -> tuple[ChartLine, ...]:
    lang = visit.lang
    if drawing.kind == "regions":
        known = [code for code in drawing.regions if code in visit.places]
        return tuple(_region_line(code, visit) for code in known)
    codes = drawing.measures or drawing.groups
    styles = zip((chart_style.LEAD, *chart_style.SECONDARY), chart_style.DASHES, strict=True)
    made = []
    for code, (colour, dash) in zip(codes, styles, strict=False):
        name = (
            term(f"report_line_{code}", lang)
            if drawing.kind == "measures"
            else category_label(visit.catalogue, "background", code, lang)
        )
        made.append(ChartLine(COUNTY, TOTAL, code, name, colour=colour, dash=dash, width=2.5))
    return tuple(made)


def _region_line(code: str, visit: Visit) -> ChartLine:
    """The county leads, the country is dark and dashed, the neighbourhoods stand beside."""
    style: dict[str, Any] = {"colour": chart_style.LEAD, "width": 3.0}
    if code == COUNTRY:
        style = {"colour": chart_style.COUNTRY, "dash": "dash"}
    elif code == AREAS:
        style = {"colour": chart_style.SECONDARY[1], "width": 2.5}
    return ChartLine(code, TOTAL, TOTAL, visit.places[code].name(visit.lang), **style)


def _told(
    rows: pd.DataFrame, drawn: Sequence[ChartLine], drawing: Drawing, *, voice: Voice, visit: Visit
) -> Narrative:
    """What the lines say; of several measures the newest total with its parts."""
    if drawing.kind != "measures":
        return narrative(rows, drawn, voice)
    known = {line.background: observations(line.rows(rows), line.background) for line in drawn}
    present = [one for one in known.get(drawing.indicator, ()) if one.present]
    if not present:
        return Narrative()
    newest = present[-1]
    parts = [
        (one, phrase.part)
        for id in drawing.measures[1:]
        for one in known.get(id, ())
        if one.period == newest.period
        and (phrase := visit.catalogue.indicator[id].phrase)
        and phrase.part
    ]
    return Narrative(stated(_everybody(newest), voice, parts))


def _everybody(one: Observation) -> Observation:
    """The observation without the id that stands in place of its background."""
    return Observation(
        one.indicator, one.region, one.period, one.segment, one.value, one.status, kind=one.kind
    )


def _points(
    drawing: Drawing, drawn: Sequence[ChartLine], entries: Sequence[Printed], visit: Visit
) -> list[Point]:
    """The report's figures that belong to a drawn line, in its colour."""
    found = []
    for one in entries:
        if not (one.point and one.current and one.year and one.value is not None):
            continue
        group = one.current.indicator if drawing.kind == "measures" else one.current.background
        line = next(
            (
                each
                for each in drawn
                if (each.region, each.background) == (one.current.region, group)
            ),
            None,
        )
        if line and one.current.indicator in (drawing.measures or (drawing.indicator,)):
            words = f"{line.name}: {report(one, visit.lang)}"
            found.append(Point(int(one.year), one.value, words, line.colour))
    return found


def _pointed(points: Sequence[Point], visit: Visit) -> list[str]:
    """The report's figures in the words of the text alternative."""
    if not points:
        return []
    told = "; ".join(f"{point.words} ({point.year})" for point in points)
    return [f"{term('page_report', visit.lang)}: {told}.".replace(format.NBSP, " ")]
