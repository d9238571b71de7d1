"""
The controls of an indicator page: own region, comparisons, breakdown and groups.

Knows what each control says for a view. What does not exist in the source is disabled,
and the reason stands beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.charts.style import ChartLine
from dashboard.codes import BACKGROUND_KINDS, GROUP_KINDS, SEXES, Group
from dashboard.components import frame
from dashboard.components.frame import aria, region_field, select
from dashboard.sentences.wording import category_label, kind_of_groups
from dashboard.state.groups import MOST_LINES, Offer
from dashboard.state.links import NO_COLLECTION, Shown, collection_or_theme
from dashboard.state.regions import inline, menu_name
from dashboard.state.resolve import LineSelection
from dashboard.state.url import KEYS, State, link
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang
from etl.catalogue.periods import overlaps


@dataclass(frozen=True)
class Controls:
    """
    The controls of a view of an indicator.

    `first` are those that are used most and stand in one row, `rest` the others, `reasons` why
    some are disabled. `chosen`: what is shown, in a few words.
    """

    first: Sequence[Any]
    rest: Sequence[Any] = ()
    reasons: Sequence[str] = ()
    chosen: str = ""


def folded_controls(controls: Controls, lang: Lang) -> html.Details:
    """
    The first controls in a row, and the others behind a button; in a narrow window all of them.

    Whether it is open stands in the address: assets/draw.js reads and writes `data-address` there.
    """
    key = KEYS["unfolded"]
    written: dict[str, Any] = {"data-address": f"{key.name}={key.write(True)}"}
    chosen = [html.Span(controls.chosen, className="chosen")] if controls.chosen else []
    rest = [html.Div(list(controls.rest), className="controls more")] if controls.rest else []
    reasons = [html.P(reason) for reason in controls.reasons]
    return html.Details(
        [
            html.Summary([html.Span(term("change_selection", lang), className="btn"), *chosen]),
            html.Div(list(controls.first), className="controls"),
            *rest,
            *([html.Div(reasons, className="reasons")] if reasons else []),
        ],
        className="selection" if rest else "selection alone",
        **written,
    )


def _shown_breakdown(catalogue: Catalogue, view: LineSelection) -> str:
    """What the lines are: regions, sexes, levels of education, or a kind of groups."""
    return kind_of_groups(catalogue, view.backgrounds) if view.by == "background" else view.by


def _dimension_selects(
    catalogue: Catalogue, view: LineSelection, choices: Offer, lang: Lang
) -> list[Any]:
    """A menu for each dimension that the source has."""
    menus: list[Any] = []
    for dimension, key, codes, shown in (
        ("background", "background", _backgrounds(catalogue, view, choices), view.backgrounds),
        ("age", "age", (TOTAL, *choices.ages), view.ages),
        ("sex", "sex", (TOTAL, *SEXES), view.sexes),
        ("education", "education", (TOTAL, *choices.educations), view.educations),
    ):
        exists = any(getattr(group, dimension) != TOTAL for group in choices.existing)
        if view.by == dimension and dimension != "sex":
            menus.append(_groups(catalogue, view, choices, codes=codes, lang=lang))
        elif view.by != dimension and (exists or shown != (TOTAL,)):
            listed = tuple(dict.fromkeys((*codes, *shown)))
            options = [
                {
                    "label": category_label(catalogue, dimension, code, lang),
                    "value": code,
                    "disabled": not _exists(view, choices, dimension, code),
                }
                for code in listed
            ]
            name = _called(catalogue, dimension, listed, lang)
            menus.append(select(key, name, options, shown[0]))
    return menus


def _called(catalogue: Catalogue, dimension: str, codes: Sequence[str], lang: Lang) -> str:
    """What a menu is called: groups of one kind by that kind, else by its dimension."""
    if dimension != "background":
        return term(f"by_{dimension}", lang)
    what = kind_of_groups(catalogue, codes)
    return term("by_total" if what == "group" else f"by_{what}", lang)


def _backgrounds(catalogue: Catalogue, view: LineSelection, choices: Offer) -> tuple[str, ...]:
    """The groups of a menu; where they are lines, only those of the same kind."""
    if view.by != "background":
        return (TOTAL, *choices.known())
    kinds = {kind_of_groups(catalogue, [code]) for code in view.backgrounds if code != TOTAL}
    same_kind = [code for code, named in choices.kinds if named in kinds]
    return tuple(dict.fromkeys((TOTAL, *same_kind, *view.backgrounds)))


def _exists(view: LineSelection, choices: Offer, dimension: str, code: str) -> bool:
    """Whether all lines exist with another code in one dimension of their groups."""
    return {group._replace(**{dimension: code}) for group in view.groups} <= choices.existing


def _groups(
    catalogue: Catalogue, view: LineSelection, choices: Offer, *, codes: Sequence[str], lang: Lang
) -> html.Fieldset:
    """Which groups are drawn, at most five; the others wait until one is taken away."""
    shown = tuple(dict.fromkeys(getattr(group, view.by) for group in view.groups))
    group = view.groups[0]
    existing = {code for code in codes if group._replace(**{view.by: code}) in choices.existing}
    full = len(shown) >= MOST_LINES
    options = [
        {
            "label": category_label(catalogue, view.by, code, lang),
            "value": code,
            "disabled": code not in shown and (full or code not in existing),
        }
        for code in codes
    ]
    key = frame.choice(_GROUP_LISTS[view.by])
    boxes = dbc.Checklist(id=key, options=options, value=list(shown), inline=True)
    return html.Fieldset([html.Legend(term("groups", lang)), boxes], className="field wide")


# The control that holds the groups drawn, by the dimension they are codes of.
_GROUP_LISTS = {"background": "groups", "age": "ages", "education": "educations"}
# The breakdowns in their order; those that always are offered are disabled where there is none.
_BREAKDOWNS = ("region", *GROUP_KINDS)
_ALWAYS = frozenset({"region", "origin", "sex", "education"})


def offered_codes(view: LineSelection, choices: Offer) -> Shown:
    """The codes that the controls of a view lead to."""
    kinds = {kind: choices.opening(kind) for kind in (*BACKGROUND_KINDS, "age")}
    return Shown(
        comparison=view.comparison,
        backgrounds=choices.known(),
        everybody=choices.everybody(),
        schooling=choices.schooling,
        breakdowns={"sex": SEXES, "education": choices.educations, **kinds},
    )


def line_controls(
    visit: Visit, view: LineSelection, choices: Offer, periods: Sequence[str] = ()
) -> Controls:
    """Region, comparison and breakdown, the groups and years, and why some are disabled."""
    lang, catalogue, regions = visit.lang, visit.catalogue, visit.regions
    shown = _shown_breakdown(catalogue, view)
    first: list[Any] = [region_select(visit, view.region)]
    if view.by == "region":
        first.append(add_region(visit, view.regions, is_full=len(view.regions) >= MOST_LINES))
    offered = {what: _available(what, view, choices) or what == shown for what in _BREAKDOWNS}
    offered = {what: has for what, has in offered.items() if has or what in _ALWAYS}
    first.append(_by(shown, offered, lang))
    rest = [*_dimension_selects(catalogue, view, choices, lang), *_years(view, periods, lang)]
    region = inline(regions[view.region], lang) if view.region in regions else view.region
    missing = [term(f"by_{what}", lang) for what, has in offered.items() if not has]
    reasons = []
    if missing:
        what = enumerated([missing[0], *(label.lower() for label in missing[1:])], lang)
        reasons = [term("absent", lang, what=what, region=region)]
    return Controls(first, rest, reasons)


def _years(view: LineSelection, periods: Sequence[str], lang: Lang) -> list[html.Div]:
    """First and last period, of those that have figures; nothing where there is one."""
    if len(periods) < 2:
        return []
    first, last = _shown_years(view, periods)
    return [
        select(
            key,
            format.term_by_length(key, first, lang),
            [
                {
                    "label": format.period_name(period, lang),
                    "value": period,
                    "disabled": period in barred,
                }
                for period in periods
            ],
            now,
        )
        for key, now, barred in (
            ("first_year", first, [period for period in periods if period > last]),
            ("last_year", last, [period for period in periods if period < first]),
        )
    ]


def _shown_years(view: LineSelection, periods: Sequence[str]) -> tuple[str, str]:
    """The first and the last of the periods with figures that the view shows, else of all."""
    shown = [period for period in periods if not view.years or overlaps(period, *view.years)]
    return (shown[0], shown[-1]) if shown else (periods[0], periods[-1])


def counts_field(visit: Visit, indicators: Iterable[Indicator]) -> list[html.Fieldset]:
    """The choice to see the counts behind shares; nothing where the source publishes none."""
    if all(indicator.counted is None for indicator in indicators):
        return []
    yes, lang = KEYS["counts"].write(True), visit.lang
    options = [{"label": term("counts_show", lang), "value": yes}]
    chosen = [yes] if visit.state.counts else []
    box = dbc.Checklist(id=frame.choice("counts"), options=options, value=chosen)
    return [html.Fieldset([html.Legend(term("counts_label", lang)), box], className="field")]


def without_counts(visit: Visit, indicator: Indicator) -> list[str]:
    """That the counts that a reader asks for are not published, of a share; else nothing."""
    asked = visit.state.counts and indicator.measure == "share" and indicator.counted is None
    return [term("share_without_counts", visit.lang)] if asked else []


def select_indicators(visit: Visit, label: str, *, all_label: str) -> html.Div:
    """A menu of the collections and themes; `every` names what a link without any has."""
    catalogue, lang = visit.catalogue, visit.lang
    options = [
        {"label": all_label, "value": NO_COLLECTION},
        *(
            {"label": entry.title[lang], "value": f"samling:{entry.id}"}
            for entry in catalogue.collections
        ),
        *({"label": entry.title[lang], "value": f"tema:{entry.id}"} for entry in catalogue.themes),
    ]
    return select("gathered", label, options, collection_or_theme(visit.state))


@dataclass(frozen=True)
class Chip:
    """Something shown: its name, the look of its line, and the address without it, if any."""

    name: str
    line: ChartLine | None = None
    without: str = ""
    note: str = ""  # behind the name


def chips(shown: Iterable[Chip], lang: Lang) -> html.Ul:
    """What is shown, in the look of its line where it has one; a link takes it away."""
    items = []
    for chip in shown:
        parts: list[Any] = [chip.name, *([chip.note] if chip.note else [])]
        if chip.line:
            style = {"borderColor": chip.line.colour}
            parts.insert(0, html.I(className=f"line {chip.line.dash}", style=style))
        if chip.without:
            cross = html.Span("×", **aria(hidden="true"))
            words = html.Span(term("remove", lang, name=chip.name), className="unseen")
            parts.append(dcc.Link([cross, words], href=chip.without, className="remove"))
        items.append(html.Li(parts, className="chip"))
    return html.Ul(items, className="chips", **aria(label=term("shown", lang)))


def line_chips(lines: Iterable[ChartLine], view: LineSelection, state: State) -> html.Ul:
    """The lines of a chart; comparisons can be taken away."""
    path = f"/indikator/{view.indicator}"
    return chips(
        (
            Chip(
                line.name,
                line,
                link(
                    path,
                    state,
                    comparison=tuple(code for code in view.comparison if code != line.region),
                    notices=(),
                )
                if view.by == "region" and line.region in view.comparison
                else "",
            )
            for line in lines
        ),
        state.lang,
    )


def region_select(visit: Visit, region: str, **more: Any) -> html.Div:
    """The field of the region whose page it is; `more` as of `region_field`."""
    lang, known = visit.lang, visit.regions.get(region)
    name = menu_name(known, lang) if known else region
    label = term("choose_region", lang)
    return region_field("region", label, visit.state, region=region, name=name, **more)


def add_region(visit: Visit, shown: Sequence[str], *, is_full: bool = False) -> html.Div:
    """A field that adds a region to those that are shown, while there is room for one."""
    lang = visit.lang
    return region_field(
        "add",
        term("compare_with", lang),
        visit.state,
        without=shown,
        hint=term("add", lang),
        disabled=is_full,
    )


def _by(shown: str, offered: Mapping[str, bool], lang: Lang) -> html.Fieldset:
    """Regions or a kind of groups; what the source does not have is disabled."""
    options = [
        {"label": term(f"by_{what}", lang), "value": what, "disabled": not has}
        for what, has in ({shown: True, **offered} if shown not in offered else offered).items()
    ]
    radios = dbc.RadioItems(
        id=frame.choice("by"), options=options, value=shown, inline=True, name="by"
    )
    return html.Fieldset([html.Legend(term("by", lang)), radios], className="field")


def _available(what: str, view: LineSelection, choices: Offer) -> bool:
    """Whether the source has a breakdown, of the one group that is shown where it is within it."""
    if what == "region":
        return True
    if what in BACKGROUND_KINDS:
        return len(choices.groups(what)) > 1
    group = Group(
        sex=view.sexes[0] if len(view.sexes) == 1 else TOTAL,
        background=view.backgrounds[0] if len(view.backgrounds) == 1 else choices.everybody(),
        age=view.ages[0] if len(view.ages) == 1 else TOTAL,
        education=view.educations[0] if len(view.educations) == 1 else choices.schooling,
    )
    return bool(choices.sexes(group)) if what == "sex" else len(choices.beside(what, group)) > 1
