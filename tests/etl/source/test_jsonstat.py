"""JSON-stat 2 as the API sends it, and everything else it may send instead."""

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyjstat import pyjstat

from etl.errors import DocumentError
from etl.source.jsonstat import Cells, Note, document_cells, document_dataset
from tests.etl.documents import Codes, Document, document

AXES: Mapping[str, Codes] = {
    "Region": ("0180", "0184"),
    "ContentsCode": {"N": "Folkmängd"},
    "Tid": ("2020", "2021"),
}
CELL = st.none() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9, allow_nan=False)
SYMBOL = st.sampled_from(["", "..", ".", "-", "e"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


def value(found: Cells) -> list[float | None]:
    """The values with None for missing."""
    return [None if np.isnan(cell) else float(cell) for cell in found.value]


def symbol(found: Cells) -> list[str]:
    """The symbol of each cell."""
    return [found.symbols[mark] for mark in found.status]


@given(st.lists(st.tuples(CELL, SYMBOL), min_size=4, max_size=4), st.booleans(), st.booleans())
def test_every_cell_arrives_where_it_was_sent(
    sent: list[tuple[float | None, str]], sparse: bool, sparse_status: bool
) -> None:
    """Dense or sparse, no value or symbol is lost, invented or moved; a null `-` is zero."""
    numbers: Any = [number for number, _ in sent]
    marks: Any = [mark for _, mark in sent]
    if sparse:
        numbers = {str(at): number for at, number in enumerate(numbers) if number is not None}
    if sparse_status:
        marks = {str(at): mark for at, mark in enumerate(marks) if mark}

    found = document_cells(document(AXES, numbers, marks))

    assert symbol(found) == [mark for _, mark in sent]
    assert value(found) == [
        0 if number is None and mark == "-" else number for number, mark in sent
    ]


def test_hidden_cell_is_missing_and_nil_is_zero_each_with_its_symbol() -> None:
    """`..` and `.` are NaN, `-` is a true zero, a zero without symbol stays a zero without."""
    found = document_cells(document(AXES, [None, None, None, 0], {"0": "..", "1": ".", "2": "-"}))
    assert value(found) == [None, None, 0, 0]
    assert symbol(found) == ["..", ".", "-", ""]


def test_a_symbol_beside_a_value_does_not_hide_it() -> None:
    """A data note stands on a value: missing is what has no value, not what has a symbol."""
    found = document_cells(document(AXES, [7, 5, None, 2], {"0": "e", "1": "-", "2": ".."}))
    assert value(found) == [7, 5, None, 2]
    assert symbol(found) == ["e", "-", "..", ""]


def test_a_null_without_symbol_is_missing() -> None:
    """Nothing was sent, so nothing is known: never zero."""
    found = document_cells(document(AXES, [None, 1, 2, 3]))
    assert value(found)[0] is None
    assert symbol(found)[0] == ""


def test_order_comes_from_the_index_and_not_from_the_labels() -> None:
    """Labels may be listed in any order; the cells follow `category.index`."""
    sent = document(AXES, [1, 2, 3, 4])
    sent["dimension"]["Region"]["category"] = {
        "label": {"0180": "Stockholm", "0184": "Solna"},
        "index": {"0180": 1, "0184": 0},
    }
    region = document_dataset(sent).dimensions["Region"]
    assert region.codes == ("0184", "0180")
    assert region.position == {"0184": 0, "0180": 1}
    assert region.labels == {"0180": "Stockholm", "0184": "Solna"}


@given(st.permutations(["00", "0180", "10", "9", "-1", "a"]), st.data())
def test_the_index_is_a_list_or_an_object_whose_keys_stand_in_any_order(
    codes: list[str], data: st.DataObject
) -> None:
    """Programs write keys that are integers first: only the position tells where cells stand."""
    sent = document({**AXES, "Region": codes})
    category = sent["dimension"]["Region"]["category"]
    shuffled = data.draw(st.permutations(list(category["index"].items())))
    for index in (codes, dict(shuffled)):
        category["index"] = index
        assert document_dataset(sent).dimensions["Region"].codes == tuple(codes)


def test_one_code_needs_no_index_and_several_do() -> None:
    """The order of labels says nothing of the order of the cells."""
    sent = document({**AXES, "Region": {"0180": "Stockholm"}})
    del sent["dimension"]["Region"]["category"]["index"]
    assert document_dataset(sent).dimensions["Region"].codes == ("0180",)
    del sent["dimension"]["Tid"]["category"]["index"]
    with pytest.raises(DocumentError, match=r"Tid has 2 codes and no `category\.index`"):
        document_dataset(sent)


@pytest.mark.parametrize(
    "index",
    [
        {"0180": 0, "0184": 0},
        {"0180": 0, "0184": 2},
        {"0180": 1, "0184": 2},
        {"0180": "0", "0184": "1"},
        {"0180": None, "0184": 1},
        ["0180", "0180"],
        {},
        [],
    ],
)
def test_an_index_that_does_not_say_where_each_cell_stands_is_refused(index: Any) -> None:
    """Two codes at one position, or none at another, would shift every figure."""
    sent = document(AXES)
    sent["dimension"]["Region"]["category"]["index"] = index
    with pytest.raises(DocumentError):
        document_dataset(sent)


@given(SYMBOL.filter(bool), st.booleans(), st.lists(CELL, min_size=4, max_size=4))
def test_one_symbol_stands_for_all_cells(mark: str, listed: bool, sent: list[float | None]) -> None:
    """The standard's short form, a text or a list of one, says the same as four times the text."""
    short = document_cells(document(AXES, sent, [mark] if listed else mark))
    long = document_cells(document(AXES, sent, [mark] * 4))
    assert symbol(short) == symbol(long) == [mark] * 4
    assert value(short) == value(long)


@pytest.mark.parametrize(
    "said", [{}, {"time": []}, {"time": ["Tid"]}, {"metric": ["ContentsCode"]}]
)
def test_a_document_may_leave_the_roles_out(said: Document) -> None:
    """The standard makes `role` optional; the server's own codes tell time and contents then."""
    found = document_dataset({**document(AXES), "role": said})
    assert (found.time, found.metric) == ("Tid", "ContentsCode")


def test_contents_without_a_role_are_what_alone_has_units() -> None:
    """Another office calls them otherwise; only contents are measured in something."""
    sent = document(AXES)
    sent["id"] = ["Region", "Mått", "TIME"]
    sent["dimension"] = dict(
        zip(sent["id"], (sent["dimension"][name] for name in AXES), strict=True)
    )
    del sent["role"]
    found = document_dataset(sent)
    assert (found.time, found.metric) == ("TIME", "Mått")


@pytest.mark.parametrize(
    ("renamed", "told"),
    [
        ({"Tid": "År"}, "no role `time` and 0 of its dimensions"),
        ({"Region": "TIME"}, "no role `time` and 2 of its dimensions"),
        ({"ContentsCode": "Mått"}, "no role `metric` and 0 of its dimensions Region, Mått, Tid"),
    ],
)
def test_a_role_that_nothing_tells_is_not_guessed(renamed: Mapping[str, str], told: str) -> None:
    """Four digits need not be years: without role and known code the document is refused."""
    sent = document(AXES)
    del sent["dimension"]["ContentsCode"]["category"]["unit"]
    sent["id"] = [renamed.get(name, name) for name in AXES]
    sent["dimension"] = dict(
        zip(sent["id"], (sent["dimension"][name] for name in AXES), strict=True)
    )
    del sent["role"]
    with pytest.raises(DocumentError, match=told):
        document_dataset(sent)


@given(
    st.sampled_from(["10", "inf", "nan", "..", "", True, False, [1], {"value": 1}]),
    st.integers(0, 3),
)
def test_what_only_looks_like_a_number_is_refused_wherever_it_is_sent(odd: Any, at: int) -> None:
    """A text or a truth value is no figure, in a list of all cells nor in a sparse object."""
    dense = [1, 2.5, None, 4]
    dense[at] = odd
    for sent in (dense, {str(at): odd}):
        with pytest.raises(DocumentError, match="no number"):
            document_cells({**document(AXES), "value": sent})


@pytest.mark.parametrize("missing", ["updated", "source", "label"])
def test_a_text_that_is_null_is_as_if_it_were_not_sent(missing: str) -> None:
    """`null` is no moment and no name."""
    without = document(AXES)
    without.pop(missing)
    assert document_dataset({**document(AXES), missing: None}) == document_dataset(without)


def test_codes_are_compared_in_composed_letters() -> None:
    """The same å written as one or two code points is the same code."""
    axes: Mapping[str, Codes] = {**AXES, "Fo\u0308delseregion": {"o\u0308v": "övriga världen"}}
    found = document_dataset(document(axes))
    assert found.dimensions["Födelseregion"].codes == ("öv",)


@pytest.mark.parametrize(
    ("numbers", "marks", "told"),
    [
        ([1, 2, 3], None, "3 values for 4 cells"),
        ([1, 2, 3, 4, 5], None, "5 values for 4 cells"),
        ([], None, "0 values for 4 cells"),
        ({"4": 1}, None, "outside 4 cells"),
        ({"-1": 1}, None, "outside 4 cells"),
        ({"first": 1}, None, "no position"),
        ({"1": 1, "01": 2}, None, "same position"),
        ([1, 2, "..", 4], None, "no number"),
        (None, None, "no values"),
        ([1, 2, 3, 4], ["", ".."], "2 statuses for 4 cells"),
        ([1, 2, 3, 4], [7], "no symbol"),
        ([1, 2, 3, 4], 7, "no statuses for 4 cells"),
        ([1, 2, 3, 4], {"4": ".."}, "outside 4 cells"),
        ([1, 2, 3, 4], {"-1": ".."}, "outside 4 cells"),
        ([1, 2, 3, 4], {"x": ".."}, "status"),
    ],
)
def test_cells_that_do_not_fill_the_table_are_refused(numbers: Any, marks: Any, told: str) -> None:
    """One value a cell and no symbol outside: a shorter or longer list shifts everything."""
    sent = {**document(AXES), "value": numbers, "status": marks}
    with pytest.raises(DocumentError, match=told):
        document_cells(sent)


def test_sizes_that_are_not_those_of_the_dimensions_are_refused() -> None:
    """`size` and the number of codes must agree."""
    with pytest.raises(DocumentError, match=r"size says \[2, 1, 3\]"):
        document_dataset({**document(AXES), "size": [2, 1, 3]})


@pytest.mark.parametrize(
    "garbage",
    [
        "<html><body>Service unavailable</body></html>",
        b"<html>",
        None,
        [],
        [document(AXES)],
        {},
        {"error": "Parameter error"},
        {"type": "Parameter error", "title": "Non-existent value", "status": 400},
        {"class": "dataset"},
        {"class": "collection", "link": {"item": []}},
        {**document(AXES), "class": "dimension"},
        {**document(AXES), "role": ["Tid"]},
        {**document(AXES), "role": {"time": "Tid", "metric": "ContentsCode"}},
        {**document(AXES), "role": {"time": ["År"], "metric": ["ContentsCode"]}},
        {**document(AXES), "dimension": {}},
        {**document(AXES), "id": "Region"},
        {**document(AXES), "size": 4},
    ],
)
def test_anything_but_a_dataset_is_refused_as_a_document(garbage: Any) -> None:
    """A page of HTML, a problem in JSON or half a dataset is named as what it is."""
    with pytest.raises(DocumentError):
        document_cells(garbage)


def places(found: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every part of a JSON document."""
    items = found.items() if isinstance(found, dict) else enumerate(found)
    return [
        deeper
        for key, part in items
        for deeper in ([(*way, key)] + (places(part, (*way, key)) if _holds(part) else []))
    ]


def _holds(part: Any) -> bool:
    return isinstance(part, dict | list)


WHOLE: Document = document(AXES, [1, None, 3, 4], {"1": ".."}, eliminable=["Region"])
WHOLE["note"] = ["Påhittade tal."]
WHOLE["extension"] = {"noteMandatory": {"0": True}}


@given(st.sampled_from(places(WHOLE)), JSON)
def test_a_damaged_document_is_read_or_refused_but_never_a_crash(
    way: tuple[Any, ...], damage: Any
) -> None:
    """Whatever stands in whatever place, the only error is DocumentError, which is caught."""
    sent = copy.deepcopy(WHOLE)
    part: Any = sent
    for step in way[:-1]:
        part = part[step]
    part[way[-1]] = damage
    try:
        found = document_cells(sent)
    except DocumentError:
        return
    assert len(found.value) == len(found.status) == np.prod(found.dataset.size)


def test_title_update_notes_and_units_are_kept() -> None:
    """What a reader is told beside the figures comes from the document, mandatory notes marked."""
    sent = document(AXES, title="Folkmängd  efter region.\n År 2020")
    sent |= {"note": ["Ett", "Två"], "extension": {"noteMandatory": {"1": True}}}
    found = document_dataset(sent)
    assert found.title == "Folkmängd efter region. År 2020"
    assert found.updated == "2024-02-22T07:00:00Z"
    assert found.notes == (Note("Ett"), Note("Två", mandatory=True))
    assert found.dimensions["ContentsCode"].units == {"N": ("antal", 0)}
    assert (found.time, found.metric) == ("Tid", "ContentsCode")


@pytest.mark.filterwarnings("ignore:Shouldn't use this function anymore:DeprecationWarning")
@pytest.mark.parametrize(
    ("recorded", "cells"),
    [
        ("pxwebpy/TAB6471_data.json", 2772),
        ("autumn2026/v2/TAB638/data-3c1f30447ea775fe.json", 144),
        ("autumn2026/v2/TAB5557/data-99c222773be9103a.json", 137),
        ("autumn2026/v2/TAB6640/data-afdd445e7ceffe7a.json", 290),
        ("autumn2026/v2/TAB1212/excerpt-0140-moves.json", 56),
    ],
)
def test_the_recorded_answer_reads_as_an_independent_parser_reads_it(
    shared: Path, recorded: str, cells: int
) -> None:
    """All cells as recorded, some by programs that order keys anew, are those of pyjstat."""
    sent = json.loads((shared / "scb/recorded" / recorded).read_text(encoding="utf-8-sig"))
    sent = sent.get("response", sent)
    frame = pyjstat.Dataset.read(json.dumps(sent)).write("dataframe", naming="id")

    found = document_cells(sent)

    dimensions = found.dataset.dimensions
    assert len(found.value) == len(frame) == cells
    assert np.array_equal(found.value, frame["value"].to_numpy(np.float64), equal_nan=True)
    where = np.unravel_index(np.arange(len(frame)), found.dataset.size)
    for number, (name, dimension) in enumerate(dimensions.items()):
        assert [dimension.codes[at] for at in where[number]] == frame[name].tolist(), name


def test_the_recorded_description_reads_with_its_codes_and_what_may_be_left_out(
    shared: Path,
) -> None:
    """TAB6471 as recorded: role, codes as text, and elimination of its variables."""
    path = shared / "scb/recorded/pxwebpy/TAB6471_metadata.json"
    sent = json.loads(path.read_text(encoding="utf-8"))
    found = document_dataset(sent)
    assert list(found.size) == sent["size"]
    for name, dimension in found.dimensions.items():
        assert dimension.eliminable == sent["dimension"][name]["extension"]["elimination"]
        assert set(dimension.codes) == set(sent["dimension"][name]["category"]["index"])
    assert found.dimensions["Region"].codes[0] == "00"
