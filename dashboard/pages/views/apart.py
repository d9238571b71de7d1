"""
A union of regions that has no figure of its own: why, and its members one by one.

Knows the links to the members and the labelled median. Which figures a union has is decided in
`series`.
"""

from typing import Any

from dash import dcc, html

from dashboard import unions
from dashboard.observation import observations
from dashboard.regions import in_menu
from dashboard.series import levels, medians, series
from dashboard.text import term
from dashboard.unions import MOST_NAMED
from dashboard.url import link
from dashboard.view import View
from dashboard.visit import Visit
from etl.catalogue import Indicator

MOST_BESIDE = 4


def reason(visit: Visit, indicator: Indicator, shown: View, region: str) -> str:
    """Why a region has no figure: of a union that its members have, what its rule forbids."""
    place, lang = visit.places.get(region), visit.lang
    if place is None or not _known(visit, indicator, shown, region):
        where = place.where[lang] if place else region
        return f"{term('no_data_here', lang, where=where)}."
    name = place.where[lang].partition(" ")[2]
    return unions.none(indicator, name=name, members=(), background=shown.backgrounds[0], lang=lang)


def parts(visit: Visit, indicator: Indicator, shown: View) -> list[html.Section]:
    """The members of the own region by name, as links, where it has no figure of its own."""
    known = _known(visit, indicator, shown, shown.own)
    if not known or not _rows(visit, indicator, shown).empty:
        return []
    lang, path = visit.lang, f"/indikator/{indicator.id}"
    named = known[:MOST_NAMED] if len(known) <= MOST_NAMED else ()
    items: list[Any] = [
        html.Li(
            dcc.Link(
                in_menu(visit.places[code], lang),
                href=link(path, visit.state, region=code, jamfor=_beside(code, known)),
            )
        )
        for code in named
    ]
    every = link(path, visit.state, vy="jamfor")
    listed = html.Ul(items) if items else html.P(dcc.Link(term("one_by_one", lang), href=every))
    middle = _median(visit, indicator, shown)
    words = [html.P(unions.apart(known, lang)), listed, *([html.P(middle)] if middle else [])]
    return [html.Section(words, className="apart")]


def _beside(code: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The other members that a member is drawn beside."""
    return tuple(one for one in known if one != code)[:MOST_BESIDE]


def _known(visit: Visit, indicator: Indicator, shown: View, region: str) -> tuple[str, ...]:
    """The members of a union that have figures, by name; none of any other region."""
    place = visit.places.get(region)
    if place is None or not place.members:
        return ()
    rows = levels(
        visit.context,
        visit.warehouse,
        indicator.id,
        codes=place.members,
        background=shown.backgrounds[0],
        sex=shown.sexes[0],
        education=shown.educations[0],
    )
    found = set(rows["region"]) & set(visit.places)
    return tuple(sorted(found, key=lambda code: in_menu(visit.places[code], visit.lang)))


def _rows(visit: Visit, indicator: Indicator, shown: View) -> Any:
    return series(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=(shown.own,),
        backgrounds=shown.backgrounds,
        sexes=shown.sexes,
        educations=shown.educations,
    )


def _median(visit: Visit, indicator: Indicator, shown: View) -> str:
    """The newest median of the members, under its name; "" where there is none."""
    rows = medians(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=(shown.own,),
        backgrounds=shown.backgrounds[:1],
        sexes=shown.sexes[:1],
        educations=shown.educations[:1],
    )
    found = [one for one in observations(rows, indicator.id) if one.present]
    return unions.middle(found[-1], visit.voice(indicator)) if found else ""
