"""Figures of SCB's neighbourhoods, recorded from version 1, in the warehouse and on the page."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from etl.catalogue.ages import is_class
from tests.browser.serving import served
from tests.dashboard.rendered import question, text
from tests.etl.running import CATALOGUE, etl, rows
from tests.pxweb_server import Pack, serving
from tests.scb.facts import table_of
from tests.scb.version1 import RECORDED, version1_figures, version1_pack

pytestmark = pytest.mark.slow  # whole runs of the pipeline

SHOWN = ("eligibility_regso", "income_regso", "labour_bas_regso")
EDUCATION = {"F", "3", "EU", "US"}
SEXES = {"1": "1", "2": "2", "1+2": "_T"}


@pytest.fixture(scope="module")
def data(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a run against the recorded tables alone."""
    return pulled([version1_pack(shared, key) for key in SHOWN], tmp_path_factory.mktemp("v1"))


def pulled(packs: list[Pack], data: Path, catalogue: Path = CATALOGUE) -> Path:
    """Run the pipeline; most tables are not there."""
    with serving(packs, calls=100_000) as server:
        run = etl("run", "--api", server.url, "--data", data, "--catalogue", catalogue)
    assert run.code == 3, run.output[-2000:]
    return data


def place(codes: Mapping[str, str]) -> dict[str, str]:
    """Our columns for the codes of a recorded figure."""
    found = {"sex": "_T", "background": "_T", "age": "_T", "education": "_T"}
    # The border of the area is the same in both divisions: one region, under the older code.
    found |= {"region": codes["Region"].removesuffix("_RegSO2025"), "period": codes["Tid"]}
    for name in ("Kon", "Bakgrund", "BakgrVar"):
        code = codes.get(name, "TOT")
        if code in SEXES:
            found["sex"] = SEXES[code]
        elif code in EDUCATION:
            found["education"] = code
        elif is_class(code):
            found["age"] = code
        elif code not in {"TOT", "000", "tot20-64"}:
            found["background"] = code
    return found


def everybody_twice(figures: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """The figures of everybody under the names that are not kept, and those under TOT."""
    for (codes, content), figure in figures.items():
        for name, code in codes:
            if name in {"Bakgrund", "BakgrVar"} and code in {"000", "tot20-64"}:
                other = tuple((n, "TOT" if n == name else c) for n, c in codes)
                yield figure, figures[other, content]


@pytest.mark.parametrize("key", SHOWN)
def test_every_recorded_figure_is_in_the_warehouse_as_recorded(
    shared: Path, data: Path, key: str
) -> None:
    """Each number is the value of its content's indicator, each `..` has none and its symbol."""
    figures, table = version1_figures(shared, key), table_of(key)
    gives = {content.code: content.gives for content in table.contents}
    warehouse = {
        row[:7]: row[7:]
        for row in rows(
            data,
            "SELECT indicator::VARCHAR, region::VARCHAR, period::VARCHAR, sex::VARCHAR, "
            "background::VARCHAR, age::VARCHAR, education::VARCHAR, value, status FROM observation",
        )
    }
    compared = 0
    for (codes, content), figure in figures.items():
        found = place(dict(codes))
        for indicator in gives[content]:
            there = warehouse[
                indicator, found["region"], found["period"], found["sex"],
                found["background"], found["age"], found["education"],
            ]  # fmt: skip
            assert there == ((None, figure) if isinstance(figure, str) else (figure, None)), codes
            compared += 1
    assert compared >= 90


@pytest.mark.parametrize("key", SHOWN)
def test_everybody_has_one_figure_under_whatever_code(shared: Path, key: str) -> None:
    """The recorded tables say everybody in two or three codes, with the same figures."""
    pairs = list(everybody_twice(version1_figures(shared, key)))
    assert pairs or key == "eligibility_regso"
    assert all(one == other for one, other in pairs)


def test_the_figures_stand_on_the_page_of_a_real_server(data: Path) -> None:
    """Berga in Kalmar 2023: 97.3 per cent eligible for upper secondary school, 89.7 for higher."""
    with served(data, CATALOGUE) as address:
        for indicator, figure in (
            ("upper_secondary_eligibility", "97,3"),
            ("higher_education_eligibility", "89,7"),
        ):
            page = httpx.post(
                f"{address}/_dash-update-component",
                json=question(f"/indikator/{indicator}", "?region=0880R001&vy=tabell"),
                timeout=30,
            )
            assert page.status_code == 200
            said = " ".join(text(page.json()["response"]).split())
            assert "Berga" in said
            assert figure in said, said[:2000]


def test_the_population_before_2010_is_read_as_recorded(shared: Path, tmp_path: Path) -> None:
    """Its table gives nothing of ours; a catalogue for this test takes the population from it."""
    entries = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    table = next(one for one in entries["tables"] if one["key"] == "population_regso_age")
    regions, *_, sex = table["variables"]
    entries["tables"].append({
        **{name: value for name, value in table.items() if name != "id"},
        "key": "population_regso_1997",
        "label": ["efter"],
        "path": "AA0003E",
        "years": {"from": 1997, "to": 2009},
        "variables": [regions, sex],
    })  # fmt: skip
    (population,) = [one for one in entries["indicators"] if one["id"] == "population"]
    (stativ,) = [
        part
        for one in entries["indicators"]
        if one["id"] == "median_income"
        for part in one["segments"]
    ]
    contents = {"text": "Folkmängd", "code": "000004UZ", "unit": "antal", "decimals": 0}
    source = {"table": "population_regso_1997", "levels": ["regso"], "contents": contents}
    years = {"from": 1997, "to": 2009}
    population |= {"segments": [{**stativ, "years": years, "sources": [source]}], "breaks": []}
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")

    data = pulled([version1_pack(shared, "population_regso_1997")], tmp_path / "data", catalogue)

    found = {
        row[:2]: row[2]
        for row in rows(
            data,
            "SELECT region::VARCHAR, sex::VARCHAR, value FROM observation "
            "WHERE indicator = 'population' AND period = '2009'",
        )
    }
    figures = version1_figures(shared, "population_regso_1997")
    assert len(figures) == len(found) == 51
    for (codes, _), figure in figures.items():
        assert found[dict(codes)["Region"], SEXES[dict(codes)["Kon"]]] == figure


def test_every_recorded_table_is_one_of_the_documented() -> None:
    """No recording is left out."""
    assert {*RECORDED} == {*SHOWN, "population_regso_1997"}
