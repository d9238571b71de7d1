"""
Groups: the groups of one region, kind by kind, as small charts on one scale and as tables.

Only kinds that exist are shown; a group without a number stands with its symbol.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.charts.multiples import (
    SECTION_KINDS,
    WHOLE_GROUPS,
    KindGroup,
    SmallChart,
    everybody_line,
    group_lines,
    group_of_code,
    groups_of_kind,
    multiples,
)
from dashboard.charts.style import ChartLine
from dashboard.codes import DIMENSIONS, EVERYBODY, SEXES, Group
from dashboard.components.frame import select
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import TableRow, figure_cell, figure_table
from dashboard.data.observation import Observation, as_observations, groups_in
from dashboard.data.series import SERIES_COLUMNS, existing_combinations, region_series
from dashboard.pages.indicator import content
from dashboard.pages.indicator.content import ViewContent
from dashboard.rules.comparison import difference
from dashboard.rules.stretches import unbroken
from dashboard.sentences.figures import gap_sentence, level_sentence
from dashboard.sentences.notes import following_notes
from dashboard.sentences.wording import category_label, difference_unit, unit_sentence
from dashboard.state.groups import Offer, offer
from dashboard.state.resolve import notice_sentences, selected_region
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import format, lower_first, term
from etl.catalogue import TOTAL, Indicator, Lang


def kind_heading(kind: str, groups: Sequence[KindGroup], lang: Lang) -> str:
    """What the groups of a kind are, and whether women and men are told apart."""
    crossed = any(one.crossed for one in groups)
    return term(f"groups_{kind}" if crossed or kind == "sex" else f"by_{kind}", lang)


def kind_table(
    visit: Visit,
    indicator: Indicator,
    own: str,
    *,
    kind: str,
    groups: Sequence[KindGroup],
    rows: pd.DataFrame,
) -> html.Div:
    """Every group, and each sex of it, in the first and the last year of its newest stretch."""
    lang, crossed = visit.lang, any(one.crossed for one in groups)
    heads = ["groups_column", *(["sex"] if crossed else []), "groups_start", "groups_end"]
    body = []
    for one in groups:
        for place, group in enumerate(one.groups):
            first, last = _ends(_series(rows, own, group, indicator), indicator)
            cells: list[Any] = [_head(visit, kind, one, len(one.groups))] if place == 0 else []
            if crossed:
                name = category_label(visit.catalogue, "sex", group.sex, lang)
                cells.append(html.Td(name, className="sex"))
            cells += [_dated(each, indicator, visit) for each in (first, last)]
            body.append(html.Tr(cells))
    title = f"{kind_heading(kind, groups, lang)}, {visit.regions[own].name(lang)}"
    small = f"{unit_sentence(indicator, lang)} {term('groups_start_note', lang)}"
    return figure_table(
        title,
        [term(key, lang) for key in heads],
        [("", body)],
        unit=content.example_words(visit) + small,
        kind="groups crossed" if crossed else "groups",
    )


def sex_table(
    visit: Visit, indicator: Indicator, own: str, *, groups: Sequence[KindGroup], rows: pd.DataFrame
) -> html.Div:
    """Women and men of each group in the newest year, and what parts them."""
    lang = visit.lang
    period = rows[rows["value"].notna()]["period"].max() if rows["value"].notna().any() else ""
    title = term(
        "groups_by_sex",
        lang,
        title=term("groups_sex", lang),
        where=visit.regions[own].where[lang],
        period=period,
    )
    everybody = KindGroup(TOTAL, category_label(visit.catalogue, "background", TOTAL, lang), ())
    heads = [term("groups_column", lang)]
    heads += [category_label(visit.catalogue, "sex", sex, lang) for sex in SEXES]
    heads.append(_gap_head(indicator, lang))
    body = [
        _sexes(visit, indicator, own, one=one, rows=rows[rows["period"] == period])
        for one in (everybody, *groups)
    ]
    unit = content.example_words(visit) + unit_sentence(indicator, lang)
    return figure_table(title, heads, [("", body)], unit=unit, kind="groups")


def _sexes(
    visit: Visit, indicator: Indicator, own: str, *, one: KindGroup, rows: pd.DataFrame
) -> TableRow:
    """A group's name, its two values, and their difference as displayed."""
    pair = [next(iter(_series(rows, own, Group(sex, one.code), indicator)), None) for sex in SEXES]
    cells = [figure_cell(each, indicator, visit.lang) for each in pair]
    women, men = pair
    value = difference(women, men, indicator).value if women and men else None
    if value is None:
        missing = html.Span(term("not_compared", visit.lang), className="absent")
        return TableRow(one.name, [*cells, missing])
    return TableRow(one.name, [*cells, format.with_sign(value, indicator.decimals, visit.lang)])


def _gap_head(indicator: Indicator, lang: Lang) -> str:
    return f"{term('groups_gap', lang)} ({difference_unit(indicator, lang)})"


def _series(
    rows: pd.DataFrame, own: str, group: Group, indicator: Indicator
) -> tuple[Observation, ...]:
    return as_observations(ChartLine(own, group, "", "").rows(rows), indicator.id)


def _ends(
    shown: Sequence[Observation], indicator: Indicator
) -> tuple[Observation | None, Observation | None]:
    """The first with a number and the last of the newest stretch; None without rows."""
    if not shown:
        return None, None
    newest = unbroken(shown, indicator)[-1]
    return (newest.present or newest.observations)[0], newest.observations[-1]


def _head(visit: Visit, kind: str, one: KindGroup, height: int) -> html.Th:
    """The group, and the way to its line over time."""
    key = {"education": "educations", "sex": "sexes"}.get(kind, "backgrounds")
    href = link(visit.path, visit.state, view="tid", notices=(), **{key: (one.code,)})
    return html.Th(dcc.Link(one.name, href=href), scope="rowgroup" if height > 1 else "row",
                   rowSpan=height)  # fmt: skip


def _dated(one: Observation | None, indicator: Indicator, visit: Visit) -> html.Td:
    """A value with its year."""
    shown = figure_cell(one, indicator, visit.lang)
    if one is None:
        return shown
    inside = shown.children if isinstance(shown.children, list) else [shown.children]
    return html.Td([*inside, html.Small(one.period)], className="dated")


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """A section for each kind of groups that the own region has."""
    lang, places = visit.lang, visit.regions
    own, said = selected_region(visit.state, places)
    known = existing_combinations(visit.context, visit.warehouse, indicator.id, own)
    choices = offer(visit.catalogue, known)
    where = places[own].where[lang] if own in places else own
    title = term("groups_heading", lang, title=indicator.title[lang], where=where)
    found = {kind: groups_of_kind(visit.catalogue, choices, kind, lang) for kind in SECTION_KINDS}
    frames, body = [], []
    for kind, groups in found.items():
        if groups and not (kind == "sex" and any(_crossed(one) for one in found.values())):
            rows = _rows(visit, indicator, own, groups)
            frames.append(rows)
            body += _section(visit, indicator, own, choices=choices, kind=kind, groups=groups,
                             rows=rows)  # fmt: skip
    every = _together(frames)
    ends = [html.P(term("groups_none", lang, where=where), className="absent large")]
    if body:
        ends = [html.P(note[lang], className="src") for note in _notes(every, indicator)]
    menu = select("region", term("choose_region", lang), visit.menu(own), own)
    return ViewContent(
        heading=title,
        content=[*body, *ends, *content.source_notes(visit, indicator, every)],
        rows=every,
        controls=content.controls_row([menu]),
        notices=[*said, *notice_sentences(visit.state.notices, lang)],
        summary=_lede(every, visit, indicator),
    )


def _crossed(groups: Sequence[KindGroup]) -> bool:
    return any(one.crossed for one in groups)


def _lede(rows: pd.DataFrame, visit: Visit, indicator: Indicator) -> str:
    """The newest figure of everybody, beside whom the groups stand; "" where there is none."""
    everybody = (rows[list(DIMENSIONS)] == TOTAL).all(axis=1) & rows["value"].notna()
    found = as_observations(rows[everybody], indicator.id)
    return level_sentence(found[-1], visit.wording(indicator)) if found else ""


def _rows(
    visit: Visit, indicator: Indicator, own: str, groups: Sequence[KindGroup]
) -> pd.DataFrame:
    """The rows of the groups and of everybody, in one question."""
    every = [EVERYBODY, *(each for one in groups for each in one.groups)]
    every += [group._replace(sex=TOTAL) for group in every]
    return region_series(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=(own,),
        backgrounds=tuple(dict.fromkeys(group.background for group in every)),
        sexes=tuple(dict.fromkeys(group.sex for group in every)),
        educations=tuple(dict.fromkeys(group.education for group in every)),
    )


def _section(
    visit: Visit,
    indicator: Indicator,
    own: str,
    *,
    choices: Offer,
    kind: str,
    groups: Sequence[KindGroup],
    rows: pd.DataFrame,
) -> list[Any]:
    """Heading, small charts, what they say, and their tables."""
    lang = visit.lang
    title = kind_heading(kind, groups, lang)
    name = unit_sentence(indicator, lang)
    whole_of_parts = indicator.measure == "count"  # beside which its parts would lie flat
    reference = (
        None if whole_of_parts else everybody_line(choices, own, visit.regions[own].name(lang))
    )
    charts = [SmallChart(one.name, group_lines(one, own, reference)) for one in groups]
    figure = multiples(rows, charts, indicator, visit.look)
    newest = _newest(rows, kind, groups, indicator)
    told = [level_sentence(one, visit.wording(indicator)) for one in newest]
    how = [name, term("groups_same_scale", lang)]
    how.append(term("groups_sexes" if _crossed(groups) else "groups_one_line", lang))
    if any(mark["name"] == "break" for mark in figure["layout"]["shapes"]):
        how.append(term("break_lines", lang))
    if reference:
        how.append(term("groups_reference", lang, name=_everybody(visit, own)))
    how += _symbols(figure, lang)
    place = visit.regions[own].where[lang]
    full = f"{indicator.title[lang]} {place}: {title}"
    picture = content.chart_panel(
        figure,
        title=title,
        how=" ".join(how),
        alternative=content.text_alternative("groups_of", title, told, visit),
        sentences=[
            _apart([one for one in newest if one.sex == TOTAL or kind == "sex"], visit, indicator)
        ],
        id=f"chart-{kind}",
        footer=[chart_buttons(visit, indicator, rows, title=full, how=" ".join(how), what=title)],
    )
    tables = [kind_table(visit, indicator, own, kind=kind, groups=groups, rows=rows)]
    if kind == "origin" and _crossed(groups):
        tables.append(sex_table(visit, indicator, own, groups=groups, rows=rows))
    return [html.Section([picture, *tables], className="kind")]


def _symbols(figure: dict[str, Any], lang: Lang) -> list[str]:
    """What the symbols at the foot of the charts stand for: those that are drawn."""
    said = {
        symbol: meaning
        for trace in figure["data"]
        if trace["mode"] == "text"
        for symbol, meaning in zip(trace["text"], trace["customdata"], strict=True)
    }
    return [
        term("groups_symbol", lang, symbol=symbol, meaning=lower_first(meaning))
        for symbol, meaning in said.items()
    ]


def _everybody(visit: Visit, own: str) -> str:
    name = visit.catalogue.category["background", TOTAL].label[visit.lang].lower()
    return f"{name} {visit.regions[own].where[visit.lang]}"


def _newest(
    rows: pd.DataFrame, kind: str, groups: Sequence[KindGroup], indicator: Indicator
) -> tuple[Observation, ...]:
    """The observation of each group, of both sexes where there is one, in the newest year."""
    numbers = rows[rows["value"].notna()]
    if numbers.empty:
        return ()
    latest = rows[rows["period"] == numbers["period"].max()]
    seen = dict(zip(groups_in(latest), latest.to_dict("records"), strict=True))
    kept = []
    for one in groups:
        both = group_of_code(kind, one.code)
        kept += [seen[group] for group in ([both] if both in seen else one.groups) if group in seen]
    return as_observations(pd.DataFrame(kept, columns=SERIES_COLUMNS), indicator.id) if kept else ()


def _apart(newest: Sequence[Observation], visit: Visit, indicator: Indicator) -> str:
    """What parts the first and the last group of a kind; "" for one alone, and of counts."""
    parts = [one for one in newest if one.background not in WHOLE_GROUPS]
    if len(parts) < 2 or indicator.measure in {"class", "count"}:
        return ""
    return gap_sentence(parts[0], parts[-1], visit.wording(indicator)).complete


def _together(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """All rows, each once."""
    if not frames:
        return pd.DataFrame(columns=SERIES_COLUMNS)
    key = ["region", *DIMENSIONS, "period"]
    return pd.concat(frames, ignore_index=True).drop_duplicates(key, ignore_index=True)


def _notes(rows: pd.DataFrame, indicator: Indicator) -> Sequence[Any]:
    return following_notes(as_observations(rows, indicator.id), indicator)
