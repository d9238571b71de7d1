"""Plain words: what no Swedish text says, and what every text has, over all texts there are."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from string import Formatter
from typing import Any, Literal

import pytest
import yaml

from dashboard.codes import Group
from dashboard.data.context import opened
from dashboard.data.observation import Observation
from dashboard.pages.about import METHOD_TEXTS
from dashboard.sentences.wording import (
    Wording,
    difference_size,
    direction_word,
    group_phrase,
    is_countable,
    people_phrase,
    size_and_word,
    those_phrase,
)
from dashboard.server.app import create_app
from dashboard.state.regions import Region, names_apart
from dashboard.text import LANGS, format, terms
from etl.build.territory import territory_changes, territory_marks
from etl.catalogue import TOTAL, Break, Lang, Text
from etl.catalogue.loading import load
from tests.dashboard.rendered import shown, text
from tests.etl.running import CATALOGUE, ROOT

SHIPPED = load(CATALOGUE)
# As words of their own: a place may be called Brottby.
FORBIDDEN = re.compile(
    r"(?<!\xad)\bbrott(et|en|ens|ets)?\b|\bbredvid\b|\bhar (ett|inget) tal\b|klass är inget tal"
    r"|räknas och sägs|uppgifter av samma statistik|[Nn]ågra når utanför|i gruppen ”",
    re.IGNORECASE,
)
# A key of a chart that only names: "Grå linje: riket."
VERBLESS = re.compile(
    r"^(En |Den |De )?(öpp|fylld|grå|blå|grön|mörkblå|streckad|prickad|lodrät|dubbel|tunn)\S*"
    r"( \S+)?( \S+)?: ",
    re.IGNORECASE,
)
WHERE = {"0127": Text(sv="i Botkyrka", en="in Botkyrka")}


def swedish_texts() -> Iterator[tuple[str, str]]:
    """Where each Swedish text stands, and the text: interface, methods, catalogue, borders."""
    for key, words in terms().items():
        yield key, words.sv
    for key, words in METHOD_TEXTS.items():
        yield f"method {key}", words.sv
    yield from _swedish(yaml.load(CATALOGUE.read_bytes(), Loader=yaml.CSafeLoader), "catalogue")
    changes = territory_changes(ROOT / "data" / "regions")
    for indicator in SHIPPED.indicators:
        for mark in territory_marks(indicator, SHIPPED, changes):
            yield f"{indicator.id} {mark.period}", mark.text.sv
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    yield "README", readme.split("\n\n")[1]


def _swedish(node: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if isinstance(node.get("sv"), str):
            yield where, node["sv"]
        for key, part in node.items():
            yield from _swedish(part, f"{where}.{key}")
    elif isinstance(node, list):
        for number, part in enumerate(node):
            yield from _swedish(part, f"{where}[{number}]")


def blanks(pattern: str) -> set[str]:
    """The names of a pattern's blanks."""
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


def test_no_swedish_text_says_what_reads_as_crime_or_only_we_understand() -> None:
    """Beside figures about immigrants "brott" reads as crime; the noun is tidsseriebrott."""
    found = {where: words for where, words in swedish_texts() if FORBIDDEN.search(words)}

    assert found == {}


def test_no_key_of_a_chart_lacks_a_verb() -> None:
    """Read aloud, "Grå linje: riket" is no sentence."""
    verbless = {key for key, words in terms().items() if VERBLESS.search(words.sv)}

    assert verbless == set()


def test_no_group_stands_in_quotation_marks() -> None:
    """Of those who are so, in words: every group that has a name has its words."""
    wording = Wording(SHIPPED.indicator["employment_rate"], SHIPPED, WHERE, "sv")
    quoted = []
    for (dimension, code), category in SHIPPED.category.items():
        if code == TOTAL or category.kind in {"total", "single_age", "five_years"}:
            continue
        group = Group(**{dimension: code})
        row = Observation("employment_rate", "0127", "2024", "bas", 1.0, **group._asdict())
        said = [people_phrase(row, wording), group_phrase(row, wording).who]
        said.append(those_phrase(dimension, code, wording))
        quoted += [one for one in said if re.search(r"[”“\"]|redovisas som", one)]

    assert quoted == []
    assert not [
        key for key, words in terms().items() if re.search(r"[”“]\{(label|group)\}", words.sv)
    ]


def test_every_pattern_has_both_languages_with_the_same_blanks() -> None:
    """What one language tells the other tells."""
    different = {key for key, words in terms().items() if blanks(words.sv) != blanks(words.en)}
    empty = {key for key, words in terms().items() for lang in LANGS if not words[lang].strip()}

    assert different <= {"report_3_now"}
    assert empty == set()


def test_every_break_of_the_catalogue_has_its_reason_in_a_few_words() -> None:
    """Two to four words before the period, without a year of their own, in both languages."""
    labels = {
        (indicator.id, mark.period): mark.label
        for indicator in SHIPPED.indicators
        for mark in indicator.breaks
    }

    assert [key for key, label in labels.items() if label is None] == []
    for label in filter(None, labels.values()):
        for lang in LANGS:
            assert 2 <= len(label[lang].split()) <= 4, label
            assert not re.search(r"\d", label[lang]), label


@pytest.mark.parametrize("lang", LANGS)
def test_a_break_without_a_label_tells_what_is_new_by_what_it_applies_to(
    lang: Literal["sv", "en"],
) -> None:
    """Every mark has words, whatever fields it has; the year stands last."""
    targets = ["region:01", "sex:1", "background:SE", "age:16-19", "education:F"]
    severities: tuple[Literal["break", "caution"], ...] = ("break", "caution")
    for severity, source, applies in product(
        severities, (False, True), [(), *[(one,) for one in targets], tuple(targets)]
    ):
        mark = Break(
            period="2022", severity=severity, new_source=source, applies_to=applies,
            text=Text(sv="x", en="x"),
        )  # fmt: skip
        words = format.mark_label(mark, lang)
        assert words.endswith(" 2022")
        assert len(words) > len(" 2022")
        assert not (source and "käll" not in words and lang == "sv")


@pytest.mark.parametrize("lang", LANGS)
def test_why_caution_is_due_is_told_without_its_heading_again(lang: Lang) -> None:
    """Beside the chart year and heading say it; a break and what concerns some are told whole."""
    marks = {mark: format.mark_why(mark, lang) for one in SHIPPED.indicators for mark in one.breaks}
    cautions = [why for mark, why in marks.items() if mark.severity == "caution"]
    again = [why for why in cautions if re.search("bör jämföras|should be compared", why)]

    assert all(mark.text[lang].endswith(why) for mark, why in marks.items())
    assert all(why == mark.text[lang] for mark, why in marks.items() if mark.severity == "break")
    assert len(cautions) > 2 * len(again)
    assert all(re.search("efter utbildning|små grupper|by education|small groups", one)
               for one in again)  # fmt: skip


@pytest.mark.parametrize(
    ("id", "more", "less"),
    [
        ("population", "fler", "färre"),
        ("net_migration", "fler", "färre"),
        ("sfi_time_to_pass", "fler", "färre"),
        ("employment_rate", "högre", "lägre"),
        ("median_income", "högre", "lägre"),
        ("mover_balance", "högre", "lägre"),
    ],
)
def test_persons_and_days_are_more_or_fewer_and_shares_higher_or_lower(
    id: str, more: str, less: str
) -> None:
    """175 days are more, not higher."""
    wording = Wording(SHIPPED.indicator[id], SHIPPED, WHERE, "sv")

    assert (direction_word(1.0, wording), direction_word(-1.0, wording)) == (more, less)


def test_days_per_person_are_more_days_and_not_more_per_day() -> None:
    """The word stands by what it counts: "6,2 dagar fler per person än i länet"."""
    words: dict[Lang, str] = {"sv": "6,2 dagar fler per person", "en": "6.2 days more per person"}
    for lang, told in words.items():
        wording = Wording(SHIPPED.indicator["sick_days"], SHIPPED, WHERE, lang)
        size = difference_size(6.2, "all", wording)

        assert " ".join(size_and_word(size, 6.2, wording)) == told


def test_every_unit_of_days_is_counted() -> None:
    """A unit that is days, by person or not, has its word for one."""
    days = [one for one in SHIPPED.indicators if one.unit.sv.startswith("dagar")]

    assert days
    assert all(is_countable(Wording(one, SHIPPED, WHERE, "sv")) for one in days)


def region(code: str, name: str, level: str, where: str, parent: str | None = None) -> Region:
    """A region by name."""
    return Region(code, name, level, parent, Text(sv=where, en=where))


def test_regions_of_one_name_are_told_apart_where_they_meet() -> None:
    """A municipality beside its county is called one; alone it keeps its name."""
    known = [
        region("01", "Stockholms län", "county", "i Stockholms län"),
        region("0180", "Stockholm", "municipality", "i Stockholms kommun", "01"),
        region("18", "Örebro län", "county", "i Örebro län"),
        region("1880", "Örebro", "municipality", "i Örebro kommun", "18"),
        region("09", "Gotlands län", "county", "i Gotlands län"),
        region("0980", "Gotland", "municipality", "på Gotland", "09"),
        region("0127R1", "Centrum (Botkyrka)", "regso", "i Centrum (Botkyrka)", "0127"),
        region("0127R2", "Centrum (Botkyrka)", "regso", "i Centrum (Botkyrka)", "0127"),
    ]
    regions = {one.code: one for one in known}

    assert names_apart(["0180", "0127R1"], regions, "sv")["0180"] == "Stockholm"
    together = names_apart(regions, regions, "sv")
    assert together["0180"] == "Stockholms kommun"
    assert together["1880"] == "Örebro kommun"
    assert together["0980"] == "Gotland (kommun)"
    assert together["0127R1"] != together["0127R2"]
    assert list(together) == list(regions)


def test_no_two_regions_of_the_example_share_a_name_where_they_meet(example_data: Path) -> None:
    """All regions at once, which is the most that can meet."""
    client = create_app(opened(example_data, CATALOGUE)).server.test_client()
    rows = [
        row
        for level in ("country", "county", "municipality", "regso", "stadsdel")
        for row in client.get(f"/api/v1/regions?level={level}").get_json()["data"]
    ]
    regions = {
        row["code"]: region(
            row["code"], row["name"]["sv"] if isinstance(row["name"], dict) else row["name"],
            row["level"], f"i {row['name']}",
        )
        for row in rows
    }  # fmt: skip
    names = names_apart(regions, regions, "sv")

    assert len(set(names.values())) == len(names) > 300


def test_no_page_says_a_forbidden_word(example_data: Path) -> None:
    """Sixty addresses over pages, views, regions and groups, as their reader sees them."""
    client = create_app(opened(example_data, CATALOGUE)).server.test_client()
    views = ["tid", "jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell"]
    options = ["", "&sortering=varde", "&sortering=forandring", "&antal=ja", "&bakgrund=SE,VXEUEES"]
    codes = ["00", "01", "0180", "0127", "1880", "stadsdel-alby", "0127R001", "grupp-sodertorn"]
    pages = [
        "/",
        "/jamfor",
        "/skillnader",
        "/liknande",
        "/omraden",
        "/briefing",
        "/rapport-2010",
        "/data",
        "/om",
    ]
    random = Random(20261129)
    addresses = [(path, "") for path in pages]
    while len(addresses) < 60:
        id = random.choice(SHIPPED.indicators).id
        options_of = f"&vy={random.choice(views)}{random.choice(options)}"
        addresses.append((f"/indikator/{id}", options_of))
    said = {}
    for path, rest in addresses:
        search = f"?region={random.choice(codes)}{rest}"
        words = text(shown(client, path, search))
        if found := FORBIDDEN.search(words):
            said[path + search] = words[max(0, found.start() - 60) : found.end() + 30]

    assert said == {}


def _whole_texts(tree: ast.AST) -> Iterator[str]:
    """The texts of a module but the pieces of those with blanks."""
    nodes = list(ast.walk(tree))
    pieces = {id(part) for one in nodes if isinstance(one, ast.JoinedStr) for part in one.values}
    for one in nodes:
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in pieces:
            yield one.value


def test_the_dash_is_written_in_one_place_and_means_zero() -> None:
    """The symbol of the source becomes "–" there; what is missing or not compared is a word."""
    writing = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "dashboard").rglob("*.py")
        if {"–", "—"} & set(_whole_texts(ast.parse(path.read_text(encoding="utf-8"))))
    }

    assert writing <= {
        "dashboard/text/format.py",
        "dashboard/pages/indicator/sidebar.py",  # reads it back for its meaning
        "dashboard/sentences/unions.py",  # between two numbers
    }
    assert format.symbol("-") == "–"
    assert format.meaning("-", "sv") == "Noll"
