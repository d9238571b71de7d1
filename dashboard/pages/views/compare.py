"""
Compare: the regions of a level in one year, the own one marked, county and country as lines.

By name unless the reader asks; what cannot be compared with the others comes after, and says why.
"""

from typing import Any

from dash import html

from dashboard import format, template
from dashboard.bars import bars, words_of
from dashboard.bartraces import Bar, Reference
from dashboard.listed import Item, why
from dashboard.pages.views import choices, listing, sheet
from dashboard.pages.views.compare_table import twin
from dashboard.pages.views.compared import Compared, change, compared, lede
from dashboard.pages.views.listing import Listing
from dashboard.pages.views.part import Part
from dashboard.pages.views.two_table import unit_of
from dashboard.saving import saved
from dashboard.sentences import incomparable
from dashboard.text import enumerated, term
from dashboard.visit import Visit
from etl.catalogue import Indicator


def view(visit: Visit, indicator: Indicator) -> Part:
    """The regions that the link asks for, as chart and table."""
    found, said = listing.listing(visit, indicator)
    period, vain = listing.year(visit, found)
    controls = _controls(visit, indicator, found, period)
    if not period:
        return listing.nothing(visit, indicator, found, said=said, controls=controls)
    shown = compared(visit, indicator, found, period)
    title = f"{listing.heading(visit, indicator, found)} {period}"
    told = [lede(found, period), _span(shown, indicator, visit)]
    alternative = sheet.described(
        "compare_of", title, told, example=visit.warehouse.example, lang=visit.lang
    )
    how = _how(visit, indicator, shown)
    drawn = sheet.picture(
        _figure(visit, indicator, shown),
        title=title,
        how=how,
        alternative=alternative,
        told=[told[1], *_unlike(shown), *_cautions(shown, visit)],
        foot=[saved(visit, indicator, shown.rows, title=title, how=how)],
    )
    return Part(
        heading=title,
        body=[
            html.Div([drawn, *sheet.sources(visit, indicator, shown.rows)]),
            twin(visit, indicator, shown, title),
        ],
        rows=shown.rows,
        controls=controls,
        said=[*said, *vain],
        shown=listing.said_by(visit, found, ar=period, sortering=shown.order),
        lede=told[0],
        empty=shown.has_empty,
        voice=found.voice,
    )


def _controls(visit: Visit, indicator: Indicator, found: Listing, period: str) -> list[Any]:
    return choices.panel(
        [
            *choices.controls(visit, indicator, found.scope),
            *listing.select_field(visit, found),
            *listing.select_year(visit, found, period),
            listing.select_order(visit, indicator),
        ]
    )


def _figure(visit: Visit, indicator: Indicator, shown: Compared) -> dict[str, Any]:
    lang, own = visit.lang, shown.found.scope.own
    references = [
        Reference(
            visit.places[one.other.region].name(lang),
            one.other.number,
            words_of(one.other, indicator, visit.look),
            colour=template.LEAD if one.other.region == own else template.COUNTRY,
            dash="solid" if one.other.region == own else _dash(visit, one.other.region),
        )
        for one in shown.lines
    ]
    rows = [_bar(one, shown, indicator, visit) for one in shown.items]
    return bars(rows, visit.look, own=own, form=shown.form, references=references)


def _dash(visit: Visit, region: str) -> str:
    return "dash" if visit.places[region].level == "country" else "dot"


def _bar(one: Item, shown: Compared, indicator: Indicator, visit: Visit) -> Bar:
    name, number = shown.names[one.region], words_of(one.observation, indicator, visit.look)
    reason = why(one, visit.lang)
    words = number or reason
    if number and one.aside and one.aside != "missing":
        words = f"{number}, {reason}"
    if shown.order == "forandring" and one.change:
        words += f" ({change(one, indicator, visit)})"
    told = f": {number}" if number else ""
    hover = f"<b>{name}</b>{told}" + (f"<br>{reason}" if reason else "")
    return Bar(one.region, name, None if one.aside else one.observation.number, words, hover)


def _how(visit: Visit, indicator: Indicator, shown: Compared) -> str:
    """Unit, and how the chart is read; names only what is drawn."""
    lang, form, own = visit.lang, shown.form, shown.found.scope.own
    begins = {None: "axis_not_zero", 0.0: "dots_from_zero", 100.0: "dots_from_hundred"}
    parts = [
        sheet.unit(indicator, lang),
        term("bars_from_zero" if form.solid else begins[form.base], lang),
        term(f"ordered_{shown.order}", lang, year=shown.earlier),
    ]
    if own in shown.names:
        parts.append(term("own_dark", lang, name=shown.names[own]))
    lines = [visit.places[one.other.region].name(lang) for one in shown.lines]
    parts += [term("reference_lines", lang, names=enumerated(lines, lang))] if lines else []
    return " ".join(parts)


def _span(shown: Compared, indicator: Indicator, visit: Visit) -> str:
    """The lowest and the highest value, and how many regions have one."""
    numbers = [one.observation.number for one in shown.alike]
    if not numbers:
        return sheet.counted("span", 0, len(shown.items), visit.lang)
    low, high = (
        format.measured(value, None, indicator, visit.lang)
        for value in (min(numbers), max(numbers))
    )
    if format.names_unit(indicator):
        high += f" {unit_of(indicator, visit.lang)}"
        low += f" {unit_of(indicator, visit.lang)}" * (len(numbers) == 1)
    count, every = len(numbers), len(shown.items)
    return sheet.counted("span", count, every, visit.lang, low=low, high=high)


def _unlike(shown: Compared) -> list[str]:
    """Why a county or the country is no line in the chart."""
    gone = [one for one in shown.references if one not in shown.lines]
    return [incomparable(one, shown.found.voice) for one in gone]


def _cautions(shown: Compared, visit: Visit) -> list[str]:
    """What goes along with the changes by which the rows are ordered, or why there are none."""
    if shown.order != "forandring":
        return []
    changes = [one.change for one in shown.items if one.change]
    marks = (mark for one in changes if one.verdict.comparable for mark in one.verdict.cautions)
    apart = (one for one in changes if one.verdict.reason in {"break", "segment"})
    words = [incomparable(one, shown.found.voice) for one in apart]
    return list(dict.fromkeys([*words, *(mark.text[visit.lang] for mark in marks)]))
