"""
The views of an indicator: which of them have something to show, and why the others have not.

Pure. It knows only what exists, never how a view is drawn.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from dashboard.scope import LEVELS, Existing
from dashboard.url import Way
from etl.catalogue import TOTAL, Indicator

MAPPED = frozenset({"county", "municipality"})
# A class is no number; numbers of people in groups of different sizes say nothing.
SAYS_NOTHING: Mapping[str, tuple[Way, ...]] = MappingProxyType(
    {"class": ("tvaar", "skillnader"), "count": ("skillnader",)}
)


def ways(indicator: Indicator, existing: Existing) -> Mapping[Way, str | None]:
    """Every view, with the key of the reason why it has nothing to show, or None."""
    return {way: _obstacle(way, indicator, existing) for way in get_args(Way)}


def _obstacle(way: Way, indicator: Indicator, existing: Existing) -> str | None:
    if way in SAYS_NOTHING.get(indicator.measure, ()):
        return f"no_way_{indicator.measure}"
    found = {level for level, *_ in existing}
    if way in {"jamfor", "tvaar"} and found <= {LEVELS["riket"]}:
        return "no_way_one"
    if way == "karta" and not found & MAPPED:
        return "no_way_karta"
    if way == "grupper" and all(group == [TOTAL] * 3 for _, *group in existing):
        return "no_way_grupper"
    if way == "skillnader" and not any(background != TOTAL for _, background, *_ in existing):
        return "no_way_skillnader"
    return None
