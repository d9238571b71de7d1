from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.url import Notice, State, link, parsed, printed

CODES = st.from_regex(r"\A[A-Za-z0-9_+\-]{1,20}\Z")
LISTS = st.lists(CODES, min_size=1, max_size=6, unique=True).map(tuple)
STATES = st.builds(
    State,
    region=CODES,
    jamfor=st.none() | st.just(()) | LISTS,
    bakgrund=LISTS,
    kon=LISTS,
    lang=st.sampled_from(["sv", "en"]),
)


@given(STATES)
def test_a_link_brings_back_the_view_it_was_made_from(state: State) -> None:
    """Whoever opens a shared link sees what the sender saw: parsing inverts printing."""
    assert parsed(printed(state)) == state


@given(st.text() | st.none() | st.integers() | st.lists(st.text()))
def test_any_text_is_a_link(search: Any) -> None:
    """No query string, however broken, makes the page fail."""
    state = parsed(search)

    assert state.lang in {"sv", "en"}
    assert parsed(printed(state)).region == state.region


def test_what_is_not_understood_is_kept_to_be_said() -> None:
    """An unknown language or a code that is none becomes a notice; the rest is used."""
    state = parsed("?region=0127&kon=2,<b>&lang=xx")

    assert (state.region, state.kon, state.lang) == ("0127", ("2",), "sv")
    assert state.notices == (Notice("lang", "xx"), Notice("kon", "<b>"))


@pytest.mark.parametrize(
    ("search", "jamfor"), [("", None), ("?jamfor=", ()), ("?jamfor=01,00", ("01", "00"))]
)
def test_no_comparison_is_another_wish_than_the_usual_one(
    search: Any, jamfor: tuple[str, ...] | None
) -> None:
    """Left out: county and country. Empty: nobody. A list: those, in that order."""
    assert parsed(search).jamfor == jamfor


def test_defaults_stay_out_of_the_address() -> None:
    """The plain address of a page is the page with its defaults."""
    assert printed(State()) == ""
    assert link("/", State(region="0127"), lang="en") == "/?region=0127&lang=en"


def test_codes_may_have_swedish_letters() -> None:
    """SCB's table of RegSO areas has a group "öv"; what the page links to it also reads."""
    state = State(bakgrund=("sv", "öv"))

    assert parsed(printed(state)) == state


def test_an_unknown_key_is_kept_to_be_said() -> None:
    """A misspelt part of a link is named instead of silently having no effect."""
    assert parsed("?regoin=0127").notices == (Notice("regoin", "0127"),)


def test_codes_keep_their_leading_zero() -> None:
    """The code 0180 is text; nothing on the way makes it the number 180."""
    assert parsed("?region=0180").region == "0180"
