"""
The parts pages are made of: frame, notices, source line, breadcrumb.

Knows the look's class names. It asks no question and holds no text of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.elements import Element, element
from dashboard.state.links import Shown
from dashboard.state.url import KEYS, State, carried, link
from dashboard.text import format, term
from etl.catalogue import Lang

URL_ID = "url"  # the address: the only state
PAGE_ID = "page"  # what the address shows
HEAD_ID = "head"  # title, language and the choices that the page was drawn with
HELD_ID = "held"  # the mark of the page that is shown
WINDOW_ID = "window"  # whether the window is narrow
CHOICE_ID = "choice"  # the controls that were used, by their keys, and what each says
_MAIN_ID = "main"
CHART_ID = "chart"
COMBOBOX = "Combobox"  # what assets/question.js draws: a field whose answers are chosen among
YEAR_SLIDER = "YearSlider"  # what assets/years.js draws
QUESTION_PATH, ANSWERS_PATH, REGIONS_PATH = "/fraga", "/fraga.json", "/regioner.json"
_MOST_LETTERS = 80  # of a question, as the address holds it


def choice(key: object) -> dict[str, Any]:
    """A control that moves the address; `key` is one of `url.KEYS` or `links.STEPS`, or ALL."""
    return {"type": "choice", "key": key}


def control_values(content: object) -> dict[str, Any]:
    """What each control of a page says when it is drawn, by its key: for `Shown`."""
    if isinstance(content, (list, tuple)):
        return {key: value for part in content for key, value in control_values(part).items()}
    own = {COMBOBOX, YEAR_SLIDER}
    if isinstance(content, dict) and content["type"] in own and "id" in content["props"]:
        return {content["props"]["id"]["key"]: content["props"]["value"]}
    if not isinstance(content, Component):
        return {}
    id = getattr(content, "id", None)
    if isinstance(id, dict) and hasattr(content, "value"):
        return {id["key"]: content.value}
    return control_values(getattr(content, "children", None))


Content = Sequence[Any]
_MOST_NOTICES = 8


@dataclass(frozen=True)
class Page:
    """One page: its title, what stands in <main>, and what its controls say."""

    title: str
    content: Content
    status: int = 200
    shown: Shown = field(default_factory=Shown)


def aria(**attributes: str) -> dict[str, Any]:
    """Attributes for those who do not see the page: `aria(label="…")` is aria-label."""
    return {f"aria-{name}": value for name, value in attributes.items()}


def site_frame(
    page: Page,
    *,
    menu: Sequence[tuple[str, str]],
    path: str,
    state: State,
    version: str | None,
    example: bool,
    told: Sequence[Any] = (),
    narrow: bool = False,
) -> list[Any]:
    """
    A page inside the frame of the site.

    `menu`: paths with the terms of their names; in a `narrow` window it is folded. `told` is what
    `version_told` says.
    """
    lang = state.lang
    inside: list[Any] = [
        _header(path, state, menu, missing=not version, narrow=narrow),
        *told,
        html.Main(list(page.content), id=_MAIN_ID, tabIndex=-1),
        *([_footer(version, example=example, state=state)] if version else []),
    ]
    return [
        html.A(term("skip", lang), href=f"#{_MAIN_ID}", className="skip"),
        *([_banner(lang)] if example else []),
        html.Div(inside, className="wrap"),
    ]


def embed_frame(page: Page, *, state: State, example: bool, told: Sequence[Any] = ()) -> list[Any]:
    """A page for the frame of another site: no menu, no footer; invented data still say so."""
    return [
        *([_banner(state.lang)] if example else []),
        html.Div(
            [
                *told,
                html.Main(list(page.content), id=_MAIN_ID, tabIndex=-1),
            ],
            className="embedded",
        ),
    ]


def _banner(lang: Lang) -> html.Aside:
    """The permanent words above pages of invented data."""
    why = html.Span(f" {term('example_why', lang)}", className="why")
    words: list[Any] = [html.B(f"{term('example', lang)}."), why]
    inside = html.Div(words, className="wrap")
    return html.Aside(inside, className="example", **aria(label=term("example", lang)))


def notice_box(sentences: Sequence[str], lang: Lang) -> list[Any]:
    """Sentences about what the link asked for and cannot have; nothing when there are none."""
    if not sentences:
        return []
    different = list(dict.fromkeys(sentences))
    paragraphs = [html.P(sentence) for sentence in different[:_MOST_NOTICES]]
    if different[_MOST_NOTICES:]:
        paragraphs.append(html.P(term("more_notices", lang, count=len(different) - _MOST_NOTICES)))
    return [_notices(paragraphs, lang)]


def _notices(paragraphs: Sequence[html.P], lang: Lang) -> html.Div:
    label = aria(label=term("notices", lang))
    return html.Div(paragraphs, className="notices", role="status", **label)


def section(heading: str, *content: Any) -> html.Section:
    """A part of the sidebar of a chart."""
    return html.Section([html.H2(heading), *content])


def select(
    key: str, label: str, options: Sequence[Mapping[str, Any]], value: str, **more: Any
) -> html.Div:
    """A labelled select that moves the address."""
    chosen = dbc.Select(id=choice(key), options=list(options), value=value, **more)
    return html.Div(html.Label([html.Span(label), chosen]), className="field")


def year_slider(
    label: str,
    options: Sequence[Mapping[str, Any]],
    value: str,
    *,
    stops: Mapping[str, str],
    lang: Lang,
) -> Element:
    """
    A slider that chooses the year by which the address is moved, and a button that plays them.

    Args:
        label: what a year is called.
        options: the years, oldest first, value and label.
        value: the year that is shown.
        stops: what is said of the years at which playing stops, the first after each break.
        lang: of the words.

    """
    words = {"play": term("years_play", lang), "pause": term("years_pause", lang)}
    return element(
        YEAR_SLIDER,
        id=choice("years"),
        value=value,
        options=list(options),
        stops=dict(stops),
        label=label,
        words=words,
    )


def region_field(
    key: str, label: str, state: State, *, region: str = "", name: str = "", **more: Any
) -> html.Div:
    """
    A labelled field that chooses a region by typing, and moves the address when one is chosen.

    Args:
        key: of the control.
        label: what the field is called.
        state: of the page, whose region, language and version decide what is offered first.
        region: code of the region that is chosen now, "" for none.
        name: what that region is called.
        more: `without`: codes that are not offered; `options`: what is offered instead of all
            regions, label and value; `hint`: what an empty field says; `disabled`; `resume`: the
            words by which the browser offers the region that its reader was last at.

    """
    field = {
        "id": choice(key),
        "value": region,
        "text": name,
        "label": label,
        "recent": term("choice_recent", state.lang),
        "none": term("choice_found_none", state.lang),
        **_asked(REGIONS_PATH, carried(state, region=region or state.region)),
        **more,
    }
    return html.Div(element(COMBOBOX, **field), className="field")


def _asked(path: str, state: State) -> dict[str, Any]:
    """Where a field asks for its answers, and where it leads without them; of a region: REGION."""
    address = link(path, state)
    begins = "&" if "?" in address else "?"
    return {
        "ask": f"{address}{begins}{KEYS['search'].name}=",
        "action": QUESTION_PATH,
        "name": KEYS["search"].name,
        "given": parse_qsl(link("", state).removeprefix("?")),
        "home": link("/", carried(state, region="REGION")),
    }


def _question_box(path: str, state: State) -> Element:
    """The box in which anything may be asked; on the page of its answers it holds the question."""
    lang = state.lang
    return element(
        COMBOBOX,
        text=state.search if path == QUESTION_PATH else "",
        label=term("question_label", lang),
        hint=term("question_label", lang),
        most=_MOST_LETTERS,
        recent=term("choice_recent", lang),
        **_asked(ANSWERS_PATH, carried(state)),
    )


def text_field(key: str, label: str, text: str, *, most: int, search: bool = False) -> html.Div:
    """
    A labelled field of text that moves the address by Enter or when it is left.

    Not dcc.Input, which puts the caret back a moment after every letter, so that a quick
    writer's letters change places.
    """
    kind = "search" if search else "text"
    field = dbc.Input(
        id=choice(key), type=kind, value=text, debounce=True, maxlength=most, autocomplete="off"
    )
    words = html.Label([html.Span(label), field])
    if search:
        return html.Div(words, className="field search", role="search")
    return html.Div(words, className="field")


def date_field(key: str, label: str, day: str) -> html.Div:
    """A labelled field for a day, as 2026-10-01, that moves the address when it is left."""
    field = dbc.Input(id=choice(key), type="date", value=day, debounce=True)
    return html.Div(html.Label([html.Span(label), field]), className="field day")


def _header(
    path: str, state: State, menu: Sequence[tuple[str, str]], *, missing: bool, narrow: bool
) -> html.Header:
    """
    Name, menu, question box and the other language, all but the name folded in a narrow window.

    From a version that is gone the menu leads to today's.
    """
    lang = state.lang
    other_lang: Lang = "sv" if lang == "en" else "en"
    on = carried(state, version="") if missing else state
    home = link("/", carried(on))
    folded = [
        html.Nav(
            [_item(to, key, here=to == path and not missing, state=on) for to, key in menu],
            **aria(label=term("menu", lang)),
        ),
        _question_box(path, on),
        html.Div(
            dcc.Link(
                html.Span(term("other_language", lang), lang=other_lang),
                href=link(path, state, lang=other_lang),
            ),
            className="language",
        ),
    ]
    hidden = html.Span(f" {term('menu_button_search', lang)}", className="unseen")
    button = html.Summary(html.Span([term("menu_button", lang), hidden], className="btn"))
    inside = html.Div(folded, className="inside")
    return html.Header(
        [
            dcc.Link(term("site", lang), href=home, className="brand"),
            html.Details([button, inside], className="menu", open=not narrow),
        ],
        className="top",
    )


def _item(to: str, key: str, *, here: bool, state: State) -> Any:
    """A page of the menu; the one that is shown says so."""
    label, href = term(key, state.lang), link(to, carried(state))
    return html.A(label, href=href, **aria(current="page")) if here else dcc.Link(label, href=href)


def version_told(
    path: str, state: State, *, version: str | None, current: str, unreadable: str
) -> list[Any]:
    """
    What is said of the version of a page: that it is fixed, or that a newer one cannot be read.

    Args:
        path: of the page.
        state: of its address.
        version: that is shown, None without one.
        current: that is shown to who names none, "" without any.
        unreadable: that should be current and cannot be read, "" without any.

    """
    said: list[html.P] = []
    if unreadable and current:
        key = "stand_in_fixed" if state.version else "stand_in"
        words = {"date": _published(current, state.lang), "version": current}
        said.append(html.P(term(key, state.lang, **words)))
    if version and version != current:
        date = _published(state.version, state.lang)
        link_to = link(path, state, version="", years=None)
        newer = dcc.Link(term("show_newer", state.lang), href=link_to)
        said.append(html.P([term("frozen", state.lang, date=date), " ", newer]))
    return [_notices(said, state.lang)] if said else []


def _published(version: str, lang: Lang) -> str:
    """The day of a version, as its name begins with it."""
    return format.day(datetime.strptime(version[:8], "%Y%m%d"), lang)  # noqa: DTZ007


def _footer(version: str, *, example: bool, state: State) -> html.Footer:
    """Source and version, and the way to the accessibility statement from every page."""
    lang = state.lang
    words = {"version": version, "example": term("example", lang)}
    source = html.P(term("footer_example" if example else "footer", lang, **words))
    access = dcc.Link(term("access_title", lang), href=link("/om/tillganglighet", carried(state)))
    return html.Footer([source, html.P(access, className="ways")])
