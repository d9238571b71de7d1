"""
Which RegSO areas each neighbourhood is made of, who confirmed the list, and what follows from it.

Knows the order in which it is read. How figures are put together is said by `unions`.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import queries, unions
from dashboard.areas import older, short
from dashboard.observation import Observation, observations
from dashboard.pages.area_rows import Listed
from dashboard.regions import Region
from dashboard.series import medians
from dashboard.text import term
from dashboard.url import link
from dashboard.visit import Visit


def section(found: Listed) -> list[html.Section]:
    """The neighbourhoods with their members; nothing where there are none."""
    visit = found.visit
    codes, lang = found.where.neighbourhoods, visit.lang
    if not codes:
        return []
    dates = _confirmations(visit)
    middle = {one.region: one for one in _medians(found)}
    items = [_item(visit.places[code], found, dates.get(code), middle.get(code)) for code in codes]
    heading = term("areas_members", lang, where=visit.places[found.where.place].where[lang])
    said = [term("areas_members_why", lang)]
    said += [] if set(codes) <= set(dates) else [term("areas_unconfirmed", lang)]
    why = html.P(" ".join(said), className="told")
    parts = [html.H2(heading), why, html.Dl(items, className="then")]
    return [html.Section(parts, className="figure members")]


def _item(
    region: Region, found: Listed, confirmed: str | None, median: Observation | None
) -> html.Div:
    """One neighbourhood: its areas, who confirmed them, and how its figure is made."""
    visit = found.visit
    lang = visit.lang
    names = [_named(code, visit) for code in older(region)]
    told = [term("areas_confirmed", lang, who=confirmed)] if confirmed else []
    words = _figure(region, found, median)
    title = dcc.Link(short(region, lang), href=link(visit.path, visit.state, region=region.code))
    return html.Div(
        [
            html.Dt(title),
            html.Dd([html.P(", ".join(names)), *(html.P(one) for one in (*told, *words))]),
        ]
    )


def _named(code: str, visit: Visit) -> str:
    """An area with its code, and its division where the warehouse does not know it."""
    place = visit.places.get(code)
    return f"{short(place, visit.lang)} ({code})" if place else code


def _figure(region: Region, found: Listed, median: Observation | None) -> list[str]:
    """How the figure of the year is made, or why there is none, and the labelled median."""
    visit, indicator = found.visit, found.indicator
    own = found.one(region.code)
    made = unions.of(own, found.voice) if own else None
    if made:
        return [unions.union(made, visit.lang)]
    if indicator.union == "none" or found.scope.background != "_T":
        name = region.where[visit.lang].partition(" ")[2]
        none = unions.none(
            indicator,
            name=name,
            members=(),
            background=found.scope.background,
            lang=visit.lang,
        )
        middle = [unions.middle(median, found.voice)] if median else []
        return [none, *middle]
    return []


def _medians(found: Listed) -> tuple[Observation, ...]:
    """The medians of the year, of neighbourhoods of more than one area."""
    visit, indicator = found.visit, found.indicator
    several = [code for code in found.where.neighbourhoods if len(older(visit.places[code])) > 1]
    background, sex, education = found.scope.group
    rows = medians(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=several,
        backgrounds=(background,),
        sexes=(sex,),
        educations=(education,),
    )
    own = rows[rows["period"] == found.period] if several else rows.iloc[:0]
    return tuple(one for one in observations(own, indicator.id) if one.present)


def _confirmations(visit: Visit) -> Mapping[str, str]:
    """Who has confirmed all areas of a neighbourhood, with the latest day, by its code."""
    return visit.context.memory.recall(
        (visit.warehouse.version, "confirmed"), lambda: _whole(queries.confirmed(visit.warehouse))
    )


def _whole(rows: pd.DataFrame) -> Mapping[str, str]:
    found: dict[str, Any] = {}
    for region, own in rows.groupby("region"):
        if own["confirmed_on"].notna().all():
            who = ", ".join(dict.fromkeys(own["confirmed_by"].dropna()))
            found[str(region)] = f"{who} {own['confirmed_on'].max()}".strip()
    return found
