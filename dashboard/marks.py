"""
The catalogue's groups, breaks and cautions as lists to read: each once, with what it concerns.

Knows the catalogue's categories and marks. It decides nothing about comparison.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.regions import Region
from dashboard.text import enumerated, term
from dashboard.view import label
from dashboard.wordtable import table
from etl.catalogue import Break, Catalogue, Indicator, Lang

KINDS = ("origin", "stay", "reason", "age")
NAMED = 3


def groups(catalogue: Catalogue, lang: Lang) -> list[Any]:
    """The groups of the catalogue under what they are groups of, those with one name once."""
    found: list[Any] = []
    for kind in KINDS:
        names = dict.fromkeys(
            one.label[lang]
            for one in catalogue.categories
            if one.dimension == "background" and one.kind == kind
        )
        if names:
            found += [html.H3(term(f"by_{kind}", lang)), html.P(f"{', '.join(names)}.")]
    return found


def marks(catalogue: Catalogue, places: Mapping[str, Region], lang: Lang) -> html.Div:
    """Breaks and cautions by year: what changed, and which indicators and groups it concerns."""
    concerned: dict[Break, list[Indicator]] = {}
    for indicator in catalogue.indicators:
        for mark in indicator.breaks:
            concerned.setdefault(mark, []).append(indicator)
    ordered = sorted(concerned, key=lambda mark: (mark.period, mark.severity))
    rows = [
        (
            mark.period,
            term("about_break" if mark.severity == "break" else "about_caution", lang),
            mark.text[lang],
            _concerns(mark, concerned[mark], catalogue, places=places, lang=lang),
        )
        for mark in ordered
    ]
    heads = ("about_year", "about_grade", "about_change", "about_concerns")
    return table(term("about_breaks", lang), heads, rows, lang)


def _concerns(
    mark: Break,
    indicators: Sequence[Indicator],
    catalogue: Catalogue,
    *,
    places: Mapping[str, Region],
    lang: Lang,
) -> str:
    """The first indicators by name and how many more, and the groups or regions."""
    titles = [one.title[lang] for one in indicators]
    said = enumerated(titles, lang)
    if titles[NAMED + 1 :]:
        names = ", ".join(titles[:NAMED])
        said = term("about_and_more", lang, names=names, count=len(titles) - NAMED)
    codes = [target.split(":", 1) for target in mark.applies_to]
    whose = [
        places[code].name(lang)
        if dimension == "region" and code in places
        else label(catalogue, dimension, code, lang)
        for dimension, code in codes
    ]
    return f"{said} ({', '.join(whose)})" if whose else said
