"""
The overview: one region, theme by theme, every indicator at a glance.

Knows what stands in a row and in which order. What is said there comes from `glance`.
"""

from collections.abc import Mapping, Sequence

from dash import dcc, html

from dashboard import headline, queries, surroundings
from dashboard.components import Page, aria, notices, select
from dashboard.elements import Element, element, linked
from dashboard.finder import finder
from dashboard.headline import Row
from dashboard.observation import Observation
from dashboard.pages import foot, glances
from dashboard.regions import company, inline, kind
from dashboard.text import enumerated, term
from dashboard.url import kept, link
from dashboard.view import own_region, sentences
from dashboard.visit import Visit
from etl.catalogue import Collection, Indicator, Theme

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
    rows = headline.rows(visit, own)
    collection = visit.catalogue.collection.get(visit.state.samling)
    if visit.state.samling and not collection:
        said.append(term("unknown_value", visit.lang, key="samling", value=visit.state.samling))
    stale = _stale(visit)
    content = [
        _place(visit, own),
        *notices(said, visit.lang),
        *([] if collection else _first(visit, rows)),
        *([] if collection else [_themes(visit)]),
        *_groups(visit, own, rows, stale),
        html.Div(foot.notes(visit, _seen(visit, rows, collection))),
    ]
    title = f"{visit.places[own].name(visit.lang)} – {term('overview', visit.lang)}"
    return Page(title, content, shown={"region": own, "sok": visit.state.sok})


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
    beside = [inline(visit.places[code], lang) for code in company(region, visit.places)]
    words = [kind(region, visit.places, lang)] if region.level != "country" else []
    words += [f"{term('compared_with', lang)} {enumerated(beside, lang)}"] if beside else []
    keys = ["strip_key"] if region.level in surroundings.LEVELS else []
    keys += ["union_key"] if region.members else []
    options = visit.menu(own)
    briefing = dcc.Link(
        term("make_briefing", lang),
        href=link("/briefing", kept(visit.state, "samling")),
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
        href = link("/", kept(visit.state, samling=id))
        here = id == visit.state.samling
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
    tiles = [glances.tile(visit, visit.catalogue.indicator[id], rows[id]) for id in shown]
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
    collection = catalogue.collection.get(visit.state.samling)
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
    among = f"head_among_{level}" if level in surroundings.LEVELS else "head_among"
    ways = {opening: glances.onward(visit, opening) for opening in {one for _, one in listed}}
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
                glances.row(
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
