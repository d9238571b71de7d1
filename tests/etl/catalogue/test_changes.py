"""Two versions of real warehouses are compared figure by figure, as pandas compares them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.build.load import figures_digest
from etl.catalogue import changes
from etl.catalogue.changes import IndicatorChanges, compared
from tests.dashboard.changed_warehouse import KEY, edited, independent, renamed
from tests.dashboard.warehouse import FIRST, SECOND, Row, publish, rows

COLUMNS = ["old_value", "old_status", "new_value", "new_status"]
SUCCESSORS = {"former_rate": "employment_rate"}


def listed(old: Path, new: Path, region: str = "", **renamed: Any) -> dict[tuple[Any, ...], Any]:
    """The same as the comparison gives it."""
    with compared(old, new, region=region, **renamed) as comparison:
        records = [
            row for table in comparison.tables(comparison.indicators) for row in table.to_pylist()
        ]
    found = {
        tuple(row[name] for name in KEY): (row["change"], *(row[name] for name in COLUMNS))
        for row in records
    }
    assert len(found) == len(records)
    assert list(found) == sorted(found)
    return found


def counted(old: Path, new: Path, region: str = "", **more: Any) -> dict[str, IndicatorChanges]:
    """What differs of each indicator, by id."""
    with compared(old, new, region=region, **more) as comparison:
        return {one.indicator: one for one in comparison.changes(2)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A version and the one after SCB's changes."""
    folder = tmp_path_factory.mktemp("changes")
    return publish(folder), publish(folder, version=SECOND, observations=edited())


def test_every_change_is_found_and_nothing_else(files: tuple[Path, Path]) -> None:
    """A revised value, a hidden one, a status alone, one that came back, one gone, a new year."""
    found = listed(*files)
    whose = ("employment_rate", "0127")
    everybody = ("_T", "_T", "_T", "_T")

    assert found == independent(*files)
    assert found[(*whose, "2022", *everybody)][0] == "revised"
    assert found[(*whose, "2022", *everybody)][3:] == (None, "..")
    before, symbol, now, mark = found[(*whose, "2021", *everybody)][1:]
    assert (before, symbol, mark) == (now, None, "p")
    assert found[(*whose, "2010", *everybody)][1:] == (None, "..", 66.6, None)
    assert found[(*whose, "2005", *everybody)][0] == "vanished"
    assert {key[1:3] for key, one in found.items() if one[0] == "added"} == {("0980", "2025")}


def test_a_county_is_told_with_its_municipalities_only(files: tuple[Path, Path]) -> None:
    """Whoever asks for Stockholm county learns nothing of Gotland; the country is everything."""
    county = ["01", "0127", "0126", "0140", "0180"]

    assert listed(*files, region="01") == independent(*files, county)
    assert listed(*files, region="0126") == {}
    assert listed(*files, region="00") == independent(*files)
    assert counted(*files, region="09")["employment_rate"].added == 8
    assert listed(*files, region="no such place") == {}


def test_a_version_does_not_differ_from_itself(files: tuple[Path, Path]) -> None:
    """Nothing is told where nothing changed."""
    assert counted(files[1], files[1]) == {}


def test_what_changed_backwards_is_what_changed_forwards(files: tuple[Path, Path]) -> None:
    """What was added has vanished the other way round, and a revision is one both ways."""
    there, back = listed(*files), listed(files[1], files[0])
    names = {"added": "vanished", "vanished": "added", "revised": "revised"}

    assert {key: (names[one[0]], *one[3:], *one[1:3]) for key, one in there.items()} == back


def test_counts_and_the_first_figures_are_those_of_the_list(files: tuple[Path, Path]) -> None:
    """The counts are of the whole list, whatever is shown of it; everybody comes first."""
    found, one = listed(*files), counted(*files)["employment_rate"]
    kinds = [change for change, *_ in found.values()]

    assert (one.revised, one.vanished, one.added) == (
        kinds.count("revised"), kinds.count("vanished"), kinds.count("added")
    )  # fmt: skip
    assert [first.change for first in one.first] == ["revised"] * 2 + ["vanished"] + ["added"] * 2
    assert one.first[-2][2:7] == ("2025", "_T", "_T", "_T", "_T")
    for first in one.first:
        assert found[first[:7]] == first[7:12]


def test_parts_that_are_compared_one_by_one_make_the_same_list(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What bounds the memory changes no figure, no order and no count."""
    whole, counts = listed(*files), counted(*files)
    monkeypatch.setattr(changes, "_IN_CHUNK", 50)

    assert listed(*files) == whole
    assert counted(*files) == counts


def test_another_segment_with_the_same_figure_is_no_change(tmp_path: Path) -> None:
    """That we call a register otherwise is nothing that SCB has done."""
    old = publish(tmp_path)
    new = publish(
        tmp_path,
        version=SECOND,
        observations=[(*row[:7], f"{row[7]}_2", row[8]) for row in rows()],
    )

    assert listed(old, new) == {}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("status", ["p", "r"])
def test_figures_of_a_region_that_got_the_same_symbol_are_all_told(
    tmp_path: Path, status: str, number: int
) -> None:
    """And their version is another one: what two figures have in common does not cancel."""
    old, observations = publish(tmp_path), rows()
    places = [place for place, row in enumerate(observations) if row[1] == "0127" and not row[6]]
    for place in places[:number]:
        observations[place] = (*observations[place][:6], status, *observations[place][7:])
    new = publish(tmp_path, version=SECOND, observations=observations)
    digests = []
    for file in (old, new):
        with duckdb.connect(file) as connection:
            digests.append(figures_digest(connection))

    assert len(listed(old, new)) == number
    assert listed(old, new) == independent(old, new)
    assert digests[0] != digests[1]


def test_the_smallest_difference_of_a_number_is_a_revision(tmp_path: Path) -> None:
    """Stored values are compared as they are: no tolerance hides a revision or invents one."""
    old = publish(tmp_path)
    place = next(place for place, row in enumerate(rows()) if row[5] == 71.0)
    observations = rows()
    changed = (*observations[place][:5], 71.0 + 2**-46, *observations[place][6:])
    observations[place] = changed
    new = publish(tmp_path, version=SECOND, observations=observations)

    assert [one[1:4:2] for one in listed(old, new).values()] == [(71.0, 71.0 + 2**-46)]


def test_a_renamed_indicator_is_compared_under_its_new_id(tmp_path: Path) -> None:
    """Its figures have neither vanished nor come; those that SCB revised are told."""
    old = publish(tmp_path, observations=renamed(rows(), "employment_rate", "former_rate"))
    new = publish(tmp_path, version=SECOND, observations=edited())
    plain = tmp_path / "plain"
    expected = listed(publish(plain), publish(plain, version=SECOND, observations=edited()))
    one = counted(old, new, successors=SUCCESSORS)["employment_rate"]

    assert listed(old, new, successors=SUCCESSORS) == expected
    assert (one.fate, one.former, one.listed) == ("renamed", "former_rate", len(expected))


def test_a_renamed_indicator_without_changes_is_told_too(tmp_path: Path) -> None:
    """The reader learns where the figures are now."""
    old = publish(tmp_path, observations=renamed(rows(), "employment_rate", "former_rate"))
    new = publish(tmp_path, version=SECOND)

    assert counted(old, new, successors=SUCCESSORS) == {
        "employment_rate": IndicatorChanges("employment_rate", "renamed", "former_rate", 0, 0, 0)
    }


def test_an_indicator_that_came_or_went_is_counted_and_not_listed(tmp_path: Path) -> None:
    """What the catalogue no longer has was not removed by SCB."""
    old = publish(tmp_path, observations=renamed(rows(), "population", "retired_count"))
    new = publish(tmp_path, version=SECOND, observations=edited())
    found = counted(old, new)
    figures = sum(row[0] == "population" for row in rows())

    assert {key[0] for key in listed(old, new)} == {"employment_rate"}
    assert (found["retired_count"].fate, found["retired_count"].vanished) == ("gone", figures)
    assert (found["population"].fate, found["population"].added) == ("new", figures)
    assert found["population"].listed == found["retired_count"].listed == 0


AREAS = ("0127R001", "0127R001_RegSO2025", "0127R002")


def with_areas(file: Path, *codes: str, joined: bool) -> Path:
    """A version with areas of Botkyrka; `joined`: the first is the same in both divisions."""
    with duckdb.connect(file) as connection:
        for code in codes:
            division = "RegSO 2020/2025" if joined else "RegSO 2020"
            connection.execute(
                "INSERT INTO region BY NAME SELECT ? AS code, ? AS name, 'regso' AS level,"
                " '0127' AS parent, ? AS division, '' AS locative_sv, '' AS locative_en",
                [code, code, division],
            )
    return file


def of_area(code: str, period: str, value: float | None) -> Row:
    """A figure of an area."""
    return ("population", code, period, "_T", "_T", value, None, "old", "computed")


def test_an_area_that_was_joined_is_compared_under_its_code_of_2020(tmp_path: Path) -> None:
    """Its years after 2024 stood under another code: they have neither vanished nor come."""
    before = [of_area("0127R001", "2024", 800), of_area("0127R001_RegSO2025", "2025", 810)]
    # Where both codes had a figure of one year, that of the code which remains is compared.
    before += [of_area("0127R001_RegSO2025", "2024", 0), of_area("0127R002", "2024", 500)]
    after = [of_area("0127R001", "2024", 800), of_area("0127R001", "2025", 811)]
    after += [of_area("0127R002", "2024", 500)]
    old = with_areas(publish(tmp_path, observations=before), *AREAS, joined=False)
    new = publish(tmp_path, version=SECOND, observations=after)
    new = with_areas(new, "0127R001", "0127R002", joined=True)
    expected = {("population", "0127R001", "2025", *["_T"] * 4): ("revised", 810, None, 811, None)}

    for region in ("0127", "0127R001", "01", ""):
        assert listed(old, new, region=region) == expected
        with compared(old, new, region=region) as comparison:
            assert comparison.joined == {"0127R001_RegSO2025": "0127R001"}
    assert listed(old, new, region="0127R002") == {}


def test_members_are_the_parts_of_a_union(tmp_path: Path) -> None:
    """A union has no figures of its own; those of its members are told."""
    old, new = publish(tmp_path), publish(tmp_path, version=SECOND, observations=edited())
    with duckdb.connect(new) as connection:
        connection.execute(
            "INSERT INTO region BY NAME SELECT 'grupp-x' AS code, 'X' AS name, 'group' AS level,"
            " NULL AS parent, 'i X' AS locative_sv, 'in X' AS locative_en"
        )
        connection.execute(
            "INSERT INTO region_member BY NAME SELECT 'grupp-x' AS region, '0980' AS member"
        )

    assert listed(old, new, region="grupp-x") == independent(old, new, ["0980"])


EDIT = st.tuples(
    st.sampled_from(["value", "hide", "mark", "remove", "year", "nothing"]),
    st.integers(min_value=0, max_value=10_000),
    st.floats(min_value=-100, max_value=100, allow_nan=False),
)


def apply(edits: Sequence[tuple[str, int, float]], found: list[Row]) -> list[Row]:
    """The rows after some edits, each of the row at its place; a key never stands twice."""
    by_key = {row[:5]: row for row in found}
    for what, place, number in edits:
        key = list(by_key)[place % len(by_key)]
        row = by_key[key]
        if what == "value":
            by_key[key] = (*row[:5], number, row[6], *row[7:])
        elif what == "hide":
            by_key[key] = (*row[:5], None, "..", *row[7:])
        elif what == "mark":
            by_key[key] = (*row[:6], "p", *row[7:])
        elif what == "remove" and len(by_key) > 1:
            del by_key[key]
        elif what == "year":
            added = (*row[:2], "2031", *row[3:])
            by_key[added[:5]] = added
    return list(by_key.values())


SOME = [row for row in rows() if row[2] >= "2021" and row[1] in {"01", "0127", "0980", "00"}]


@given(edits=st.lists(EDIT, max_size=12), region=st.sampled_from(["00", "01", "0980", "0127"]))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_edited_is_what_is_listed(
    edits: list[tuple[str, int, float]], region: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """For any edits, in any region, the comparison is that of pandas."""
    folder = tmp_path_factory.mktemp("edits")
    kept = {row[0] for row in apply(edits, SOME)} & {row[0] for row in SOME}
    before = [row for row in SOME if row[0] in kept]
    after = [row for row in apply(edits, SOME) if row[0] in kept]
    old = publish(folder, observations=before)
    new = publish(folder, version=SECOND, observations=after)
    inside = {"00": (), "01": ("01", "0127"), "0980": ("0980",), "0127": ("0127",)}[region]

    assert listed(old, new, region=region) == independent(old, new, inside)


@pytest.mark.slow
def test_a_whole_example_is_compared_as_pandas_compares_it(
    example_data: Path, tmp_path: Path
) -> None:
    """Ten million figures: an edit in each corner of them is found, and no other figure."""
    old = next(example_data.glob("warehouse-*.duckdb"))
    new = tmp_path / f"warehouse-{SECOND}.duckdb"
    new.write_bytes(old.read_bytes())
    with duckdb.connect(new) as connection:
        connection.execute(
            """
            UPDATE observation SET value = value + 0.1
            WHERE indicator = 'employment_rate' AND period = '2021' AND region = '0127';
            UPDATE observation SET value = NULL, status = '..'
            WHERE indicator = 'foreign_born_share' AND period = '2020' AND region = '0180R076';
            UPDATE observation SET status = 'p'
            WHERE indicator = 'population' AND period = '2019' AND region = '00' AND age = '_T';
            DELETE FROM observation
            WHERE indicator = 'employment_bas_monthly' AND period = '2024M03' AND region = '2584'
            """
        )
    names = ("employment_rate", "foreign_born_share", "population", "employment_bas_monthly")
    sides = []
    for file in (old, new):
        with duckdb.connect(file, read_only=True) as connection:
            columns = ", ".join(f"{name}::VARCHAR AS {name}" for name in KEY)
            regions = "'0127', '0180R076', '00', '2584', '01', '0126'"
            sides.append(
                connection.execute(
                    f"SELECT {columns}, value, status FROM observation"
                    f" WHERE indicator IN {names} AND region IN ({regions})"
                ).df()
            )
    both = sides[0].merge(sides[1], on=KEY, how="outer", indicator=True)
    differs = (
        (both["_merge"] != "both")
        | (both["value_x"].fillna(-1e9) != both["value_y"].fillna(-1e9))
        | (both["status_x"].fillna("") != both["status_y"].fillna(""))
    )
    expected = set(both.loc[differs, KEY].itertuples(index=False, name=None))

    assert len(expected) > 50
    assert set(listed(old, new)) == expected
    assert set(counted(old, new, region="01")) == {"employment_rate", "foreign_born_share"}


def test_a_version_of_before_is_read_as_one_of_today(tmp_path: Path) -> None:
    """Ages stood among the backgrounds in the first schema; they are the same figures."""
    today = [row for row in rows() if row[0] == "population"]
    today += [(*row[:4], "16-19", *row[5:]) for row in today]
    old = publish(tmp_path, observations=today)
    new = publish(tmp_path, version=SECOND, observations=today)
    with duckdb.connect(old) as connection:
        connection.execute(
            """
            CREATE TYPE old_background AS ENUM ('_T', '16-19');
            CREATE TABLE kept AS SELECT * EXCLUDE (age) REPLACE (
                CASE WHEN age::VARCHAR = '_T' THEN '_T' ELSE '16-19' END AS background)
            FROM observation;
            DROP TABLE observation;
            DROP TABLE coverage; DROP TABLE coverage_group; DROP TABLE headline;
            DROP TYPE background_code; DROP TYPE age_code;
            CREATE TYPE background_code AS ENUM ('_T', '16-19');
            CREATE TABLE observation AS
                SELECT * REPLACE (background::background_code AS background) FROM kept;
            DROP TABLE kept;
            ALTER TABLE run DROP COLUMN schema_version;
            ALTER TABLE revision DROP COLUMN age;
            INSERT INTO category VALUES ('background', '16-19', 'age', '16–19 år', 'Aged 16–19', 1)
            """
        )

    assert listed(old, new) == {}
    assert FIRST in old.name


def test_what_a_comparison_cannot_hold_leaves_for_a_folder_of_its_own(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the panel is served it may not write beside the program; and nothing stays behind."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with compared(*files) as comparison:
        (place,) = comparison.connection.execute(
            "SELECT current_setting('temp_directory')"
        ).fetchall()[0]

        assert Path(place).parent == tmp_path
        assert Path(place).is_dir()
    assert list(tmp_path.iterdir()) == []
