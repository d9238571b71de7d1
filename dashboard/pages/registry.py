"""Every page of the site: its address, the function that makes it, and its name in the menu."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.components.frame import QUESTION_PATH, Page
from dashboard.pages import about, briefing, data, gaps, overview, question, report, similar
from dashboard.pages.areas import page as areas_page
from dashboard.pages.compare import page as compare_page
from dashboard.pages.compare.tables import GAPS_PATH
from dashboard.state.comparison import SIMILAR_PATH
from dashboard.state.visit import Visit


@dataclass(frozen=True)
class _SitePage:
    """A page with an address of its own; `name` is its term in the menu, "" for none."""

    path: str
    page: Callable[[Visit], Page]
    name: str = ""


_SITE_PAGES = (
    _SitePage("/", overview.page, "overview"),
    _SitePage("/jamfor", compare_page.page, "page_compare"),
    _SitePage(GAPS_PATH, gaps.page, "page_gaps"),
    _SitePage(SIMILAR_PATH, similar.page),
    _SitePage("/omraden", areas_page.page, "areas_menu"),
    _SitePage("/briefing", briefing.page, "page_briefing"),
    _SitePage("/rapport-2010", report.page, "page_report"),
    _SitePage("/data", data.page, "page_data"),
    _SitePage("/om", about.page, "page_about"),
    _SitePage(QUESTION_PATH, question.page),
    _SitePage("/om/tillganglighet", about.accessibility_page),
)
PAGE_FUNCTIONS = {page.path: page.page for page in _SITE_PAGES}
MENU = tuple((page.path, page.name) for page in _SITE_PAGES if page.name)
