"""
Differences: two groups against each other, over time in one region and in the regions of a year.

A side without a number leaves no difference. Nothing is judged: which group is higher is said,
and whether the difference has grown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts import line_chart
from dashboard.charts import style as chart_style
from dashboard.charts.bars import Bar, BarForm, bars
from dashboard.charts.style import ChartLine
from dashboard.codes import EVERYBODY, Group
from dashboard.components.frame import select
from dashboard.components.pictures import saved
from dashboard.components.tables import (
    TableHead,
    TableRow,
    figure_cell,
    figure_table,
    mark_rows,
    table_section,
)
from dashboard.data.series import offered
from dashboard.pages.indicator import content, listing
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import Listing
from dashboard.pages.indicator.two_years import signed, unit_of
from dashboard.panels import panel
from dashboard.rules import order
from dashboard.rules.gaps import (
    RATIO_DECIMALS,
    Gap,
    codes_by_kind,
    dimension_of,
    gap_marks,
    gap_measure,
    gap_rows,
    gaps,
    usual_pair,
    with_code,
)
from dashboard.sentences import unions
from dashboard.sentences.figures import gap_change_sentence, gap_sentence, incomparable_sentence
from dashboard.sentences.wording import category_label
from dashboard.state.links import Shown
from dashboard.state.resolve import Scope, groups
from dashboard.state.url import State
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.regions import region_level


@dataclass(frozen=True)
class Two:
    """Two groups that differ in one dimension, as the link names them and as they are asked for."""

    codes: tuple[str, str]
    dimension: str
    kind: str
    groups: tuple[Group, Group]
    names: tuple[str, str]


def paired(
    visit: Visit, indicator: Indicator, chosen: Scope
) -> tuple[Two | None, Mapping[str, tuple[str, ...]], list[str]]:
    """The two groups, None without any; the codes that each kind offers; what is said."""
    catalogue, lang = visit.catalogue, visit.lang
    own = offered(visit.context, visit.warehouse, indicator.id, chosen.own)
    known = groups(listing.existing(visit, indicator), chosen.level) | own
    base = chosen.group
    found = {**codes_by_kind(base._replace(background=TOTAL), known, catalogue)}
    if not found:
        base = EVERYBODY
        found = {**codes_by_kind(base, known, catalogue)}
    wish = visit.state.pair
    kinds = [kind for kind, codes in found.items() if set(wish) <= set(codes)]
    said = []
    if not kinds and wish != State().pair:
        named = [_name(visit, code) for code in wish]
        said.append(term("no_pair", lang, one=named[0], other=named[1]))
    if not found:
        return None, found, said
    kind = kinds[0] if kinds else next(iter(found))
    codes = wish if kinds and wish[0] != wish[1] else usual_pair(found[kind])
    one, other = (with_code(base, code, catalogue) for code in codes)
    names = (_name(visit, codes[0]), _name(visit, codes[1]))
    two = Two(codes, dimension_of(codes[0], catalogue), kind, (one, other), names)
    return two, found, said


def scopes(chosen: Scope, two: Two) -> tuple[Scope, Scope]:
    """The scope of each group."""
    one, other = (replace(chosen, group=group) for group in two.groups)
    return one, other


def pair_controls(
    visit: Visit,
    indicator: Indicator,
    found: Listing,
    *,
    two: Two,
    known: Mapping[str, tuple[str, ...]],
) -> list[Any]:
    """Region and level, the kind of groups, the two of them, and what both have in common."""
    lang, codes = visit.lang, known[two.kind]
    kinds = [{"label": term(f"group_kind_{kind}", lang), "value": kind} for kind in known]
    first, second = two.codes
    return [
        *listing.controls(visit, indicator, found.scope, without=two.dimension),
        *listing.select_field(visit, found),
        select("kind_of_pair", term("group_by", lang), kinds, two.kind),
        select("first_group", term("group_one", lang), _options(visit, codes, second), first),
        select("second_group", term("group_other", lang), _options(visit, codes, first), second),
    ]


def small(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:]


def _options(visit: Visit, codes: Sequence[str], other: str) -> list[dict[str, Any]]:
    """The groups of a kind; the one that stands on the other side is disabled."""
    return [
        {"label": _name(visit, code), "value": code, "disabled": code == other} for code in codes
    ]


def _name(visit: Visit, code: str) -> str:
    return category_label(
        visit.catalogue, dimension_of(code, visit.catalogue) or "background", code, visit.lang
    )


def heading(visit: Visit, indicator: Indicator, own: str, *, two: Two, key: str = "gap") -> str:
    """Measure, region and pair: what the chart shows, before its years."""
    place = visit.places[own].where[visit.lang] if own in visit.places else own
    one, other = (small(name) for name in two.names)
    title = indicator.title[visit.lang]
    return term(f"{key}_heading", visit.lang, title=title, where=place, one=one, other=other)


def over_time_section(
    visit: Visit, indicator: Indicator, own: Sequence[Gap], *, two: Two, told: Sequence[str]
) -> list[Any]:
    """Both charts and the table; one sentence where the own region has no difference."""
    if not any(one.value is not None for one in own):
        return [html.P(told[0], className="absent large")]
    region = own[0].first.region
    parts = [_chart(visit, indicator, own, two=two, told=told, ratio=False)]
    if any(one.ratio is not None for one in own):
        parts.append(_chart(visit, indicator, own, two=two, told=(), ratio=True))
    title = heading(visit, indicator, region, two=two)
    return [*parts, _twin(visit, indicator, own, two=two, title=title)]


def _chart(
    visit: Visit,
    indicator: Indicator,
    own: Sequence[Gap],
    *,
    two: Two,
    told: Sequence[str],
    ratio: bool,
) -> html.Div:
    """The difference, or the ratio, of the own region as a line."""
    lang, key = visit.lang, "ratio" if ratio else "gap"
    rows, shown = gap_rows(own, ratio=ratio), gap_measure(own, indicator, ratio=ratio)
    name = term("ratio_line" if ratio else "difference_line", lang)
    line = ChartLine(own[0].first.region, EVERYBODY, name, chart_style.LEAD, width=3.0)
    figure = line_chart.line_chart(rows, [line], shown, visit.look, alike=1.0 if ratio else 0.0)
    title = heading(visit, indicator, own[0].first.region, two=two, key=key) + panel.years(rows)
    how = panel.subline(rows, (line,), (), indicator=shown, lang=lang)
    one, other = two.names
    blanks = {"one": small(one), "other": small(other)}
    unit = "" if ratio else term("gap_unit", lang, unit=unit_of(indicator, lang))
    what = term("divided" if ratio else "minus", lang, one=one, other=small(other))
    rest = how.partition(". ")[2].replace(term("axis_not_zero", lang), "").strip()
    parts = [unit, f"{what}.", term(f"{key}_how", lang, **blanks), rest]
    alternative = content.described(
        f"{key}_of", title, _ends(own, shown, visit, ratio=ratio) if ratio else told,
        example=visit.warehouse.example, lang=lang,
    )  # fmt: skip
    how = " ".join(part for part in parts if part)
    return content.picture(
        figure,
        title=title,
        how=how,
        alternative=alternative,
        told=told[1:],
        key="ratio" if ratio else "",
        foot=[saved(visit, indicator, _sides(own), title=title, how=how, what=name)],
    )


def _sides(own: Sequence[Gap]) -> pd.DataFrame:
    """The figures of both groups, with what those of unions are made of."""
    return pd.DataFrame(one for each in own for one in (each.first, each.second))


def _ends(own: Sequence[Gap], shown: Indicator, visit: Visit, *, ratio: bool) -> list[str]:
    """The newest ratio in words."""
    known = [one for one in own if one.ratio is not None]
    newest = format.number(known[-1].ratio, shown.decimals, visit.lang)
    return [f"{known[-1].period}: {newest}."] if ratio else []


def _twin(
    visit: Visit, indicator: Indicator, own: Sequence[Gap], *, two: Two, title: str
) -> html.Section:
    """Both groups, difference and ratio of each year, newest first, with breaks between."""
    lang = visit.lang
    heads = [term("period", lang), *gap_columns(two, visit)]
    rows: list[Any] = []
    for after, before in pairwise([*reversed(own), None]):
        if after is None:
            continue
        rows.append(TableRow(after.period, cells(after, indicator, visit)))
        if before is not None:
            marks = dict.fromkeys((*gap_marks(before, indicator), *gap_marks(after, indicator)))
            rows += mark_rows(marks, before.period, after.period, columns=len(heads), lang=lang)
    unit = units(indicator, lang)
    table = figure_table(title, heads, [("", rows)], unit=unit, kind="regions")
    return table_section(table, (), lang)


def units(indicator: Indicator, lang: Lang) -> str:
    """The unit of the figures, that of their difference, and who has worked it out."""
    apart = term("difference_unit", lang, unit=unit_of(indicator, lang))
    return f"{content.unit(indicator, lang)} {apart} {term('difference_own', lang)}"


def gap_columns(two: Two, visit: Visit) -> list[str]:
    """The heads of both groups, their difference and their ratio."""
    return [*two.names, term("column_difference", visit.lang), term("column_ratio", visit.lang)]


def cells(one: Gap, indicator: Indicator, visit: Visit) -> list[Any]:
    """Both figures with their symbols, the difference with its sign, and the ratio."""
    lang = visit.lang
    sides = [
        figure_cell(side.value, side.status, indicator, lang) for side in (one.first, one.second)
    ]
    ratio = "–" if one.ratio is None else format.number(one.ratio, RATIO_DECIMALS, lang)
    return [*sides, signed(one.value, indicator, lang), ratio]


def years(sides: Sequence[Listing]) -> list[str]:
    """The years in which both groups have a number in some listed region, newest first."""
    one, other = (set(listing.years(side)) for side in sides)
    return sorted(one & other, reverse=True)


def period(visit: Visit, sides: Sequence[Listing], indicator: Indicator) -> str:
    """The year of the bars: the link's, else the newest of the own region, else the newest."""
    known, wish = years(sides), visit.state.years
    if wish and wish[1] in known:
        return wish[1]
    own = sides[0].scope.own
    there = gaps(sides[0].of(own), sides[1].of(own), indicator)
    mine = [one.period for one in there if one.value is not None and one.period in known]
    return mine[-1] if mine else next(iter(known), "")


def select_year(visit: Visit, sides: Sequence[Listing], year: str) -> list[Any]:
    """The control for the year of the bars."""
    options = [{"label": one, "value": one} for one in years(sides)]
    return [select("years", term("gap_year", visit.lang), options, year)] if options else []


def regions_section(
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
    figure = bars(rows, visit.look, region=one.scope.own, form=BarForm(solid=True, base=0.0))
    span = _span(found, indicator, visit)
    parts = [
        term("gap_unit", visit.lang, unit=unit_of(indicator, visit.lang)),
        term("gap_how", visit.lang, **blanks),
        term("ordered_namn", visit.lang),
    ]
    alternative = content.described(
        "gap_of", title, [span], example=visit.warehouse.example, lang=visit.lang
    )
    shown = one.rows[(one.rows["period"] == year) & one.rows["region"].isin(names)]
    drawn = content.picture(
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
        TableRow(
            names[each.first.region],
            cells(each, indicator, visit),
            each.first.region == one.scope.own,
        )
        for each in found
    ]
    heads = [TableHead(term("column_region", visit.lang), "ascending"), *gap_columns(two, visit)]
    unit = units(indicator, visit.lang)
    table = figure_table(title, heads, [("", lines)], unit=unit, kind="regions")
    return [
        html.Div(drawn, className="after"),
        content.rows_section(visit, indicator, table, shown, ordered=False),
    ]


def _ordered(found: Sequence[Gap], names: dict[str, str], indicator: Indicator) -> list[Gap]:
    """The gaps by name; those without a difference, or of another register, after."""
    listed = {one.first.region: one for one in found if one.first.region in names}
    known = [one.first for one in listed.values() if one.value is not None]
    alike = order.largest_comparable(known, indicator)
    own = {one.region for one in alike}
    rest = [one.first for code, one in listed.items() if code not in own]
    placed = (*order.ordered_by_name(alike, names), *order.ordered_by_name(rest, names))
    return [listed[one.observation.region] for one in placed]


def _bar(one: Gap, names: dict[str, str], indicator: Indicator, visit: Visit) -> Bar:
    name = names[one.first.region]
    reason = one.difference.verdict.reason
    if one.value is not None:
        words = signed(one.value, indicator, visit.lang)
    elif reason and reason != "missing":
        words = term(f"aside_{reason}", visit.lang)
    else:
        words = format.symbol(one.status) or term("not_available", visit.lang)
    return Bar(one.first.region, name, one.value, words, f"<b>{name}</b>: {words}")


def _span(found: Sequence[Gap], indicator: Indicator, visit: Visit) -> str:
    """The lowest and the highest difference, and how many regions have one."""
    values = [one.value for one in found if one.value is not None]
    if not values:
        return content.counted("gap_span", 0, len(found), visit.lang)
    low, high = (signed(each, indicator, visit.lang) for each in (min(values), max(values)))
    blanks = {"low": low, "high": high, "unit": unit_of(indicator, visit.lang)}
    return content.counted("gap_span", len(values), len(found), visit.lang, **blanks)


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The pair that the link asks for: difference and ratio over time, and by region."""
    chosen, said = listing.scope(visit, indicator)
    two, known, vain = paired(visit, indicator, chosen)
    if two is None:
        found = listing.listed(visit, indicator, chosen)
        return _none(visit, indicator, found, said=[*said, *found.field.notices])
    sides = [listing.listed(visit, indicator, one) for one in scopes(chosen, two)]
    one, other = sides
    said += one.field.notices
    own = gaps(one.of(chosen.own), other.of(chosen.own), indicator)
    told = _told(own, one)
    year = period(visit, sides, indicator)
    regions = regions_section(visit, indicator, sides, two=two, year=year)
    title = heading(visit, indicator, chosen.own, two=two)
    rows = pd.concat([_shown(side, year) for side in sides], ignore_index=True)
    controls = pair_controls(visit, indicator, one, two=two, known=known)
    years = select_year(visit, sides, year)
    return ViewContent(
        heading=title,
        content=[
            *over_time_section(visit, indicator, own, two=two, told=told),
            *regions,
            *content.sources(visit, indicator, rows),
        ],
        rows=rows,
        controls=listing.panel([*controls, *years]),
        offered=Shown(pairs={kind: usual_pair(codes) for kind, codes in known.items()}),
        notices=[*said, *vain],
        summary=told[0] if any(each.value is not None for each in own) else "",
        has_empty=any(each.value is None and not each.status for each in own),
        wording=one.wording,
    )


def _none(visit: Visit, indicator: Indicator, found: Listing, *, said: list[str]) -> ViewContent:
    """The view where no two groups exist."""
    controls = listing.panel(listing.controls(visit, indicator, found.scope))
    none = listing.nothing(visit, indicator, found, said=said, controls=controls)
    return replace(none, content=[html.P(term("no_pairs", visit.lang), className="absent large")])


def _shown(side: Listing, year: str) -> pd.DataFrame:
    """The rows of a group that stand in the charts: the own region's, and all of the year."""
    rows = side.rows
    return rows[(rows["region"] == side.scope.own) | (rows["period"] == year)]


def _told(own: tuple[Gap, ...], found: Listing) -> list[str]:
    """The newest difference of the own region, how it moved, and that it is missing if it is."""
    wording = found.wording
    there = [one for one in own if one.value is not None]
    if not there:
        return [_absent(own, found), ""]
    newest = there[-1]
    gone = [incomparable_sentence(own[-1].difference, wording)] if own[-1] is not newest else []
    return [
        " ".join([*gone, gap_sentence(newest.first, newest.second, wording)]),
        gap_change_sentence(own, wording),
    ]


def _absent(own: tuple[Gap, ...], found: Listing) -> str:
    """That the own region has no difference; of a union whose groups have no figure, why."""
    wording, region = found.wording, found.scope.own
    if not own and region_level(region) in {"group", "stadsdel"}:
        name = wording.region_name(region)
        background = found.scope.group.background
        return unions.no_union_sentence(
            wording.indicator, name=name, members=(), background=background, lang=wording.lang
        )
    return term("gap_none_here", wording.lang, where=wording.locative(region))
