"""Maps of four municipalities for tests."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from dashboard.charts.map import MapPicture, choropleth
from dashboard.data.borders import boxes
from dashboard.data.observation import Observation
from dashboard.text.format import Look
from tests.dashboard.speaking import indicator

NAMES: Mapping[str, str] = MappingProxyType(
    {"0127": "Botkyrka", "0126": "Huddinge", "0140": "Nykvarn", "0180": "Stockholm"}
)
VALUES: Mapping[str, float] = MappingProxyType(
    {"0127": 71.04, "0126": 75.0, "0140": 84.2, "0180": 79.9}
)
SWEDISH = Look("sv")


def rows(values: Mapping[str, float | None], **more: Any) -> list[Observation]:
    """Rows of one year of everybody, as the warehouse gives them."""
    return [
        Observation("employment_rate", code, "2023", "bas", value)._replace(**more)
        for code, value in values.items()
    ]


def drawn(
    shown: Iterable[Observation],
    names: Mapping[str, str] = NAMES,
    *,
    own: str = "0127",
    look: Look = SWEDISH,
    **more: Any,
) -> MapPicture:
    """The map of some municipalities in 2023."""
    given: dict[str, Any] = {"period": "2023", "boxes": boxes()} | more
    return choropleth(shown, names, indicator("employment_rate"), look, region=own, **given)


def traces(picture: MapPicture) -> dict[str, Any]:
    """The traces of a map by name."""
    return {trace["name"]: trace for trace in picture.figure["data"]}
