"""What stands out in many regions, recomputed by pandas from the file that the page offers."""

import io
from collections.abc import Iterator
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.api_client import API
from tests.dashboard.warehouse import ROOT
from tests.example import read_alone

MUNICIPALITIES = ("0127", "0180", "0114", "0136", "1480", "1280", "2584", "0980", "1440", "0581")
REGIONS = (*MUNICIPALITIES, "01", "25", "12", "00")
# With those forty, of every part of the country.
MORE = ("0115", "0138", "0187", "0319", "0484", "0513", "0604", "0665", "0780", "0840", "0885",
        "1060", "1082", "1233", "1293", "1384", "1407", "1493", "1730", "1814", "1984", "2029",
        "2183", "2309", "2418", "2518")  # fmt: skip
QUESTION = {"origin": "gap", "sex": "gap"}
KINDS = ["origin", "sex", "change", "similar", "areas", "yearly"]
NUMBERS = ("median", "mad", "z", "noise", "persons", "place")
CODES = {"origin": ("_T", "SE", "_T", "SAMUTF"), "sex": ("2", "_T", "1", "_T")}


@pytest.fixture(scope="module")
def panel(example_data: Path) -> Iterator[FlaskClient]:
    """The application over the example."""
    context = opened(example_data, ROOT / "indicators.yaml")
    yield create_app(context).server.test_client()
    context.warehouses.close()


@pytest.fixture(scope="module")
def figures(example_data: Path) -> pd.DataFrame:
    """Every number of municipalities, counties and the country, of all ages, by plain SQL."""
    file = next(example_data.glob("*.duckdb"))
    with read_alone(file) as connection:
        return connection.execute(
            """
            SELECT indicator::VARCHAR AS indicator, region::VARCHAR AS region,
                   period::VARCHAR AS period, segment::VARCHAR AS segment, sex::VARCHAR AS sex,
                   background::VARCHAR AS background, value
            FROM observation
            WHERE age = '_T' AND education = '_T' AND length(region::VARCHAR) <= 4
              AND value IS NOT NULL
            """
        ).df()


def tried(panel: FlaskClient, region: str) -> pd.DataFrame:
    """The file of a region."""
    answer = panel.get(f"/ladda-ner/sticker-ut.csv?region={region}")
    assert answer.status_code == 200
    return pd.read_csv(
        io.BytesIO(answer.data), dtype={"region": str, "from": str, "period": str},
        keep_default_na=False, na_values={name: [""] for name in NUMBERS},
    )  # fmt: skip


def named(panel: FlaskClient, region: str) -> list[tuple[str, str]]:
    """What the API says stands out."""
    answer = panel.get(f"{API}/highlights?region={region}").get_json()
    return [(one["indicator"], one["kind"]) for one in answer["data"]]


def qualified(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that may be named, by the rules of *Om* alone, the largest |z| first."""
    z = ((table["value"] - table["median"]) / (1.4826 * table["mad"])).where(
        (table["mad"] > 0)
        & (table["compared"] >= table["kind"].map(lambda k: 10 if k == "yearly" else 15))
    )
    examined = int(z.notna().sum())
    limit = max(2.0, NormalDist().inv_cdf(1 - 0.5 / examined / 2)) if examined else 2.0
    size = table["value"].abs()
    distance = np.minimum(size, (table["value"] - table["median"]).abs().round(9))
    rows = table.assign(z_again=z.round(6), score=z.abs().round(6))[
        (z.abs() >= limit)
        & (size > table["median"].abs())
        & (table["persons"] >= table["fewest"])
        & (distance > table["noise"])
        & (distance >= table["limit"] - 1e-9)
    ]
    order = rows["kind"].map(KINDS.index)
    return rows.assign(order=order).sort_values(
        ["score", "position", "order"], ascending=[False, True, True]
    )


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table by the names of its columns."""
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def chosen(table: pd.DataFrame) -> list[tuple[str, str]]:
    """At most three of unlike questions, themes and families; a resource last if there is one."""
    rows = records(qualified(table))

    def marks(row: dict[str, Any]) -> set[str]:
        question = QUESTION.get(row["kind"], row["kind"])
        return {f"q {question}", f"t {row['theme']}", f"f {row['family']}"}

    def fits(row: dict[str, Any], kept: list[dict[str, Any]]) -> bool:
        return all(marks(row).isdisjoint(marks(other)) for other in kept)

    listed: list[dict[str, Any]] = []
    for row in rows:
        if len(listed) < 3 and fits(row, listed):
            listed.append(row)
    is_true = {True, "true"}
    if not any(row["resource"] in is_true for row in listed):
        fitting = [r for r in rows if r["resource"] in is_true and fits(r, listed[:2])]
        listed = [*listed[:2], fitting[0]] if fitting else listed
    return [(row["indicator"], row["kind"]) for row in listed]


@pytest.mark.parametrize(
    "region", [*REGIONS, *(pytest.param(one, marks=pytest.mark.slow) for one in MORE)]
)
def test_the_list_can_be_made_again_from_the_file(panel: FlaskClient, region: str) -> None:
    """Medians, deviations, limits and sizes of the file give what the page names, and no other."""
    table = tried(panel, region)

    assert len(table)
    assert chosen(table) == named(panel, region)
    placed = table.dropna(subset="place").sort_values("place")
    assert list(zip(placed["indicator"], placed["kind"], strict=True)) == named(panel, region)
    again = qualified(table)
    assert again["z"].tolist() == pytest.approx(again["z_again"].tolist(), abs=1e-6)
    assert set(table[table["refusal"] == ""].index) == set(again.index)


def test_some_regions_show_something_and_some_nothing(panel: FlaskClient) -> None:
    """Neither rule nor test is empty over the example."""
    counts = {region: len(named(panel, region)) for region in REGIONS}

    assert 0 in counts.values()
    assert max(counts.values()) >= 2


@pytest.mark.parametrize("region", ["0127", "1480", "01"])
def test_gaps_and_their_medians_are_those_of_the_warehouse(
    panel: FlaskClient, figures: pd.DataFrame, region: str
) -> None:
    """First group minus second of the displayed figures, over every region of the level."""
    table = tried(panel, region)
    gaps = table[table["kind"].isin(list(CODES))]
    like = figures[figures["region"].str.len() == len(region)]
    like = like[like["region"] != "00"]
    assert len(gaps) > 10
    for row in records(gaps):
        mine = like[(like["indicator"] == row["indicator"]) & (like["period"] == row["period"])
                    & (like["segment"] == row["segment"])]  # fmt: skip
        sex, background, other_sex, other_background = CODES[row["kind"]]
        sides = [
            mine[(mine["sex"] == one) & (mine["background"] == two)].set_index("region")["value"]
            for one, two in ((sex, background), (other_sex, other_background))
        ]
        gap = (shown(sides[0], row) - shown(sides[1], row)).dropna().round(6)
        assert gap[region] == pytest.approx(row["value"])
        assert len(gap) == row["compared"]
        assert gap.median() == pytest.approx(row["median"])
        assert (gap - gap.median()).abs().median() == pytest.approx(row["mad"])


@pytest.mark.parametrize("region", ["0127", "0180", "25"])
def test_changes_and_their_medians_are_those_of_the_warehouse(
    panel: FlaskClient, figures: pd.DataFrame, region: str
) -> None:
    """Mean of the last years minus that of the first, of one segment, over the level."""
    table = tried(panel, region)
    changes = table[table["kind"] == "change"]
    like = figures[(figures["region"].str.len() == len(region)) & (figures["region"] != "00")
                   & (figures["sex"] == "_T") & (figures["background"] == "_T")]  # fmt: skip
    assert len(changes) > 3
    for row in records(changes):
        mine = like[(like["indicator"] == row["indicator"]) & (like["segment"] == row["segment"])]
        wide = mine.set_index(["region", "period"])["value"].unstack()  # noqa: PD010
        wide = wide.apply(lambda column, row=row: shown(column, row))
        ends = [
            shown(wide[periods.split()].mean(axis=1, skipna=False), row)
            for periods in (row["period"], row["from"])
        ]
        assert ends[0][region] - ends[1][region] == pytest.approx(row["value"], abs=1e-6)
        told = (ends[0] - ends[1]).dropna().round(6)
        if len(told) == row["compared"]:  # breaks of single regions leave some out
            assert told.median() == pytest.approx(row["median"], abs=1e-6)
            assert (told - told.median()).abs().median() == pytest.approx(row["mad"], abs=1e-6)
        assert row["compared"] <= len(told)


def shown(values: pd.Series, row: dict[str, Any]) -> pd.Series:
    """Numbers as the panel displays them: with as many decimals as the indicator has."""
    decimals = DECIMALS[row["indicator"]]
    return values.map(lambda value: float(f"{value:.{decimals}f}"))


DECIMALS: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def _decimals(panel: FlaskClient) -> None:
    listed = panel.get(f"{API}/indicators").get_json()["data"]
    DECIMALS.update({one["id"]: one["decimals"] for one in listed})


def test_a_union_has_no_candidates_and_says_why(panel: FlaskClient) -> None:
    """Own groups and districts have no others of their kind to be compared with."""
    for region, reason in (("stadsdel-alby", "union"), ("0180R036", "few_areas")):
        answer = panel.get(f"{API}/highlights?region={region}").get_json()
        assert answer["meta"]["not_tried"] == reason
        assert answer["data"] == answer["candidates"] == []


def test_the_page_and_the_briefing_open_with_what_the_api_names(panel: FlaskClient) -> None:
    """One list, one sentence each, wherever it is shown; the reason is there to open."""
    answer = panel.get(f"{API}/highlights?region=0127").get_json()
    for page in ("/", "/briefing"):
        text = panel.get(f"{page}?region=0127").get_data(as_text=True)
        for one in answer["data"]:
            assert one["sentence"]["sv"] in text
        assert f"1 av {answer['meta']['examined']} prövade" in text
        assert "Varför visas detta?" in text
        is_of_two = {one["kind"] in {"origin", "sex"} for one in answer["data"]}
        assert ("Den mindre gruppen är" in text) == (True in is_of_two)
        assert ("De som talet gäller är" in text) == (False in is_of_two)
        assert "/ladda-ner/sticker-ut.csv?region=0127" in text


def test_slides_and_sources_of_a_briefing_hold_what_stands_out(panel: FlaskClient) -> None:
    """The first slide after the title has the sentences, its notes why; each table is named."""
    answer = panel.get(f"{API}/highlights?region=0127").get_json()
    made = Presentation(io.BytesIO(panel.get("/briefing.pptx?region=0127").data))
    slide = made.slides[1]
    said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    last = "\n".join(one.text_frame.text for one in made.slides[-1].shapes if one.has_text_frame)
    page = panel.get("/briefing?region=0127").get_data(as_text=True)
    named_tables = {
        table for one in answer["candidates"] if one["place"] for table in one["tables"]
    }

    assert answer["data"]
    assert all(one["sentence"]["sv"] in said for one in answer["data"])
    assert f"1 av {answer['meta']['examined']} prövade" in slide.notes_slide.notes_text_frame.text
    assert named_tables
    assert all(table in text for table in named_tables for text in (said, last, page))


@pytest.mark.parametrize("region", ["0127", "01", "00"])
def test_every_number_tried_names_the_tables_that_hold_it(
    panel: FlaskClient, example_data: Path, region: str
) -> None:
    """Of the indicator, the segment and the level, as the warehouse records where rows are from."""
    level = {"0127": "municipality", "01": "county", "00": "country"}[region]
    with read_alone(next(example_data.glob("*.duckdb"))) as connection:
        held = connection.execute(
            "SELECT indicator || ' ' || segment || ' ' || table_id FROM indicator_source "
            "WHERE level::VARCHAR = ?", [level],
        ).fetchall()  # fmt: skip
    known = {str(one[0]) for one in held}
    table = tried(panel, region)

    assert len(table)
    for row in records(table):
        names = row["tables"].split("+")
        assert names
        assert {f"{row['indicator']} {row['segment']} {name}" for name in names} <= known, row


def test_an_unknown_region_is_refused(panel: FlaskClient) -> None:
    """As of every address of the API, and in words as a file."""
    assert panel.get(f"{API}/highlights?region=9999").status_code == 400
    assert panel.get("/ladda-ner/sticker-ut.csv?region=9999").status_code == 404
