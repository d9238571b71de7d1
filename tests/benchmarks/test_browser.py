"""How soon a click and a second visit show something new, beside an application written first."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page

from etl.catalogue.pointer import read_pointer
from tests.benchmarks.machine import told
from tests.benchmarks.naive import ORIGINS, REGIONS
from tests.benchmarks.panels import LINE, deployed, rows, served
from tests.browser.serving import chromium, running

INDICATOR = "employment_rate"
PAGE = f"/indikator/{INDICATOR}?region={REGIONS[0]}&urval=oppet"  # all controls are in view
VISITS = 5
CLICK_SHARE, BYTES_SHARE, SECOND_SHARE = 1.0, 1.0, 0.25
PACKAGES = ("dash", "plotly", "flask", "gunicorn", "duckdb", "pandas")
WINDOW: Any = {"width": 1440, "height": 900}
# As the browsers' own tools have it.
FAST_3G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.44e6 / 8,
    "uploadThroughput": 0.675e6 / 8,
}
SLOWER = 4
# From the event of a choice until the frame after that in which a line of the chart is another.
WATCH = """(event) => {
  const lines = () =>
    [...document.querySelectorAll(".scatterlayer path.js-line")]
      .map((line) => line.getAttribute("d")).join();
  const before = lines();
  window.taken = null;
  window.addEventListener(event, () => {
    const started = performance.now();
    const look = () => {
      if (lines() && lines() !== before) {
        requestAnimationFrame(() => { window.taken = performance.now() - started; });
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  }, { capture: true, once: true });
}"""


@pytest.fixture(scope="module")
def addresses(example_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The page of an indicator in the panel, and the naive application's."""
    current = read_pointer(example_data)
    assert current is not None
    source = rows(
        example_data / current.file, INDICATOR, tmp_path_factory.mktemp("naive") / "rows.csv"
    )
    with (
        served("dashboard.wsgi:server", INTEGRATION_DATA=str(example_data)) as ours,
        deployed(f"tests.benchmarks.naive:server('{source}')") as theirs,
    ):
        ours.settle()
        yield [f"http://127.0.0.1:{ours.port}{PAGE}", f"http://127.0.0.1:{theirs}/"]


class Tab:
    """A tab whose chart is drawn, and the bytes that have come since the last click began."""

    def __init__(self, browser: Browser, url: str) -> None:
        """Open an address and wait for its chart."""
        self.page = browser.new_context(viewport=WINDOW).new_page()
        self.page.goto(url)
        self.page.wait_for_selector(LINE, state="attached")
        self.page.wait_for_load_state("networkidle")
        self.bytes = 0
        network = self.page.context.new_cdp_session(self.page)
        network.on("Network.loadingFinished", self._weigh)
        network.send("Network.enable")

    def _weigh(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def choose(self, control: str, value: str) -> tuple[float, int]:
        """Milliseconds until a choice shows new lines, and the bytes until all is still."""
        self.page.bring_to_front()
        menu = self.page.locator(f"select[id*='\"{control}\"']")
        field = self.page.locator(f"input[id*='\"{control}\"']")
        if field.count() == 1:
            return self._choose_by_writing(field, value)
        is_ours = menu.count() == 1
        if not is_ours:
            self.page.locator(f"#{control}").click()
        option = self.page.locator(".dash-dropdown-option", has_text=value).first
        self.page.evaluate(WATCH, "change" if is_ours else "click")
        self.bytes = 0
        if is_ours:
            menu.select_option(value)
        else:
            option.click()
        return self._drawn()

    def _choose_by_writing(self, field: Locator, value: str) -> tuple[float, int]:
        """The same of a field that is written in: from Enter on, when the list has come."""
        field.fill(value)
        self.page.locator(".found [role=option]").first.wait_for()
        self.page.evaluate(WATCH, "keydown")
        self.bytes = 0
        field.press("Enter")
        return self._drawn()

    def _drawn(self) -> tuple[float, int]:
        self.page.wait_for_function("() => window.taken !== null")
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(300)
        taken: float = self.page.evaluate("window.taken")
        return taken, self.bytes


# What is chosen: the menu here, the menu there, and the codes.
CHOICES = {
    "region": ("region", "region", REGIONS[1:]),
    "origin": ("background", "origin", ORIGINS[1:]),
}


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("choice", CHOICES)
def test_a_click_shows_new_lines_as_soon_as_with_the_usual_way(
    addresses: list[str], choice: str
) -> None:
    """
    Alternately here and there, the pages that nobody has asked for and then the same ones again.

    Both must hold in both: the time until the chart shows other lines, and what is transferred.
    """
    here, there, codes = CHOICES[choice]
    with running(chromium()) as browser:
        ours, theirs = (Tab(browser, url) for url in addresses)
        found = {
            name: [(ours.choose(here, code), theirs.choose(there, code)) for code in codes]
            for name in ("never asked for", "asked for before")
        }
    lines, shares = [], []
    for name, pairs in found.items():
        taken, usual = (
            statistics.median(time for time, _ in side) for side in zip(*pairs, strict=True)
        )
        light, heavy = (
            statistics.median(size for _, size in side) for side in zip(*pairs, strict=True)
        )
        shares.append((taken / usual, light / heavy))
        lines.append(
            f"{name:16} this panel {taken:4.0f} ms, {light / 1000:4.1f} kB;"
            f" stock Dash {usual:4.0f} ms, {heavy / 1000:4.1f} kB;"
            f" ratios {taken / usual:.2f}, {light / heavy:.2f}"
        )

    told(
        f"Another {choice}, from the click to new lines in the chart",
        f"medians of {len(codes)} clicks, alternately",
        *lines,
        f"ratios of at most {CLICK_SHARE} and {BYTES_SHARE} asked for",
        packages=PACKAGES,
    )
    for time_share, bytes_share in shares:
        assert bytes_share <= BYTES_SHARE
        assert time_share <= CLICK_SHARE


def second_line(browser: Browser, url: str) -> float:
    """Seconds until the chart has a line, over Fast 3G with a slow processor, the second time."""
    context = browser.new_context(viewport=WINDOW)
    before = context.new_page()
    before.goto(url)
    before.wait_for_selector(LINE, state="attached")
    before.wait_for_load_state("networkidle")
    before.wait_for_timeout(300)
    before.close()
    page = context.new_page()
    slowed: CDPSession = context.new_cdp_session(page)
    slowed.send("Network.enable")
    slowed.send("Network.emulateNetworkConditions", FAST_3G)
    slowed.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    taken = until_line(page, url)
    context.close()
    return taken


def until_line(page: Page, url: str) -> float:
    """Seconds from asking for an address until its chart has a line, by the page's own clock."""
    page.goto(url, wait_until="commit")
    page.wait_for_selector(LINE, state="attached")
    milliseconds: float = page.evaluate("performance.now()")
    return milliseconds / 1000


@pytest.mark.slow
@pytest.mark.browser
def test_a_second_visit_takes_a_quarter_of_the_usual_time(addresses: list[str]) -> None:
    """Fast 3G and a processor four times slower: only the page comes, everything else is kept."""
    with running(chromium()) as browser:
        drawn = [[second_line(browser, url) for url in addresses] for _ in range(VISITS)]
    taken, usual = (statistics.median(times) for times in zip(*drawn, strict=True))

    told(
        "First chart of a second visit, Fast 3G, processor four times slower",
        f"median of {VISITS} alternate visits",
        f"this panel         {taken:.2f} s",
        f"pandas, stock Dash {usual:.2f} s",
        f"ratio              {taken / usual:.2f}, at most {SECOND_SHARE} asked for",
        packages=PACKAGES,
    )
    assert taken <= SECOND_SHARE * usual
