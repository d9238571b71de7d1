"""
Chosen areas over time against their municipality, county and country.

Knows which areas are chosen and how their lines look. What may be joined is decided by
`rules.stretches`, what may be said by `sentences.summary`.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from dash import html

from dashboard.charts import style
from dashboard.charts.line_chart import line_chart
from dashboard.charts.style import ChartLine
from dashboard.components.controls import Chip, chips
from dashboard.components.frame import region_field
from dashboard.components.pictures import chart_buttons, chart_parts
from dashboard.components.tables import folded_table, panel_table
from dashboard.data.observation import Observation, of_regions, with_numbers
from dashboard.data.series import levels
from dashboard.pages.areas.rows import AreaList
from dashboard.pages.indicator.content import group_suffix
from dashboard.panels import panel as panel_panel
from dashboard.panels.panel import Panel
from dashboard.panels.provenance import source_lines
from dashboard.sentences.notes import following_notes
from dashboard.sentences.summary import narrative
from dashboard.state.areas import MOST_AREAS, areas_of_one_division
from dashboard.state.comparison import SIMILAR, named_comparison
from dashboard.state.regions import AREA_LEVELS, area_sentences, menu_name
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import Indicator

# The larger regions are neutral and told apart by their dashes; the areas have the colours.
_LARGER_STYLES = {
    "municipality": (style.COUNTRY_COLOUR, "solid", 2.0),
    "county": (style.MUTED, "dot", 2.0),
    "country": (style.COUNTRY_COLOUR, "dash", 2.0),
}


def chosen_areas(listed: AreaList) -> tuple[tuple[str, ...], list[str]]:
    """The areas of the link, its region first, or the default ones; and notices."""
    visit, lang, region = listed.visit, listed.lang, listed.scope.region
    regions = visit.regions
    first = (region,) if regions[region].level in AREA_LEVELS else ()
    if visit.state.comparison is None:
        return first or _default_areas(listed), []
    similar = partial(visit.similar, region, listed.indicator.id)
    named, notices = named_comparison(visit.state, region, regions, similar)
    known = [code for code in (*first, *named) if code not in listed.scope.larger]
    areas = [code for code in known if code != SIMILAR and regions[code].level in AREA_LEVELS]
    notices += [
        term("similar_no_areas", lang)
        if code == SIMILAR
        else term("areas_no_area", lang, name=regions[code].name(lang))
        for code in known
        if code not in areas
    ]
    if areas[MOST_AREAS:]:
        names = ", ".join(regions[code].name(lang) for code in areas[MOST_AREAS:])
        notices.append(term("too_many", lang, count=MOST_AREAS, names=names))
    return tuple(areas[:MOST_AREAS]), notices


def _default_areas(listed: AreaList) -> tuple[str, ...]:
    """The first neighbourhoods that have figures, or the areas that stand in for one of several."""
    neighbourhoods, regions = listed.scope.neighbourhoods, listed.visit.regions
    parts = {
        code: (code,) if code in listed.with_numbers else regions[code].members
        for code in neighbourhoods
    }
    inside = [code for codes in parts.values() for code in codes if code in listed.with_numbers]
    followed = {*neighbourhoods, *areas_of_one_division(listed.year_rows, inside, regions)}
    return tuple([code for code in inside if code in followed][:MOST_AREAS])


def lines_section(listed: AreaList, codes: Sequence[str]) -> list[html.Section]:
    """The lines with their words and table, and the control that adds an area."""
    visit, indicator = listed.visit, listed.indicator
    panel = _panel(listed, codes)
    if not panel.lines or not with_numbers(panel.series):
        return []
    spoken = " ".join(panel.summary.sentences)
    notes = [
        html.P(note[visit.lang], className="src")
        for note in following_notes(panel.series, indicator, visit.catalogue)
        if note[visit.lang] not in spoken
    ]
    notes += [
        html.P(text, className="src") for text in area_sentences(codes, visit.regions, visit.lang)
    ]
    controls = [
        chips(_chips(visit, codes, panel), visit.lang),
        html.Div(_add_area(listed, codes), className="controls"),
    ]
    key = [(line.colour, line.name) for line in panel.lines] if visit.look.narrow else []
    return [
        panel_section(visit, indicator, panel, "lines", controls=controls, notes=notes, key=key)
    ]


def panel_section(
    visit: Visit,
    indicator: Indicator,
    panel: Panel,
    kind: str,
    *,
    controls: Sequence[Any] = (),
    notes: Sequence[Any] = (),
    key: Sequence[tuple[str, str]] = (),
) -> html.Section:
    """
    A chart of lines with its sentences, notes, sources, buttons and table.

    `kind` is its class; `key` explains the colours of a saved picture.
    """
    summary = (panel.summary.lede, panel.summary.change, *panel.summary.directions)
    return html.Section(
        [
            *chart_parts(panel.heading, panel.subline, panel.alternative, panel.figure),
            *controls,
            *(html.P(sentence, className="told") for sentence in summary if sentence),
            *notes,
            *(
                html.P(line, className="src")
                for line in source_lines(visit, indicator, panel.series)
            ),
            chart_buttons(
                visit,
                indicator,
                panel.series,
                title=panel.heading,
                how=panel.subline,
                key=key,
                what=term("areas_menu", visit.lang),
            ),
            folded_table(panel_table(panel, indicator, visit.lang), visit.lang),
        ],
        className=f"figure {kind}",
    )


def _panel(listed: AreaList, codes: Sequence[str]) -> Panel:
    """Lines of the areas and of the larger regions, the first area compared with the latter."""
    visit, indicator, lang = listed.visit, listed.indicator, listed.lang
    rows = _rows(listed, (*codes, *listed.scope.larger))
    lines = _lines(listed, codes)
    shown = tuple(line for line in lines if with_numbers(line.rows(rows)))
    title = indicator.title[lang]
    heading = term("areas_over_time", lang, title=title, where=listed.where)
    heading += group_suffix(visit, listed.selection) + panel_panel.years_suffix(rows, lang)
    areas = [line for line in shown if line.region not in listed.scope.larger]
    larger = [line for line in shown if line.region in listed.scope.larger]
    summary = narrative(rows, [*areas[:1], *larger], listed.wording)
    return Panel(
        series=rows,
        lines=shown,
        absent=tuple(line for line in lines if line not in shown),
        figure=line_chart(rows, shown, indicator, visit.look),
        heading=heading,
        subline=panel_panel.subline(rows, shown, (), indicator=indicator, lang=lang),
        alternative=panel_panel.alternative(heading, summary, visit.look),
        goals=(),
        summary=summary,
        wording=listed.wording,
    )


def _rows(listed: AreaList, codes: Sequence[str]) -> tuple[Observation, ...]:
    """The rows of the lines; areas of other municipalities are asked for."""
    if {*listed.scope.codes, *listed.scope.larger}.issuperset(codes):
        return of_regions(listed.rows, codes)
    visit, group = listed.visit, listed.selection.group
    return levels(
        visit.context, visit.warehouse, listed.indicator.id, codes=tuple(codes), group=group
    )


def _lines(listed: AreaList, codes: Sequence[str]) -> tuple[ChartLine, ...]:
    visit, regions = listed.visit, listed.visit.regions
    styles: dict[str, tuple[str, str, float]] = {
        code: (colour, dash, 2.5)
        for code, colour, dash in zip(codes, style.PALETTE, style.DASHES, strict=False)
    }
    styles |= {code: _LARGER_STYLES[regions[code].level] for code in listed.scope.larger}
    return tuple(
        ChartLine(
            code,
            listed.selection.group,
            listed.names.get(code) or menu_name(regions[code], visit.lang),
            colour=colour,
            dash=dash,
            width=width,
            members=regions[code].members,
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


def _add_area(listed: AreaList, codes: Sequence[str]) -> html.Div:
    """A field that adds an area while there is room for one; only those with figures."""
    lang = listed.lang
    options = [
        {"label": menu_name(listed.visit.regions[code], lang), "value": code}
        for code in listed.scope.codes
        if code in listed.with_numbers and code not in codes
    ]
    return region_field(
        "add",
        term("compare_with", lang),
        listed.visit.state,
        options=options,
        hint=term("areas_add", lang),
        disabled=len(codes) >= MOST_AREAS,
    )
