"""What the panel says of its statistics, its methods and its accessibility."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.data.settings import Contact, Settings
from dashboard.pages.about import METHOD_TEXTS, SECTIONS, breaks_table
from dashboard.rules import comparison, direction, judgement, order, thresholds
from dashboard.server.app import create_app
from dashboard.text import LANGS, terms
from etl.catalogue import Catalogue, Lang
from etl.catalogue.loading import load
from etl.measures import areas, level, segregation, similarity, unions
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import publish
from tests.source import ROOT, modules

SHIPPED = ROOT / "indicators.yaml"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue of the repository."""
    return load(SHIPPED)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """The shipped catalogue over a small warehouse."""
    data: Path = tmp_path_factory.mktemp("about")
    publish(data)
    context = opened(data, SHIPPED)
    yield context
    context.warehouses.close()


@pytest.fixture(scope="module")
def reader(given: Context) -> FlaskClient:
    """The application over them."""
    client: FlaskClient = create_app(given).server.test_client()
    return client


@pytest.mark.parametrize("path", ["/om", "/om/tillganglighet"])
@pytest.mark.parametrize("lang", LANGS)
def test_the_pages_have_one_heading_and_an_order_of_them(
    reader: FlaskClient, path: str, lang: Lang
) -> None:
    """A table of contents can be made of the headings, whatever the language."""
    assert reader.get(path).status_code == 200
    page = shown(reader, path, f"?lang={lang}")

    assert len(found(page, "H1")) == 1
    assert len(found(page, "H2")) >= 5


def test_the_contents_lead_to_every_section(reader: FlaskClient) -> None:
    """Each entry of the contents has its place in the text."""
    page = shown(reader, "/om")
    links = [one["props"]["href"] for one in found(page, "A")]
    targets = [to for to in links if to.startswith("#") and to != "#main"]
    places = [f"#{one['props']['id']}" for one in found(page, "Section") if one["props"].get("id")]

    assert targets == places == [f"#{name}" for name in SECTIONS]


def test_every_method_of_the_code_is_told_in_its_own_words(reader: FlaskClient) -> None:
    """A module with a METHOD cannot change without its words on this page."""
    methods = (
        comparison, direction, judgement, order, areas, segregation, similarity, unions,
    )  # fmt: skip
    written = {
        path.stem
        for path in modules("etl", "dashboard")
        if re.search(r"^METHOD = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    words = {lang: text(shown(reader, "/om", f"?lang={lang}")) for lang in LANGS}

    assert written == set(METHOD_TEXTS)
    for module in methods:
        for lang in LANGS:
            assert module.METHOD[lang] in words[lang], module.__name__


@pytest.mark.parametrize(
    ("method", "numbers"),
    [
        ("comparison", (0.5, level.LEVEL_LEAST, level.NOISE_PERSONS)),
        ("direction", (direction.LEAST_TAU, thresholds.DIRECTION_LEAST, level.LOW_SHARE)),
        ("segregation", (segregation.FEWEST_AREAS,)),
    ],
)
def test_the_numbers_of_a_method_are_those_of_its_code(
    method: str, numbers: tuple[float, ...]
) -> None:
    """What is published is what is done."""
    words = {"5": "five"}
    for number in numbers:
        english = f"{number:g}"
        assert words.get(english, english) in METHOD_TEXTS[method].en


def test_every_break_of_the_catalogue_stands_in_the_list(
    catalogue: Catalogue, reader: FlaskClient
) -> None:
    """Each once, with its year and words, however many indicators it concerns."""
    words = text(shown(reader, "/om"))
    every = {mark for one in catalogue.indicators for mark in one.breaks}
    rows = found(breaks_table(catalogue, {}, "sv").children, "Tbody")[0]["props"]["children"]

    assert all(mark.text.sv in words for mark in every)
    assert len(rows) == len(every)


def test_what_is_not_measured_is_said(reader: FlaskClient) -> None:
    """The reports ask for it; its absence must not look like zero."""
    words = text(shown(reader, "/om"))

    for wanted in ("diskriminering", "tillit", "rekrytering", "validering", "flyttar hemifrån"):
        assert wanted in words


def test_protection_privacy_and_licence_are_said(reader: FlaskClient) -> None:
    """The 20/5 rule, the noise from 2025, no personal data, CC0 and how to cite."""
    words = text(shown(reader, "/om"))

    for said in (
        "fler än 20 personer, av vilka fler än 5",
        "2025",
        "inga personuppgifter",
        "inte detsamma som etnisk tillhörighet",
        "CC0",
        "Egen bearbetning av data från SCB, tabell TAB…",
    ):
        assert said in words


@pytest.mark.slow
def test_neighbourhoods_are_told_with_members_and_as_an_approximation(
    example_data: Path,
) -> None:
    """Seventeen, each with its RegSO areas, and whether the list's owner has confirmed it."""
    context = opened(example_data, SHIPPED)
    page = shown(create_app(context).server.test_client(), "/om")
    context.warehouses.close()
    (table,) = (one for one in found(page, "Table") if "Stadsdelar" in text(found(one, "Caption")))

    assert len(found(found(table, "Tbody"), "Tr")) == 17
    assert "0127R001" in text(table)
    assert "approximation" in text(page)
    assert "Listan har ännu inte bekräftats" in text(page)


def test_no_words_of_the_panel_call_an_area_by_the_name_of_the_official_division() -> None:
    """It is another regional division since 2016; the vocabulary forbids it here."""
    said = [f"{one.sv} {one.en}" for one in terms().values()] + [
        f"{one.sv} {one.en}" for one in METHOD_TEXTS.values()
    ]

    assert [words for words in said if re.search("distrikt|district", words, re.IGNORECASE)] == []


def test_the_statement_has_what_the_act_asks_for(reader: FlaskClient) -> None:
    """Status, known faults, how it was tested and when, how to report, and who enforces."""
    page = shown(reader, "/om/tillganglighet")
    words = text(page)

    for said in ("delvis förenlig", "2018:1937", "WCAG 2.1", "Kända brister", "21 november 2026"):
        assert said in words
    assert "Myndigheten för digital förvaltning, DIGG" in words
    assert "inte angett någon kontakt" in words
    assert "https://www.digg.se/tdosanmalan" in [one["props"]["href"] for one in found(page, "A")]


def test_the_contact_of_the_statement_is_a_setting(tmp_path: Path) -> None:
    """Whoever runs the panel says who answers."""
    contact = Contact("Region Exempel", "panel@example.org", "08-123 45 67")
    publish(tmp_path)
    context = opened(tmp_path, SHIPPED, settings=Settings(contact=contact))
    page = shown(create_app(context).server.test_client(), "/om/tillganglighet")
    context.warehouses.close()

    assert "Region Exempel" in text(page)
    assert "telefon 08-123 45 67" in text(page)
    assert "mailto:panel@example.org" in [one["props"]["href"] for one in found(page, "A")]


def test_pages_to_read_are_in_the_menu_and_lead_to_each_other(reader: FlaskClient) -> None:
    """The statement is one click from every page's menu entry."""
    home, about = shown(reader, "/"), shown(reader, "/om", "?region=0127")
    links = [one["props"]["href"] for one in found(about, "Link")]

    assert "/om" in [one["props"]["href"] for one in found(home, "Link")]
    assert "/om/tillganglighet?region=0127" in links
    assert "/data?region=0127" in links
