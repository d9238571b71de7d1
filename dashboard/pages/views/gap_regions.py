"""
The difference between two groups in the regions of a level, one year, as bars and as a table.

Knows how a difference is worded in a row. Which may be compared is decided in `differences`.
"""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard import format, ordering
from dashboard.bars import bars
from dashboard.bartraces import Bar, Shape
from dashboard.components import select
from dashboard.differences import Gap, gaps
from dashboard.pages.views import listing, sheet
from dashboard.pages.views.gap_time import cells, gap_columns, units
from dashboard.pages.views.listing import Listing
from dashboard.pages.views.pair import Two, small
from dashboard.pages.views.two_table import signed, unit_of
from dashboard.saving import saved
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import Indicator


def years(sides: Sequence[Listing]) -> list[str]:
    """The years in which both groups have a number in some listed region, newest first."""
    one, other = (set(listing.years(side)) for side in sides)
    return sorted(one & other, reverse=True)


def period(visit: Visit, sides: Sequence[Listing], indicator: Indicator) -> str:
    """The year of the bars: the link's, else the newest of the own region, else the newest."""
    known, wish = years(sides), visit.state.ar
    if wish and wish[1] in known:
        return wish[1]
    own = sides[0].scope.own
    there = gaps(sides[0].of(own), sides[1].of(own), indicator)
    mine = [one.period for one in there if one.value is not None and one.period in known]
    return mine[-1] if mine else next(iter(known), "")


def select_year(visit: Visit, sides: Sequence[Listing], year: str) -> list[Any]:
    """The control for the year of the bars."""
    options = [{"label": one, "value": one} for one in years(sides)]
    return [select("ar", term("gap_year", visit.lang), options, year)] if options else []


def section(
    visit: Visit, indicator: Indicator, sides: Sequence[Listing], *, two: Two, year: str
) -> list[Any]:
    """The bars and their table; a sentence where no listed region has a difference."""
    one, other = sides
    blanks = {"one": small(two.names[0]), "other": small(two.names[1])}
    where = listing.whose(visit, one)
    title = term(
        "gap_heading", visit.lang, title=indicator.title[visit.lang], where=where, **blanks
    )
    if not year:
        why = listing.why_nothing(visit, one)
        return [html.H2(title), html.P(why, className="absent")]
    title = f"{title} {year}"
    codes = listing.present_divisions(visit, one, [year])
    names = listing.names(visit, codes)
    found = _ordered(gaps(one.at(year), other.at(year), indicator), names, indicator)
    rows = [_bar(each, names, indicator, visit) for each in found]
    figure = bars(rows, visit.look, own=one.scope.own, form=Shape(solid=True, base=0.0))
    span = _span(found, indicator, visit)
    parts = [
        term("gap_unit", visit.lang, unit=unit_of(indicator, visit.lang)),
        term("gap_how", visit.lang, **blanks),
        term("ordered_namn", visit.lang),
    ]
    alternative = sheet.described(
        "gap_of", title, [span], example=visit.warehouse.example, lang=visit.lang
    )
    shown = one.rows[(one.rows["period"] == year) & one.rows["region"].isin(names)]
    drawn = sheet.picture(
        figure,
        title=title,
        how=" ".join(parts),
        foot=[
            saved(
                visit,
                indicator,
                shown,
                title=title,
                how=" ".join(parts),
                what=term("gap_by_region", visit.lang),
            )
        ],
        alternative=alternative,
        told=[span],
        key="regions",
    )
    lines = [
        sheet.Line(
            names[each.one.region],
            cells(each, indicator, visit),
            each.one.region == one.scope.own,
        )
        for each in found
    ]
    columns = [
        sheet.Column(term("column_region", visit.lang), "ascending"),
        *gap_columns(two, visit),
    ]
    made = sheet.table(title, units(indicator, visit.lang), columns, [("", lines)])
    return [
        html.Div(drawn, className="after"),
        sheet.twin(visit, indicator, made, shown, ordered=False),
    ]


def _ordered(found: Sequence[Gap], names: dict[str, str], indicator: Indicator) -> list[Gap]:
    """The gaps by name; those without a difference, or of another register, after."""
    listed = {one.one.region: one for one in found if one.one.region in names}
    known = [one.one for one in listed.values() if one.value is not None]
    alike = ordering.largest(known, indicator)
    own = {one.region for one in alike}
    rest = [one.one for code, one in listed.items() if code not in own]
    placed = (*ordering.by_name(alike, names), *ordering.by_name(rest, names))
    return [listed[one.observation.region] for one in placed]


def _bar(one: Gap, names: dict[str, str], indicator: Indicator, visit: Visit) -> Bar:
    name = names[one.one.region]
    reason = one.found.verdict.reason
    if one.value is not None:
        words = signed(one.value, indicator, visit.lang)
    elif reason and reason != "missing":
        words = term(f"aside_{reason}", visit.lang)
    else:
        words = format.symbol(one.status) or term("not_available", visit.lang)
    return Bar(one.one.region, name, one.value, words, f"<b>{name}</b>: {words}")


def _span(found: Sequence[Gap], indicator: Indicator, visit: Visit) -> str:
    """The lowest and the highest difference, and how many regions have one."""
    values = [one.value for one in found if one.value is not None]
    if not values:
        return sheet.counted("gap_span", 0, len(found), visit.lang)
    low, high = (signed(each, indicator, visit.lang) for each in (min(values), max(values)))
    blanks = {"low": low, "high": high, "unit": unit_of(indicator, visit.lang)}
    return sheet.counted("gap_span", len(values), len(found), visit.lang, **blanks)
