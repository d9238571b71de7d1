"""
A briefing: one region, a few indicators, their sentences and charts.

Asks `overview` and `panel`. Page, PDF and slides are made of the same briefing; it
words nothing itself and lays nothing out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from dashboard.codes import EVERYBODY, SEXES, Group, codes_of_groups
from dashboard.data.observation import PERIOD
from dashboard.data.series import ask_together, existing_combinations
from dashboard.panels.highlights import HighlightTexts, highlight_texts, standout
from dashboard.panels.inventory import longer_periods
from dashboard.panels.overview import (
    BORN_ABROAD,
    BORN_HERE,
    OverviewRow,
    missing_figure,
    overview_rows,
)
from dashboard.panels.panel import Panel, line_panel
from dashboard.panels.provenance import composition_lines, shortfalls, source_lines, why_none
from dashboard.sentences.notes import following_notes, standing_notes
from dashboard.sentences.wording import group_label, inline_label, value_phrase
from dashboard.state.comparison import chart_comparison, comparison_regions
from dashboard.state.groups import MOST_LINES, offer, opening_codes
from dashboard.state.regions import Region, area_sentences, inline, names_apart
from dashboard.state.resolve import (
    LineSelection,
    chosen_indicators,
    line_selection,
    named_groups,
    notice_sentences,
    own_group_elsewhere,
    regrouped,
    selected_region,
)
from dashboard.state.url import State, carried, link
from dashboard.state.visit import Visit
from dashboard.text import capital, enumerated, format, term
from dashboard.text.format import Look
from etl.catalogue import TOTAL, Indicator

_MOST_CHAPTERS = 6  # chapters; with headline figures and sources they fill four sheets
# Resources and problems, where the link chooses none.
_USUAL_INDICATORS = (
    "employment_rate",
    "qualified_work_share",
    "open_unemployment",
    "neet_20_25",
    "upper_secondary_eligibility",
    "foreign_born_share",
)
_GROUP_KEYS = ("backgrounds", "sexes", "ages", "educations")
_BRIEFING_KEYS = (
    "comparison", "indicators", "theme", "collection", "years", "text_size", *_GROUP_KEYS,
)  # fmt: skip


@dataclass(frozen=True)
class Chapter:
    """
    One indicator: its statement, sentences and charts.

    `row` is None where the region has no figure at all. `panels` are the region beside others
    and, where the source has them, its groups by region of birth. `limits` say what the measure
    does not show, `notes` follow the values, `compositions` say of which regions the unions in
    charts and sentences are made; the sentences do not repeat it. `sources` name the tables.
    """

    indicator: Indicator
    title: str
    row: OverviewRow | None
    panels: tuple[Panel, ...]
    sentences: tuple[str, ...]
    limits: tuple[str, ...]
    notes: tuple[str, ...]
    compositions: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Briefing:
    """
    What a briefing holds; `notices` are what the link asks in vain.

    `rolling` is its address with the newest figures, `frozen` the one that stays as it is.
    """

    title: str
    subtitle: str
    region: str
    highlights: HighlightTexts
    chapters: tuple[Chapter, ...]
    notices: tuple[str, ...]
    rolling: str
    frozen: str


def briefing_content(visit: Visit) -> Briefing:
    """
    The briefing of a link: at most `_MOST_CHAPTERS` chapters, those left out in its notices.

    It is remembered, as a PDF or slides are made of the page that their reader has just seen.
    """
    key = (visit.warehouse.identity, "briefing", visit.state)
    return visit.context.recent.recall(key, lambda: _briefing(visit))


def _briefing(visit: Visit) -> Briefing:
    lang, (region, notices) = visit.lang, selected_region(visit.state, visit.regions)
    notices += notice_sentences(visit.state.notices, lang)
    notices += [*own_group_elsewhere(visit.state), *_groups_told(visit)]
    known = visit.catalogue.indicator
    usual = [known[id] for id in _USUAL_INDICATORS if id in known] or visit.catalogue.indicators
    indicators, subject, unknown_indicators = chosen_indicators(
        visit.state,
        visit.catalogue,
        named=term("briefing_own", lang),
        usual=(usual, term("briefing_usual", lang)),
    )
    listed, left_out = indicators[:_MOST_CHAPTERS], indicators[_MOST_CHAPTERS:]
    if left_out:
        names = enumerated([indicator.title[lang] for indicator in left_out], lang)
        unknown_indicators.append(
            term("briefing_left_out", lang, count=_MOST_CHAPTERS, names=names)
        )
    similar = partial(visit.similar, region, *(indicator.id for indicator in listed))
    comparison, unknown_regions = comparison_regions(visit.state, region, visit.regions, similar)
    chapters = _chapters(visit, region, listed, comparison)
    compared = {
        code
        for indicator in listed
        for code in chart_comparison(region, comparison, indicator, visit.regions)
    }
    names_beside = [inline(visit.regions[code], lang) for code in comparison if code in compared]
    name = visit.regions[region].name(lang)
    subtitle = (
        term("briefing_beside", lang, names=enumerated(names_beside, lang)) if names_beside else ""
    )
    chosen = visit.chosen_by(*(indicator.id for indicator in listed))
    subtitle += f" ({chosen})" if subtitle and chosen else ""
    return Briefing(
        term("briefing_title", lang, region=name, what=subject),
        subtitle,
        region,
        highlight_texts(visit, standout(visit, region)),
        chapters,
        (*notices, *unknown_indicators, *unknown_regions, *_longer(visit, chapters)),
        link(
            "/briefing",
            carried(visit.state, *_BRIEFING_KEYS, region=region, version="", years=None),
        ),
        link(
            "/briefing",
            carried(visit.state, *_BRIEFING_KEYS, region=region, **_pinned(visit, chapters)),
        ),
    )


def _longer(visit: Visit, chapters: Sequence[Chapter]) -> Iterator[str]:
    """Of which indicators whole years are shown where the link asks for parts of them."""
    for chapter in chapters:
        periods = {period for panel in chapter.panels for period in map(PERIOD, panel.series)}
        for sentence in longer_periods(visit, visit.state.years, periods):
            yield f"{chapter.indicator.title[visit.lang]}. {sentence}"


def drawn_years(chapters: Sequence[Chapter]) -> tuple[str, str] | None:
    """The first and the last calendar year of what is drawn; None where nothing is."""
    periods = [
        row.period[:4] for chapter in chapters for panel in chapter.panels for row in panel.series
    ]
    return (min(periods), max(periods)) if periods else None


def briefing_sources(briefing: Briefing) -> tuple[str, ...]:
    """The source lines of all that a briefing tells, each once."""
    lines = (line for chapter in briefing.chapters for line in chapter.sources)
    return tuple(dict.fromkeys([*lines, *filter(None, [briefing.highlights.source])]))


def _pinned(visit: Visit, chapters: Sequence[Chapter]) -> dict[str, object]:
    """The version and the years that are shown, for a link that stays as it is."""
    return {"version": visit.warehouse.version, "years": visit.state.years or drawn_years(chapters)}


class _Plan(NamedTuple):
    """
    What a chapter is made of: its row, what is drawn, and the sexes, which are only told.

    `notices`: which groups and regions that are asked for are not drawn.
    """

    indicator: Indicator
    row: OverviewRow | None
    beside: Sequence[str]
    drawn: Sequence[LineSelection]
    sexes: Sequence[LineSelection]
    notices: Sequence[str] = ()


def _groups_told(visit: Visit) -> list[str]:
    """What is of the groups that a link names, and what is of everybody."""
    named = named_groups(visit.state)
    if named == (EVERYBODY,):
        return []
    names = [inline_label(visit.catalogue, group, visit.lang) for group in named]
    return [term("briefing_groups", visit.lang, what="; ".join(names))]


def _chapters(
    visit: Visit, region: str, indicators: Sequence[Indicator], comparison: tuple[str, ...]
) -> tuple[Chapter, ...]:
    """The chapters; the figures of all are asked for at once."""
    ids = [indicator.id for indicator in indicators]
    rows = overview_rows(visit, region, visit.state.years, comparison, only=ids)
    plans = [
        _plan(visit, region, indicator, comparison, row=rows.get(indicator.id))
        for indicator in indicators
    ]
    selections = [selection for plan in plans for selection in (*plan.drawn, *plan.sexes)]
    ask_together(
        visit.context,
        visit.warehouse,
        [(view.indicator, view.regions, codes_of_groups(view.groups)) for view in selections],
    )
    return tuple(_chapter(visit, region, comparison, plan) for plan in plans)


def _plan(
    visit: Visit,
    region: str,
    indicator: Indicator,
    comparison: Sequence[str],
    *,
    row: OverviewRow | None,
) -> _Plan:
    beside = chart_comparison(region, comparison, indicator, visit.regions)
    if named_groups(visit.state) != (EVERYBODY,):
        asked, notices = _of_groups(visit, region, indicator, visit.state, beside=beside)
        return _Plan(indicator, row, beside, [asked], (), notices)
    sexes = LineSelection(
        indicator.id,
        region,
        (),
        (row.group if row else TOTAL,),
        SEXES,
        "sex",
        years=visit.state.years,
        counts=visit.state.counts,
    )
    drawn = _views(visit, region, indicator, row, comparison=beside)
    return _Plan(indicator, row, beside, drawn, [sexes])


def _of_groups(
    visit: Visit, region: str, indicator: Indicator, state: State, *, beside: Sequence[str]
) -> tuple[LineSelection, list[str]]:
    """
    The groups of a link, crossed with the regions as far as one chart has room for them.

    Else those of the region alone, with a sentence for the regions, and groups, left out.
    """
    lang = visit.lang
    existing = existing_combinations(visit.context, visit.warehouse, indicator.id, region)
    asked = replace(
        state, region=region, comparison=tuple(beside), region_group=None, split="", notices=()
    )
    view, notices = line_selection(
        asked,
        indicator.id,
        catalogue=visit.catalogue,
        regions=visit.regions,
        choices=offer(visit.catalogue, existing),
    )
    if view.split and view.comparison:
        names = ", ".join(names_apart(view.comparison, visit.regions, lang).values())
        notices.append(term("regions_not_shown", lang, names=names))
    if view.split:
        groups, left_out = view.groups[:MOST_LINES], view.groups[MOST_LINES:]
        view = replace(
            view, comparison=(), split="", reference="", without=view.without.union(left_out)
        )
        if left_out:
            names = "; ".join(group_label(visit.catalogue, one, lang) for one in left_out)
            notices.append(term("too_many", lang, count=len(groups), names=names))
    return view, notices


def _declared(visit: Visit, region: str, indicator: Indicator) -> LineSelection | None:
    """The breakdown, or age, that the collection of a link opens an indicator with; or None."""
    collection = visit.catalogue.collection.get(visit.state.collection)
    members = collection.members if collection and not visit.state.indicators else ()
    member = next((one for one in members if one.indicator == indicator.id), None)
    if member is None or not (member.breakdown or member.age):
        return None
    existing = existing_combinations(visit.context, visit.warehouse, indicator.id, region)
    choices = offer(visit.catalogue, existing)
    state = replace(visit.state, ages=(member.age or TOTAL,))
    if member.breakdown:
        base = Group(age=member.age or TOTAL)
        codes = opening_codes(member.breakdown, choices.crossed(member.breakdown, [base]))
        lists = {"age": "ages", "sex": "sexes", "education": "educations"}
        key = lists.get(member.breakdown, "backgrounds")
        state = regrouped(state, {key: codes or (TOTAL,)})
    if named_groups(state) == (EVERYBODY,):
        return None
    return _of_groups(visit, region, indicator, state, beside=())[0]


def _chapter(visit: Visit, region: str, comparison: Sequence[str], plan: _Plan) -> Chapter:
    indicator, row = plan.indicator, plan.row
    panels = _panels(visit, plan.drawn)
    sex_panels = [panel for panel in _panels(visit, plan.sexes) if len(panel.lines) == len(SEXES)]
    statement = _statement(visit, indicator, row)
    shown = tuple(panel for panel in panels if _is_of(panel, visit.regions[region]))
    compositions = _compositions(visit, region, indicator, [*shown, *sex_panels])
    figures = [observation for panel in shown for observation in panel.series]
    present = {figure.region for figure in figures if figure.present}
    missing = [code for code in plan.beside if code not in present]
    asked = visit.state.counts and indicator.measure == "share"
    lacks_counts = asked and indicator.counted is None
    return Chapter(
        indicator,
        statement,
        row,
        shown,
        tuple(
            sentence
            for sentence in _sentences([*shown, *sex_panels], compositions)
            if sentence not in statement
        ),
        tuple(note[visit.lang] for note in (indicator.not_captured, *standing_notes(indicator))),
        (
            *plan.notices,
            *shortfalls(visit, indicator),
            *([term("share_without_counts", visit.lang)] if lacks_counts else []),
            *(note[visit.lang] for note in following_notes(figures, indicator, visit.catalogue)),
            *area_sentences(
                dict.fromkeys(figure.region for figure in figures), visit.regions, visit.lang
            ),
            *([term("briefing_count", visit.lang)] if len(plan.beside) < len(comparison) else []),
            *filter(None, (why_none(visit, indicator, code) for code in missing)),
        ),
        compositions,
        tuple(line for panel in shown[:1] for line in source_lines(visit, indicator, panel.series)),
    )


def _is_of(panel: Panel, region: Region) -> bool:
    """Whether a chart shows the region or its members: never others alone under its name."""
    return any(line.region in {region.code, *region.members} for line in panel.lines)


def _views(
    visit: Visit,
    region: str,
    indicator: Indicator,
    row: OverviewRow | None,
    *,
    comparison: Sequence[str],
) -> list[LineSelection]:
    """What is drawn: the region beside others and, where there is a gap, its groups by origin."""
    group, years = row.group if row else TOTAL, visit.state.years
    selections = [
        LineSelection(
            indicator.id,
            region,
            tuple(comparison),
            (group,),
            (TOTAL,),
            "region",
            years=years,
            counts=visit.state.counts,
        )
    ]
    if declared := _declared(visit, region, indicator):
        selections.append(declared)
    elif row and row.pair != (None, None) and row.content.gap:
        pair = (BORN_HERE, BORN_ABROAD)
        selections.append(
            LineSelection(
                indicator.id,
                region,
                (),
                pair,
                (TOTAL,),
                "background",
                years=years,
                counts=visit.state.counts,
            )
        )
    return selections


def _panels(visit: Visit, selections: Sequence[LineSelection]) -> list[Panel]:
    look = Look(visit.lang, narrow=True, example=visit.warehouse.example)
    return [
        line_panel(visit.context, visit.warehouse, view, regions=visit.regions, look=look)
        for view in selections
    ]


def _compositions(
    visit: Visit, region: str, indicator: Indicator, panels: Sequence[Panel]
) -> tuple[str, ...]:
    """How whole the unions are of which any chart or sentence is, the own region's first."""
    united = [row for panel in panels for row in panel.series if row.members]
    if not united:
        return ()
    rows = sorted(united, key=lambda row: row.region != region)
    return composition_lines(visit, indicator, rows)


def _sentences(panels: Sequence[Panel], compositions: Sequence[str]) -> tuple[str, ...]:
    """
    Level, change and directions of the region; then the gaps by origin and by sex.

    How a union is made stands in `compositions`, or once here where those do not have it.
    """
    sentences_so_far, levels = " ".join(compositions), []
    for panel in panels:
        missing = [words for words in panel.summary.united if words not in sentences_so_far]
        levels.append(" ".join(filter(None, (panel.summary.level, *missing))))
        sentences_so_far = " ".join([sentences_so_far, *missing])
    if not panels:
        return ()
    first_narrative, (first, *gaps) = panels[0].summary, levels
    return tuple(
        dict.fromkeys(
            filter(None, (first, first_narrative.change, *first_narrative.directions, *gaps))
        )
    )


def _statement(visit: Visit, indicator: Indicator, row: OverviewRow | None) -> str:
    """The indicator's newest figure and the sentence that compares it with the first region."""
    lang, title = visit.lang, indicator.title[visit.lang]
    newest = row.content.newest if row else None
    if row is None or newest is None:
        return term(
            "statement_missing", lang, title=title, missing=missing_figure(visit, indicator)
        )
    number = value_phrase(newest, visit.wording(indicator))
    statement = term(
        "statement", lang, title=title, value=number, at=format.at_period(newest.period, lang)
    )
    first = row.content.beside[:1]
    return capital(f"{statement}, {first[0][:1].lower()}{first[0][1:]}" if first else statement)
