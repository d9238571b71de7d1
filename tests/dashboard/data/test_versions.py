import math
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import starmap
from pathlib import Path

import duckdb
import pytest

from dashboard.codes import GroupCodes
from dashboard.data.observation import Observation
from dashboard.data.queries.figures import published_series
from dashboard.data.queries.holdings import region_rows
from dashboard.data.versions import Shelf, is_damage
from tests.dashboard.warehouse import FIRST, SECOND, publish, rows


def test_a_new_version_is_seen_and_the_old_one_closed(data: Path) -> None:
    """After a swap the next reader gets the new version; nobody holds the old file."""
    shelf = Shelf(data)
    with shelf.current() as before:
        assert before is not None
    publish(data, version=SECOND, example=True)
    with shelf.current() as after:
        assert after is not None

    assert (before.version, after.version, after.example) == (FIRST, SECOND, True)
    assert shelf.versions() == [SECOND]


def test_a_text_of_many_rows_is_there_once(data: Path) -> None:
    """Codes and periods repeat in every row; what is remembered of them does not."""
    with Shelf(data).current() as warehouse:
        assert warehouse is not None
        texts, numbers, symbols = warehouse.columns(
            "SELECT period::VARCHAR AS period, value, status FROM observation ORDER BY ALL"
        )
        told = warehouse.rows(
            "SELECT period::VARCHAR AS period, value, status FROM observation ORDER BY ALL"
        )

    assert len({id(text) for text in texts}) == len(set(texts)) < len(texts)
    assert list(zip(texts, symbols, strict=True)) == [(row[0], row[2]) for row in told]
    assert [number is None or math.isnan(number) for number in numbers] == [
        row[1] is None for row in told
    ]


def test_a_reader_sees_all_of_one_version(data: Path) -> None:
    """A swap during an answer changes nothing for that answer; its version closes after it."""
    shelf = Shelf(data)
    with shelf.current() as old:
        assert old is not None
        publish(data, version=SECOND, observations=rows()[:1])
        with shelf.current() as new:
            assert new is not None
            counts = [len(one.frame("SELECT 1 FROM observation")) for one in (old, new)]
        assert shelf.versions() == [FIRST, SECOND]

    assert counts == [len(rows()), 1]
    assert shelf.versions() == [SECOND]


def test_a_frozen_link_leaves_the_current_version_open(data: Path) -> None:
    """Whoever reads an older version costs the next reader of the newest nothing."""
    publish(data, version=SECOND)
    shelf = Shelf(data)
    with shelf.current() as first:
        assert first is not None
    with shelf.at(FIRST) as frozen:
        assert frozen is not None
        assert shelf.versions() == [FIRST, SECOND]
    with shelf.current() as again:
        assert again is first

    assert shelf.versions() == [SECOND]


def test_who_still_reads_when_all_is_closed_may_leave_afterwards(data: Path) -> None:
    """At the end of a process a file may be half sent."""
    shelf = Shelf(data)
    with shelf.read() as reading:
        assert reading.warehouse
        shelf.close()

    assert shelf.versions() == []


def test_readers_in_threads_share_one_connection(data: Path) -> None:
    """Twenty threads ask at once and all get the same figures."""
    shelf = Shelf(data)
    answers: list[int] = []

    def ask() -> None:
        with shelf.current() as warehouse:
            assert warehouse is not None
            answers.append(len(region_rows(warehouse)))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [8] * 20
    assert shelf.versions() == [FIRST]


@pytest.mark.parametrize("left", ["nothing", "a pointer to a file that is gone"])
def test_no_warehouse_is_none_and_no_error(tmp_path: Path, left: str) -> None:
    """An empty folder, or a pointer whose file was removed, is a panel without data."""
    if left != "nothing":
        publish(tmp_path).unlink()
    with Shelf(tmp_path).current() as warehouse:
        assert warehouse is None


def test_a_hidden_value_arrives_missing_with_its_symbol(data: Path) -> None:
    """Botkyrka 2010 is missing with "..", never a number; codes are text."""
    with Shelf(data).current() as warehouse:
        assert warehouse is not None
        found = published_series(warehouse, "employment_rate", regions=["0127"])
    rows = list(starmap(Observation, found))

    assert [(row.value, row.status) for row in rows if row.period == "2010"] == [(None, "..")]
    assert {row.region for row in rows} == {"0127"}


def test_a_question_about_nothing_known_has_no_rows(data: Path) -> None:
    """Codes the version has never seen are an empty answer, not an error."""
    with Shelf(data).current() as warehouse:
        assert warehouse is not None
        unknown = GroupCodes(backgrounds=("zz",), sexes=("9",))
        found = published_series(warehouse, "zz", regions=["9999"], groups=unknown)
        assert found == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1}', None])
def test_without_a_pointer_that_can_be_read_the_newest_version_stands_in(
    data: Path, content: bytes | None
) -> None:
    """It is damaged or lost: figures that are there are shown, and that they stand in is told."""
    publish(data, version=SECOND)
    (data / "warehouse.json").unlink()
    if content is not None:
        (data / "warehouse.json").write_bytes(content)
    with Shelf(data).read() as reading:
        assert reading.warehouse is not None
        assert (reading.warehouse.version, reading.unreadable) == (SECOND, "warehouse.json")


def test_a_damaged_file_is_no_warehouse(data: Path) -> None:
    """A version that cannot be opened is not shown, and readers see no error of ours."""
    for path in data.glob("warehouse-*.duckdb"):
        path.write_bytes(b"not a database" * 1000)
    with Shelf(data).current() as warehouse:
        assert warehouse is None


def test_an_older_file_that_is_damaged_is_no_warehouse_either(data: Path) -> None:
    """A frozen link to it is answered as one to a version that is gone."""
    (older,) = data.glob("warehouse-*.duckdb")
    publish(data, version=SECOND)
    older.write_bytes(b"not a database" * 1000)
    with Shelf(data).at(FIRST) as warehouse:
        assert warehouse is None


def test_a_version_that_is_removed_while_the_next_is_published_is_not_taken_for_lost(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a look at the pointer and one at its file both may have changed."""
    shelf = Shelf(data)
    file_mark, rest = shelf._file_mark, iter([FIRST])

    def removed(file: str) -> object:
        for version in rest:
            publish(data, version=SECOND)
            (data / f"warehouse-{version}.duckdb").unlink()
        return file_mark(file)

    monkeypatch.setattr(shelf, "_file_mark", removed)
    with shelf.read() as reading:
        assert (reading.current, reading.unreadable) == (SECOND, "")


NUMBERED = """
    SELECT max(place)
    FROM (
        SELECT row_number() OVER (ORDER BY hash(n)) AS place
        FROM range(1_000_000) AS numbers(n)
    )
"""
MEMORY = "SELECT current_setting('memory_limit')"


def test_a_question_that_needs_more_memory_than_others_gets_it(data: Path) -> None:
    """Any number of them at a time, and afterwards there is as little as before."""
    with Shelf(data).current() as warehouse, ThreadPoolExecutor(3) as readers:
        assert warehouse is not None
        usual = warehouse.rows(MEMORY)
        with pytest.raises(duckdb.OutOfMemoryException), warehouse.connection.cursor() as cursor:
            cursor.execute(NUMBERED)
        answers = list(readers.map(warehouse.rows, [NUMBERED] * 9))

        assert answers == [[(1_000_000,)]] * 9
        assert warehouse.rows("SELECT 1") == [(1,)]
        assert warehouse.rows(MEMORY) == usual


def test_memory_that_another_still_holds_is_given_back_after_it(data: Path) -> None:
    """Whoever began while there was more ends at ease; the next answer after it has the usual."""
    with Shelf(data).current() as warehouse:
        assert warehouse is not None
        usual = warehouse.rows(MEMORY)
        with warehouse.connection.cursor() as holding:

            def held(cursor: duckdb.DuckDBPyConnection) -> list[tuple[int]]:
                found = cursor.execute(NUMBERED).fetchall()
                holding.execute("SELECT n FROM range(5_000_000) AS numbers(n) ORDER BY hash(n)")
                return found

            assert warehouse._answer(held) == [(1_000_000,)]
            assert warehouse.rows(MEMORY) != usual  # refused: there is still who holds more
        assert warehouse.rows("SELECT 1") == [(1,)]
        assert warehouse.rows(MEMORY) == usual


def test_a_shelf_that_is_closed_meanwhile_loses_no_large_answer(data: Path) -> None:
    """At the end of a process what has been computed is still given."""
    shelf = Shelf(data)
    with shelf.current() as warehouse:
        assert warehouse is not None

        def last(cursor: duckdb.DuckDBPyConnection) -> list[tuple[int]]:
            found = cursor.execute(NUMBERED).fetchall()
            shelf.close()
            return found

        assert warehouse._answer(last) == [(1_000_000,)]


def test_what_cannot_be_written_is_no_damage() -> None:
    """A full disk for temporary files, of whoever writes some, is no reason to leave a version."""
    full = duckdb.IOException('Could not write file "spilled.tmp": No space left on device')
    cut = duckdb.IOException(f'Could not read enough bytes from file "warehouse-{FIRST}.duckdb"')

    assert not is_damage(full, FIRST)
    assert is_damage(cut, FIRST)
    assert not is_damage(duckdb.CatalogException("Table does not exist"), FIRST)
