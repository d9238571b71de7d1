"""
Over time: the selected region or its groups, the regions beside it, and the table of the chart.

Everything that can be chosen exists in the source; the rest is disabled with the reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from dash import dcc, html

from dashboard.charts import style
from dashboard.codes import Group, codes_of_groups
from dashboard.components.controls import line_chips, line_controls, offered_codes
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import has_empty, panel_table, table_section
from dashboard.data.observation import PERIOD, Observation, with_numbers
from dashboard.data.queries.holdings import has_numbers
from dashboard.data.series import (
    existing_combinations,
    levels,
    region_series,
    union_medians,
)
from dashboard.pages.indicator import content
from dashboard.pages.indicator.content import ViewContent
from dashboard.panels.inventory import longer_periods, no_figures_in_years, years_to_come
from dashboard.panels.panel import Panel, all_years, line_panel, rows_inside
from dashboard.panels.provenance import reasons, source_lines, why_none
from dashboard.rules.order import ALPHABET
from dashboard.sentences import unions
from dashboard.sentences.notes import following_notes
from dashboard.sentences.unions import MOST_PARTS_NAMED
from dashboard.sentences.wording import group_label
from dashboard.state.groups import offer
from dashboard.state.regions import (
    area_sentences,
    inline,
    menu_name,
    names_apart,
    with_region_group,
)
from dashboard.state.resolve import (
    LineSelection,
    line_selection,
    selected_region,
)
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import Indicator

_MOST_BESIDE = 4


def _missing_reason(
    visit: Visit,
    indicator: Indicator,
    shown: LineSelection,
    *,
    region: str,
    group: Group | None = None,
) -> str:
    """Why a region has no figure: of a union that its members have, what its rule forbids."""
    group = group or shown.groups[0]
    entry, lang = visit.regions.get(region), visit.lang
    if none := why_none(visit, indicator, region):
        return none
    has_members = entry and entry.is_several
    if not (entry and has_members and _members_with_figures(visit, indicator, shown, region)):
        where = entry.where[lang] if entry else region
        return f"{term('no_data_here', lang, where=where)}."
    name = entry.bare_name(lang)
    return unions.no_union_sentence(indicator, name=name, members=(), group=group, lang=lang)


def _members_section(
    visit: Visit, indicator: Indicator, shown: LineSelection
) -> list[html.Section]:
    """The members of the selected union by name, as links, where it has no figure of its own."""
    members = _members_with_figures(visit, indicator, shown, shown.region)
    if not members or _rows(visit, indicator, shown):
        return []
    lang, path = visit.lang, f"/indikator/{indicator.id}"
    compare_link = link(path, visit.state, view="jamfor")
    member_list: Any = html.P(dcc.Link(term("one_by_one", lang), href=compare_link))
    if len(members) <= MOST_PARTS_NAMED:
        names = {code: menu_name(visit.regions[code], lang) for code in members}
        links = {
            code: link(path, visit.state, region=code, comparison=_members_beside(code, members))
            for code in members
        }
        member_list = html.Ul([html.Li(dcc.Link(names[code], href=links[code])) for code in names])
    median = _median(visit, indicator, shown)
    content = [
        html.P(unions.parts_shown_sentence(members, lang)),
        member_list,
        *([html.P(median)] if median else []),
    ]
    return [html.Section(content, className="apart")]


def _members_beside(code: str, members: tuple[str, ...]) -> tuple[str, ...]:
    """The first members but this one, which are drawn beside it."""
    return tuple(member for member in members if member != code)[:_MOST_BESIDE]


def _members_with_figures(
    visit: Visit, indicator: Indicator, shown: LineSelection, region: str
) -> tuple[str, ...]:
    """The members of a union that have figures, by name; none of any other region."""
    union = visit.regions.get(region)
    if union is None or not union.members:
        return ()
    rows = levels(
        visit.context, visit.warehouse, indicator.id, codes=union.members, group=shown.groups[0]
    )
    with_rows = {row.region for row in rows} & set(visit.regions)
    names = {code: menu_name(visit.regions[code], visit.lang) for code in with_rows}
    return tuple(sorted(with_rows, key=lambda code: names[code].casefold().translate(ALPHABET)))


def _rows(visit: Visit, indicator: Indicator, shown: LineSelection) -> Sequence[Observation]:
    return region_series(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=(shown.region,),
        groups=codes_of_groups(shown.groups),
    )


def _median(visit: Visit, indicator: Indicator, shown: LineSelection) -> str:
    """The newest median of the members, under its name; "" where there is none."""
    rows = union_medians(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=(shown.region,),
        groups=codes_of_groups(shown.groups[:1]),
    )
    medians = with_numbers(rows)
    return unions.median_sentence(medians[-1], visit.wording(indicator)) if medians else ""


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The lines that the link asks for, as chart and table."""
    state, regions = visit.state, visit.regions
    _, _, own_notices = with_region_group(state.region_group, regions, visit.lang)
    region = selected_region(state, regions)[0]
    existing = existing_combinations(visit.context, visit.warehouse, indicator.id, region)
    choices = offer(visit.catalogue, existing)
    shown, notices = line_selection(
        state,
        indicator.id,
        catalogue=visit.catalogue,
        regions=regions,
        choices=choices,
        similar=partial(visit.similar, region, indicator.id),
        own=visit.own,
    )
    notices += own_notices
    rows = all_years(visit.context, visit.warehouse, shown)
    periods = sorted(set(map(PERIOD, rows)))
    if shown.years and periods:
        notices += years_to_come(visit, indicator.id, shown.years)
        inside = set(map(PERIOD, rows_inside(rows, shown.years)))
        notices += longer_periods(visit, shown.years, inside)
        if not inside:
            notices += [
                *no_figures_in_years(visit, indicator.id, shown.years),
                format.term_by_length("all_years", periods[0], visit.lang),
            ]
            shown = replace(shown, years=None)
    panel = line_panel(
        visit.context, visit.warehouse, shown, regions=regions, look=visit.look, among=True
    )
    panel = _with_likeness(panel, visit)
    controls = line_controls(visit, shown, choices, periods)
    summary = _lede(visit, indicator, shown, panel)
    lede, more = content.summary_parts(summary, visit, indicator) if panel.series else (summary, "")
    own, others = _missing_reasons(visit, indicator, shown, panel)
    return ViewContent(
        heading=panel.heading,
        content=[
            *_members_section(visit, indicator, shown),
            *_chart(visit, indicator, shown, panel, more=more, missing=others),
        ],
        rows=panel.series,
        controls=replace(controls, chosen=_chosen(visit, shown, panel)),
        notices=[*notices, *own],
        offered=offered_codes(shown, choices),
        summary=lede,
        has_empty=has_empty(panel),
        goals=panel.goals,
        wording=panel.wording,
    )


def _chosen(visit: Visit, shown: LineSelection, panel: Panel) -> str:
    """The lines by name; where regions and groups are crossed, each region and group once."""
    if min(len(shown.regions), len(shown.groups)) == 1:
        return ", ".join(line.name for line in (*panel.lines, *panel.absent))
    regions = names_apart(shown.regions, visit.regions, visit.lang).values()
    groups = [group_label(visit.catalogue, group, visit.lang) for group in shown.groups]
    return f"{', '.join(regions)} · {'; '.join(groups)}"


def _with_likeness(panel: Panel, visit: Visit) -> Panel:
    """The panel with the reader's own criteria of similar municipalities behind its heading."""
    chosen = visit.chosen_by(panel.wording.indicator.id)
    if not chosen:
        return panel
    heading = f"{panel.heading} ({chosen})"
    return replace(
        panel,
        heading=heading,
        alternative=panel.alternative.replace(panel.heading, heading, 1),
    )


def _missing_reasons(
    visit: Visit, indicator: Indicator, shown: LineSelection, panel: Panel
) -> tuple[list[str], list[str]]:
    """
    A sentence for each region, or group of one, without figures beside those that have.

    Those of the selected region, which stand above the chart, and those of the others.
    """
    if not panel.lines:
        return [], []
    with_lines = {line.region for line in panel.lines}
    absent = [line for line in panel.absent if not _is_selected_union(visit, shown, line.region)]
    without = dict.fromkeys(line.region for line in absent if line.region not in with_lines)
    sentences = {
        region: _missing_reason(visit, indicator, shown, region=region) for region in without
    }
    for region in dict.fromkeys(line.region for line in absent if line.region in with_lines):
        groups = [line.group for line in absent if line.region == region]
        what = "; ".join(group_label(visit.catalogue, group, visit.lang) for group in groups)
        name = inline(visit.regions[region], visit.lang)
        sentences[region] = term("no_combination_for", visit.lang, region=name, what=what)
    own = [words for region, words in sentences.items() if region == shown.region]
    return own, [words for region, words in sentences.items() if region != shown.region]


def _lede(visit: Visit, indicator: Indicator, shown: LineSelection, panel: Panel) -> str:
    """What the newest figures say; of a selected union without some, first why it has none."""
    absent = [line for line in panel.absent if _is_selected_union(visit, shown, line.region)]
    if not (absent and panel.lines):
        return panel.summary.lede
    group = absent[0].group
    reason = _missing_reason(visit, indicator, shown, region=shown.region, group=group)
    own = any(line.region == shown.region for line in panel.lines)
    return " ".join([panel.summary.lede, reason] if own else [reason, panel.summary.lede])


def _is_selected_union(visit: Visit, shown: LineSelection, region: str) -> bool:
    """Whether a region is the selected one, and a union."""
    return region == shown.region and bool(visit.regions[region].members)


def _chart(
    visit: Visit,
    indicator: Indicator,
    shown: LineSelection,
    panel: Panel,
    *,
    more: str,
    missing: Sequence[str],
) -> list[Any]:
    """
    The chart with its words and its table; one sentence where there is nothing to draw.

    `more`: what the newest figures say besides what stands above. `missing`: why regions beside
    the selected one have no line, which stands under their names.
    """
    lang, warehouse = visit.lang, visit.warehouse
    chips = line_chips(visit, panel.key if panel.is_split else (*panel.lines, *panel.absent), shown)
    if not panel.series:
        text = f"{term('no_data', lang)}."
        if has_numbers(warehouse, indicator.id):
            text = _missing_reason(visit, indicator, shown, region=shown.region)
        reason = html.P(text, className="absent large")
        return [reason, *chips, *reasons(visit, indicator)]
    table = table_section(
        panel_table(panel, indicator, lang), _notes(visit, panel, indicator), lang
    )
    sources = source_lines(visit, indicator, panel.series)
    in_key = panel.key if panel.is_split else panel.lines if visit.look.narrow else ()
    strokes = style.STROKES if len({line.colour for line in in_key}) < len(in_key) else {}
    key = [(line.colour, f"{strokes.get(line.dash, '')} {line.name}".strip()) for line in in_key]
    buttons = chart_buttons(
        visit, indicator, panel.series, title=panel.heading, how=panel.subline, key=key
    )
    directions = " ".join(panel.summary.directions)
    picture = content.chart_panel(
        content.DrawnChart(
            panel.figure,
            title=content.heading_words(panel.heading, indicator, lang),
            how=panel.subline,
            alternative=panel.alternative,
            sentences=[more, panel.summary.change, directions],
            chips=[*chips, *([html.P(" ".join(missing), className="absent")] if missing else [])],
            footer=[*(html.P(line, className="src") for line in sources), buttons],
        )
    )
    return [picture, *content.similar_ways(visit, indicator), *reasons(visit, indicator), table]


def _notes(visit: Visit, panel: Panel, indicator: Indicator) -> list[str]:
    """What the shown values and areas call for, without what the page's first sentence says."""
    notes = following_notes(
        panel.series,
        indicator,
        visit.catalogue,
        beside_marks=True,
    )
    texts = [
        *(note[visit.lang] for note in notes),
        *area_sentences(
            dict.fromkeys(row.region for row in panel.series), visit.regions, visit.lang
        ),
    ]
    return [text for text in texts if text not in panel.summary.lede]
