"""What a visit transfers, as the browser itself counts it."""

from typing import Any

from playwright.sync_api import Browser


def weighed(browser: Browser, url: str) -> dict[str, int]:
    """
    The bytes of each answer, headers included, on the first visit of a browser with no cache.

    Waits until the page has its heading, its chart if there is one, and is silent.

    """
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    network = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    found: dict[str, int] = {}

    def note(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["request"]["url"]

    def weigh(event: dict[str, Any]) -> None:
        url = asked[event["requestId"]]
        found[url] = found.get(url, 0) + int(event["encodedDataLength"])

    network.on("Network.requestWillBeSent", note)
    network.on("Network.loadingFinished", weigh)
    network.send("Network.enable")
    page.goto(url)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    if page.locator(".chart").count():
        page.wait_for_selector(".chart .main-svg")
    context.close()
    return found
