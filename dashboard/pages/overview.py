"""
The overview: one region, theme by theme, every indicator at a glance.

Knows what stands in a row and in which order. What is said there comes from `glance`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dash import dcc, html

from dashboard.charts import spark
from dashboard.codes import RANKED_LEVELS, SEXES
from dashboard.components.elements import Element, element, linked
from dashboard.components.frame import Page, aria, notices, select
from dashboard.components.search import finder
from dashboard.data import queries
from dashboard.data.observation import Observation
from dashboard.panels import overview
from dashboard.panels.overview import ALONE, Row, absence
from dashboard.sentences.notes import NOTES, following, standing
from dashboard.sentences.wording import category_label
from dashboard.state.comparison import default_comparison
from dashboard.state.regions import inline, kind
from dashboard.state.resolve import own_region, sentences
from dashboard.state.url import KEYS, kept, link, printed
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import TOTAL, Collection, Indicator, Lang, Theme
from etl.catalogue.regions import COUNTRY
from etl.measures import LABELS

# How a collection opens an indicator.
OPENINGS: Mapping[str | None, Mapping[str, Any]] = MappingProxyType(
    {None: {}, "sex": {"sexes": SEXES}}
)
GROUPS: Mapping[str, Any] = MappingProxyType({"view": "grupper"})


def row(
    visit: Visit, indicator: Indicator, found: Row | None, *, query: str, stale: bool
) -> Element:
    """A row of the overview; of an indicator without figures that there are none."""
    lang = visit.lang
    remarks = [element("P", term("stale_short", lang), className="stale")] if stale else []
    if found and found.group != TOTAL:
        group = category_label(visit.catalogue, "background", found.group, lang).lower()
        remarks.insert(0, element("P", term("by_group_only", lang, group=group), className="group"))
    first = indicator.definition[lang].split(". ")[0].rstrip(".") + "."
    to = f"/indikator/{indicator.id}{query}"
    title = element(
        "Div",
        [element("H3", linked(indicator.title[lang], to)), element("P", first), *remarks],
        className="what",
    )
    newest = found.glance.newest if found else None
    if not found or not newest:
        gone = element("P", absence(visit, indicator), className="absent")
        return element("Div", [title, gone], className="glance")
    cells = (_moved(found), _among(visit, indicator, found), _group_figures(indicator, found, lang))
    return element("Div", [title, _value(indicator, newest, lang), *cells], className="glance")


def tile(visit: Visit, indicator: Indicator, found: Row) -> Element:
    """One figure large, and whom it is beside in words."""
    newest = found.glance.newest
    if newest is None:
        raise ValueError(f"{indicator.id}: a tile shows a figure; there is none to show")
    to = link(f"/indikator/{indicator.id}", kept(visit.state))
    words = [element("P", said) for said in found.glance.beside[:2]]
    heading = element("H3", linked(indicator.title[visit.lang], to))
    return element(
        "Div", [heading, _value(indicator, newest, visit.lang), *words], className="tile"
    )


def onward(visit: Visit, opening: str | None) -> str:
    """The query string with which a row leads to its indicator; a collection's opens groups."""
    return printed(kept(visit.state, **OPENINGS.get(opening, GROUPS)))


def manner(one: Observation, indicator: Indicator, lang: Lang) -> str:
    """How a figure of several regions was made, beside it; a share is no sum. "" for any other."""
    if one.how == "sum" and indicator.measure == "share":
        return term("from_counts", lang)
    return next((LABELS[key][lang] for key in LABELS if key == one.how), "")


def _value(indicator: Indicator, newest: Observation, lang: Lang) -> Element:
    """The newest number with its symbol, year and unit, and how a union's was made."""
    beside = format.symbol(newest.status)
    unit = f" · {indicator.unit[lang]}" if format.names_unit(indicator) else ""
    how = manner(newest, indicator, lang)
    made = f" · {how}" if how else ""
    number = format.measured(newest.value, newest.status, indicator, lang)
    partial = []
    if newest.lacking:
        counts = {"present": len(newest.members) - len(newest.lacking), "all": len(newest.members)}
        partial = [element("Small", term("partial", lang, **counts))]
    return element(
        "Div",
        [
            element(
                "Span", [number, element("Sup", beside)] if beside else number, className="number"
            ),
            element("Small", f"{newest.period}{unit}{made}"),
            *partial,
        ],
        className="value",
    )


def _moved(found: Row) -> Element:
    """The line over time, and what moved since the period before and over the stretch."""
    seen = found.glance
    picture = spark.spark_line(seen.lines)
    change = f"{seen.arrow} {seen.change}".strip()
    words = [element("P", said) for said in (change, seen.stretch) if said]
    image = [element("Img", src=picture, alt="")] if any(len(one) > 1 for one in seen.lines) else []
    return element("Div", [*image, *words], className="moved")


def _among(visit: Visit, indicator: Indicator, found: Row) -> Element:
    """
    The place among the regions of the level, and how it stands to county and country.

    Of numbers of persons and of classes a place says nothing.
    """
    newest, picture = found.glance.newest, []
    present = [
        one for one in found.beside if one.present and newest and one.segment == newest.segment
    ]
    country = next((one.number for one in present if one.region == COUNTRY), None)
    county = next((one.number for one in present if one.region != COUNTRY), None)
    if newest and not found.glance.beside:
        county = country = None
    level = overview.among(visit, newest) if newest and indicator.measure not in ALONE else ()
    if newest and len(level) > 1:
        drawn = spark.level_strip(level, newest.number, county=county, country=country)
        picture = [element("Img", src=drawn, alt="")]
    words = [element("P", said) for said in found.glance.beside]
    return element("Div", [*picture, *words], className="among")


def _group_figures(indicator: Indicator, found: Row, lang: Lang) -> Element:
    """Born in Sweden and foreign-born in the same year, where the source has both."""
    here, abroad = found.pair
    if here is None or abroad is None or not found.glance.gap:
        return element("Div", className="pair")
    parts = [
        element(
            "P", [element("Span", term(key, lang)), element("B", _number(one, indicator, lang))]
        )
        for key, one in (("born_here", here), ("born_abroad", abroad))
    ]
    return element("Div", [*parts, element("P", found.glance.gap)], className="pair")


def _number(one: Observation, indicator: Indicator, lang: Lang) -> str:
    return format.measured(one.value, one.status, indicator, lang)


def notes(
    visit: Visit,
    shown: Sequence[tuple[Indicator, Sequence[Observation]]],
    *,
    ordered: bool = False,
) -> list[Element]:
    """The notes of indicators with the figures that are shown, each once, and who they are from."""
    lang = visit.lang
    there = [(indicator, seen) for indicator, seen in shown if any(one.present for one in seen)]
    found = [note for indicator, _ in there for note in standing(indicator)]
    found += [NOTES["order"]] * ordered
    found += [note for indicator, seen in shown for note in following(seen, indicator)]
    words = list(dict.fromkeys(note[lang] for note in found))
    words += [term("tables_there", lang)] if there else []
    example = f"{term('example', lang)}. " if visit.warehouse.example and there else ""
    if words and example:
        words[-1] = example + words[-1]
    return [element("P", text, className="src") for text in words]


# Resources and problems, both on the first screen.
FIRST = ("employment_rate", "qualified_work_share", "open_unemployment", "neet_20_25")


def page(visit: Visit) -> Page:
    """The overview of the region that the link names, of all themes or of one collection."""
    own, said = own_region(visit.state, visit.places)
    said += sentences(visit.state.notices, visit.lang)
    if own not in visit.places:
        title = term("overview", visit.lang)
        return Page(
            title, [html.Div(html.H1(title), className="place"), *notices(said, visit.lang)]
        )
    rows = overview.rows(visit, own)
    collection = visit.catalogue.collection.get(visit.state.collection)
    if visit.state.collection and not collection:
        said.append(
            term(
                "unknown_value",
                visit.lang,
                key=KEYS["collection"].name,
                value=visit.state.collection,
            )
        )
    stale = _stale(visit)
    content = [
        _place(visit, own),
        *notices(said, visit.lang),
        *([] if collection else _first(visit, rows)),
        *([] if collection else [_themes(visit)]),
        *_groups(visit, own, rows, stale),
        html.Div(notes(visit, _seen(visit, rows, collection))),
    ]
    title = f"{visit.places[own].name(visit.lang)} – {term('overview', visit.lang)}"
    return Page(title, content, shown={"region": own, "search": visit.state.search})


def _seen(
    visit: Visit, rows: Mapping[str, Row], collection: Collection | None
) -> list[tuple[Indicator, tuple[Observation, ...]]]:
    """The indicators of the page with the figures that stand in their rows."""
    known = visit.catalogue.indicator
    listed = [one.indicator for one in collection.members] if collection else list(known)
    return [(known[id], rows[id].shown) for id in listed if id in rows]


def _stale(visit: Visit) -> frozenset[str]:
    """The indicators that could not be updated."""

    def found() -> frozenset[str]:
        problems = queries.problems(visit.warehouse)
        return frozenset(problems[problems["stale"]]["indicator"])

    return visit.context.memory.recall((visit.warehouse.version, "stale"), found)


def _place(visit: Visit, own: str) -> html.Div:
    """The region as the headline, whom it is beside, and the ways to another one and on."""
    lang, region = visit.lang, visit.places[own]
    beside = [inline(visit.places[code], lang) for code in default_comparison(region, visit.places)]
    words = [kind(region, visit.places, lang)] if region.level != "country" else []
    words += [f"{term('compared_with', lang)} {enumerated(beside, lang)}"] if beside else []
    keys = ["strip_key"] if region.level in RANKED_LEVELS else []
    keys += ["union_key"] if region.members else []
    options = visit.menu(own)
    briefing = dcc.Link(
        term("make_briefing", lang),
        href=link("/briefing", kept(visit.state, "collection")),
        className="btn lead",
    )
    return html.Div(
        [
            html.H1(region.name(lang)),
            html.P(" · ".join(words)),
            *(html.P(term(key, lang), className="key") for key in keys),
            html.Div(
                [select("region", term("choose_region", lang), options, own), finder(visit)],
                className="controls",
            ),
            html.Div([_collections(visit), briefing], className="onward"),
        ],
        className="place",
    )


def _collections(visit: Visit) -> Element:
    """All indicators and each collection, one click away; the one that is shown says so."""
    lang = visit.lang
    named = [("", term("whole", lang)), *_titles(visit)]
    items = []
    for id, title in named:
        href = link("/", kept(visit.state, collection=id))
        here = id == visit.state.collection
        current = aria(current="true")
        anchor = element("A", title, href=href, **current) if here else linked(title, href)
        items.append(element("Li", anchor))
    label = aria(label=term("collections", lang))
    return element("Nav", element("Ul", items), className="collections", **label)


def _themes(visit: Visit) -> Element:
    """The themes of the page, each a jump away."""
    items = [
        element("Li", element("A", theme.title[visit.lang], href=f"#{theme.id}"))
        for theme in visit.catalogue.themes
        if any(one.theme == theme.id for one in visit.catalogue.indicators)
    ]
    label = aria(label=term("themes", visit.lang))
    return element("Nav", element("Ul", items), className="jumps", **label)


def _titles(visit: Visit) -> list[tuple[str, str]]:
    return [(one.id, one.title[visit.lang]) for one in visit.catalogue.collections]


def _first(visit: Visit, rows: Mapping[str, Row]) -> list[html.Section]:
    """A few resources and problems, so that both are seen before anything else."""
    shown = [id for id in FIRST if id in rows and rows[id].glance.newest]
    if not shown:
        return []
    tiles = [tile(visit, visit.catalogue.indicator[id], rows[id]) for id in shown]
    return [
        html.Section(
            [
                html.H2(term("at_a_glance", visit.lang), className="unseen"),
                html.Div(tiles, className="tiles"),
            ]
        )
    ]


def _groups(
    visit: Visit, own: str, rows: Mapping[str, Row], stale: frozenset[str]
) -> list[Element]:
    """The themes with their indicators, or one collection with its own."""
    catalogue = visit.catalogue
    collection = catalogue.collection.get(visit.state.collection)
    if collection:
        listed = [(catalogue.indicator[one.indicator], one.breakdown) for one in collection.members]
        return [_section(visit, own, collection, listed, rows=rows, stale=stale)]
    found = []
    for theme in catalogue.themes:
        mine = [(one, None) for one in catalogue.indicators if one.theme == theme.id]
        if mine:
            found.append(_section(visit, own, theme, mine, rows=rows, stale=stale))
    return found


def _section(
    visit: Visit,
    own: str,
    group: Theme | Collection,
    listed: Sequence[tuple[Indicator, str | None]],
    *,
    rows: Mapping[str, Row],
    stale: frozenset[str],
) -> Element:
    """The heading of a theme or collection, the heads of the columns, and its rows."""
    lang = visit.lang
    level = visit.places[own].level
    among = f"head_among_{level}" if level in RANKED_LEVELS else "head_among"
    ways = {opening: onward(visit, opening) for opening in {one for _, one in listed}}
    heads = ["indicator", "latest", "head_moved", among, "head_groups"]
    if visit.places[own].members:  # of whom the newest figures are made, and no series
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
                row(
                    visit,
                    indicator,
                    rows.get(indicator.id),
                    query=ways[opening],
                    stale=indicator.id in stale,
                )
                for indicator, opening in listed
            ),
        ],
        className="theme",
    )
