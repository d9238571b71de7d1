"""
One panel: the rows of a view, its lines, its words and its chart.

Knows how a view is worded and coloured; asks `queries` and remembers the answer under
(version, view, look). It never builds a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import captions, figures, template
from dashboard.backdrop import Backdrop, backdrop
from dashboard.context import Context
from dashboard.goals import Goal, goals
from dashboard.lines import Line, Look
from dashboard.narrative import Narrative, narrative
from dashboard.observation import observations
from dashboard.offers import EVERYBODY
from dashboard.regions import Region
from dashboard.series import levels, series
from dashboard.view import View, label
from dashboard.warehouse import Warehouse
from dashboard.wording import Voice
from etl.catalogue import Catalogue, Lang

LEVELS = frozenset({"county", "municipality"})  # with so many regions that they make a background


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
    goals: tuple[Goal, ...]
    told: Narrative
    voice: Voice


def panel(
    context: Context,
    warehouse: Warehouse,
    view: View,
    *,
    regions: Mapping[str, Region],
    look: Look,
    among: bool = False,
) -> Panel:
    """
    The panel of a view, remembered per version; readers must not change it.

    `among`: the other regions of the own level stand behind the lines, where regions are compared.
    """
    return context.recent.recall(
        (warehouse.version, view, look, among),
        lambda: _panel(context, warehouse, view, regions=regions, look=look, among=among),
    )


def inside(rows: pd.DataFrame, years: tuple[str, str] | None) -> pd.DataFrame:
    """The rows of some years, both included; all of them for None."""
    return rows if years is None else rows[rows["period"].str[:4].between(*years)]


def every(context: Context, warehouse: Warehouse, view: View) -> pd.DataFrame:
    """The rows of a view in all years."""
    return series(
        context,
        warehouse,
        view.indicator,
        regions=view.regions,
        backgrounds=view.backgrounds,
        sexes=view.sexes,
        educations=view.educations,
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
        style["members"] = regions[code].members
        background, sex, style["education"] = view.groups[0]
        drawn.append(Line(code, sex, background, regions[code].name(lang), **style))
    return tuple(drawn)


def _group_lines(catalogue: Catalogue, view: View, lang: Lang) -> tuple[Line, ...]:
    place = ("background", "sex", "education").index(view.by)
    colours = (template.LEAD, *template.SECONDARY)
    return tuple(
        Line(
            view.own,
            sex,
            background,
            label(catalogue, view.by, (background, sex, education)[place], lang),
            colour=template.COUNTRY if everybody else colour,
            dash="dash" if everybody else dash,
            width=2.5,
            education=education,
        )
        for (background, sex, education), colour, dash in zip(
            view.groups, colours, template.DASHES, strict=False
        )
        for everybody in [(background, sex, education) == EVERYBODY]
    )


def _panel(
    context: Context,
    warehouse: Warehouse,
    view: View,
    *,
    regions: Mapping[str, Region],
    look: Look,
    among: bool,
) -> Panel:
    catalogue, indicator = context.catalogue, context.catalogue.indicator[view.indicator]
    rows = inside(every(context, warehouse, view), view.years)
    wanted = lines(catalogue, view, regions, look.lang)
    drawn = tuple(line for line in wanted if not line.rows(rows).empty)
    shown = dict.fromkeys(line.region for line in drawn or wanted)
    places = [regions[code].where[look.lang] for code in shown]
    heading = captions.heading(catalogue, view, places, look.lang) + captions.years(rows)
    voice = Voice(indicator, catalogue, {code: regions[code].where for code in shown}, look.lang)
    told = narrative(rows, drawn, voice)
    aims = tuple(
        goal
        for line in drawn
        for goal in goals(context.targets, observations(line.rows(rows), indicator.id), indicator)
    )
    behind = _behind(context, warehouse, view, regions) if among and drawn else None
    return Panel(
        series=rows,
        lines=drawn,
        absent=tuple(line for line in wanted if line not in drawn),
        figure=figures.over_time(
            rows, drawn, indicator, look, goals=aims, behind=behind[1] if behind else None
        ),
        heading=heading,
        subline=captions.subline(
            rows, drawn, aims, indicator=indicator, lang=look.lang, behind=behind
        ),
        alternative=captions.alternative(heading, told, look),
        goals=aims,
        told=told,
        voice=voice,
    )


def _behind(
    context: Context, warehouse: Warehouse, view: View, regions: Mapping[str, Region]
) -> tuple[str, Backdrop] | None:
    """The own level and its other regions, where those are counties or municipalities."""
    own = regions.get(view.own)
    if view.by != "region" or own is None or own.level not in LEVELS:
        return None
    codes = tuple(code for code, region in regions.items() if region.level == own.level)
    background, sex, education = view.groups[0]
    rows = levels(
        context,
        warehouse,
        view.indicator,
        codes=codes,
        background=background,
        sex=sex,
        education=education,
    )
    others = inside(rows[~rows["region"].isin(view.regions)], view.years)
    found = backdrop(others, context.catalogue.indicator[view.indicator], view.groups[0])
    return (own.level, found) if found else None
