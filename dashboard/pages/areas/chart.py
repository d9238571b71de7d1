"""
The areas of a place in one year as a chart, with municipality, county and country as lines.

Knows the words around it. Which rows there are, and in which order, is in `area_rows`.
"""

from typing import Any

from dash import html

from dashboard.charts import style
from dashboard.charts.bars import Bar, BarForm, Reference, bar_form, bars, value_and_symbol
from dashboard.components.pictures import saved
from dashboard.pages.areas.rows import Listed
from dashboard.pages.indicator import content
from dashboard.pages.indicator.listing import suffix
from dashboard.rules.comparison import Difference
from dashboard.rules.order import Item, why
from dashboard.sentences.figures import incomparable
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term

BEGINS = {None: "axis_not_zero", 0.0: "dots_from_zero", 100.0: "dots_from_hundred"}


def heading(found: Listed) -> str:
    """Measure, where, group and year."""
    visit, indicator = found.visit, found.indicator
    where = visit.places[found.where.place].where[visit.lang]
    title = term("areas_heading", visit.lang, title=indicator.title[visit.lang], where=where)
    return f"{title}{suffix(visit, found.scope)} {found.period}".strip()


def section(found: Listed) -> html.Section | html.Div:
    """The chart with its words; one sentence where no area has a number."""
    visit, indicator = found.visit, found.indicator
    lang, title = visit.lang, heading(found)
    if not found.period:
        where = visit.places[found.where.place].where[lang]
        gone = html.P(f"{term('no_data_here', lang, where=where)}.", className="absent large")
        return html.Section([html.H2(title), gone], className="panel")
    form = bar_form(indicator, [one.observation.number for one in found.every if not one.aside])
    told = _span(found)
    how, what = _how(found, form), term("areas_menu", lang)
    return content.picture(
        _figure(found, form),
        title=title,
        how=how,
        foot=[saved(visit, indicator, found.at, title=title, how=how, what=what)],
        alternative=content.described(
            "areas_chart", title, [told], example=visit.warehouse.example, lang=lang
        ),
        told=[told, *_apart(found)],
    )


def lines(found: Listed) -> tuple[Difference, ...]:
    """The larger regions that may stand in one picture with the areas."""
    return tuple(one for one in found.beside if one.verdict.reason in {None, "class"})


def _figure(found: Listed, form: BarForm) -> dict[str, Any]:
    visit, indicator = found.visit, found.indicator
    references = [
        Reference(
            visit.places[one.other.region].name(visit.lang),
            one.other.number,
            value_and_symbol(one.other, indicator, visit.look),
            colour=style.COUNTRY,
            dash=_dash(visit, one.other.region),
        )
        for one in lines(found)
    ]
    rows = [_bar(one, found) for one in found.every]
    return bars(rows, visit.look, region=found.where.own, form=form, references=references)


def _dash(visit: Visit, region: str) -> str:
    return {"country": "dash", "county": "dot"}.get(visit.places[region].level, "solid")


def _bar(one: Item, found: Listed) -> Bar:
    visit, indicator = found.visit, found.indicator
    name, number = found.names[one.region], value_and_symbol(one.observation, indicator, visit.look)
    reason = why(one, visit.lang)
    words = number or reason
    if number and one.aside and one.aside != "missing":
        words = f"{number}, {reason}"
    told = f": {number}" if number else ""
    hover = f"<b>{name}</b>{told}" + (f"<br>{reason}" if reason else "")
    return Bar(one.region, name, None if one.aside else one.observation.number, words, hover)


def _how(found: Listed, form: BarForm) -> str:
    """Unit, the division, and how the chart is read; names only what is drawn."""
    visit, indicator = found.visit, found.indicator
    lang, own = visit.lang, found.where.own
    parts = [content.unit(indicator, lang)]
    divisions = {visit.places[one.region].division for one in found.areas} - {None}
    parts += [term("areas_division", lang, division=one) for one in sorted(filter(None, divisions))]
    parts.append(term("bars_from_zero" if form.solid else BEGINS[form.base], lang))
    order = term(f"ordered_{found.order}", lang)
    both = found.neighbourhoods and found.areas
    parts.append(f"{term('areas_first', lang)} {order}" if both else order)
    if own in found.names:
        parts.append(term("own_dark", lang, name=found.names[own]))
    drawn = [visit.places[one.other.region].name(lang) for one in lines(found)]
    parts += [term("reference_lines", lang, names=enumerated(drawn, lang))] if drawn else []
    return " ".join(parts)


def _span(found: Listed) -> str:
    """The lowest and the highest value of the areas, and how many have one."""
    visit, indicator = found.visit, found.indicator
    listed = found.areas or found.neighbourhoods
    kind = "areas" if found.areas else "neighbourhoods"
    numbers = [one.observation.number for one in listed if not one.aside]
    if not numbers:
        return content.counted(f"{kind}_span", 0, len(listed), visit.lang)
    low, high = (
        format.measured(value, None, indicator, visit.lang)
        for value in (min(numbers), max(numbers))
    )
    count, every = len(numbers), len(listed)
    return content.counted(f"{kind}_span", count, every, visit.lang, low=low, high=high)


def _apart(found: Listed) -> list[str]:
    """Why a larger region is no line in the chart: it has no such figure, or another register."""
    visit = found.visit
    drawn = lines(found)
    told = [incomparable(one, found.voice) for one in found.beside if one not in drawn]
    have = {one.other.region for one in found.beside}
    gone = [code for code in found.where.beside if code not in have]
    where = [visit.places[code].where[visit.lang] for code in gone]
    if where:
        told.append(term("areas_no_larger", visit.lang, where=enumerated(where, visit.lang)))
    return list(dict.fromkeys(told))
