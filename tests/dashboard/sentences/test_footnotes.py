"""Which footnotes of the source concern what is shown, and what of their text may lead away."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sentences.footnotes import (
    Footnote,
    footnotes,
    link_pieces,
    merged_footnotes,
    plain_text,
)

PLACES = (("", ""), ("region", "0180"), ("region", "0330"), ("education", "US"))
ROW = st.tuples(
    st.sampled_from(["population", "net_migration"]),
    st.sampled_from(["TAB638", "TAB5557"]),
    st.sampled_from(["Ett.", "Två.", "Tre."]),
    st.booleans(),
    st.sampled_from(PLACES),
)
COLUMNS = ("indicator", "table_id", "text", "mandatory", "variable", "code")


def rows(found: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows of the warehouse's table of notes."""
    return [dict(zip(COLUMNS, (*row[:4], *row[4]), strict=True)) for row in found]


@given(st.lists(ROW), st.sets(st.sampled_from(["0180", "0330"])), st.booleans())
def test_a_footnote_is_there_when_what_it_is_on_is_shown(
    sent: list[tuple[Any, ...]], regions: set[str], everything: bool
) -> None:
    """Never a note of a region that is not shown, always one of the table; each text once."""
    shown = {} if everything else {"region": regions.__contains__}

    found = footnotes(rows(sent), shown)

    def concerns(place: tuple[str, str]) -> bool:
        return everything or place[0] != "region" or place[1] in regions

    expected = {(row[0], row[2]) for row in sent if concerns(row[4])}
    keys = [(note.indicator, note.text) for note in found]
    assert sorted(keys) == sorted(expected)
    for note in found:
        own = [row for row in sent if (row[0], row[2]) == (note.indicator, note.text)]
        own = [row for row in own if concerns(row[4])]
        places = {row[4] for row in own}
        assert set(note.tables) == {row[1] for row in own}
        assert note.mandatory == any(row[3] for row in own)
        assert set(note.concerned) == (set() if ("", "") in places else places)
    flags = [note.mandatory for note in found]
    assert flags == sorted(flags, reverse=True)


@given(st.lists(ROW))
def test_footnotes_of_parts_are_those_of_the_whole(sent: list[tuple[Any, ...]]) -> None:
    """An answer made of several parts says each footnote once, as if it were made at once."""
    parts = [note for row in sent for note in footnotes(rows([row]))]
    assert merged_footnotes(parts) == footnotes(rows(sent))
    assert merged_footnotes(footnotes(rows(sent))) == footnotes(rows(sent))


@given(
    st.lists(
        st.text("ab[]() :/.h<\n", max_size=8)
        | st.sampled_from(
            [
                "https://scb.se/x",
                "[SCB](https://scb.se/)",
                "[se](javascript:alert)",
                "[b](https://scb.se/x<)",
                "http://",
                "[a](",
            ]
        )
    )
)
def test_links_lose_no_letter_and_lead_only_to_the_web(parts: list[str]) -> None:
    """The pieces make the text again; no address is anything but http or https."""
    sent = "".join(parts)
    made = [
        words if address in {"", words} else f"[{words}]({address})"
        for words, address in link_pieces(sent)
    ]
    assert "".join(made) == sent
    for words, address in link_pieces(sent):
        assert words
        assert not address or address.startswith(("https://", "http://"))
        assert not set(address) & set("<>\"' \n")


@pytest.mark.parametrize(
    ("sent", "pieces", "plain"),
    [
        ("Avser november.", [("Avser november.", "")], "Avser november."),
        (
            "Source: [Population by Labour market status](https://www.scb.se/am0210-en)",
            [
                ("Source: ", ""),
                ("Population by Labour market status", "https://www.scb.se/am0210-en"),
            ],
            "Source: Population by Labour market status (https://www.scb.se/am0210-en)",
        ),
        (
            "Läs mer på http://www.scb.se/be0101.",
            [
                ("Läs mer på ", ""),
                ("http://www.scb.se/be0101", "http://www.scb.se/be0101"),
                (".", ""),
            ],
            "Läs mer på http://www.scb.se/be0101.",
        ),
        (
            "[klicka](javascript:alert(1)) [fil](file:///etc/passwd) <b>",
            [("[klicka](javascript:alert(1)) [fil](file:///etc/passwd) <b>", "")],
            "[klicka](javascript:alert(1)) [fil](file:///etc/passwd) <b>",
        ),
        ("Ett\nTvå", [("Ett\nTvå", "")], "Ett Två"),
    ],
)
def test_links_are_found_and_told_in_plain_text(
    sent: str, pieces: list[tuple[str, str]], plain: str
) -> None:
    """SCB writes links as Markdown; where nothing can be a link, the address follows the words."""
    assert link_pieces(sent) == pieces
    assert plain_text(sent) == plain


def test_the_same_text_on_all_figures_is_not_told_of_some() -> None:
    """What concerns everything is more than what concerns a region."""
    both = merged_footnotes(
        [
            Footnote("population", ("TAB638",), "Ett.", concerned=(("region", "0330"),)),
            Footnote("population", ("TAB5557",), "Ett.", mandatory=True),
        ]
    )
    assert both == (Footnote("population", ("TAB5557", "TAB638"), "Ett.", mandatory=True),)
