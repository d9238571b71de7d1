"""`/gaps` and `/gaps/changes`: what arithmetic finds in `/observations`, or why there is none."""

import pytest
from flask.testing import FlaskClient

from dashboard.api.declared import GapChangeRecord, GapRecord
from dashboard.exports.extract import EXAMPLE
from dashboard.exports.gaps import GAP_CHANGE_COLUMNS, GAP_COLUMNS
from dashboard.text import term
from tests.dashboard.api_client import API, asked, refused

OF = "indicator=employment_rate&pair=SE,SAMUTF"
COUNTY = f"{OF}&region=0114,0115,0117,0120"


def test_the_columns_are_those_of_the_files() -> None:
    """One definition of what a gap has."""
    assert tuple(GapRecord.model_fields) == GAP_COLUMNS
    assert tuple(GapChangeRecord.model_fields) == GAP_CHANGE_COLUMNS


def test_a_gap_is_the_first_group_minus_the_second(shipped_client: FlaskClient) -> None:
    """Of every region and year, as `/observations` has the two; ratio and index likewise."""
    groups = "sex=_T&background=SE,SAMUTF&education=_T"
    address = f"/observations?indicator=employment_rate&region=0114,0115,0117,0120&{groups}"
    values = {
        (row["region"], row["period"], row["background"]): row["value"]
        for row in asked(shipped_client, address)["data"]
    }
    rows, ratios, indexes = (
        asked(shipped_client, f"/gaps?{COUNTY}&measure={one}")["data"]
        for one in ("gap", "ratio", "index")
    )
    assert rows
    for row, ratio, index in zip(rows, ratios, indexes, strict=True):
        first, second = (values[row["region"], row["period"], code] for code in ("SE", "SAMUTF"))
        assert (row["first_value"], row["second_value"]) == (first, second)
        assert row["kind"] == "computed"
        if None in {first, second}:
            assert (row["value"], row["reason"]) == (None, "missing")
            continue
        assert row["value"] == round(round(first, 1) - round(second, 1), 1)
        assert ratio["value"] == round(round(first, 1) / round(second, 1), 2)
        assert index["value"] == round(100 * ratio["value"])
        assert {one["reason"] for one in (row, ratio, index)} == {None}


def test_a_list_has_one_row_a_region_and_one_period(shipped_client: FlaskClient) -> None:
    """The change is that of the size from the first to the last year of the period."""
    answer = asked(shipped_client, f"/gaps/changes?{OF}&level=county")
    meta, rows = answer["meta"], answer["data"]
    gaps = {
        (row["region"], row["period"]): row["value"]
        for row in asked(shipped_client, f"/gaps?{OF}&level=county")["data"]
    }

    assert [row["region"] for row in rows] == sorted({region for region, _ in gaps})
    assert sum(meta["counts"].values()) == meta["total"] == len(rows)
    assert {row["change_from"] for row in rows} <= {meta["change_from"], None}
    first, last = meta["change_from"].split("/"), meta["change_to"].split("/")
    for row in rows:
        assert row["difference"] == gaps[row["region"], meta["period"]]
        assert (row["verdict"] is None) == (row["change"] is None)
        assert (row["change"] is None) == (row["doubt"] == "lacking")
        if row["change"] is not None and len(first) == len(last) == 1:
            start, end = (gaps[row["region"], one[0]] for one in (first, last))
            assert row["change"] == pytest.approx(abs(end) - abs(start), abs=1e-9)


def test_the_pages_together_are_the_whole(shipped_client: FlaskClient) -> None:
    """Each row once, in one version."""
    for path in ("/gaps", "/gaps/changes"):
        whole = asked(shipped_client, f"{path}?{COUNTY}&lang=en")["data"]
        found, address = [], f"{path}?{COUNTY}&limit=3&lang=en"
        while address:
            answer = asked(shipped_client, address)
            found += answer["data"]
            address = (answer["meta"]["next"] or "").rpartition(API)[2]
            assert not address or "version=" in address
        assert found == whole


@pytest.mark.parametrize(
    ("question", "field", "reason"),
    [
        ("pair=SE,UTLB&indicator=employment_rate", "pair", "nested"),
        ("pair=SE,_T&indicator=employment_rate", "pair", "nested"),
        ("pair=SE,SE&indicator=employment_rate", "pair", "same"),
        ("pair=SE,2&indicator=employment_rate", "pair", "dimensions"),
        ("pair=SE,INT010&indicator=employment_rate", "pair", "kinds"),
        ("pair=SE,zz&indicator=employment_rate", "pair", "no group"),
        ("pair=SE,SAMUTF&indicator=population", "indicator", "count"),
        ("pair=SE&indicator=employment_rate", "pair", "2"),
        ("pair=SE,SAMUTF&indicator=employment_rate&from=2020&to=2010", "from", "earlier"),
    ],
)
def test_what_makes_no_gap_is_refused_with_the_reason(
    shipped_client: FlaskClient, question: str, field: str, reason: str
) -> None:
    """400 by field, of both endpoints."""
    for path in ("/gaps", "/gaps/changes"):
        answer = shipped_client.get(f"{API}{path}?{question}")
        assert refused(shipped_client, f"{path}?{question}") == (400, {field})
        assert reason in answer.text


def test_indicator_and_pair_are_needed(shipped_client: FlaskClient) -> None:
    """Both are named at once; what is unknown is 404 as elsewhere."""
    assert refused(shipped_client, "/gaps") == (400, {"indicator", "pair"})
    assert refused(shipped_client, "/gaps/changes?indicator=nothing&pair=SE,SAMUTF") == (
        404,
        {"indicator"},
    )


def test_a_gap_names_the_tables_that_both_figures_are_from(shipped_client: FlaskClient) -> None:
    """As `/observations` names them of each figure; and that the gap is our own work."""
    groups = "sex=_T&background=SE,SAMUTF&education=_T"
    figures = asked(
        shipped_client, f"/observations?{OF.partition('&')[0]}&region=0114,0127&{groups}"
    )
    named = {
        table.removeprefix(EXAMPLE)
        for row in figures["data"]
        if row["table"]
        for table in row["table"].split(", ")
    }
    meta = asked(shipped_client, f"/gaps?{OF}&region=0114,0127")["meta"]
    over_time = asked(shipped_client, f"/gaps/changes?{OF}&region=0114,0127")["meta"]

    assert len(named) > 1
    assert set(meta["tables"]) == named
    assert set(over_time["tables"]) < named
    assert all(table in meta["source"] for table in named)
    assert term("example", "sv") in meta["source"]


@pytest.mark.parametrize("measure", ["gap", "ratio", "index"])
def test_a_gap_asked_of_observations_is_led_to_with_all_that_was_asked(
    shipped_client: FlaskClient, measure: str
) -> None:
    """400 with the address that has it, and every parameter of the reader in it."""
    asked_for = f"{COUNTY}&from=2010&to=2020&lang=en&limit=7&measure={measure}"
    answer = shipped_client.get(f"{API}/observations?{asked_for}")
    problems = {one["field"]: one["detail"] for one in answer.get_json()["errors"]}

    assert (answer.status_code, set(problems)) == (400, {"pair", "measure"})
    assert len(set(problems.values())) == 1
    address = problems["pair"].partition(f"are at {API}")[2]
    assert asked(shipped_client, address) == asked(shipped_client, f"/gaps?{asked_for}")
    assert asked(shipped_client, address)["meta"]["measure"] == measure


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (f"{OF}&format=csv&flavour=excel", [f"at {API}/gaps?{OF}; it has no format, flavour"]),
        ("measure=gap&sex=1", [f"at {API}/gaps?measure=gap&sex=1; it needs indicator, pair"]),
        (
            f"{OF}&level=county,municipality",
            [f"/gaps?{OF}; level there: ", "'county,municipality'"],
        ),
        ("pair=SE&region=01", ["/gaps?region=01; it needs indicator; pair there: 'SE' cannot"]),
    ],
)
def test_what_gaps_do_not_have_is_told_beside_their_address(
    shipped_client: FlaskClient, question: str, told: list[str]
) -> None:
    """What cannot be carried over is named, and so is what is needed."""
    answer = shipped_client.get(f"{API}/observations?{question}")

    assert answer.status_code == 400
    details = {one["detail"] for one in answer.get_json()["errors"]}
    assert any(all(words in detail for words in told) for detail in details), details


def test_the_description_of_the_api_says_where_gaps_are(shipped_client: FlaskClient) -> None:
    """`/observations` has neither `pair` nor `measure`, and says where they are."""
    paths = asked(shipped_client, "/openapi.json")["paths"]
    names = {
        path: {one["name"] for one in paths[path]["get"]["parameters"]}
        for path in ("/observations", "/gaps")
    }

    assert names["/gaps"] >= {"pair", "measure"}
    assert not names["/observations"] & {"pair", "measure"}
    assert f"{API}/gaps" in paths["/observations"]["get"]["description"]
