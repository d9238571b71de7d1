"""Which calls fetch a source's cells."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from pathlib import Path

import orjson
import pytest

from etl.binding.binding import Bound, bound, bounds_of, planned, uses
from etl.build.building import table_states
from etl.catalogue import Catalogue
from etl.errors import SourceError
from etl.source.jsonstat import Dataset, document_dataset
from etl.source.landing import Record, land, sha256
from etl.source.selection import CellRequest, request_key
from etl.store import Binding, TableBinding
from tests.etl.documents import Codes, document
from tests.etl.entries import ORIGIN, PERSONS, REGION, SEX, SHARE, SWEDEN, Entry, table, use

AXES: Mapping[str, Codes] = {
    "Region": ("0180", "0184", "0114C1010"),
    "Kon": ("1+2", "1", "2"),
    "BakgrVar": ("TOT", "tot20-64", "SE", "VXEUEES", "030"),
    "ContentsCode": {"N": "Folkmängd", "A": "Andel sysselsatta", "X": "Annat"},
    "Tid": ("2019", "2020", "2021"),
}
FOUND: Dataset = document_dataset(document(AXES))
TWIN: Entry = {**ORIGIN, "twins": ("tot20-64",)}


def bind(contents: Entry, *variables: Entry, found: Dataset = FOUND) -> Bound:
    """One source of the small table."""
    (one,) = bound(use(contents=dict(contents)), table(*variables), found, SWEDEN)
    return one


def codes(request: CellRequest) -> dict[str, list[str]]:
    """The codes of each variable in the body of a request."""
    return {part["variableCode"]: part["valueCodes"] for part in request.body["selection"]}


def asked(requests: Sequence[CellRequest]) -> list[tuple[str, ...]]:
    """Every cell that is asked for in each request, in the order of the table's variables."""
    return [
        cell
        for request in requests
        for cell in product(*(codes(request)[variable] for variable in AXES))
    ]


def test_only_the_cells_that_are_needed_are_asked_for() -> None:
    """No other region, background, content or year; the twin is fetched to be compared."""
    one = bind(PERSONS, REGION, SEX, TWIN)
    (request,) = planned("TAB1", "ContentsCode", [one], 150_000)[one]
    assert codes(request) == {
        "Region": ["0180", "0184"],
        "Kon": ["1+2", "1", "2"],
        "BakgrVar": ["TOT", "SE", "VXEUEES", "tot20-64"],
        "ContentsCode": ["N"],
        "Tid": ["2020", "2021"],
    }
    assert list(request.body) == ["selection"]
    assert request.cells == 2 * 3 * 4 * 1 * 2


def test_small_contents_of_one_selection_share_a_call() -> None:
    """Two contents that fit together are one call, which both are read from."""
    persons, share = bind(PERSONS), bind(SHARE)
    plan = planned("TAB1", "ContentsCode", [persons, share], 150_000)
    assert plan[persons] == plan[share]
    (request,) = plan[persons]
    assert request.cells == 2 * 3 * 3 * 2 * 2
    assert codes(request)["ContentsCode"] == ["N", "A"]


def test_large_contents_are_asked_for_by_themselves() -> None:
    """Where both do not fit in one call each has its own, and no cell is asked for twice."""
    persons, share = bind(PERSONS), bind(SHARE)
    plan = planned("TAB1", "ContentsCode", [persons, share], 36)
    assert [request.cells for request in (*plan[persons], *plan[share])] == [36, 36]
    cells = asked([*plan[persons], *plan[share]])
    assert len(cells) == len(set(cells)) == 72


@pytest.mark.parametrize("limit", [150_000, 24])
def test_sources_that_need_the_same_cells_ask_for_them_once(limit: int) -> None:
    """A share and a count of one table name its groups in another order, and read one answer."""
    turned: Entry = {**ORIGIN, "keep": tuple(reversed(ORIGIN["keep"]))}
    one, other = bind(PERSONS), bind(PERSONS, REGION, SEX, turned)
    plan = planned("TAB1", "ContentsCode", [one, other], limit)

    assert one.selection != other.selection
    assert plan[one] == plan[other]
    assert sum(request.cells for request in plan[one]) == 36


def test_a_source_above_the_limit_is_cut_and_what_belongs_together_is_not() -> None:
    """Total and twin are compared in one answer; every request is under the limit."""
    one = bind(PERSONS, REGION, SEX, TWIN)
    plan = planned("TAB1", "ContentsCode", [one], 10)
    assert all(request.cells <= 10 for request in plan[one])
    assert all(len(codes(request)["BakgrVar"]) == 4 for request in plan[one])
    assert sorted(asked(plan[one])) == sorted(
        product(*(one.selection[variable] for variable in AXES))
    )


def test_the_same_input_gives_the_same_requests() -> None:
    """`build` finds what `fetch` landed by the keys alone, so they depend on nothing else."""
    first = [bind(PERSONS, REGION, SEX, TWIN), bind(SHARE)]
    again = [bind(PERSONS, REGION, SEX, TWIN), bind(SHARE)]
    one = planned("TAB1", "ContentsCode", first, 10)
    other = planned("TAB1", "ContentsCode", again, 10)
    assert [[r.key for r in one[b]] for b in first] == [[r.key for r in other[b]] for b in again]
    keys = [request.key for b in first for request in one[b]]
    assert len(keys) == len(set(keys))


def test_a_key_tells_tables_and_bodies_apart_but_not_the_order_of_fields() -> None:
    """The same question of another table is another request."""
    body = {"variableCode": "Region", "valueCodes": ["0180", "0184"]}
    assert request_key("TAB1", body) == request_key("TAB1", dict(reversed(body.items())))
    assert request_key("TAB1", body) != request_key("TAB2", body)
    assert request_key("TAB1", body) != request_key("TAB1", {**body, "valueCodes": ["0184"]})


def test_both_divisions_of_regso_are_asked_for_apart() -> None:
    """Each division with its own years: no call for cells in which SCB sends zeros."""
    axes: Mapping[str, Codes] = {
        **AXES,
        "Region": ("0180R001", "0180R001_RegSO2025"),
        "Tid": ("2023", "2024"),
    }
    found = document_dataset(document(axes))
    bounds = bound(use(levels=("regso",)), table(), found, SWEDEN)
    plan = planned("TAB1", "ContentsCode", bounds, 150_000)
    requests = [request for one in bounds for request in plan[one]]
    assert sum(request.cells for request in requests) == 2 * 3 * 3
    assert {(cell[0], cell[-1]) for cell in asked(requests)} == {
        ("0180R001", "2023"),
        ("0180R001_RegSO2025", "2024"),
    }


def test_a_source_that_does_not_bind_leaves_the_others_of_its_table() -> None:
    """One refused source is named with its reason; the rest of the table is fetched."""
    good, bad = use(), use(contents={**PERSONS, "text": "Finns inte"}, levels=("municipality",))
    bad = type(bad)(("other", "only", "small#0"), bad.indicator, bad.segment, bad.source)
    ready, reasons = bounds_of(table(), FOUND, [good, bad], SWEDEN, limit=150_000)
    assert list(ready) == [good]
    assert "Finns inte" in reasons[bad]


def test_cells_that_belong_together_above_the_limit_are_told_with_numbers() -> None:
    """Nothing is dropped silently: 4 codes that must stand together do not fit into 3 cells."""
    one = bind(PERSONS, REGION, SEX, TWIN)
    with pytest.raises(SourceError, match="4 cells belong together"):
        planned("TAB1", "ContentsCode", [one], 3)


def test_the_number_of_cells_of_a_request_is_that_of_its_answer() -> None:
    """Progress and memory are reckoned with it."""
    one = bind(PERSONS)
    for request in planned("TAB1", "ContentsCode", [one], 7)[one]:
        sizes = [len(chosen) for chosen in codes(request).values()]
        assert request.cells == prod(sizes) <= 7


def test_a_source_that_cannot_be_cut_leaves_the_others_of_its_table(tmp_path: Path) -> None:
    """One source beyond the limit is missing with the reason; the others can be read."""
    good = use().indicator
    bad = use(contents=dict(PERSONS), variables=(TWIN,), levels=("municipality",)).indicator
    catalogue = Catalogue((), (), (table(),), (good, bad.model_copy(update={"id": "twinned"})))
    land_metadata(tmp_path, limit=3)
    binding = Binding("", "", {"small": TableBinding("found", "TAB1")})

    ((state,),) = table_states(catalogue, tmp_path, binding, SWEDEN).values()

    fine, refused = uses(catalogue)
    assert "have not been fetched" in str(state.lacking(fine))
    assert "4 cells belong together" in str(state.lacking(refused))


def land_metadata(folder: Path, limit: int) -> None:
    """The small table's description in a landing, from an API with this limit of cells."""
    content = orjson.dumps(document(AXES))
    record = Record(
        kind="metadata",
        table="TAB1",
        request="0" * 16,
        url="",
        body=None,
        fetched="2026-01-05T08:15:00+00:00",
        sha256=sha256(content),
        size=len(content),
        title="",
        updated="2026-01-05T07:00:00Z",
        source="SCB",
        api_version="2",
        max_cells=limit,
        licence="",
    )
    land(folder, content, record)
