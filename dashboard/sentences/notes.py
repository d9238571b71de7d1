"""
Fixed notes that follow the values they concern: noise, suppression, RegSO divisions.

Pure. It decides from the observations that are shown; whatever shows them shows these, too.
"""

from collections.abc import Iterable

from dashboard.data.observation import Observation
from dashboard.text import translated
from etl.catalogue import Indicator, Text
from etl.catalogue.regions import division, region_level

BACKGROUND = "population"  # the theme that describes who lives here; the others are outcomes
NOISE_FROM = 2025
# The first year that tables give in the RegSO division of 2025.
BORDER_FROM = 2024


def notes_for(
    observations: Iterable[Observation], indicator: Indicator, *, ordered: bool = False
) -> tuple[Text, ...]:
    """The notes for what is shown; `ordered` when it is a list sorted by a value."""
    order = (translated("note_order"),) if ordered else ()
    return (*standing_notes(indicator), *order, *following_notes(observations, indicator))


def standing_notes(indicator: Indicator) -> tuple[Text, ...]:
    """What origin is not, and that an outcome shows no cause: whatever the values."""
    wanted = {
        "origin": indicator.theme == BACKGROUND or "origin" in indicator.dimensions,
        "outcome": indicator.theme != BACKGROUND,
    }
    return tuple(translated(f"note_{key}") for key, holds in wanted.items() if holds)


def following_notes(observations: Iterable[Observation], indicator: Indicator) -> tuple[Text, ...]:
    """The notes that only certain values call for: noise, RegSO divisions, suppression."""
    shown = tuple(observations)
    wanted = {"noise": any(map(is_noisy, shown)), **_divisions(shown)}
    found = [translated(f"note_{key}") for key, holds in wanted.items() if holds]
    if any(is_suppressed(one, indicator) for one in shown if not one.present):
        found.append(translated("rule_of_twenty"))
    return tuple(found)


def is_noisy(one: Observation) -> bool:
    """Whether a number was protected with the cell key method."""
    return one.year >= NOISE_FROM and one.present


def is_suppressed(one: Observation, indicator: Indicator) -> bool:
    """Whether a published share is held back because the group is small."""
    published = indicator.measure == "share" and one.kind == "published"
    return published and not one.present and one.status == ".."


def _divisions(shown: tuple[Observation, ...]) -> dict[str, bool]:
    found = {division(region) for region in {one.region for one in shown}} - {None}
    later = any(region_level(one.region) == "stadsdel" and one.year >= BORDER_FROM for one in shown)
    return {
        "regso_2020": found == {"RegSO 2020"},
        "regso_2025": found == {"RegSO 2025"},
        "regso_both": len(found) > 1,
        "border": later,
    }
