"""
The regions of a difference: who narrows it, as dots on one scale, as a map and as a table.

By name unless the reader asks; what is uncertain or lacks years stands after. Which regions are
placed or named is decided in `rules.gap_changes`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dash import dcc, html

from dashboard.charts import map
from dashboard.charts.dumbbell import DotRow, dots
from dashboard.charts.map import MapPicture, choropleth, with_reasons
from dashboard.charts.style import chart_config
from dashboard.codes import GAP_MEASURES, LEVELS, GapMeasure, GapPicture
from dashboard.components import frame
from dashboard.components.frame import aria
from dashboard.components.map_words import (
    MAP_LEVELS,
    colour_key,
    map_frame,
    map_legend,
    map_links,
)
from dashboard.components.pictures import MOST_ABOVE, chart_buttons, reading_paragraph
from dashboard.components.tables import TableHead, TableRow, figure_cell, figure_table
from dashboard.data.borders import boxes
from dashboard.data.observation import Observation
from dashboard.pages.indicator import content, listing
from dashboard.pages.indicator.listing import Listing
from dashboard.panels.gaps import GroupPair, PairGaps, listed_gaps, smaller_groups
from dashboard.rules.gap_changes import GapList, GapRow, may_be_ranked
from dashboard.rules.gaps import (
    INDEX_DECIMALS,
    RATIO_DECIMALS,
    Gap,
    gap_indicator,
    gap_rows,
    gap_stretches,
)
from dashboard.sentences.gaps import count_of_doubts, list_sentences, moves_words
from dashboard.sentences.wording import difference_unit, unit_sentence
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import capital, format, term
from etl.catalogue import Indicator, Lang
from etl.catalogue.regions import COUNTRY
from etl.measures.level import level_limit

_PICTURES: tuple[GapPicture, ...] = ("lista", "karta", "forandring")


@dataclass(frozen=True)
class ShownRegions:
    """The regions of a listing with their gaps in a year, "" for none, and what became of them."""

    visit: Visit
    indicator: Indicator
    listed: Listing
    known: PairGaps
    pair: GroupPair
    year: str
    names: Mapping[str, str]
    found: GapList | None
    persons: Mapping[str, float]

    def own(self, region: str) -> GapRow | None:
        """The selected region over the period of the list or, where it lacks that, over its own."""
        rows = self.found.rows if self.found else ()
        row = next((row for row in rows if row.region == region), None)
        present = [gap.period for gap in self.known.of(region) if gap.value is not None]
        if (row and row.change) or not present:
            return row
        until = self.year if self.year in present else present[-1]
        persons = self.persons if until == self.year else None
        names = {region: region}
        return listed_gaps(self.visit, self.known, names, until=until, persons=persons).rows[0]

    @property
    def measure(self) -> GapMeasure:
        """By which the gap is told."""
        return GAP_MEASURES[self.visit.state.measure]

    @cached_property
    def latest(self) -> Gap | None:
        """A gap of the year with a number, whose groups and segment give the words."""
        rows = self.found.rows if self.found else ()
        return next((row.gap for row in rows if row.gap and row.gap.value is not None), None)


def shown_regions(
    visit: Visit, listed: Listing, known: PairGaps, pair: GroupPair, *, year: str
) -> ShownRegions:
    """The regions that the link lists, in its order, with the period up to a year."""
    indicator, asked, level = known.indicator, visit.state.years, listed.scope.level
    if not year:
        return ShownRegions(visit, indicator, listed, known, pair, year, {}, None, {})
    names = listing.list_names(visit, listing.present_divisions(visit, listed, [year]))
    since = asked[0] if asked and asked[0] != asked[1] and asked[0] < year else ""
    codes = tuple(dict.fromkeys((*names, listed.scope.region)))
    persons = smaller_groups(visit, known, codes, year)
    found = listed_gaps(
        visit,
        known,
        names,
        persons=persons,
        until=year,
        since=since,
        order=visit.state.order,
        ranked=may_be_ranked(LEVELS[level], pair.dimension, indicator),
    )
    return ShownRegions(visit, indicator, listed, known, pair, year, names, found, persons)


def regions_section(shown: ShownRegions, slider: Sequence[Any] = ()) -> list[Any]:
    """Heading, the picture that the link asks for (a map with its slider), sentences, the table."""
    visit, lang = shown.visit, shown.visit.lang
    title = term(
        "gap_list_heading",
        lang,
        title=shown.indicator.title[lang],
        where=listing.regions_phrase(visit, shown.listed),
        year=format.period_name(shown.year, lang),
        **shown.pair.words,
    )
    if shown.found is None:
        reason = listing.no_figures_reason(visit, shown.listed)
        heading = html.H2(capital(listing.regions_phrase(visit, shown.listed)))
        return [html.Div([heading, html.P(reason, className="absent")], className="panel after")]
    country = shown.known.over(COUNTRY, shown.found, shown.year)
    sentences = list_sentences(
        shown.found,
        country,
        shown.latest,
        level=shown.listed.scope.level,
        wording=shown.listed.wording,
    )
    own = any(gap.value is not None for gap in shown.known.of(shown.listed.scope.region))
    told = [] if own else [html.P(term("gap_why", lang), className="told")]
    picture = visit.state.picture
    drawn, below = (
        _map(shown, picture, title, slider)
        if picture != "lista"
        else _dots(shown, title, sentences)
    )
    return [
        html.Div(
            [
                html.H2(content.heading_words(title, shown.indicator, lang)),
                _pictures(shown),
                *drawn,
                *(html.P(sentence, className="told") for sentence in sentences),
                *told,
                *below,
                *_other_period(shown),
            ],
            className="panel after",
        ),
        _table(shown, title),
    ]


def _pictures(shown: ShownRegions) -> html.Nav:
    """The way to the other pictures."""
    visit, lang = shown.visit, shown.visit.lang
    items = []
    for picture in _PICTURES:
        href = link(visit.path, visit.state, picture=picture, notices=())
        words = term(f"bild_{picture}", lang)
        own = picture == visit.state.picture
        items.append(
            html.Li(
                html.A(words, href=href, **aria(current="true"))
                if own
                else dcc.Link(words, href=href)
            )
        )
    label = aria(label=term("gap_pictures", lang))
    return html.Nav(html.Ul(items), className="tabs pictures", **label)


def _other_period(shown: ShownRegions) -> list[Any]:
    """A link to the longest older stretch of the country's gap; of an older one to the newest."""
    visit, lang = shown.visit, shown.visit.lang
    stretches = gap_stretches(shown.known.of(COUNTRY), shown.indicator)
    if len(stretches) < 2:
        return []
    newest = stretches[-1][-1].period
    if shown.year < stretches[-1][0].period:
        words = term("gap_newest", lang, year=format.period_name(newest, lang))
        href = link(visit.path, visit.state, years=None, notices=())
    else:
        older = max(reversed(stretches[:-1]), key=len)
        years = format.periods(older[0].period, older[-1].period, lang)
        words = term("gap_older", lang, years=years)
        last = older[-1].period
        href = link(visit.path, visit.state, years=(last, last), notices=())
    return [html.P(dcc.Link(words, href=href), className="ways")]


def _dots(shown: ShownRegions, title: str, sentences: Sequence[str]) -> tuple[list[Any], list[Any]]:
    """Both groups of each region that has a figure in the year, on one scale; and its buttons."""
    visit, lang, found = shown.visit, shown.visit.lang, shown.found
    rows: list[DotRow] = []
    standing = "sure"
    undrawn = 0
    for row in found.rows if found else ():
        if row.gap is None or not (row.gap.first.present or row.gap.second.present):
            undrawn += 1
            continue
        part = "" if row.standing == standing else _part_words(shown, row.standing)
        standing = row.standing
        rows.append(
            DotRow(
                row.region,
                shown.names[row.region],
                row.gap.first,
                row.gap.second,
                joined=row.gap.value is not None,
                part=part,
                beside=_beside(row, shown),
            )
        )
    how = " ".join(
        [
            unit_sentence(shown.indicator, lang),
            term("gap_list_how", lang),
            *_order_words(shown),
        ]
    )
    region = shown.listed.scope.region
    period = found.period if found else None
    since = format.period_name(period.span[0], lang) if period else ""
    figure = dots(
        rows,
        shown.indicator,
        visit.look,
        region=region,
        names=shown.pair.names,
        beside=term("gap_beside", lang, year=since) if since else "",
    )
    graph = dcc.Graph(id="regions", figure=figure, config=chart_config(), responsive=True)
    alternative = content.text_alternative("gap_list_of", title, sentences, visit)
    sides = [side for row in rows for side in (row.first, row.second)]
    year = format.period_name(shown.year, lang)
    left_out = [term("gap_undrawn", lang, count=undrawn, year=year)] if undrawn else []
    caption, reading = format.first_sentences(how, MOST_ABOVE)
    buttons = chart_buttons(
        visit,
        shown.indicator,
        sides,
        title=title,
        how=how,
        what=term("gap_by_region", lang),
    )
    drawn = [
        html.P(caption, className="sub"),
        html.Div(
            graph,
            role="img",
            className="chart rows",
            style={"height": f"{figure['layout']['height']}px"},
            **aria(label=alternative),
        ),
        *reading_paragraph(reading),
        *(html.P(words, className="told") for words in left_out),
    ]
    return drawn, [buttons]


def _beside(row: GapRow, shown: ShownRegions) -> str:
    """The gap and what became of it, beside its dots."""
    lang, change = shown.visit.lang, row.change
    if row.gap is None:
        return ""
    gap = gap_text(row.gap, shown.indicator, lang)
    if change is None:
        return gap
    by = content.signed_difference(change.change, shown.indicator, lang)
    return f"{gap} ({by}, {term(f'happened_{change.verdict}', lang)})"


def _order_words(shown: ShownRegions) -> list[str]:
    """In which order the rows stand, and that it is no grade."""
    lang, order = shown.visit.lang, shown.visit.state.order
    if shown.found and not shown.found.ranked and order != "kod":
        return [term("gap_order_neighbourhoods", lang)]
    if order in {"varde", "forandring"}:
        return [term(f"gap_ordered_{order}", lang), term("note_order", lang)]
    return [term(f"ordered_{order}", lang)]


def _part_words(shown: ShownRegions, standing: str) -> str:
    """What the rows after the sure ones have in common, and how many they are."""
    rows = [row for row in (shown.found.rows if shown.found else ()) if row.standing == standing]
    lang, by_gap = shown.visit.lang, _is_by_gap(shown)
    if standing == "lacking":
        key = "gap_part_lacking_value" if by_gap else "gap_part_lacking"
        return term(key, lang, count=len(rows))
    doubts = count_of_doubts([_doubt(row, shown) for row in rows], lang)
    return term("gap_part_uncertain", lang, count=len(rows), doubts=doubts)


def _is_by_gap(shown: ShownRegions) -> bool:
    """Whether the rows stand by the gap itself, and not by what became of it."""
    return bool(shown.found and shown.found.ranked) and shown.visit.state.order == "varde"


def _doubt(row: GapRow, shown: ShownRegions) -> str | None:
    return row.gap_doubt if _is_by_gap(shown) else row.change_doubt


def _map(
    shown: ShownRegions, picture: GapPicture, title: str, slider: Sequence[Any]
) -> tuple[list[Any], list[Any]]:
    """The gap in the year, or its change over the period, on a map; and its buttons."""
    visit, lang, found = shown.visit, shown.visit.lang, shown.found
    level = MAP_LEVELS.get(shown.listed.scope.level)
    if level is None:
        reason = term(f"map_none_{shown.listed.scope.level}", lang)
        return [html.P(reason, className="absent large")], []
    borders = visit.context.memory.recall(("boxes",), boxes)
    names = {code: name for code, name in shown.names.items() if code in borders}
    rows, reasons = _map_rows(shown, picture)
    if picture == "karta":
        rows += _other_years(shown, names)
    if not (found and names):
        return [html.P(term("map_alternative_none", lang), className="absent large")], []
    gaps_of = [row.gap for row in found.rows if row.gap]
    measure: GapMeasure = "gap" if picture == "forandring" else shown.measure
    measured = gap_indicator(gaps_of, shown.indicator, measure)
    region = shown.listed.scope.region
    drawn = with_reasons(
        choropleth(
            rows,
            names,
            measured,
            visit.look,
            region=region,
            period=shown.year,
            boxes=borders,
            threshold=_threshold(shown, measure),
        ),
        reasons,
        names,
    )
    how = _map_words(shown, picture)
    caption, reading = format.first_sentences(how, MOST_ABOVE)
    buttons = chart_buttons(
        visit,
        shown.indicator,
        [side for gap in gaps_of for side in (gap.first, gap.second)],
        title=title,
        how=how,
        key=colour_key(drawn, measured, lang),
    )
    parts = [
        html.P(caption, className="sub"),
        *slider,
        html.Div(
            [
                _map_graph(shown, drawn, names, title=title, how=how),
                html.Div(
                    [
                        map_legend(drawn, measured, lang),
                        _folded_links(shown, drawn, names),
                    ]
                ),
            ],
            className="map-and-words",
        ),
        *reading_paragraph(reading),
        html.P(term("map_click", lang), className="sub how ways"),
    ]
    return parts, [buttons]


def _map_graph(
    shown: ShownRegions, drawn: MapPicture, names: Mapping[str, str], *, title: str, how: str
) -> html.Div:
    borders = shown.visit.context.memory.recall(("boxes",), boxes)
    box = map.enclosing_box(borders, names)
    graph = dcc.Graph(
        id=frame.choice("map"), figure=drawn.figure, config=map.map_config(), responsive=True
    )
    words = content.text_alternative("map_of", title, [how, drawn.alternative], shown.visit)
    return map_frame(graph, box, words, shown.visit.lang)


def gap_years(shown: ShownRegions) -> list[Any]:
    """The slider of the years in which some listed region has a gap; nothing without its map."""
    if shown.visit.state.picture != "karta" or shown.listed.scope.level not in MAP_LEVELS:
        return []
    gaps_of = (gap for code in shown.names for gap in shown.known.of(code))
    years = {gap.period for gap in gaps_of if gap.value is not None}
    return listing.slide_years(shown.visit, shown.listed, sorted(years, reverse=True), shown.year)


def _threshold(shown: ShownRegions, measure: GapMeasure) -> float:
    """The difference from which two gaps are not in level; of ratios as of an index."""
    if measure == "ratio":
        return 1 / 100
    highest = max((abs(row.number) for row in shown.known.rows if row.present), default=0.0)
    measured = shown.indicator if measure == "gap" else gap_indicator([], shown.indicator, measure)
    return level_limit(measured, reference=highest, larger=highest)


def _other_years(shown: ShownRegions, codes: Iterable[str]) -> list[Observation]:
    """The gaps of other years, by the measure of the map, which its classes are made for too."""
    found = [gap for code in codes for gap in shown.known.of(code) if gap.period != shown.year]
    rows = gap_rows(found, shown.measure)
    if shown.measure != "gap":
        return list(rows)
    return [row._replace(value=abs(row.number)) if row.present else row for row in rows]


def _folded_links(shown: ShownRegions, drawn: MapPicture, names: Mapping[str, str]) -> Any:
    """The regions of the map as links, folded."""
    visit = shown.visit
    links = map_links(
        drawn,
        names,
        visit.lang,
        selected=shown.listed.scope.region,
        href=lambda code: link(visit.path, visit.state, region=code, notices=()),
    )
    words = term("map_list", visit.lang, count=len(drawn.regions))
    return html.Details([html.Summary(words), links])


def _map_rows(shown: ShownRegions, picture: GapPicture) -> tuple[list[Observation], dict[str, str]]:
    """What a map shows of each region, and why some are left out: the uncertain of changes."""
    lang = shown.visit.lang
    rows: list[Observation] = []
    reasons: dict[str, str] = {}
    for row in shown.found.rows if shown.found else ():
        if row.gap is None:
            continue
        drawn = gap_rows([row.gap], shown.measure)[0]
        if picture == "forandring":
            doubt = row.change_doubt
            is_shown = row.change is not None and doubt in {None, "short"}
            value = row.change.change if row.change and is_shown else None
            drawn = gap_rows([row.gap], "gap")[0]._replace(value=value)
            if doubt and not is_shown:
                reasons[row.region] = term(f"mark_{doubt}", lang)
        elif shown.measure == "gap" and drawn.present:
            drawn = drawn._replace(value=abs(drawn.number))
        rows.append(drawn)
    return rows, reasons


def _map_words(shown: ShownRegions, picture: GapPicture) -> str:
    lang, found = shown.visit.lang, shown.found
    unit, year = difference_unit(shown.indicator, lang), format.period_name(shown.year, lang)
    if picture == "forandring" and found and found.period:
        first, last = (format.period_name(one, lang) for one in found.period.span)
        return term("gap_map_forandring", lang, first=first, last=last, unit=unit)
    if shown.measure != "gap":
        return term(f"gap_map_{shown.measure}", lang, year=year)
    return term("gap_map_karta", lang, year=year, unit=unit)


def _table(shown: ShownRegions, title: str) -> html.Section:
    """Every region with both groups, the gap, its change, and what is sure of it."""
    visit, lang, found = shown.visit, shown.visit.lang, shown.found
    is_placed = any(row.place for row in found.rows) if found else False
    parts: dict[str, list[TableRow]] = {"": []}
    words_of = {"sure": ""}
    for row in found.rows if found else ():
        if row.standing not in words_of:
            words_of[row.standing] = _part_words(shown, row.standing)
        words = words_of[row.standing]
        selected = row.region == shown.listed.scope.region
        cells = _row_cells(row, shown, is_placed=is_placed)
        parts.setdefault(words, []).append(TableRow(shown.names[row.region], cells, selected))
    parts[term("beside_rows", lang)] = _rows_beside(shown, is_placed=is_placed)
    table = figure_table(
        title,
        _table_heads(shown, is_placed=is_placed),
        list(parts.items()),
        unit=gap_units(shown.indicator, visit),
        kind="regions gaps",
    )
    codes = {*shown.names, shown.listed.scope.region, *shown.listed.beside}
    rows = [row for row in shown.known.rows if row.period == shown.year and row.region in codes]
    by_number = visit.state.order in {"varde", "forandring"} and bool(found and found.ranked)
    ordered = by_number and visit.state.picture != "lista"  # beside the dots it is said already
    return listing.rows_section(visit, shown.indicator, table, rows, ordered=ordered)


def _table_heads(shown: ShownRegions, *, is_placed: bool) -> list[TableHead]:
    visit, lang, order = shown.visit, shown.visit.lang, shown.visit.state.order
    first, second, difference, beside = gap_heads(shown.pair, visit)
    by_ratio = [TableHead(beside)] if shown.measure != "gap" else []
    period = shown.found.period if shown.found else None
    since = format.period_name(period.span[0], lang) if period else ""
    placed = [TableHead(term("column_place", lang))] if is_placed else []
    return [
        TableHead(term("column_region", lang), "ascending" if order == "namn" else ""),
        *placed,
        TableHead(first),
        TableHead(second),
        TableHead(difference, "descending" if is_placed and order == "varde" else ""),
        *by_ratio,
        TableHead(
            term("column_gap_change", lang, year=since),
            "ascending" if is_placed and order == "forandring" else "",
        ),
        TableHead(term("column_gap_verdict", lang)),
        TableHead(term("column_moved", lang)),
    ]


def _row_cells(row: GapRow, shown: ShownRegions, *, is_placed: bool) -> list[Any]:
    visit, lang = shown.visit, shown.visit.lang
    empty = figure_cell(None, shown.indicator, lang)
    figures = gap_cells(row.gap, shown.indicator, visit) if row.gap else [empty] * 4
    change, doubt = row.change, _doubt(row, shown)
    mark = term(f"mark_{doubt}", lang) if doubt else ""
    told: list[Any] = [empty, mark, ""]
    if change:
        happened = term(f"happened_{change.verdict}", lang)
        told = [
            content.signed_difference(change.change, shown.indicator, lang),
            f"{happened} ({mark})" if mark else happened,
            moves_words(change, shown.pair.names, lang),
        ]
    place = [str(row.place or "")] if is_placed else []
    return [*place, *figures[: 3 if shown.measure == "gap" else 4], *told]


def _rows_beside(shown: ShownRegions, *, is_placed: bool) -> list[TableRow]:
    """The selected region, its county and the country, where they are not in the list."""
    visit, listed, found = shown.visit, shown.listed, shown.found
    codes = dict.fromkeys((listed.scope.region, *listed.beside, COUNTRY))
    rows = []
    for code in codes:
        gap = next((one for one in shown.known.of(code) if one.period == shown.year), None)
        if code in shown.names or code not in visit.regions or gap is None or found is None:
            continue
        change = shown.known.over(code, found, shown.year)
        row = GapRow(code, gap, change, float("inf"), 0.0, 0)
        cells = _row_cells(row, shown, is_placed=is_placed)
        selected = code == listed.scope.region
        rows.append(TableRow(visit.regions[code].name(visit.lang), cells, selected))
    return rows


def gap_units(indicator: Indicator, visit: Visit) -> str:
    """The unit of the figures, that of their difference, and who has worked it out."""
    lang = visit.lang
    unit = term("difference_unit", lang, unit=difference_unit(indicator, lang))
    figures = unit_sentence(indicator, lang, counts=visit.state.counts)
    return f"{figures} {unit} {term('difference_own', lang)}"


def gap_heads(pair: GroupPair, visit: Visit) -> list[str]:
    """The heads of both groups, their difference and, beside it, their ratio or index."""
    lang = visit.lang
    beside = "column_index" if visit.state.measure == "index" else "column_ratio"
    return [*pair.names, term("column_difference", lang), term(beside, lang)]


def gap_cells(gap: Gap, indicator: Indicator, visit: Visit) -> list[Any]:
    """Both figures with their symbols, the difference with its sign, and the ratio or index."""
    lang, counts = visit.lang, visit.state.counts
    sides = [figure_cell(side, indicator, lang, counts=counts) for side in (gap.first, gap.second)]
    return [*sides, gap_text(gap, indicator, lang), _ratio_text(gap, visit)]


def gap_text(gap: Gap, indicator: Indicator, lang: Lang) -> str:
    """A difference with its sign, or the symbol or the words that stand for it."""
    if gap.value is not None:
        return content.signed_difference(gap.value, indicator, lang)
    reason = gap.difference.verdict.reason
    if reason and reason != "missing":
        return term(f"aside_{reason}", lang)
    return format.symbol(gap.status) or term("not_available", lang)


def _ratio_text(gap: Gap, visit: Visit) -> str:
    """The ratio or the index; of a gap without one a word."""
    lang = visit.lang
    as_index = visit.state.measure == "index"
    number, decimals = (gap.index, INDEX_DECIMALS) if as_index else (gap.ratio, RATIO_DECIMALS)
    if number is None:
        return term("not_calculated" if gap.no_ratio == "missing" else "no_ratio_here", lang)
    return format.number(number, decimals, lang)
