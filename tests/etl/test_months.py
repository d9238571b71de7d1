"""Whole runs with monthly tables: over the end of a year, a newest month, what is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import orjson
import pytest

from tests.etl.running import CATALOGUE, Run, etl, problems, rows
from tests.pxweb_server import Cells, Pack, Server, serving
from tests.pxweb_server.editions import updated_at, with_values
from tests.scb.facts import table_of
from tests.scb.tables import table_pack

pytestmark = pytest.mark.slow  # whole runs of the pipeline

KEY, ID, INDICATOR = "labour_status_monthly", "TAB6260", "unemployment_bas_monthly"
CONTENT = "000006II"
MONTHS = tuple(f"{year}M{month:02}" for year in (2024, 2025) for month in range(1, 13))
LATER, LATEST = "2026-11-01T07:00:00Z", "2026-11-02T07:00:00Z"
HIDDEN_REGION, NEWEST = "0880", "2026M01"


def edition(*months: str) -> Pack:
    """The table of the labour market, as documented, with these periods."""
    return table_pack(replace(table_of(KEY), years=months))


def run(server: Server, data: Path, *options: str) -> Run:
    """One run of its two indicators."""
    only = [f"--only={name}" for name in (INDICATOR, "employment_bas_monthly")]
    where = ("--api", server.url, "--data", data, "--catalogue", CATALOGUE)
    return etl("run", *where, *only, *options)


def placed(pack: Pack, **codes: str) -> int:
    """Where the cell of some codes stands among all of a table."""
    indexes = [
        pack.metadata["dimension"][name]["category"]["index"] for name in pack.metadata["id"]
    ]
    at = [index[codes[name]] for name, index in zip(pack.metadata["id"], indexes, strict=True)]
    return int(np.ravel_multi_index(at, pack.metadata["size"]))


def sent(
    pack: Pack,
    region: str,
    month: str,
    *,
    sex: str = "1+2",
    born: str = "tot",
    content: str = CONTENT,
) -> float:
    """What the table itself says."""
    at = placed(pack, Region=region, Kon=sex, Alder="20-64", Fodelseregion=born,
                ContentsCode=content, Tid=month)  # fmt: skip
    return float(pack.cells().values[at])


def withheld(pack: Pack, region: str, month: str) -> Pack:
    """The same table without any figure of one region and month."""
    table = table_of(KEY)
    places = [
        placed(pack, Region=region, Kon=sex, Alder=age, Fodelseregion=born, ContentsCode=content,
               Tid=month)
        for sex in table.variables[1].values
        for age in table.variables[2].values
        for born in table.variables[3].values
        for content in (one.code for one in table.contents)
    ]  # fmt: skip

    def change(cells: Cells) -> Cells:
        values, marks = cells.values.copy(), cells.marks.copy()
        values[places], marks[places] = None, cells.symbols.index("..")
        return replace(cells, values=values, marks=marks)

    return with_values(pack, change)


@dataclass(frozen=True)
class Published:
    """A data folder after three editions of the table; the last was refused."""

    data: Path
    pack: Pack
    runs: tuple[Run, ...]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Two years of months; then January, which one municipality lacks; then years among them."""
    data = tmp_path_factory.mktemp("months")
    january = withheld(edition(*MONTHS, NEWEST), HIDDEN_REGION, NEWEST)
    mixed = edition(*MONTHS, NEWEST, "2026")
    with serving([edition(*MONTHS)], calls=100_000) as server:
        first = run(server, data)
        server.publish(updated_at(january, LATER))
        second = run(server, data)
        server.publish(updated_at(mixed, LATEST))
        third = run(server, data)
    return Published(data, january, (first, second, third))


def values(data: Path, region: str, *, sex: str = "_T", background: str = "_T") -> Iterator[
    tuple[str, float | None, str | None]
]:  # fmt: skip
    """Period, value and symbol of unemployment, in the order of time."""
    asked = """
        SELECT period::VARCHAR, value, status::VARCHAR FROM observation
        WHERE indicator = $indicator AND region = $region AND sex = $sex
          AND background = $background AND age = '_T' ORDER BY period::VARCHAR
    """
    yield from rows(data, asked, indicator=INDICATOR, region=region, sex=sex, background=background)


@pytest.mark.parametrize(
    ("sex", "background", "there"),
    [("_T", "_T", ("1+2", "tot")), ("2", "SE", ("2", "in")), ("1", "SAMUTF", ("1", "ut"))],
)
def test_every_month_is_the_cell_of_the_source_over_the_end_of_the_year(
    published: Published, sex: str, background: str, there: tuple[str, str]
) -> None:
    """December 2025 is followed by January 2026; each is as published, of ages 20-64."""
    found = list(values(published.data, "01", sex=sex, background=background))
    assert found == [
        (month, sent(published.pack, "01", month, sex=there[0], born=there[1]), None)
        for month in (*MONTHS, NEWEST)
    ]
    assert [period for period, *_ in found][-2:] == ["2025M12", "2026M01"]


def test_where_the_newest_month_is_missing_the_newest_figure_is_the_month_before(
    published: Published,
) -> None:
    """The figure of Kalmar in January is not there: it is missing, never zero."""
    assert list(values(published.data, HIDDEN_REGION))[-1] == (NEWEST, None, "..")
    newest = dict(
        rows(
            published.data,
            """
            SELECT region, period FROM latest WHERE indicator = $indicator AND background = '_T'
            """,
            indicator=INDICATOR,
        )
    )
    assert newest[HIDDEN_REGION] == "2025M12"
    assert {period for region, period in newest.items() if region != HIDDEN_REGION} == {NEWEST}


@pytest.mark.parametrize(
    ("indicator", "over", "under"),
    [(INDICATOR, "000004YH", "000006IU"), ("employment_bas_monthly", "000006HI", "000006I8")],
)
def test_beside_each_share_stand_its_counts_of_the_same_cell(
    published: Published, indicator: str, over: str, under: str
) -> None:
    """Unemployed of the labour force, employed of the population; of a hidden share none."""
    asked = """
        SELECT period::VARCHAR, numerator, denominator, kind::VARCHAR FROM observation
        WHERE indicator = $indicator AND region = $region AND sex = '2'
          AND background = 'SAMUTF' AND age = '_T' ORDER BY period::VARCHAR
    """
    found = rows(published.data, asked, indicator=indicator, region="01")
    assert found == [
        (
            month,
            *(
                sent(published.pack, "01", month, sex="2", born="ut", content=content)
                for content in (over, under)
            ),
            "published",
        )
        for month in (*MONTHS, NEWEST)
    ]
    hidden = rows(published.data, asked, indicator=indicator, region=HIDDEN_REGION)[-1]
    assert hidden[:3] == (NEWEST, None, None)


def test_a_new_month_is_neither_a_loss_nor_a_revision(published: Published) -> None:
    """The edition with one month more changes no figure of those before."""
    first, second, _ = published.runs
    assert (first.code, second.code) == (0, 0)
    assert rows(published.data, "SELECT count(*) FROM revision") == [(0,)]


def test_years_among_months_refuse_the_whole_table_and_keep_what_was(published: Published) -> None:
    """A table that mixes lengths is not read: the figures stay, stale, with the reason."""
    assert published.runs[-1].code == 3
    stale = problems(published.data)
    for indicator in (INDICATOR, "employment_bas_monthly"):
        assert (
            "its time variable holds '2026', expected months such as '2024M12'"
            in (stale[indicator])
        )
    assert list(values(published.data, "01"))[-1][0] == NEWEST


def test_a_month_is_traced_to_its_cell_and_listed_by_its_source(published: Published) -> None:
    """`trace` takes the code of a month; `status` tells first and last month."""
    options = ("--data", published.data, "--catalogue", CATALOGUE)
    traced = etl("trace", "--indicator", INDICATOR, "--region", "01", "--period", NEWEST, *options)
    assert traced.code == 0, traced.output
    assert f"value {sent(published.pack, '01', NEWEST)} " in traced.output
    assert NEWEST in traced.output

    told = orjson.loads(etl("status", "--json", *options).output)["indicators"][INDICATOR]
    assert (told["first"], told["last"], told["stale"]) == (MONTHS[0], NEWEST, True)
    lines = [line.split() for line in etl("status", *options).output.splitlines()]
    assert [f"{MONTHS[0]}-{NEWEST}"] == [line[1] for line in lines if line[:1] == [INDICATOR]]
    assert rows(
        published.data,
        "SELECT DISTINCT first_period, last_period FROM indicator_source WHERE indicator = $id",
        id=INDICATOR,
    ) == [(MONTHS[0], NEWEST)]


def test_a_month_that_disappears_is_a_loss(tmp_path: Path) -> None:
    """What the last version had must be there again: one month of 24 is named."""
    gone = tuple(month for month in MONTHS if month != "2025M06")
    with serving([edition(*MONTHS)], calls=100_000) as server:
        run(server, tmp_path)
        server.publish(updated_at(edition(*gone), LATER))
        run(server, tmp_path)
    reason = problems(tmp_path)[INDICATOR]
    assert "1 of 24 periods that the last version had are gone: 2025M06" in reason
    assert "2025M06" in {period for period, *_ in values(tmp_path, "01")}
