"""
From the same start: the regions that began where the selected one began, and where they are.

By name unless the reader asks; what is uncertain stands after. Who began alike, and whether anybody
is named, is decided in `rules.same_start`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard.charts.dumbbell import DotRow, dots
from dashboard.charts.line_chart import starts_at_zero
from dashboard.codes import BY_NUMBER, LEVELS
from dashboard.components.controls import Controls
from dashboard.components.frame import aria, select
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import TableHead, TableRow, figure_table
from dashboard.data.observation import Observation
from dashboard.data.series import populations
from dashboard.pages.indicator import content, listing
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import Listing
from dashboard.rules.gap_changes import PUPIL_YEARS, PUPILS, size_groups
from dashboard.rules.same_start import (
    SameStart,
    StartPeriod,
    StartRow,
    beside_start,
    same_start,
    start_choices,
    start_period,
)
from dashboard.sentences.gaps import count_of_doubts, period_ends
from dashboard.sentences.same_start import start_sentences
from dashboard.sentences.wording import difference_unit, unit_sentence
from dashboard.state.comparison import SIMILAR, SIMILAR_PATH
from dashboard.state.regions import inline
from dashboard.state.url import EMBED_ROOT, link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import Indicator
from etl.catalogue.regions import COUNTRY


@dataclass(frozen=True)
class StartRegions:
    """
    The regions of a listing that started alike, and the periods that the own series may start at.

    `found` is None where nothing can be followed; `reason` then says why. `notices` are about the
    years of the link, `rows` the figures behind what is shown. `beside`: what became of the regions
    that are no part of the list, county and country among them; None where that is not known.
    """

    listed: Listing
    names: Mapping[str, str]
    choices: tuple[str, ...]
    found: SameStart | None
    reason: str
    notices: tuple[str, ...]
    rows: tuple[Observation, ...]
    beside: Mapping[str, StartRow | None]


def start_regions(visit: Visit, indicator: Indicator) -> StartRegions:
    """The regions that the link lists, as far as they started where the selected one did."""
    listed, notices = listing.listing_of_link(visit, indicator)
    region, level, lang = listed.scope.region, listed.scope.level, visit.lang
    names = listing.list_names(visit, tuple(dict.fromkeys((region, *listed.codes))))
    own = listed.of(region)

    def without(reason: str) -> StartRegions:
        return StartRegions(listed, names, (), None, reason, tuple(notices), (), {})

    if indicator.measure == "class":
        return without(term("start_class", lang))
    if visit.regions[region].level != LEVELS[level]:
        return without(term("start_level_only", lang, level=term(f"niva_{level}", lang)))
    choices = start_choices(own, indicator)
    period, of_years = _period(visit, own, choices, indicator)
    if period is None:
        return without(term("start_absent", lang, region=inline(visit.regions[region], lang)))
    series = _series(listed, names)
    found = same_start(
        series,
        indicator,
        names,
        region=region,
        period=period,
        persons=_persons(visit, indicator, listed, codes=tuple(names), until=period.last[-1]),
        order=visit.state.order,
        ranked=listing.may_be_ordered(listed.scope, indicator),
    )
    if found is None:
        return without(term("start_absent", lang, region=inline(visit.regions[region], lang)))
    others = [code for code in listed.beside if code not in names]
    beside = beside_start(_series(listed, others), others, found)
    shown = {row.region for row in found.rows} | {code for code, row in beside.items() if row}
    rows = tuple(
        row for row in listed.rows if row.region in shown and row.period in set(period.ends)
    )
    return StartRegions(listed, names, choices, found, "", (*notices, *of_years), rows, beside)


def _series(listed: Listing, codes: Iterable[str]) -> dict[str, list[Observation]]:
    series: dict[str, list[Observation]] = {code: [] for code in codes}
    for period in sorted(listed.by_period):
        for code, row in listed.by_period[period].items():
            if code in series:
                series[code].append(row)
    return series


def _period(
    visit: Visit, own: Sequence[Observation], choices: Sequence[str], indicator: Indicator
) -> tuple[StartPeriod | None, list[str]]:
    """The period of the link, and what of its years it cannot have."""
    asked, lang = visit.state.years, visit.lang
    since = next((one for one in choices if asked and one >= asked[0]), "")
    period = start_period(own, indicator, since)
    if asked is None or period is None:
        return period, []
    first, last = period.first[0], period.last[-1]
    notices = []
    words = {name: format.period_name(one, lang) for name, one in
             (("asked", asked[0]), ("shown", first), ("last", last))}  # fmt: skip
    if not since:
        notices.append(term("start_year_late", lang, **words))
    elif not first.startswith(asked[0]):
        notices.append(term("start_year_outside", lang, **words))
    if asked[1] != asked[0] and not last.startswith(asked[1]):
        notices.append(term("start_always_newest", lang, **words))
    return period, notices


def _persons(
    visit: Visit,
    indicator: Indicator,
    listed: Listing,
    *,
    codes: Sequence[str],
    until: str,
) -> dict[str, float]:
    """The persons, or pupils, of the group: the count behind the share, or the population."""
    known = {
        code: row.denominator
        for code in codes
        if (row := listed.observation(code, until)) and row.denominator is not None
    }
    lacking = [code for code in codes if code not in known]
    if not lacking:
        return known
    groups = size_groups(listed.scope.group, indicator, until, visit.catalogue)
    people = populations(
        visit.context, visit.warehouse, codes=lacking, groups=groups, year=int(until[:4])
    )
    share = PUPIL_YEARS if indicator.id in PUPILS else 1
    for code in lacking:
        number = next((people[code, one] for one in groups if (code, one) in people), None)
        if number is not None:
            known[code] = number / share
    return known


def view(visit: Visit, indicator: Indicator, choice: Sequence[Any]) -> ViewContent:
    """The regions as dots from start to end, and as a table; `choice`: leads to the other view."""
    shown = start_regions(visit, indicator)
    listed, found, lang = shown.listed, shown.found, visit.lang
    controls = _controls(visit, indicator, shown)
    if found is None:
        empty = listing.empty_view(
            visit, indicator, listed, notices=shown.notices, controls=controls, reason=shown.reason
        )
        return ViewContent(
            heading=empty.heading,
            content=[*empty.content, *choice],
            rows=(),
            controls=controls,
            notices=shown.notices,
        )
    period = found.period
    title = term(
        "start_heading",
        lang,
        title=indicator.title[lang],
        where=listing.regions_phrase(visit, listed) + content.group_suffix(visit, listed.scope),
        region=inline(visit.regions[found.region], lang),
        first=period_ends(period.first, lang),
        last=period_ends(period.last, lang),
    )
    sentences = start_sentences(
        found, shown.beside, level=listed.scope.level, wording=listed.wording
    )
    chance = term("start_chance", lang)
    how = f"{_how(visit, indicator, found, shown.names)} {chance}"
    began, others = format.first_sentences(sentences[0], 1)
    lede, more = content.summary_parts(began, visit, indicator)
    computed = [row._replace(kind="computed") for row in shown.rows]
    chart = content.chart_panel(
        content.DrawnChart(
            _figure(visit, indicator, found, shown.names),
            title=content.heading_words(title, indicator, lang),
            how=how,
            alternative=content.text_alternative("start_of", title, [*sentences, chance], visit),
            sentences=[more, others, *sentences[1:]],
            footer=[chart_buttons(visit, indicator, computed, title=title, how=how)],
        )
    )
    return ViewContent(
        heading=title,
        content=[
            html.Div([chart, *content.source_paragraphs(visit, indicator, computed)]),
            *choice,
            *_ways(visit, indicator, listed),
            _table(visit, indicator, shown, found, title=title),
        ],
        rows=shown.rows,
        controls=controls,
        notices=shown.notices,
        summary=lede,
        has_start_file=True,
        wording=listed.wording,
    )


def _ways(visit: Visit, indicator: Indicator, listed: Listing) -> list[html.Nav]:
    """From some municipalities to all of them, and from similar ones to their criteria."""
    inside, state = listed.field.inside, visit.state
    if listed.scope.level != "kommun" or inside == COUNTRY:
        return []
    ways = {"start_among_all": link(visit.path, state, comparison=(COUNTRY,), notices=())}
    if inside == SIMILAR and not visit.path.startswith(EMBED_ROOT):
        criteria = link(SIMILAR_PATH, state, indicators=(indicator.id,), notices=())
        ways["similar_criteria"] = criteria
    items = [html.Li(dcc.Link(term(key, visit.lang), href=ways[key])) for key in ways]
    label = aria(label=term("among_which", visit.lang))
    return [html.Nav(html.Ul(items), className="collections ways", **label)]


def _controls(visit: Visit, indicator: Indicator, shown: StartRegions) -> Controls:
    lang, listed = visit.lang, shown.listed
    years = []
    if shown.found:
        first = shown.found.period.first[0]
        label = format.term_by_length("start_year", first, lang)
        options = content.period_options(shown.choices, lang)
        years = [select("first_year", label, options, first)]
    names = {"varde": term("start_column_end", lang), "forandring": term("start_beside", lang)}
    by_number = listing.may_be_ordered(listed.scope, indicator)
    order = listing.select_order(visit, indicator, names, by_number=by_number)
    return content.list_controls(
        visit,
        indicator,
        listed.scope,
        used=[*years, order],
        rest=listing.select_field(visit, listed),
    )


def _ends(row: StartRow) -> tuple[Observation, Observation]:
    """The start and the end as figures of the region."""
    first = row.oldest._replace(value=row.start, status=None, kind="computed")
    return first, row.newest._replace(value=row.end, status=None, kind="computed")


def _figure(
    visit: Visit, indicator: Indicator, found: SameStart, names: Mapping[str, str]
) -> dict[str, Any]:
    lang, rows = visit.lang, []
    before = None
    for row in found.rows:
        part = _part_words(found, visit) if row.doubt and before is None else ""
        before = before or row.doubt
        first, last = _ends(row)
        change = content.signed_difference(row.change, indicator, lang)
        rows.append(
            DotRow(
                row.region, names[row.region], first, last, joined=True, part=part, beside=change
            )
        )
    ends = tuple(period_ends(one, lang) for one in (found.period.first, found.period.last))
    return dots(
        rows,
        indicator,
        visit.look,
        region=found.region,
        names=(ends[0], ends[1]),
        beside=term("start_beside", lang),
    )


def _part_words(found: SameStart, visit: Visit) -> str:
    """What the uncertain rows have in common, and how many they are."""
    doubts = [row.doubt for row in found.rows if row.doubt]
    words = count_of_doubts(doubts, visit.lang)
    return term("start_part_uncertain", visit.lang, count=len(doubts), doubts=words)


def _how(visit: Visit, indicator: Indicator, found: SameStart, names: Mapping[str, str]) -> str:
    """Unit, what the dots are, the order, and which is the selected region."""
    lang, order = visit.lang, visit.state.order
    first, last = (period_ends(one, lang) for one in (found.period.first, found.period.last))
    many = "mean" if len(found.period.last) > 1 else "year"
    end = term(f"start_end_{many}", lang, last=last)
    numbers = [number for row in found.rows for number in (row.start, row.end)]
    key = f"start_ordered_{order}" if order == "forandring" else f"ordered_{order}"
    by_number = found.ranked and order in BY_NUMBER
    parts = [
        unit_sentence(indicator, lang),
        term("start_how", lang, first=first, end=end),
        "" if starts_at_zero(numbers) else term("axis_not_zero", lang),
        term(key if found.ranked or order == "kod" else "ordered_namn", lang),
        term("note_order", lang) if by_number else "",
        term("own_dark", lang, name=names[found.region]),
    ]
    return " ".join(filter(None, parts))


def _table(
    visit: Visit, indicator: Indicator, shown: StartRegions, found: SameStart, *, title: str
) -> html.Section:
    """The rows of the chart, the uncertain ones in a part of their own."""
    lang, order = visit.lang, visit.state.order
    placed = found.ranked and order == "forandring"
    period = found.period
    heads = [
        TableHead(
            term("column_region", lang),
            "ascending" if order == "namn" or (order in BY_NUMBER and not found.ranked) else "",
        ),
        *([TableHead(term("column_place", lang))] if placed else []),
        *([TableHead(term("column_code", lang), "ascending")] if order == "kod" else []),
        TableHead(f"{term('start_column_start', lang)}, {period_ends(period.first, lang)}"),
        TableHead(f"{term('start_column_end', lang)}, {period_ends(period.last, lang)}"),
        TableHead(term("start_beside", lang), "descending" if placed else ""),
        *([TableHead(term("column_doubt", lang))] if any(row.doubt for row in found.rows) else []),
    ]
    parts: dict[str, list[TableRow]] = {}
    for row in found.rows:
        words = _part_words(found, visit) if row.doubt else ""
        numbers = [format.number(one, indicator.decimals, lang) for one in (row.start, row.end)]
        cells = [
            *([str(row.place or "")] if placed else []),
            *([row.region] if order == "kod" else []),
            *numbers,
            content.signed_difference(row.change, indicator, lang),
        ]
        if any(one.doubt for one in found.rows):
            cells.append(term(f"mark_{row.doubt}", lang) if row.doubt else "")
        own = row.region == found.region
        parts.setdefault(words, []).append(TableRow(shown.names[row.region], cells, own))
    unit = term("difference_unit", lang, unit=difference_unit(indicator, lang))
    table = figure_table(
        title,
        heads,
        list(parts.items()),
        unit=f"{content.example_words(visit)}{unit_sentence(indicator, lang)} {unit}",
        kind="regions",
    )
    return listing.rows_section(visit, indicator, table, shown.rows, ordered=False)
