"""
The controls of an indicator page: own region, comparisons, breakdown and groups.

Knows what each control says for a view. What does not exist in the source is disabled,
and the reason stands beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard import ids
from dashboard.components import aria, region_options, select
from dashboard.panel import Panel
from dashboard.regions import Region, inline
from dashboard.text import term
from dashboard.url import State, link
from dashboard.view import MOST_LINES, SEXES, Offer, View, kind, label
from etl.catalogue import TOTAL, Catalogue, Lang


def said_by(view: View, choices: Offer) -> dict[str, Any]:
    """What each control says when the page is drawn, for `moves.moved`."""
    return {
        "region": view.own,
        "add": "",
        "by": view.by,
        "background": view.backgrounds[0],
        "sex": view.sexes[0],
        "groups": list(view.backgrounds),
        "others": list(view.others),
        "origins": list(choices.groups(TOTAL)),
        "everybody": [choices.everybody()],
    }


def controls(
    catalogue: Catalogue,
    view: View,
    choices: Offer,
    *,
    state: State,
    places: Mapping[str, Region],
) -> list[html.Div]:
    """The row of controls and, under it, why some of them are disabled."""
    lang = state.lang
    options = region_options(places, view.own, lang)
    parts: list[Any] = [select("region", term("choose_region", lang), options, view.own)]
    if view.by == "region":
        parts.append(_add(view, options, lang))
    parts.append(_by(catalogue, view, choices, lang))
    if view.by != "background" and any(code != TOTAL for code, _ in choices.existing):
        parts.append(_background(catalogue, view, choices, lang))
    if view.by != "sex" and any(code != TOTAL for _, code in choices.existing):
        parts.append(_sex(catalogue, view, choices, lang))
    if view.by == "background":
        parts.append(_groups(catalogue, view, choices, lang))
    region = inline(places[view.own], lang) if view.own in places else view.own
    reasons = [
        html.P(term("absent", lang, what=_called(catalogue, what, view, lang), region=region))
        for what in ("background", "sex")
        if not _available(what, view, choices)
    ]
    return [
        html.Div(parts, className="controls"),
        *([html.Div(reasons, className="reasons")] if reasons else []),
    ]


def chips(drawn: Panel, view: View, state: State) -> html.Ul:
    """What is drawn, in the colours of the lines; comparisons can be taken away."""
    lang = state.lang
    items = []
    for line in (*drawn.lines, *drawn.absent):
        parts: list[Any] = [
            html.I(className=f"line {line.dash}", style={"borderColor": line.colour}),
            line.name,
        ]
        if view.by == "region" and line.region != view.own:
            others = tuple(code for code in view.others if code != line.region)
            parts.append(
                dcc.Link(
                    [
                        html.Span("×", **aria(hidden="true")),
                        html.Span(term("remove", lang, name=line.name), className="unseen"),
                    ],
                    href=link(f"/indikator/{view.indicator}", state, jamfor=others, notices=()),
                    className="remove",
                )
            )
        items.append(html.Li(parts, className="chip"))
    return html.Ul(items, className="chips", **aria(label=term("shown", lang)))


def _add(view: View, options: Sequence[Mapping[str, str]], lang: Lang) -> html.Div:
    """A select that adds a region while there is room for one."""
    left = [one for one in options if one["value"] not in view.regions]
    full = len(view.regions) >= MOST_LINES
    return select(
        "add", term("compare_with", lang), left, "", placeholder=term("add", lang), disabled=full
    )


def _called(catalogue: Catalogue, what: str, view: View, lang: Lang) -> str:
    """What a breakdown is called; groups that are drawn, by what they are groups of."""
    if what != "background":
        return term(f"by_{what}", lang)
    shown = view.backgrounds if view.by == "background" else ()
    return term(f"by_{kind(catalogue, shown)}", lang)


def _by(catalogue: Catalogue, view: View, choices: Offer, lang: Lang) -> html.Fieldset:
    """Regions, region of birth or sex; what the source does not have is disabled."""
    options = [
        {
            "label": _called(catalogue, what, view, lang),
            "value": what,
            "disabled": not _available(what, view, choices),
        }
        for what in ("region", "background", "sex")
    ]
    radios = dbc.RadioItems(
        id=ids.choice("by"), options=options, value=view.by, inline=True, name="by"
    )
    return html.Fieldset([html.Legend(term("by", lang)), radios], className="field")


def _available(what: str, view: View, choices: Offer) -> bool:
    if what == "background":
        return view.by == what or len(choices.groups(TOTAL)) > 1
    one = view.backgrounds[0] if len(view.backgrounds) == 1 else TOTAL
    return what == "region" or bool(choices.sexes(one))


def _background(catalogue: Catalogue, view: View, choices: Offer, lang: Lang) -> html.Div:
    """One group by region of birth for all lines."""
    codes = dict.fromkeys((TOTAL, *choices.known(), *view.backgrounds))
    options = [
        {
            "label": label(catalogue, "background", code, lang),
            "value": code,
            "disabled": not all(choices.has(code, sex) for sex in view.sexes),
        }
        for code in codes
    ]
    name = term(f"by_{kind(catalogue, view.backgrounds)}", lang)
    return select("background", name, options, view.backgrounds[0])


def _sex(catalogue: Catalogue, view: View, choices: Offer, lang: Lang) -> html.Div:
    """One sex for all lines, or both."""
    options = [
        {
            "label": label(catalogue, "sex", code, lang),
            "value": code,
            "disabled": not all(choices.has(one, code) for one in view.backgrounds),
        }
        for code in (TOTAL, *SEXES)
    ]
    return select("sex", term("sex", lang), options, view.sexes[0])


def _groups(catalogue: Catalogue, view: View, choices: Offer, lang: Lang) -> html.Fieldset:
    """Which groups are drawn, at most five; the others wait until one is taken away."""
    full = len(view.backgrounds) >= MOST_LINES
    options = [
        {
            "label": label(catalogue, "background", code, lang),
            "value": code,
            "disabled": code not in view.backgrounds
            and (full or not choices.has(code, view.sexes[0])),
        }
        for code in dict.fromkeys((TOTAL, *choices.known(), *view.backgrounds))
    ]
    boxes = dbc.Checklist(
        id=ids.choice("groups"), options=options, value=list(view.backgrounds), inline=True
    )
    return html.Fieldset([html.Legend(term("groups", lang)), boxes], className="field wide")
