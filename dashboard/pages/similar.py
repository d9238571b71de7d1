"""
Similar municipalities: by which criteria and weights they are chosen, and what they are like.

Knows the controls and the table. The method, and what a criterion is, are in
`etl.measures.similarity` and the catalogue.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import dcc, html

from dashboard.codes import ViewName
from dashboard.components.controls import Controls, folded_controls, region_select
from dashboard.components.elements import element, linked
from dashboard.components.files import TABLE_SUFFIXES, file_links
from dashboard.components.frame import Page, aria, control_values, notice_box, select
from dashboard.components.tables import TableRow, figure_table
from dashboard.pages.missing import heading_page
from dashboard.panels.similar import (
    SimilarList,
    SimilarRow,
    decimals,
    offered_criteria,
    similar_list,
    similar_source,
)
from dashboard.state.comparison import SIMILAR, SIMILAR_PATH, criterion_name, likeness_words
from dashboard.state.links import Shown
from dashboard.state.regions import inline
from dashboard.state.resolve import notice_sentences, selected_region
from dashboard.state.url import State, carried, link
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, lower_first, term
from etl.catalogue import Indicator
from etl.measures.similarity import (
    DISTANCE_DECIMALS,
    FEWEST_NUMBER,
    MAIN_GROUP,
    MOST_NUMBER,
    MOST_WEIGHT,
    USUAL_NUMBER,
    VARIABLES,
)

SIMILAR_FILE = "liknande"
_USUAL_INDICATOR = "employment_rate"
_USES: tuple[tuple[str, ViewName, str], ...] = (
    ("time", "tid", "alla"),
    ("list", "jamfor", "alla"),
    ("start", "tvaar", "samma"),
    ("gaps", "skillnader", "alla"),
)


def page(visit: Visit) -> Page:
    """The criteria of the link, and the municipalities that resemble a region by them."""
    lang, (region, messages) = visit.lang, selected_region(visit.state, visit.regions)
    messages += notice_sentences(visit.state.notices, lang)
    if region not in visit.regions:
        return heading_page(term("similar_page", lang), notice_box(messages, lang))
    known, name = visit.regions[region], inline(visit.regions[region], lang)
    is_one = known.level == "municipality"
    title = term("similar_title", lang, region=name) if is_one else term("similar_page", lang)
    found = similar_list(visit, region, *visit.state.indicators) if is_one else None
    left_out = found.found.left_out if found else ()
    words = likeness_words(visit.state, visit.catalogue, left_out)
    heading = f"{title} ({words})" if words and is_one else title
    lede = term("similar_choose", lang)
    if is_one and words:
        lede = term("similar_own_method", lang, words=words)
    elif is_one:
        criteria = len(visit.state.all_weights)
        lede = term("similar_method", lang, count=USUAL_NUMBER, criteria=criteria)
    absent = [html.P(term("similar_unavailable", lang, region=name), className="absent large")]
    content = [
        html.Div([html.H1(title), html.P(lede, className="lede")], className="place"),
        *notice_box(messages, lang),
        folded_controls(
            Controls(
                [region_select(visit, region), _number(visit)],
                _weights(visit),
                chosen=name,
                button="similar_change",
            ),
            lang,
        ),
        *(_found(visit, found, heading) if found else absent if is_one else []),
    ]
    return Page(heading, content, shown=Shown(control_values(content)))


def _found(visit: Visit, found: SimilarList, heading: str) -> list[html.Section]:
    """The table, its files, and where the municipalities can be used."""
    downloads = [html.H2(term("data_downloads", visit.lang)), _files(visit)]
    table = similar_table(visit, found, heading)
    return [
        html.Section([*table, html.Div(downloads, className="similar-files")], className="panel"),
        *_uses(visit),
    ]


def _number(visit: Visit) -> html.Div:
    """How many municipalities are shown."""
    numbers = [str(one) for one in range(FEWEST_NUMBER, MOST_NUMBER + 1)]
    options = [{"label": one, "value": one} for one in numbers]
    label = term("similar_count", visit.lang)
    return select("neighbours", label, options, str(visit.state.neighbours))


def _weights(visit: Visit) -> list[Any]:
    """A weight for each criterion, and the way back to those of the published method."""
    state, lang = visit.state, visit.lang
    weights = state.all_weights
    menus = []
    for name, words in offered_criteria(visit).items():
        options = [
            {
                "label": term("similar_weight", lang, weight=weight)
                if weight
                else term("similar_weight_0", lang),
                "value": f"{name}:{weight}",
            }
            for weight in range(MOST_WEIGHT + 1)
        ]
        value = f"{name}:{weights.get(name, 0)}"
        menus.append(select(f"weight:{name}", words, options, value))
    back = []
    if likeness_words(state, visit.catalogue):
        href = link(SIMILAR_PATH, state, weights=(), neighbours=USUAL_NUMBER, notices=())
        back = [html.P(dcc.Link(term("similar_reset", lang), href=href), className="ways")]
    legend = html.Legend(term("similar_weights", lang))
    why = html.P(term("similar_weights_why", lang), className="src")
    return [html.Fieldset([legend, html.Div(menus, className="controls"), why, *back],
                          className="criteria")]  # fmt: skip


def similar_table(visit: Visit, shown: SimilarList, title: str) -> list[Any]:
    """What is told of the similar municipalities, their table, and how it is read."""
    lang = visit.lang
    own = shown.rows[0]
    heads = [
        term("municipality_word", lang),
        term("column_place", lang),
        *(_head(visit, shown, name) for name in shown.criteria),
        *([criterion_name(MAIN_GROUP, visit.catalogue, lang)] if _by_group(shown) else []),
        term("distance", lang),
    ]
    rows = [_row(visit, shown, row, own) for row in shown.rows]
    example = [element("Small", f"{term('example', lang)}.")] if visit.warehouse.example else []
    table = figure_table(
        title, heads, [("", rows)], caption=[title, *example], kind="heat similar", wide=True
    )
    notes = [html.P(words) for words in _told(visit, shown)]
    name = inline(visit.regions[own.code], lang)
    sources = [
        html.P(words, className="src")
        for words in (
            term("similar_how", lang, region=name),
            *([term("similar_letters", lang)] if _by_group(shown) else []),
            similar_source(visit),
        )
    ]
    return [*notes, table, *sources]


def _by_group(shown: SimilarList) -> bool:
    return bool(shown.weights.get(MAIN_GROUP))


def _head(visit: Visit, shown: SimilarList, name: str) -> list[Any]:
    """The name of a criterion over its unit, its year and its weight."""
    lang, catalogue = visit.lang, visit.catalogue
    unit = term("persons", lang) if name == VARIABLES[0] else term("percent", lang)
    about = [unit, shown.likeness.years[name]]
    if shown.weights[name] != 1:
        about.append(lower_first(term("similar_weight", lang, weight=shown.weights[name])))
    return [criterion_name(name, catalogue, lang), element("Small", ", ".join(about))]


def _row(visit: Visit, shown: SimilarList, row: SimilarRow, own: SimilarRow) -> TableRow:
    """What a municipality is like; under each value the own one minus it."""
    cells: list[Any] = [
        str(row.place or ""),
        *(_cell(row, own, name, visit) for name in shown.criteria),
        *([row.letter] if _by_group(shown) else []),
        "" if row.distance is None else format.number(row.distance, DISTANCE_DECIMALS, visit.lang),
    ]
    href = link("/", carried(visit.state, region=row.code))
    name = visit.regions[row.code].name(visit.lang)
    return TableRow(linked(name, href), cells, selected=row is own)


def _cell(row: SimilarRow, own: SimilarRow, name: str, visit: Visit) -> Any:
    digits, lang = decimals(name, visit.catalogue), visit.lang
    value, mine = row.values[name], own.values[name]
    if value is None:
        return element("Td", element("Span", term("not_available", lang), className="absent"))
    shown = format.number(value, digits, lang)
    if row is own or mine is None:
        return shown
    difference = format.with_sign(round(mine - value, digits), digits, lang)
    return element("Td", [shown, element("Small", difference)])


def _told(visit: Visit, shown: SimilarList) -> Iterator[str]:
    """That nobody is near, ties, criteria that do not count, and municipalities left out."""
    lang, found, catalogue = visit.lang, shown.found, visit.catalogue
    region = inline(visit.regions[found.code], lang)
    if not found.near:
        yield term("similar_far", lang, region=region)
    titles = [catalogue.indicator[id].title[lang] for id in visit.state.indicators
              if id in catalogue.indicator]  # fmt: skip
    for name, reason in found.left_out.items():
        yield term(
            f"similar_not_{reason}",
            lang,
            criterion=criterion_name(name, catalogue, lang),
            region=region,
            title=enumerated([lower_first(title) for title in titles], lang),
        )
    for name, codes in found.lacking.items():
        names = [visit.regions[code].name(lang) for code in codes if code in visit.regions]
        key = "similar_lacking_one" if len(codes) == 1 else "similar_lacking"
        words = lower_first(criterion_name(name, catalogue, lang))
        yield term(key, lang, count=len(codes), criterion=words, names=enumerated(names, lang))
    if len(set(found.places)) < len(found.places):
        yield term("similar_shared", lang)
    if found.level_with_last:
        tied = (code for code in found.level_with_last if code in visit.regions)
        names = [visit.regions[code].name(lang) for code in tied]
        yield term("similar_tied", lang, names=enumerated(names, lang))


def _files(visit: Visit) -> html.Ul:
    """Links to the list as files, and to the same over the API."""
    items = file_links(f"/ladda-ner/{SIMILAR_FILE}", visit.state, suffixes=TABLE_SUFFIXES)
    items.append(html.Li(html.A(term("similar_api", visit.lang), href=_api(visit.state))))
    return html.Ul(items, className="files")


def _api(state: State) -> str:
    """The address of the list over the API, with the criteria of the link."""
    weights = ",".join(f"{name}:{weight}" for name, weight in state.weights)
    asked = {
        "region": state.region,
        "weights": weights,
        "neighbours": str(state.neighbours) if state.neighbours != USUAL_NUMBER else "",
        "indicator": ",".join(state.indicators),
        "version": state.version,
    }
    return "/api/v1/similar?" + "&".join(f"{key}={text}" for key, text in asked.items() if text)


def _uses(visit: Visit) -> list[html.Section]:
    """Where the municipalities stand as those compared with."""
    state, lang = visit.state, visit.lang
    items: list[Any] = []
    for indicator in _used_indicators(visit):
        for use, view, start in _USES:
            href = link(
                f"/indikator/{indicator.id}", state, comparison=(SIMILAR,), indicators=(),
                level="kommun", view=view, start=start, notices=(),
            )  # fmt: skip
            title = indicator.title[lang]
            words = term(f"similar_use_{use}", lang, title=title)
            items.append(html.Li(dcc.Link(words, href=href)))
    compared = carried(state, comparison=(SIMILAR,))
    items += [
        html.Li(dcc.Link(term("similar_use_all", lang), href=link("/jamfor", compared))),
        html.Li(dcc.Link(term("similar_use_briefing", lang), href=link("/briefing", compared))),
    ]
    heading = html.H2(term("similar_use", lang))
    nav = html.Nav(html.Ul(items), className="ways", **aria(label=term("similar_use", lang)))
    return [html.Section([heading, nav], className="uses")]


def _used_indicators(visit: Visit) -> Sequence[Indicator]:
    """The indicators of the link; employment where it has none."""
    known = visit.catalogue.indicator
    ids = [id for id in visit.state.indicators if id in known] or [_USUAL_INDICATOR]
    return [known[id] for id in ids if id in known] or visit.catalogue.indicators[:1]
