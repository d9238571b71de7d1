"""
Differences: two groups against each other, over time in one region and in the regions of a year.

A side without a number leaves no difference. Nothing is judged: which group is higher is said,
and whether the difference has grown.
"""

from dataclasses import replace

import pandas as pd
from dash import html

from dashboard import unions
from dashboard.differences import Gap, gaps, moved
from dashboard.gaps import gap
from dashboard.observation import level
from dashboard.pages.views import choices, gap_regions, gap_time, listing, pair, sheet
from dashboard.pages.views.listing import Listing
from dashboard.pages.views.part import Part
from dashboard.sentences import incomparable
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import Indicator


def view(visit: Visit, indicator: Indicator) -> Part:
    """The pair that the link asks for: difference and ratio over time, and by region."""
    chosen, said = choices.scope(visit, indicator)
    two, known, vain = pair.paired(visit, indicator, chosen)
    if two is None:
        return _none(visit, indicator, listing.listed(visit, indicator, chosen), said=said)
    sides = [listing.listed(visit, indicator, one) for one in pair.scopes(chosen, two)]
    one, other = sides
    own = gaps(one.of(chosen.own), other.of(chosen.own), indicator)
    told = _told(own, one)
    year = gap_regions.period(visit, sides, indicator)
    regions = gap_regions.section(visit, indicator, sides, two=two, year=year)
    title = gap_time.heading(visit, indicator, chosen.own, two=two)
    rows = pd.concat([_shown(side, year) for side in sides], ignore_index=True)
    controls = pair.controls(visit, indicator, one, two=two, known=known)
    years = gap_regions.select_year(visit, sides, year)
    found = replace(one, scope=chosen)
    return Part(
        heading=title,
        body=[
            *gap_time.section(visit, indicator, own, two=two, told=told),
            *regions,
            *sheet.sources(visit, indicator, rows),
        ],
        rows=rows,
        controls=choices.panel([*controls, *years]),
        said=[*said, *vain],
        shown=listing.said_by(visit, found, ar=year) | pair.said_by(two, known),
        lede=told[0] if any(each.value is not None for each in own) else "",
        empty=any(each.value is None and not each.status for each in own),
        voice=one.voice,
    )


def _none(visit: Visit, indicator: Indicator, found: Listing, *, said: list[str]) -> Part:
    """The view where no two groups exist."""
    controls = choices.panel(choices.controls(visit, indicator, found.scope))
    none = listing.nothing(visit, indicator, found, said=said, controls=controls)
    return replace(none, body=[html.P(term("no_pairs", visit.lang), className="absent large")])


def _shown(side: Listing, year: str) -> pd.DataFrame:
    """The rows of a group that stand in the charts: the own region's, and all of the year."""
    rows = side.rows
    return rows[(rows["region"] == side.scope.own) | (rows["period"] == year)]


def _told(own: tuple[Gap, ...], found: Listing) -> list[str]:
    """The newest difference of the own region, how it moved, and that it is missing if it is."""
    voice = found.voice
    there = [one for one in own if one.value is not None]
    if not there:
        return [_absent(own, found), ""]
    newest = there[-1]
    gone = [incomparable(own[-1].found, voice)] if own[-1] is not newest else []
    return [" ".join([*gone, gap(newest.one, newest.other, voice)]), moved(own, voice)]


def _absent(own: tuple[Gap, ...], found: Listing) -> str:
    """That the own region has no difference; of a union whose groups have no figure, why."""
    voice, region = found.voice, found.scope.own
    if not own and level(region) in {"group", "stadsdel"}:
        name = voice.place(region)
        background = found.scope.background
        return unions.none(
            voice.indicator, name=name, members=(), background=background, lang=voice.lang
        )
    return term("gap_none_here", voice.lang, where=voice.there(region))
