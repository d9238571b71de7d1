"""
Groups: the groups of one region, kind by kind, as small charts on one scale and as tables.

Only kinds that exist are shown; a group without a number stands with its symbol.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Any

from dash import dcc, html

from dashboard.charts.multiples import (
    SECTION_KINDS,
    WHOLE_GROUPS,
    KindGroup,
    SmallChart,
    everybody_line,
    group_lines,
    groups_of_kind,
    multiples,
    symbol_sentences,
)
from dashboard.codes import DIMENSIONS, EVERYBODY, SEXES, codes_of_groups
from dashboard.components.controls import Controls, region_select
from dashboard.components.elements import Element, content_of, element, linked
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import TableRow, counts_small, figure_cell, figure_table
from dashboard.data.observation import Observation, of_periods, of_series
from dashboard.data.series import existing_combinations, rows_with_members
from dashboard.pages.indicator import content
from dashboard.pages.indicator.content import ViewContent
from dashboard.rules.comparison import difference, of_one_season
from dashboard.rules.stretches import unbroken
from dashboard.sentences.figures import are_parts, gap_sentence, level_sentence, parts_sentence
from dashboard.sentences.notes import following_notes
from dashboard.sentences.wording import (
    category_label,
    difference_unit,
    group_label,
    inline_label,
    unit_sentence,
)
from dashboard.state.areas import names_in_list
from dashboard.state.comparison import named_comparison
from dashboard.state.groups import Offer, offer
from dashboard.state.regions import names_apart
from dashboard.state.resolve import (
    named_groups,
    notice_sentences,
    own_group_elsewhere,
    selected_region,
)
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import format, lower_first, term
from etl.catalogue import TOTAL, Indicator, Lang

_CELL = attrgetter("region", "period", *DIMENSIONS)


def _kind_heading(kind: str, groups: Sequence[KindGroup], lang: Lang) -> str:
    """What the groups of a kind are, and whether women and men stand apart."""
    return term(f"groups_{kind}" if _crossed(groups) or kind == "sex" else f"by_{kind}", lang)


def _kind_table(
    visit: Visit,
    indicator: Indicator,
    region: str,
    *,
    kind: str,
    groups: Sequence[KindGroup],
    rows: Sequence[Observation],
) -> html.Div:
    """Every group, and each sex of it, in the first and the last year of its newest stretch."""
    lang, crossed = visit.lang, _crossed(groups)
    length = rows[0].period if rows else ""
    heads = [
        term("groups_column", lang),
        *([term("sex", lang)] if crossed else []),
        *(format.term_by_length(key, length, lang) for key in ("groups_start", "groups_end")),
    ]
    table_rows = []
    for kind_group in groups:
        for position, group in enumerate(kind_group.groups):
            first, last = _first_and_last(
                of_series(rows, kind_group.region or region, group), indicator
            )
            cells: list[Any] = [_head(visit, kind, kind_group)] if position == 0 else []
            if crossed:
                name = category_label(visit.catalogue, "sex", group.sex, lang)
                cells.append(element("Td", name, className="sex"))
            cells += [_dated_cell(observation, indicator, visit) for observation in (first, last)]
            table_rows.append(element("Tr", cells))
    title = f"{_kind_heading(kind, groups, lang)}, {visit.regions[region].name(lang)}"
    note = format.term_by_length("groups_start_note", length, lang)
    small = f"{unit_sentence(indicator, lang, counts=visit.state.counts)} {note}"
    return figure_table(
        title,
        heads,
        [("", table_rows)],
        unit=content.example_words(visit) + small,
        kind="groups crossed" if crossed else "groups",
    )


def _sex_table(
    visit: Visit,
    indicator: Indicator,
    region: str,
    *,
    groups: Sequence[KindGroup],
    rows: Sequence[Observation],
) -> html.Div:
    """Women and men of each group in the newest year, and their difference."""
    lang = visit.lang
    period = max((row.period for row in rows if row.present), default="")
    title = term(
        "groups_by_sex",
        lang,
        title=term("groups_sex", lang),
        where=visit.regions[region].where[lang],
        period=format.period_name(period, lang),
    )
    name = category_label(visit.catalogue, "background", TOTAL, lang)
    everybody = _placed(visit, region, (KindGroup(TOTAL, name, (EVERYBODY,)),), rows)
    heads = [term("groups_column", lang)]
    heads += [category_label(visit.catalogue, "sex", sex, lang) for sex in SEXES]
    heads.append(f"{term('groups_gap', lang)} ({difference_unit(indicator, lang)})")
    table_rows = [
        _sexes(visit, indicator, region, group=group, rows=of_periods(rows, (period,)))
        for group in (*everybody, *groups)
    ]
    unit = content.example_words(visit) + unit_sentence(indicator, lang, counts=visit.state.counts)
    return figure_table(title, heads, [("", table_rows)], unit=unit, kind="groups")


def _sexes(
    visit: Visit,
    indicator: Indicator,
    region: str,
    *,
    group: KindGroup,
    rows: Sequence[Observation],
) -> TableRow:
    """A group's name, its two values, and their difference as displayed."""
    whole = group.groups[0] if group.groups else EVERYBODY
    pair = [
        next(iter(of_series(rows, group.region or region, whole._replace(sex=sex))), None)
        for sex in SEXES
    ]
    cells = [
        figure_cell(observation, indicator, visit.lang, counts=visit.state.counts)
        for observation in pair
    ]
    women, men = pair
    value = difference(women, men, indicator).value if women and men else None
    if value is None:
        missing = html.Span(term("not_compared", visit.lang), className="absent")
        return TableRow(group.name, [*cells, missing])
    return TableRow(group.name, [*cells, format.with_sign(value, indicator.decimals, visit.lang)])


def _first_and_last(
    observations: Sequence[Observation], indicator: Indicator
) -> tuple[Observation | None, Observation | None]:
    """
    The first with a number and the last of the newest stretch; None without rows.

    Of months and quarters the first is of the season of the last.
    """
    if not observations:
        return None, None
    newest = unbroken(observations, indicator)[-1]
    last = newest.observations[-1]
    alike = (row for row in newest.present if of_one_season(row, last))
    return next(alike, newest.observations[0]), last


def _head(visit: Visit, kind: str, group: KindGroup) -> Element:
    """The group, as a link to its line over time."""
    height = len(group.groups)
    key = {"age": "ages", "education": "educations", "sex": "sexes"}.get(kind, "backgrounds")
    href = link(visit.path, visit.state, view="tid", notices=(), **{key: (group.code,)})
    return element("Th", linked(group.name, href), scope="rowgroup" if height > 1 else "row",
                   rowSpan=height)  # fmt: skip


def _dated_cell(observation: Observation | None, indicator: Indicator, visit: Visit) -> Element:
    """A value with its year."""
    cell = figure_cell(observation, indicator, visit.lang)
    if observation is None:
        return cell
    period = format.period_short(observation.period, visit.lang)
    inside: list[Any] = [content_of(cell), element("Small", period)]
    behind = counts_small(observation, indicator, visit.lang) if visit.state.counts else None
    return element("Td", [*inside, *([behind] if behind else [])], className="dated")


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """A section for each kind of groups that the selected region has."""
    lang, regions = visit.lang, visit.regions
    region, notices = selected_region(visit.state, regions)
    existing = existing_combinations(visit.context, visit.warehouse, indicator.id, region)
    choices = offer(visit.catalogue, existing)
    where = regions[region].where[lang] if region in regions else region
    title = term("groups_heading", lang, title=indicator.title[lang], where=where)
    by_kind = {kind: groups_of_kind(visit.catalogue, choices, kind, lang) for kind in SECTION_KINDS}
    parts, sections = [], []
    for kind, groups in by_kind.items():
        if groups and not (kind == "sex" and any(map(_crossed, by_kind.values()))):
            rows = _rows(visit, indicator, region, groups)
            groups = _placed(visit, region, groups, rows)  # noqa: PLW2901
            parts.append(rows)
            sections += _section(visit, indicator, region, choices=choices, kind=kind,
                                 groups=groups, rows=rows)  # fmt: skip
    all_rows = _together(parts)
    ends = [html.P(term("groups_none", lang, where=where), className="absent large")]
    if sections:
        ends = [html.P(note[lang], className="src") for note in _notes(visit, all_rows, indicator)]
    menu = region_select(visit, region)
    lede, more = content.summary_parts(_lede(all_rows, visit, indicator), visit, indicator)
    ends = [*([html.P(more, className="told")] if more else []), *ends]
    return ViewContent(
        heading=title,
        content=[
            *_asked_for(visit),
            *sections,
            *ends,
            *content.source_paragraphs(visit, indicator, all_rows),
        ],
        rows=all_rows,
        controls=Controls([menu], chosen=regions[region].name(lang) if region in regions else ""),
        notices=[
            *notices,
            *notice_sentences(visit.state.notices, lang),
            *own_group_elsewhere(visit.state),
            *_regions_elsewhere(visit, region),
        ],
        summary=lede,
    )


def _regions_elsewhere(visit: Visit, region: str) -> list[str]:
    """That the groups are of one region, where the link names others beside it."""
    if not visit.state.comparison:
        return []
    similar = partial(visit.similar, region)
    named, notices = named_comparison(visit.state, region, visit.regions, similar)
    codes = [code for group in named.values() for code in group]
    names = ", ".join(names_apart(codes, visit.regions, visit.lang).values())
    return [*notices, *([term("regions_not_shown", visit.lang, names=names)] if names else [])]


def _asked_for(visit: Visit) -> list[html.P]:
    """That all groups are shown, each by itself, and where those are that the link names."""
    named, lang = named_groups(visit.state), visit.lang
    if named == (EVERYBODY,):
        return []
    names = [inline_label(visit.catalogue, group, lang) for group in named]
    words: list[Any] = [term("groups_by_themselves", lang, what="; ".join(names)), " "]
    href = link(visit.path, visit.state, view="tid", notices=())
    words.append(dcc.Link(term("view_tid", lang), href=href))
    return [html.P(words, className="sub others")]


def _crossed(groups: Sequence[KindGroup]) -> bool:
    return any(group.crossed for group in groups)


def _lede(rows: Iterable[Observation], visit: Visit, indicator: Indicator) -> str:
    """The newest figure of everybody, beside whom the groups stand; "" where there is none."""
    observations = [row for row in rows if row.group == EVERYBODY and row.present]
    return level_sentence(observations[-1], visit.wording(indicator)) if observations else ""


def _rows(
    visit: Visit, indicator: Indicator, region: str, groups: Sequence[KindGroup]
) -> tuple[Observation, ...]:
    """The rows of the groups and of everybody, in one question."""
    all_groups = [EVERYBODY, *(group for kind_group in groups for group in kind_group.groups)]
    all_groups += [group._replace(sex=TOTAL) for group in all_groups]
    return rows_with_members(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=(region,),
        groups=codes_of_groups(all_groups),
    )


def _placed(
    visit: Visit, region: str, groups: Sequence[KindGroup], rows: Iterable[Observation]
) -> tuple[KindGroup, ...]:
    """The groups; one of which a union has no figure once for each member that has, with names."""
    known = {(row.region, row.group) for row in rows}
    entry = visit.regions.get(region)
    placed: list[KindGroup] = []
    names = names_in_list(entry.members if entry else (), visit.regions, visit.lang)
    for group in groups:
        beside = [
            replace(
                group,
                region=code,
                name=f"{group.name}, {name}",
            )
            for code, name in names.items()
            if any((code, one) in known for one in group.groups)
        ]
        has_own = any((region, one) in known for one in group.groups)
        placed += [group] if has_own or not beside else beside
    return tuple(placed)


def _section(
    visit: Visit,
    indicator: Indicator,
    region: str,
    *,
    choices: Offer,
    kind: str,
    groups: Sequence[KindGroup],
    rows: Sequence[Observation],
) -> list[Any]:
    """Heading, small charts, what they say, and their tables."""
    lang = visit.lang
    title = _kind_heading(kind, groups, lang)
    if (base := choices.base(kind)) != EVERYBODY:
        title = f"{title}, {lower_first(group_label(visit.catalogue, base, lang))}"
    name = unit_sentence(indicator, lang)
    reference = None
    if indicator.measure != "count":  # beside a whole its parts would lie flat
        reference = everybody_line(choices, region, visit.regions[region].name(lang))
    sexes = {code: category_label(visit.catalogue, "sex", code, lang) for code in SEXES}
    charts = [
        SmallChart(group.name, group_lines(group, region, reference, sexes)) for group in groups
    ]
    figure = multiples(rows, charts, indicator, visit.look)
    newest = _newest_observations(rows, kind, groups)
    compared = [
        figure
        for figure in newest
        if figure.region == region and (figure.sex == TOTAL or kind == "sex")
    ]
    sentences = [level_sentence(figure, visit.wording(indicator)) for figure in newest]
    how = [name, term("groups_same_scale", lang)]
    how.append(term("groups_sexes" if _crossed(groups) else "groups_one_line", lang))
    if any(mark["name"] == "break" for mark in figure["layout"]["shapes"]):
        how.append(term("break_lines", lang))
    if reference:
        how.append(term("groups_reference", lang, name=_everybody(visit, region)))
    how += symbol_sentences(figure, lang)
    how += [term("side_by_side", lang)] * any(group.region for group in groups)
    region_place = visit.regions[region].where[lang]
    full = f"{indicator.title[lang]} {region_place}: {title}"
    picture = content.chart_panel(
        content.DrawnChart(
            figure,
            title=title,
            how=" ".join(how),
            alternative=content.text_alternative("groups_of", title, sentences, visit),
            sentences=[_group_difference(compared, visit, indicator)],
            id=f"chart-{kind}",
            footer=[
                chart_buttons(visit, indicator, rows, title=full, how=" ".join(how), what=title)
            ],
        )
    )
    tables = [_kind_table(visit, indicator, region, kind=kind, groups=groups, rows=rows)]
    if kind == "origin" and _crossed(groups):
        tables.append(_sex_table(visit, indicator, region, groups=groups, rows=rows))
    return [html.Section([picture, *tables], className="kind")]


def _everybody(visit: Visit, region: str) -> str:
    name = visit.catalogue.category["background", TOTAL].label[visit.lang].lower()
    return f"{name} {visit.regions[region].where[visit.lang]}"


def _newest_observations(
    rows: Sequence[Observation], kind: str, groups: Sequence[KindGroup]
) -> tuple[Observation, ...]:
    """The observation of each group, of both sexes where there is one, in the newest year."""
    newest = max((row.period for row in rows if row.present), default="")
    by_group = {(row.region, row.group): row for row in rows if row.period == newest}
    own = {row.region for row in rows} - {group.region for group in groups}
    newest_rows: list[Observation] = []
    for kind_group in groups:
        first = kind_group.groups[0]
        whole = first if kind == "sex" else first._replace(sex=TOTAL)
        for region in (kind_group.region,) if kind_group.region else own:
            wanted = [whole] if (region, whole) in by_group else kind_group.groups
            newest_rows += [by_group[region, one] for one in wanted if (region, one) in by_group]
    return tuple(newest_rows)


def _group_difference(newest: Sequence[Observation], visit: Visit, indicator: Indicator) -> str:
    """How the first group of a kind differs from the last; "" for one alone, and of counts."""
    if are_parts(newest, indicator):
        return parts_sentence(newest, visit.wording(indicator)).complete
    parts = [observation for observation in newest if observation.background not in WHOLE_GROUPS]
    if len(parts) < 2 or indicator.measure in {"class", "count"}:
        return ""
    return gap_sentence(parts[0], parts[-1], visit.wording(indicator)).complete


def _together(parts: Iterable[Sequence[Observation]]) -> tuple[Observation, ...]:
    """All rows, each once."""
    once: dict[Any, Observation] = {}
    for row in chain.from_iterable(parts):
        once.setdefault(_CELL(row), row)
    return tuple(once.values())


def _notes(visit: Visit, rows: Sequence[Observation], indicator: Indicator) -> Sequence[Any]:
    return following_notes(rows, indicator, visit.catalogue, beside_marks=True)
