"""Beside whom a region is shown over time when nobody has chosen."""

import pytest
from flask.testing import FlaskClient

from tests.dashboard.rendered import found, shown, text


@pytest.mark.parametrize(
    ("indicator", "asked", "columns"),
    [
        ("employment_rate", "", ["Botkyrka", "Stockholms län", "Riket"]),
        ("net_migration", "", ["Botkyrka"]),
        ("net_migration", "&jamfor=0126,00", ["Botkyrka", "Huddinge", "Riket"]),
    ],
)
def test_a_count_is_beside_county_and_country_only_where_a_reader_asks(
    client: FlaskClient, indicator: str, asked: str, columns: list[str]
) -> None:
    """On the axis of the country's number of persons a municipality's line lies flat."""
    page = shown(client, f"/indikator/{indicator}", f"?region=0127{asked}")
    (table,) = found(page, "Table")
    heads = [text(one) for one in found(table, "Th") if one["props"]["scope"] == "col"]

    assert heads[1:] == columns
