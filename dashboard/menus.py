"""
The menus of groups on an indicator page: one group for all lines, or which groups are lines.

Knows what each menu lists. What does not exist in the source is disabled; why is said by
`controls`.
"""

from collections.abc import Callable, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard import ids
from dashboard.components import select
from dashboard.offers import MOST_LINES, SEXES, Offer
from dashboard.text import term
from dashboard.view import View, kind, label
from etl.catalogue import TOTAL, Catalogue, Lang


def breakdown(catalogue: Catalogue, view: View) -> str:
    """What the lines are: regions, sexes, levels of education, or a kind of groups."""
    return kind(catalogue, view.backgrounds) if view.by == "background" else view.by


def selects(catalogue: Catalogue, view: View, choices: Offer, lang: Lang) -> list[Any]:
    """A menu for each dimension that the source has."""
    menus: list[Any] = []
    for dimension, key, codes, shown in (
        ("background", "background", _backgrounds(catalogue, view, choices), view.backgrounds),
        ("sex", "sex", (TOTAL, *SEXES), view.sexes),
        ("education", "utb", (TOTAL, *choices.educations), view.educations),
    ):
        place = ("background", "sex", "education").index(dimension)
        exists = any(group[place] != TOTAL for group in choices.existing)
        if view.by == dimension and dimension != "sex":
            menus.append(_groups(catalogue, view, choices, codes=codes, lang=lang))
        elif view.by != dimension and (exists or shown != (TOTAL,)):
            every = tuple(dict.fromkeys((*codes, *shown)))
            options = [
                {
                    "label": label(catalogue, dimension, code, lang),
                    "value": code,
                    "disabled": not _exists(view, choices, place, code),
                }
                for code in every
            ]
            name = _called(catalogue, dimension, every, lang)
            menus.append(select(key, name, options, shown[0]))
    return menus


def _called(catalogue: Catalogue, dimension: str, codes: Sequence[str], lang: Lang) -> str:
    """What a menu is called: groups of one kind by that kind, else by its dimension."""
    if dimension != "background":
        return term(f"by_{dimension}", lang)
    what = kind(catalogue, codes)
    return term("by_total" if what == "group" else f"by_{what}", lang)


def _backgrounds(catalogue: Catalogue, view: View, choices: Offer) -> tuple[str, ...]:
    """The groups of a menu; where they are lines, only those of the same kind."""
    if view.by != "background":
        return (TOTAL, *choices.known())
    kinds = {kind(catalogue, [code]) for code in view.backgrounds if code != TOTAL}
    own = [code for code, named in choices.kinds if named in kinds]
    return tuple(dict.fromkeys((TOTAL, *own, *view.backgrounds)))


def _exists(view: View, choices: Offer, place: int, code: str) -> bool:
    """Whether all lines exist with another code in one place of their groups."""
    changed = {(*group[:place], code, *group[place + 1 :]) for group in view.groups}
    return changed <= choices.existing


def _groups(
    catalogue: Catalogue, view: View, choices: Offer, *, codes: Sequence[str], lang: Lang
) -> html.Fieldset:
    """Which groups are drawn, at most five; the others wait until one is taken away."""
    by_background = view.by == "background"
    shown = view.backgrounds if by_background else view.educations
    has: Callable[[str], bool] = (
        (lambda code: choices.has(code, view.sexes[0], view.educations[0]))
        if by_background
        else (lambda code: choices.has(view.backgrounds[0], view.sexes[0], code))
    )
    full = len(shown) >= MOST_LINES
    options = [
        {
            "label": label(catalogue, view.by, code, lang),
            "value": code,
            "disabled": code not in shown and (full or not has(code)),
        }
        for code in codes
    ]
    key = ids.choice("groups" if by_background else "educations")
    boxes = dbc.Checklist(id=key, options=options, value=list(shown), inline=True)
    return html.Fieldset([html.Legend(term("groups", lang)), boxes], className="field wide")
