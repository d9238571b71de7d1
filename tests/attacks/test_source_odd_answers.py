"""One odd answer costs one table: answers that ended the whole run, or could have."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import httpx
import orjson
import pytest
import stamina

from etl.build.load import drafted
from etl.errors import ApiError, BusyError, DocumentError
from etl.measures.areas import Codebook
from etl.source.client import Patience
from etl.source.jsonstat import document_cells, document_dataset
from etl.source.landing import is_table_id, land, landed_tables, records
from tests.attacks.mutations import with_its_size
from tests.attacks.test_source_order import landed
from tests.attacks.world import OTHERS, PEOPLE, SECOND, World, edition
from tests.etl.answering import Server, client, ok
from tests.etl.documents import Codes, document
from tests.pxweb_server.editions import renumbered

Change = Callable[[Any], Any]
METADATA, DATA, ROW = f"/tables/{PEOPLE}/metadata", f"/tables/{PEOPLE}/data", f"/tables/{PEOPLE}"
OLD, NEW = 980.0, 982.0
AXES: dict[str, Codes] = {
    "Region": ("0180", "0184"),
    "ContentsCode": {"N": "Folkmängd"},
    "Tid": ("2020",),
}


def put(*steps: Any) -> Change:
    """A change that puts the last of what is given at the place that the others lead to."""
    *inner, last, value = steps

    def change(found: Any) -> Any:
        holder = found
        for key in inner:
            holder = holder[key]
        holder[last] = value
        return found

    return change


def symbols(count: int) -> Change:
    """So many different symbols, a cell each; the small table has fewer cells than that."""

    def change(found: Any) -> Any:
        codes = [f"{number:04d}" for number in range(count)]
        found["dimension"]["Region"]["category"] = {"index": codes, "label": {}}
        found["size"][0] = count
        cells = count * 2 * 3
        found["value"] = [None] * cells
        found["status"] = {str(number): f"s{number}" for number in range(count)}
        return found

    return change


DESCRIPTIONS: dict[str, Change] = {
    "before all time": put("updated", "0001-01-01T00:00:00+14:00"),
    "after all time": put("updated", "9999-12-31T23:59:59-14:00"),
    "announced for ever": put("extension", "px", "nextUpdate", "9999-12-31T23:59:59-14:00"),
    "a note that is a number": put("note", [7, None, {"sv": "x"}]),
    "notes that are an object": put("note", {"0": "x"}),
    "notes of codes that are numbers": put("dimension", "Region", "category", "note", {"00": 7}),
    "a title that is a list": put("label", ["Folkmängd"]),
    "a variable called by an object": put("dimension", "Kon", "label", {"sv": "kön"}),
    "a code called by a list": put("dimension", "Kon", "category", "label", "1", ["män"]),
    "a unit that is a list": put("dimension", "ContentsCode", "category", "unit", {"N": [1]}),
    "a unit in an object": put(
        "dimension", "ContentsCode", "category", "unit", "N", {"base": {"x": 1}, "decimals": 10**18}
    ),
    "decimals beyond counting": put(
        "dimension", "ContentsCode", "category", "unit", "N", "decimals", 2**62
    ),
    "no years": lambda found: with_its_size(
        put("dimension", "Tid", "category", {"index": {}, "label": {}})(found)
    ),
    "no regions": lambda found: with_its_size(
        put("dimension", "Region", "category", {"index": {}, "label": {}})(found)
    ),
    "years that are none": put("role", "time", ["Kon"]),
    "roles that are a list": put("role", []),
    "variables that are numbers": put("id", [1, 2, 3, 4]),
    "an extension that is a text": put("extension", "x"),
    "no document": lambda _: "dataset",
}
CELLS: dict[str, Change] = {
    "300 symbols": symbols(300),
    "a symbol that is an object": put("status", {"0": {"x": 1}}),
    "a symbol of a page": put("status", {"0": "x" * 5000}),
    "a symbol that clears the screen": put("status", {"0": "\x1b[2J"}),
    "one symbol that is a list": put("status", [[".."]]),
    "numbers beyond exactness": put("value", 0, 2**60 + 1),
    "numbers that are texts": put("value", 0, "12"),
    "more cells than there is memory": lambda found: (
        found
        | {
            "size": [1000] * 5,
            "id": list("abcde"),
            "role": {"time": ["a"], "metric": ["b"]},
            "dimension": {
                name: {"category": {"index": [str(n) for n in range(1000)]}} for name in "abcde"
            },
            "value": {"0": 1},
        }
    ),
    "dated before all time": put("updated", "0001-01-01T00:00:00+14:00"),
    "a list of answers": lambda found: [found],
}
ROWS: dict[str, Any] = {
    "a list": [],
    "a text": "row",
    "nothing": None,
    "paths that are a text": {"paths": "BE"},
    "paths of numbers": {"paths": [[1, 2], 3]},
    "folders without ids": {"paths": [[{"label": "x"}]]},
}
LISTED: dict[str, Any] = {
    "nothing": None,
    "a number": 7,
    "a path": {"id": "../../etc/passwd", "label": "Folkmängd"},
    "a folder of ours": {"id": "bytes", "label": "Folkmängd"},
    "a question": {"id": "TAB1?lang=sv#", "label": "Folkmängd"},
    "a page": {"id": "T" * 5000, "label": "Folkmängd"},
    "a number as id": {"id": 7, "label": "Folkmängd"},
    "no title": {"id": "TAB8", "label": None},
    "a title of lists": {"id": "TAB8", "label": ["Folkmängd"]},
    "variables of numbers": {"id": "TAB8", "label": "Folkmängd", "variableNames": [1, None]},
    "folders that are texts": {"id": "TAB8", "label": "Folkmängd", "paths": ["BE", [None]]},
}


def both_anew(small_world: World) -> World:
    """New editions of both tables wait at the source."""
    small_world.publish(PEOPLE, SECOND, 1)
    small_world.publish(OTHERS, SECOND, 1)
    return small_world


def check_run(made: World) -> str:
    """The other table is published anew; of this one the new or the old figures, told."""
    run = made.run()
    assert made.values(OTHERS)["2021"] == NEW, run.output
    if run.code == 0:
        assert made.values(PEOPLE)["2021"] == NEW
        return run.output
    assert run.code == 3, run.output
    assert made.values(PEOPLE)["2021"] == OLD
    assert "stale" in run.output
    assert "people" in run.output
    assert re.search(r"Next: do what the last lines above say", run.output)
    assert made.problems()["people"]
    return run.output


@pytest.mark.slow
@pytest.mark.parametrize("change", DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_an_odd_description_costs_its_table(small_world: World, change: Change) -> None:
    """Dates, notes, names, units, years, roles that are none."""
    both_anew(small_world).answer(METADATA, change)
    told = check_run(small_world)
    if "cannot be read" in told:
        assert f"etl show {PEOPLE} --live" in " ".join(told.split())
    for options in ((), ("--live", "--api", small_world.server.url)):
        assert small_world.etl("show", PEOPLE, *options).code in {0, 4}


@pytest.mark.slow
@pytest.mark.parametrize("change", CELLS.values(), ids=CELLS)
def test_an_odd_answer_of_cells_costs_its_table(small_world: World, change: Change) -> None:
    """Symbols, numbers and sizes that are none."""
    both_anew(small_world).answer(DATA, change)
    check_run(small_world)


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_table_is_read_whatever_its_row_is(small_world: World, row: Any) -> None:
    """The row tells the folder only; the description comes from the database."""
    both_anew(small_world).answer(ROW, lambda _: row)
    assert small_world.run().code == 0
    assert small_world.values(PEOPLE)["2021"] == NEW


@pytest.mark.slow
@pytest.mark.parametrize("row", LISTED.values(), ids=LISTED)
def test_an_odd_row_among_tables_costs_itself(small_world: World, row: Any) -> None:
    """A table that has a new id is found among them, and nothing is written outside the landing."""
    both_anew(small_world).server.withdraw(PEOPLE)
    small_world.server.publish(renumbered(edition(PEOPLE, SECOND, 1), "TAB7"))
    small_world.answer("/tables", lambda found: found | {"tables": [row, *found["tables"], row]})

    run = small_world.run()

    assert run.code == 0, run.output
    assert "TAB7" in run.output
    assert small_world.values(PEOPLE)["2021"] == NEW
    assert set(landed_tables(small_world.data / "landing")) <= {PEOPLE, OTHERS, "TAB7"}
    assert {path.name for path in small_world.data.parent.iterdir()} == {"data", "two.yaml"}


@pytest.mark.slow
def test_a_list_that_never_ends_ends(small_world: World) -> None:
    """A server that gives the same page for every number is asked twice, not a billion times."""
    both_anew(small_world).server.withdraw(PEOPLE)
    small_world.answer("/tables", lambda found: found | {"page": {"totalPages": 10**9}})
    run = small_world.run()
    assert run.code == 3
    assert sum("/tables?" in call.path for call in small_world.server.calls) <= 4


@pytest.mark.slow
@pytest.mark.parametrize(
    "values",
    [
        7,
        {"a": 1},
        [None],
        [{"code": "LA\x00", "label": "x", "valueMap": ["0180"]}],
        [{"code": "x" * 300, "label": "x", "valueMap": ["0180"]}],
        [{"code": "LA01", "label": {"sv": "x"}, "valueMap": ["0180"]}],
        [{"code": "LA01", "label": "x", "valueMap": 7}],
        [{"code": "LA01", "label": "x", "valueMap": "0180"}],
        [{"code": "'; DROP TABLE region; --", "label": "x", "valueMap": ["0180", "0180"]}],
    ],
)
def test_an_odd_list_of_codes_costs_the_labour_markets(small_world: World, values: Any) -> None:
    """Both tables are published; the list is taken where its codes are texts, and else told."""
    small_world.send("/codelists/agg_RegionLA2018", orjson.dumps({"values": values}))
    both_anew(small_world)
    run = small_world.run()
    assert run.code == 0, run.output
    assert small_world.values(PEOPLE)["2021"] == NEW
    if "DROP" not in str(values):
        assert "agg_RegionLA2018 is not used" in " ".join(run.output.split())


@pytest.mark.parametrize(
    "id",
    ["", ".", "..", "../x", "a/b", "a\\b", "a b", "å", "TAB1\n", "TAB1\x00", "T" * 101, "bytes",
     "BYTES", "%2e%2e"],
)  # fmt: skip
def test_what_is_no_id_of_a_table_is_never_part_of_a_path(tmp_path: Path, id: str) -> None:
    """Letters, digits, - and _ only; and never the name of the folder of the bytes."""
    assert not is_table_id(id)
    with pytest.raises(DocumentError, match="expected letters, digits"):
        landed(tmp_path / "landing", b"{}", table=id)
    assert [*tmp_path.iterdir()] == []
    assert records(tmp_path, id) == []


@pytest.mark.parametrize("id", ["TAB638", "BE0101A1", "tab_1-x", "0", "-"])
def test_ids_of_other_sources_are_ids(id: str) -> None:
    """PxWeb lets an agency call its tables as it likes, within these; a number is no text."""
    assert is_table_id(id)
    assert not any(map(is_table_id, (None, 7, [id], {id: id})))


@pytest.mark.parametrize(
    "changed",
    [
        {"sha256": "../../x"},
        {"sha256": "0" * 63},
        {"max_cells": 0},
        {"max_cells": "many"},
        {"number": None},
        {"updated": 2024},
        {"table": "TAB9"},
        {"kind": 7},
        {"turn": True},
    ],
)
def test_a_record_that_says_what_it_cannot_say_is_as_good_as_none(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    """A damaged record costs a question to the source, and never a run."""
    record = landed(tmp_path, b"{}")
    (path,) = (tmp_path / PEOPLE).glob("*.json")
    path.write_bytes(orjson.dumps(orjson.loads(path.read_bytes()) | changed))
    assert records(tmp_path, PEOPLE) == []
    land(tmp_path, b"{}", record)
    assert records(tmp_path, PEOPLE) == [record]


@pytest.mark.parametrize(
    "code", ["x" * 200, "'; DROP TABLE observation; --", "a/../b", '"', "å+(<"]
)
def test_a_code_is_any_text(code: str) -> None:
    """Quotes, slashes and signs are codes like others."""
    found = document_dataset(document({**AXES, "Region": (code, "0184")}))
    assert found.dimensions["Region"].codes == (code, "0184")


@pytest.mark.parametrize("code", ["", "x" * 201, "a\x00", "a\nb", "\x1b[2J", "a\x85"])
def test_a_code_without_end_or_with_control_characters_is_none(code: str) -> None:
    """The document is refused, and what is shown of the code is short and harmless."""
    with pytest.raises(DocumentError, match="expected a text of 1 to 200") as refusal:
        document_dataset(document({**AXES, "Region": (code, "0184")}))
    assert len(str(refusal.value)) < 250
    assert "\x1b" not in str(refusal.value)


def test_codes_are_values_of_a_question_and_never_part_of_it(tmp_path: Path) -> None:
    """Whatever a code is, the warehouse has it as it is, and every other table."""
    hostile = ("_T", "'); DROP TYPE sex_code; --", "a'b", "\\", "å", "; --")
    book = Codebook.of([("background", code) for code in hostile], {"00": None})
    with drafted(tmp_path, book, indicators=("a'b",), segments=("s",)) as (_, connection):
        (held,) = connection.execute("SELECT enum_range(NULL::background_code)").fetchone() or ()
        assert set(held) == set(hostile)
        assert connection.execute("SELECT count(*) FROM observation").fetchone() == (0,)
    assert duckdb.__version__


def test_symbols_are_counted_before_they_are_numbered() -> None:
    """A status is a byte: more symbols than fit are refused with their number."""
    whole = document({**AXES, "Region": [f"{n:04d}" for n in range(300)]}, value=[None] * 300)
    for count, taken in ((100, True), (101, False), (128, False), (300, False)):
        status = {str(n): f"s{n}" for n in range(count)}
        if taken:
            assert len(document_cells(whole | {"status": status}).symbols) == count + 1
        else:
            with pytest.raises(DocumentError, match=f"{count} different symbols; expected at most"):
                document_cells(whole | {"status": status})


@pytest.mark.parametrize(
    "header",
    ["Mon, 08 Jun 99999999999 12:00:30 GMT", "Mon, 08 Jun 2026 12:00:30 +99999999999999",
     "9" * 400, "-1", "\u0663", "nan", "inf", "1e9"],
)  # fmt: skip
def test_a_time_to_wait_that_is_none_ends_nothing(header: str) -> None:
    """It is a refusal like others, or one that is waited for as usual."""
    with stamina.set_testing(True, attempts=1, cap=True):
        response = httpx.Response(503, headers=[(b"Retry-After", header.encode())])
        with pytest.raises(ApiError, match="HTTP 503"):
            client(Server(response), patience=Patience(attempts=1)).metadata(PEOPLE)


@pytest.mark.parametrize(
    "nested", [b"[" * 5000 + b"]" * 5000, b'{"a":' * 5000, b"\xff\xfe", b"\x00"]
)
def test_what_cannot_be_parsed_is_asked_for_again_and_told(nested: bytes) -> None:
    """Nested beyond reading, in another coding, nothing at all: no JSON."""
    with (
        stamina.set_testing(True, attempts=1, cap=True),
        pytest.raises(BusyError, match="no JSON"),
    ):
        client(Server(httpx.Response(200, content=nested)), patience=Patience(attempts=1)).metadata(
            PEOPLE
        )


@pytest.mark.parametrize(
    "said", [b"\x1b[2J\x1b]0;x\x07gone", orjson.dumps({"title": "\x1b[2J\x00gone"})]
)
def test_what_a_refusal_says_cannot_clear_a_screen(said: bytes) -> None:
    """Words of an error page are shown; signs that steer a terminal are not."""
    with pytest.raises(ApiError) as refusal:
        client(Server(httpx.Response(404, content=said))).metadata(PEOPLE)
    assert "gone" in str(refusal.value)
    assert str(refusal.value).isprintable()


def test_a_row_of_a_table_is_what_we_read_of_it() -> None:
    """Parts that are not as they should be are as if they were not there."""
    sent = {"id": "x", "label": 7, "paths": [[{"id": "BE"}, {"id": 1}, 2], 3], "variableNames": 4}
    assert client(Server(ok(sent))).table(PEOPLE) == {
        "id": PEOPLE,
        "label": "",
        "paths": [["BE"], []],
        "variableNames": [],
    }
