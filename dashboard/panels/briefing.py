"""
A briefing: one region, a few indicators, what may be said of them and their charts.

An edge over `headline` and `panel`. Page, PDF and slides are made of the same briefing; it
words nothing itself and lays nothing out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from dashboard.codes import SEXES
from dashboard.data.observation import as_observations
from dashboard.panels.overview import (
    BORN_ABROAD,
    BORN_HERE,
    OverviewRow,
    missing_figure,
    overview_rows,
)
from dashboard.panels.panel import Panel, line_panel
from dashboard.panels.provenance import composition_lines, source_lines
from dashboard.sentences.notes import following_notes, standing_notes
from dashboard.sentences.wording import value_phrase
from dashboard.state.comparison import chart_comparison, comparison_regions
from dashboard.state.regions import inline
from dashboard.state.resolve import (
    LineSelection,
    chosen_indicators,
    notice_sentences,
    selected_region,
)
from dashboard.state.url import carried, link
from dashboard.state.visit import Visit
from dashboard.text import capital, enumerated, term
from dashboard.text.format import Look
from etl.catalogue import TOTAL, Indicator

MOST_CHAPTERS = 6  # chapters; with headline figures and sources they fill four sheets
# Resources and problems, where nobody says which.
USUAL_INDICATORS = (
    "employment_rate",
    "qualified_work_share",
    "open_unemployment",
    "neet_20_25",
    "upper_secondary_eligibility",
    "foreign_born_share",
)
BRIEFING_KEYS = ("comparison", "indicators", "theme", "collection", "years", "text_size")


@dataclass(frozen=True)
class Chapter:
    """
    One indicator: its statement, sentences and charts.

    `row` is None where the region has no figure at all. `panels` are the region beside others
    and, where the source has them, its groups by region of birth. `limits` say what the measure
    does not show, `notes` follow the values, `made` says of which regions those of several are
    made in all that is drawn or told; the sentences do not repeat it. `sources` name the tables.
    """

    indicator: Indicator
    title: str
    row: OverviewRow | None
    panels: tuple[Panel, ...]
    sentences: tuple[str, ...]
    limits: tuple[str, ...]
    notes: tuple[str, ...]
    made: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Briefing:
    """What a briefing holds; `said` is what the link asks in vain, `address` its permalink."""

    title: str
    subtitle: str
    region: str
    chapters: tuple[Chapter, ...]
    said: tuple[str, ...]
    rolling: str
    frozen: str


def briefing_content(visit: Visit) -> Briefing:
    """The briefing of a link: at most `MOST` chapters, those left out said."""
    lang, (own, said) = visit.lang, selected_region(visit.state, visit.regions)
    said += notice_sentences(visit.state.notices, lang)
    known = visit.catalogue.indicator
    usual = [known[id] for id in USUAL_INDICATORS if id in known] or visit.catalogue.indicators
    indicators, what, strange = chosen_indicators(
        visit.state,
        visit.catalogue,
        named=term("briefing_own", lang),
        usual=(usual, term("briefing_usual", lang)),
    )
    if indicators[MOST_CHAPTERS:]:
        names = enumerated([one.title[lang] for one in indicators[MOST_CHAPTERS:]], lang)
        strange.append(term("briefing_left_out", lang, count=MOST_CHAPTERS, names=names))
    shown = indicators[:MOST_CHAPTERS]
    similar = partial(visit.similar, own, *(one.id for one in shown))
    others, unknown = comparison_regions(visit.state, own, visit.regions, similar)
    chapters = tuple(_chapter(visit, own, one, others) for one in shown)
    drawn = {code for one in shown for code in chart_comparison(own, others, one, visit.regions)}
    beside = [inline(visit.regions[code], lang) for code in others if code in drawn]
    name = visit.regions[own].name(lang)
    subtitle = term("briefing_beside", lang, names=enumerated(beside, lang)) if beside else ""
    return Briefing(
        term("briefing_title", lang, region=name, what=what),
        subtitle,
        own,
        chapters,
        (*said, *strange, *unknown),
        link("/briefing", carried(visit.state, *BRIEFING_KEYS, region=own, version="", years=None)),
        link(
            "/briefing",
            carried(visit.state, *BRIEFING_KEYS, region=own, **_pinned(visit, chapters)),
        ),
    )


def drawn_years(chapters: Sequence[Chapter]) -> tuple[str, str] | None:
    """The first and the last year that is drawn; None where nothing is."""
    periods = [
        period[:4]
        for chapter in chapters
        for drawn in chapter.panels
        for period in drawn.series["period"]
    ]
    return (min(periods), max(periods)) if periods else None


def _pinned(visit: Visit, chapters: Sequence[Chapter]) -> dict[str, object]:
    """The version and the years that are shown, for a link that stays as it is."""
    return {"version": visit.warehouse.version, "years": visit.state.years or drawn_years(chapters)}


def _chapter(visit: Visit, own: str, indicator: Indicator, others: Sequence[str]) -> Chapter:
    row = overview_rows(visit, own, visit.state.years, tuple(others)).get(indicator.id)
    beside = chart_comparison(own, others, indicator, visit.regions)
    drawn = _panels(visit, _views(visit, own, indicator, row, beside=beside))
    group = row.group if row else TOTAL
    by_sex = LineSelection(indicator.id, own, (), (group,), SEXES, "sex", years=visit.state.years)
    sexes = [one for one in _panels(visit, [by_sex]) if len(one.lines) == len(SEXES)]
    shown = tuple(one for one in drawn if not one.series.empty)
    made = _made(visit, own, indicator, [*shown, *sexes])
    seen = [one for each in shown for one in as_observations(each.series, indicator.id)]
    return Chapter(
        indicator,
        _statement(visit, indicator, row),
        row,
        shown,
        _told([*drawn, *sexes], made),
        tuple(note[visit.lang] for note in (indicator.not_captured, *standing_notes(indicator))),
        (
            *(note[visit.lang] for note in following_notes(seen, indicator)),
            *([term("briefing_count", visit.lang)] if len(beside) < len(others) else []),
        ),
        made,
        tuple(line for one in shown[:1] for line in source_lines(visit, indicator, one.series)),
    )


def _views(
    visit: Visit, own: str, indicator: Indicator, row: OverviewRow | None, *, beside: Sequence[str]
) -> list[LineSelection]:
    """What is drawn: the region beside others and, where there is a gap, its groups by origin."""
    group, years = row.group if row else TOTAL, visit.state.years
    views = [
        LineSelection(indicator.id, own, tuple(beside), (group,), (TOTAL,), "region", years=years)
    ]
    if row and row.pair != (None, None) and row.glance.gap:
        pair = (BORN_HERE, BORN_ABROAD)
        views.append(
            LineSelection(indicator.id, own, (), pair, (TOTAL,), "background", years=years)
        )
    return views


def _panels(visit: Visit, views: Sequence[LineSelection]) -> list[Panel]:
    look = Look(visit.lang, narrow=True, example=visit.warehouse.example)
    return [
        line_panel(visit.context, visit.warehouse, view, regions=visit.regions, look=look)
        for view in views
    ]


def _made(visit: Visit, own: str, indicator: Indicator, told: Sequence[Panel]) -> tuple[str, ...]:
    """How whole the unions are of which any chart or sentence is, the own region's first."""
    united = [one.series[one.series["members"].notna()] for one in told]
    some = [rows for rows in united if not rows.empty]
    if not some:
        return ()
    rows = pd.concat(some).sort_values("region", key=lambda codes: codes != own, kind="stable")
    return composition_lines(visit, indicator, rows)


def _told(told: Sequence[Panel], made: Sequence[str]) -> tuple[str, ...]:
    """
    Level, change and directions of the region; then the gaps by origin and by sex.

    How a union is made is left to `made`, or said once where that does not have it.
    """
    said, levels = " ".join(made), []
    for one in told:
        more = [words for words in one.told.united if words not in said]
        levels.append(" ".join(filter(None, (one.told.level, *more))))
        said = " ".join([said, *more])
    own, (first, *gaps) = told[0].told, levels
    return tuple(dict.fromkeys(filter(None, (first, own.change, *own.directions, *gaps))))


def _statement(visit: Visit, indicator: Indicator, row: OverviewRow | None) -> str:
    """The indicator's newest figure and how it stands to the first it is beside."""
    lang, title = visit.lang, indicator.title[visit.lang]
    newest = row.glance.newest if row else None
    if row is None or newest is None:
        return term(
            "statement_missing", lang, title=title, missing=missing_figure(visit, indicator)
        )
    number = value_phrase(newest, visit.wording(indicator))
    said = term("statement", lang, title=title, value=number, period=newest.period)
    first = row.glance.beside[:1]
    return capital(f"{said}, {first[0][:1].lower()}{first[0][1:]}" if first else said)
