"""
Compare: one region and whom the reader sets beside it, over many indicators.

Knows the controls and which parts the page has. The table itself is in `heat_table`.
"""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard import heat, heat_order
from dashboard.columns import ALIKE, GROUP, Column, columns, salar
from dashboard.components import Page, aria, notices, select, typed
from dashboard.pages import heat_table, neighbours, pairs
from dashboard.regions import company, inline, peers
from dashboard.selections import PREFIX
from dashboard.text import term
from dashboard.url import State, kept, link
from dashboard.view import own_region, sentences
from dashboard.visit import Visit
from etl.catalogue import Indicator, Lang

KEYS = ("jamfor", "grupp", "par", "indikatorer", "tema", "samling", "sortering")


def page(visit: Visit) -> Page:
    """The heat table of a link, differences between two groups, and similar municipalities."""
    lang, (own, said) = visit.lang, own_region(visit.state, visit.places)
    said += sentences(visit.state.notices, lang)
    if own not in visit.places:
        title = term("page_compare", lang)
        return Page(title, [html.Div(html.H1(title), className="place"), *notices(said, lang)])
    shown, unknown = columns(visit, own)
    indicators, what, strange = chosen(visit)
    place = inline(visit.places[own], lang)
    title = term("compare_title", lang, region=place)
    found = heat.lines(visit, shown, indicators)
    ordered, lines = heat_order.ordered(shown, found, visit.state.sortering)
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
        heat_table.table(visit, ordered, lines, what=what),
        *pairs.section(visit, ordered, indicators),
        *neighbours.section(visit, own),
    ]
    listed = [code for code in _listed(visit, own) if code != own]
    return Page(
        title,
        content,
        shown={
            "region": own,
            "add": "",
            "others": listed,
            "gathered": _gathered(visit.state),
            "sortering": visit.state.sortering,
            "name": visit.state.grupp.name if visit.state.grupp else "",
            "one": visit.state.par[0],
            "other": visit.state.par[1],
        },
    )


def chosen(visit: Visit) -> tuple[Sequence[Indicator], str, list[str]]:
    """The indicators of a link, what they are called together, and what it names in vain."""
    state, catalogue, lang = visit.state, visit.catalogue, visit.lang
    known, wanted = catalogue.indicator, state.indikatorer
    said = [term("no_indicator", lang, id=id) for id in wanted if id not in known]
    named = [known[id] for id in wanted if id in known]
    if named:
        return named, term("choose_indicators", lang), said
    collection = catalogue.collection.get(state.samling)
    if collection:
        listed = [catalogue.indicator[one.indicator] for one in collection.members]
        return listed, collection.title[lang], said
    theme = next((one for one in catalogue.themes if one.id == state.tema), None)
    for key, value, found in (("samling", state.samling, collection), ("tema", state.tema, theme)):
        if value and not found:
            said.append(term("unknown_value", lang, key=key, value=value))
    if theme:
        mine = [one for one in catalogue.indicators if one.theme == theme.id]
        return mine, theme.title[lang], said
    return catalogue.indicators, term("all_of_them", lang), said


def _listed(visit: Visit, own: str) -> tuple[str, ...]:
    """What stands under `jamfor`, the usual company when nobody has said."""
    given = visit.state.jamfor
    return company(visit.places[own], visit.places) if given is None else given


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
                _indicators(visit),
                select("sortering", term("sort_columns", lang), _orders(lang), state.sortering),
                *([_naming(visit)] if len(shown) > 1 else []),
            ],
            className="controls",
        ),
        _quick(visit, own),
        _chips(visit, own, shown),
    ]


def _indicators(visit: Visit) -> html.Div:
    """All indicators, a theme or a collection, in one menu."""
    lang = visit.lang
    options = [{"label": term("all_of_them", lang), "value": "-"}]
    options += [
        {"label": one.title[lang], "value": f"samling:{one.id}"}
        for one in visit.catalogue.collections
    ]
    options += [
        {"label": one.title[lang], "value": f"tema:{one.id}"} for one in visit.catalogue.themes
    ]
    now = _gathered(visit.state)
    return select("gathered", term("choose_indicators", lang), options, now)


def _gathered(state: State) -> str:
    """What the menu of indicators says."""
    if state.samling:
        return f"samling:{state.samling}"
    return f"tema:{state.tema}" if state.tema else "-"


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
    name = visit.state.grupp.name if visit.state.grupp else ""
    return typed("name", term("name_selection", visit.lang), name, most=60)


def _quick(visit: Visit, own: str) -> html.Nav:
    """Whole groups in one click."""
    lang, listed = visit.lang, _listed(visit, own)
    wishes: list[tuple[str, tuple[str, ...]]] = []
    if salar(visit, own) and GROUP not in listed:
        wishes.append((term("add_salar", lang), (*listed, GROUP)))
    if visit.places[own].level == "municipality" and ALIKE not in listed:
        wishes.append((term("add_similar", lang), (*listed, ALIKE)))
    near = tuple(code for code in peers(own, "kommun", visit.places) if code != own)
    if visit.places[own].level in {"municipality", "county"} and not set(near) <= set(listed):
        wishes.append((term("add_county", lang), tuple(dict.fromkeys((*listed, *near)))))
    if listed or visit.state.grupp:
        wishes.append((term("clear", lang), ()))
    items = [
        html.Li(dcc.Link(name, href=_to(visit.state, jamfor=codes, clear=not codes)))
        for name, codes in wishes
    ]
    return html.Nav(html.Ul(items), className="collections", **aria(label=term("quick", lang)))


def _to(state: State, *, jamfor: tuple[str, ...], clear: bool) -> str:
    changes: dict[str, Any] = {"jamfor": jamfor, "notices": ()}
    return link("/jamfor", kept(state, *KEYS, **changes, **({"grupp": None} if clear else {})))


def _chips(visit: Visit, own: str, shown: Sequence[Column]) -> html.Ul:
    """What is shown; everything but the own region can be taken away."""
    lang, items = visit.lang, []
    for column in shown:
        parts: list[Any] = [column.name]
        if column.code != own:
            parts.append(
                dcc.Link(
                    [
                        html.Span("×", **aria(hidden="true")),
                        html.Span(term("remove", lang, name=column.name), className="unseen"),
                    ],
                    href=_without(visit, own, column),
                    className="remove",
                )
            )
        items.append(html.Li(parts, className="chip"))
    return html.Ul(items, className="chips", **aria(label=term("shown", lang)))


def _without(visit: Visit, own: str, column: Column) -> str:
    if column.code.startswith(PREFIX):
        return link("/jamfor", kept(visit.state, *KEYS, grupp=None))
    gone = {column.code} | ({GROUP} if column.code == salar(visit, own) else set())
    left = tuple(code for code in _listed(visit, own) if code not in gone)
    return _to(visit.state, jamfor=left, clear=False)
