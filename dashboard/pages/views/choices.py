"""
What may be chosen in the views over the regions of a level, and the controls for it.

Everything offered exists in the source; what does not is disabled, and the reason is said.
"""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard import queries
from dashboard.components import select
from dashboard.scope import Existing, Scope, groups, levels, scoped
from dashboard.text import term
from dashboard.view import SEXES, kind, label
from dashboard.visit import Visit
from etl.catalogue import TOTAL, Indicator


def existing(visit: Visit, indicator: Indicator) -> Existing:
    """The combinations of level and group that an indicator has, remembered per version."""
    return visit.context.memory.recall(
        (visit.warehouse.version, "combinations", indicator.id),
        lambda: frozenset(
            queries.groups(visit.warehouse, indicator.id).itertuples(index=False, name=None)
        ),
    )


def scope(visit: Visit, indicator: Indicator) -> tuple[Scope, list[str]]:
    """What the link asks of this indicator, and what it asks in vain."""
    return scoped(
        visit.state,
        indicator.id,
        catalogue=visit.catalogue,
        places=visit.places,
        existing=existing(visit, indicator),
    )


def controls(visit: Visit, indicator: Indicator, chosen: Scope, *, without: str = "") -> list[Any]:
    """Region, level, and one control for each dimension but `without` that the source has here."""
    lang = visit.lang
    return [
        select(
            "region",
            term("choose_region", lang),
            visit.menu(chosen.own),
            chosen.own,
        ),
        select("niva", term("level", lang), _levels(visit, indicator, chosen), chosen.level),
        *whom(visit, indicator, chosen, without=without),
    ]


def whom(visit: Visit, indicator: Indicator, chosen: Scope, *, without: str = "") -> list[Any]:
    """A control for each dimension but one of the group that the source has at this level."""
    lang, known = visit.lang, groups(existing(visit, indicator), chosen.level)
    parts = []
    for key, dimension, codes in _dimensions(visit, known):
        own = getattr(chosen, dimension)
        if len(codes) > 1 and dimension != without:
            name = kind(visit.catalogue, [own]) if dimension == "background" else dimension
            options = [
                {
                    "label": label(visit.catalogue, dimension, code, lang),
                    "value": code,
                    "disabled": _with(chosen, dimension, code) not in known,
                }
                for code in codes
            ]
            parts.append(select(key, term(f"by_{name}", lang), options, own))
    return parts


def said_by(chosen: Scope) -> dict[str, Any]:
    """What these controls say when the page is drawn, for `moves.moved`."""
    return {
        "region": chosen.own,
        "niva": chosen.level,
        "bakgrund": chosen.background,
        "kon": chosen.sex,
        "utb": chosen.education,
    }


def panel(controls: Sequence[Any], reasons: Sequence[str] = ()) -> list[html.Div]:
    """A row of controls and, under it, why some of what they offer is disabled."""
    words = [html.P(reason) for reason in reasons]
    return [
        html.Div(list(controls), className="controls"),
        *([html.Div(words, className="reasons")] if words else []),
    ]


def _levels(visit: Visit, indicator: Indicator, chosen: Scope) -> list[dict[str, Any]]:
    """The levels with more than one region; the country alone where the link asks for it."""
    found = levels(existing(visit, indicator))
    return [
        {"label": term(f"niva_{level}", visit.lang), "value": level, "disabled": level not in found}
        for level in ("riket", "lan", "kommun", "omrade")
        if level in {chosen.level, "lan", "kommun", "omrade"}
    ]


def _dimensions(visit: Visit, known: frozenset[Any]) -> list[tuple[str, str, list[str]]]:
    """Key of the address, name and codes of each dimension, in the catalogue's order."""
    order = [code for dimension, code in visit.catalogue.category if dimension == "background"]
    schooling = [code for dimension, code in visit.catalogue.category if dimension == "education"]
    found = {place: {group[place] for group in known} for place in range(3)}
    return [
        ("bakgrund", "background", [code for code in order if code in found[0]]),
        ("kon", "sex", [code for code in (TOTAL, *SEXES) if code in found[1]]),
        ("utb", "education", [code for code in schooling if code in found[2]]),
    ]


def _with(chosen: Scope, dimension: str, code: str) -> tuple[str, str, str]:
    """The chosen group with another code of one dimension."""
    own = {name: getattr(chosen, name) for name in ("background", "sex", "education")}
    own[dimension] = code
    return own["background"], own["sex"], own["education"]
