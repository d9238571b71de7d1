"""
Collect the hashes of inline styles that the policy of `dashboard.csp` still blocks.

Run `python -m tests.browser.style_hashes` after a new version of Dash or plotly, add what
it prints to STYLES, and run it again until it prints nothing.
"""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.serving import chromium, running, served
from tests.dashboard.warehouse import CATALOGUE, publish

PAGES = ("/", "/indikator/employment_rate?region=0127", "/indikator/net_migration", "/unknown")
HASH = re.compile(r"a hash \(('sha256-[^']+')\)")


def blocked(browser: Browser, base: str) -> list[str]:
    """Hashes that the browser names when it blocks an inline style, in order."""
    found: dict[str, None] = {}
    for path in PAGES:
        page = browser.new_page()
        page.on("console", lambda message: found.update(dict.fromkeys(HASH.findall(message.text))))
        page.goto(base + path)
        page.wait_for_selector("h1")
        page.wait_for_load_state("networkidle")
        if page.locator(".chart").count():
            page.wait_for_selector(".chart .main-svg")
        page.close()
    return list(found)


def main() -> None:
    """Print what is blocked."""
    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder))
        with served(Path(folder), CATALOGUE) as base, running(chromium()) as browser:
            print("\n".join(f'    "{one}",' for one in blocked(browser, base)))  # noqa: T201


if __name__ == "__main__":
    main()
