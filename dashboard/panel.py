"""
One panel: the rows of a view, its lines, its words and its chart.

Knows how a view is worded and coloured; asks `queries` and remembers the answer under
(version, view, look). It never builds a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import comparison, figures, format, queries, template
from dashboard.context import Context
from dashboard.lines import Line, Look, breaks_of
from dashboard.regions import COUNTRY, Region
from dashboard.text import enumerated, term
from dashboard.view import View, group, kind, label
from dashboard.warehouse import Warehouse
from etl.catalogue import TOTAL, Break, Catalogue, Indicator, Lang


@dataclass(frozen=True)
class Panel:
    """What a view shows: rows, lines with and without any, chart and the words around it."""

    series: pd.DataFrame
    lines: tuple[Line, ...]
    absent: tuple[Line, ...]
    figure: Mapping[str, Any]
    heading: str
    subline: str
    alternative: str


def panel(
    context: Context,
    warehouse: Warehouse,
    view: View,
    *,
    regions: Mapping[str, Region],
    look: Look,
) -> Panel:
    """The panel of a view, remembered per version; readers must not change it."""
    return context.memory.recall(
        (warehouse.version, view, look),
        lambda: _panel(context.catalogue, warehouse, view, regions=regions, look=look),
    )


def lines(
    catalogue: Catalogue, view: View, regions: Mapping[str, Region], lang: Lang
) -> tuple[Line, ...]:
    """The lines of a view: own region in the lead colour, the country dark and dashed."""
    if view.by != "region":
        return _group_lines(catalogue, view, lang)
    colours = iter(template.SECONDARY)
    dashes = iter(template.DASHES[1:])
    drawn = []
    for code in view.regions:
        if code not in regions:
            continue
        style: dict[str, Any] = {"colour": template.LEAD, "width": 3.0}
        if code != view.own and regions[code].level == "country":
            style = {"colour": template.COUNTRY, "dash": "dash"}
        elif code != view.own:
            style = {"colour": next(colours), "dash": next(dashes)}
        drawn.append(
            Line(code, view.sexes[0], view.backgrounds[0], regions[code].name(lang), **style)
        )
    return tuple(drawn)


def _group_lines(catalogue: Catalogue, view: View, lang: Lang) -> tuple[Line, ...]:
    dimension = "background" if view.by == "background" else "sex"
    colours = (template.LEAD, *template.SECONDARY)
    pairs = [(one, other) for one in view.backgrounds for other in view.sexes]
    return tuple(
        Line(
            view.own,
            sex,
            background,
            label(catalogue, dimension, background if dimension == "background" else sex, lang),
            colour=template.COUNTRY if (background, sex) == (TOTAL, TOTAL) else colour,
            dash="dash" if (background, sex) == (TOTAL, TOTAL) else dash,
            width=2.5,
        )
        for (background, sex), colour, dash in zip(pairs, colours, template.DASHES, strict=False)
    )


def marks(indicator: Indicator, drawn: tuple[Line, ...]) -> tuple[Break, ...]:
    """Breaks and cautions that concern a drawn line, oldest first."""
    found = {mark: None for line in drawn for mark in breaks_of(line, indicator)}
    return tuple(sorted(found, key=lambda mark: mark.period))


def _panel(
    catalogue: Catalogue,
    warehouse: Warehouse,
    view: View,
    *,
    regions: Mapping[str, Region],
    look: Look,
) -> Panel:
    indicator = catalogue.indicator[view.indicator]
    series = queries.series(
        warehouse,
        view.indicator,
        regions=view.regions,
        backgrounds=view.backgrounds,
        sexes=view.sexes,
    )
    wanted = lines(catalogue, view, regions, look.lang)
    drawn = tuple(line for line in wanted if not line.rows(series).empty)
    shown = dict.fromkeys(line.region for line in drawn or wanted)
    places = [regions[code].where[look.lang] for code in shown]
    heading = _heading(catalogue, view, places, look.lang) + _years(series)
    return Panel(
        series=series,
        lines=drawn,
        absent=tuple(line for line in wanted if line not in drawn),
        figure=figures.over_time(series, drawn, indicator, look),
        heading=heading,
        subline=_subline(series, drawn, indicator, look.lang),
        alternative=_alternative(heading, series, drawn, indicator=indicator, look=look),
    )


def _heading(catalogue: Catalogue, view: View, places: list[str], lang: Lang) -> str:
    """Measure, places and groups: what the chart shows, before its years."""
    title = catalogue.indicator[view.indicator].title[lang]
    words = f"{title} {enumerated(places, lang)}"
    if view.by != "region":
        what = kind(catalogue, view.backgrounds) if view.by == "background" else view.by
        words += f" {term(f'in_heading_{what}', lang)}"
    background = TOTAL if view.by == "background" else view.backgrounds[0]
    sex = TOTAL if view.by == "sex" else view.sexes[0]
    if (background, sex) != (TOTAL, TOTAL):
        parts = group(catalogue, background, sex, lang=lang).split(", ")
        words += "".join(f", {part[:1].lower()}{part[1:]}" for part in parts)
    return words


def _years(series: pd.DataFrame) -> str:
    if series.empty:
        return ""
    return " " + format.periods(series["period"].min(), series["period"].max())


def _subline(
    series: pd.DataFrame, drawn: tuple[Line, ...], indicator: Indicator, lang: Lang
) -> str:
    """Unit and how to read the chart; names only what is drawn."""
    unit = indicator.unit[lang]
    parts = [f"{unit[:1].upper()}{unit[1:]}."]
    if not figures.starts_at_zero(series["value"]):
        parts.append(term("axis_not_zero", lang))
    first, last = series["period"].min(), series["period"].max()
    inside = {
        mark.severity
        for mark in marks(indicator, drawn)
        if len(series) and first < mark.period <= last
    }
    parts += [term("break_lines", lang)] if "break" in inside else []
    parts += [term("caution_lines", lang)] if "caution" in inside else []
    if any(line.region == COUNTRY != drawn[0].region for line in drawn):
        parts.append(term("country_dashed", lang))
    return " ".join(parts)


def _alternative(
    heading: str,
    series: pd.DataFrame,
    drawn: tuple[Line, ...],
    *,
    indicator: Indicator,
    look: Look,
) -> str:
    """The chart in words: what it shows, and where each line ends."""
    ends = []
    for line in drawn:
        rows = line.rows(series)
        pieces = comparison.stretches(rows, (), comparison.step(series["period"]))
        if pieces:
            end = pieces[-1].iloc[-1]
            value = format.measured(end["value"], end["status"], indicator, look.lang)
            ends.append(
                term("chart_end", look.lang, name=line.name, period=end["period"], value=value)
            )
    said = f"{term('chart_of', look.lang)}: {heading}. {'; '.join(ends)}."
    return f"{term('example', look.lang)}. {said}" if look.example else said
