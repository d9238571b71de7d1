"""What is said of regions from the same start, read aloud."""

from collections.abc import Mapping, Sequence

import pytest

from dashboard.rules.same_start import beside_start, same_start, start_period
from dashboard.sentences.same_start import start_sentences
from dashboard.text import term
from etl.catalogue import Indicator, Lang
from tests.dashboard.speaking import indicator, seen, wording

EMPLOYED = indicator("employment_rate", breaks=())
UNEMPLOYED = indicator("open_unemployment", breaks=())
RENTED = indicator("rented_share", breaks=())


def steady(start: float, step: float, years: int = 8) -> list[float]:
    """Two equal years, and then the same step every year."""
    return [start, *(start + step * number for number in range(years - 1))]


def said(
    values: Mapping[str, Sequence[float]],
    of: Indicator = EMPLOYED,
    lang: Lang = "sv",
    *,
    ranked: bool = True,
) -> list[str]:
    """The sentences of regions from 2010 on, the first one the reader's."""
    series = {
        code: [
            seen(of.id, code, year, value, background="SAMUTF", segment=of.segments[0].id)
            for year, value in enumerate(numbers, 2010)
        ]
        for code, numbers in values.items()
    }
    region = next(iter(values))
    period = start_period(series[region], of)
    assert period
    found = same_start(
        series, of, {code: code for code in values}, region=region, period=period,
        persons=dict.fromkeys(values, 500.0), ranked=ranked,
    )  # fmt: skip
    assert found
    return start_sentences(found, {}, level="kommun", wording=wording(of, lang))


def test_one_that_is_ahead_is_named_with_its_move() -> None:
    """Järfälla by 2 a year, Botkyrka by 1: from 60 to the mean of the last two years."""
    above, own = said({"0127": steady(60, 1), "0123": steady(60.4, 2), "0180": steady(70, 1)})

    assert above == (
        "Andelen förvärvsarbetande bland personer 20–64 år i Botkyrka som är utrikes födda var "
        "60,0 procent i medeltal 2010–2011. Av 2 andra kommuner som kan jämföras låg 1 inom "
        "2 procentenheter från det. Från 2010–2011 till 2016–2017 ökade andelen mest i Järfälla: "
        "med 11,0 procentenheter, från 60,4 till 71,4 procent."
    )
    assert own == "I Botkyrka ökade andelen med 5,5 procentenheter, från 60,0 till 65,5 procent."


def test_several_that_are_about_equal_are_named_as_several() -> None:
    """A tenth of a point a year is no lead; of more than five none is named."""
    few = {"0127": steady(60, 1), "0123": steady(60, 1.05), "0181": steady(60, 1.02)}
    many = few | {code: steady(60, 1.01) for code in ("0180", "0140", "0980")}

    assert said(few)[0].endswith(
        "Från 2010–2011 till 2016–2017 är flera ungefär lika: andelen ökade mest i Järfälla, "
        "Södertälje och Botkyrka."
    )
    assert said(many)[0].endswith(
        "Från 2010–2011 till 2016–2017 är flera ungefär lika: i 6 regioner ökade andelen nästan "
        "lika mycket."
    )


def test_nobody_is_named_where_nothing_is_sure() -> None:
    """All fell, or all have under five years."""
    fell = said({"0127": steady(60, -1), "0123": steady(60, -2)})
    short = said({"0127": steady(60, 1, 4), "0123": steady(60, 2, 4)})

    assert fell[0].endswith(
        "Från 2010–2011 till 2016–2017 är det inte säkert att andelen ökade i någon av regionerna."
    )
    assert short[0].endswith(
        "Perioden är kortare än fem år. Det är för kort för att säga var andelen ökade mest."
    )


def test_of_what_is_better_the_lower_it_is_a_fall_is_told_and_of_what_is_neither_both() -> None:
    """Unemployment that fell; tenure that rose here and fell there."""
    lower = said({"0127": steady(20, -0.5), "0123": steady(20, -1)}, UNEMPLOYED)[0]
    neither = said({"0127": steady(40, 1), "0123": steady(40, -1)}, RENTED)[0]

    assert "minskade andelen mest i Järfälla: med 5,5 procentenheter" in lower
    assert "ökade andelen mest i Botkyrka: med 5,5 procentenheter" in neither
    assert "minskade andelen mest i Järfälla: med 5,5 procentenheter" in neither


def test_one_that_started_alone_and_one_that_stayed() -> None:
    """Nobody is called the only one of none; a change that is too small is none."""
    above, own = said({"0127": steady(60, 0.02), "0123": steady(70, 1)})

    assert above.endswith(
        "Av 1 annan kommun som kan jämföras låg ingen inom 2 procentenheter från det."
    )
    assert own == "I Botkyrka var andelen i stort sett oförändrad, från 60,0 till 60,1 procent."
    assert said({"0127": steady(60, 1)})[0].endswith(
        "Ingen annan region i listan kan jämföras med det."
    )


def test_county_and_country_are_told_beside_the_list_and_one_without_figures_is_named() -> None:
    """Over the same years; a figure that is missing is neither zero nor passed over in silence."""
    values = {"0127": steady(60, 1), "01": steady(70, 0.5)}
    series = {
        code: [
            seen(EMPLOYED.id, code, year, value, background="SAMUTF",
                 segment=EMPLOYED.segments[0].id)
            for year, value in enumerate(numbers, 2010)
        ]
        for code, numbers in values.items()
    }  # fmt: skip
    period = start_period(series["0127"], EMPLOYED)
    assert period
    found = same_start(
        series, EMPLOYED, {"0127": "0127"}, region="0127", period=period, persons={"0127": 500}
    )
    assert found
    beside = beside_start(series, ["01", "00"], found)
    sentences = start_sentences(found, beside, level="kommun", wording=wording(EMPLOYED, "sv"))

    assert sentences[2:] == [
        "I Stockholms län ökade andelen med 2,8 procentenheter, från 70,0 till 72,8 procent.",
        "I riket saknas uppgift för något av åren.",
    ]


def test_english_and_areas_that_are_never_ordered_by_origin() -> None:
    """The same in English; of neighbourhoods by origin nobody is named."""
    values = {"0127": steady(60, 1), "0123": steady(60.4, 2)}
    above, own = said(values, lang="en")
    (unranked, _) = said(values, ranked=False)

    assert above.endswith(
        "Of 1 other municipality that can be compared, 1 began within 2 percentage points of it. "
        "From 2010–2011 to 2016–2017 the share rose most in Järfälla: by 11.0 percentage points, "
        "from 60.4 to 71.4 per cent."
    )
    assert own == "In Botkyrka the share rose by 5.5 percentage points, from 60.0 to 65.5 per cent."
    assert unranked.endswith(
        "Områden ordnas aldrig efter födelseregion, och inget av dem nämns som det som "
        "ändrats mest."
    )


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_that_those_who_start_low_often_rise_by_chance_is_always_said(lang: Lang) -> None:
    """The fixed words, which stand with how every picture is read."""
    assert (
        term("start_chance", lang)
        == {
            "sv": "De som börjar lågt rör sig ofta uppåt av slump.",
            "en": "Those who start low often move up by chance.",
        }[lang]
    )
