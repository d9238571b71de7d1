"""What a region code says: its level, its division, what it lies in."""

import pytest

from etl.catalogue.regions import division, is_within, level_of_code, region_level


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("00", "country"),
        ("01", "county"),
        ("25", "county"),
        ("0180", "municipality"),
        ("0180R076", "regso"),
        ("0180R076_RegSO2025", "regso"),
        ("0114C1010", None),
        ("0114C1010_DeSO2025", None),
        ("0180R76", None),
        ("180", None),
        ("1", None),
        ("018001", None),
        ("", None),
        ("Riket", None),
    ],
)
def test_a_region_code_tells_its_level(code: str, expected: str | None) -> None:
    """Codes of the country, counties, municipalities and RegSO; DeSO and the rest are not used."""
    assert level_of_code(code) == expected


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("00", "country"),
        ("01", "county"),
        ("0127", "municipality"),
        ("0127R001", "regso"),
        ("0127R001_RegSO2025", "regso"),
        ("stadsdel-alby", "stadsdel"),
        ("skr-A1", "group"),
    ],
)
def test_a_code_tells_its_level(region: str, expected: str) -> None:
    """Levels are never mixed in an order, so each code must tell its own."""
    assert region_level(region) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0180R076", "RegSO 2020"),
        ("0180R076_RegSO2025", "RegSO 2025"),
        ("0180", None),
        ("0180R76", None),
        ("stadsdel-alby", None),
        ("skr-A1", None),
    ],
)
def test_only_areas_have_a_division(code: str, expected: str | None) -> None:
    """The division of 2020 has no suffix; municipalities and unions have none at all."""
    assert division(code) == expected


def test_an_area_lies_in_its_municipality_county_and_the_country() -> None:
    """The codes of the source are nested; the country has all of them."""
    assert all(is_within("0180R076", region) for region in ("00", "01", "0180"))
    assert not any(is_within("0180R076", region) for region in ("03", "0127"))
