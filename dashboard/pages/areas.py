"""
Areas of a municipality: neighbourhoods and RegSO beside municipality, county and country.

Knows the controls and the order of the parts. A region without areas of its own leads to a
choice of municipality.
"""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard import queries
from dashboard.areas import Within, homes, neighbourhoods, short, within
from dashboard.components import Page, aria, notices, select
from dashboard.pages import (
    area_lines,
    area_list,
    area_members,
    area_report,
    area_table,
    area_types,
)
from dashboard.pages.area_rows import ORDERS, Listed, listed
from dashboard.pages.views import choices
from dashboard.provenance import reasons, staleness
from dashboard.regions import Region, county, peers
from dashboard.text import term
from dashboard.url import kept, link
from dashboard.view import own_region, sentences
from dashboard.visit import Visit
from etl.catalogue import Indicator

FIRST = ("area_unemployed_share", "employment_rate")


def page(visit: Visit) -> Page:
    """The areas that the link's region leads to, or the choice of a municipality."""
    own, said = own_region(visit.state, visit.places)
    where = within(own, visit.places)
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
    codes, odd = area_lines.chosen(found)
    stale = staleness(visit.warehouse, indicator, visit.lang)
    content = [
        _top(visit, where),
        *notices([*said, *strange, *vain, *odd, *stale], visit.lang),
        *_controls(found),
        html.Div(_parts(found, codes), className="areas"),
    ]
    own_controls = {
        "region": own,
        "indikatorer": indicator.id,
        "ar": found.period,
        "sortering": found.order,
        "add": "",
        "others": list(codes),
    }
    return Page(_title(visit, where), content, shown=choices.said_by(found.scope) | own_controls)


def _parts(found: Listed, codes: Sequence[str]) -> list[Any]:
    """What the page shows of its areas, in the order of reading."""
    visit, indicator, where = found.visit, found.indicator, found.where
    return [
        *_meaning(indicator, visit),
        area_list.section(found),
        *area_table.section(found),
        *reasons(visit.warehouse, indicator, visit.lang),
        *area_lines.section(found, codes),
        *area_members.section(found),
        *area_types.section(visit, where),
        *area_report.segregation(visit, where),
        *area_report.as_in_2010(visit, where),
    ]


def chosen(visit: Visit, where: Within) -> tuple[Indicator | None, list[str]]:
    """The indicator of the link, or the first that the areas have; and what it asks in vain."""
    catalogue, lang = visit.catalogue, visit.lang
    here, anywhere = _having(visit, where)
    wanted = visit.state.indikatorer
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


def _having(visit: Visit, where: Within) -> tuple[frozenset[str], frozenset[str]]:
    """The indicators with a number of any area here, and of any area at all."""
    rows = visit.context.memory.recall(
        (visit.warehouse.version, "of areas"), lambda: queries.of_areas(visit.warehouse)
    )
    towns = {where.place, *(visit.places[code].parent for code in where.neighbourhoods)}
    if visit.places[where.place].level == "municipality":
        towns = {where.place}
    here = rows[rows["municipality"].isin(towns)]["indicator"]
    return frozenset(here), frozenset(rows["indicator"])


def _title(visit: Visit, where: Within) -> str:
    place = visit.places[where.place]
    key = "areas_title" if place.level == "municipality" else "areas_title_county"
    return term(key, visit.lang, where=place.where[visit.lang])


def _top(visit: Visit, where: Within) -> html.Div:
    """The heading, what is listed, and the way to the neighbourhoods of the whole county."""
    lang, place = visit.lang, visit.places[where.place]
    parts: list[Any] = [
        html.H1(_title(visit, where)),
        html.P(term("areas_lede", lang), className="lede"),
    ]
    above = county(place, visit.places)
    near = neighbourhoods(above.code, visit.places) if above else ()
    if above and near:
        name = term("areas_all", lang, count=len(near), where=above.where[lang])
        href = link(visit.path, kept(visit.state, "indikatorer", region=above.code))
        parts.append(html.P(dcc.Link(name, href=href)))
    return html.Div(parts, className="place")


def _controls(found: Listed) -> list[html.Div]:
    """Region, indicator, group, year and order; why some indicators are disabled."""
    visit, indicator, lang = found.visit, found.indicator, found.visit.lang
    orders = [{"label": term(f"sorted_by_{one}", lang), "value": one} for one in ORDERS]
    years = [{"label": one, "value": one} for one in found.years]
    menu, are_missing = _indicators(visit, found.where, indicator)
    parts = [
        _region(visit, found.where.own),
        menu,
        *choices.whom(visit, indicator, found.scope),
        *([select("ar", term("period", lang), years, found.period)] if years else []),
        select("sortering", term("sort_order", lang), orders, found.order),
    ]
    where = visit.places[found.where.place].where[lang]
    why = [term("areas_disabled", lang, where=where)] if are_missing else []
    return [html.Div(choices.panel(parts, why), className="areas-controls")]


def _region(visit: Visit, own: str) -> html.Div:
    options = visit.menu(own)
    return select("region", term("choose_region", visit.lang), options, own)


def _indicators(visit: Visit, where: Within, shown: Indicator) -> tuple[html.Div, bool]:
    """The menu of those that any area has, and whether some have no figure here."""
    here, anywhere = _having(visit, where)
    every = [one for one in visit.catalogue.indicators if one.id in anywhere]
    options = [
        {"label": one.title[visit.lang], "value": one.id, "disabled": one.id not in here}
        for one in every
    ]
    name = term("areas_indicator", visit.lang)
    menu = select("indikatorer", name, options, shown.id)
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
    lang, near = visit.lang, homes(visit.places)
    if not near:
        return []
    items = []
    for code, inside in near.items():
        names = ", ".join(short(visit.places[one], lang) for one in inside)
        items.append(html.Li([_to(visit, visit.places[code]), f" – {names}"]))
    above = {county(visit.places[code], visit.places) for code in near} - {None}
    for one in sorted((one for one in above if one), key=lambda one: one.code):
        count = len(neighbourhoods(one.code, visit.places))
        name = term("areas_all", lang, count=count, where=one.where[lang])
        href = link(visit.path, kept(visit.state, "indikatorer", region=one.code))
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
    href = link(visit.path, kept(visit.state, "indikatorer", region=place.code))
    return dcc.Link(place.name(visit.lang), href=href)
