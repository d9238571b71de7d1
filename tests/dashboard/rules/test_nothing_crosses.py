"""Over random series: nothing crosses a break, other members, or starts from a missing value."""

import re
from dataclasses import dataclass
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.data.observation import Observation
from dashboard.rules.comparison import arrow, difference
from dashboard.rules.direction import direction
from dashboard.rules.judgement import judgement_of
from dashboard.rules.order import ordered_by_change, ordered_by_value
from dashboard.rules.stretches import unbroken
from dashboard.sentences.figures import level_sentence
from etl.catalogue import Break, Indicator, Text
from etl.measures.unions import MissingMember
from tests.dashboard.speaking import (
    change_sentence,
    comparison_sentence,
    direction_sentences,
    gap_sentence,
    indicator,
    wording,
)

RATE = "employment_rate"
FIRST, LAST = 2000, 2014
NAMES = {"0127": "Botkyrka", "0180": "Stockholm"}
SPAN = re.compile(r"Åren (\d{4})–(\d{4})")
PAIR = re.compile(r"Mellan (\d{4}) och (\d{4})")


@dataclass(frozen=True)
class Case:
    """Two series in two regions, and everything that lies between their years."""

    measured: Indicator
    here: tuple[Observation, ...]
    there: tuple[Observation, ...]


VALUES = st.one_of(
    st.none(),
    st.just(float("nan")),
    st.just(0.0),
    st.floats(0, 100).map(lambda value: round(value, 1)),
    st.floats(-1e6, 1e6),
)
STATUSES = st.sampled_from([None, "..", ".", "-", "*"])
TARGETS = st.sampled_from(
    [(), (), ("region:0127",), ("sex:2",), ("background:SE",), ("education:EU", "region:0180")]
)
# A union of two areas: whole, without one of them, and in the newer division.
WHOLE = {"members": ("0127R001", "0127R002"), "division": "RegSO 2020", "how": "sum"}
PARTIAL = {**WHOLE, "lacking": (MissingMember("0127R002", "suppressed"),)}
NEWER = {"members": ("0127R001_RegSO2025",), "division": "RegSO 2025", "how": "sum"}
MADE = st.sampled_from([({},), ({},), (WHOLE,), (WHOLE, PARTIAL), (WHOLE, PARTIAL, NEWER)])


@st.composite
def marks(draw: st.DrawFn) -> tuple[Break, ...]:
    """Some breaks and cautions, each with words of its own, in no order."""
    years = draw(st.lists(st.integers(FIRST - 1, LAST + 1), max_size=5))
    return tuple(
        Break(
            period=str(year),
            severity=draw(st.sampled_from(["break", "caution"])),
            applies_to=draw(TARGETS),
            text=Text(sv=f"Märke {number}!", en=f"Mark {number}!"),
        )
        for number, year in enumerate(years)
    )


@st.composite
def series(draw: st.DrawFn, region: str, group: dict[str, str]) -> tuple[Observation, ...]:
    """A series with gaps, symbols, and perhaps a change of register."""
    years = draw(st.sets(st.integers(FIRST, LAST), min_size=2))
    turn = draw(st.integers(FIRST, LAST + 5))
    made = draw(MADE)
    return tuple(
        Observation(
            indicator=RATE,
            region=region,
            period=str(year),
            segment="rams" if year < turn else "bas",
            value=draw(VALUES),
            status=draw(STATUSES),
            sex=group["sex"],
            background=group["background"],
            education=group["education"],
            **draw(st.sampled_from(made)),
        )
        for year in sorted(years)
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """An indicator of any measure with marks, and two of its series."""
    measure = draw(st.sampled_from(["share", "count", "amount", "ratio", "index"]))
    better = draw(st.sampled_from(["higher", "lower", "none"]))
    group = {
        "sex": draw(st.sampled_from(["_T", "1", "2"])),
        "background": draw(st.sampled_from(["_T", "SE", "20-24"])),
        "education": draw(st.sampled_from(["_T", "EU"])),
    }
    return Case(
        indicator(RATE, measure=measure, better=better, breaks=draw(marks())),
        draw(series("0127", group)),
        draw(series("0180", group)),
    )


def has_number(one: Observation) -> bool:
    """Said here again, on purpose: not None and not NaN."""
    return one.value is not None and one.value == one.value


def concerns(mark: Break, one: Observation) -> bool:
    """Said here again, on purpose: whom a mark names."""
    names = {"region": one.region, "sex": one.sex, "background": one.background,
             "education": one.education}  # fmt: skip
    pairs = [code.split(":") for code in mark.applies_to]
    return not pairs or any(names[name] == code for name, code in pairs)


def crossed(one: Observation, other: Observation, measured: Indicator) -> bool:
    """Whether a break, another register or another union lies between two observations."""
    first, last = sorted((int(one.period), int(other.period)))
    between = any(
        mark.severity == "break" and first < int(mark.period) <= last
        and (concerns(mark, one) or concerns(mark, other))
        for mark in measured.breaks
    )  # fmt: skip
    divisions = {one.division, other.division} - {None}
    return between or one.segment != other.segment or len(divisions) > 1 or remade(one, other)


def remade(one: Observation, other: Observation) -> bool:
    """Whether two numbers of one union are made of different members."""
    numbers = has_number(one) and has_number(other)
    parts = [(each.members, each.lacking) for each in (one, other)]
    return numbers and one.region == other.region and parts[0] != parts[1]


def sayable(one: Observation, other: Observation, measured: Indicator) -> bool:
    """Whether anything may be said of the two together."""
    return has_number(one) and has_number(other) and not crossed(one, other, measured)


@given(cases())
@settings(max_examples=60, deadline=None)
def test_no_change_arrow_judgement_or_text_crosses_a_break(case: Case) -> None:
    """Every pair of years: a difference, an arrow and a sentence only where they may be."""
    speaking = wording(case.measured)
    for earlier, later in combinations(case.here, 2):
        found = difference(later, earlier, case.measured)
        allowed = sayable(earlier, later, case.measured)
        text = change_sentence(earlier, later, speaking)

        assert (found.value is not None) is allowed
        assert (arrow(found) is not None) is allowed
        assert bool(PAIR.match(text)) is allowed
        assert allowed or judgement_of(found, case.measured) is None
        if allowed:
            first, last = int(earlier.period), int(later.period)
            for mark in case.measured.breaks:
                inside = first < int(mark.period) <= last and concerns(mark, later)
                assert (mark.text.sv in text) is inside


@given(cases())
@settings(max_examples=100, deadline=None)
def test_no_stretch_or_direction_crosses_a_break(case: Case) -> None:
    """One register and no break inside, and no cut elsewhere; a direction rests on numbers only."""
    kept: list[Observation] = []
    for stretch in unbroken(case.here, case.measured):
        kept += stretch.observations
        found = direction(stretch, case.measured)
        for one, other in combinations(stretch.observations, 2):
            assert not crossed(one, other, case.measured)
        assert found is None or all(has_number(one) for one in found.observations)
        assert found is None or found.word == "short" or len(found.observations) >= 5
    assert tuple(kept) == case.here
    plain = [one._replace(members=(), lacking=(), division=None, how=None) for one in case.here]
    for before, stretch in pairwise(unbroken(plain, case.measured)):
        assert crossed(before.observations[-1], stretch.observations[0], case.measured)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_no_sentence_of_direction_crosses_a_break(case: Case) -> None:
    """The years that a sentence names lie in one stretch and both have a number."""
    by_year = {one.period: one for one in case.here}
    for text in direction_sentences(case.here, wording(case.measured)):
        for first, last in SPAN.findall(text):
            assert sayable(by_year[first], by_year[last], case.measured)


@given(cases())
@settings(max_examples=60, deadline=None)
def test_no_order_or_comparison_starts_from_a_missing_value(case: Case) -> None:
    """Only numbers of one register have a place, and only comparable changes."""
    there = {one.period: one for one in case.there}
    both = [(one, there[one.period]) for one in case.here if one.period in there]
    for one, other in both:
        allowed = sayable(one, other, case.measured)
        rows = ordered_by_value([one, other], case.measured, NAMES)
        placed = [row.observation for row in rows if row.rank is not None]
        text = comparison_sentence(one, other, wording(case.measured))

        assert all(has_number(row) for row in placed)
        assert (len(placed) == 2) is allowed
        assert bool(re.match(r"Det var |Andelen |Andel", text) or "i nivå" in text) is allowed
    for (one, other), (one_later, other_later) in combinations(both, 2):
        changes = [difference(one_later, one, case.measured),
                   difference(other_later, other, case.measured)]  # fmt: skip
        for row in ordered_by_change(changes, case.measured, NAMES):
            before = one if row.observation is one_later else other
            if row.rank is not None:
                assert sayable(before, row.observation, case.measured)


@given(cases(), st.sampled_from(["sex", "background"]))
@settings(max_examples=60, deadline=None)
def test_a_gap_needs_both_groups(case: Case, dimension: str) -> None:
    """Women and men, or two origins, of one year: both with a number, in one register."""
    codes = {"sex": ("2", "1"), "background": ("SE", "VXEUEES")}[dimension]
    for one, drawn in zip(case.here, case.there, strict=False):
        first, second = (
            each._replace(region="0127", **{dimension: code})  # type: ignore[arg-type]
            for each, code in ((one, codes[0]), (drawn._replace(period=one.period), codes[1]))
        )
        text = gap_sentence(first, second, wording(case.measured))

        assert ("Skillnaden var" in text) is sayable(first, second, case.measured)


@given(cases())
@settings(max_examples=60, deadline=None)
def test_a_missing_value_is_told_as_missing_and_never_as_a_number(case: Case) -> None:
    """No level is stated of what the source has no number for."""
    for one in case.here:
        text = level_sentence(one, wording(case.measured))
        told = re.search(r"saknas|redovisas", text) is not None

        assert told is not has_number(one)
        assert "nan" not in text
        assert "None" not in text
