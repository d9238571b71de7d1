from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codes import AddressLevel, Order, StartChoice, ViewName
from dashboard.state.url import (
    Notice,
    RegionGroup,
    State,
    TextSize,
    carried,
    link,
    parsed,
    printed,
    with_weights,
)
from etl.catalogue.ages import FIVE_YEAR_CLASSES, SINGLE_YEARS, is_class

CODES = st.from_regex(r"\A[A-Za-z0-9_+\-]{1,20}\Z")
YEAR = st.integers(1900, 2100).map(str)
LISTS = st.lists(CODES, min_size=1, max_size=6, unique=True).map(tuple)
# Classes of ages were backgrounds in older links, and are read as ages.
BACKGROUNDS = st.lists(
    CODES.filter(lambda code: not is_class(code)), min_size=1, max_size=6, unique=True
).map(tuple)
# What an address can say: no control characters, and no numbers that are no character.
WRITTEN = st.characters(exclude_categories=["Cc", "Cn", "Cs"])
STATES = st.builds(
    State,
    region=CODES,
    comparison=st.none() | st.just(()) | LISTS,
    backgrounds=BACKGROUNDS,
    sexes=LISTS,
    educations=LISTS,
    region_group=st.none()
    | st.builds(RegionGroup, st.from_regex(r"\A[A-ZÅÄÖ][a-zåäö&=+ ]{1,20}[a-z]\Z"), LISTS),
    years=st.none() | st.tuples(YEAR, YEAR).map(lambda pair: (min(pair), max(pair))),
    view=st.sampled_from(get_args(ViewName)),
    pair=st.lists(CODES, min_size=2, max_size=2, unique=True).map(tuple),
    indicators=st.just(()) | LISTS,
    theme=st.just("") | CODES,
    collection=st.just("") | CODES,
    level=st.sampled_from(get_args(AddressLevel)),
    order=st.sampled_from(get_args(Order)),
    start=st.sampled_from(get_args(StartChoice)),
    weights=st.dictionaries(
        st.sampled_from(["population", "skr", "rented_share", "a1"]), st.integers(0, 3)
    ).map(with_weights),
    neighbours=st.integers(5, 20),
    counts=st.booleans(),
    search=st.text(WRITTEN, max_size=80).map(str.strip),
    page=st.integers(1, 999_999).map(str),
    unfolded=st.booleans(),
    text_size=st.sampled_from(get_args(TextSize)),
    version=st.sampled_from(["", "20261121T143000Z-0a1b2c3d"]),
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

    assert (state.region, state.sexes, state.lang) == ("0127", ("2",), "sv")
    assert state.notices == (Notice("kon", "<b>"), Notice("lang", "xx"))


@pytest.mark.parametrize(
    ("search", "jamfor"), [("", None), ("?jamfor=", ()), ("?jamfor=01,00", ("01", "00"))]
)
def test_no_comparison_is_another_wish_than_the_usual_one(
    search: Any, jamfor: tuple[str, ...] | None
) -> None:
    """Left out: county and country. Empty: nobody. A list: those, in that order."""
    assert parsed(search).comparison == jamfor


def test_defaults_stay_out_of_the_address() -> None:
    """The plain address of a page is the page with its defaults."""
    assert printed(State()) == ""
    assert link("/", State(region="0127"), lang="en") == "/?region=0127&lang=en"


def test_codes_may_have_swedish_letters() -> None:
    """SCB's table of RegSO areas has a group "öv"; what the page links to it also reads."""
    state = State(backgrounds=("sv", "öv"))

    assert parsed(printed(state)) == state


def test_an_unknown_key_is_kept_to_be_said() -> None:
    """A misspelt part of a link is named instead of silently having no effect."""
    assert parsed("?regoin=0127").notices == (Notice("regoin", "0127"),)


@pytest.mark.parametrize(
    ("search", "notice"),
    [
        ("?ar=2021-2008", Notice("ar", "2021-2008")),
        ("?ar=2026M13", Notice("ar", "2026M13")),
        ("?ar=2026M09-2026M01", Notice("ar", "2026M09-2026M01")),
        ("?ar=2026M09-2025", Notice("ar", "2026M09-2025")),
        ("?ar=2026-09", Notice("ar", "2026-09")),
        ("?par=SE", Notice("par", "SE")),
        ("?vy=cirkel", Notice("vy", "cirkel")),
        ("?grupp=Grannar", Notice("grupp", "Grannar")),
        ("?grupp=:0127", Notice("grupp", ":0127")),
        ("?sida=0", Notice("sida", "0")),
        ("?version=igår", Notice("version", "igår")),
    ],
)
def test_what_breaks_the_grammar_of_its_key_is_named(search: Any, notice: Notice) -> None:
    """The value is said and the key keeps its default."""
    assert parsed(search) == State(notices=(notice,))


def test_a_group_of_ones_own_has_a_free_name() -> None:
    """Neighbours that nobody else calls a group stand together under the reader's name."""
    state = parsed("?grupp=Vi%20%26%20grannarna:0127,0126")

    assert state.region_group == RegionGroup("Vi & grannarna", ("0127", "0126"))
    assert printed(state) == "?grupp=Vi%20%26%20grannarna:0127,0126"


def test_region_language_and_version_follow_the_reader_to_another_page() -> None:
    """The rest of the view stays where it means something."""
    state = parsed("?region=0127&kon=2&ar=2010-2015&vy=karta&lang=en")

    assert printed(carried(state, "years")) == "?region=0127&ar=2010-2015&lang=en"


def test_codes_keep_their_leading_zero() -> None:
    """The code 0180 is text; nothing on the way makes it the number 180."""
    assert parsed("?region=0180").region == "0180"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2020M01-2026M09", ("2020M01", "2026M09")),
        ("2026M09", ("2026M09", "2026M09")),
        ("2025K1-2026K3", ("2025K1", "2026K3")),
        ("2020-2026M09", ("2020", "2026M09")),
        ("2020-2026", ("2020", "2026")),
    ],
)
def test_a_link_may_ask_for_months_and_quarters(text: str, years: tuple[str, str]) -> None:
    """As SCB writes them, ends of different lengths too; the same state prints the same link."""
    state = parsed(f"?ar={text}")

    assert state.years == years
    assert state.notices == ()
    assert printed(state) == f"?ar={text}"


@pytest.mark.parametrize(
    ("search", "backgrounds", "ages", "notices"),
    [
        ("?alder=20-64", ("_T",), ("20-64",), ()),
        ("?bakgrund=20-64", ("_T",), ("20-64",), ()),
        ("?bakgrund=_T,16-19,65%2B", ("_T",), ("_T", "16-19", "65+"), ()),
        ("?bakgrund=SE,20-64", ("SE",), ("_T",), (Notice("bakgrund", "20-64"),)),
        ("?bakgrund=20-64&alder=65%2B", ("_T",), ("65+",), (Notice("bakgrund", "20-64"),)),
        ("?bakgrund=INT0-9", ("INT0-9",), ("_T",), ()),
    ],
)
def test_a_link_of_before_with_ages_among_its_groups_shows_those_ages(
    search: str, backgrounds: tuple[str, ...], ages: tuple[str, ...], notices: tuple[Notice, ...]
) -> None:
    """Ages have a key of their own since November 2026; what cannot be meant is named."""
    state = parsed(search)

    assert (state.backgrounds, state.ages, state.notices) == (backgrounds, ages, notices)


def test_all_years_of_age_have_a_word_in_the_address() -> None:
    """A link of a hundred and one ages can be sent."""
    assert parsed("?alder=ettar").ages == SINGLE_YEARS
    assert printed(parsed("?alder=ettar&region=20")) == "?region=20&alder=ettar"
    assert printed(State(ages=FIVE_YEAR_CLASSES)) == "?alder=femar"


@pytest.mark.parametrize(
    ("text", "weights", "unusable"),
    [
        ("population:2", (("population", 2),), ()),
        ("population:1,skr:1,rented_share:0", (), ()),
        ("skr:0,population:3", (("population", 3), ("skr", 0)), ()),
        ("population:4", (), ("population:4",)),
        ("population", (), ("population",)),
        ("population:2,population:3", (("population", 2),), ("population:3",)),
        ("folk mängd:1,:2,population:2", (("population", 2),), ("folk mängd:1", ":2")),
        ("", (), ()),
    ],
)
def test_weights_that_are_published_are_left_out_and_what_is_none_is_said(
    text: str, weights: tuple[tuple[str, int], ...], unusable: tuple[str, ...]
) -> None:
    """Only what differs from the published method stands in a link."""
    state = parsed(f"?vikter={text}")

    assert state.weights == weights
    assert state.notices == tuple(Notice("vikter", one) for one in unusable)


@pytest.mark.parametrize("number", ["4", "21", "sju", "-7", "7.0", "1e1"])
def test_a_number_of_similar_municipalities_is_5_to_20(number: str) -> None:
    """Any other is said, and seven are shown."""
    state = parsed(f"?grannar={number}")

    assert state.neighbours == 7
    assert state.notices == (Notice("grannar", number),)
    assert printed(parsed("?grannar=7")) == ""
    assert printed(parsed("?grannar=20")) == "?grannar=20"


def test_the_criteria_of_similar_municipalities_follow_the_reader() -> None:
    """Whoever goes on to another page compares with the same municipalities."""
    state = State(weights=(("population", 2),), neighbours=12, view="karta")

    assert printed(carried(state)) == "?vikter=population:2&grannar=12"
