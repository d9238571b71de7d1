"""
Chosen areas over time against their municipality, county and country.

Knows which areas are chosen and how their lines look. What may be joined is decided in
`figures` and `narrative`, which draw and tell.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts import line_chart, style
from dashboard.charts.style import ChartLine
from dashboard.components.controls import Chip, chips
from dashboard.components.frame import select
from dashboard.components.pictures import saved
from dashboard.components.tables import panel_table
from dashboard.data.observation import observations
from dashboard.data.series import levels
from dashboard.pages.areas.rows import Listed
from dashboard.pages.indicator.listing import suffix
from dashboard.pages.report import chart_parts, folded
from dashboard.panels import panel
from dashboard.panels.panel import Panel
from dashboard.panels.provenance import source_lines
from dashboard.sentences.notes import following
from dashboard.sentences.summary import narrative
from dashboard.state.areas import MOST_AREAS, areas_of_one_division
from dashboard.state.comparison import SIMILAR, named_comparison
from dashboard.state.regions import AREA_LEVELS, in_menu
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import term

# The larger regions are neutral and told apart by their dashes; the areas have the colours.
BESIDE = {
    "municipality": (style.COUNTRY, "solid"),
    "county": (style.QUIET, "dot"),
    "country": (style.COUNTRY, "dash"),
}


def chosen(found: Listed) -> tuple[tuple[str, ...], list[str]]:
    """The areas of the link, the own one first, or the usual ones; and what it asks in vain."""
    visit = found.visit
    places, lang, given = visit.places, visit.lang, visit.state.comparison
    own = (found.where.region,) if places[found.where.region].level in AREA_LEVELS else ()
    if given is None:
        return own or usual(found), []
    similar = partial(visit.similar, found.where.region, found.indicator.id)
    named, said = named_comparison(visit.state, found.where.region, places, similar)
    larger = set(found.where.larger)
    known = [code for code in (*own, *named) if code not in larger]
    areas = [code for code in known if code != SIMILAR and places[code].level in AREA_LEVELS]
    said += [
        term("areas_no_area", lang, name=places[code].name(lang))
        if code != SIMILAR
        else term("similar_no_areas", lang)
        for code in known
        if code not in areas
    ]
    if areas[MOST_AREAS:]:
        names = ", ".join(places[code].name(lang) for code in areas[MOST_AREAS:])
        said.append(term("too_many", lang, count=MOST_AREAS, names=names))
    return tuple(areas[:MOST_AREAS]), said


def usual(found: Listed) -> tuple[str, ...]:
    """The first neighbourhoods that have figures, or the areas that stand in for them."""
    visit = found.visit
    have = set(found.rows[found.rows["value"].notna()]["region"])
    near = [code for code in found.where.neighbourhoods if code in have]
    if not near:
        seen = observations(found.at, found.indicator.id)
        inside = [
            member for code in found.where.neighbourhoods for member in visit.places[code].members
        ]
        near = list(
            areas_of_one_division(seen, [code for code in inside if code in have], visit.places)
        )
    return tuple(near[:MOST_AREAS])


def section(found: Listed, codes: Sequence[str]) -> list[html.Section]:
    """The lines with their words and table, and the control that adds an area."""
    visit, indicator = found.visit, found.indicator
    made = _panel(found, codes)
    lang = visit.lang
    if not made.lines or made.series["value"].notna().sum() == 0:
        return []
    told = [
        html.P(words, className="told")
        for words in (made.told.lede, made.told.change, *made.told.directions)
        if words
    ]
    spoken = " ".join(made.told.sentences)
    notes = [
        html.P(note[lang], className="src")
        for note in following(observations(made.series, indicator.id), indicator)
        if note[lang] not in spoken
    ]
    sources = [html.P(one, className="src") for one in source_lines(visit, indicator, made.series)]
    key = [(line.colour, line.name) for line in made.lines] if visit.look.narrow else []
    buttons = saved(
        visit,
        indicator,
        made.series,
        title=made.heading,
        how=made.subline,
        key=key,
        what=term("areas_menu", lang),
    )
    parts = [
        *chart_parts(made.heading, made.subline, made.alternative, made.figure),
        chips(_chips(visit, codes, made), visit.lang),
        html.Div(_adding(found, codes), className="controls"),
        *told,
        *notes,
        *sources,
        buttons,
        folded(panel_table(made, indicator, lang), visit),
    ]
    return [html.Section(parts, className="figure lines")]


def _panel(found: Listed, codes: Sequence[str]) -> Panel:
    """Lines of the areas and of the larger regions, the first area told against the latter."""
    visit, indicator = found.visit, found.indicator
    lang, scope = visit.lang, found.scope
    rows = _rows(found, (*codes, *found.where.larger))
    wanted = _lines(found, codes)
    drawn = tuple(line for line in wanted if line.rows(rows)["value"].notna().any())
    where = visit.places[found.where.within].where[lang]
    title = term("areas_over_time", lang, title=indicator.title[lang], where=where)
    title += suffix(visit, scope) + panel.years(rows)
    larger = set(found.where.larger)
    areas = [line for line in drawn if line.region not in larger]
    first = [*areas[:1], *(line for line in drawn if line.region in larger)]
    told = narrative(rows, first, found.voice)
    sub = panel.subline(rows, drawn, (), indicator=indicator, lang=lang)
    return Panel(
        series=rows,
        lines=drawn,
        absent=tuple(line for line in wanted if line not in drawn),
        figure=line_chart.line_chart(rows, drawn, indicator, visit.look),
        heading=title,
        subline=sub,
        alternative=panel.alternative(title, told, visit.look),
        goals=(),
        told=told,
        voice=found.voice,
    )


def _rows(found: Listed, codes: Sequence[str]) -> pd.DataFrame:
    """The rows of the lines; areas of other municipalities are asked for."""
    known = {*found.where.codes, *found.where.larger}
    if known.issuperset(codes):
        return found.rows[found.rows["region"].isin(codes)]
    visit, scope = found.visit, found.scope
    return levels(
        visit.context,
        visit.warehouse,
        found.indicator.id,
        codes=tuple(codes),
        group=scope.group,
    )


def _lines(found: Listed, codes: Sequence[str]) -> tuple[ChartLine, ...]:
    visit = found.visit
    colours = (style.LEAD, *style.SECONDARY)
    styles: dict[str, tuple[str, str, float]] = {
        code: (colour, dash, 2.5)
        for code, colour, dash in zip(codes, colours, style.DASHES, strict=False)
    }
    for code in found.where.larger:
        styles[code] = (*BESIDE[visit.places[code].level], 2.0)
    return tuple(
        ChartLine(
            code,
            found.scope.group,
            found.names.get(code) or in_menu(visit.places[code], visit.lang),
            colour=colour,
            dash=dash,
            width=width,
            members=visit.places[code].members,
        )
        for code, (colour, dash, width) in styles.items()
    )


def _chips(visit: Visit, codes: Sequence[str], panel: Panel) -> Iterator[Chip]:
    """What is drawn; a chosen area can be taken away."""
    missing = f" ({term('not_available', visit.lang).lower()})"
    for line in (*panel.lines, *panel.absent):
        without = ""
        if line.region in codes and line.region != visit.state.region:
            left = tuple(code for code in codes if code != line.region)
            without = link(visit.path, visit.state, comparison=left, notices=())
        yield Chip(line.name, line, without, missing if line in panel.absent else "")


def _adding(found: Listed, codes: Sequence[str]) -> list[Any]:
    """A select that adds an area while there is room for one; only those with figures."""
    visit = found.visit
    have = set(found.rows[found.rows["value"].notna()]["region"])
    options = [
        {"label": in_menu(visit.places[code], visit.lang), "value": code}
        for code in found.where.codes
        if code in have and code not in codes
    ]
    return [
        select(
            "add",
            term("compare_with", visit.lang),
            options,
            "",
            placeholder=term("areas_add", visit.lang),
            disabled=len(codes) >= MOST_AREAS,
        )
    ]
