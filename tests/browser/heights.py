"""Where on a page what is looked at begins, and what of it is too small, cut off or boxed in."""

from collections.abc import Sequence

from playwright.sync_api import Page

# Width and height of a window, and the lowest pixel at which what is looked at may begin.
WINDOWS = {(1440, 900): 420, (768, 1024): 520, (375, 812): 520}
BODY, TARGET = 16, 24  # pixels: of running text, and of the least that is pointed at

_FIRST_MARK = """() => {
    const top = (one) => one.getBoundingClientRect().top;
    const shown = (one) => one.checkVisibility()
        && (one.getBoundingClientRect().height || one.getBoundingClientRect().width);
    const charts = [...document.querySelectorAll("main .js-plotly-plot")].filter(shown);
    const tops = charts.flatMap((chart) => {
        const plots = [...chart.querySelectorAll(".nsewdrag")].filter(shown);
        const edge = Math.min(...plots.map(top).concat(plots.length ? [] : [0]));
        const marks = chart.querySelectorAll(
            ".scatterlayer path, .barlayer path, .choroplethlayer path, .imagelayer image");
        return [...marks].filter(shown).map((one) => Math.max(edge, top(one)));
    });
    const cells = [...document.querySelectorAll("main table.figures tbody td")].filter(shown);
    if (!tops.length && cells.length) {
        tops.push(top(cells[0].parentElement));
    }
    return tops.length ? Math.min(...tops) + window.scrollY : null;
}"""
_SMALL_TEXT = """([words, least]) => [...document.querySelectorAll(words)]
    .filter((one) => one.checkVisibility() && one.textContent.trim())
    .filter((one) => parseFloat(getComputedStyle(one).fontSize) < least)
    .map((one) => `${one.className || one.tagName} ${one.textContent.slice(0, 40)}`)"""
_SMALL_TARGETS = """(least) => [...document.querySelectorAll(
        "a, button, summary, select, input:not([type=hidden]), label.form-check-label")]
    .filter((one) => one.checkVisibility() && !one.closest(".unseen, .skip"))
    .map((one) => [one, /^(radio|checkbox)$/.test(one.type) ? one.parentElement : one])
    .filter(([one, box]) => box.getBoundingClientRect().height < least - 0.5)
    .filter(([one]) => !(one.matches("a") && getComputedStyle(one).display === "inline"
        && one.closest("p, td, th, dd, li, h3")))
    .map(([one, box]) => `${one.tagName} ${one.textContent || one.id}: ${box.offsetHeight}`)"""
_BOXED_IN = """() => [...document.querySelectorAll("main, main *")]
    .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY))
    .filter((one) => one.checkVisibility({ contentVisibilityAuto: true }))
    .filter((one) => one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0)
    .map((one) => `${one.tagName}.${one.className}: ${one.scrollHeight} in ${one.clientHeight}`)"""


def first_mark(page: Page) -> float | None:
    """How far down the first mark of a chart begins, of a table its first row; None without."""
    top: float | None = page.evaluate(_FIRST_MARK)
    return top


def cramped(page: Page, words: str) -> Sequence[str]:
    """
    What a reader strains at.

    Running text (`words`: where it stands) and targets that are too small, what scrolls in a box
    of its own downwards, and a page that is wider than its window.
    """
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [
        *(f"small text: {one}" for one in page.evaluate(_SMALL_TEXT, [words, BODY])),
        *(f"small target: {one}" for one in page.evaluate(_SMALL_TARGETS, TARGET)),
        *(f"scrolls downwards: {one}" for one in page.evaluate(_BOXED_IN)),
        *([f"{wide} pixels wide in a window of {window}"] if wide > window else []),
    ]
