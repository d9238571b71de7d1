"""
The page of an indicator: title, views as tabs, the view shown, sidebar, and downloads.

The same view stands alone in the frames of other sites. A new view is a module with `view`, a line
in `VIEWS`, a name in `codes.ViewName`, and its words (`view_<name>`, and those of its obstacle) in
`text.indicator`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from types import MappingProxyType
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.codes import EVERYBODY, LEVELS, RANKED_LEVELS, ViewName
from dashboard.components.controls import counts_field, folded_controls, without_counts
from dashboard.components.files import TABLE_SUFFIXES, file_links
from dashboard.components.frame import Page, aria, control_values, notice_box
from dashboard.data.queries.holdings import has_numbers
from dashboard.data.settings import SELF
from dashboard.pages.indicator import compare, gap, groups, over_time, table, two_years
from dashboard.pages.indicator import map as map_view
from dashboard.pages.indicator.content import ViewContent, similar_ways
from dashboard.pages.indicator.sidebar import sidebar
from dashboard.panels.inventory import existing_level_groups
from dashboard.panels.provenance import shortfalls
from dashboard.state.resolve import Existing, selected_region
from dashboard.state.retired import former_sentences
from dashboard.state.url import EMBED_ROOT, State, carried, link, row_id
from dashboard.state.visit import Visit
from dashboard.text import enumerated, term
from etl.catalogue import TOTAL, Collection, Indicator, Theme

Obstacle = Callable[[Indicator, Existing], str]


def _never(_: Indicator, __: Existing) -> str:
    return ""


def _one_region(_: Indicator, existing: Existing) -> str:
    return "no_view_one" if {level for level, _ in existing} <= {LEVELS["riket"]} else ""


def _two_years(indicator: Indicator, existing: Existing) -> str:
    return "no_view_class" if indicator.measure == "class" else _one_region(indicator, existing)


def _map(_: Indicator, existing: Existing) -> str:
    return "" if {level for level, _ in existing} & RANKED_LEVELS else "no_view_karta"


def _groups(_: Indicator, existing: Existing) -> str:
    return "no_view_grupper" if all(group == EVERYBODY for _, group in existing) else ""


def _gap(indicator: Indicator, existing: Existing) -> str:
    """A class is no number; numbers of people in groups of different sizes say nothing."""
    if indicator.measure in {"class", "count"}:
        return f"no_view_{indicator.measure}"
    apart = any({group.background, group.age} != {TOTAL} for _, group in existing)
    return "" if apart else "no_view_skillnader"


@dataclass(frozen=True)
class _IndicatorView:
    """What a view shows, and the key of the words why it has nothing to show, "" where it has."""

    content: Callable[[Visit, Indicator], ViewContent]
    obstacle: Obstacle


VIEWS: Mapping[ViewName, _IndicatorView] = MappingProxyType(
    {
        "tid": _IndicatorView(over_time.view, _never),
        "jamfor": _IndicatorView(compare.view, _one_region),
        "tvaar": _IndicatorView(two_years.view, _two_years),
        "karta": _IndicatorView(map_view.view, _map),
        "grupper": _IndicatorView(groups.view, _groups),
        "skillnader": _IndicatorView(gap.view, _gap),
        "tabell": _IndicatorView(table.view, _never),
    }
)


def obstacles(indicator: Indicator, existing: Existing) -> dict[ViewName, str]:
    """Every view, with the key of the words why it has nothing to show, "" where it has."""
    return {name: view.obstacle(indicator, existing) for name, view in VIEWS.items()}


def _obstacle_words(visit: Visit, names: list[str], obstacle: str) -> str:
    """Why views have nothing to show, after their names."""
    words = {"view": enumerated(names, visit.lang), "reason": term(obstacle, visit.lang)}
    return term("view_not", visit.lang, **words)


def view_of_link(visit: Visit, indicator: Indicator) -> tuple[ViewName, list[str]]:
    """The view that a link gets, and why it is not the one it asks for."""
    name = visit.state.view
    obstacle = VIEWS[name].obstacle(indicator, existing_level_groups(visit, indicator))
    if not obstacle:
        return name, []
    return "tid", [_obstacle_words(visit, [term(f"view_{name}", visit.lang)], obstacle)]


# Of a file, in its address: all there is, gaps, regions that started alike.
WHOLE_SCOPE, GAPS_SCOPE, START_SCOPE = "allt", "skillnader", "samma"
_EMBED_HEIGHT = 720  # pixels, of a frame that holds heading, chart and sources


def _downloads_section(visit: Visit, indicator: Indicator, view: ViewContent) -> html.Section:
    """The files of what is shown and of the whole indicator, and the code to embed it; folded."""
    lang = visit.lang
    lists: list[Any] = []
    if view.rows:
        lists += [html.P(term("take_shown", lang)), _files(visit, indicator)]
    if view.has_gap_file:
        files = _files(visit, indicator, scope=GAPS_SCOPE)
        lists += [html.P(term("take_gaps", lang)), files]
    if view.has_start_file:
        files = _files(visit, indicator, scope=START_SCOPE)
        lists += [html.P(term("take_start", lang)), files]
    lists += [html.P(term("take_whole", lang)), _files(visit, indicator, scope=WHOLE_SCOPE)]
    return html.Section(
        [
            html.Details([html.Summary(term("take_files", lang)), *lists]),
            html.Details([html.Summary(term("embed", lang)), *_embed_code(visit, view)]),
        ],
        className="taking",
        **aria(label=term("take_along", lang)),
    )


def _files(visit: Visit, indicator: Indicator, *, scope: str = "") -> html.Ul:
    """
    Links to the files in every format.

    `scope`: of all there is of the indicator, of the gaps of the regions, or of those that started
    alike; "" for what is shown.
    """
    state = carried(visit.state) if scope == WHOLE_SCOPE else _of_figures(visit.state)
    suffixes = TABLE_SUFFIXES if scope in {GAPS_SCOPE, START_SCOPE} else None
    path = f"/ladda-ner/{indicator.id}"
    return html.Ul(file_links(path, state, suffixes=suffixes, scope=scope))


def _of_figures(state: State) -> State:
    """What a link says of the figures: not how the page around them is unfolded, or its list."""
    return replace(state, unfolded=False, collection="")


def _embed_code(visit: Visit, view: ViewContent) -> list[Any]:
    """The code for another site, and which sites may use it."""
    lang, settings = visit.lang, visit.context.settings
    source = settings.address + link(EMBED_ROOT + visit.path, _of_figures(visit.state), notices=())
    frame = (
        f'<iframe src="{escape(source)}" title="{escape(view.heading)}" width="100%"'
        f' height="{_EMBED_HEIGHT}" style="border:0" loading="lazy"></iframe>'
    )
    field = dcc.Textarea(value=frame, readOnly=True, className="embed", spellCheck=False)
    sites = [term("embed_self", lang) if site == SELF else site for site in settings.ancestors]
    permission = term("embed_nobody", lang)
    if sites:
        permission = term("embed_allowed", lang, names=enumerated(sites, lang))
    unaddressed = [] if settings.address else [html.P(term("embed_no_address", lang))]
    label = html.Label([html.Span(term("embed_code", lang)), field])
    return [label, *unaddressed, html.P(permission)]


def page(visit: Visit) -> Page:
    """The page of an indicator for the view that the link describes."""
    indicator = visit.catalogue.indicator[visit.path.rpartition("/")[2]]
    name, reasons = view_of_link(visit, indicator)
    view = VIEWS[name].content(visit, indicator)
    told = _told(visit, indicator, [*reasons, *view.notices])
    given = view.controls
    controls = replace(given, rest=[*given.rest, *counts_field(visit, [indicator])])
    content = [
        _top(visit, indicator, view),
        *notice_box(told, visit.lang),
        _tabs(visit, indicator, name),
        folded_controls(controls, visit.lang),
        html.Div(
            [
                html.Div(
                    [
                        *view.content,
                        *(similar_ways(visit, indicator) if name != "tid" else []),
                        _downloads_section(visit, indicator, view),
                    ]
                ),
                sidebar(visit, indicator, view),
            ],
            className="split",
        ),
    ]
    values = control_values([*controls.first, *controls.rest, *view.slider])
    return Page(view.heading, content, shown=replace(view.offered, values=values))


def _told(visit: Visit, indicator: Indicator, of_view: Sequence[str]) -> list[str]:
    """What is told above a view: of the indicator, of the view, and of what is not up to date."""
    return [*_about_the_indicator(visit, indicator), *of_view, *shortfalls(visit, indicator)]


def _about_the_indicator(visit: Visit, indicator: Indicator) -> list[str]:
    """That a frozen link is of a version without its figures, and that no counts are published."""
    lacks = []
    is_frozen = visit.warehouse.version != visit.current
    if is_frozen and not has_numbers(visit.warehouse, indicator.id):
        words = {"version": visit.warehouse.version, "title": indicator.title[visit.lang]}
        lacks.append(term("version_lacks", visit.lang, **words))
    return [*lacks, *without_counts(visit, indicator)]


def _top(visit: Visit, indicator: Indicator, view: ViewContent) -> html.Div:
    """The crumbs, the indicator's title, and what the newest figures say."""
    lang, region = visit.lang, selected_region(visit.state, visit.regions)[0]
    listed, _ = _list_of(visit, indicator)
    name = visit.regions[region].name(lang) if region in visit.regions else term("overview", lang)
    row, anchor = row_id(indicator.id), row_id(indicator.id)
    if isinstance(listed, Theme):
        first, whole = (carried(visit.state, region=region, theme=one) for one in ("", listed.id))
        if indicator not in visit.catalogue.leading(listed):
            anchor = listed.id
    else:
        first = whole = carried(visit.state, region=region, collection=listed.id)
    crumbs = [
        dcc.Link(name, href=f"{link('/', first)}#{anchor}"),
        html.Span(" / "),
        dcc.Link(listed.title[lang], href=f"{link('/', whole)}#{row}"),
        html.Span(" / "),
    ]
    return html.Div(
        [
            html.Nav(crumbs, className="crumb", **aria(label=term("crumbs", lang))),
            html.H1(indicator.title[lang]),
            *([html.P(view.summary, className="lede")] if view.summary else []),
        ],
        className="place of-indicator",
    )


def _list_of(visit: Visit, indicator: Indicator) -> tuple[Theme | Collection, list[str]]:
    """The list that a reader came from, a collection or else the theme; and its indicators."""
    catalogue = visit.catalogue
    collection = catalogue.collection.get(visit.state.collection)
    members = [member.indicator for member in collection.members] if collection else []
    if collection and indicator.id in members:
        return collection, members
    theme = next(entry for entry in catalogue.themes if entry.id == indicator.theme)
    return theme, [one.id for one in catalogue.indicators if one.theme == theme.id]


def _neighbours(visit: Visit, indicator: Indicator) -> list[html.Nav]:
    """The indicators before and after one in its list, with view and regions; none at its end."""
    lang, state = visit.lang, visit.state
    listed, members = _list_of(visit, indicator)
    place = members.index(indicator.id)
    kept = ("collection", "comparison", "region_group", "view", "level", "order")
    ends = []
    for key, other in (("previous", place - 1), ("next", place + 1)):
        if 0 <= other < len(members):
            title = visit.catalogue.indicator[members[other]].title[lang]
            href = link(f"/indikator/{members[other]}", carried(state, *kept))
            hidden = html.Span(f": {title}", className="unseen")
            words = [html.Span(term(f"{key}_indicator", lang), className="word"), hidden]
            ends.append(dcc.Link(words, href=href, className=key, title=title))
    label = aria(label=term("neighbours", lang, listed=listed.title[lang]))
    return [html.Nav(ends, className="neighbours", **label)] if ends else []


def _tabs(visit: Visit, indicator: Indicator, shown: ViewName) -> html.Div:
    """The views as links, the neighbours, and in one line why other views have nothing to show."""
    lang = visit.lang
    barred = obstacles(indicator, existing_level_groups(visit, indicator))
    items = [html.Li(_tab(visit, name, shown)) for name, why in barred.items() if not why]
    reasons: dict[str, list[str]] = {}
    for name, why in barred.items():
        if why:
            reasons.setdefault(why, []).append(term(f"view_{name}", lang))
    told = [_obstacle_words(visit, names, why) for why, names in reasons.items()]
    return html.Div(
        [
            html.Nav(html.Ul(items), className="tabs", **aria(label=term("views", lang))),
            *_neighbours(visit, indicator),
            *([html.P(" ".join(told), className="reasons")] if told else []),
        ],
        className="views",
    )


def _tab(visit: Visit, name: ViewName, shown: ViewName) -> Any:
    label = term(f"view_{name}", visit.lang)
    href = link(visit.path, visit.state, view=name, page="1", search="", notices=())
    if name == shown:
        return html.A(label, href=href, **aria(current="page"))
    return dcc.Link(label, href=href)


_NOT_EMBEDDED = frozenset({"twin", "takeaway", "told", "remove"})


def embedded_page(visit: Visit) -> Page:
    """The view that the link describes, without anything around it."""
    path = visit.path.removeprefix(EMBED_ROOT)
    indicator = visit.catalogue.indicator[path.rpartition("/")[2]]
    name, reasons = view_of_link(visit, indicator)
    view = VIEWS[name].content(visit, indicator)
    whole = link(path, visit.state, notices=())
    former = former_sentences(indicator, visit.catalogue, visit.lang)
    told = _told(visit, indicator, [*former, *reasons, *view.notices])
    opened = html.A(term("embed_open", visit.lang), href=whole, target="_blank", rel="noopener")
    content = [
        html.H1(indicator.title[visit.lang]),
        *notice_box(told, visit.lang),
        *(part for part in map(_embedded_part, view.content) if part is not None),
        html.P(opened, className="src"),
    ]
    controls = [*view.controls.first, *view.controls.rest, *view.slider]
    return Page(view.heading, content, shown=replace(view.offered, values=control_values(controls)))


def _embedded_part(node: Any) -> Any:
    """A part of the page without what is left out; None where nothing remains."""
    if not isinstance(node, Component):
        return node
    if getattr(node, "className", None) in _NOT_EMBEDDED:
        return None
    inside = getattr(node, "children", None)
    if isinstance(inside, (list, tuple)):
        node.children = [part for part in map(_embedded_part, inside) if part is not None]
    elif isinstance(inside, Component):
        node.children = _embedded_part(inside)
    return node
