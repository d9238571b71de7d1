"""
Which two groups a link sets against each other, and the controls that offer only what exists.

Knows what the selects say. Which pairs there are is decided in `differences`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.components import select
from dashboard.differences import Group, dimension, pairs, replaced, usual
from dashboard.pages.views import choices, listing
from dashboard.pages.views.listing import Listing
from dashboard.scope import Scope, groups
from dashboard.series import offered
from dashboard.text import term
from dashboard.url import State
from dashboard.view import label
from dashboard.visit import Visit
from etl.catalogue import TOTAL, Indicator


@dataclass(frozen=True)
class Two:
    """Two groups that differ in one dimension, as the link names them and as they are asked for."""

    codes: tuple[str, str]
    dimension: str
    kind: str
    groups: tuple[Group, Group]
    names: tuple[str, str]


def paired(
    visit: Visit, indicator: Indicator, chosen: Scope
) -> tuple[Two | None, Mapping[str, tuple[str, ...]], list[str]]:
    """The two groups, None without any; the codes that each kind offers; what is said."""
    catalogue, lang = visit.catalogue, visit.lang
    rows = offered(visit.context, visit.warehouse, indicator.id, chosen.own)
    own = rows[["background", "sex", "education"]].itertuples(index=False, name=None)
    known = groups(choices.existing(visit, indicator), chosen.level) | frozenset(own)
    base = chosen.group
    found = {**pairs((TOTAL, *base[1:]), known, catalogue)}
    if not found:
        base = (TOTAL, TOTAL, TOTAL)
        found = {**pairs(base, known, catalogue)}
    wish = visit.state.par
    kinds = [kind for kind, codes in found.items() if set(wish) <= set(codes)]
    said = []
    if not kinds and wish != State().par:
        named = [_name(visit, code) for code in wish]
        said.append(term("no_pair", lang, one=named[0], other=named[1]))
    if not found:
        return None, found, said
    kind = kinds[0] if kinds else next(iter(found))
    codes = wish if kinds and wish[0] != wish[1] else usual(found[kind])
    one, other = (replaced(base, code, catalogue) for code in codes)
    names = (_name(visit, codes[0]), _name(visit, codes[1]))
    two = Two(codes, dimension(codes[0], catalogue), kind, (one, other), names)
    return two, found, said


def scopes(chosen: Scope, two: Two) -> tuple[Scope, Scope]:
    """The scope of each group."""
    one, other = (
        replace(chosen, background=background, sex=sex, education=education)
        for background, sex, education in two.groups
    )
    return one, other


def controls(
    visit: Visit,
    indicator: Indicator,
    found: Listing,
    *,
    two: Two,
    known: Mapping[str, tuple[str, ...]],
) -> list[Any]:
    """Region and level, the kind of groups, the two of them, and what both have in common."""
    lang, codes = visit.lang, known[two.kind]
    kinds = [{"label": term(f"group_kind_{kind}", lang), "value": kind} for kind in known]
    first, second = two.codes
    return [
        *choices.controls(visit, indicator, found.scope, without=two.dimension),
        *listing.select_field(visit, found),
        select("kind_of_pair", term("group_by", lang), kinds, two.kind),
        select("first_group", term("group_one", lang), _options(visit, codes, second), first),
        select("second_group", term("group_other", lang), _options(visit, codes, first), second),
    ]


def said_by(two: Two, known: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """What these controls say when the page is drawn, for `moves.moved`."""
    pairs_of = {f"pair_{kind}": list(usual(codes)) for kind, codes in known.items()}
    first, second = two.codes
    return {
        "kind_of_pair": two.kind,
        "first_group": first,
        "second_group": second,
        **pairs_of,
    }


def small(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:]


def _options(visit: Visit, codes: Sequence[str], other: str) -> list[dict[str, Any]]:
    """The groups of a kind; the one that stands on the other side is disabled."""
    return [
        {"label": _name(visit, code), "value": code, "disabled": code == other} for code in codes
    ]


def _name(visit: Visit, code: str) -> str:
    return label(
        visit.catalogue, dimension(code, visit.catalogue) or "background", code, visit.lang
    )
