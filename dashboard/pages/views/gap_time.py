"""
The difference between two groups of the own region over time, its ratio below, and their table.

Knows which charts there are. The lines are those of `figures`, cut where either group's are.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from dash import html

from dashboard import captions, figures, format, template
from dashboard.differences import RATIO_DECIMALS, Gap, frame, marks_of, measure
from dashboard.lines import Line
from dashboard.pages.views import sheet
from dashboard.pages.views.pair import Two, small
from dashboard.pages.views.two_table import signed, unit_of
from dashboard.saving import saved
from dashboard.table import cell
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import TOTAL, Indicator, Lang


def heading(visit: Visit, indicator: Indicator, own: str, *, two: Two, key: str = "gap") -> str:
    """Measure, region and pair: what the chart shows, before its years."""
    place = visit.places[own].where[visit.lang] if own in visit.places else own
    one, other = (small(name) for name in two.names)
    title = indicator.title[visit.lang]
    return term(f"{key}_heading", visit.lang, title=title, where=place, one=one, other=other)


def section(
    visit: Visit, indicator: Indicator, own: Sequence[Gap], *, two: Two, told: Sequence[str]
) -> list[Any]:
    """Both charts and the table; one sentence where the own region has no difference."""
    if not any(one.value is not None for one in own):
        return [html.P(told[0], className="absent large")]
    region = own[0].one.region
    parts = [_chart(visit, indicator, own, two=two, told=told, ratio=False)]
    if any(one.ratio is not None for one in own):
        parts.append(_chart(visit, indicator, own, two=two, told=(), ratio=True))
    title = heading(visit, indicator, region, two=two)
    return [*parts, _twin(visit, indicator, own, two=two, title=title)]


def _chart(
    visit: Visit,
    indicator: Indicator,
    own: Sequence[Gap],
    *,
    two: Two,
    told: Sequence[str],
    ratio: bool,
) -> html.Div:
    """The difference, or the ratio, of the own region as a line."""
    lang, key = visit.lang, "ratio" if ratio else "gap"
    rows, shown = frame(own, ratio=ratio), measure(own, indicator, ratio=ratio)
    name = term("ratio_line" if ratio else "difference_line", lang)
    line = Line(own[0].one.region, TOTAL, TOTAL, name, template.LEAD, width=3.0)
    figure = figures.over_time(rows, [line], shown, visit.look)
    _begin(
        figure,
        1.0 if ratio else 0.0,
        [value for value in rows["value"] if format.has_number(value)],
    )
    title = heading(visit, indicator, own[0].one.region, two=two, key=key) + captions.years(rows)
    how = captions.subline(rows, (line,), (), indicator=shown, lang=lang)
    one, other = two.names
    blanks = {"one": small(one), "other": small(other)}
    unit = "" if ratio else term("gap_unit", lang, unit=unit_of(indicator, lang))
    what = term("divided" if ratio else "minus", lang, one=one, other=small(other))
    rest = how.partition(". ")[2].replace(term("axis_not_zero", lang), "").strip()
    parts = [unit, f"{what}.", term(f"{key}_how", lang, **blanks), rest]
    alternative = sheet.described(
        f"{key}_of", title, _ends(own, shown, visit, ratio=ratio) if ratio else told,
        example=visit.warehouse.example, lang=lang,
    )  # fmt: skip
    how = " ".join(part for part in parts if part)
    return sheet.picture(
        figure,
        title=title,
        how=how,
        alternative=alternative,
        told=told[1:],
        key="ratio" if ratio else "",
        foot=[saved(visit, indicator, _sides(own), title=title, how=how, what=name)],
    )


def _sides(own: Sequence[Gap]) -> pd.DataFrame:
    """The figures of both groups, with what those of unions are made of."""
    return pd.DataFrame(one for each in own for one in (each.one, each.other))


def _ends(own: Sequence[Gap], shown: Indicator, visit: Visit, *, ratio: bool) -> list[str]:
    """The newest ratio in words."""
    known = [one for one in own if one.ratio is not None]
    newest = format.number(known[-1].ratio, shown.decimals, visit.lang)
    return [f"{known[-1].period}: {newest}."] if ratio else []


def _begin(figure: dict[str, Any], base: float, values: Sequence[float]) -> None:
    """Widen the axis until it holds the value of two groups alike, and draw a line there."""
    layout = figure["layout"]
    low, high = layout["yaxis"]["range"]
    low, high = (min(low, base)), (max(high, base))
    layout["yaxis"] |= {"range": [low, high], "zeroline": False}
    place = {"xref": "paper", "x0": 0, "x1": 1, "y0": base, "y1": base}
    style = {"color": template.RULE, "width": 1, "dash": "dash"}
    layout["shapes"].append(
        {"type": "line", **place, "name": "alike", "layer": "below", "line": style}
    )
    for one in layout["annotations"]:
        if (one.get("x"), one.get("yanchor")) == (1, "middle"):  # the words at the line's end
            one["y"] = (values[-1] - low) / (high - low)


def _twin(
    visit: Visit, indicator: Indicator, own: Sequence[Gap], *, two: Two, title: str
) -> html.Section:
    """Both groups, difference and ratio of each year, newest first, with breaks between."""
    lang = visit.lang
    columns = [sheet.Column(term("period", lang)), *gap_columns(two, visit)]
    newest = list(reversed(own))
    lines: list[Any] = []
    for after, before in pairwise([*newest, None]):
        if after is None:
            continue
        lines.append(sheet.Line(after.period, cells(after, indicator, visit)))
        lines += _seams(before, after, indicator, width=len(columns), visit=visit)
    made = sheet.table(title, units(indicator, lang), columns, [("", lines)])
    return html.Section([html.H2(term("as_table", lang)), made], className="twin")


def units(indicator: Indicator, lang: Lang) -> str:
    """The unit of the figures, that of their difference, and who has worked it out."""
    apart = term("difference_unit", lang, unit=unit_of(indicator, lang))
    return f"{sheet.unit(indicator, lang)} {apart} {term('difference_own', lang)}"


def gap_columns(two: Two, visit: Visit) -> list[sheet.Column]:
    """The heads of both groups, their difference and their ratio."""
    keys = (term("column_difference", visit.lang), term("column_ratio", visit.lang))
    return [sheet.Column(name) for name in (*two.names, *keys)]


def cells(one: Gap, indicator: Indicator, visit: Visit) -> list[Any]:
    """Both figures with their symbols, the difference with its sign, and the ratio."""
    lang = visit.lang
    sides = [cell(side.value, side.status, indicator, lang) for side in (one.one, one.other)]
    ratio = "–" if one.ratio is None else format.number(one.ratio, RATIO_DECIMALS, lang)
    return [*sides, signed(one.value, indicator, lang), ratio]


def _seams(
    before: Gap | None, after: Gap, indicator: Indicator, *, width: int, visit: Visit
) -> list[html.Tr]:
    """The breaks and cautions between two years, a row each."""
    if before is None:
        return []
    marks = dict.fromkeys((*marks_of(before, indicator), *marks_of(after, indicator)))
    between = [mark for mark in marks if before.period < mark.period <= after.period]
    return [
        html.Tr(
            html.Td(
                html.Span(
                    term(
                        f"{mark.severity}_row",
                        visit.lang,
                        period=mark.period,
                        text=mark.text[visit.lang],
                    )
                ),
                colSpan=width,
            ),
            className=f"mark {mark.severity}",
        )
        for mark in between
    ]
