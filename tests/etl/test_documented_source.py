"""
Whole runs against what SCB is documented to have, and against the worst day of it.

The undisturbed run is the measure: on the worst day every cell has its usual value, so whatever
differs beyond the indicators that may lack data was lost or changed by the pipeline.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from etl.catalogue.loading import load
from tests.etl.running import CATALOGUE, Run, etl, rows
from tests.pxweb_server import Pack, serving
from tests.scb.recordings import recorded_packs
from tests.scb.tables import packs
from tests.scb.worst_day import NEW_MUNICIPALITY, WorstDay, worst_day

pytestmark = pytest.mark.slow  # whole runs of the pipeline

PROBLEMS = "SELECT indicator::VARCHAR, source, reason FROM source_problem ORDER BY ALL"


def ran(served: Sequence[Pack], data: Path) -> Run:
    """One run of the shipped catalogue over a real socket."""
    with serving(served, calls=100_000) as server:
        return etl("run", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """A run where everything is as it is documented."""
    data = tmp_path_factory.mktemp("undisturbed")
    return data, ran(packs(), data)


@pytest.fixture(scope="module")
def day() -> WorstDay:
    """The worst day."""
    return worst_day()


@pytest.fixture(scope="module")
def disturbed(day: WorstDay, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """A first run on the worst day."""
    data = tmp_path_factory.mktemp("disturbed")
    return data, ran(day.packs, data)


def sums(data: Path) -> dict[str, tuple[int, int]]:
    """For each indicator how many observations it has, and a number that all of them make."""
    asked = """
        SELECT indicator::VARCHAR, count(*),
               bit_xor(hash(hash(
                   region::VARCHAR, period::VARCHAR, sex::VARCHAR, background::VARCHAR,
                   education::VARCHAR, value, status::VARCHAR, numerator, denominator,
                   segment::VARCHAR, kind::VARCHAR)))
        FROM observation GROUP BY ALL
    """
    return {indicator: (many, number) for indicator, many, number in rows(data, asked)}


def test_nothing_that_is_documented_is_refused(undisturbed: tuple[Path, Run]) -> None:
    """No declaration of ours keeps a documented table, content or level out."""
    data, run = undisturbed
    assert rows(data, PROBLEMS) == []
    assert run.code == 0


def test_every_indicator_has_data_from_the_documented_tables(
    undisturbed: tuple[Path, Run],
) -> None:
    """None is declared that the documented tables give nothing of."""
    assert set(load(CATALOGUE).indicator) == set(sums(undisturbed[0]))


def test_a_metropolitan_area_is_no_municipality(undisturbed: tuple[Path, Run]) -> None:
    """SCB lists 0010 Stor-Stockholm among the municipalities."""
    asked = "SELECT count(*) FROM observation WHERE region::VARCHAR = '0010'"
    assert rows(undisturbed[0], asked) == [(0,)]


def test_areas_have_no_figures_outside_the_years_of_their_division(
    undisturbed: tuple[Path, Run],
) -> None:
    """SCB sends 0 of areas that did not exist: nobody may read that nobody lived there."""
    asked = """
        SELECT count(*) FROM observation
        WHERE indicator IN ('population', 'foreign_born_share', 'foreign_background_share')
          AND region::VARCHAR LIKE '____R%' AND (value = 0 OR denominator = 0)
    """
    assert rows(undisturbed[0], asked) == [(0,)]


def test_there_are_no_moves_before_a_municipality_could_have_any(
    undisturbed: tuple[Path, Run],
) -> None:
    """SCB sends 0 for Nykvarn 1997-1998 and Knivsta 1997-2002, when nothing could occur there."""
    found = rows(
        undisturbed[0],
        """
        SELECT region::VARCHAR, max(period::VARCHAR), count(*), count(value)
        FROM observation
        WHERE indicator IN ('net_migration', 'net_migration_abroad', 'net_migration_domestic')
          AND region::VARCHAR IN ('0140', '0330') AND sex = '_T' AND background = '_T'
          AND age = '_T' AND status = '.'
        GROUP BY ALL ORDER BY ALL
        """,
    )
    assert found == [("0140", "1998", 3 * 2, 0), ("0330", "2002", 3 * 6, 0)]


def test_moves_before_1997_are_women_and_men_of_todays_regions(
    undisturbed: tuple[Path, Run],
) -> None:
    """No total is published; Malmöhus and Göteborgs och Bohus had codes that others have today."""
    found = rows(
        undisturbed[0],
        """
        SELECT region::VARCHAR, any_value(kind::VARCHAR) FILTER (sex = '_T'),
               sum(value) FILTER (sex = '_T') = sum(value) FILTER (sex IN ('1', '2'))
        FROM observation
        WHERE indicator = 'net_migration_abroad' AND period = '1990'
          AND background = '_T' AND age = '_T'
        GROUP BY ALL
        """,
    )
    today = {"00", "01", "03", "08", "0127", "0180", "0380", "0880"}
    assert set(found) == {(region, "computed", True) for region in today}


@pytest.fixture(scope="module")
def recorded(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """A run with five tables as recorded and the documented ones for the rest."""
    data = tmp_path_factory.mktemp("recorded")
    sent = recorded_packs(shared)
    ids = {pack.id for pack in sent}
    return data, ran([*sent, *(pack for pack in packs() if pack.id not in ids)], data)


def test_the_recorded_metadata_are_read_as_they_were_sent(recorded: tuple[Path, Run]) -> None:
    """Nothing is refused, and every municipality has its figures."""
    data, run = recorded
    assert rows(data, PROBLEMS) == []
    assert run.code == 0
    for indicator, years in (("population", ("1968", "2025")), ("net_migration", ("1997", "2025"))):
        for year in years:
            assert rows(
                data,
                "SELECT count(DISTINCT region) FROM observation WHERE indicator = $indicator "
                "AND period = $year AND length(region::VARCHAR) = 4",
                indicator=indicator,
                year=year,
            ) == [(290,)], (indicator, year)


def test_former_regions_are_joined_where_they_are_regions_of_today(
    shared: Path, recorded: tuple[Path, Run]
) -> None:
    """
    The recordings of moves to 1996 and from 1997 say which regions are called the same.

    Two have been renamed: Kopparbergs län is Dalarna since 1997, Malung is Malung-Sälen since 2008.
    """
    names = {
        pack.id: pack.metadata["dimension"]["Region"]["category"]["label"]
        for pack in recorded_packs(shared)
    }
    same = names["TAB1211"].items() & names["TAB1212"].items()
    former = {code for code, _ in same if not code.startswith("00") or code == "00"}
    former |= {"20", "2023"}
    found = rows(
        recorded[0],
        "SELECT DISTINCT region::VARCHAR FROM observation "
        "WHERE indicator = 'net_migration_abroad' AND period = '1990'",
    )
    assert {code for (code,) in found} == former
    assert 200 < len(former) < len(names["TAB1211"])


def test_the_worst_day_is_told_by_the_exit_code(disturbed: tuple[Path, Run]) -> None:
    """What can be read is published, and the run says that something is amiss."""
    assert disturbed[1].code == 3


def test_only_the_indicators_named_lack_data_on_the_worst_day(
    day: WorstDay, disturbed: tuple[Path, Run]
) -> None:
    """Other ids, titles, units, labels and years cost nothing."""
    assert {indicator for indicator, *_ in rows(disturbed[0], PROBLEMS)} == day.lacking


def test_every_other_indicator_is_as_on_an_undisturbed_day(
    day: WorstDay, disturbed: tuple[Path, Run], undisturbed: tuple[Path, Run]
) -> None:
    """The same observations, value by value and status by status."""
    usual, found = sums(undisturbed[0]), sums(disturbed[0])
    others = usual.keys() - day.lacking
    assert {one: found.get(one) for one in others} == {one: usual[one] for one in others}
    assert found.keys() <= usual.keys()


def test_where_there_were_data_they_stay_and_are_called_stale(
    day: WorstDay, undisturbed: tuple[Path, Run], tmp_path: Path
) -> None:
    """After a good day the worst one costs no figure: what cannot be read anew is as it was."""
    data = tmp_path / "data"
    shutil.copytree(undisturbed[0], data)

    run = ran(day.packs, data)

    assert run.code == 3
    problems = rows(data, "SELECT DISTINCT indicator::VARCHAR, stale FROM source_problem")
    assert set(problems) == {(indicator, True) for indicator in day.lacking}
    assert sums(data) == sums(undisturbed[0])


def test_regions_keep_their_names_on_the_worst_day(
    disturbed: tuple[Path, Run], undisturbed: tuple[Path, Run]
) -> None:
    """A code before a name costs no region its name and no neighbourhood its members."""
    for asked in (
        "SELECT code, name, level, parent FROM region ORDER BY ALL",
        "SELECT * FROM region_member ORDER BY ALL",
    ):
        assert rows(disturbed[0], asked) == rows(undisturbed[0], asked)


def test_a_new_municipality_waits_and_is_told(disturbed: tuple[Path, Run]) -> None:
    """Its figures are not published before its line in the classification, and the run says so."""
    code, _ = NEW_MUNICIPALITY
    data, run = disturbed
    asked = "SELECT count(*) FROM observation WHERE region::VARCHAR = $code"
    assert rows(data, asked, code=code) == [(0,)]
    told = [text for (text,) in rows(data, "SELECT text FROM warning")]
    assert any(code in text and "regions.csv" in text for text in [*told, run.output])
