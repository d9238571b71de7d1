"""The API as a program sees it: addresses, values, refusals."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.context import opened
from dashboard.exports.extract import COLUMNS
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish, rows

API = "/api/v1"


def asked(client: FlaskClient, address: str) -> Any:
    """The document at an address of the API, which must be there."""
    answer = client.get(API + address)
    assert answer.status_code == 200, answer.text
    return answer.json


def refused(client: FlaskClient, address: str) -> tuple[int, set[str]]:
    """Status of a refusal and the fields it names."""
    answer = client.get(API + address)
    assert answer.mimetype == "application/problem+json"
    document: Any = answer.json
    assert document["status"] == answer.status_code
    assert document["title"]
    assert document["detail"]
    return answer.status_code, {one["field"] for one in document.get("errors", [])}


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

    assert tuple(row) == COLUMNS
    assert row == {
        "indicator": "employment_rate",
        "region": "0127",
        "region_name": "Botkyrka",
        "period": "2024",
        "sex": "_T",
        "background": "_T",
        "education": "_T",
        "value": 70.7,
        "status": None,
        "unit": "procent",
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


@pytest.mark.parametrize(
    ("address", "status", "fields"),
    [
        ("/observations?indicator=nothing", 404, {"indicator"}),
        ("/observations?indicator=population,nothing", 404, {"indicator"}),
        ("/indicators/nothing", 404, {"id"}),
        ("/observations?indicator=population&region=180", 400, {"region"}),
        ("/observations?indicator=nothing&region=180", 400, {"indicator", "region"}),
        ("/observations?indikator=population", 400, {"indikator"}),
        ("/observations?indicator=Population!", 400, {"indicator"}),
        ("/observations?region=", 400, {"region"}),
        ("/observations?region=01,,09", 400, {"region"}),
        ("/observations?level=kommun", 400, {"level"}),
        ("/observations?sex=3", 400, {"sex"}),
        ("/observations?background=XX", 400, {"background"}),
        ("/observations?education=XX", 400, {"education"}),
        ("/observations?from=24", 400, {"from"}),
        ("/observations?to=2024-01", 400, {"to"}),
        ("/observations?from=2024&to=2020", 400, {"from"}),
        ("/observations?version=latest", 400, {"version"}),
        (f"/observations?version={SECOND}", 410, {"version"}),
        ("/observations?format=pdf", 400, {"format"}),
        ("/observations?format=csv-excel", 400, {"format"}),
        ("/observations?format=xlsx&flavour=excel", 400, {"flavour"}),
        ("/observations?format=csv&flavour=british", 400, {"flavour"}),
        ("/observations?limit=0", 400, {"limit"}),
        ("/observations?limit=-5", 400, {"limit"}),
        ("/observations?limit=ten", 400, {"limit"}),
        ("/observations?limit=100001", 400, {"limit"}),
        ("/observations?offset=1.5", 400, {"offset"}),
        ("/observations?limit=5&limit=6", 400, {"limit"}),
        ("/observations?from=x&to=y&sex=9&foo=1", 400, {"from", "to", "sex", "foo"}),
        ("/regions?parent=99", 400, {"parent"}),
        ("/regions?level=city", 400, {"level"}),
        ("/indicators?theme=work", 400, {"theme"}),
        ("/versions?x=1", 400, {"x"}),
        ("/nothing/here", 404, set()),
        ("", 404, set()),
    ],
)
def test_what_cannot_be_answered_is_named_field_by_field(
    reader: FlaskClient, address: str, status: int, fields: set[str]
) -> None:
    """404 for an unknown indicator, 410 for a version gone, else 400; all problems at once."""
    assert refused(reader, address) == (status, fields)


def test_limits_bind_pages_of_json_and_nothing_else(reader: FlaskClient) -> None:
    """CSV has every row; the most a page of JSON may have is told in the refusal."""
    csv = reader.get(f"{API}/observations?format=csv&limit=100001")

    assert csv.status_code == 200
    assert len(csv.text.splitlines()) == len(rows()) + 1
    assert "100000" in reader.get(f"{API}/observations?limit=100001").text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(reader: FlaskClient, method: str) -> None:
    """Every other method is refused as a problem that says which there are."""
    answer = getattr(reader, method)(f"{API}/observations")

    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


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
    assert found["notes"] == [{"table": "TAB6383", "text": "Avser november."}]


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


def test_without_data_the_api_says_so(tmp_path: Path) -> None:
    """503, to be asked again, and still a description of the API."""
    client = create_app(opened(tmp_path, CATALOGUE)).server.test_client()

    for address in ("/indicators", "/observations", "/versions", "/freshness"):
        answer = client.get(API + address)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
    assert client.get(f"{API}/openapi.json").status_code == 200


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
