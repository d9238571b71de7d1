"""The nineteen sentences of the vocabulary, word for word in both languages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.data.targets import LocalTarget
from dashboard.rules.stretches import later_breaks
from dashboard.sentences.figures import (
    Printed,
    level_sentence,
    missing_sentence,
    not_yet_sentence,
    report_gap_sentence,
    revision_sentence,
    target_sentence,
)
from dashboard.sentences.unions import UnionParts, union_sentence
from etl.catalogue import Lang, Text, YearLimits
from tests.dashboard.sentence_rows import ROWS
from tests.dashboard.speaking import (
    change_sentence,
    comparison_sentence,
    direction_sentences,
    gap_sentence,
    seen,
    shipped,
    wording,
)

# TAB389, employed ten years or longer in Sweden, Stockholm county, from 2010; TAB4881, openly
# unemployed, Botkyrka, from 2010.
TEN_YEARS = (69.5, 70.6, 71.5, 72.0, 72.8, 74.1, 75.2, 75.5, 76.1)
BOTKYRKA = (15.6, 15.5, 15.8, 17.2, 16.9, 15.8, 15.3, 15.0, 14.6, 13.9, 16.8, 16.4)
NOTE = re.compile(r" \((?:påhittad|invented|målet påhittat|target invented)\)$")


def level(lang: Lang) -> str:
    """Row 1."""
    return level_sentence(
        seen("employment_rate", "0127", 2023, 76.8), wording("employment_rate", lang)
    )


def different(lang: Lang) -> str:
    """Row 2."""
    one, other = (
        seen("employment_rate", region, 2023, value)
        for region, value in (("0127", 76.8), ("0180", 80.5))
    )
    return comparison_sentence(one, other, wording("employment_rate", lang))


def equal(lang: Lang) -> str:
    """Row 3."""
    one, other = (
        seen("employment_rate", region, 2023, value)
        for region, value in (("0123", 80.8), ("0180", 80.5))
    )
    return comparison_sentence(one, other, wording("employment_rate", lang))


def changed(lang: Lang) -> str:
    """Row 4."""
    name = "registered_unemployment"
    earlier, later = seen(name, "0181", 2022, 17.5), seen(name, "0181", 2023, 16.6)
    return change_sentence(earlier, later, wording(name, lang))


def unchanged(lang: Lang) -> str:
    """Row 5."""
    name = "employment_rate"
    earlier, later = seen(name, "0127", 2022, 76.9), seen(name, "0127", 2023, 76.8)
    return change_sentence(earlier, later, wording(name, lang))


def broken(lang: Lang) -> str:
    """Row 6."""
    name = "employment_rate"
    earlier, later = seen(name, "0127", 2021, 74.6), seen(name, "0127", 2022, 76.9)
    return change_sentence(earlier, later, wording(name, lang))


def inside(lang: Lang) -> str:
    """Row 7."""
    speaking = wording("employment_rate", lang)
    earlier, later, newest = (
        seen("employment_rate", "0127", period, value)
        for period, value in ((2016, 73.5), (2018, 74.8), (2023, 76.8))
    )
    broken_in = later_breaks(later, newest, speaking.indicator)
    return change_sentence(earlier, later, speaking, broken_in)


def by_sex(lang: Lang) -> str:
    """Row 8."""
    men, women = (
        seen("employment_rate", "01", 2021, value, sex=sex, background="INT010")
        for sex, value in (("1", 65.5), ("2", 42.1))
    )
    return gap_sentence(men, women, wording("employment_rate", lang))


def by_origin(lang: Lang) -> str:
    """Row 9."""
    here = Printed(83.7, 1, Text(sv="som är födda i Sverige", en="born in Sweden"))
    beyond = Printed(59, 0, Text(sv="som är födda utanför EU/EFTA", en="born outside EU/EFTA"))
    speaking = wording("employment_rate", lang)
    return report_gap_sentence(here, beyond, speaking, segment="rams", region="01", period="2008")


def hidden(lang: Lang) -> str:
    """Row 10."""
    one = seen("employment_rate", "0140", 2023, None, status="..", background="NEXS")
    return missing_sentence(one, wording("employment_rate", lang))


def awaited(lang: Lang) -> str:
    """Row 11."""
    return not_yet_sentence("2024", "2023", lang)


def rising(lang: Lang) -> str:
    """Row 12; the caution of 2011 that the catalogue adds to it is cut off here."""
    name = "employment_rate"
    series = [
        seen(name, "01", 2010 + n, value, background="INT040") for n, value in enumerate(TEN_YEARS)
    ]
    (text,) = direction_sentences(series, wording(name, lang))
    caution = next(
        mark.text[lang]
        for mark in shipped().indicator[name].breaks
        if mark.period == "2011" and not mark.applies_to
    )
    assert text.endswith(f" {caution}")
    return text.removesuffix(f" {caution}")


def without(lang: Lang) -> str:
    """Row 13."""
    name = "open_unemployment"
    series = [seen(name, "0127", 2010 + n, value) for n, value in enumerate(BOTKYRKA)]
    (text,) = direction_sentences(series, wording(name, lang))
    return text


def too_short(lang: Lang) -> str:
    """Row 14."""
    name = "open_unemployment"
    old = [seen(name, "0127", 2010 + n, value) for n, value in enumerate(BOTKYRKA)]
    new = [seen(name, "0127", 2022, 13.0), seen(name, "0127", 2023, 12.8)]
    return direction_sentences([*old, *new], wording(name, lang))[0]


def ratio(lang: Lang) -> str:
    """Row 15."""
    return level_sentence(
        seen("mover_balance", "0123R001", 2022, 69.9), wording("mover_balance", lang)
    )


def negative(lang: Lang) -> str:
    """Row 16."""
    parts = []
    for name, value in (("net_migration_abroad", 429), ("net_migration_domestic", -477)):
        phrase = shipped().indicator[name].phrase
        assert phrase
        assert phrase.part
        parts.append((seen(name, "0127", 2024, value), phrase.part))
    return level_sentence(
        seen("net_migration", "0127", 2024, -48), wording("net_migration", lang), parts
    )


def partial(lang: Lang) -> str:
    """Row 17."""
    return union_sentence(UnionParts("Alby", members=2, present=1, approximate=True), lang)


def goal(lang: Lang) -> str:
    """Row 18."""
    aim = LocalTarget.model_validate(
        {
            "indicator": "employment_rate",
            "regions": ("0127",),
            "value": 80.0,
            "measure": "bas",
            "ages": "20-65",
            "owner": Text(sv="Regionen", en="The region"),
            "years": YearLimits.model_validate({"from": 2022, "to": 2030}),
            "source": "påhittat",
        }
    )
    name = "employment_rate"
    return target_sentence(aim, seen(name, "0127", 2023, 76.8), wording(name, lang))


def revised(lang: Lang) -> str:
    """Row 19."""
    name = "employment_rate"
    old, new = seen(name, "0127", 2022, 76.7), seen(name, "0127", 2022, 76.9)
    return revision_sentence(old, new, wording(name, lang))


SAID: tuple[Callable[[Lang], str], ...] = (
    level,
    different,
    equal,
    changed,
    unchanged,
    broken,
    inside,
    by_sex,
    by_origin,
    hidden,
    awaited,
    rising,
    without,
    too_short,
    ratio,
    negative,
    partial,
    goal,
    revised,
)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_a_situation_is_told_in_the_agreed_words(row: tuple[int, str, str], lang: Lang) -> None:
    """The words of the vocabulary come out of its figures, to the letter."""
    number, swedish, english = row

    assert SAID[number - 1](lang) == (english if lang == "en" else swedish)


def test_the_rows_are_those_of_the_vocabulary(shared: Path) -> None:
    """The sentences kept here are the ones that were agreed, all nineteen."""
    text = (shared / "guide" / "vocabulary.md").read_text(encoding="utf-8")
    section = text.partition("## 6.")[2]
    cells = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:3] > "| 0"]
    agreed = [
        (int(cell[0]), NOTE.sub("", cell[2]), NOTE.sub("", cell[3].removesuffix(" |")))
        for cell in cells
        if cell[0].isdigit()
    ]

    assert agreed == list(ROWS)
    assert len(SAID) == len(ROWS) == 19
