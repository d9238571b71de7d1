"""
The overview: every indicator of one region, theme by theme, a row each.

Knows what stands in a row and in which order. The sentences of a row come from `panels.overview`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dash import dcc, html

from dashboard.charts import spark
from dashboard.codes import RANKED_LEVELS, SEXES
from dashboard.components.controls import region_select
from dashboard.components.elements import Element, element, linked
from dashboard.components.frame import Page, aria, notice_box
from dashboard.components.highlights import highlights_section
from dashboard.components.tables import figure_notes
from dashboard.data.observation import Observation
from dashboard.data.queries.sources import source_problems
from dashboard.pages.missing import heading_page
from dashboard.panels import overview
from dashboard.panels.overview import OverviewRow, missing_figure
from dashboard.rules.comparison import NOT_COMPARED
from dashboard.sentences.unions import members_with_figures, union_method_words
from dashboard.sentences.wording import category_label
from dashboard.state.comparison import default_comparison
from dashboard.state.links import Shown
from dashboard.state.regions import area_sentences, inline, region_kind
from dashboard.state.resolve import notice_sentences, selected_region
from dashboard.state.url import KEYS, carried, link, printed, row_id
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import TOTAL, Collection, CollectionMember, Indicator, Lang, Text, Theme
from etl.catalogue.regions import COUNTRY

# What a collection's breakdown opens on the page of an indicator.
_OPENED: Mapping[str | None, Mapping[str, Any]] = MappingProxyType(
    {None: {}, "sex": {"sexes": SEXES}}
)
_OPENED_GROUPS: Mapping[str, Any] = MappingProxyType({"view": "grupper"})
_BY_BIRTH = ("SE", "SAMUTF")


def _opened(breakdown: str | None, age: str | None) -> Mapping[str, Any]:
    """What a link to an indicator asks for: the groups of a breakdown, of one age as lines."""
    if age is None:
        return _OPENED.get(breakdown, _OPENED_GROUPS)
    groups = {"backgrounds": _BY_BIRTH} if breakdown == "origin" else _OPENED.get(breakdown, {})
    return {"ages": (age,), **groups}


def _indicator_row(
    visit: Visit,
    indicator: Indicator,
    row: OverviewRow | None,
    *,
    query: str,
    who: Text | None,
    age: str | None,
    stale: bool,
) -> Element:
    """A row of the overview; of an indicator without figures that there are none."""
    lang = visit.lang
    about = [element("P", who[lang], className="group")] if who else []
    address = f"/indikator/{indicator.id}{query}"
    caveats = [element("P", term("stale_short", lang), className="stale")] if stale else []
    if row and row.group != TOTAL:
        group = category_label(visit.catalogue, "background", row.group, lang).lower()
        caveats.insert(0, element("P", term("by_group_only", lang, group=group), className="group"))
    title = element(
        "Div",
        [
            element("H3", linked(indicator.title[lang], address, id=row_id(indicator.id))),
            *about,
            element("P", format.first_sentence(indicator.definition[lang])),
            *caveats,
        ],
        className="what",
    )
    newest = row.content.newest if row else None
    if not row or not newest:
        missing = element("P", missing_figure(visit, indicator, age), className="absent")
        return element("Div", [title, missing], className="glance")
    cells = [
        title,
        _value(indicator, newest, lang),
        _change_cell(row),
        _level_cell(visit, indicator, row),
        _groups_cell(indicator, row, lang),
    ]
    return element("Div", cells, className="glance")


def indicator_tile(visit: Visit, indicator: Indicator, row: OverviewRow) -> Element:
    """One figure large, and how it stands to its comparison regions in words."""
    newest = row.content.newest
    if newest is None:
        raise ValueError(f"{indicator.id}: a tile shows a figure; there is none to show")
    to = link(f"/indikator/{indicator.id}", carried(visit.state))
    words = [element("P", sentence) for sentence in row.content.beside[:2]]
    heading = element("H3", linked(indicator.title[visit.lang], to))
    return element(
        "Div", [heading, _value(indicator, newest, visit.lang), *words], className="tile"
    )


def _value(indicator: Indicator, newest: Observation, lang: Lang) -> Element:
    """The newest number with its symbol, year and unit, and how a union's was made."""
    symbol = format.symbol(newest.status)
    unit = indicator.unit[lang] if format.names_unit(indicator) else ""
    about = [
        format.period_name(newest.period, lang),
        unit,
        union_method_words(newest, indicator, lang),
    ]
    number = _number(newest, indicator, lang)
    partial = members_with_figures(newest, lang)
    return element(
        "Div",
        [
            element(
                "Span", [number, element("Sup", symbol)] if symbol else number, className="number"
            ),
            element("Small", " · ".join(filter(None, about))),
            *([element("Small", partial)] if partial else []),
        ],
        className="value",
    )


def _change_cell(row: OverviewRow) -> Element:
    """The line over time, and the changes since the period before and over the stretch."""
    figures = row.content
    change = f"{figures.arrow} {figures.change}".strip()
    words = [element("P", sentence) for sentence in (change, figures.stretch) if sentence]
    picture = []
    if any(len(points) > 1 for points in figures.lines):
        picture = [element("Img", src=spark.spark_line(figures.lines), alt="")]
    return element("Div", [*picture, *words], className="moved")


def _level_cell(visit: Visit, indicator: Indicator, row: OverviewRow) -> Element:
    """
    The place among the regions of the level, and how it stands to county and country.

    Of numbers of persons and of classes a place says nothing.
    """
    newest, picture = row.content.newest, []
    numbers = {
        figure.region: figure.number
        for figure in row.beside
        if row.content.beside and newest and figure.present and figure.segment == newest.segment
    }
    country = numbers.pop(COUNTRY, None)
    county = next(iter(numbers.values()), None)
    level = (
        overview.level_numbers(visit, newest)
        if newest and indicator.measure not in NOT_COMPARED
        else ()
    )
    if newest and len(level) > 1:
        strip = spark.level_strip(level, newest.number, county=county, country=country)
        picture = [element("Img", src=strip, alt="")]
    words = [element("P", sentence) for sentence in row.content.beside]
    return element("Div", [*picture, *words], className="among")


def _groups_cell(indicator: Indicator, row: OverviewRow, lang: Lang) -> Element:
    """Born in Sweden and foreign-born in the same year, where the source has both."""
    here, abroad = row.pair
    if here is None or abroad is None or not row.content.gap:
        return element("Div", className="pair")
    groups = [
        element(
            "P",
            [element("Span", term(key, lang)), element("B", _number(figure, indicator, lang))],
        )
        for key, figure in (("born_here", here), ("born_abroad", abroad))
    ]
    return element("Div", [*groups, element("P", row.content.gap)], className="pair")


def _number(figure: Observation, indicator: Indicator, lang: Lang) -> str:
    return format.measured(figure.value, figure.status, indicator, lang)


# Resources and problems, both on the first screen.
_TILES = ("employment_rate", "qualified_work_share", "open_unemployment", "neet_20_25")


def page(visit: Visit) -> Page:
    """The overview of the region that the link names, of all themes or of one collection."""
    region, messages = selected_region(visit.state, visit.regions)
    messages += notice_sentences(visit.state.notices, visit.lang)
    if region not in visit.regions:
        return heading_page(term("overview", visit.lang), notice_box(messages, visit.lang))
    rows = overview.overview_rows(visit, region)
    collection = visit.catalogue.collection.get(visit.state.collection)
    if visit.state.collection and not collection:
        messages.append(
            term(
                "unknown_value",
                visit.lang,
                key=KEYS["collection"].name,
                value=visit.state.collection,
            )
        )
    if collection:
        ages = {member.indicator: member.age for member in collection.members if member.age}
        rows = {**rows, **overview.aged_rows(visit, region, ages)}
    content = [
        _heading(visit, region),
        *notice_box(messages, visit.lang),
        *([] if collection else [highlights_section(visit, region)]),
        *([] if collection else [*_tiles(visit, rows), _theme_links(visit)]),
        *_sections(visit, region, rows, collection),
        html.Div(figure_notes(visit, _shown_figures(visit, rows, collection))),
    ]
    title = f"{visit.regions[region].name(visit.lang)} – {term('overview', visit.lang)}"
    return Page(title, content, shown=Shown({"region": region, "search": visit.state.search}))


def _shown_figures(
    visit: Visit, rows: Mapping[str, OverviewRow], collection: Collection | None
) -> list[tuple[Indicator, tuple[Observation, ...]]]:
    """The indicators of the page with the figures that stand in their rows."""
    known = visit.catalogue.indicator
    listed = [member.indicator for member in collection.members] if collection else list(known)
    return [(known[id], rows[id].shown) for id in listed if id in rows]


def _stale_indicators(visit: Visit) -> frozenset[str]:
    """The indicators that could not be updated."""

    def stale() -> frozenset[str]:
        problems = source_problems(visit.warehouse)
        return frozenset(problems[problems["stale"]]["indicator"])

    return visit.context.memory.recall((visit.warehouse.version, "stale"), stale)


def _heading(visit: Visit, code: str) -> html.Div:
    """The region as the headline, its comparison regions, another region's menu, and links."""
    lang, region = visit.lang, visit.regions[code]
    beside = [
        inline(visit.regions[peer], lang) for peer in default_comparison(region, visit.regions)
    ]
    words = [region_kind(region, visit.regions, lang)] if region.level != "country" else []
    words += [f"{term('compared_with', lang)} {enumerated(beside, lang)}"] if beside else []
    keys = ["strip_key"] if region.level in RANKED_LEVELS else []
    keys += ["union_key"] if region.members else []
    # Who has named no region is offered the one that was last; only the browser knows which.
    resume = {"resume": term("resume", lang, name="{name}")} if code == COUNTRY else {}
    briefing = dcc.Link(
        term("make_briefing", lang),
        href=link("/briefing", carried(visit.state, "collection")),
        className="btn lead",
    )
    return html.Div(
        [
            html.H1(region.name(lang)),
            html.P(" · ".join(words)),
            *(html.P(text) for text in area_sentences((code,), visit.regions, lang)),
            *(html.P(term(key, lang), className="key") for key in keys),
            html.Div(
                [region_select(visit, code, **resume)],
                className="controls",
            ),
            html.Div([_collection_links(visit), briefing], className="onward"),
        ],
        className="place",
    )


def _collection_links(visit: Visit) -> Element:
    """All indicators and each collection, one click away; the one that is shown says so."""
    lang = visit.lang
    titles = {"": term("whole", lang)} | {
        collection.id: collection.title[lang] for collection in visit.catalogue.collections
    }
    items = []
    for id, title in titles.items():
        href = link("/", carried(visit.state, collection=id))
        current = aria(current="true")
        is_shown = id == visit.state.collection
        anchor = element("A", title, href=href, **current) if is_shown else linked(title, href)
        items.append(element("Li", anchor))
    label = aria(label=term("collections", lang))
    return element("Nav", element("Ul", items), className="collections", **label)


def _theme_links(visit: Visit) -> Element:
    """The themes of the page, each a jump away."""
    used = {indicator.theme for indicator in visit.catalogue.indicators}
    items = [
        element("Li", element("A", theme.title[visit.lang], href=f"#{theme.id}"))
        for theme in visit.catalogue.themes
        if theme.id in used
    ]
    label = aria(label=term("themes", visit.lang))
    return element("Nav", element("Ul", items), className="jumps", **label)


def _tiles(visit: Visit, rows: Mapping[str, OverviewRow]) -> list[html.Section]:
    """A few resources and problems, so that both are seen before anything else."""
    shown = [id for id in _TILES if id in rows and rows[id].content.newest]
    if not shown:
        return []
    tiles = [indicator_tile(visit, visit.catalogue.indicator[id], rows[id]) for id in shown]
    return [
        html.Section(
            [
                html.H2(term("at_a_glance", visit.lang), className="unseen"),
                html.Div(tiles, className="tiles"),
            ]
        )
    ]


def _sections(
    visit: Visit, region: str, rows: Mapping[str, OverviewRow], collection: Collection | None
) -> list[Element]:
    """The themes with their indicators, or one collection with its own."""
    catalogue, stale = visit.catalogue, _stale_indicators(visit)
    parts: Sequence[tuple[Theme | Collection, Sequence[CollectionMember]]]
    if collection:
        parts = [(collection, collection.members)]
    else:
        parts = [
            (
                theme,
                [
                    CollectionMember(indicator=entry.id)
                    for entry in catalogue.indicators
                    if entry.theme == theme.id
                ],
            )
            for theme in catalogue.themes
        ]
    return [
        _section(visit, region, group, listed, rows=rows, stale=stale)
        for group, listed in parts
        if listed
    ]


def _section(
    visit: Visit,
    region: str,
    group: Theme | Collection,
    listed: Sequence[CollectionMember],
    *,
    rows: Mapping[str, OverviewRow],
    stale: frozenset[str],
) -> Element:
    """The heading of a theme or collection, the heads of the columns, and its rows."""
    lang = visit.lang
    level = visit.regions[region].level
    among = f"head_among_{level}" if level in RANKED_LEVELS else "head_among"
    # The query string of each breakdown and age, once for all rows.
    queries_of = {
        opened: printed(carried(visit.state, "collection", **_opened(*opened)))
        for opened in {(member.breakdown, member.age) for member in listed}
    }
    heads = ["indicator", "latest", "head_moved", among, "head_groups"]
    if visit.regions[region].members:  # of whom the newest figures are made, and no series
        heads = ["indicator", "latest", "", among, ""]
    return element(
        "Section",
        [
            element("H2", group.title[lang], id=group.id),
            element("P", group.line[lang], className="sub"),
            element(
                "Div",
                [element("Span", term(head, lang) if head else "") for head in heads],
                className="glance colhead",
                **aria(hidden="true"),
            ),
            *(
                _indicator_row(
                    visit,
                    visit.catalogue.indicator[member.indicator],
                    rows.get(member.indicator),
                    query=queries_of[member.breakdown, member.age],
                    who=member.who,
                    age=member.age,
                    stale=member.indicator in stale,
                )
                for member in listed
            ),
        ],
        className="theme",
    )
