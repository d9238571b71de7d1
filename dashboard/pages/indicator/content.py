"""
What the views of an indicator share: controls, a chart with its words, sources, counts in words.

Knows the class names of assets/style.css and assets/views.css. It decides no row and no order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from dash import dcc, html

from dashboard.charts import style
from dashboard.charts.line_chart import Goal
from dashboard.codes import EVERYBODY, SEXES, Codes, Group, common_group
from dashboard.components import frame
from dashboard.components.controls import Controls, region_select
from dashboard.components.frame import Content, aria, select
from dashboard.components.pictures import MOST_ABOVE, reading_paragraph
from dashboard.data.observation import Observation
from dashboard.panels.inventory import existing_level_groups
from dashboard.panels.provenance import reasons, source_lines
from dashboard.sentences.wording import (
    Wording,
    breakdown_words,
    category_label,
    group_label,
    kind_of_groups,
)
from dashboard.state.comparison import SIMILAR, SIMILAR_PATH
from dashboard.state.links import Shown
from dashboard.state.resolve import ListSelection, groups_at_level, levels_of
from dashboard.state.url import EMBED_ROOT, link
from dashboard.state.visit import Visit
from dashboard.text import capital, enumerated, format, lower_first, term
from etl.catalogue import TOTAL, Indicator, Lang

# Of a narrow window: lines of title and sentence above a chart, and letters of a line of each.
_MOST_LINES, _TITLE_LETTERS, _LETTERS = 4, 26, 42


@dataclass(frozen=True)
class DrawnChart:
    """
    A figure and the words around it.

    `how` it is read, its text `alternative`, and the `sentences` that are said of it. `key` stands
    over the drawing, where marks have no names, and `chips` under it, where lines may be left out.
    """

    figure: Any
    title: str | Sequence[Any]
    how: str
    alternative: str
    sentences: Sequence[str]
    id: str = frame.CHART_ID
    key: Sequence[Any] = ()
    chips: Sequence[Any] = ()
    footer: Sequence[Any] = ()


def chart_panel(drawn: DrawnChart) -> html.Div:
    """
    A chart under its heading, with its text alternative.

    Of how it is read two sentences stand above it; below it the others, what is said of it and its
    footer. A figure of rows is as tall as they are, every other as its place on the page.
    """
    caption, reading = format.first_sentences(drawn.how, MOST_ABOVE)
    figure = drawn.figure
    graph = dcc.Graph(id=drawn.id, figure=figure, config=style.chart_config(), responsive=True)
    height = figure["layout"].get("height", 0)
    return html.Div(
        [
            html.H2(drawn.title),
            html.P(caption, className="sub"),
            *drawn.key,
            html.Div(
                graph,
                role="img",
                className="chart rows" if height else "chart",
                style={"height": f"{height}px"} if height else {},
                **aria(label=drawn.alternative),
            ),
            *drawn.chips,
            *reading_paragraph(reading),
            *(html.P(sentence, className="told") for sentence in drawn.sentences if sentence),
            *drawn.footer,
        ],
        className="panel",
    )


def heading_words(title: str, indicator: Indicator, lang: Lang) -> list[Any]:
    """The words of a heading; the measure, which heads the page, apart from the rest."""
    measure = f"{indicator.title[lang]} "
    if not title.startswith(measure):
        return [title]
    return [html.Span(measure, className="measure"), title.removeprefix(measure)]


def summary_parts(summary: str, visit: Visit, indicator: Indicator) -> tuple[str, str]:
    """
    Of what the newest figures say that which stands above a chart, and what follows it.

    In a narrow window one sentence at most, where the title leaves room for it. What follows begins
    with the place, where it would begin with a word for what is far above by then.
    """
    most = 1 if visit.look.narrow else MOST_ABOVE
    above, rest = format.first_sentences(summary, most)
    title = indicator.title[visit.lang]
    lines = ceil(len(title) / _TITLE_LETTERS) + ceil(len(above) / _LETTERS)
    if visit.look.narrow and lines > _MOST_LINES:
        return "", summary
    lang, region = visit.lang, visit.regions.get(visit.state.region)
    begins = term("rest_begins", lang)
    if region is None or region.where[lang] not in above or not rest.startswith(begins):
        return above, rest
    where = capital(region.where[lang])
    return above, term("rest_placed", lang, where=where, rest=rest.removeprefix(begins))


def source_paragraphs(visit: Visit, indicator: Indicator, rows: Sequence[Observation]) -> list[Any]:
    """Where the rows come from, and why some sources are stale."""
    lines = [html.P(line, className="src") for line in source_lines(visit, indicator, rows)]
    return [*lines, *reasons(visit, indicator)]


def text_alternative(kind: str, title: str, sentences: Sequence[str], visit: Visit) -> str:
    """A chart in words: that it is invented, what it shows, and what its figures say."""
    description = f"{term(kind, visit.lang)}: {title}."
    return " ".join(filter(None, [example_words(visit).strip(), description, *sentences]))


def example_words(visit: Visit) -> str:
    """That figures are invented, where they are, and a space."""
    return f"{term('example', visit.lang)}. " if visit.warehouse.example else ""


def signed_difference(value: float | None, indicator: Indicator, lang: Lang) -> str:
    """A difference with its sign; where there is none the words that nothing is compared."""
    if value is None:
        return term("not_compared", lang)
    return format.with_sign(value, indicator.decimals, lang)


def count_sentence(key: str, count: int, total: int, lang: Lang, **blanks: str) -> str:
    """How many of what is listed have what `key` tells; of one alone, and of nothing, as such."""
    form = "none" if count == 0 else "one" if count == 1 else "of"
    if total == 1:
        form = "none_alone" if count == 0 else "alone"
    if total == 0:
        form = "empty"
    return term(f"{key}_{form}", lang, count=count, all=total, **blanks)


def scope_controls(
    visit: Visit,
    indicator: Indicator,
    chosen: ListSelection,
    *,
    without: str = "",
    together: Sequence[Group] = (),
    runs: Sequence[tuple[str, Codes]] = (),
) -> list[Any]:
    """
    Region, level, and one control for each dimension but `without` that the source has here.

    `together`: groups that stand beside each other, which the controls then hold as one choice.
    `runs`: many ages that may be chosen together, behind the name of the choice.
    """
    lang = visit.lang
    return [
        region_select(visit, chosen.region),
        select("level", term("level", lang), _levels(visit, indicator, chosen), chosen.level),
        *group_selects(visit, indicator, chosen, without=without, together=together, runs=runs),
    ]


def list_controls(
    visit: Visit,
    indicator: Indicator,
    chosen: ListSelection,
    *,
    used: Sequence[Any],
    rest: Sequence[Any] = (),
    reasons: Sequence[str] = (),
    period: str = "",
    **scope: Any,
) -> Controls:
    """
    The controls of a list of regions.

    `used` stand in the first row beside region and group, or level where there is one group;
    `rest` after those of the scope. `period` is shown. `scope`: more of `scope_controls`.
    """
    region, level, *groups = scope_controls(visit, indicator, chosen, **scope)
    first, others = (groups[:1], [level, *groups[1:]]) if groups else ([level], [])
    return Controls(
        [region, *first, *used],
        [*others, *rest],
        reasons,
        chosen_words(visit, chosen, period, together=scope.get("together", ())),
    )


def chosen_words(
    visit: Visit, chosen: ListSelection, period: str = "", *, together: Sequence[Group] = ()
) -> str:
    """Region, level, group, or what several groups have in common and differ by, and period."""
    lang, region = visit.lang, visit.regions.get(chosen.region)
    name = region.name(lang) if region else chosen.region
    common = common_group(together) if len(together) > 1 else chosen.group
    group = "" if common == EVERYBODY else group_label(visit.catalogue, common, lang)
    by = breakdown_words(visit.catalogue, together, lang) if together else ""
    words = (name, term(f"niva_{chosen.level}", lang), group, by)
    return " · ".join(filter(None, (*words, period and format.period_name(period, lang))))


def group_selects(
    visit: Visit,
    indicator: Indicator,
    chosen: ListSelection,
    *,
    without: str = "",
    together: Sequence[Group] = (),
    runs: Sequence[tuple[str, Codes]] = (),
) -> list[Any]:
    """A control for each dimension but one of the group that the source has at this level."""
    lang = visit.lang
    groups = groups_at_level(existing_level_groups(visit, indicator), chosen.level)
    parts = []
    for dimension, codes in _dimensions(visit, groups).items():
        selected, name = getattr(chosen.group, dimension), dimension
        if len(codes) > 1 and dimension != without:
            if dimension == "background":
                name = kind_of_groups(visit.catalogue, [selected])
            options = [
                {
                    "label": category_label(visit.catalogue, dimension, code, lang),
                    "value": code,
                    "disabled": chosen.group._replace(**{dimension: code}) not in groups,
                }
                for code in codes
            ]
            several = tuple(dict.fromkeys(getattr(group, dimension) for group in together))
            offered = dict(runs) if dimension == "age" else {}
            options += [
                {"label": name_of_run, "value": ",".join(run)}
                for name_of_run, run in offered.items()
            ]
            if several in offered.values():
                selected = ",".join(several)
            elif len(several) > 1:
                labels = [
                    category_label(visit.catalogue, dimension, code, lang) for code in several
                ]
                selected = ",".join(several)
                options.append({"label": enumerated(labels, lang), "value": selected})
            parts.append(select(dimension, term(f"by_{name}", lang), options, selected))
    return parts


def period_options(periods: Sequence[str], lang: Lang) -> list[dict[str, Any]]:
    """The options of a menu of periods."""
    return [{"label": format.period_name(period, lang), "value": period} for period in periods]


def similar_ways(visit: Visit, indicator: Indicator) -> list[html.Nav]:
    """From the similar municipalities to those with the same start, and to their criteria."""
    state, lang = visit.state, visit.lang
    is_told = state.start == "samma" or visit.path.startswith(EMBED_ROOT)
    if is_told or SIMILAR not in (state.comparison or ()):
        return []
    start = link(visit.path, state, view="tvaar", start="samma", years=None, notices=())
    criteria = link(SIMILAR_PATH, state, indicators=(indicator.id,), notices=())
    items = [
        html.Li(dcc.Link(term("start_way", lang), href=start)),
        html.Li(dcc.Link(term("similar_criteria", lang), href=criteria)),
    ]
    label = aria(label=term("similar_regions", lang))
    return [html.Nav(html.Ul(items), className="collections ways", **label)]


def _levels(visit: Visit, indicator: Indicator, chosen: ListSelection) -> list[dict[str, Any]]:
    """The levels with more than one region; the country alone where the link asks for it."""
    known = levels_of(existing_level_groups(visit, indicator))
    return [
        {"label": term(f"niva_{level}", visit.lang), "value": level, "disabled": level not in known}
        for level in ("riket", "lan", "kommun", "omrade")
        if level in {chosen.level, "lan", "kommun", "omrade"}
    ]


def _dimensions(visit: Visit, groups: frozenset[Group]) -> dict[str, list[str]]:
    """The codes that groups have of each dimension, in the catalogue's order."""
    category = visit.catalogue.category
    orders = {
        "background": [code for dimension, code in category if dimension == "background"],
        "age": [
            code
            for (dimension, code), entry in category.items()
            if dimension == "age" and entry.kind in {"age", "total"}
        ],
        "sex": [TOTAL, *SEXES],
        "education": [code for dimension, code in category if dimension == "education"],
    }
    existing = {name: {getattr(group, name) for group in groups} for name in orders}
    return {
        name: [code for code in codes if code in existing[name]] for name, codes in orders.items()
    }


def group_suffix(visit: Visit, chosen: ListSelection) -> str:
    """The group after a comma, "" for everybody."""
    if chosen.group == EVERYBODY:
        return ""
    text = group_label(visit.catalogue, chosen.group, visit.lang)
    return "".join(f", {lower_first(part)}" for part in text.split(", "))


@dataclass(frozen=True)
class ViewContent:
    """
    What a view of an indicator shows.

    Sources, symbols and notes of the page follow from `rows`. `notices` are sentences about the
    link, `offered` the codes that controls lead to besides what they say,
    `summary` stands under the indicator's title: at most two sentences. `has_empty`: whether a
    cell has neither number nor symbol, `goals` are the targets that are drawn, `has_gap_file`:
    whether there is a file of the gaps of its regions, `has_start_file`: of those that started
    alike. `slider`: the control of years that stands in the content.
    """

    heading: str
    content: Content
    rows: Sequence[Observation]
    slider: Content = ()
    controls: Controls = field(default_factory=lambda: Controls(()))
    notices: Sequence[str] = ()
    offered: Shown = field(default_factory=Shown)
    summary: str = ""
    has_empty: bool = False
    has_gap_file: bool = False
    has_start_file: bool = False
    goals: Sequence[Goal] = ()
    wording: Wording | None = None
