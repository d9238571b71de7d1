"""
Areas of a municipality: neighbourhoods and RegSO beside municipality, county and country.

Knows the controls and the order of the parts. A region without areas of its own leads to a
choice of municipality.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.components.frame import Page, aria, control_values, notices, select
from dashboard.components.pictures import saved
from dashboard.components.tables import panel_table
from dashboard.data import queries
from dashboard.data.observation import Observation, observations
from dashboard.data.series import medians
from dashboard.pages.areas import chart, lines, table
from dashboard.pages.areas.rows import ORDERS, Listed, listed
from dashboard.pages.indicator import listing
from dashboard.pages.report import chart_parts, drawing_parts, folded
from dashboard.panels.panel import panel
from dashboard.panels.provenance import reasons, source_lines, staleness
from dashboard.panels.report import REPORT_COUNTY, REPORT_FIGURES, Drawing, with_neighbourhood_union
from dashboard.sentences import unions
from dashboard.state.areas import (
    AreaScope,
    area_scope,
    neighbourhoods,
    neighbourhoods_by_municipality,
    older_members,
    short_name,
)
from dashboard.state.regions import Region, county, peers
from dashboard.state.resolve import View, own_region, sentences
from dashboard.state.url import kept, link
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import TOTAL, Indicator


def section(found: Listed) -> list[html.Section]:
    """The neighbourhoods with their members; nothing where there are none."""
    visit = found.visit
    codes, lang = found.where.neighbourhoods, visit.lang
    if not codes:
        return []
    dates = _confirmations(visit)
    middle = {one.region: one for one in _medians(found)}
    items = [_item(visit.places[code], found, dates.get(code), middle.get(code)) for code in codes]
    heading = term("areas_members", lang, where=visit.places[found.where.within].where[lang])
    said = [term("areas_members_why", lang)]
    said += [] if set(codes) <= set(dates) else [term("areas_unconfirmed", lang)]
    why = html.P(" ".join(said), className="told")
    parts = [html.H2(heading), why, html.Dl(items, className="then")]
    return [html.Section(parts, className="figure members")]


def _item(
    region: Region, found: Listed, confirmed: str | None, median: Observation | None
) -> html.Div:
    """One neighbourhood: its areas, who confirmed them, and how its figure is made."""
    visit = found.visit
    lang = visit.lang
    names = [_named(code, visit) for code in older_members(region)]
    told = [term("areas_confirmed", lang, who=confirmed)] if confirmed else []
    words = _figure(region, found, median)
    title = dcc.Link(
        short_name(region, lang), href=link(visit.path, visit.state, region=region.code)
    )
    return html.Div(
        [
            html.Dt(title),
            html.Dd([html.P(", ".join(names)), *(html.P(one) for one in (*told, *words))]),
        ]
    )


def _named(code: str, visit: Visit) -> str:
    """An area with its code, and its division where the warehouse does not know it."""
    place = visit.places.get(code)
    return f"{short_name(place, visit.lang)} ({code})" if place else code


def _figure(region: Region, found: Listed, median: Observation | None) -> list[str]:
    """How the figure of the year is made, or why there is none, and the labelled median."""
    visit, indicator = found.visit, found.indicator
    own = found.one(region.code)
    made = unions.of(own, found.voice) if own else None
    if made:
        return [unions.union(made, visit.lang)]
    if indicator.union == "none" or found.scope.group.background != "_T":
        name = region.where[visit.lang].partition(" ")[2]
        none = unions.none(
            indicator,
            name=name,
            members=(),
            background=found.scope.group.background,
            lang=visit.lang,
        )
        middle = [unions.middle(median, found.voice)] if median else []
        return [none, *middle]
    return []


def _medians(found: Listed) -> tuple[Observation, ...]:
    """The medians of the year, of neighbourhoods of more than one area."""
    visit, indicator = found.visit, found.indicator
    several = [
        code for code in found.where.neighbourhoods if len(older_members(visit.places[code])) > 1
    ]
    group = found.scope.group
    rows = medians(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=several,
        backgrounds=(group.background,),
        sexes=(group.sex,),
        educations=(group.education,),
    )
    own = rows[rows["period"] == found.period] if several else rows.iloc[:0]
    return tuple(one for one in observations(own, indicator.id) if one.present)


def _confirmations(visit: Visit) -> Mapping[str, str]:
    """Who has confirmed all areas of a neighbourhood, with the latest day, by its code."""
    return visit.context.memory.recall(
        (visit.warehouse.version, "confirmed"), lambda: _whole(queries.confirmed(visit.warehouse))
    )


def _whole(rows: pd.DataFrame) -> Mapping[str, str]:
    found: dict[str, Any] = {}
    for region, own in rows.groupby("region"):
        if own["confirmed_on"].notna().all():
            who = ", ".join(dict.fromkeys(own["confirmed_by"].dropna()))
            found[str(region)] = f"{who} {own['confirmed_on'].max()}".strip()
    return found


SEGREGATION = "residential_dissimilarity"
FIGURE = {"area_unemployed": 3, "studying": 6, "movers_areas": 7}


def segregation(visit: Visit, where: AreaScope) -> list[html.Section]:
    """The dissimilarity index of the municipality over time, with its limits."""
    indicator, lang = visit.catalogue.indicator.get(SEGREGATION), visit.lang
    if indicator is None:
        return []
    # Alone: the index of few areas and that of many can hardly be compared.
    view = View(indicator.id, where.within, (), (TOTAL,), (TOTAL,), "region")
    made = panel(visit.context, visit.warehouse, view, regions=visit.places, look=visit.look)
    words = html.P(indicator.definition[lang], className="told")
    if not made.series["value"].notna().any():
        place = visit.places[where.within].where[lang]
        none = html.P(term("areas_no_segregation", lang, where=place), className="absent large")
        parts: list[Any] = [html.H2(indicator.title[lang]), none, words]
        return [html.Section(parts, className="figure segregation")]
    told = (made.told.lede, made.told.change, *made.told.directions)
    sources = source_lines(visit, indicator, made.series)
    parts = [
        *chart_parts(made.heading, made.subline, made.alternative, made.figure),
        *(html.P(one, className="told") for one in told if one),
        words,
        html.P(indicator.not_captured[lang], className="src"),
        *(html.P(one, className="src") for one in sources),
        saved(
            visit,
            indicator,
            made.series,
            title=made.heading,
            how=made.subline,
            what=term("areas_menu", lang),
        ),
        folded(panel_table(made, indicator, lang), visit),
    ]
    return [html.Section(parts, className="figure segregation")]


def as_in_2010(visit: Visit, where: AreaScope) -> list[html.Section]:
    """The report's figures of its districts: drawn for the county, linked for a municipality."""
    if not where.neighbourhoods or REPORT_COUNTY not in where.larger:
        return []
    lang = visit.lang
    known = [one for one in _drawings() if one.indicator in visit.catalogue.indicator]
    heading = html.H2(term("areas_report", lang))
    links = html.Ul([html.Li(_ways(visit, one)) for one in known])
    parts: list[Any] = [heading, html.P(term("areas_report_why", lang), className="told"), links]
    if where.within == REPORT_COUNTY:
        wide = with_neighbourhood_union(visit)
        parts += [html.Div(drawing_parts(one, (), wide), className="figure") for one in known]
    return [html.Section(parts, className="as-report")]


def _drawings() -> list[Drawing]:
    return [one for figure in REPORT_FIGURES for one in figure.drawings if one.key in FIGURE]


def _ways(visit: Visit, drawing: Drawing) -> list[Any]:
    """What the figure was, what stands for it today, and the ways to both."""
    lang, number = visit.lang, FIGURE[drawing.key]
    indicator = visit.catalogue.indicator[drawing.indicator]
    here = link(visit.path, kept(visit.state, indicators=(indicator.id,)))
    there = link("/rapport-2010", kept(visit.state)) + f"#figur-{number}"
    return [
        f"{term(f'areas_report_{number}', lang)} ",
        dcc.Link(term("areas_report_here", lang, title=indicator.title[lang]), href=here),
        " · ",
        dcc.Link(term("areas_report_there", lang, number=number), href=there),
    ]


FIRST = ("area_unemployed_share", "employment_rate")


def page(visit: Visit) -> Page:
    """The areas that the link's region leads to, or the choice of a municipality."""
    own, said = own_region(visit.state, visit.places)
    where = area_scope(own, visit.places)
    if where is None:
        return _choose(visit, own, [*said, *sentences(visit.state.notices, visit.lang)])
    indicator, strange = chosen(visit, where)
    if indicator is None:
        said += sentences(visit.state.notices, visit.lang)
        gone = html.P(f"{term('no_data', visit.lang)}.", className="absent large")
        top = [_top(visit, where), *notices([*said, *strange], visit.lang)]
        controls = [html.Div([_region(visit, own)], className="controls")]
        return Page(_title(visit, where), [*top, *controls, gone], shown={"region": own})
    found, vain = listed(visit, indicator, where)
    codes, odd = lines.chosen(found)
    stale = staleness(visit.warehouse, indicator, visit.lang)
    content = [
        _top(visit, where),
        *notices([*said, *strange, *vain, *odd, *stale], visit.lang),
        *_controls(found),
        html.Div(_parts(found, codes), className="areas"),
    ]
    shown = control_values(content) | {"others": list(codes)}
    return Page(_title(visit, where), content, shown=shown)


def _parts(found: Listed, codes: Sequence[str]) -> list[Any]:
    """What the page shows of its areas, in the order of reading."""
    visit, indicator, where = found.visit, found.indicator, found.where
    return [
        *_meaning(indicator, visit),
        chart.section(found),
        *table.section(found),
        *reasons(visit.warehouse, indicator, visit.lang),
        *lines.section(found, codes),
        *section(found),
        *table.types_section(visit, where),
        *segregation(visit, where),
        *as_in_2010(visit, where),
    ]


def chosen(visit: Visit, where: AreaScope) -> tuple[Indicator | None, list[str]]:
    """The indicator of the link, or the first that the areas have; and what it asks in vain."""
    catalogue, lang = visit.catalogue, visit.lang
    here, anywhere = _having(visit, where)
    wanted = visit.state.indicators
    said = [term("no_indicator", lang, id=id) for id in wanted if id not in catalogue.indicator]
    known = [id for id in wanted if id in catalogue.indicator]
    fits = [id for id in known if id in anywhere]
    said += [
        term("areas_not_of_areas", lang, title=catalogue.indicator[id].title[lang])
        for id in known
        if id not in fits
    ]
    said += [
        term("areas_one_indicator", lang, title=catalogue.indicator[id].title[lang])
        for id in fits[1:]
    ]
    order = [
        *fits,
        *(id for id in FIRST if id in here),
        *(id for id in catalogue.indicator if id in here),
    ]
    return (catalogue.indicator[order[0]] if order else None), said


def _having(visit: Visit, where: AreaScope) -> tuple[frozenset[str], frozenset[str]]:
    """The indicators with a number of any area here, and of any area at all."""
    rows = visit.context.memory.recall(
        (visit.warehouse.version, "of areas"), lambda: queries.of_areas(visit.warehouse)
    )
    towns = {where.within, *(visit.places[code].parent for code in where.neighbourhoods)}
    if visit.places[where.within].level == "municipality":
        towns = {where.within}
    here = rows[rows["municipality"].isin(towns)]["indicator"]
    return frozenset(here), frozenset(rows["indicator"])


def _title(visit: Visit, where: AreaScope) -> str:
    place = visit.places[where.within]
    key = "areas_title" if place.level == "municipality" else "areas_title_county"
    return term(key, visit.lang, where=place.where[visit.lang])


def _top(visit: Visit, where: AreaScope) -> html.Div:
    """The heading, what is listed, and the way to the neighbourhoods of the whole county."""
    lang, place = visit.lang, visit.places[where.within]
    parts: list[Any] = [
        html.H1(_title(visit, where)),
        html.P(term("areas_lede", lang), className="lede"),
    ]
    above = county(place, visit.places)
    near = neighbourhoods(above.code, visit.places) if above else ()
    if above and near:
        name = term("areas_all", lang, count=len(near), where=above.where[lang])
        href = link(visit.path, kept(visit.state, "indicators", region=above.code))
        parts.append(html.P(dcc.Link(name, href=href)))
    return html.Div(parts, className="place")


def _controls(found: Listed) -> list[html.Div]:
    """Region, indicator, group, year and order; why some indicators are disabled."""
    visit, indicator, lang = found.visit, found.indicator, found.visit.lang
    orders = [{"label": term(f"sorted_by_{one}", lang), "value": one} for one in ORDERS]
    years = [{"label": one, "value": one} for one in found.years]
    menu, are_missing = _indicators(visit, found.where, indicator)
    parts = [
        _region(visit, found.where.region),
        menu,
        *listing.whom(visit, indicator, found.scope),
        *([select("years", term("period", lang), years, found.period)] if years else []),
        select("order", term("sort_order", lang), orders, found.order),
    ]
    where = visit.places[found.where.within].where[lang]
    why = [term("areas_disabled", lang, where=where)] if are_missing else []
    return [html.Div(listing.panel(parts, why), className="areas-controls")]


def _region(visit: Visit, own: str) -> html.Div:
    options = visit.menu(own)
    return select("region", term("choose_region", visit.lang), options, own)


def _indicators(visit: Visit, where: AreaScope, shown: Indicator) -> tuple[html.Div, bool]:
    """The menu of those that any area has, and whether some have no figure here."""
    here, anywhere = _having(visit, where)
    every = [one for one in visit.catalogue.indicators if one.id in anywhere]
    options = [
        {"label": one.title[visit.lang], "value": one.id, "disabled": one.id not in here}
        for one in every
    ]
    name = term("areas_indicator", visit.lang)
    menu = select("indicators", name, options, shown.id)
    return menu, any(one["disabled"] for one in options)


def _meaning(indicator: Indicator, visit: Visit) -> list[Any]:
    """What the measure is and what it does not show, and the way to its own page."""
    lang = visit.lang
    href = link(f"/indikator/{indicator.id}", kept(visit.state))
    return [
        html.Div(
            [
                html.P([html.B(f"{term('definition', lang)}. "), indicator.definition[lang]]),
                html.P([html.B(f"{term('not_captured', lang)}. "), indicator.not_captured[lang]]),
                html.P(dcc.Link(term("areas_more", lang, title=indicator.title[lang]), href=href)),
            ],
            className="meaning",
        )
    ]


def _choose(visit: Visit, own: str, said: Sequence[str]) -> Page:
    """The choice of a municipality: those with neighbourhoods, or those of the county."""
    lang, title = visit.lang, term("page_areas", visit.lang)
    content = [
        html.Div(
            [html.H1(title), html.P(term("areas_choose", lang), className="lede")],
            className="place",
        ),
        *notices(list(said), lang),
        html.Div([_region(visit, own)], className="controls"),
        html.Div([*_with_neighbourhoods(visit), *_of_county(visit, own)], className="areas choose"),
    ]
    return Page(title, content, shown={"region": own})


def _with_neighbourhoods(visit: Visit) -> list[html.Section]:
    """The municipalities with neighbourhoods of the report, and all of them together."""
    lang, near = visit.lang, neighbourhoods_by_municipality(visit.places)
    if not near:
        return []
    items = []
    for code, inside in near.items():
        names = ", ".join(short_name(visit.places[one], lang) for one in inside)
        items.append(html.Li([_to(visit, visit.places[code]), f" – {names}"]))
    above = {county(visit.places[code], visit.places) for code in near} - {None}
    for one in sorted((one for one in above if one), key=lambda one: one.code):
        count = len(neighbourhoods(one.code, visit.places))
        name = term("areas_all", lang, count=count, where=one.where[lang])
        href = link(visit.path, kept(visit.state, "indicators", region=one.code))
        items.insert(0, html.Li(dcc.Link(name, href=href)))
    heading = html.H2(term("areas_homes", lang))
    return [html.Section([heading, html.Ul(items, className="homes")])]


def _of_county(visit: Visit, own: str) -> list[html.Section]:
    """The municipalities of a county or group."""
    place, lang = visit.places.get(own), visit.lang
    if place is None or place.level not in {"county", "group"}:
        return []
    towns = [visit.places[code] for code in peers(own, "kommun", visit.places)]
    items = [html.Li(_to(visit, one)) for one in towns]
    heading = html.H2(term("areas_towns", lang, where=place.where[lang]))
    listed = html.Nav(
        html.Ul(items),
        className="collections",
        **aria(label=term("areas_towns", lang, where=place.where[lang])),
    )
    return [html.Section([heading, listed])]


def _to(visit: Visit, place: Region) -> dcc.Link:
    href = link(visit.path, kept(visit.state, "indicators", region=place.code))
    return dcc.Link(place.name(visit.lang), href=href)
