"""
About the statistics: what they are, their methods in the code's own words, and their limits.

Knows the order of the sections. Methods come from the rules that follow them, groups, breaks and
what is to be confirmed from the catalogue, areas from the warehouse.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from dash import dcc, html

from dashboard.codes import BACKGROUND_KINDS
from dashboard.components.frame import Page, aria, notice_box
from dashboard.components.tables import word_table
from dashboard.panels import overview
from dashboard.panels.report import neighbourhood_members, neighbourhoods_confirmed_on
from dashboard.rules import (
    comparison,
    direction,
    gap_changes,
    highlights,
    judgement,
    order,
    same_start,
    thresholds,
)
from dashboard.sentences.wording import category_label
from dashboard.state.regions import Region
from dashboard.state.resolve import notice_sentences
from dashboard.state.url import carried, link
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import Break, Catalogue, Lang, Text
from etl.measures import areas, segregation, similarity, unions

_NAMED = 3  # indicators that a break names


METHOD_TEXTS: Mapping[str, Text] = MappingProxyType(
    {
        "comparison": comparison.METHOD,
        "direction": direction.METHOD,
        "overview": overview.METHOD,
        "thresholds": thresholds.METHOD,
        "gap_changes": gap_changes.METHOD,
        "highlights": highlights.METHOD,
        "order": order.METHOD,
        "judgement": judgement.METHOD,
        "unions": unions.METHOD,
        "areas": areas.METHOD,
        "similarity": similarity.METHOD,
        "same_start": same_start.METHOD,
        "segregation": segregation.METHOD,
    }
)
# Each section's paragraphs; what is made from data stands in `_from_data` under the same name.
SECTIONS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "what": ("what_1", "what_2", "what_3"),
        "definitions": ("definitions_1", "definitions_2", "definitions_3", "definitions_4"),
        "groups": ("groups_1", "groups_2"),
        "breaks": ("breaks_1",),
        "symbols": ("symbols_1",),
        "protection": ("protection_1", "protection_2"),
        "methods": ("methods_1",),
        "areas": ("areas_1", "areas_3", "areas_2"),
        "targets": ("targets_1",),
        "privacy": ("privacy_1",),
        "missing": ("missing_2", "missing_1"),
        "versions": ("versions_1",),
        "licence": ("licence_1",),
    }
)


def page(visit: Visit) -> Page:
    """The article, its contents beside it."""
    lang = visit.lang
    article = html.Div([_section(name, visit) for name in SECTIONS], className="article")
    content = [
        html.Div(
            [
                html.H1(term("about_title", lang)),
                html.P(term("about_lede", lang), className="lede"),
            ],
            className="place",
        ),
        *notice_box(notice_sentences(visit.state.notices, lang), lang),
        html.Div([_contents(visit), article], className="reading"),
    ]
    return Page(term("about_title", lang), content)


def _contents(visit: Visit) -> html.Nav:
    """Links to the sections; in a narrow window folded, so that the text begins high up."""
    lang, name = visit.lang, term("about_contents", visit.lang)
    links = [html.A(term(f"about_{section}", lang), href=f"#{section}") for section in SECTIONS]
    access = link("/om/tillganglighet", carried(visit.state))
    listed = [
        html.Ol([html.Li(one) for one in links]),
        html.P(dcc.Link(term("access_title", lang), href=access)),
    ]
    folded = html.Details([html.Summary(name), *listed])
    content = [folded] if visit.look.narrow else [html.H2(name), *listed]
    return html.Nav(content, className="toc", **aria(label=name))


def _section(name: str, visit: Visit) -> html.Section:
    lang = visit.lang
    paragraphs = [html.P(term(f"about_{key}", lang)) for key in SECTIONS[name]]
    heading = html.H2(term(f"about_{name}", lang))
    return html.Section([heading, *paragraphs, *_from_data(name, visit)], id=name)


def _from_data(name: str, visit: Visit) -> list[Any]:
    """What a section says from data: lists, tables, methods, links; nothing in most."""
    parts: Mapping[str, Callable[[Visit], list[Any]]] = {
        "definitions": _to_confirm,
        "groups": _groups,
        "breaks": lambda visit: [breaks_table(visit.catalogue, visit.regions, visit.lang)],
        "symbols": lambda visit: [_symbols(visit.lang)],
        "protection": lambda visit: [html.P(term("rule_of_twenty", visit.lang))],
        "methods": _methods,
        "areas": _neighbourhoods,
        "missing": _not_measured,
        "versions": _to_data,
    }
    return parts[name](visit) if name in parts else []


def _to_confirm(visit: Visit) -> list[Any]:
    """The indicators whose definitions are to be confirmed, folded; nothing when none is."""
    titles = [entry.title[visit.lang] for entry in visit.catalogue.indicators if entry.to_confirm]
    if not titles:
        return []
    summary = html.Summary(term("about_to_confirm", visit.lang, count=len(titles)))
    return [html.Details([summary, _list(titles)])]


def _groups(visit: Visit) -> list[Any]:
    """The groups of the catalogue under what they are groups of, those with one name once."""
    parts: list[Any] = []
    for kind in (*BACKGROUND_KINDS, "age"):
        names = dict.fromkeys(
            category.label[visit.lang]
            for category in visit.catalogue.categories
            if category.kind == kind
        )
        if names:
            heading = html.H3(term(f"by_{kind}", visit.lang))
            parts += [heading, html.P(f"{', '.join(names)}.")]
    return parts


def breaks_table(catalogue: Catalogue, regions: Mapping[str, Region], lang: Lang) -> html.Div:
    """Breaks and cautions by year: what changed, and which indicators and groups it concerns."""
    concerned: dict[Break, list[str]] = {}
    for indicator in catalogue.indicators:
        for mark in indicator.breaks:
            concerned.setdefault(mark, []).append(indicator.title[lang])
    rows = [
        (
            format.period_name(mark.period, lang),
            term("about_break" if mark.severity == "break" else "about_caution", lang),
            mark.text[lang],
            _concerns(mark, concerned[mark], catalogue, regions=regions, lang=lang),
        )
        for mark in sorted(concerned, key=lambda mark: (mark.period, mark.severity))
    ]
    keys = ("about_year", "about_grade", "about_change", "about_concerns")
    return word_table(term("about_breaks", lang), [term(key, lang) for key in keys], rows)


def _concerns(
    mark: Break,
    titles: list[str],
    catalogue: Catalogue,
    *,
    regions: Mapping[str, Region],
    lang: Lang,
) -> str:
    """The first indicators by name and how many more, and the groups or regions."""
    indicators = enumerated(titles, lang)
    if titles[_NAMED + 1 :]:
        names = ", ".join(titles[:_NAMED])
        indicators = term("about_and_more", lang, names=names, count=len(titles) - _NAMED)
    targets = [
        regions[code].name(lang)
        if dimension == "region" and code in regions
        else category_label(catalogue, dimension, code, lang)
        for dimension, code in (target.split(":", 1) for target in mark.applies_to)
    ]
    return f"{indicators} ({', '.join(targets)})" if targets else indicators


def _methods(visit: Visit) -> list[Any]:
    """Each method under its heading, in the words that stand beside its code."""
    return [
        part
        for key, text in METHOD_TEXTS.items()
        for part in (
            html.H3(term(f"about_method_{key}", visit.lang), id=key),
            html.P(text[visit.lang]),
        )
    ]


def _not_measured(visit: Visit) -> list[Any]:
    return [_list([term(f"about_missing_{letter}", visit.lang) for letter in "abcde"])]


def _to_data(visit: Visit) -> list[Any]:
    href = link("/data", carried(visit.state))
    return [html.P(dcc.Link(term("about_to_data", visit.lang), href=href))]


def _list(items: Sequence[str]) -> html.Ul:
    return html.Ul([html.Li(item) for item in items])


def _symbols(lang: Lang) -> html.Div:
    """The source's signs and what they mean."""
    rows = [
        *((format.symbol(sign), term(key, lang)) for sign, key in format.SYMBOLS),
        ("0", term("about_less_than_half", lang)),
    ]
    heads = [term("about_symbol", lang), term("about_meaning", lang)]
    return word_table(term("about_symbols", lang), heads, rows)


def _neighbourhoods(visit: Visit) -> list[Any]:
    """The neighbourhoods with their members, and the day on which the list was confirmed."""
    lang, rows = visit.lang, neighbourhood_members(visit.regions, visit.lang)
    if not rows:
        return []
    day = neighbourhoods_confirmed_on()
    when = term("about_confirmed", lang, date=day) if day else term("about_unconfirmed", lang)
    heads = [term("about_area", lang), term("about_members", lang)]
    return [html.P(when), word_table(term("level_stadsdel", lang), heads, rows)]


_STATEMENT_DATE = "2026-11-21"
_OVERSIGHT = "https://www.digg.se/tdosanmalan"
_SOFT_HYPHEN = "\u00ad"


def accessibility_page(visit: Visit) -> Page:
    """The accessibility statement."""
    lang = visit.lang
    day = format.day(datetime.fromisoformat(_STATEMENT_DATE), lang)
    back = dcc.Link(term("about_title", lang), href=link("/om", carried(visit.state)))
    article = [
        _statement_section("status", [_statement("status", lang)], lang),
        _statement_section(
            "limits", [_list([term(f"access_limits_{letter}", lang) for letter in "abcde"])], lang
        ),
        _statement_section("tested", [_statement("tested", lang, date=day)], lang),
        _statement_section("report", [_statement("report", lang), _contact(visit)], lang),
        _statement_section(
            "oversight",
            [
                _statement("oversight", lang),
                html.P(html.A(term("access_to_digg", lang), href=_OVERSIGHT)),
            ],
            lang,
        ),
        html.P(back, className="ways"),
    ]
    top = [html.H1(term("access_title", lang)), html.P(term("access_lede", lang), className="lede")]
    content = [
        html.Div(top, className="place"),
        *notice_box(notice_sentences(visit.state.notices, lang), lang),
        html.Div(article, className="article"),
    ]
    return Page(term("access_title", lang).replace(_SOFT_HYPHEN, ""), content)


def _statement_section(name: str, parts: list[Any], lang: Lang) -> html.Section:
    return html.Section([html.H2(term(f"access_{name}", lang)), *parts])


def _statement(name: str, lang: Lang, **blanks: str) -> html.P:
    return html.P(term(f"access_{name}_1", lang, **blanks))


def _contact(visit: Visit) -> html.P:
    """Whom to turn to: name, e-mail and telephone, or that nobody has been named."""
    contact = visit.context.settings.contact
    if contact is None:
        return html.P(term("access_no_contact", visit.lang), className="contact")
    email = html.A(contact.email, href=f"mailto:{contact.email}")
    parts: list[Any] = [f"{contact.name}, ", email]
    if contact.phone:
        parts.append(f", {term('access_phone', visit.lang, phone=contact.phone)}")
    return html.P(parts, className="contact")
