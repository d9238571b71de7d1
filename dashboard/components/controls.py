"""
The controls of an indicator page: own region, comparisons, breakdown and groups.

Knows what each control says for a view. What does not exist in the source is disabled,
and the reason stands beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.charts.style import ChartLine
from dashboard.codes import (
    BACKGROUND_KINDS,
    EVERYBODY,
    GROUP_KINDS,
    SEXES,
    Group,
    dimension_of_kind,
)
from dashboard.components import frame
from dashboard.components.frame import aria, region_field, select
from dashboard.sentences.wording import category_label, group_label, inline_label, kind_of_groups
from dashboard.state.groups import MOST_LINES, MOST_SERIES, Offer, opening_codes
from dashboard.state.links import NO_COLLECTION, Shown, collection_or_theme
from dashboard.state.regions import inline, menu_name, names_apart
from dashboard.state.resolve import By, LineSelection, named_groups
from dashboard.state.url import KEYS, link
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, lower_first, term
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang
from etl.catalogue.periods import overlaps

# The control that holds the groups drawn, by the dimension they are codes of.
_GROUP_LISTS = {"background": "groups", "age": "ages", "education": "educations"}
_MENUS: tuple[By, ...] = ("background", "age", "sex", "education")
# Breakdowns that always are offered: disabled, with the reason, where there is none.
_ALWAYS = frozenset({"origin", "sex", "education"})
_MOST_NAMED = 4  # codes that a reason names


@dataclass(frozen=True)
class Controls:
    """
    The controls of a view of an indicator.

    `first` are those that are used most and stand in one row, `rest` the others, `reasons` why
    some are disabled, a paragraph each, which end the first row. `chosen`: what is shown, in a few
    words. `button`: the key of the word on the button that unfolds the others. `under`: what stands
    under the first row and goes where it goes, such as quick choices.
    """

    first: Sequence[Any]
    rest: Sequence[Any] = ()
    reasons: Sequence[Any] = ()
    chosen: str = ""
    button: str = "change_selection"
    under: Sequence[Any] = ()


def folded_controls(controls: Controls, lang: Lang) -> html.Details:
    """
    The first controls in a row, and the others behind a button; in a narrow window all of them.

    Whether it is open stands in the address: assets/draw.js reads and writes `data-address` there.
    """
    key = KEYS["unfolded"]
    written: dict[str, Any] = {"data-address": f"{key.name}={key.write(True)}"}
    chosen = [html.Span(controls.chosen, className="chosen")] if controls.chosen else []
    rest = [html.Div(list(controls.rest), className="controls more")] if controls.rest else []
    return html.Details(
        [
            html.Summary([html.Span(term(controls.button, lang), className="btn"), *chosen]),
            html.Div([*controls.first, *_reasons(controls)], className="controls"),
            *rest,
            *controls.under,
        ],
        className="selection" if rest else "selection alone",
        **written,
    )


def _reasons(controls: Controls) -> list[html.Div]:
    """Why some controls are disabled, in the row of the first of them, as wide as it is long."""
    if not controls.reasons:
        return []
    paragraphs = [html.P(reason) for reason in controls.reasons]
    letters = sum(map(_letters, controls.reasons))
    return [html.Div(paragraphs, className="reasons", style={"--letters": f"{letters}"})]


def _letters(words: Any) -> int:
    """How long words are, with the links among them."""
    if isinstance(words, str):
        return len(words)
    return sum(map(_letters, words if isinstance(words, list) else [words.children]))


def offered_codes(view: LineSelection, choices: Offer) -> Shown:
    """The codes that the controls of a view lead to."""
    kinds = {kind: opening_codes(kind, choices.crossed(kind, view.groups)) for kind in GROUP_KINDS}
    own = view.own.code if view.own else ""
    return Shown(
        comparison=tuple(code for code in view.comparison if code != own),
        backgrounds=choices.known(),
        everybody=choices.everybody(),
        schooling=choices.schooling,
        breakdowns={**kinds, "education": choices.crossed("education", view.groups)},
    )


def line_controls(
    visit: Visit, view: LineSelection, choices: Offer, periods: Sequence[str] = ()
) -> Controls:
    """Region, comparison and breakdowns, the groups and years, and why some are disabled."""
    lang = visit.lang
    room = MOST_SERIES // len(view.groups)
    boxes, reasons = _breakdowns(visit, view, choices)
    first = [
        region_select(visit, view.region),
        add_region(visit, view.regions, is_full=len(view.regions) >= room),
        boxes,
    ]
    rest: list[Any] = []
    for dimension in _MENUS:
        menu, why = _menu(visit, view, choices, dimension)
        rest += menu
        reasons += why
    rest += [*_split_choice(view, lang), *_years(view, periods, lang)]
    return Controls(first, rest, reasons)


def _breakdowns(
    visit: Visit, view: LineSelection, choices: Offer
) -> tuple[html.Fieldset, list[Any]]:
    """What the lines may be broken down by, together; what is not crossed says so."""
    lang = visit.lang
    shown = _shown_kinds(visit.catalogue, view)
    crossed = {kind: choices.crossed(kind, view.groups) for kind in GROUP_KINDS}
    offered = [
        kind
        for kind in GROUP_KINDS
        if kind in _ALWAYS or kind in shown or len(choices.any_of(kind)) > 1
    ]
    barred = [kind for kind in offered if kind not in shown and len(crossed[kind]) < 2]
    options = [
        {"label": term(f"by_{kind}", lang), "value": kind, "disabled": kind in barred}
        for kind in dict.fromkeys((*offered, *shown))
    ]
    boxes = dbc.Checklist(id=frame.choice("by"), options=options, value=list(shown), inline=True)
    fieldset = html.Fieldset([html.Legend(term("by", lang)), boxes], className="field")
    lacking = [kind for kind in barred if len(choices.any_of(kind)) < 2]
    reasons: list[Any] = []
    if lacking:
        what = _listed([term(f"by_{kind}", lang) for kind in lacking], lang)
        region = inline(visit.regions[view.region], lang) if view.region in visit.regions else ""
        reasons.append(term("absent", lang, what=what, region=region or view.region))
    if uncrossed := [kind for kind in barred if kind not in lacking]:
        what = _listed([term(f"by_{kind}", lang) for kind in uncrossed], lang)
        links = [_nearest_breakdown(visit, view, choices, kind) for kind in uncrossed]
        reasons.append(_not_crossed(visit, view, what, links))
    kinds = [kind for kind in offered if kind in BACKGROUND_KINDS]
    if len(kinds) > 1 and set(kinds) & set(shown) and set(kinds) - {*barred, *shown}:
        what = _listed([term(f"by_{kind}", lang) for kind in kinds], lang)
        reasons.append(term("kinds_not_crossed", lang, what=what))
    return fieldset, reasons


def _listed(names: Sequence[str], lang: Lang) -> str:
    """Names in one sentence: the first as it stands."""
    return enumerated([names[0], *map(lower_first, names[1:])], lang)


def _nearest_breakdown(
    visit: Visit, view: LineSelection, choices: Offer, kind: str
) -> dcc.Link | None:
    """The breakdown by a kind that is nearest to what is shown, as a link; None without any."""
    lang, catalogue = visit.lang, visit.catalogue
    leading, dimension = view.groups[0], dimension_of_kind(kind)
    nearest = choices.nearest_base(kind, leading)
    if nearest is None:
        return None
    lists = _lists_of(nearest)
    kept = {
        _STATE_LISTS[name]: tuple(dict.fromkeys(getattr(group, name) for group in view.groups))
        for name in _MENUS
        if name != dimension and getattr(nearest, name) == getattr(leading, name)
    }
    groups = named_groups(replace(visit.state, **(lists | kept))) if kept else ()
    codes = choices.crossed(kind, groups) if groups else ()
    if len(codes) > 1:
        lists |= kept
    else:
        codes = choices.beside(kind, nearest)
    lists[_STATE_LISTS[dimension]] = opening_codes(kind, codes)
    several = [name for name in _MENUS if name != dimension and len(lists[_STATE_LISTS[name]]) > 1]
    origin = kind_of_groups(catalogue, lists["backgrounds"])
    kinds = [kind, *(origin if name == "background" else name for name in several)]
    words = _listed([term(f"by_{one}", lang) for one in kinds], lang)
    of = nearest._replace(**dict.fromkeys(several, TOTAL))
    if of != EVERYBODY or not several:
        words += f", {inline_label(catalogue, of, lang)}"
    return dcc.Link(words, href=link(visit.path, visit.state, notices=(), **lists))


_STATE_LISTS = {
    "background": "backgrounds", "age": "ages", "sex": "sexes", "education": "educations",
}  # fmt: skip


def _lists_of(group: Group) -> dict[str, tuple[str, ...]]:
    """The lists of an address that name one group."""
    return {field: (getattr(group, name),) for name, field in _STATE_LISTS.items()}


def _not_crossed(
    visit: Visit, view: LineSelection, what: str, nearest: Iterable[dcc.Link | None]
) -> list[Any]:
    """That the source does not cross something with what is shown, and the nearest as links."""
    lang = visit.lang
    who = term("chosen_groups", lang)
    if len(view.groups) == 1:
        who = inline_label(visit.catalogue, view.groups[0], lang)
    where = visit.regions[view.region].where[lang] if view.region in visit.regions else ""
    words: list[Any] = [term("not_crossed", lang, what=what, who=who, where=where)]
    for number, one in enumerate(filter(None, nearest)):
        words += ["; " if number else f" {term('nearest_crossed', lang)} ", one]
    return [*words, "."] if len(words) > 1 else words


def _shown_kinds(catalogue: Catalogue, view: LineSelection) -> tuple[str, ...]:
    """What the lines are broken down by: dimensions, and of the background a kind of groups."""
    return tuple(
        kind_of_groups(catalogue, view.backgrounds) if name == "background" else name
        for name in view.dimensions
    )


def _menu(
    visit: Visit, view: LineSelection, choices: Offer, dimension: By
) -> tuple[list[Any], list[Any]]:
    """The control of a dimension that the source has, and why some of its codes are disabled."""
    lang, catalogue = visit.lang, visit.catalogue
    shown = tuple(dict.fromkeys(getattr(group, dimension) for group in view.groups))
    is_drawn = dimension in view.dimensions
    exists = any(getattr(group, dimension) != TOTAL for group in choices.existing)
    if (is_drawn and dimension == "sex") or not (exists or is_drawn or shown != (TOTAL,)):
        return [], []
    codes = {
        "background": _backgrounds(catalogue, view, choices),
        "age": (TOTAL, *choices.ages),
        "sex": (TOTAL, *SEXES),
        "education": (TOTAL, *choices.educations),
    }[dimension]
    listed = tuple(dict.fromkeys((*codes, *shown)))
    missing = [
        code for code in listed if code not in shown and not _exists(view, choices, dimension, code)
    ]
    more = len(view.regions) * len(view.groups) // len(shown)
    full = is_drawn and len(view.regions) * len(view.groups) + more > MOST_SERIES
    options = [
        {
            "label": category_label(catalogue, dimension, code, lang),
            "value": code,
            "disabled": code in missing or (full and code not in shown),
        }
        for code in listed
    ]
    name = _called(catalogue, dimension, listed, lang)
    reasons = _why_disabled(visit, view, choices, dimension=dimension, missing=missing)
    if not is_drawn:
        return [select(dimension, name, options, shown[0])], reasons
    key = frame.choice(_GROUP_LISTS[dimension])
    boxes = dbc.Checklist(id=key, options=options, value=list(shown), inline=True)
    legend = term("groups", lang) if dimension == "background" else name
    return [html.Fieldset([html.Legend(legend), boxes], className="field wide")], reasons


def _why_disabled(
    visit: Visit, view: LineSelection, choices: Offer, *, dimension: By, missing: Sequence[str]
) -> list[Any]:
    """
    Why some codes of a dimension cannot be chosen, with the nearest group that one has.

    Nothing where that is said of a whole kind of them.
    """
    lang = visit.lang
    kinds = [kind for kind in GROUP_KINDS if dimension_of_kind(kind) == dimension]
    told = {
        code
        for kind in kinds
        if kind not in _shown_kinds(visit.catalogue, view)
        and len(choices.crossed(kind, view.groups)) < 2
        for code in choices.any_of(kind)
    }
    known = [code for code in missing if code != TOTAL and code not in told]
    if not known:
        return []
    names = [category_label(visit.catalogue, dimension, code, lang) for code in known]
    if len(names) > _MOST_NAMED:
        more = term("codes_more", lang, count=len(names) - _MOST_NAMED)
        names = [*names[:_MOST_NAMED], more]
    nearest = choices.nearest(view.groups[0]._replace(**{dimension: known[0]}), dimension)
    links = []
    if nearest:
        href = link(visit.path, visit.state, notices=(), **_lists_of(nearest))
        links = [dcc.Link(group_label(visit.catalogue, nearest, lang), href=href)]
    return [_not_crossed(visit, view, _listed(names, lang), links)]


def _called(catalogue: Catalogue, dimension: str, codes: Sequence[str], lang: Lang) -> str:
    """What a menu is called: groups of one kind by that kind, else by its dimension."""
    if dimension != "background":
        return term(f"by_{dimension}", lang)
    what = kind_of_groups(catalogue, codes)
    return term("by_total" if what == "group" else f"by_{what}", lang)


def _backgrounds(catalogue: Catalogue, view: LineSelection, choices: Offer) -> tuple[str, ...]:
    """The groups of a menu; where they are lines, only those of the same kind."""
    if "background" not in view.dimensions:
        return (TOTAL, *choices.known())
    kinds = {kind_of_groups(catalogue, [code]) for code in view.backgrounds if code != TOTAL}
    same_kind = [code for code, named in choices.kinds if named in kinds]
    return tuple(dict.fromkeys((TOTAL, *same_kind, *view.backgrounds)))


def _exists(view: LineSelection, choices: Offer, dimension: str, code: str) -> bool:
    """Whether all lines exist with another code in one dimension of their groups."""
    return {group._replace(**{dimension: code}) for group in view.groups} <= choices.existing


def _split_choice(view: LineSelection, lang: Lang) -> list[html.Fieldset]:
    """One chart or small ones, by region or by group, where lines are crossed or many."""
    regions, groups = len(view.regions), len(view.groups)
    if not view.split and min(regions, groups) == 1:
        return []
    options = [
        {"label": term("split_none", lang), "value": "", "disabled": regions * groups > MOST_LINES},
        {"label": term("split_region", lang), "value": "region", "disabled": regions == 1},
        {"label": term("split_grupp", lang), "value": "grupp", "disabled": groups == 1},
    ]
    radios = dbc.RadioItems(
        id=frame.choice("split"), options=options, value=view.split, inline=True, name="split"
    )
    return [html.Fieldset([html.Legend(term("split", lang)), radios], className="field")]


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


def chips(shown: Iterable[Chip], lang: Lang, *, kind: str = "chips") -> html.Ul:
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
    label = term("compare_with" if kind == "chips beside" else "shown", lang)
    return html.Ul(items, className=kind, **aria(label=label))


def line_chips(visit: Visit, lines: Sequence[ChartLine], view: LineSelection) -> list[html.Ul]:
    """
    The lines of a chart, of small ones one of each look; comparisons can be taken away.

    Where groups are drawn, or small charts, the comparisons stand by themselves.
    """
    lang = visit.lang
    if not (view.dimensions or view.split):
        shown = [Chip(line.name, line, _without(visit, view, line.region)) for line in lines]
        return [chips(shown, lang)]
    names = names_apart(view.regions, visit.regions, lang)
    beside = [Chip(names[code], None, _without(visit, view, code)) for code in view.comparison]
    return [
        *([chips([Chip(line.name, line) for line in lines], lang)] if lines else []),
        *([chips(beside, lang, kind="chips beside")] if beside else []),
    ]


def _without(visit: Visit, view: LineSelection, region: str) -> str:
    """The address without a region beside the selected one; "" of any other."""
    if region not in view.comparison:
        return ""
    path, rest = f"/indikator/{view.indicator}", [one for one in view.comparison if one != region]
    if view.own and region == view.own.code:
        return link(path, visit.state, region_group=None, notices=())
    comparison = tuple(code for code in rest if not (view.own and code == view.own.code))
    return link(path, visit.state, comparison=comparison, notices=())


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
