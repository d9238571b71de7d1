"""
How many actions a reader needs, counted from what the browser hears, not from what a test says.

A click is one; Enter or Space is one; choosing in a menu is one; writing in a field is one, and
Enter right after it belongs to it. Walking by Tab and arrows, and reading, are none.
"""

from playwright.sync_api import Page

_HEARING = """() => {
    if (window.actionsAreHeard) return;
    window.actionsAreHeard = true;
    const writes = (one) => one.matches("input:not([type=radio], [type=checkbox]), textarea");
    const told = (kind) => window.heardAction(kind);
    addEventListener("pointerdown", (event) => event.isTrusted && told("click"), true);
    addEventListener("input", (event) => writes(event.target) && told("write"), true);
    addEventListener("change", (event) => event.target.matches("select") && told("choose"), true);
    addEventListener("keydown", (event) => {
        if (event.key === "Enter") told("enter");
        if (event.key === " " && !writes(event.target)) told("space");
    }, true);
}"""


class Actions:
    """The actions in a tab from its making on, after the region is chosen for instance."""

    def __init__(self, page: Page) -> None:
        """Begin to listen, in the page that is shown and in all that follow."""
        self._page, self._heard = page, list[str]()
        page.expose_function("heardAction", self._hear)
        page.add_init_script(f"({_HEARING})()")
        page.evaluate(_HEARING)

    def _hear(self, kind: str) -> None:
        self._heard.append(kind)

    @property
    def count(self) -> int:
        """How many there were."""
        self._page.evaluate("0")  # what the browser has told by now has arrived then
        before, count = "", 0
        for kind in self._heard:
            goes_on = before == "write" and kind in {"write", "enter"}
            count += not goes_on
            before = kind
        return count
