"""
The areas of a place in one year as a chart, with municipality, county and country as lines.

Knows the words around it. Which rows there are, and in which order, is in `area_rows`.
"""

from typing import Any

from dash import html

from dashboard.charts.bars import BarForm, bar_form, bars, base_words, region_bar, region_reference
from dashboard.components.pictures import saved
from dashboard.pages.areas.rows import Listed
from dashboard.pages.indicator import content
from dashboard.pages.indicator.listing import suffix
from dashboard.rules.comparison import Difference
from dashboard.sentences.figures import incomparable
from dashboard.text import enumerated, format, term


def heading(found: Listed) -> str:
    """Measure, where, group and year."""
    visit, indicator = found.visit, found.indicator
    where = visit.places[found.where.within].where[visit.lang]
    title = term("areas_heading", visit.lang, title=indicator.title[visit.lang], where=where)
    return f"{title}{suffix(visit, found.scope)} {found.period}".strip()


def section(found: Listed) -> html.Section | html.Div:
    """The chart with its words; one sentence where no area has a number."""
    visit, indicator = found.visit, found.indicator
    lang, title = visit.lang, heading(found)
    if not found.period:
        where = visit.places[found.where.within].where[lang]
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
        region_reference(
            visit.places[line.other.region], line.other, indicator, visit.look, dash="solid"
        )
        for line in lines(found)
    ]
    rows = [
        region_bar(item, found.names[item.region], indicator, visit.look) for item in found.every
    ]
    return bars(rows, visit.look, region=found.where.region, form=form, references=references)


def _how(found: Listed, form: BarForm) -> str:
    """Unit, the division, and how the chart is read; names only what is drawn."""
    visit, indicator = found.visit, found.indicator
    lang, own = visit.lang, found.where.region
    parts = [content.unit(indicator, lang)]
    divisions = {visit.places[one.region].division for one in found.areas} - {None}
    parts += [term("areas_division", lang, division=one) for one in sorted(filter(None, divisions))]
    parts.append(base_words(form, lang))
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
    gone = [code for code in found.where.larger if code not in have]
    where = [visit.places[code].where[visit.lang] for code in gone]
    if where:
        told.append(term("areas_no_larger", visit.lang, where=enumerated(where, visit.lang)))
    return list(dict.fromkeys(told))
