"""Who chooses faster than the panel answers loses nothing of what was chosen."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit, choose, unfold

pytestmark = pytest.mark.browser

ASKED = "**/_dash-update-component"

# Ticks the sexes when the answer with a page has been read and not been drawn yet, and then notes
# at every frame whether they are ticked.
TICKED_AS_THE_NEXT_PAGE_COMES = """() => {
  const ask = window.fetch;
  const box = () => document.querySelector("input[value=sex]");
  window.ticked = [];
  function note() {
    window.ticked.push(box().checked);
    window.requestAnimationFrame(note);
  }
  window.fetch = function (resource, options) {
    const asked = ask.apply(this, arguments);
    if (!String(options && options.body).includes("page.children")) {
      return asked;
    }
    window.fetch = ask;
    return asked.then(function (response) {
      const read = response.json.bind(response);
      response.json = async function () {
        const answer = await read();
        box().click();
        note();
        return answer;
      };
      return response;
    });
  };
}"""


class Held:
    """The questions of a page to the panel, each held until it is let go."""

    def __init__(self, page: Page) -> None:
        """Hold every question from here on."""
        self.page = page
        self.waiting: list[Route] = []
        self.is_over = False
        page.route(ASKED, self._hold)

    def _hold(self, one: Route) -> None:
        if self.is_over:
            one.continue_()
        else:
            self.waiting.append(one)

    def end(self) -> None:
        """Let all go, and those that come."""
        self.is_over = True
        for one in self.waiting:
            one.continue_()


def test_choices_before_the_first_answer_are_all_followed(whole: Visit) -> None:
    """A group, the sexes and a region, one at the heels of the other."""
    page = whole.open("/indikator/employment_rate?region=0127")
    unfold(page)
    held = Held(page)
    page.get_by_role("combobox", name="Grupp").select_option("VXEUEES")
    page.get_by_label("Kön", exact=True).first.check()
    choose(page, "Jämför med", "huddinge")
    page.get_by_role("combobox", name="Sista år").select_option("2020")
    page.get_by_label("Kön", exact=True).first.uncheck()
    held.end()

    followed = r"jamfor=[^&]*0126&bakgrund=VXEUEES&ar=1997-2020&urval=oppet$"
    expect(page).to_have_url(re.compile(followed))
    whole.settle()
    expect(page.get_by_label("Kön", exact=True).first).not_to_be_checked()


def test_a_choice_made_while_a_page_comes_stays_as_it_was_made(whole: Visit) -> None:
    """The page of the choice before does not take it back, not even for a moment."""
    page = whole.open("/indikator/employment_rate?region=0127")
    unfold(page)
    page.evaluate(TICKED_AS_THE_NEXT_PAGE_COMES)
    page.get_by_role("combobox", name="Grupp").select_option("VXEUEES")

    expect(page).to_have_url(re.compile("bakgrund=VXEUEES&kon=2,1&urval=oppet$"))
    whole.settle()
    assert set(page.evaluate("window.ticked")) == {True}


def test_what_is_unfolded_while_an_answer_comes_stays_unfolded(whole: Visit) -> None:
    """A region is chosen, and the other controls are opened before its page is there."""
    page = whole.open("/indikator/employment_rate?region=0127")
    held = Held(page)
    choose(page, "Jämför med", "huddinge")
    unfold(page)
    held.end()

    expect(page).to_have_url(re.compile("jamfor=[^&]*0126.*urval=oppet"))
    whole.settle()
    expect(page.get_by_role("combobox", name="Grupp")).to_be_visible()
