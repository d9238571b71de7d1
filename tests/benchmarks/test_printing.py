"""How long it takes to print the briefings of a county, beside pages that are only printed."""

import re
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Browser
from typer.testing import CliRunner

from dashboard.__main__ import panel_commands
from tests.benchmarks.machine import seconds, told
from tests.browser.paper import headings as bookmarks
from tests.browser.serving import chromium, running, served
from tests.source import ROOT

CATALOGUE = ROOT / "indicators.yaml"
COUNTY, REGION, BRIEFINGS = "01", "0127", 26
ROUNDS = 2
MOST = 1.5
SCALE = 0.8  # at which the usual briefing fills four sheets
SHEET: Any = {"width": 794, "height": 1123}
DRAWN = """() => document.querySelector("main h1") &&
  [...document.querySelectorAll(".chart")].every(chart => chart.querySelector(".main-svg"))"""
STYLES = """() => Promise.all([...document.querySelectorAll("link[rel=stylesheet]")]
  .map(link => fetch(link.href).then(answer => answer.text())))"""
SCRIPTED = re.compile(r"<script\b.*?</script>|<link\b[^>]*>", re.DOTALL)
PACKAGES = ("dash", "plotly", "playwright", "duckdb")


def static_page(example_data: Path, file: Path) -> Path:
    """A briefing as the browser has drawn it, in one file with its styles and without scripts."""
    with served(example_data, CATALOGUE) as address, running(chromium()) as browser:
        page = browser.new_page(viewport=SHEET)
        page.emulate_media(media="print")
        page.goto(f"{address}/briefing?region={REGION}")
        page.wait_for_function(DRAWN)
        styles = "\n".join(page.evaluate(STYLES))
        bare = SCRIPTED.sub("", page.content())
    file.write_text(bare.replace("</head>", f"<style>{styles}</style></head>"), encoding="utf-8")
    return file


def printed_files(static: Path, folder: Path, *, windows: int) -> None:
    """The file printed as often as there are briefings, in so many windows, one after another."""
    with running(chromium()) as browser:
        for window in range(windows):
            prints = range(window, BRIEFINGS, windows)
            _printed_in_one_window(browser, static, [folder / f"{place}.pdf" for place in prints])


def _printed_in_one_window(browser: Browser, static: Path, files: list[Path]) -> None:
    page = browser.new_page(viewport=SHEET)
    page.emulate_media(media="print")
    for file in files:
        page.goto(static.as_uri())
        page.pdf(
            path=file, scale=SCALE, prefer_css_page_size=True, print_background=True,
            display_header_footer=True, tagged=True, outline=True,
        )  # fmt: skip
    page.close()


def printed_briefings(example_data: Path, folder: Path) -> None:
    """All briefings of the county by the command, which also starts a Chromium of its own."""
    run = CliRunner().invoke(
        panel_commands,
        [
            *("briefing", "--county", COUNTY, "--out", str(folder), "--data", str(example_data)),
            *("--catalogue", str(CATALOGUE), "--chromium", chromium()),
        ],
    )
    assert run.exit_code == 0, run.output


def sheets(folder: Path) -> list[int]:
    """How many sheets each file of a folder has; what stands out is one by itself, not counted."""
    counts = []
    for file in sorted(folder.glob("*.pdf")):
        with pikepdf.open(file) as pdf:
            things = [title for title, _, _ in bookmarks(pdf) if title.endswith("att veta")]
            counts.append(len(pdf.pages) - len(things))
    return counts


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(1200)
def test_briefings_take_little_longer_than_pages_that_are_only_printed(
    example_data: Path, tmp_path: Path
) -> None:
    """
    26 briefings, from figures to PDF, in at most 1.5 times as long as 26 static pages.

    The static page is one of the briefings as the browser has drawn it, without scripts, printed
    at once at the scale that fits, each in a window of its own, as a script prints files. What it
    takes in one window is told beside it.
    """
    folders = {name: tmp_path / name for name in ("briefings", "static", "one window")}
    for folder in folders.values():
        folder.mkdir()
    static = static_page(example_data, tmp_path / "static.html")
    taken: dict[str, list[float]] = {name: [] for name in folders}
    for _ in range(ROUNDS):
        for name, action in (
            ("static", lambda: printed_files(static, folders["static"], windows=BRIEFINGS)),
            ("briefings", lambda: printed_briefings(example_data, folders["briefings"])),
            ("one window", lambda: printed_files(static, folders["one window"], windows=1)),
        ):
            taken[name].append(seconds(action))
    best = {name: min(times) for name, times in taken.items()}
    ratio = best["briefings"] / best["static"]
    told(
        f"{BRIEFINGS} briefings as PDF, on {time.strftime('%Y-%m-%d')}",
        f"briefings {best['briefings']:.1f} s, static pages {best['static']:.1f} s"
        f" ({best['one window']:.1f} s in one window)",
        f"{ratio:.2f} times as long; at most {MOST}",
        packages=PACKAGES,
    )

    assert sheets(folders["briefings"]) == [4] * BRIEFINGS
    assert sheets(folders["static"]) == [4] * BRIEFINGS
    assert ratio <= MOST
