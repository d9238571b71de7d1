"""The API as a program sees it: addresses, values, refusals."""

from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.exports.extract import MACHINE_COLUMNS
from dashboard.server.app import create_app
from tests.dashboard.api_client import API, asked
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish, rows


def test_observations_are_those_of_the_warehouse(reader: FlaskClient) -> None:
    """Every value, status and code arrives as it was published, for what was asked for only."""
    address = "/observations?indicator=employment_rate&region=0140,0127&sex=_T&background=_T,NEXS"
    found = asked(reader, address)
    expected = {
        (region, period, background): (value, status)
        for indicator, region, period, sex, background, value, status, *_ in rows()
        if indicator == "employment_rate"
        and region in {"0140", "0127"}
        and sex == "_T"
        and background in {"_T", "NEXS"}
    }
    given = {
        (row["region"], row["period"], row["background"]): (row["value"], row["status"])
        for row in found["data"]
    }

    assert given == expected
    assert len(found["data"]) == len(expected) == found["meta"]["total"]
    assert found["meta"]["indicator"] == "employment_rate"
    assert found["meta"]["unit"] == "procent"
    assert found["meta"]["version"] == FIRST
    assert found["meta"]["example"] is False
    assert found["meta"]["source"] == "Källa: SCB, tabell TAB4881 och TAB6383"
    assert found["meta"]["licence"] == "CC0 1.0"
    assert found["meta"]["next"] is None


def test_a_record_has_the_machine_columns_with_text_codes(reader: FlaskClient) -> None:
    """A program reads the same columns from JSON as from CSV; 0127 is no number."""
    address = "/observations?indicator=employment_rate&region=0127&sex=_T&background=_T&from=2024"
    (row,) = asked(reader, address)["data"]

    assert tuple(row) == MACHINE_COLUMNS
    assert row == {
        "indicator": "employment_rate",
        "region": "0127",
        "region_name": "Botkyrka",
        "period": "2024",
        "sex": "_T",
        "background": "_T",
        "age": "_T",
        "education": "_T",
        "value": 70.7,
        "status": None,
        "unit": "procent",
        "numerator": None,
        "denominator": None,
        "segment": "bas",
        "kind": "published",
        "table": "TAB6383",
        "updated": "2026-02-13T07:00:00Z",
        "fetched": "2026-11-21T08:00:00Z",
    }


def test_a_hidden_value_is_null_with_its_symbol_and_a_zero_is_a_zero(reader: FlaskClient) -> None:
    """Botkyrka 2010 is hidden (..); Nykvarn's net migration 2024 was nil (-)."""
    hidden = asked(
        reader,
        "/observations?indicator=employment_rate&region=0127&sex=_T&background=_T&from=2010&to=2010",
    )["data"]
    nil = asked(reader, "/observations?indicator=net_migration&region=0140&from=2024")["data"]

    assert [(one["value"], one["status"]) for one in hidden] == [(None, "..")]
    assert [(one["value"], one["status"]) for one in nil] == [(0.0, "-")]


def test_a_filter_left_out_is_everything(reader: FlaskClient) -> None:
    """All regions, groups and years of an indicator; all indicators without one."""
    one = asked(reader, "/observations?indicator=net_migration&limit=100000")
    every = asked(reader, "/observations?limit=100000")

    assert one["meta"]["total"] == sum(row[0] == "net_migration" for row in rows())
    assert every["meta"]["total"] == len(every["data"]) == len(rows())
    assert every["meta"]["unit"] is None


def test_pages_follow_each_other_without_a_seam(reader: FlaskClient) -> None:
    """Whoever follows `next` to its end has every row once, in one version."""
    whole = asked(reader, "/observations?indicator=employment_rate&region=0180")["data"]
    found: list[Any] = []
    following: str | None = f"{API}/observations?indicator=employment_rate&region=0180&limit=50"
    while following:
        page: Any = reader.get(following).json
        assert len(page["data"]) <= 50
        assert page["meta"]["rows"] == len(page["data"])
        found += page["data"]
        following = page["meta"]["next"]
        assert following is None or f"version={FIRST}" in following

    assert found == whole


def test_a_level_selects_its_regions(reader: FlaskClient) -> None:
    """Counties only, whatever their codes."""
    found = asked(reader, "/observations?indicator=population&level=county&from=2024")["data"]

    assert [row["region"] for row in found] == ["01", "09"]


def test_the_unit_is_told_in_the_language_asked_for(reader: FlaskClient) -> None:
    """Keys are English always; words are Swedish unless asked otherwise."""
    found = asked(reader, "/observations?indicator=population&region=00&lang=en")

    assert found["meta"]["unit"] == found["data"][0]["unit"] == "persons"


def test_regions_are_listed_by_level_and_parent(reader: FlaskClient) -> None:
    """The municipalities of a county, with codes as text."""
    found = asked(reader, "/regions?level=municipality&parent=01")["data"]

    assert [(one["code"], one["name"]) for one in found] == [
        ("0126", "Huddinge"),
        ("0127", "Botkyrka"),
        ("0140", "Nykvarn"),
        ("0180", "Stockholm"),
    ]
    assert len(asked(reader, "/regions")["data"]) == 8


def test_indicators_tell_what_there_is_of_them(reader: FlaskClient) -> None:
    """Also one without figures is listed, with the reason."""
    found = {one["id"]: one for one in asked(reader, "/indicators")["data"]}

    assert list(found) == ["population", "net_migration", "employment_rate", "open_unemployment"]
    employed = found["employment_rate"]
    assert (employed["first_period"], employed["last_period"]) == ("2003", "2024")
    assert employed["levels"] == ["country", "county", "municipality"]
    assert employed["regions"] == 8
    assert found["open_unemployment"]["observations"] == 0
    assert found["open_unemployment"]["reason"] == "Tabellen finns inte."
    assert found["net_migration"]["stale"] is True


def test_one_indicator_tells_its_breaks_and_groups(reader: FlaskClient) -> None:
    """Who reads the series by program learns where it breaks, and what the codes mean."""
    found = asked(reader, "/indicators/employment_rate")["data"]

    assert [(one["period"], one["severity"]) for one in found["breaks"]] == [
        ("2004", "caution"),
        ("2019", "break"),
        ("2022", "break"),
    ]
    labels = {one["code"]: one["label"]["en"] for one in found["groups"]["background"]}
    assert labels["SE"] == "Born in Sweden"
    assert {one["code"] for one in found["groups"]["sex"]} == {"_T", "1", "2"}
    assert found["notes"] == [
        {
            "indicator": "employment_rate",
            "table": "TAB6383",
            "mandatory": True,
            "applies_to": [],
            "text": "Avser november.",
        }
    ]


def test_freshness_tells_which_table_is_stale_and_why(reader: FlaskClient) -> None:
    """A monitor sees the state of the whole, and of each table its dates and the reason."""
    found = asked(reader, "/freshness")
    tables = {one["id"]: one for one in found["tables"]}

    assert found["status"] == "stale"
    assert (found["version"], found["example"]) == (FIRST, False)
    assert found["built"] == "2026-11-21T08:15:00Z"
    assert tables["TAB4881"]["stale"] is True
    assert tables["TAB4881"]["reason"] == "SCB svarade inte."
    assert tables["TAB6383"]["stale"] is False
    assert tables["TAB6383"]["updated"] == "2026-02-13T07:00:00Z"
    assert [one["indicator"] for one in found["problems"]] == ["net_migration", "open_unemployment"]


def test_a_version_that_is_kept_can_be_asked_for(data: Path) -> None:
    """A new version changes what is current and nothing of what is pinned."""
    client = create_app(opened(data, CATALOGUE)).server.test_client()
    address = f"/observations?indicator=population&region=00&version={FIRST}"
    before = asked(client, address)["data"]
    publish(data, version=SECOND, example=True, observations=rows()[:30])

    assert asked(client, address)["data"] == before
    found = asked(client, "/versions")
    assert found["meta"]["current"] == SECOND
    assert [(one["version"], one["current"], one["example"]) for one in found["data"]] == [
        (SECOND, True, True),
        (FIRST, False, False),
    ]
    assert asked(client, "/observations")["meta"]["example"] is True


def test_example_data_say_so_in_every_answer(tmp_path: Path) -> None:
    """Nobody takes invented figures for statistics: flag, source and table tell it."""
    publish(tmp_path, example=True)
    client = create_app(opened(tmp_path, CATALOGUE)).server.test_client()
    found = asked(client, "/observations?indicator=population&region=00")

    assert found["meta"]["example"] is True
    assert found["meta"]["source"].startswith("Exempeldata – inte statistik")
    assert {row["table"] for row in found["data"]} == {"example:TAB4881"}
    assert {one["table"] for one in found["meta"]["sources"]} == {"example:TAB4881"}
    assert asked(client, "/freshness")["example"] is True
    assert asked(client, "/indicators")["meta"]["example"] is True
