"""
Two years: every region of a level in an earlier and a later year, joined where comparable.

Which pairs of years are offered is decided in `yearly`, what stands in a row in `pairs`.
"""

from typing import Any

from dash import html

from dashboard.absence import absence
from dashboard.dumbbell import dumbbell
from dashboard.figures import starts_at_zero
from dashboard.observation import Observation
from dashboard.pages.views import listing, sheet
from dashboard.pages.views.listing import Listing
from dashboard.pages.views.part import Part
from dashboard.pages.views.two_choices import Years, chosen, controls, series_of
from dashboard.pages.views.two_table import twin
from dashboard.pairs import Pair, pairs
from dashboard.saving import saved
from dashboard.sentences import change, missing
from dashboard.stretches import later_breaks
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import Indicator


def view(visit: Visit, indicator: Indicator) -> Part:
    """The two years that the link asks for, as chart and table."""
    found, said = listing.listing(visit, indicator)
    series = series_of(found)
    years, vain = chosen(visit, found, series, indicator)
    offered, selects = controls(visit, indicator, found, series=series, years=years)
    if years is None:
        none = listing.nothing(visit, indicator, found, said=said, controls=selects)
        return none if not listing.years(found) else _without_pair(none, visit)
    names = listing.names(visit, listing.present_divisions(visit, found, years))
    order = visit.state.sortering
    listed = pairs(found.rows, names, indicator, years=years, order=order)
    between = term("years_between", visit.lang, first=years[0], last=years[1])
    title = f"{listing.heading(visit, indicator, found)} {between}"
    own = _own(visit, found, years, indicator)
    told = [own, _count(listed, visit), *_cautions(listed, own, visit)]
    figure = dumbbell(
        found.rows, names, indicator, visit.look, own=found.scope.own, years=years, order=order
    )
    how = _how(found, names, indicator, years=years, visit=visit)
    here = found.rows["period"].isin(years) & found.rows["region"].isin(names)
    rows = found.rows[here]
    drawn = sheet.picture(
        figure,
        title=title,
        how=how,
        alternative=sheet.described(
            "two_years_of", title, told, example=visit.warehouse.example, lang=visit.lang
        ),
        told=told[1:],
        foot=[saved(visit, indicator, rows, title=title, how=how)],
    )
    return Part(
        heading=title,
        body=[
            html.Div([drawn, *sheet.sources(visit, indicator, rows)]),
            twin(visit, indicator, listed, title=title, years=years, rows=rows),
        ],
        rows=rows,
        controls=selects,
        said=[*said, *vain],
        shown=listing.said_by(visit, found, **offered),
        lede=told[0],
        empty=any(_is_empty(one) for pair in listed for one in (pair.earlier, pair.later)),
        voice=found.voice,
    )


def _without_pair(none: Part, visit: Visit) -> Part:
    """The empty view where there are figures, but no two years of them to compare."""
    said = html.P(term("no_two_years", visit.lang), className="absent large")
    return Part(
        none.heading, [said, *none.body[1:]], none.rows, none.controls, none.said, none.shown
    )


def _own(visit: Visit, found: Listing, years: Years, indicator: Indicator) -> str:
    """The change of the own region, or why nothing can be said of it."""
    own = found.scope.own
    if indicator.union == "none" and own in visit.places and visit.places[own].members:
        return absence(visit, indicator)
    earlier, later = (found.one(own, year) or _absent(own, indicator, year) for year in years)
    if not (earlier.segment and later.segment):
        gone = [one for one in (earlier, later) if not one.segment]
        return " ".join(missing(one, found.voice) for one in gone)
    broken = later_breaks(later, found.of(own)[-1], indicator)
    return change(earlier, later, found.voice, broken)


def _absent(region: str, indicator: Indicator, year: str) -> Observation:
    return Observation(indicator.id, region, year, "", None)


def _count(listed: tuple[Pair, ...], visit: Visit) -> str:
    count = sum(pair.comparable for pair in listed)
    return sheet.counted("two_span", count, len(listed), visit.lang)


def _cautions(listed: tuple[Pair, ...], said: str, visit: Visit) -> list[str]:
    """The words that go along with the lines of the chart, where they are not said already."""
    marks = (
        mark for pair in listed if pair.comparable for mark in pair.difference.verdict.cautions
    )
    words = dict.fromkeys(mark.text[visit.lang] for mark in marks)
    return [one for one in words if one not in said]


def _how(
    found: Listing, names: dict[str, str], indicator: Indicator, *, years: Years, visit: Visit
) -> str:
    """Unit, what the dots are, the order, and which is the own region."""
    lang, own = visit.lang, found.scope.own
    order = visit.state.sortering
    words: list[Any] = [
        sheet.unit(indicator, lang),
        term("two_dots", lang, first=years[0], last=years[1]),
        *([] if _has_zero(found, names, years) else [term("axis_not_zero", lang)]),
        term(f"ordered_{order}", lang, year=years[0]),
    ]
    return " ".join([*words, *([term("own_dark", lang, name=names[own])] if own in names else [])])


def _has_zero(found: Listing, names: dict[str, str], years: Years) -> bool:
    """Whether the axis of the chart reaches zero."""
    rows = found.rows
    return starts_at_zero(rows[rows["period"].isin(years) & rows["region"].isin(names)]["value"])


def _is_empty(one: Observation) -> bool:
    return not one.present and not one.status
