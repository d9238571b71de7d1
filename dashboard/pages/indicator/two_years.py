"""
Two years: every region of a level in an earlier and a later year, joined where comparable.

Or only those that started where the selected one did (`same_start`).

Which pairs of years are comparable, and what stands in a row, is decided in `rules.years`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from dash import dcc, html

from dashboard.charts.dumbbell import dumbbell
from dashboard.charts.line_chart import starts_at_zero
from dashboard.codes import BY_NUMBER, Order, StartChoice
from dashboard.components.controls import Controls
from dashboard.components.frame import aria, select
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import TableHead, TableRow, figure_cell, figure_table
from dashboard.data.observation import Observation, with_numbers
from dashboard.pages.indicator import content, listing, same_start
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import Listing
from dashboard.panels.inventory import longer_periods, no_figures_in_year
from dashboard.panels.overview import missing_figure
from dashboard.rules.comparison import Verdict
from dashboard.rules.judgement import judgement_of
from dashboard.rules.stretches import later_breaks
from dashboard.rules.years import (
    YearPair,
    pair_asked,
    pair_reason,
    period_asked,
    usual_years,
    year_pairs,
    year_verdicts,
)
from dashboard.sentences.figures import change_sentence, missing_sentence
from dashboard.sentences.wording import difference_unit, unit_sentence
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import capital, enumerated, format, term
from etl.catalogue import Indicator, Lang
from etl.catalogue.periods import frequency, overlaps

Years = tuple[str, str]
Series = Sequence[tuple[Observation, ...]]
_Verdicts = Mapping[str, Verdict | None]


def _season(visit: Visit, listed: Listing) -> str:
    """
    The month or quarter that is shown, as the end of its periods; "" of years.

    It is that of the link's later period, else of the newest figure of the selected region.
    """
    known, asked = listed.years, visit.state.years
    last = period_asked(known, asked) if asked and asked[0] != asked[1] else ""
    own = with_numbers(listed.of(listed.scope.region))
    newest = max((row.period for row in own if row.period in known), default="")
    return (last or newest or "".join(known[:1]))[4:]


def _series_of(listed: Listing, season: str) -> Series:
    """The series of the selected region, then of the listed ones; of months one of each year."""
    series: dict[str, list[Observation]] = {
        code: [] for code in dict.fromkeys((listed.scope.region, *listed.codes))
    }
    for observation in listed.rows:
        if observation.region in series and observation.period.endswith(season):
            series[observation.region].append(observation)
    return [tuple(observations) for observations in series.values() if observations]


def _shown_years(
    visit: Visit, listed: Listing, series: Series, indicator: Indicator
) -> tuple[Years | None, list[str]]:
    """The years that are shown, None without any, and notices of years that do not exist."""
    known, asked = listed.years, visit.state.years
    if not known:
        return None, []
    is_pair = bool(asked) and asked[0] != asked[1] if asked else False
    pair = pair_asked(known, asked) if asked and is_pair else ("", "")
    if asked and all(pair):
        first, last = pair
        blocked = year_verdicts([first], last, series, indicator).get(first, True)
        names = _names(pair, visit.lang)
        none = format.term_by_length("no_pair_of_years", last, visit.lang, **names)
        notices = [*longer_periods(visit, asked, pair), *_other_season(visit, asked, pair)]
        return pair, [*notices, *([none] if blocked else [])]
    ends = zip(asked or (), pair, strict=False)
    missing = [end for end, period in ends if is_pair and not period]
    inside = [tuple(row for row in rows if row.period in known) for rows in series]
    region = listed.scope.region
    region_series = next((rows for rows in inside if rows and rows[0].region == region), ())
    return (
        usual_years(region_series, inside, indicator),
        [no_figures_in_year(visit, indicator.id, year) for year in missing],
    )


def _names(years: Years, lang: Lang) -> dict[str, str]:
    """The two periods in words, as blanks."""
    first, last = (format.period_name(year, lang) for year in years)
    return {"first": first, "last": last}


def _other_season(visit: Visit, asked: Years, shown: Years) -> list[str]:
    """That another month is shown than the first of the link, which is of another season."""
    if overlaps(shown[0], asked[0], asked[0]):
        return []
    periods = {"asked": asked[0], "last": shown[1], "shown": shown[0]}
    names = {key: format.period_name(period, visit.lang) for key, period in periods.items()}
    return [capital(term(f"other_season_{frequency(shown[0])}", visit.lang, **names))]


def _year_controls(
    visit: Visit, indicator: Indicator, listed: Listing, *, series: Series, years: Years | None
) -> Controls:
    """All controls of the view."""
    by_number = listing.may_be_ordered(listed.scope, indicator)
    order = listing.select_order(visit, indicator, by_number=by_number)
    rest = [*listing.select_field(visit, listed), order]
    if years is None:
        return content.list_controls(visit, indicator, listed.scope, used=[], rest=rest)
    known = sorted(listed.years)
    lang = visit.lang
    before = year_verdicts([year for year in known if year < years[1]], years[1], series, indicator)
    later = [year for year in known if year > years[0]]
    others = {year: None for year in later if year[4:] != years[0][4:]}
    after = {**others, **year_verdicts(later, years[0], series, indicator)}
    ends = [
        select(
            key,
            format.term_by_length(key, year, lang),
            _options(offered, verdicts, year, lang),
            year,
        )
        for key, offered, verdicts, year in (
            ("first_year", [one for one in known if one[4:] == years[1][4:]], before, years[0]),
            ("last_year", known, after, years[1]),
        )
    ]
    reasons = _disabled_reasons([*before.values(), *after.values()], years[1], lang)
    controls = content.list_controls(
        visit, indicator, listed.scope, used=ends, rest=rest, reasons=reasons
    )
    between = term("years_between", lang, **_names(years, lang))
    return replace(controls, chosen=f"{controls.chosen} · {between}")


def _options(
    years: Sequence[str], verdicts: _Verdicts, selected: str, lang: Lang
) -> list[dict[str, Any]]:
    """
    The years that have a verdict, as options; those that cannot be compared are disabled.

    A later month may be one of another season, with which the earlier one then changes.
    """
    return [
        {
            "label": format.period_name(year, lang),
            "value": year,
            "disabled": year != selected and verdicts[year] is not None,
        }
        for year in years
        if year in verdicts or year == selected
    ]


def _disabled_reasons(verdicts: Sequence[Verdict | None], last: str, lang: Lang) -> list[str]:
    """Why some years are disabled: the breaks between, or another register."""
    disabled = [verdict for verdict in verdicts if verdict]
    if not disabled:
        return []
    marks = (mark for verdict in disabled for mark in verdict.breaks)
    breaks = format.mark_labels(sorted(marks, key=lambda mark: mark.period), lang)
    reason = f"{enumerated(breaks, lang)}." if breaks else term("years_other", lang)
    return [format.term_by_length("years_disabled", last, lang, reason=reason)]


def _pair_table(
    visit: Visit,
    indicator: Indicator,
    pairs: Sequence[YearPair],
    *,
    title: str,
    years: tuple[str, str],
    rows: Sequence[Observation],
    order: Order,
) -> html.Section:
    """The rows of the chart, in its order."""
    lang = visit.lang
    has_why = not all(pair.comparable for pair in pairs)
    columns = [
        TableHead(term("column_region", lang), "ascending" if order == "namn" else ""),
        *([TableHead(term("column_code", lang), "ascending")] if order == "kod" else []),
        TableHead(format.period_name(years[0], lang)),
        TableHead(format.period_name(years[1], lang), "descending" if order == "varde" else ""),
        TableHead(
            term("sorted_by_forandring", lang), "descending" if order == "forandring" else ""
        ),
    ]
    columns += [TableHead(term("column_judged", lang))] if indicator.better != "none" else []
    columns += [TableHead(term("column_why", lang))] if has_why else []
    lines = [
        TableRow(
            pair.name,
            _cells(
                pair,
                indicator,
                lang,
                code=order == "kod",
                has_why=has_why,
                counts=visit.state.counts,
            ),
            pair.region == visit.state.region,
        )
        for pair in pairs
    ]
    change = term("change_unit", lang, unit=difference_unit(indicator, lang))
    unit = f"{unit_sentence(indicator, lang, counts=visit.state.counts)} {change}"
    table = figure_table(title, columns, [("", lines)], unit=unit, kind="regions")
    ordered = order in BY_NUMBER
    return listing.rows_section(visit, indicator, table, rows, ordered=ordered)


def _cells(
    pair: YearPair, indicator: Indicator, lang: Lang, *, code: bool, has_why: bool, counts: bool
) -> list[Any]:
    figures = [
        figure_cell(figure, indicator, lang, counts=counts) for figure in (pair.earlier, pair.later)
    ]
    cells: list[Any] = [pair.region] if code else []
    cells += [*figures, content.signed_difference(pair.difference.value, indicator, lang)]
    if indicator.better != "none":
        judgement = judgement_of(pair.difference, indicator)
        cells.append(f"{judgement.symbol} {judgement.word[lang]}" if judgement else "")
    return [*cells, pair_reason(pair, lang)] if has_why else cells


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The two years that the link asks for, or the regions from the same start."""
    choice = _choice(visit)
    if visit.state.start == "samma":
        return same_start.view(visit, indicator, choice)
    return _two_years(visit, indicator, choice)


def _choice(visit: Visit) -> list[Any]:
    """All regions, or those from the same start."""
    items = []
    for start in get_args(StartChoice):
        href = link(visit.path, visit.state, start=start, notices=())
        words = term(f"start_{start}", visit.lang)
        own = start == visit.state.start
        items.append(
            html.Li(
                html.A(words, href=href, **aria(current="true"))
                if own
                else dcc.Link(words, href=href)
            )
        )
    label = aria(label=term("start_which", visit.lang))
    return [html.Nav(html.Ul(items), className="tabs pictures", **label)]


def _two_years(visit: Visit, indicator: Indicator, choice: Sequence[Any]) -> ViewContent:
    """The two years that the link asks for, as chart and table."""
    listed, notices = listing.listing_of_link(visit, indicator, beside=False)
    series = _series_of(listed, _season(visit, listed))
    years, year_notices = _shown_years(visit, listed, series, indicator)
    selects = _year_controls(visit, indicator, listed, series=series, years=years)
    if years is None:
        known = listed.years
        reason = format.term_by_length("no_two_years", known[0], visit.lang) if known else ""
        return listing.empty_view(
            visit, indicator, listed, notices=notices, controls=selects, reason=reason
        )
    names = listing.list_names(visit, listing.present_divisions(visit, listed, years))
    order = listing.list_order(visit, listed.scope, indicator)
    rows = [row for year in years for row in listed.of_year(year, names)]
    pairs = year_pairs(rows, names, indicator, years=years, order=order)
    between = term("years_between", visit.lang, **_names(years, visit.lang))
    title = f"{listing.list_heading(visit, indicator, listed)} {between}"
    change = _change(visit, listed, years, indicator)
    sentences = [change, _count(pairs, visit), *_cautions(pairs, change, visit)]
    lede, more = content.summary_parts(change, visit, indicator)
    region = listed.scope.region
    figure = dumbbell(rows, names, indicator, visit.look, region=region, years=years, order=order)
    how = _how(listed, names, indicator, years=years, visit=visit)
    chart = content.chart_panel(
        content.DrawnChart(
            figure,
            title=content.heading_words(title, indicator, visit.lang),
            how=how,
            alternative=content.text_alternative("two_years_of", title, sentences, visit),
            sentences=[more, *sentences[1:]],
            footer=[chart_buttons(visit, indicator, rows, title=title, how=how)],
        )
    )
    return ViewContent(
        heading=title,
        content=[
            *listing.groups_not_shown(visit, listed, [listed.scope.group]),
            html.Div([chart, *content.source_paragraphs(visit, indicator, rows)]),
            *choice,
            _pair_table(visit, indicator, pairs, title=title, years=years, rows=rows, order=order),
        ],
        rows=rows,
        controls=selects,
        notices=[*notices, *year_notices],
        summary=lede,
        has_empty=any(_is_empty(pair.earlier) or _is_empty(pair.later) for pair in pairs),
        wording=listed.wording,
    )


def _change(visit: Visit, listed: Listing, years: Years, indicator: Indicator) -> str:
    """The change of the selected region in words, or why there is none."""
    region = listed.scope.region
    if indicator.union == "none" and region in visit.regions and visit.regions[region].is_several:
        return missing_figure(visit, indicator)
    earlier, later = (
        listed.observation(region, year) or _empty_observation(region, indicator, year)
        for year in years
    )
    if not (earlier.segment and later.segment):
        missing = [figure for figure in (earlier, later) if not figure.segment]
        return " ".join(missing_sentence(figure, listed.wording) for figure in missing)
    broken = later_breaks(later, listed.of(region)[-1], indicator)
    return change_sentence(earlier, later, listed.wording, broken).complete


def _empty_observation(region: str, indicator: Indicator, year: str) -> Observation:
    return Observation(indicator.id, region, year, "", None)


def _count(pairs: tuple[YearPair, ...], visit: Visit) -> str:
    count = sum(pair.comparable for pair in pairs)
    return content.count_sentence("two_span", count, len(pairs), visit.lang)


def _cautions(pairs: tuple[YearPair, ...], change: str, visit: Visit) -> list[str]:
    """The texts of the cautions between the years, without those that stand in `change`."""
    marks = (mark for pair in pairs if pair.comparable for mark in pair.difference.verdict.cautions)
    sentences = dict.fromkeys(mark.text[visit.lang] for mark in marks)
    return [sentence for sentence in sentences if sentence not in change]


def _how(
    listed: Listing, names: dict[str, str], indicator: Indicator, *, years: Years, visit: Visit
) -> str:
    """Unit, what the dots are, the order, and which is the selected region."""
    lang, region = visit.lang, listed.scope.region
    order = listing.list_order(visit, listed.scope, indicator)
    parts: list[Any] = [
        unit_sentence(indicator, lang),
        term("two_dots", lang, **_names(years, lang)),
        *([] if _has_zero(listed, names, years) else [term("axis_not_zero", lang)]),
        term(f"ordered_{order}", lang, year=format.period_name(years[0], lang)),
    ]
    return " ".join(
        [*parts, *([term("own_dark", lang, name=names[region])] if region in names else [])]
    )


def _has_zero(listed: Listing, names: dict[str, str], years: Years) -> bool:
    """Whether the axis of the chart reaches zero."""
    rows = (row for year in years for row in listed.of_year(year, names))
    return starts_at_zero(row.number for row in rows if row.present)


def _is_empty(observation: Observation) -> bool:
    return not observation.present and not observation.status
