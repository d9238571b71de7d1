"""
Fixed notes that follow the values they concern: noise, suppression, RegSO divisions.

Pure. It decides from the observations that are shown; whatever shows them shows these, too.
"""

from collections.abc import Iterable

from dashboard.data.observation import Observation
from dashboard.text import translated
from etl.catalogue import Indicator, Text
from etl.catalogue.regions import BOTH_DIVISIONS, division, region_level

_BACKGROUND = "population"  # the theme that describes who lives here; the others are outcomes
_NOISE_FROM = 2025
_NEWER = "RegSO 2025"


def notes_for(
    observations: Iterable[Observation], indicator: Indicator, *, ordered: bool = False
) -> tuple[Text, ...]:
    """The notes for what is shown; `ordered` when it is a list sorted by a value."""
    order = (translated("note_order"),) if ordered else ()
    return (*standing_notes(indicator), *order, *following_notes(observations, indicator))


def standing_notes(indicator: Indicator) -> tuple[Text, ...]:
    """What origin is not, and that an outcome shows no cause: whatever the values."""
    applies = {
        "origin": indicator.theme == _BACKGROUND or "origin" in indicator.dimensions,
        "outcome": indicator.theme != _BACKGROUND,
    }
    return tuple(translated(f"note_{key}") for key, holds in applies.items() if holds)


def following_notes(observations: Iterable[Observation], indicator: Indicator) -> tuple[Text, ...]:
    """The notes that only certain values call for: noise, RegSO divisions, suppression."""
    shown = tuple(observations)
    applies = {"noise": any(map(_is_noisy, shown)), **_divisions(shown)}
    texts = [translated(f"note_{key}") for key, holds in applies.items() if holds]
    if any(
        _is_suppressed(observation, indicator) for observation in shown if not observation.present
    ):
        texts.append(translated("rule_of_twenty"))
    return tuple(texts)


def _is_noisy(observation: Observation) -> bool:
    """Whether a number was protected with the cell key method."""
    return observation.year >= _NOISE_FROM and observation.present


def _is_suppressed(observation: Observation, indicator: Indicator) -> bool:
    """Whether a published share is held back because the group is small."""
    published = indicator.measure == "share" and observation.kind == "published"
    return published and not observation.present and observation.status == ".."


def _divisions(shown: tuple[Observation, ...]) -> dict[str, bool]:
    """
    Whose division the areas follow; nothing of areas that are the same in both.

    The border of a union has changed where it lacks an area whose border has.
    """
    areas = {row.region: row.division or division(row.region) for row in shown if not row.members}
    divisions = set(areas.values()) - {None, BOTH_DIVISIONS}
    changed = any(
        region_level(row.region) == "stadsdel" and row.division == _NEWER for row in shown
    )
    return {
        "regso_2020": divisions == {"RegSO 2020"},
        "regso_2025": divisions == {_NEWER},
        "regso_both": len(divisions) > 1,
        "border": changed,
    }
