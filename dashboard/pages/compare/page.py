"""
Compare: one region and whom the reader sets beside it, over many indicators.

Knows the controls and which parts the page has. The table itself is in `heat_table`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.codes import SEXES
from dashboard.components.controls import Chip, chips, select_indicators
from dashboard.components.frame import Page, aria, control_values, notices, select, typed
from dashboard.data import queries
from dashboard.data.observation import Observation
from dashboard.data.similarity import similarity
from dashboard.pages.compare import table
from dashboard.panels import heat
from dashboard.panels.heat import Column, columns
from dashboard.rules.comparison import difference
from dashboard.sentences.notes import following_notes
from dashboard.sentences.wording import Wording, category_label
from dashboard.state.comparison import SIMILAR, SKR, default_comparison, skr_group
from dashboard.state.links import Shown
from dashboard.state.regions import inline, peers
from dashboard.state.resolve import PREFIX, chosen_indicators, own_region, sentences
from dashboard.state.url import State, kept, link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import TOTAL, Indicator, Lang
from etl.measures.similarity import VARIABLES


def similar_section(visit: Visit, own: str) -> list[html.Section]:
    """A table of the seven nearest; nothing for what is no municipality."""
    found, lang = similarity(visit.context, visit.warehouse), visit.lang
    if found is None or own not in found.neighbours:
        return []
    mine, place = found.neighbours[own], inline(visit.places[own], lang)
    heading = term("similar_heading", lang, region=place)
    head = [term("municipality_word", lang), *(term(f"likeness_{one}", lang) for one in VARIABLES)]
    rows = [(own, None), *((one.code, one.distance) for one in mine.nearest)]
    table = html.Table(
        [
            html.Caption(heading),
            html.Thead(
                html.Tr([html.Th(name, scope="col") for name in (*head, term("distance", lang))])
            ),
            html.Tbody([_similar_row(visit, code, distance) for code, distance in rows]),
        ],
        className="figures",
    )
    notes = [] if mine.near else [html.P(term("similar_far", lang, region=place))]
    notes += [
        html.P(
            term("similar_variable", lang, variable=term(f"likeness_{one}", lang)), className="src"
        )
        for one in VARIABLES
        if one not in mine.variables
    ]
    return [
        html.Section(
            [
                html.H2(heading),
                html.P(term("similar_lede", lang, year=found.year)),
                *notes,
                html.Div(
                    table, className="scroll", role="region", tabIndex=0, **aria(label=heading)
                ),
            ],
            className="pairs",
        )
    ]


def _similar_row(visit: Visit, code: str, distance: float | None) -> html.Tr:
    found, lang = similarity(visit.context, visit.warehouse), visit.lang
    if found is None:
        raise ValueError(f"{code}: no likeness to show")
    values = found.profiles.loc[code].to_dict()
    cells = [html.Td(_number(values.get(one), 0 if one == VARIABLES[0] else 1, lang))
             for one in VARIABLES]  # fmt: skip
    name = dcc.Link(visit.places[code].name(lang), href=link("/", kept(visit.state, region=code)))
    away = "" if distance is None else format.number(distance, 1, lang)
    return html.Tr([html.Th(name, scope="row"), *cells, html.Td(away)])


def _number(value: float | None, decimals: int, lang: Lang) -> str:
    """A number, or that there is none: nothing is held back here, as ".." would say."""
    known = format.has_number(value)
    return format.number(value, decimals, lang) if known else term("not_available", lang)


Known = Mapping[tuple[str, str], Sequence[Observation]]  # by indicator and region


def gap_section(
    visit: Visit, columns: Sequence[Column], indicators: Sequence[Indicator]
) -> list[html.Section]:
    """The table of differences; nothing where no indicator has both groups here."""
    lang, (first, second) = visit.lang, visit.state.pair
    single = [column for column in columns if column.made == "region"]
    if columns[0].made != "region":
        return []
    names = [_name(visit, code) for code in (first, second)]
    known = _known(visit, [column.code for column in single])
    shown = [one for one in indicators if (one.id, columns[0].code) in known]
    heading = term("pair_heading", lang, one=_small(names[0]), other=_small(names[1]))
    head = [html.Th(term("indicator", lang), scope="col")]
    head += [html.Th(column.name, scope="col") for column in single]
    table = html.Table(
        [
            html.Caption(heading),
            html.Thead(html.Tr(head)),
            html.Tbody([_row(visit, one, single, known) for one in shown]),
        ],
        className="figures heat",
    )
    scroll = html.Div(
        table, className="scroll wide", role="region", tabIndex=0, **aria(label=heading)
    )
    nothing = html.P(f"{term('combination_none', lang)}.", className="absent")
    return [
        html.Section(
            [
                html.H2(heading),
                html.P(term("pair_lede", lang, one=_small(names[0]), other=_small(names[1]))),
                html.Div(_gap_controls(visit), className="controls"),
                scroll if shown else nothing,
                *_notes(shown, known, lang),
            ],
            className="pairs",
        )
    ]


def _notes(shown: Sequence[Indicator], known: Known, lang: Lang) -> list[html.P]:
    """What the values of the groups call for, each note once."""
    found = [
        note[lang]
        for indicator in shown
        for note in following_notes(
            [one for (id, _), both in known.items() if id == indicator.id for one in both],
            indicator,
        )
    ]
    return [html.P(text, className="src") for text in dict.fromkeys(found)]


def _gap_controls(visit: Visit) -> list[Any]:
    """Two menus of groups of one kind: both of origin and stay, or both of sex."""
    codes = [
        code
        for (dimension, code), category in visit.catalogue.category.items()
        if dimension == "background" and category.kind in {"origin", "stay"}
    ]
    options = [{"label": _name(visit, code), "value": code} for code in (*codes, *SEXES)]
    keys = ("pair_one", "pair_other")
    return [
        select(name, term(key, visit.lang), options, code)
        for name, key, code in zip(("one", "other"), keys, visit.state.pair, strict=True)
    ]


def _name(visit: Visit, code: str) -> str:
    return category_label(
        visit.catalogue, "sex" if code in SEXES else "background", code, visit.lang
    )


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _known(visit: Visit, regions: Sequence[str]) -> Known:
    """The two groups of each region and indicator, the first group first."""
    pair = visit.state.pair
    if len({code in SEXES for code in pair}) > 1 or len(set(pair)) < 2:
        return {}
    by_sex = pair[0] in SEXES
    rows = visit.context.recent.recall(
        (visit.warehouse.version, "pairs", tuple(regions), pair),
        lambda: queries.pairs(
            visit.warehouse,
            regions,
            sexes=pair if by_sex else (TOTAL,),
            backgrounds=(TOTAL,) if by_sex else pair,
        ),
    )
    found: dict[tuple[str, str], list[Observation]] = {}
    for indicator, region, period, segment, sex, background, value, status, kind in rows:
        one = Observation(
            indicator, region, period, segment, value, status, sex, background, kind=kind
        )
        found.setdefault((indicator, region), []).append(one)
    return {
        key: sorted(both, key=lambda one: pair.index(one.sex if by_sex else one.background))
        for key, both in found.items()
        if len(both) == 2
    }


def _row(visit: Visit, indicator: Indicator, columns: Sequence[Column], known: Known) -> html.Tr:
    lang, own = visit.lang, known[indicator.id, columns[0].code]
    to = link(f"/indikator/{indicator.id}", kept(visit.state, "pair", view="skillnader"))
    share = indicator.measure == "share"
    unit = term("points", lang) if share else indicator.unit[lang]
    head = html.Th(
        [dcc.Link(indicator.title[lang], href=to), html.Small(f"{own[0].period} · {unit}")],
        scope="row",
    )
    wording = visit.wording(indicator)
    cells = [_cell(known.get((indicator.id, column.code)), wording) for column in columns]
    return html.Tr([head, *cells])


def _cell(both: Sequence[Observation] | None, wording: Wording) -> html.Td:
    lang = wording.lang
    if both is None:
        return html.Td(html.Span(term("not_available", lang), className="absent"))
    found = difference(both[0], both[1], wording.indicator)
    parts = [
        format.marked(one.value, one.status, wording.indicator.decimals, lang)
        or term("not_available", lang)
        for one in both
    ]
    values = html.Small(" / ".join(parts))
    if found.value is None:
        symbols = [html.Span(term("not_compared", lang), className="absent")]
        return html.Td([*symbols, values])
    sign = "" if found.value == 0 else "+" if found.value > 0 else format.MINUS
    number = format.number(abs(found.value), wording.indicator.decimals, lang)
    return html.Td([html.B(sign + number), values])


FOLLOWING = ("comparison", "region_group", "pair", "indicators", "theme", "collection", "order")


def page(visit: Visit) -> Page:
    """The heat table of a link, differences between two groups, and similar municipalities."""
    lang, (own, said) = visit.lang, own_region(visit.state, visit.places)
    said += sentences(visit.state.notices, lang)
    if own not in visit.places:
        title = term("page_compare", lang)
        return Page(title, [html.Div(html.H1(title), className="place"), *notices(said, lang)])
    shown, unknown = columns(visit, own)
    indicators, what, strange = chosen_indicators(
        visit.state,
        visit.catalogue,
        named=term("choose_indicators", lang),
        usual=(visit.catalogue.indicators, term("all_of_them", lang)),
    )
    place = inline(visit.places[own], lang)
    title = term("compare_title", lang, region=place)
    found = heat.lines(visit, shown, indicators)
    ordered, lines = heat.ordered(shown, found, visit.state.order)
    content = [
        html.Div(
            [
                html.H1(title),
                html.P(term("compare_lede", lang, region=place), className="lede"),
            ],
            className="place",
        ),
        *notices([*said, *unknown, *strange], lang),
        *_controls(visit, own, shown),
        table.table(visit, ordered, lines, what=what),
        *gap_section(visit, ordered, indicators),
        *similar_section(visit, own),
    ]
    listed = tuple(code for code in _listed(visit, own) if code != own)
    return Page(
        title,
        content,
        shown=Shown(control_values(content), comparison=listed),
    )


def _listed(visit: Visit, own: str) -> tuple[str, ...]:
    """What stands under `jamfor`, the usual company when nobody has said."""
    given = visit.state.comparison
    return default_comparison(visit.places[own], visit.places) if given is None else given


def _controls(visit: Visit, own: str, shown: Sequence[Column]) -> list[Any]:
    """Region, comparison, indicators and order; under them quick choices and what is shown."""
    lang, state = visit.lang, visit.state
    options = visit.menu(own)
    taken = {column.code for column in shown}
    left = [one for one in options if one["value"] not in taken]
    adding = select("add", term("compare_with", lang), left, "", placeholder=term("add", lang))
    return [
        html.Div(
            [
                select("region", term("choose_region", lang), options, own),
                adding,
                select_indicators(
                    visit, term("choose_indicators", lang), every=term("all_of_them", lang)
                ),
                select("order", term("sort_columns", lang), _orders(lang), state.order),
                *([_naming(visit)] if len(shown) > 1 else []),
            ],
            className="controls",
        ),
        _quick(visit, own),
        chips(
            (
                Chip(
                    column.name,
                    without=_without(visit, own, column) if column.code != own else "",
                )
                for column in shown
            ),
            visit.lang,
        ),
    ]


def _orders(lang: Lang) -> list[dict[str, str]]:
    return [
        {"label": term(key, lang), "value": value}
        for key, value in (
            ("order_namn", "namn"),
            ("order_kod", "kod"),
            ("order_varde", "varde"),
            ("order_forandring", "forandring"),
        )
    ]


def _naming(visit: Visit) -> html.Div:
    """A name makes a group of the regions that are shown."""
    name = visit.state.region_group.name if visit.state.region_group else ""
    return typed("name", term("name_selection", visit.lang), name, most=60)


def _quick(visit: Visit, own: str) -> html.Nav:
    """Whole groups in one click."""
    lang, listed = visit.lang, _listed(visit, own)
    wishes: list[tuple[str, tuple[str, ...]]] = []
    if skr_group(own, visit.places) and SKR not in listed:
        wishes.append((term("add_salar", lang), (*listed, SKR)))
    if visit.places[own].level == "municipality" and SIMILAR not in listed:
        wishes.append((term("add_similar", lang), (*listed, SIMILAR)))
    near = tuple(code for code in peers(own, "kommun", visit.places) if code != own)
    if visit.places[own].level in {"municipality", "county"} and not set(near) <= set(listed):
        wishes.append((term("add_county", lang), tuple(dict.fromkeys((*listed, *near)))))
    if listed or visit.state.region_group:
        wishes.append((term("clear", lang), ()))
    items = [
        html.Li(dcc.Link(name, href=_to(visit.state, jamfor=codes, clear=not codes)))
        for name, codes in wishes
    ]
    return html.Nav(html.Ul(items), className="collections", **aria(label=term("quick", lang)))


def _to(state: State, *, jamfor: tuple[str, ...], clear: bool) -> str:
    changes: dict[str, Any] = {"comparison": jamfor, "notices": ()}
    return link(
        "/jamfor", kept(state, *FOLLOWING, **changes, **({"region_group": None} if clear else {}))
    )


def _without(visit: Visit, own: str, column: Column) -> str:
    if column.code.startswith(PREFIX):
        return link("/jamfor", kept(visit.state, *FOLLOWING, region_group=None))
    gone = {column.code} | ({SKR} if column.code == skr_group(own, visit.places) else set())
    left = tuple(code for code in _listed(visit, own) if code not in gone)
    return _to(visit.state, jamfor=left, clear=False)
