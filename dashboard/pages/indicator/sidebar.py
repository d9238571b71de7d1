"""
What stands beside a chart: definition, former name, limits, targets, breaks, notes and symbols.

Knows the order in which they are read. All words come from the catalogue, the source or
`text`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.charts.line_chart import target_years
from dashboard.components.frame import aria, section
from dashboard.components.tables import symbols
from dashboard.pages.indicator.content import ViewContent
from dashboard.panels.provenance import shown_footnotes
from dashboard.rules.comparison import concerning_regions
from dashboard.sentences.figures import target_sentence
from dashboard.sentences.footnotes import Footnote, link_pieces
from dashboard.sentences.notes import standing_notes
from dashboard.sentences.wording import category_label, counts_told
from dashboard.state.regions import Region
from dashboard.state.retired import former_sentences
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import Break, Catalogue, Indicator, Lang


@dataclass(frozen=True)
class _CodeNames:
    """Where the names of codes are: groups in the catalogue, regions in the warehouse."""

    catalogue: Catalogue
    regions: Mapping[str, Region]

    def name(self, dimension: str, code: str, lang: Lang) -> str:
        """What a code is called; the code itself when nobody has named it."""
        if dimension == "region" and code in self.regions:
            return self.regions[code].name(lang)
        return category_label(self.catalogue, dimension, code, lang)


def sidebar(visit: Visit, indicator: Indicator, view: ViewContent) -> html.Aside:
    """What stands beside the view that is shown."""
    lang = visit.lang
    marks = concerning_regions(indicator.breaks, _shown_regions(visit, view))
    breaks = [mark for mark in marks if mark.severity == "break"]
    cautions = [mark for mark in marks if mark.severity == "caution"]
    named = _CodeNames(visit.catalogue, visit.regions)
    confirm = [html.P(term("to_confirm", lang))] if indicator.to_confirm else []
    former = former_sentences(indicator, visit.catalogue, lang)
    more = [html.P(line) for line in (*counts_told(indicator, lang), *former)]
    parts = [
        section(term("definition", lang), html.P(indicator.definition[lang]), *more),
        *_marks(term("breaks", lang), breaks, named, lang),
        *_marks(term("cautions", lang), cautions, named, lang),
        section(term("population", lang), html.P(indicator.population[lang]), *confirm),
        section(
            term("not_captured", lang),
            html.P(indicator.not_captured[lang]),
            *(html.P(note[lang]) for note in standing_notes(indicator)),
        ),
        *_targets(view, lang),
        *_symbols(view, lang),
        *_footnotes(visit, indicator, view, named),
    ]
    return html.Aside(parts, className="aside", **aria(label=term("definition", lang)))


def _shown_regions(visit: Visit, view: ViewContent) -> dict[str, tuple[str, ...]]:
    """The regions of the view's rows, and the members of those that are unions."""
    shown: dict[str, tuple[str, ...]] = {}
    for row in view.rows:
        shown.setdefault(row.region, row.members)
    return {visit.state.region: (), **shown}


def _targets(view: ViewContent, lang: Lang) -> list[html.Section]:
    """The targets on the chart: years, whose, how far the figure is, and where it is written."""
    newest = {goal.target: goal for goal in view.goals}
    items = [
        html.Div(
            [
                html.Dt(target_years(target, lang)),
                html.Dd(
                    [
                        html.P(target_sentence(target, goal.newest, view.wording)),
                        html.P(term("target_source", lang, source=target.source)),
                    ]
                ),
            ]
        )
        for target, goal in newest.items()
        if view.wording
    ]
    return [section(term("targets", lang), html.Dl(items))] if items else []


def _marks(
    heading: str, marks: Sequence[Break], named: _CodeNames, lang: Lang
) -> list[html.Section]:
    """Years and words of breaks or cautions, and whom they concern when not everybody."""
    if not marks:
        return []
    items = [
        html.Div(
            [
                html.Dt(format.period_name(mark.period, lang)),
                html.Dd(_mark_words(mark, named, lang)),
            ]
        )
        for mark in marks
    ]
    tail = [html.P(term("no_comparison", lang))] if marks[0].severity == "break" else []
    return [section(heading, html.Dl(items), *tail)]


def _mark_words(mark: Break, named: _CodeNames, lang: Lang) -> str:
    concerned = [
        named.name(dimension, code, lang)
        for dimension, _, code in (target.partition(":") for target in mark.applies_to)
    ]
    tail = f" {term('applies_to', lang, what=', '.join(concerned))}" if concerned else ""
    return format.mark_why(mark, lang) + tail


def _symbols(view: ViewContent, lang: Lang) -> list[html.Section]:
    """The legend of the symbols and empty cells of this table; nothing when it has none."""
    meanings = [
        (sign, format.meaning("-" if sign == "–" else sign, lang)) for sign in symbols(view.rows)
    ]
    if view.has_empty:
        meanings.append((term("empty_cell", lang), term("not_available", lang)))
    items: list[Any] = [html.Div([html.Dt(sign), html.Dd(meant)]) for sign, meant in meanings]
    return [section(term("symbols", lang), html.Dl(items))] if items else []


def _footnotes(
    visit: Visit, indicator: Indicator, view: ViewContent, named: _CodeNames
) -> list[html.Section]:
    """The source's footnotes on what is shown: open those that must be read, the others folded."""
    lang = visit.lang
    notes = shown_footnotes(visit, indicator, view.rows)
    musts = [note for note in notes if note.mandatory]
    others = [note for note in notes if not note.mandatory]
    return [
        html.Section(
            html.Details(
                [
                    html.Summary(html.H2(heading)),
                    html.Ul([html.Li(_footnote(note, named, lang)) for note in part], lang="sv"),
                ],
                open=part is musts,
            )
        )
        for part, heading in (
            (musts, term("notes", lang)),
            (others, term("notes_more" if musts else "notes", lang, count=len(others))),
        )
        if part
    ]


def _footnote(note: Footnote, named: _CodeNames, lang: Lang) -> list[html.P]:
    """The paragraphs of a footnote, marked as important, with whom it concerns and its tables."""
    paragraphs = [_with_links(paragraph) for paragraph in note.text.split("\n")]
    if note.mandatory:
        paragraphs[0] = [html.Strong(term("note_mandatory", lang), lang=lang), " ", *paragraphs[0]]
    paragraphs[-1].append(f" ({', '.join(note.tables)})")
    names = [named.name(variable, code, lang) for variable, code in note.concerned]
    if names:
        concerned = term("applies_to", lang, what=enumerated(names, lang))
        paragraphs[-1] += [" ", html.Span(concerned, lang=lang)]
    return [html.P(paragraph) for paragraph in paragraphs]


def _with_links(text: str) -> list[Any]:
    return [
        html.A(words, href=address, target="_blank", rel="noopener") if address else words
        for words, address in link_pieces(text)
    ]
