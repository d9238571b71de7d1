"""
One indicator in a row or a tile: value, line over time, place among others, words.

Knows how a glance is laid out. Pictures repeat what the words beside them say.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dashboard import format, spark, surroundings
from dashboard.absence import absence
from dashboard.elements import Element, element, linked
from dashboard.glance import ALONE
from dashboard.headline import Row
from dashboard.observation import Observation
from dashboard.regions import COUNTRY
from dashboard.text import term
from dashboard.url import kept, link, printed
from dashboard.view import SEXES, label
from dashboard.visit import Visit
from etl.catalogue import TOTAL, Indicator, Lang
from etl.measures import LABELS

# How a collection opens an indicator.
OPENINGS: Mapping[str | None, Mapping[str, Any]] = MappingProxyType(
    {None: {}, "sex": {"kon": SEXES}}
)
GROUPS: Mapping[str, Any] = MappingProxyType({"vy": "grupper"})


def row(
    visit: Visit, indicator: Indicator, found: Row | None, *, query: str, stale: bool
) -> Element:
    """A row of the overview; of an indicator without figures that there are none."""
    lang = visit.lang
    remarks = [element("P", term("stale_short", lang), className="stale")] if stale else []
    if found and found.group != TOTAL:
        group = label(visit.catalogue, "background", found.group, lang).lower()
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
    cells = (_moved(found), _among(visit, indicator, found), _groups(indicator, found, lang))
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
    picture = spark.line(seen.lines)
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
    level = surroundings.among(visit, newest) if newest and indicator.measure not in ALONE else ()
    if newest and len(level) > 1:
        drawn = spark.strip(level, newest.number, county=county, country=country)
        picture = [element("Img", src=drawn, alt="")]
    words = [element("P", said) for said in found.glance.beside]
    return element("Div", [*picture, *words], className="among")


def _groups(indicator: Indicator, found: Row, lang: Lang) -> Element:
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
