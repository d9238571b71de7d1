"""
Areas of a municipality: neighbourhoods and RegSO beside municipality, county and country.

Knows the controls and the order of the parts. A region without areas of its own leads to a
choice of municipality.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.codes import BY_NUMBER, EVERYBODY, codes_of_groups
from dashboard.components.controls import (
    Controls,
    counts_field,
    folded_controls,
    region_select,
    without_counts,
)
from dashboard.components.frame import Page, aria, control_values, notice_box, select
from dashboard.data.observation import Observation, with_numbers
from dashboard.data.queries.holdings import indicators_of_areas, member_confirmations
from dashboard.data.series import union_medians
from dashboard.pages.areas.lines import chosen_areas, lines_section, panel_section
from dashboard.pages.areas.rows import AREA_ORDERS, AreaList, area_list
from dashboard.pages.areas.year import chart_section, table_sections, types_section
from dashboard.pages.indicator.content import group_selects, period_options
from dashboard.pages.report import drawing_parts
from dashboard.panels.panel import line_panel
from dashboard.panels.provenance import reasons, shortfalls
from dashboard.panels.report import REPORT_COUNTY, REPORT_FIGURES, with_neighbourhood_union
from dashboard.rules.gap_changes import may_be_ranked_of
from dashboard.sentences import unions
from dashboard.state.areas import (
    AreaScope,
    area_scope,
    member_names,
    neighbourhoods,
    neighbourhoods_by_municipality,
    older_members,
    short_name,
)
from dashboard.state.links import Shown
from dashboard.state.regions import Region, county, inline, peers
from dashboard.state.resolve import LineSelection, notice_sentences, selected_region
from dashboard.state.url import carried, link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import TOTAL, Indicator

_SEGREGATION = "residential_dissimilarity"
# The report's drawings of neighbourhoods, and the number of their figures.
_REPORT_DRAWINGS = {"area_unemployed": 3, "studying": 6, "movers_areas": 7}
_DEFAULT_INDICATORS = ("area_unemployed_share", "employment_rate")


def page(visit: Visit) -> Page:
    """The areas that the link's region leads to, or the choice of a municipality."""
    region, messages = selected_region(visit.state, visit.regions)
    scope = area_scope(region, visit.regions)
    link_messages = notice_sentences(visit.state.notices, visit.lang)
    if scope is None:
        return _choice_of_municipality(visit, region, [*messages, *link_messages])
    indicator, indicator_messages = _chosen_indicator(visit, scope)
    title = _title(visit, scope)
    if indicator is None:
        shown_notices = notice_box([*messages, *link_messages, *indicator_messages], visit.lang)
        controls = html.Div([region_select(visit, region)], className="controls")
        missing = html.P(f"{term('no_data', visit.lang)}.", className="absent large")
        content = [_top(visit, scope, title), *shown_notices, controls, missing]
        return Page(title, content, shown=Shown({"region": region}))
    listed, list_messages = area_list(visit, indicator, scope)
    codes, area_messages = chosen_areas(listed)
    short = shortfalls(visit, indicator)
    messages += [*indicator_messages, *list_messages, *area_messages, *short]
    messages += without_counts(visit, indicator)
    content = [
        _top(visit, scope, title),
        *notice_box(messages, visit.lang),
        *_controls(listed),
        html.Div(
            [
                chart_section(listed),
                _meaning(indicator, visit),
                *table_sections(listed),
                *reasons(visit, indicator),
                *lines_section(listed, codes),
                *_members_section(listed),
                *types_section(visit, scope),
                *_segregation_section(visit, scope),
                *_report_section(visit, scope),
            ],
            className="areas",
        ),
    ]
    return Page(title, content, shown=Shown(control_values(content), comparison=tuple(codes)))


def _chosen_indicator(visit: Visit, scope: AreaScope) -> tuple[Indicator | None, list[str]]:
    """The indicator of the link, or the first that the areas have; and notices."""
    known, lang = visit.catalogue.indicator, visit.lang
    here, anywhere = _indicators_of_areas(visit, scope)
    named = [id for id in visit.state.indicators if id in known]
    of_areas = [id for id in named if id in anywhere]
    messages = [
        term("no_indicator", lang, id=id) for id in visit.state.indicators if id not in known
    ]
    messages += [
        term("areas_not_of_areas", lang, title=known[id].title[lang])
        for id in named
        if id not in anywhere
    ]
    messages += [
        term("areas_one_indicator", lang, title=known[id].title[lang]) for id in of_areas[1:]
    ]
    default = (id for id in (*_DEFAULT_INDICATORS, *known) if id in here)
    return known.get(next(iter([*of_areas, *default]), "")), messages


def _indicators_of_areas(visit: Visit, scope: AreaScope) -> tuple[frozenset[str], frozenset[str]]:
    """The indicators with a number of any area here, and of any area at all."""

    def found(within: str) -> frozenset[str]:
        return visit.context.memory.recall(
            (visit.warehouse.version, "of areas", within),
            lambda: indicators_of_areas(visit.warehouse, within),
        )

    municipalities: set[str | None] = {scope.within}
    if visit.regions[scope.within].level != "municipality":
        municipalities = {visit.regions[code].parent for code in scope.neighbourhoods}
    here = [found(municipality) for municipality in municipalities if municipality]
    return frozenset().union(*here), found("")


def _title(visit: Visit, scope: AreaScope) -> str:
    region = visit.regions[scope.within]
    key = "areas_title" if region.level == "municipality" else "areas_title_county"
    return term(key, visit.lang, where=region.where[visit.lang])


def _top(visit: Visit, scope: AreaScope, title: str) -> html.Div:
    """The heading, what is listed, and the link to the neighbourhoods of the whole county."""
    parts: list[Any] = [
        html.H1(title),
        html.P(term("areas_lede", visit.lang), className="lede"),
    ]
    above = county(visit.regions[scope.within], visit.regions)
    if above and neighbourhoods(above.code, visit.regions):
        parts.append(html.P(_all_neighbourhoods(visit, above)))
    return html.Div(parts, className="place")


def _all_neighbourhoods(visit: Visit, county: Region) -> dcc.Link:
    """The link to all neighbourhoods of a county."""
    count = len(neighbourhoods(county.code, visit.regions))
    name = term("areas_all", visit.lang, count=count, where=county.where[visit.lang])
    return _region_link(visit, county, name)


def _region_link(visit: Visit, region: Region, name: str = "") -> dcc.Link:
    href = link(visit.path, carried(visit.state, "indicators", region=region.code))
    return dcc.Link(name or region.name(visit.lang), href=href)


def _controls(listed: AreaList) -> list[html.Div]:
    """Region, indicator, group, year and order; why some indicators are disabled."""
    visit, lang, scope = listed.visit, listed.lang, listed.scope
    here, anywhere = _indicators_of_areas(visit, scope)
    options = [
        {"label": entry.title[lang], "value": entry.id, "disabled": entry.id not in here}
        for entry in visit.catalogue.indicators
        if entry.id in anywhere
    ]
    by_number = may_be_ranked_of("regso", listed.selection.group, listed.indicator)
    orders = [
        {
            "label": term(f"sorted_by_{order}", lang),
            "value": order,
            "disabled": order in BY_NUMBER and not by_number,
        }
        for order in AREA_ORDERS
    ]
    years = period_options(listed.years, lang)
    controls = [
        region_select(visit, scope.region),
        select("indicators", term("areas_indicator", lang), options, listed.indicator.id),
        *group_selects(visit, listed.indicator, listed.selection),
        *(
            [
                select(
                    "years",
                    format.term_by_length("period", listed.period, lang),
                    years,
                    listed.period,
                )
            ]
            if years
            else []
        ),
    ]
    rest = [
        select("order", term("sort_order", lang), orders, listed.order),
        *counts_field(visit, [listed.indicator]),
    ]
    why = [term("areas_disabled", lang, where=listed.where)] if anywhere - here else []
    chosen = ", ".join([inline(visit.regions[scope.region], lang), listed.indicator.title[lang]])
    folded = folded_controls(Controls(controls, rest, reasons=why, chosen=chosen), lang)
    return [html.Div(folded, className="areas-controls")]


def _meaning(indicator: Indicator, visit: Visit) -> html.Div:
    """What the measure is and what it does not show, and the link to its own page."""
    lang = visit.lang
    href = link(f"/indikator/{indicator.id}", carried(visit.state))
    return html.Div(
        [
            html.P([html.B(f"{term('definition', lang)}. "), indicator.definition[lang]]),
            html.P([html.B(f"{term('not_captured', lang)}. "), indicator.not_captured[lang]]),
            html.P(dcc.Link(term("areas_more", lang, title=indicator.title[lang]), href=href)),
        ],
        className="meaning",
    )


def _members_section(listed: AreaList) -> list[html.Section]:
    """The neighbourhoods with their members; nothing where there are none."""
    visit, lang, codes = listed.visit, listed.lang, listed.scope.neighbourhoods
    if not codes:
        return []
    confirmations, median_by_region = _confirmations(visit), _medians(listed)
    items = [
        _member_item(
            visit.regions[code], listed, confirmations.get(code), median_by_region.get(code)
        )
        for code in codes
    ]
    why = [term("areas_members_why", lang)]
    why += [] if set(codes) <= set(confirmations) else [term("areas_unconfirmed", lang)]
    return [
        html.Section(
            [
                html.H2(term("areas_members", lang, where=listed.where)),
                html.P(" ".join(why), className="told"),
                html.Dl(items, className="then"),
            ],
            className="figure members",
        )
    ]


def _member_item(
    region: Region, listed: AreaList, confirmation: str | None, median: Observation | None
) -> html.Div:
    """One neighbourhood: its areas, who confirmed them, and how its figure is made."""
    visit, lang = listed.visit, listed.lang
    lines = [", ".join(member_names(region, visit.regions, lang))]
    lines += [term("areas_confirmed", lang, who=confirmation)] if confirmation else []
    lines += _composition(region, listed, median)
    href = link(visit.path, visit.state, region=region.code)
    title = dcc.Link(short_name(region, lang), href=href)
    return html.Div([html.Dt(title), html.Dd([html.P(line) for line in lines])])


def _composition(region: Region, listed: AreaList, median: Observation | None) -> list[str]:
    """How the figure of the year is made, or why there is none, and the labelled median."""
    indicator, lang, wording = listed.indicator, listed.lang, listed.wording
    observation = listed.observation(region.code)
    union = unions.union_parts(observation, wording) if observation else None
    if union:
        return [unions.union_sentence(union, lang)]
    group = listed.selection.group
    has_rule = indicator.union == "counts" or (
        indicator.union == "weight" and group == EVERYBODY._replace(sex=group.sex)
    )
    if not region.is_several or has_rule:
        return []
    name = region.bare_name(lang)
    none = unions.no_union_sentence(indicator, name=name, members=(), group=group, lang=lang)
    return [none, *([unions.median_sentence(median, wording)] if median else [])]


def _medians(listed: AreaList) -> Mapping[str, Observation]:
    """The medians of the year by region, of neighbourhoods of more than one area."""
    visit, id, group = listed.visit, listed.indicator.id, listed.selection.group
    several = [
        code for code in listed.scope.neighbourhoods if len(older_members(visit.regions[code])) > 1
    ]
    if not several:
        return {}
    rows = union_medians(
        visit.context,
        visit.warehouse,
        id,
        regions=several,
        groups=codes_of_groups([group]),
    )
    return {row.region: row for row in rows if row.period == listed.period and row.present}


def _confirmations(visit: Visit) -> Mapping[str, str]:
    """Who has confirmed all areas of a neighbourhood, with the latest day, by its code."""

    def confirmations() -> Mapping[str, str]:
        return {
            str(code): f"{', '.join(dict.fromkeys(areas['confirmed_by'].dropna()))} "
            f"{areas['confirmed_on'].max()}".strip()
            for code, areas in member_confirmations(visit.warehouse).groupby("region")
            if areas["confirmed_on"].notna().all()
        }

    return visit.context.memory.recall((visit.warehouse.version, "confirmed"), confirmations)


def _segregation_section(visit: Visit, scope: AreaScope) -> list[html.Section]:
    """The dissimilarity index of the municipality over time, with its limits."""
    indicator, lang = visit.catalogue.indicator.get(_SEGREGATION), visit.lang
    if indicator is None:
        return []
    # Alone: the index of few areas and that of many can hardly be compared.
    view = LineSelection(indicator.id, scope.within, (), (TOTAL,), (TOTAL,), "region")
    index = line_panel(visit.context, visit.warehouse, view, regions=visit.regions, look=visit.look)
    definition = html.P(indicator.definition[lang], className="told")
    if not with_numbers(index.series):
        where = visit.regions[scope.within].where[lang]
        none = html.P(term("areas_no_segregation", lang, where=where), className="absent large")
        parts = [html.H2(indicator.title[lang]), none, definition]
        return [html.Section(parts, className="figure segregation")]
    notes = [definition, html.P(indicator.not_captured[lang], className="src")]
    return [panel_section(visit, indicator, index, "segregation", notes=notes)]


def _report_section(visit: Visit, scope: AreaScope) -> list[html.Section]:
    """The report's figures of its neighbourhoods: drawn for the county, else linked."""
    if not scope.neighbourhoods or REPORT_COUNTY not in scope.larger:
        return []
    lang = visit.lang
    drawings = [
        drawing
        for figure in REPORT_FIGURES
        for drawing in figure.drawings
        if drawing.key in _REPORT_DRAWINGS and drawing.indicator in visit.catalogue.indicator
    ]
    links = [
        html.Li(_report_links(visit, drawing.indicator, _REPORT_DRAWINGS[drawing.key]))
        for drawing in drawings
    ]
    parts: list[Any] = [
        html.H2(term("areas_report", lang)),
        html.P(term("areas_report_why", lang), className="told"),
        html.Ul(links),
    ]
    if scope.within == REPORT_COUNTY:
        wide = with_neighbourhood_union(visit)
        parts += [
            html.Div(drawing_parts(drawing, (), wide), className="figure") for drawing in drawings
        ]
    return [html.Section(parts, className="as-report")]


def _report_links(visit: Visit, id: str, number: int) -> list[Any]:
    """What the figure was, what stands for it today, and the links to both."""
    lang, title = visit.lang, visit.catalogue.indicator[id].title[visit.lang]
    here = link(visit.path, carried(visit.state, indicators=(id,)))
    there = link("/rapport-2010", carried(visit.state)) + f"#figur-{number}"
    return [
        f"{term(f'areas_report_{number}', lang)} ",
        dcc.Link(term("areas_report_here", lang, title=title), href=here),
        " · ",
        dcc.Link(term("areas_report_there", lang, number=number), href=there),
    ]


def _choice_of_municipality(visit: Visit, region: str, messages: Sequence[str]) -> Page:
    """The choice of a municipality: those with neighbourhoods, or those of the county."""
    lang, title = visit.lang, term("page_areas", visit.lang)
    content = [
        html.Div(
            [html.H1(title), html.P(term("areas_choose", lang), className="lede")],
            className="place",
        ),
        *notice_box(messages, lang),
        html.Div([region_select(visit, region)], className="controls"),
        html.Div(
            [*_with_neighbourhoods(visit), *_municipalities(visit, region)],
            className="areas choose",
        ),
    ]
    return Page(title, content, shown=Shown({"region": region}))


def _with_neighbourhoods(visit: Visit) -> list[html.Section]:
    """The municipalities with neighbourhoods of the report, and all of them together."""
    lang, regions = visit.lang, visit.regions
    near = neighbourhoods_by_municipality(regions)
    if not near:
        return []
    counties = {county(regions[code], regions) for code in near}
    items = [
        html.Li(_all_neighbourhoods(visit, above))
        for above in sorted(filter(None, counties), key=lambda above: above.code, reverse=True)
    ]
    for code, inside in near.items():
        names = ", ".join(short_name(regions[home], lang) for home in inside)
        items.append(html.Li([_region_link(visit, regions[code]), f" – {names}"]))
    heading = html.H2(term("areas_homes", lang))
    return [html.Section([heading, html.Ul(items, className="homes")])]


def _municipalities(visit: Visit, code: str) -> list[html.Section]:
    """The municipalities of a county or group."""
    region, lang = visit.regions.get(code), visit.lang
    if region is None or region.level not in {"county", "group"}:
        return []
    codes = peers(code, "kommun", visit.regions)
    items = [html.Li(_region_link(visit, visit.regions[municipality])) for municipality in codes]
    heading = term("areas_towns", lang, where=region.where[lang])
    links = html.Nav(html.Ul(items), className="collections", **aria(label=heading))
    return [html.Section([html.H2(heading), links])]
