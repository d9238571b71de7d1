"""
Briefing: one region on a few sheets, to read aloud from in a meeting or to take home.

Knows how a briefing is laid out on screen and paper; its content is that of `panels.briefing`.
"""

from datetime import datetime

from dash import dcc, html

from dashboard.charts import style
from dashboard.components.controls import (
    Controls,
    counts_field,
    folded_controls,
    region_select,
    select_indicators,
)
from dashboard.components.frame import Page, aria, control_values, notice_box
from dashboard.components.highlights import highlights_section
from dashboard.components.pictures import sourced_buttons
from dashboard.pages.missing import heading_page
from dashboard.pages.overview import indicator_tile
from dashboard.panels.briefing import Briefing, Chapter, briefing_sources
from dashboard.panels.briefing import briefing_content as briefing_of_link
from dashboard.panels.panel import Panel
from dashboard.panels.provenance import composition_lines
from dashboard.state.links import Shown, collection_or_theme
from dashboard.state.resolve import selected_region
from dashboard.state.url import link, printed
from dashboard.state.visit import Visit
from dashboard.text import term
from dashboard.text.format import day, meaning, symbol

_DOWNLOADS = (("/briefing.pdf", "briefing_pdf"), ("/briefing.pptx", "briefing_pptx"))


def page(visit: Visit) -> Page:
    """The briefing of a link, with its controls, which are not printed."""
    region, _ = selected_region(visit.state, visit.regions)
    if region not in visit.regions:
        return heading_page(term("page_briefing", visit.lang))
    briefing = briefing_of_link(visit)
    chapters = enumerate(briefing.chapters, 1)
    content = html.Div(
        [
            _top(visit, briefing),
            *notice_box(briefing.notices, visit.lang),
            highlights_section(visit, briefing.region),
            _figures(visit, briefing),
            *(_chapter(visit, chapter, number) for number, chapter in chapters),
            _not_shown(visit, briefing),
            _sources(visit, briefing),
        ],
        className="briefing large" if visit.state.text_size == "stor" else "briefing",
    )
    values = control_values(content) | {"gathered": collection_or_theme(visit.state), "add": ""}
    return Page(briefing.title, [content], shown=Shown(values))


def _top(visit: Visit, briefing: Briefing) -> html.Header:
    """Title, whom the region is compared with, the controls and the links to its files."""
    lang, search = visit.lang, printed(visit.state)
    is_large = visit.state.text_size == "stor"
    other_size = link(
        "/briefing", visit.state, text_size="normal" if is_large else "stor", notices=()
    )
    links = [
        *(html.A(term(key, lang), href=path + search) for path, key in _DOWNLOADS),
        dcc.Link(term("briefing_normal" if is_large else "briefing_large", lang), href=other_size),
        dcc.Link(term("link_rolling", lang), href=briefing.rolling),
        dcc.Link(term("link_frozen", lang), href=briefing.frozen),
    ]
    controls = [
        region_select(visit, briefing.region),
        select_indicators(
            visit,
            term("briefing_choose", lang),
            all_label=term("briefing_usual", lang).capitalize(),
        ),
        *counts_field(visit, [chapter.indicator for chapter in briefing.chapters]),
    ]
    return html.Header(
        [
            html.P(term("briefing_label", lang), className="crumb"),
            html.H1(briefing.title),
            *([html.P(briefing.subtitle)] if briefing.subtitle else []),
            folded_controls(
                Controls(controls, chosen=visit.regions[briefing.region].name(lang)), lang
            ),
            html.Nav(
                html.Ul([html.Li(item) for item in links]),
                className="collections ways",
                **aria(label=term("briefing_ways", lang)),
            ),
        ],
        className="place",
    )


def _figures(visit: Visit, briefing: Briefing) -> html.Section:
    """The newest figure of every indicator, before anything is explained."""
    tiles = [
        indicator_tile(visit, chapter.indicator, chapter.row)
        for chapter in briefing.chapters
        if chapter.row and chapter.row.content.newest
    ]
    heading = html.H2(term("briefing_figures", visit.lang))
    return html.Section([heading, html.Div(tiles, className="tiles")], className="headlines")


def _chapter(visit: Visit, chapter: Chapter, number: int) -> html.Article:
    """One indicator: its statement, what may be said, and small charts."""
    charts = [
        _chart(visit, chapter, panel, f"chart-{number}-{position}")
        for position, panel in enumerate(chapter.panels)
    ]
    sentences = [html.P(sentence) for sentence in chapter.sentences]
    # Which regions a number is of is read with the number.
    sentences[1:1] = [html.P(line, className="src") for line in chapter.compositions]
    return html.Article(
        [
            html.H2(chapter.title),
            html.Div(sentences, className="telling"),
            html.Div(charts, className="charts") if charts else None,
            *(html.P(line, className="src") for line in (*chapter.notes, *chapter.sources)),
        ],
        className="chapter",
    )


def _chart(visit: Visit, chapter: Chapter, panel: Panel, id: str) -> html.Div:
    """A small chart with its heading and its text alternative."""
    key = [(line.colour, line.name) for line in panel.lines]
    buttons = sourced_buttons(
        visit,
        [*composition_lines(visit, chapter.indicator, panel.series), *chapter.sources],
        title=panel.heading,
        how=panel.subline,
        name=(chapter.indicator.id, term("page_briefing", visit.lang)),
        key=key,
    )
    graph = dcc.Graph(id=id, figure=panel.figure, config=style.chart_config(), responsive=True)
    return html.Div(
        [
            html.H3(panel.heading),
            html.P(panel.subline, className="sub"),
            html.P([*_key(panel), *_symbols(panel)], className="key"),
            html.Div(graph, role="img", className="chart small", **aria(label=panel.alternative)),
            buttons,
        ],
        className="part",
    )


def _key(panel: Panel) -> list[html.Span]:
    """Which line is whose: a small chart has no room for names at the lines' ends."""
    has_marks = len({line.mark for line in panel.lines}) > 1
    return [
        html.Span(
            [
                html.I(className=f"line {line.dash}", style={"borderColor": line.colour}),
                f"{style.MARKS[line.mark]} {line.name}" if has_marks else line.name,
            ]
        )
        for line in panel.lines
    ]


def _symbols(panel: Panel) -> list[html.Span]:
    """What the symbols under the chart mean, where values are missing."""
    lang, rows = panel.wording.lang, panel.series
    signs = sorted({symbol(row.status) for row in rows if not row.present} - {""})
    return [html.Span([html.B(sign), meaning(sign, lang)]) for sign in signs]


def _not_shown(visit: Visit, briefing: Briefing) -> html.Section:
    """What the measures do not show: each once, and what holds for all."""
    items = []
    common: dict[str, None] = {}
    for chapter in briefing.chapters:
        first, *rest = chapter.limits
        items.append(html.Li([html.B(f"{chapter.indicator.title[visit.lang]}. "), first]))
        common |= dict.fromkeys(rest)
    words = [html.P(text) for text in common]
    heading = html.H2(term("briefing_not", visit.lang))
    return html.Section([heading, html.Ul(items), *words], className="limits")


def _sources(visit: Visit, briefing: Briefing) -> html.Section:
    """Every table once, the version, and the address that leads back here."""
    lang = visit.lang
    built = datetime.strptime(visit.warehouse.version[:8], "%Y%m%d")  # noqa: DTZ007
    version = term("briefing_version", lang, version=visit.warehouse.version, date=day(built, lang))
    address = visit.context.settings.address + briefing.frozen
    unaddressed = html.P(term("no_address", lang), className="on-paper")
    return html.Section(
        [
            html.H2(term("briefing_sources", lang)),
            *(html.P(line) for line in briefing_sources(briefing)),
            html.P(version),
            html.P([f"{term('link_frozen', lang)}: ", html.A(address, href=briefing.frozen)]),
            # On screen the address leads on from where one is.
            *([] if visit.context.settings.address else [unaddressed]),
        ],
        className="sources",
    )
