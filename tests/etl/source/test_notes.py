"""The footnotes of the source: where they stand, which are mandatory, how they are read."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.source.jsonstat import Note, document_dataset
from tests.etl.documents import Codes, Document, document

AXES: Mapping[str, Codes] = {
    "Region": ("0180", "0184"),
    "ContentsCode": {"N": "Folkmängd", "A": "Andel"},
    "Tid": ("2020", "2021"),
}
PLACES = (
    ("", ""),
    *((name, code) for name, codes in AXES.items() for code in ("", *codes)),
)
AGE = (
    "Med ålder avses uppnådd ålder vid årets slut, d.v.s. i princip en redovisning efter födelseår."
)
MEAN = (
    "Vid beräkning av åldersdifferentierade tal per 1 000 av medelfolkmängden skall "
    "medelfolkmängden per födelseår användas."
)
NET = (
    "Flyttningsöverskott beräknas som skillnaden mellan antal in- och utflyttningar (inrikes "
    "och utrikes)."
)


def annotated(notes: Mapping[tuple[str, str], list[tuple[str, bool]]]) -> Document:
    """A small document with notes on it, on variables and on codes, marked as the server does."""
    sent = document(AXES)
    for (name, code), listed in notes.items():
        texts = [text for text, _ in listed]
        marks = {str(at): True for at, (_, mandatory) in enumerate(listed) if mandatory}
        part = sent["dimension"][name] if name else sent
        extension = part.setdefault("extension", {})
        if code:
            part["category"].setdefault("note", {})[code] = texts
            extension.setdefault("categoryNoteMandatory", {})[code] = marks
        else:
            part["note"], extension["noteMandatory"] = texts, marks
    return sent


def recorded(shared: Path, path: str) -> Any:
    """A recorded answer of the real server."""
    sent = json.loads((shared / "scb/recorded" / path).read_text(encoding="utf-8-sig"))
    return sent.get("response", sent)


def on(sent: Document, variable: str, code: str = "") -> list[tuple[str, bool]]:
    """The notes at one place of a document, each with whether it is mandatory."""
    notes = document_dataset(sent).notes
    return [(n.text, n.mandatory) for n in notes if (n.dimension, n.code) == (variable, code)]


@given(
    st.dictionaries(
        st.sampled_from(PLACES),
        st.lists(st.tuples(st.text("abcåö ", min_size=1).filter(str.strip), st.booleans())),
    )
)
def test_every_note_is_read_where_it_stands_and_none_twice(
    sent: dict[tuple[str, str], list[tuple[str, bool]]],
) -> None:
    """Of a table, of a variable, of a code; one that is mandatory once is mandatory."""
    wanted: dict[tuple[str, str, str], bool] = {}
    for (name, code), listed in sent.items():
        for text, mandatory in listed:
            key = " ".join(text.split()), name, code
            wanted[key] = wanted.get(key, False) or mandatory

    found = document_dataset(annotated(sent)).notes

    assert {(n.text, n.dimension, n.code): n.mandatory for n in found} == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("empty", ["", "  ", "X", " x\r\n", "X\r\n \r\n", "\n"])
def test_a_note_that_says_nothing_is_none(empty: str) -> None:
    """SCB has footnotes that read "X"; the ones beside keep their own marks."""
    sent = annotated({("", ""): [(empty, True), ("Avser november.", False), (empty, False)]})
    assert document_dataset(sent).notes == (Note("Avser november."),)


def test_paragraphs_are_kept_and_blank_lines_are_not() -> None:
    """The server sends blanks and carriage returns between paragraphs; an "X" is no paragraph."""
    sent = annotated({("", ""): [("Ett  \r\n \r\n  \r\nTvå   ord\r\nX\r\n", False)]})
    assert document_dataset(sent).notes == (Note("Ett\nTvå ord"),)


@pytest.mark.parametrize("odd", [7, None, {"0": {"1": "text"}}, [None, 7, ["text"]], [], ""])
def test_what_is_no_text_is_no_note_and_no_reason_to_refuse_figures(odd: Any) -> None:
    """No figure depends on a note."""
    sent = document(AXES)
    sent["note"] = odd
    sent["extension"] = {"noteMandatory": odd}
    sent["dimension"]["Region"] |= {"note": odd, "extension": {"categoryNoteMandatory": odd}}
    sent["dimension"]["Tid"]["category"]["note"] = odd
    assert document_dataset(sent).notes == ()


def test_one_text_may_stand_where_a_list_is_expected() -> None:
    """The example of the server's own specification has it so."""
    sent = document(AXES)
    sent["note"] = "This is a table note!"
    assert document_dataset(sent).notes == (Note("This is a table note!"),)


def test_the_recorded_notes_of_moves_stand_at_their_places(shared: Path) -> None:
    """TAB6640 as recorded: the same note nine times on age is one; three places, five marks."""
    sent = recorded(shared, "autumn2026/v2/TAB6640/metadata.json")
    whole = on(sent, "")
    assert [mandatory for _, mandatory in whole] == [True, True]
    assert whole[0][0].startswith("Från och med referensåret 2025")
    assert whole[1][0] == MEAN
    assert len(sent["dimension"]["Alder"]["note"]) == 9
    assert on(sent, "Alder") == [(AGE, True)]
    assert on(sent, "ContentsCode", "00000868") == [(NET, False)]
    assert [mandatory for _, mandatory in on(sent, "ContentsCode", "0000086D")] == [True, False]
    assert on(sent, "ContentsCode", "00000867") == []


def test_marks_with_gaps_belong_to_the_note_of_their_number(shared: Path) -> None:
    """A data answer puts the note of its only content between the two mandatory ones."""
    sent = recorded(shared, "autumn2026/v2/TAB6640/data-afdd445e7ceffe7a.json")
    assert sent["extension"]["noteMandatory"] == {"0": True, "2": True}
    whole = on(sent, "")
    assert [mandatory for _, mandatory in whole] == [True, False, True]
    assert [text for text, _ in whole[1:]] == [NET, MEAN]


def test_notes_on_single_regions_are_those_of_their_codes(shared: Path) -> None:
    """TAB1212 as recorded: Heby moved from county 19 to county 03, and each of them says so."""
    sent = recorded(shared, "autumn2026/v2/TAB1212/metadata.json")
    for code, words in (("03", "utökas Uppsala län"), ("19", "minskar Västmanlands län")):
        ((text, mandatory),) = on(sent, "Region", code)
        assert mandatory
        assert words in text
    ((text, mandatory),) = on(sent, "Region")
    assert (text[:33], mandatory) == ("Ny regional indelning fr.o.m. 199", False)
    assert on(sent, "Region", "0180") == []


def test_recorded_footnotes_lose_their_x_and_keep_their_links(shared: Path) -> None:
    """Comments of IntGr1RegSOBASN: 000008B0 ends with an "X", 000008B5 has no comment at all."""
    columns = recorded(shared, "autumn2026/v1/IntGr1RegSOBASN-kalmar.excerpt.json")["columns"]
    comments = {one["code"]: one["comment"] for one in columns if one.get("comment")}
    assert any("X" in comment.split() for comment in comments.values())
    sent = document({**AXES, "ContentsCode": {one["code"]: one["text"] for one in columns}})
    sent["dimension"]["ContentsCode"]["category"]["note"] = {
        code: [comment] for code, comment in comments.items()
    }

    notes = {n.code: n.text for n in document_dataset(sent).notes}

    assert notes["000008B0"] == (
        "Source: [Population by Labour market status](https://www.scb.se/am0210-en)"
    )
    assert "000008B5" not in notes
    lines = [line for text in notes.values() for line in text.split("\n")]
    assert "X" not in lines
    assert all(line and line == line.strip() for line in lines)


def test_reading_a_note_changes_its_blanks_only(shared: Path) -> None:
    """The words of TAB6471, its link too, are all there, in their order."""
    sent = recorded(shared, "pxwebpy/TAB6471_metadata.json")
    found = [text for text, _ in on(sent, "")]
    assert [text.split() for text in found] == [text.split() for text in sent["note"]]
    assert "](https://www.statistikdatabasen.scb.se/pxweb/sv/ssd/" in found[3]
