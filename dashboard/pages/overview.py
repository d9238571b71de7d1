"""
The overview of one region: what stands out, then each theme by its leading indicators.

Every indicator has a row in full on the page of its theme, which an address of the overview names
(`tema=`; `tema=alla` all of them), or of a collection. Knows what stands in a row and in which
order. Sentences and numbers of a row come from `panels.overview`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dash import dcc, html

from dashboard.charts import spark
from dashboard.codes import ALL_THEMES, RANKED_LEVELS, SEXES
from dashboard.components.controls import region_select
from dashboard.components.elements import Element, element, linked
from dashboard.components.frame import Page, aria, notice_box
from dashboard.components.highlights import highlights_section
from dashboard.components.pictures import share_menu
from dashboard.components.tables import figure_notes, labelled
from dashboard.data.observation import Observation
from dashboard.data.queries.sources import source_problems
from dashboard.pages.missing import heading_page
from dashboard.panels import overview
from dashboard.panels.overview import LeadingRow, LeadingRows, OverviewRow, missing_figure
from dashboard.rules.comparison import NOT_COMPARED, Difference
from dashboard.rules.thresholds import line_span
from dashboard.sentences.unions import members_with_figures, union_method_words
from dashboard.sentences.wording import category_label
from dashboard.state.comparison import default_comparison
from dashboard.state.links import Shown
from dashboard.state.regions import area_sentences, inline, region_kind
from dashboard.state.resolve import notice_sentences, selected_region
from dashboard.state.url import KEYS, State, carried, link, printed, row_id
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, lower_first, term
from etl.catalogue import TOTAL, Collection, CollectionMember, Indicator, Lang, Text, Theme
from etl.catalogue.regions import COUNTRY

# What a collection's breakdown opens on the page of an indicator.
_OPENED: Mapping[str | None, Mapping[str, Any]] = MappingProxyType(
    {None: {}, "sex": {"sexes": SEXES}}
)
_OPENED_GROUPS: Mapping[str, Any] = MappingProxyType({"view": "grupper"})
_BY_BIRTH = ("SE", "SAMUTF")
_MOST_LETTERS = 20  # of a name that stands in two lines of a telephone


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
        _change_cell(indicator, row),
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
    return element("Div", _value_parts(indicator, newest, lang), className="value")


def _value_parts(indicator: Indicator, newest: Observation, lang: Lang) -> list[Element]:
    symbol = format.symbol(newest.status)
    unit = indicator.unit[lang] if format.names_unit(indicator) else ""
    about = [
        format.period_name(newest.period, lang),
        unit,
        union_method_words(newest, indicator, lang),
    ]
    number = _number(newest, indicator, lang)
    partial = members_with_figures(newest, lang)
    return [
        element("Span", [number, element("Sup", symbol)] if symbol else number, className="number"),
        element("Small", " · ".join(filter(None, about))),
        *([element("Small", partial)] if partial else []),
    ]


def _change_cell(indicator: Indicator, row: OverviewRow) -> Element:
    """The line over time, and the changes since the period before and over the stretch."""
    figures = row.content
    change = f"{figures.arrow} {figures.change}".strip()
    words = [element("P", sentence) for sentence in (change, figures.stretch) if sentence]
    return element("Div", [*_line(indicator, figures.lines), *words], className="moved")


def _line(indicator: Indicator, lines: Sequence[Sequence[tuple[int, float]]]) -> list[Element]:
    """The picture of a line over time; nothing of lone years."""
    if not any(len(points) > 1 for points in lines):
        return []
    least = line_span(indicator, [number for points in lines for _, number in points])
    return [element("Img", src=spark.spark_line(lines, least), alt="")]


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


def page(visit: Visit) -> Page:
    """The overview of the region that the link names, or a theme, all themes or a collection."""
    region, messages = selected_region(visit.state, visit.regions)
    messages += notice_sentences(visit.state.notices, visit.lang)
    if region not in visit.regions:
        return heading_page(term("overview", visit.lang), notice_box(messages, visit.lang))
    parts, unknown = _asked_parts(visit)
    messages += unknown
    about = parts[0].title[visit.lang] if len(parts) == 1 else term("overview", visit.lang)
    shown = _parts_in_full(visit, region, parts) if parts else _leading_parts(visit, region)
    content = [
        _heading(visit, region, in_full=bool(parts)),
        *notice_box(messages, visit.lang),
        *shown,
        share_menu(visit),
    ]
    title = f"{visit.regions[region].name(visit.lang)} – {about}"
    return Page(title, content, shown=Shown({"region": region, "search": visit.state.search}))


def _asked_parts(visit: Visit) -> tuple[tuple[Theme | Collection, ...], list[str]]:
    """What a link asks for in full, a collection before a theme; what it names in vain."""
    state, catalogue = visit.state, visit.catalogue
    collection = catalogue.collection.get(state.collection)
    with_indicators = [theme for theme in catalogue.themes if theme.id in catalogue.by_theme]
    themes = [theme for theme in with_indicators if state.theme in {theme.id, ALL_THEMES}]
    unknown = [
        term("unknown_value", visit.lang, key=KEYS[field].name, value=value)
        for field, value, known in (
            ("collection", state.collection, collection),
            ("theme", state.theme, themes),
        )
        if value and not known
    ]
    return (collection,) if collection else tuple(themes), unknown


def _members(visit: Visit, part: Theme | Collection) -> Sequence[CollectionMember]:
    if isinstance(part, Collection):
        return part.members
    return [CollectionMember(indicator=entry.id) for entry in visit.catalogue.by_theme[part.id]]


def _parts_in_full(visit: Visit, region: str, parts: Sequence[Theme | Collection]) -> list[Element]:
    """Every indicator of some themes or of a collection, a row each."""
    listed = {part.id: _members(visit, part) for part in parts}
    members = [member for of_part in listed.values() for member in of_part]
    rows = overview.overview_rows(visit, region, only={member.indicator for member in members})
    ages = {member.indicator: member.age for member in members if member.age}
    if ages:
        rows = {**rows, **overview.aged_rows(visit, region, ages)}
    stale = _stale_indicators(visit)
    known = visit.catalogue.indicator
    shown = [
        (known[member.indicator], rows[member.indicator].shown)
        for member in members
        if member.indicator in rows
    ]
    first, *others = (
        _section(visit, region, part, listed[part.id], rows=rows, stale=stale) for part in parts
    )
    is_ranked = visit.regions[region].level in RANKED_LEVELS
    return [
        *([] if isinstance(parts[0], Collection) else [_theme_links(visit)]),
        first,
        *([element("P", term("strip_key", visit.lang), className="key")] if is_ranked else []),
        *others,
        element("Div", [*_area_notes(visit, region), *figure_notes(visit, shown)]),
    ]


def _area_notes(visit: Visit, region: str) -> list[Element]:
    """What the divisions do to an area, and where a union has more, after all rows."""
    told = area_sentences((region,), visit.regions, visit.lang)
    if visit.regions[region].members:
        told = (*told, term("union_key", visit.lang))
    return [element("P", text, className="src") for text in told]


def _leading_parts(visit: Visit, region: str) -> list[Element]:
    """What stands out, and each theme by its leading indicators."""
    lang, themes = visit.lang, overview.leading_rows(visit, region)
    rows = [row for theme in themes for row in theme.rows]
    where = visit.regions[region].where[lang]
    count = len(visit.catalogue.indicators)
    everything = linked(
        term("all_of_count", lang, count=count),
        link("/", carried(visit.state, theme=ALL_THEMES)),
    )
    table = element("P", term("no_data_here", lang, where=where), className="absent large")
    if rows:
        table = _leading_table(visit, region, themes)
    content = [
        highlights_section(visit, region),
        _theme_links(visit),
        table,
        element("P", everything, className="ways"),
    ]
    notes = figure_notes(visit, [(row.indicator, row.shown) for row in rows])
    if any(row.cautious for row in rows):
        notes.insert(0, element("P", term("cautious_note", lang), className="src"))
    return [*content, element("Div", notes)]


def _leading_table(visit: Visit, region: str, themes: Sequence[LeadingRows]) -> Element:
    """
    A row an indicator, the heads of the columns said once, and how differences are meant.

    A column in which no row has anything is left out.
    """
    lang, regions = visit.lang, visit.regions
    rows = [row for theme in themes for row in theme.rows]
    compared = [
        code
        for code in default_comparison(regions[region], regions)
        if any(code in row.differences for row in rows)
    ]
    has_lines = any(len(points) > 1 for row in rows for points in row.lines)
    has_gaps = any(row.gap for row in rows)
    heads = [
        term("indicator", lang),
        term("latest", lang),
        *([term("head_moved", lang)] if has_lines else []),
        *(term("head_against", lang, region=inline(regions[code], lang)) for code in compared),
        *([term("head_gap", lang)] if has_gaps else []),
    ]
    head = [
        element(
            "Th", name, scope="col", role="columnheader",
            **({"className": "number"} if place > 1 + has_lines else {}),
        )
        for place, name in enumerate(heads)
    ]  # fmt: skip
    stale = _stale_indicators(visit)
    query = printed(carried(visit.state))
    bodies = [
        element(
            "Tbody",
            [
                _theme_row(visit, theme.theme, columns=len(heads)),
                *(
                    _leading_row(
                        visit, row, compared, query=query, stale=row.indicator.id in stale,
                        has_lines=has_lines, has_gaps=has_gaps,
                    )
                    for row in theme.rows
                ),
                *_lacking_row(visit, region, theme.lacking, columns=len(heads)),
            ],
            role="rowgroup",
            id=theme.theme.id,
        )
        for theme in themes
    ]  # fmt: skip
    key = "differences_key" if compared else "differences_key_alone"
    where = regions[region].where[lang]
    name = aria(label=term("leading_table", lang, where=where))
    table = element(
        "Table",
        [
            element("Thead", element("Tr", head, role="row"), role="rowgroup"),
            *bodies,
        ],
        className="leading",
        role="table",
        **name,
    )
    words = [element("P", term(key, lang, where=where), className="key")]
    return element("Div", [table, *(words if compared or has_gaps else [])])


def _theme_row(visit: Visit, theme: Theme, *, columns: int) -> Element:
    """The heading of a theme, and the way to all of its indicators."""
    lang, count = visit.lang, len(visit.catalogue.by_theme[theme.id])
    title = theme.title[lang]
    words = term("all_of_theme", lang, count=count, theme=lower_first(title))
    to = link("/", carried(visit.state, theme=theme.id))
    cell = element("Td", [element("H2", title), linked(words, to)], role="cell", colSpan=columns)
    return element("Tr", cell, role="row", className="of-theme")


def _leading_row(
    visit: Visit,
    row: LeadingRow,
    compared: Sequence[str],
    *,
    query: str,
    stale: bool,
    has_lines: bool,
    has_gaps: bool,
) -> Element:
    """A leading indicator: name, newest figure, line, and differences as numbers."""
    lang, indicator = visit.lang, row.indicator
    about = []
    if row.group != TOTAL:
        group = lower_first(category_label(visit.catalogue, "background", row.group, lang))
        about.append(element("Small", term("by_group_only", lang, group=group)))
    if stale:
        about.append(element("Small", term("stale_short", lang), className="stale"))
    address = f"/indikator/{indicator.id}{query}"
    title = linked(indicator.title[lang], address, id=row_id(indicator.id))
    cells = [
        element("Th", [title, *about], scope="row", role="rowheader"),
        element("Td", _value_parts(indicator, row.newest, lang), role="cell", className="value"),
    ]
    if has_lines:
        cells.append(_direction_cell(row, lang))
    cells += [
        _difference_cell(
            row.differences.get(code), indicator, lang,
            name=term(f"against_{visit.regions[code].level}", lang),
        )
        for code in compared
    ]  # fmt: skip
    if has_gaps:
        cells.append(_difference_cell(row.gap, indicator, lang, name=term("gap_short", lang)))
    return element("Tr", cells, role="row")


def _direction_cell(row: LeadingRow, lang: Lang) -> Element:
    """The line over time, and its direction where there is one."""
    words: list[Any] = [row.direction] if row.direction else []
    if row.cautious:
        words.append(element("Abbr", "*", title=term("cautious", lang)))
    about = [element("Small", words)] if words else []
    return element("Td", [*_line(row.indicator, row.lines), *about], role="cell", className="moved")


def _difference_cell(
    difference: Difference | None, indicator: Indicator, lang: Lang, *, name: str
) -> Element:
    """A difference as a number with its sign; a word where it is none, nothing without figures."""
    if difference is None:
        return element("Td", role="cell", className="number")
    content: Any = element("Span", term("in_level", lang), className="absent")
    if difference.value is None:
        key = "not_available" if difference.verdict.reason == "missing" else "not_compared"
        content = element("Span", lower_first(term(key, lang)), className="absent")
    elif not difference.level:
        content = format.with_sign(difference.value, indicator.decimals, lang)
    return element("Td", content, role="cell", className="number", **labelled(name))


def _lacking_row(
    visit: Visit, region: str, lacking: Sequence[Indicator], *, columns: int
) -> list[Element]:
    """Which of the leading indicators of a theme have no figure here; nothing where all have."""
    if not lacking:
        return []
    lang, place = visit.lang, visit.regions[region]
    key = "lacking_together" if place.is_several else "lacking"
    titles = [indicator.title[lang] for indicator in lacking]
    words = term(key, lang, where=place.where[lang], titles="; ".join(titles))
    cell = element("Td", words, role="cell", colSpan=columns)
    return [element("Tr", cell, role="row", className="lacking")]


def _stale_indicators(visit: Visit) -> frozenset[str]:
    """The indicators that could not be updated."""

    def stale() -> frozenset[str]:
        problems = source_problems(visit.warehouse)
        return frozenset(problems[problems["stale"]]["indicator"])

    return visit.context.memory.recall((visit.warehouse.identity, "stale"), stale)


def _heading(visit: Visit, code: str, *, in_full: bool) -> html.Div:
    """
    The region as the headline, its comparison regions, another region's menu, and links.

    Rows that are `in_full` say themselves with what they are compared, and are followed by what
    else is to be said of an area.
    """
    lang, region = visit.lang, visit.regions[code]
    name = region.name(lang)
    words = [region_kind(region, visit.regions, lang)] if region.level != "country" else []
    told: list[html.P] = []
    if not in_full:
        peers = default_comparison(region, visit.regions)
        beside = [inline(visit.regions[peer], lang) for peer in peers]
        words += [f"{term('compared_with', lang)} {enumerated(beside, lang)}"] if beside else []
        told = [html.P(text) for text in area_sentences((code,), visit.regions, lang)]
        told += [html.P(term("union_key", lang), className="key")] if region.members else []
    # Who has named no region is offered the one that was last; only the browser knows which.
    resume = {"resume": term("resume", lang, name="{name}")} if code == COUNTRY else {}
    briefing = dcc.Link(
        term("make_briefing", lang),
        href=link("/briefing", carried(visit.state, "collection", **_briefed(visit))),
        className="btn lead",
    )
    return html.Div(
        [
            html.Div(
                [
                    html.H1(name, className="long" if len(name) > _MOST_LETTERS else None),
                    briefing,
                ],
                className="headline",
            ),
            *([html.P(" · ".join(words))] if words else []),
            *told,
            html.Div(
                [
                    html.Div(region_select(visit, code, **resume), className="controls"),
                    _collection_links(visit),
                ],
                className="onward",
            ),
        ],
        className="place",
    )


def _briefed(visit: Visit) -> Mapping[str, str]:
    """The theme that a briefing of the page is about; none of all themes."""
    theme = visit.state.theme
    return {"theme": theme} if theme in visit.catalogue.by_theme else {}


def _collection_links(visit: Visit) -> Element:
    """The overview, all indicators and each collection, one click away; what is shown says so."""
    lang, state = visit.lang, visit.state
    places = {
        term("overview", lang): carried(state),
        term("whole", lang): carried(state, theme=ALL_THEMES),
    }
    places |= {
        collection.title[lang]: carried(state, collection=collection.id)
        for collection in visit.catalogue.collections
    }
    here = (state.collection, "" if state.collection else state.theme)
    items = [
        element("Li", _place_link(title, place, is_shown=(place.collection, place.theme) == here))
        for title, place in places.items()
    ]
    label = aria(label=term("collections", lang))
    return element("Nav", element("Ul", items), className="collections", **label)


def _theme_links(visit: Visit) -> Element:
    """The themes, each a jump away where all are on the page, else a page away."""
    lang, shown = visit.lang, visit.state.theme
    alone = shown in visit.catalogue.by_theme
    items = [
        element(
            "Li",
            _place_link(
                theme.title[lang],
                carried(visit.state, theme=theme.id),
                is_shown=theme.id == shown,
            )
            if alone
            else element("A", theme.title[lang], href=f"#{theme.id}"),
        )
        for theme in visit.catalogue.themes
        if theme.id in visit.catalogue.by_theme
    ]
    label = aria(label=term("themes", lang))
    return element("Nav", element("Ul", items), className="jumps", **label)


def _place_link(title: str, place: State, *, is_shown: bool) -> Element:
    """A link to a form of the overview; to the one that is shown it says so."""
    href = link("/", place)
    if is_shown:
        return element("A", title, href=href, **aria(current="true"))
    return linked(title, href)


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
