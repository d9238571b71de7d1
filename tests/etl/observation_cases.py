"""Two municipalities in one year, and observations of the first, for the tests."""

from collections.abc import Mapping
from typing import Any

from tests.etl.documents import Codes, document
from tests.etl.entries import REGION, Entry, Row, listed, read, table, use

ALL = ("_T", "_T", "_T", "_T")


def origins(*codes: str) -> Mapping[str, Codes]:
    """Two municipalities in one year by these codes of background."""
    return {
        "Region": ("0180", "0184"),
        "BakgrVar": codes,
        "ContentsCode": {"N": "Folkmängd"},
        "Tid": ("2020",),
    }


def of_stockholm(
    value: list[Any],
    status: Mapping[str, str] | None = None,
    *,
    variable: Mapping[str, Any],
    **source: Any,
) -> dict[str, Row]:
    """Observations of the first municipality by background, from its cells in order."""
    codes = [f"c{at}" for at in range(len(value))]
    sent = document(origins(*codes), value + value, status)
    origin: Entry = {"code": "BakgrVar", "role": "background", **variable}
    found = listed(*read(sent, use(**source), table(REGION, origin)))
    return {key[3]: row for key, row in found.items() if key[0] == "0180"}
