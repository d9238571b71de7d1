"""
Two years: every region of a level in an earlier and a later year, joined where comparable.

Which pairs of years are offered is decided in `yearly`, what stands in a row in `pairs`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts.dumbbell import dumbbell
from dashboard.charts.line_chart import starts_at_zero
from dashboard.components.frame import select
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import TableHead, TableRow, figure_cell, figure_table
from dashboard.data.observation import Observation, as_observations
from dashboard.pages.indicator import content, listing
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import Listing
from dashboard.panels.inventory import no_figures_in_year
from dashboard.panels.overview import missing_figure
from dashboard.rules.comparison import Verdict
from dashboard.rules.judgement import judgement_of
from dashboard.rules.stretches import later_breaks
from dashboard.rules.years import YearPair, pair_reason, usual_years, year_pairs, year_verdicts
from dashboard.sentences.figures import change_sentence, missing_sentence
from dashboard.sentences.wording import difference_unit, unit_sentence
from dashboard.state.visit import Visit
from dashboard.text import enumerated, term
from etl.catalogue import Indicator, Lang

Years = tuple[str, str]
Series = Sequence[tuple[Observation, ...]]
Verdicts = Mapping[str, Verdict | None]


def series_of(found: Listing) -> Series:
    """The series of the own region, then of the listed ones."""
    series: dict[str, list[Observation]] = {
        code: [] for code in dict.fromkeys((found.scope.region, *found.codes))
    }
    for one in as_observations(found.rows, found.scope.indicator):
        if one.region in series:
            series[one.region].append(one)
    return [tuple(each) for each in series.values() if each]


def shown_years(
    visit: Visit, found: Listing, series: Series, indicator: Indicator
) -> tuple[Years | None, list[str]]:
    """The years that are shown, None without any, and what the link asks in vain."""
    known, wish = listing.years_with_numbers(found), visit.state.years
    if not known:
        return None, []
    if wish and wish[0] < wish[1] and set(wish) <= set(known):
        blocked = year_verdicts([wish[0]], wish[1], series, indicator).get(wish[0], True)
        first, last = wish
        none = term("no_pair_of_years", visit.lang, first=first, last=last)
        return wish, [none] if blocked else []
    asked = wish[0] < wish[1] if wish else False
    gone = [year for year in wish or () if asked and year not in known]
    inside = [tuple(one for one in each if one.period in known) for each in series]
    own = next((one for one in inside if one and one[0].region == found.scope.region), ())
    return (
        usual_years(own, inside, indicator),
        [no_figures_in_year(visit, indicator.id, year) for year in gone],
    )


def year_controls(
    visit: Visit, indicator: Indicator, found: Listing, *, series: Series, years: Years | None
) -> list[Any]:
    """All controls of the view."""
    common = [
        *content.scope_controls(visit, indicator, found.scope),
        *listing.select_field(visit, found),
    ]
    order = listing.select_order(visit, indicator)
    if years is None:
        return content.controls_row([*common, order])
    known = sorted(listing.years_with_numbers(found))
    before = year_verdicts([one for one in known if one < years[1]], years[1], series, indicator)
    after = year_verdicts([one for one in known if one > years[0]], years[0], series, indicator)
    first = select(
        "first_year", term("first_year", visit.lang), _options(known, before, years[0]), years[0]
    )
    last = select(
        "last_year", term("last_year", visit.lang), _options(known, after, years[1]), years[1]
    )
    why = _why([*before.values(), *after.values()], visit.lang)
    return content.controls_row([*common, first, last, order], why)


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


def pair_table(
    visit: Visit,
    indicator: Indicator,
    listed: Sequence[YearPair],
    *,
    title: str,
    years: tuple[str, str],
    rows: pd.DataFrame,
) -> html.Section:
    """The rows of the chart, in its order."""
    lang, order = visit.lang, visit.state.order
    has_why = not all(pair.comparable for pair in listed)
    columns = [
        TableHead(term("column_region", lang), "ascending" if order == "namn" else ""),
        *([TableHead(term("column_code", lang), "ascending")] if order == "kod" else []),
        TableHead(years[0]),
        TableHead(years[1], "descending" if order == "varde" else ""),
        TableHead(
            term("sorted_by_forandring", lang), "descending" if order == "forandring" else ""
        ),
    ]
    columns += [TableHead(term("column_judged", lang))] if indicator.better != "none" else []
    columns += [TableHead(term("column_why", lang))] if has_why else []
    lines = [
        TableRow(
            pair.name,
            _cells(pair, indicator, lang, code=order == "kod", has_why=has_why),
            pair.region == visit.state.region,
        )
        for pair in listed
    ]
    change = term("change_unit", lang, unit=difference_unit(indicator, lang))
    unit = f"{unit_sentence(indicator, lang)} {change}"
    table = figure_table(title, columns, [("", lines)], unit=unit, kind="regions")
    ordered = order in {"varde", "forandring"}
    return listing.rows_section(visit, indicator, table, rows, ordered=ordered)


def _cells(
    pair: YearPair, indicator: Indicator, lang: Lang, *, code: bool, has_why: bool
) -> list[Any]:
    both = [figure_cell(one, indicator, lang) for one in (pair.earlier, pair.later)]
    cells: list[Any] = [pair.region] if code else []
    cells += [*both, content.signed_difference(pair.difference.value, indicator, lang)]
    if indicator.better != "none":
        found = judgement_of(pair.difference, indicator)
        cells.append(f"{found.symbol} {found.word[lang]}" if found else "")
    return [*cells, pair_reason(pair, lang)] if has_why else cells


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The two years that the link asks for, as chart and table."""
    found, said = listing.listing_of_link(visit, indicator)
    series = series_of(found)
    years, vain = shown_years(visit, found, series, indicator)
    selects = year_controls(visit, indicator, found, series=series, years=years)
    if years is None:
        why = term("no_two_years", visit.lang) if listing.years_with_numbers(found) else ""
        return listing.empty_view(visit, indicator, found, notices=said, controls=selects, why=why)
    names = listing.list_names(visit, listing.present_divisions(visit, found, years))
    order = visit.state.order
    listed = year_pairs(found.rows, names, indicator, years=years, order=order)
    between = term("years_between", visit.lang, first=years[0], last=years[1])
    title = f"{listing.list_heading(visit, indicator, found)} {between}"
    own = _own(visit, found, years, indicator)
    told = [own, _count(listed, visit), *_cautions(listed, own, visit)]
    figure = dumbbell(
        found.rows,
        names,
        indicator,
        visit.look,
        region=found.scope.region,
        years=years,
        order=order,
    )
    how = _how(found, names, indicator, years=years, visit=visit)
    here = found.rows["period"].isin(years) & found.rows["region"].isin(names)
    rows = found.rows[here]
    drawn = content.chart_panel(
        figure,
        title=title,
        how=how,
        alternative=content.text_alternative("two_years_of", title, told, visit),
        sentences=told[1:],
        footer=[chart_buttons(visit, indicator, rows, title=title, how=how)],
    )
    return ViewContent(
        heading=title,
        content=[
            html.Div([drawn, *content.source_notes(visit, indicator, rows)]),
            pair_table(visit, indicator, listed, title=title, years=years, rows=rows),
        ],
        rows=rows,
        controls=selects,
        notices=[*said, *vain],
        summary=told[0],
        has_empty=any(_is_empty(one) for pair in listed for one in (pair.earlier, pair.later)),
        wording=found.wording,
    )


def _own(visit: Visit, found: Listing, years: Years, indicator: Indicator) -> str:
    """The change of the own region, or why nothing can be said of it."""
    own = found.scope.region
    if indicator.union == "none" and own in visit.regions and visit.regions[own].members:
        return missing_figure(visit, indicator)
    earlier, later = (found.one(own, year) or _absent(own, indicator, year) for year in years)
    if not (earlier.segment and later.segment):
        gone = [one for one in (earlier, later) if not one.segment]
        return " ".join(missing_sentence(one, found.wording) for one in gone)
    broken = later_breaks(later, found.of(own)[-1], indicator)
    return change_sentence(earlier, later, found.wording, broken).complete


def _absent(region: str, indicator: Indicator, year: str) -> Observation:
    return Observation(indicator.id, region, year, "", None)


def _count(listed: tuple[YearPair, ...], visit: Visit) -> str:
    count = sum(pair.comparable for pair in listed)
    return content.count_sentence("two_span", count, len(listed), visit.lang)


def _cautions(listed: tuple[YearPair, ...], said: str, visit: Visit) -> list[str]:
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
    lang, own = visit.lang, found.scope.region
    order = visit.state.order
    words: list[Any] = [
        unit_sentence(indicator, lang),
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
