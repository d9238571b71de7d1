"""
Fixed notes that follow the values they concern: noise, suppression, RegSO divisions.

Pure. It decides from the observations that are shown; whatever shows them shows these, too.
"""

from collections.abc import Iterable

from dashboard.codes import EVERYBODY
from dashboard.data.observation import Observation
from dashboard.text import translated
from etl.catalogue import TOTAL, Catalogue, Indicator, Text
from etl.catalogue.regions import BOTH_DIVISIONS, division, region_level
from etl.measures.level import NOISE_FROM, NOISE_PERSONS, is_noise

_BACKGROUND = "population"  # the theme that describes who lives here; the others are outcomes
_RULE_OF_TWENTY = "AA0003"  # the register whose shares of small groups are held back by it
_NEWER = "RegSO 2025"
_WHOLE = frozenset({"country", "county"})


def notes_for(
    observations: Iterable[Observation],
    indicator: Indicator,
    catalogue: Catalogue,
    *,
    ordered: bool = False,
) -> tuple[Text, ...]:
    """The notes for what is shown; `ordered` when it is a list sorted by a value."""
    order = (translated("note_order"),) if ordered else ()
    return (
        *standing_notes(indicator),
        *order,
        *following_notes(observations, indicator, catalogue),
    )


def standing_notes(indicator: Indicator) -> tuple[Text, ...]:
    """What origin is not, and that an outcome shows no cause: whatever the values."""
    applies = {
        "origin": indicator.theme == _BACKGROUND or "origin" in indicator.dimensions,
        "outcome": indicator.theme != _BACKGROUND,
    }
    return tuple(translated(f"note_{key}") for key, holds in applies.items() if holds)


def following_notes(
    observations: Iterable[Observation],
    indicator: Indicator,
    catalogue: Catalogue,
    *,
    beside_marks: bool = False,
) -> tuple[Text, ...]:
    """
    The notes that only certain values call for: noise, RegSO divisions, suppression.

    `beside_marks`: they stand where the indicator's breaks and cautions do, which say of the
    noise what its note says.
    """
    shown = tuple(observations)
    told = beside_marks and any(int(mark.period[:4]) == NOISE_FROM for mark in indicator.breaks)
    applies = {
        "noise": not told and any(map(_is_noisy, shown)),
        "small": any(is_small(observation, indicator) for observation in shown),
        **_divisions(shown),
    }
    texts = [translated(f"note_{key}") for key, holds in applies.items() if holds]
    if any(by_rule_of_twenty(observation, indicator, catalogue) for observation in shown):
        texts.append(translated("rule_of_twenty"))
    return tuple(texts)


def _is_noisy(observation: Observation) -> bool:
    """Whether a number was protected with the cell key method."""
    return observation.year >= NOISE_FROM and observation.present


def is_small(observation: Observation, indicator: Indicator) -> bool:
    """Whether a number of persons is so small that the noise makes it uncertain."""
    return observation.present and is_noise(observation.number, indicator, observation.year)


def is_of_few(observation: Observation) -> bool:
    """Whether the numerator of a share is so small that the noise makes it uncertain."""
    if observation.counts is None or observation.year < NOISE_FROM:
        return False
    return observation.counts[0] < NOISE_PERSONS


def by_rule_of_twenty(observation: Observation, indicator: Indicator, catalogue: Catalogue) -> bool:
    """
    Whether a missing figure may be one that the source holds back because the group is small.

    So it does with published shares of the register for integration. A whole county, or its women
    or men, is no small group.
    """
    if observation.present or observation.status != ".." or observation.kind != "published":
        return False
    if indicator.measure != "share":
        return False
    everybody = observation.group._replace(sex=TOTAL) == EVERYBODY
    if everybody and region_level(observation.region) in _WHOLE:
        return False
    own = [segment for segment in indicator.segments if segment.id == observation.segment]
    tables = [
        catalogue.table[source.table]
        for segment in own or indicator.segments  # a version of before may have others
        for source in segment.sources
        if source.table in catalogue.table
    ]
    return any(table.path.startswith(_RULE_OF_TWENTY) for table in tables)


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
