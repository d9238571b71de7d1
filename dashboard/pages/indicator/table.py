"""
Table: one group in all regions of a level, year by year, to be searched, sorted and copied.

A page of rows at a time; county and country stand above the regions on every page. Where the link
names several groups and one period, the groups stand beside each other in place of the years.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Any

from dash import dcc, html

from dashboard.codes import BY_NUMBER, Codes, Group, Order, common_group
from dashboard.components.controls import Controls, region_select
from dashboard.components.elements import content_of, element
from dashboard.components.frame import aria, select, text_field
from dashboard.components.pictures import share_menu
from dashboard.components.tables import (
    TableHead,
    TableRow,
    figure_cell,
    figure_table,
    mark_words,
    season_grid,
)
from dashboard.data.observation import Observation, of_periods
from dashboard.data.series import existing_combinations, levels
from dashboard.pages.indicator import age_table, content, listing
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import Listing
from dashboard.panels.inventory import (
    existing_level_groups,
    longer_periods,
    no_figures_in_years,
    years_to_come,
)
from dashboard.panels.panel import rows_inside
from dashboard.rules import order as rule_order
from dashboard.rules.comparison import difference, has_seasons
from dashboard.rules.order import items
from dashboard.rules.years import (
    Boundary,
    YearSpan,
    boundaries,
    change_years,
    marks_concerning,
    unbroken_spans,
    years_to_show,
)
from dashboard.sentences.figures import level_sentence
from dashboard.sentences.summary import newest_level
from dashboard.sentences.wording import group_label, unit_sentence
from dashboard.state.regions import inline
from dashboard.state.resolve import groups_at_level, named_groups
from dashboard.state.url import KEYS, link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import TOTAL, Indicator, Lang

_DIRECTION = {"namn": "ascending", "kod": "ascending", "varde": "descending"}


@dataclass(frozen=True)
class TablePage:
    """
    One page of the table.

    `listed` regions are of the level, in their order; `beside` stand above them. `between` are
    the years of the change, None where there is none. `count` regions are found in all.
    `groups`: one, or several in one year. `by_number`: whether numbers may order the regions.
    """

    rows: tuple[Observation, ...]
    groups: tuple[Group, ...]
    years: tuple[str, ...]
    names: Mapping[str, str]
    by_number: bool
    listed: tuple[str, ...]
    beside: tuple[str, ...]
    region: str
    order: Order
    between: YearSpan | None
    boundaries: Mapping[str, Boundary]
    count: int
    page: int
    pages: int

    @property
    def columns(self) -> tuple[tuple[Group, str], ...]:
        """The group and the year of each column of values."""
        return tuple(product(self.groups, self.years))

    @property
    def has_empty(self) -> bool:
        """Whether a cell has neither number nor symbol."""
        filled = sum(row.status is not None or row.present for row in self.rows)
        return filled < len({*self.listed, *self.beside}) * len(self.columns)


def table(
    visit: Visit, indicator: Indicator, shown: TablePage, title: str, *, count: str
) -> html.Div:
    """The table in a field of its own that scrolls sideways; `count`: how much it shows."""
    lang = visit.lang
    cells = {(figure.region, figure.group, figure.period): figure for figure in shown.rows}
    parts = [
        (heading, [_row(code, cells, shown, indicator=indicator, visit=visit) for code in codes])
        for heading, codes in (
            (html.Span(term("beside_rows", lang)), shown.beside),
            ("", shown.listed),
        )
    ]
    caption = [
        html.Span(title, className="unseen"),
        html.Small(
            [
                html.Span(count, role="status"),
                f" {content.example_words(visit)}",
                unit_sentence(indicator, lang, counts=visit.state.counts),
            ]
        ),
    ]
    return figure_table(title, _heads(visit, shown), parts, caption=caption, kind="rows")


def _heads(visit: Visit, shown: TablePage) -> list[TableHead]:
    lang = visit.lang
    heads = [
        _sorting(visit, shown, "namn", term("column_region", lang)),
        _sorting(visit, shown, "kod", term("column_code", lang)),
    ]
    if shown.between:
        first, last = shown.between
        names = (format.period_short(year, lang) for year in (first, last))
        change = term("rows_change", lang, **dict(zip(("first", "last"), names, strict=True)))
        heads.append(_sorting(visit, shown, "forandring", change))
    for position, (group, year) in enumerate(shown.columns):
        boundary = shown.boundaries.get(year)
        mark = [html.Small(_boundary_words(boundary, lang))] if boundary else []
        name, border = _period_head(year, lang), _border(boundary)
        if len(shown.groups) > 1:
            name = group_label(visit.catalogue, _own_part(group, shown.groups), lang)
        if position == 0:
            heads.append(_sorting(visit, shown, "varde", name, mark=mark, border=border))
        else:
            heads.append(TableHead([name, *mark], kind=border))
    return heads


def _period_head(period: str, lang: Lang) -> Any:
    """A period over its column; of months with the code that is copied, which is no date."""
    name = format.period_short(period, lang)
    code: dict[str, Any] = {"data-code": period}
    return html.Span(name, **code) if has_seasons(period) else name


def _sorting(
    visit: Visit,
    shown: TablePage,
    order: Order,
    name: Any,
    *,
    mark: Sequence[Any] = (),
    border: str | None = None,
) -> TableHead:
    """A head whose link orders the rows, where that may be; it says when they are."""
    if order in BY_NUMBER and not shown.by_number:
        return TableHead([name, *mark], kind=border)
    href = link(visit.path, visit.state, order=order, page="1", notices=())
    hidden = html.Span(f" ({term('rows_sort', visit.lang)})", className="unseen")
    inside = dcc.Link([name, hidden], href=href, id=f"sort-{order}")
    direction = _DIRECTION.get(order, "descending") if shown.order == order else ""
    return TableHead([inside, *mark], direction, border)


def _row(
    code: str, cells: Mapping[Any, Any], shown: TablePage, *, indicator: Indicator, visit: Visit
) -> TableRow:
    """Name, code, a value for each year, and the change where the years are comparable."""
    values = [element("Td", code, className="code")]
    if shown.between:
        (group,) = shown.groups
        earlier, later = (cells.get((code, group, year)) for year in shown.between)
        change = difference(later, earlier, indicator).value if earlier and later else None
        values.append(element("Td", _signed(change, indicator, visit, shown.between[1])))
    for group, year in shown.columns:
        observation = cells.get((code, group, year))
        value = figure_cell(observation, indicator, visit.lang, counts=visit.state.counts)
        border = _border(shown.boundaries.get(year))
        kinds = " ".join(filter(None, (value["props"].get("className"), border)))
        values.append(element("Td", content_of(value), className=kinds) if border else value)
    return TableRow(shown.names[code], values, selected=code == shown.region)


def _own_part(group: Group, groups: Sequence[Group]) -> Group:
    """A group without what it has in common with the others, which the heading says."""
    common = common_group(groups)._asdict()
    alike = {name: TOTAL for name, code in common.items() if code != TOTAL}
    return group._replace(**alike)


def _signed(change: float | None, indicator: Indicator, visit: Visit, period: str) -> Any:
    """A change with its sign; where there is none that it is not compared, and why."""
    if change is None:
        words = format.term_by_length("rows_incomparable", period, visit.lang)
        return element("Abbr", term("not_compared", visit.lang), title=words)
    return format.with_sign(change, indicator.decimals, visit.lang)


def _boundary_words(boundary: Boundary, lang: Lang) -> str:
    """Why a year is apart from the one before it, in a few words without the year."""
    grave = [mark for mark in boundary.marks if mark.severity == boundary.kind]
    return format.mark_reason(grave[0], lang) if grave else term("rows_segment", lang)


def _border(boundary: Boundary | None) -> str | None:
    """The class of the border between a year and the one before it."""
    return f"after-{boundary.kind}" if boundary else None


_ROWS_PER_PAGE = 50  # rows of a page
_LATEST_YEARS = "latest"  # no year of the address: its default


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The rows that the link asks for: regions by year or group, or ages of one region."""
    if age_table.is_asked(visit):
        return _by_age(visit, indicator)
    listed, notices = listing.listing_of_link(visit, indicator)
    known_years = listed.years
    years, year_notices = _years(visit, indicator.id, known_years)
    groups, group_notices = _groups(visit, indicator, listed, years)
    if groups[0] != listed.scope.group:
        first = replace(listed.scope, group=groups[0])
        listed = listing.listing_of_scope(visit, indicator, first)
    notices = [*notices, *group_notices]
    if known_years and len(named_groups(visit.state)) > 1 and len(groups) == 1:
        notices.append(format.term_by_length("rows_one_group", known_years[0], visit.lang))
    controls = _controls(visit, indicator, listed, known_years, groups=groups)
    if not years:
        return listing.empty_view(
            visit, indicator, listed, notices=[*notices, *year_notices], controls=controls
        )
    names = listing.list_names(visit, listing.present_divisions(visit, listed, years))
    shown = _table_page(visit, indicator, listed, years=years, groups=groups, names=names)
    scope = replace(listed.scope, group=common_group(groups))
    heading = listing.list_heading(visit, indicator, replace(listed, scope=scope))
    title = f"{heading} {format.periods(years[-1], years[0], visit.lang)}"
    lede, more = content.summary_parts(_lede(listed), visit, indicator)
    own = _own_months(visit, listed) if len(groups) == 1 else ()
    rows = _each_once((*shown.rows, *own)) if own else shown.rows
    return ViewContent(
        heading=title,
        content=[
            *listing.groups_not_shown(visit, listed, groups),
            *_own_grid(visit, indicator, listed, own),
            _table_section(visit, indicator, shown, title),
            *([html.P(more, className="told")] if more else []),
            *content.source_paragraphs(visit, indicator, rows),
            share_menu(visit),
        ],
        rows=rows,
        controls=controls,
        notices=[*notices, *year_notices],
        summary=lede,
        has_empty=shown.has_empty,
        wording=listed.wording,
    )


def _by_age(visit: Visit, indicator: Indicator) -> ViewContent:
    """The ages of the selected region in one period: the link's last one, or the newest."""
    lang, state = visit.lang, visit.state
    everybody = replace(visit, state=replace(state, ages=(TOTAL,)))
    listed, notices = listing.listing_of_link(everybody, indicator)
    region = listed.scope.region
    groups = age_table.age_groups(visit, indicator, region)
    rows = age_table.rows_by_age(visit, indicator, region, groups)
    by_age = {row.period for row in rows if row.age != TOTAL and row.present}
    known = sorted(by_age, reverse=True)
    years, year_notices = _years(visit, indicator.id, known)
    named = replace(listed.scope, group=common_group(named_groups(state)))
    controls = _age_controls(
        visit, indicator, replace(listed, scope=named), known=known, year="".join(years[:1])
    )
    where = visit.regions[region].where[lang] if region in visit.regions else region
    if not years:
        none = html.P(term("age_rows_none", lang, where=where), className="absent large")
        return ViewContent(
            heading=listing.list_heading(visit, indicator, listed),
            content=[none],
            rows=(),
            controls=controls,
            notices=[*notices, *year_notices],
        )
    shown = of_periods(rows, years[:1])
    whole = [row for row in shown if row.age == TOTAL and row.present]
    if missing := age_table.missing_groups(
        visit, [group for group in groups if group.age != TOTAL]
    ):
        notices = [*notices, term("age_rows_missing", lang, what=missing, where=where)]
    table_of_ages = age_table.age_table(visit, indicator, listed.scope, groups=groups, rows=shown)
    return ViewContent(
        heading=age_table.heading(visit, indicator, region, years[0]),
        content=[
            *table_of_ages,
            *content.source_paragraphs(visit, indicator, shown),
            share_menu(visit),
        ],
        rows=shown,
        controls=controls,
        notices=[*notices, *year_notices],
        summary=level_sentence(whole[0], listed.wording) if whole else "",
        wording=listed.wording,
    )


def _age_controls(
    visit: Visit,
    indicator: Indicator,
    listed: Listing,
    *,
    known: Sequence[str],
    year: str,
) -> Controls:
    """Region, the one year, the groups of the columns and the ages of the rows."""
    lang, chosen = visit.lang, listed.scope
    options = [
        {"label": format.period_short(year, lang), "value": KEYS["years"].write((year, year))}
        for year in known
    ]
    groups = content.group_selects(
        visit,
        indicator,
        chosen,
        together=named_groups(visit.state),
        runs=_runs(visit, indicator, listed),
    )
    first = [region_select(visit, chosen.region)]
    if year:
        label = format.term_by_length("rows_years", year, lang)
        first.append(select("years", label, options, KEYS["years"].write((year, year))))
    words = content.chosen_words(visit, chosen, year)
    return Controls([*first, *groups[:2]], groups[2:], chosen=words)


def _years(visit: Visit, indicator: str, known: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The years to show, and notices of those in the link that have no figures."""
    asked = visit.state.years
    years = years_to_show(known, asked)
    if asked is None or not known:
        return years, []
    notices = years_to_come(visit, indicator, asked)
    notices += longer_periods(visit, asked, years)
    notices += [] if years else no_figures_in_years(visit, indicator, asked)
    return years or years_to_show(known, None), notices


def _groups(
    visit: Visit, indicator: Indicator, listed: Listing, years: Sequence[str]
) -> tuple[tuple[Group, ...], list[str]]:
    """The groups to show: those that the link names, of one period; and which do not exist."""
    named = named_groups(visit.state)
    if len(named) == 1 or len(years) != 1:
        return (listed.scope.group,), []
    existing = groups_at_level(existing_level_groups(visit, indicator), listed.scope.level)
    code = listed.scope.region
    region = inline(visit.regions[code], visit.lang) if code in visit.regions else code
    notices = [
        term("no_combination_for", visit.lang, region=region,
             what=group_label(visit.catalogue, group, visit.lang))
        for group in named[1:]  # of the first the scope has said so
        if group not in existing
    ]  # fmt: skip
    return tuple(group for group in named if group in existing) or (listed.scope.group,), notices


def _table_page(
    visit: Visit,
    indicator: Indicator,
    listed: Listing,
    *,
    years: tuple[str, ...],
    groups: tuple[Group, ...],
    names: Mapping[str, str],
) -> TablePage:
    """The rows in their order, those that the search leaves, and those of the page."""
    asked = (
        visit.state.years if visit.state.years and years_to_show(years, visit.state.years) else None
    )
    between = None if indicator.measure == "class" else change_years(years, asked)
    order = listing.list_order(visit, listed.scope, indicator)
    if order == "forandring" and between is None:
        order = "namn"
    codes = _ordered(listed, indicator, names, order=order, years=years, between=between)
    matching = tuple(code for code in codes if _matches(visit.state.search, code, names[code]))
    pages = max(1, -(-len(matching) // _ROWS_PER_PAGE))
    page = min(int(visit.state.page), pages)
    selected = [] if listed.scope.region in names else [listed.scope.region]
    beside = tuple(dict.fromkeys((*selected, *listed.beside)))
    regions = matching[(page - 1) * _ROWS_PER_PAGE : page * _ROWS_PER_PAGE]
    codes_shown = tuple(dict.fromkeys((*regions, *beside)))
    inside = [row for year in reversed(years) for row in listed.of_year(year, set(codes_shown))]
    more = [
        levels(
            visit.context,
            visit.warehouse,
            indicator.id,
            codes=codes_shown,
            group=group,
            period=years[0],
        )
        for group in groups[1:]
    ]
    rows = (*inside, *chain.from_iterable(more))
    segments: dict[str, set[str]] = {}
    for row in rows:
        segments.setdefault(row.period, set()).add(row.segment)
    marks = marks_concerning(indicator, _members(visit, (*regions, *beside)), listed.scope.group)
    return TablePage(
        rows=rows,
        groups=groups,
        years=years,
        names={code: names.get(code) or visit.regions[code].name(visit.lang)
               for code in (*regions, *beside) if code in names or code in visit.regions},
        by_number=listing.may_be_ordered(listed.scope, indicator),
        listed=regions,
        beside=tuple(code for code in beside if code in visit.regions),
        region=listed.scope.region,
        order=order,
        between=between,
        boundaries=boundaries(
            years, marks, {year: frozenset(found) for year, found in segments.items()}
        ),
        count=len(matching),
        page=page,
        pages=pages,
    )  # fmt: skip


def _members(visit: Visit, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The members of each of some regions; none where it is no union."""
    known = visit.regions
    return {code: known[code].members if code in known else () for code in codes}


def _ordered(
    listed: Listing,
    indicator: Indicator,
    names: Mapping[str, str],
    *,
    order: Order,
    years: Sequence[str],
    between: YearSpan | None,
) -> tuple[str, ...]:
    """All listed regions; by value and change those without one come last."""
    if order in BY_NUMBER:
        earlier = listed.at(between[0]) if between and order == "forandring" else ()
        ordered = items(
            listed.at(years[0]), names, indicator, order=order, period=years[0], earlier=earlier
        )
        return tuple(item.region for item in ordered)
    observations = [Observation(indicator.id, code, years[0], "", None) for code in names]
    rows = (
        rule_order.ordered_by_code(observations)
        if order == "kod"
        else rule_order.ordered_by_name(observations, names)
    )
    return tuple(item.observation.region for item in rows)


def _matches(text: str, code: str, name: str) -> bool:
    """Whether a region's name holds what is searched for, or its code begins so."""
    searched = text.casefold()
    return searched in name.casefold() or code.casefold().startswith(searched)


def _years_option(visit: Visit, known: Sequence[str]) -> str:
    """The years of the link as their control says them; `LATEST` without any."""
    asked = visit.state.years
    return KEYS["years"].write(asked) if asked and years_to_show(known, asked) else _LATEST_YEARS


def _controls(
    visit: Visit,
    indicator: Indicator,
    listed: Listing,
    known: Sequence[str],
    *,
    groups: Sequence[Group],
) -> Controls:
    """Region, group, years and search; a year alone where groups wait for one."""
    lang, named = visit.lang, named_groups(visit.state)
    marks = marks_concerning(indicator, _members(visit, listed.codes[:1]), listed.scope.group)
    spans = unbroken_spans(known, marks)
    chosen = _years_option(visit, known)
    newest = known[0] if known else ""
    alone = [KEYS["years"].write((newest, newest))] if len(named) > 1 and newest else []
    texts = dict.fromkeys([*alone, *(KEYS["years"].write(span) for span in spans), chosen])
    latest = format.term_by_length("rows_latest", newest, lang)
    options = [{"label": latest, "value": _LATEST_YEARS}]
    options += [
        {"label": _span_words(span, lang), "value": span} for span in texts if span != _LATEST_YEARS
    ]
    label = format.term_by_length("rows_years", newest, lang)
    words = term("rows_search", lang)
    return content.list_controls(
        visit,
        indicator,
        listed.scope,
        used=[
            *([select("years", label, options, chosen)] if known else []),
            text_field("search", words, visit.state.search, most=80, search=True),
        ],
        rest=listing.select_field(visit, listed),
        together=groups,
        runs=_runs(visit, indicator, listed),
    )


def _span_words(span: str, lang: Lang) -> str:
    """Periods of the address as a control names them."""
    first, _, last = span.partition("-")
    return format.periods(first, last or first, lang)


def _runs(visit: Visit, indicator: Indicator, listed: Listing) -> tuple[tuple[str, Codes], ...]:
    """Many ages as rows, behind the name of the choice, where the selected region has them."""
    region = listed.scope.region
    existing = existing_combinations(visit.context, visit.warehouse, indicator.id, region)
    ages = {group.age for group in existing}
    return tuple(
        (term(key, visit.lang), run)
        for key, run in age_table.RUNS_OF_AGES.items()
        if len(ages.intersection(run)) > len(run) / 2
    )


def _each_once(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """The rows of one group, each region and period once."""
    once: dict[tuple[str, str], Observation] = {}
    for row in rows:
        once.setdefault((row.region, row.period), row)
    return tuple(once.values())


def _own_months(visit: Visit, listed: Listing) -> tuple[Observation, ...]:
    """The selected region's months or quarters inside the years of the link; of years no row."""
    rows = listed.of(listed.scope.region)
    if not rows or not has_seasons(rows[0].period):
        return ()
    return rows_inside(rows, visit.state.years) or rows


def _own_grid(
    visit: Visit, indicator: Indicator, listed: Listing, series: Sequence[Observation]
) -> list[Any]:
    """The selected region's months or quarters by year; nothing without any."""
    if not series:
        return []
    lang, region = visit.lang, listed.scope.region
    where = visit.regions[region].where[lang] if region in visit.regions else region
    heading = f"{indicator.title[lang]} {where}" + content.group_suffix(visit, listed.scope)
    heading = f"{heading} {format.periods(series[0].period, series[-1].period, lang)}"
    marks = marks_concerning(indicator, _members(visit, (region,)), listed.scope.group)
    counts = visit.state.counts
    unit = content.example_words(visit) + unit_sentence(indicator, lang, counts=counts)
    caption = [html.Span(heading, className="unseen"), html.Small(unit)]
    grid = season_grid(
        series, marks, indicator, title=heading, caption=caption, lang=lang, counts=counts
    )
    return [html.Section([html.H2(heading), grid], className="own-months")]


def _lede(listed: Listing) -> str:
    """What the selected region's newest figure says."""
    present = [observation for observation in listed.of(listed.scope.region) if observation.present]
    return newest_level(present, listed.wording).complete if present else ""


def _table_section(
    visit: Visit, indicator: Indicator, shown: TablePage, title: str
) -> html.Section:
    """Heading, the copy button, the table with how much it shows, its pages and its notes."""
    lang, state = visit.lang, visit.state
    first = (shown.page - 1) * _ROWS_PER_PAGE + 1
    last = first + len(shown.listed) - 1
    key = "rows_shown" if shown.count > 1 else "rows_shown_alone"
    count = term(key, lang, first=first, last=last, all=shown.count)
    if not shown.listed:
        count = term("rows_found_none", lang, text=state.search)
    above: list[Any] = [html.H2(content.heading_words(title, indicator, lang))]
    if state.search:
        bare = link(visit.path, state, search="", page="1", notices=())
        above.append(dcc.Link(term("rows_clear", lang), href=bare, className="btn"))
    return html.Section(
        [
            html.Div([*above, *_copy(visit)], className="above"),
            table(visit, indicator, shown, title, count=count),
            *_pages(visit, shown),
            *_notes(visit, shown),
        ],
        className="all-rows",
    )


def _copy(visit: Visit) -> list[Any]:
    """A button, and the place of its answer (assets/copy.js)."""
    words: dict[str, Any] = {
        "data-copied": term("rows_copied", visit.lang, count="#"),
        "data-failed": term("rows_not_copied", visit.lang),
        "data-numerator": term("column_numerator", visit.lang),
        "data-denominator": term("column_denominator", visit.lang),
    }
    button = html.Button(
        term("rows_copy", visit.lang), type="button", id="copy-table", className="btn copy", **words
    )
    return [button, html.Span("", role="status", className="copied")]


def _pages(visit: Visit, shown: TablePage) -> list[Any]:
    """Links to the page before and after; nothing where there is one."""
    if shown.pages == 1:
        return []
    lang = visit.lang
    ends = []
    for key, page in (("previous", shown.page - 1), ("next", shown.page + 1)):
        name = term(f"rows_{key}", lang)
        if 1 <= page <= shown.pages:
            target = term("rows_page", lang, page=page, pages=shown.pages)
            href = link(visit.path, visit.state, page=str(page), notices=())
            destination = html.Span(f": {target.lower()}", className="unseen")
            ends.append(dcc.Link([name, destination], href=href, id=f"page-{key}", className="btn"))
    current = html.Span(term("rows_page", lang, page=shown.page, pages=shown.pages))
    return [html.Nav([*ends, current], className="pages", **aria(label=term("rows_pages", lang)))]


def _notes(visit: Visit, shown: TablePage) -> list[Any]:
    """How the lines between years are read, and their words."""
    lang = visit.lang
    marks = dict.fromkeys(mark for boundary in shown.boundaries.values() for mark in boundary.marks)
    sentences = [
        mark_words(mark, lang) for mark in sorted(marks, key=lambda mark: mark.period, reverse=True)
    ]
    if any(boundary.kind == "segment" for boundary in shown.boundaries.values()):
        sentences.append(f"{term('segment_row', lang)}.")
    if not sentences:
        return []
    items_of = [html.Li(text) for text in dict.fromkeys(sentences)]
    words = format.term_by_length("rows_border", shown.years[0], lang)
    return [html.P(words, className="src"), html.Ul(items_of, className="src")]
