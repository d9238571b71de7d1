"""How troubles are told on a terminal: by cause, the worst last, on one screen."""

from hypothesis import given
from hypothesis import strategies as st

from etl.cli.causes import Severity, Trouble, told

WIDTH, MOST = 100, 36
WORDS = st.text(alphabet="abcå _'7", min_size=1, max_size=400)
STATES = st.sampled_from(("warning", "healed", "stale", "failed", "unreachable", "missing"))
TROUBLES = st.lists(st.builds(Trouble, STATES, WORDS, WORDS, WORDS), max_size=60)


def lines(*troubles: Trouble, most: int = MOST) -> list[str]:
    """What a terminal shows of some troubles."""
    return told(troubles, width=WIDTH, most=most)


def many(state: Severity, count: int, text: str) -> list[Trouble]:
    """The same trouble of many indicators."""
    return [Trouble(state, f"share_{number}", "employed", text) for number in range(count)]


@given(TROUBLES)
def test_whatever_went_wrong_stands_on_one_screen(troubles: list[Trouble]) -> None:
    """Never more lines than there are, never longer ones; nothing amiss, nothing said."""
    shown = lines(*troubles)

    assert len(shown) <= MOST
    assert all(len(line) <= WIDTH for line in shown)
    assert bool(shown) == bool(troubles)


def test_the_same_trouble_of_many_indicators_is_said_once() -> None:
    """One cause, with how many indicators it concerns and the first of them."""
    shown = lines(*many("missing", 12, "the table is gone"))

    assert shown == [
        "missing     the table is gone",
        "            employed · 12 indicators: share_0, share_1, share_2 and 9 more",
    ]


def test_problems_stand_after_warnings_and_what_has_no_data_last() -> None:
    """Who looks at the end of the screen sees what matters most."""
    troubles = [
        Trouble("missing", "rent", "housing", "no table fits"),
        Trouble("warning", "work", "labour", "code 'US' is absent"),
        Trouble("stale", "health", "sick", "the API was down"),
    ]

    assert [line.split()[0] for line in lines(*troubles)[::2]] == ["warning", "stale", "missing"]


def test_warnings_never_take_the_place_of_problems() -> None:
    """A thousand warnings, and every one of ten problems is there."""
    warnings = [
        Trouble("warning", f"share_{number}", "t", f"{letter} lacks a code")
        for number in range(100)
        for letter in "abcdefghij"
    ]
    problems = [
        Trouble("missing", "rent", "housing", f"{letter} is gone") for letter in "abcdefghij"
    ]

    shown = lines(*warnings, *problems)

    assert [line for line in shown if "is gone" in line] == [
        f"missing     {letter} is gone" for letter in "abcdefghij"
    ]


def test_what_differs_in_names_and_numbers_only_is_one_cause_where_room_is_short() -> None:
    """Thirty codes that are absent are one thing to know, and how many they are."""
    codes = [Trouble("missing", "work", "labour", f"code 'C{n}' is absent") for n in range(30)]

    assert lines(*codes)[0] == "missing     code 'C0' is absent (and 29 more like it)"
    assert len(lines(*codes[:3])) == 6  # there is room for each of the three


def test_causes_that_do_not_fit_are_counted() -> None:
    """Nothing is left out without a word."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    causes = [Trouble("missing", "work", "labour", f"{one} is gone") for one in letters]

    shown = lines(*causes, most=11)

    assert shown[0].split(maxsplit=1) == ["…", "21 more causes like these"]
    assert len(shown) == 11


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    """A message begins with what it is about and ends with what to do."""
    text = f"TAB1 does not fit: {'its words are other ones, ' * 60}write `id: TAB2` in line 812"
    others = [Trouble("missing", "work", "t", f"{one} is gone") for one in "abcdefghijklmno"]

    shown = lines(Trouble("missing", "rent", "housing", text), *others)

    (start,) = [number for number, line in enumerate(shown) if "TAB1 does not fit" in line]
    end = next(number for number in range(start, len(shown)) if "housing" in shown[number])
    told_text = " ".join(" ".join(shown[start:end]).split())
    assert "…" in told_text
    assert told_text.endswith("write `id: TAB2` in line 812")


def test_what_is_said_of_one_table_is_never_read_as_said_of_another() -> None:
    """Where the middle is left out, both sides of it are whole clauses."""
    tables = [f"TAB{number} 'Inkomst efter region' (lacks 'kön')" for number in range(20)]
    text = f"no table fits; nearest: {'; '.join(tables)}; write `id:` of the one that has the data"
    others = [Trouble("missing", "work", "t", f"{one} is gone") for one in "abcdefghijklmno"]

    shown = " ".join(" ".join(lines(Trouble("missing", "rent", "housing", text), *others)).split())

    before, _, after = shown.partition(" … ")
    assert before.endswith(";")
    assert any(after.startswith(table) for table in tables)
