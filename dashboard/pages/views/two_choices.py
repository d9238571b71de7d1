"""
Which two years a link asks for, and the controls that offer only pairs to compare.

Knows what the selects say. `yearly` decides which pairs there are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.comparison import Verdict
from dashboard.components import select
from dashboard.observation import Observation, observations
from dashboard.pages.views import choices, listing
from dashboard.pages.views.awaited import in_vain
from dashboard.pages.views.listing import Listing
from dashboard.text import enumerated, term
from dashboard.visit import Visit
from dashboard.yearly import possible, usual
from etl.catalogue import Indicator, Lang

Years = tuple[str, str]
Series = Sequence[tuple[Observation, ...]]
Verdicts = Mapping[str, Verdict | None]


def series_of(found: Listing) -> Series:
    """The series of the own region, then of the listed ones."""
    series: dict[str, list[Observation]] = {
        code: [] for code in dict.fromkeys((found.scope.own, *found.codes))
    }
    for one in observations(found.rows, found.scope.indicator):
        if one.region in series:
            series[one.region].append(one)
    return [tuple(each) for each in series.values() if each]


def chosen(
    visit: Visit, found: Listing, series: Series, indicator: Indicator
) -> tuple[Years | None, list[str]]:
    """The years that are shown, None without any, and what the link asks in vain."""
    known, wish = listing.years(found), visit.state.ar
    if not known:
        return None, []
    if wish and wish[0] < wish[1] and set(wish) <= set(known):
        blocked = possible([wish[0]], wish[1], series, indicator).get(wish[0], True)
        first, last = wish
        none = term("no_pair_of_years", visit.lang, first=first, last=last)
        return wish, [none] if blocked else []
    asked = wish[0] < wish[1] if wish else False
    gone = [year for year in wish or () if asked and year not in known]
    inside = [tuple(one for one in each if one.period in known) for each in series]
    own = next((one for one in inside if one and one[0].region == found.scope.own), ())
    return (
        usual(own, inside, indicator),
        [in_vain(visit, indicator.id, year) for year in gone],
    )


def controls(
    visit: Visit, indicator: Indicator, found: Listing, *, series: Series, years: Years | None
) -> tuple[dict[str, str], list[Any]]:
    """What the selects of the years say, and all controls of the view."""
    common = [
        *choices.controls(visit, indicator, found.scope),
        *listing.select_field(visit, found),
    ]
    order = listing.select_order(visit, indicator)
    if years is None:
        return {}, choices.panel([*common, order])
    known = sorted(listing.years(found))
    before = possible([one for one in known if one < years[1]], years[1], series, indicator)
    after = possible([one for one in known if one > years[0]], years[0], series, indicator)
    first = select(
        "first_year", term("first_year", visit.lang), _options(known, before, years[0]), years[0]
    )
    last = select(
        "last_year", term("last_year", visit.lang), _options(known, after, years[1]), years[1]
    )
    why = _why([*before.values(), *after.values()], visit.lang)
    return (
        {"first_year": years[0], "last_year": years[1]},
        choices.panel([*common, first, last, order], why),
    )


def _options(known: Sequence[str], found: Verdicts, shown: str) -> list[dict[str, Any]]:
    """The years on this side of the other one; those that cannot be compared are disabled."""
    return [
        {"label": year, "value": year, "disabled": year != shown and found[year] is not None}
        for year in known
        if year in found or year == shown
    ]


def _why(verdicts: Sequence[Verdict | None], lang: Lang) -> list[str]:
    """Why some years are disabled: the breaks between, or another register."""
    gone = [one for one in verdicts if one]
    if not gone:
        return []
    breaks = sorted({mark.period[:4] for one in gone for mark in one.breaks})
    reason = term("years_other", lang)
    if breaks:
        reason = term("years_break", lang, years=enumerated(breaks, lang))
    return [term("years_disabled", lang, reason=reason)]
