"""What whoever runs the panel may write, and what is refused."""

from pathlib import Path

import pytest
import typer
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboard.__main__ import serve
from dashboard.data.context import opened
from dashboard.data.settings import Contact, Settings, SettingsError, settings
from dashboard.server.app import create_app
from tests.dashboard.warehouse import CATALOGUE


def test_nothing_written_is_nothing_allowed() -> None:
    """A panel that nobody configured is read and framed by nobody else."""
    assert settings() == Settings(origins=(), ancestors=(), contact=None, address="")


def test_settings_are_read_as_they_are_written() -> None:
    """Lists may use spaces or commas; a final slash and capitals of a host mean nothing."""
    found = settings(
        cors="https://Intra.example.org/, http://localhost:3000",
        frame_ancestors="self https://*.botkyrka.se",
        contact="Botkyrka kommun, kansliet; panelen@botkyrka.se; 08-530 610 00",
        address="https://panel.example.org/",
    )

    assert found.origins == ("https://intra.example.org", "http://localhost:3000")
    assert found.ancestors == ("'self'", "https://*.botkyrka.se")
    assert found.contact == Contact(
        "Botkyrka kommun, kansliet", "panelen@botkyrka.se", "08-530 610 00"
    )
    assert found.address == "https://panel.example.org"


def test_a_phone_may_be_left_out() -> None:
    """Name and e-mail are enough to be reached."""
    assert settings(contact="Kansliet; a@b.se").contact == Contact("Kansliet", "a@b.se")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cors", "example.org"),
        ("cors", "https://example.org/path"),
        ("cors", "* https://example.org"),
        ("cors", "null"),
        ("frame_ancestors", "*"),
        ("frame_ancestors", "https://a.se; script-src"),
        ("frame_ancestors", "javascript:alert(1)"),
        ("contact", "Kansliet"),
        ("contact", "; a@b.se"),
        ("contact", "Kansliet; a at b"),
        ("contact", "Kansliet; a@b.se; ring"),
        ("contact", "Kansliet; a@b.se; 08-1; x"),
        ("address", "https://example.org/panel?lang=sv"),
        ("address", "panel.example.org"),
        ("cache_mb", "0"),
        ("cache_mb", "-1"),
        ("cache_mb", "2 GB"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, text: str) -> None:
    """Whoever starts the panel learns which setting is wrong and what was expected."""
    with pytest.raises(SettingsError) as caught:
        settings(**{name: text})

    assert caught.value.problems[0].startswith(f"{name}: ")


def test_all_problems_are_told_at_once() -> None:
    """One start of the panel is enough to learn everything that is wrong."""
    with pytest.raises(SettingsError) as caught:
        settings(cors="a b", frame_ancestors="c", contact="d", address="e")

    assert [one.partition(":")[0] for one in caught.value.problems] == [
        "cors",
        "cors",
        "frame_ancestors",
        "contact",
        "address",
    ]


@given(st.text(max_size=40))
def test_no_text_can_bring_another_rule_into_the_policy(text: str) -> None:
    """What is accepted as an ancestor holds no separator of the policy and no line break."""
    try:
        found = settings(frame_ancestors=f"https://{text}").ancestors
    except SettingsError:
        return

    assert not set("".join(found)) & set(';,\r\n"() ')


def test_only_embedded_views_may_be_framed_and_only_by_the_configured(data: Path) -> None:
    """The panel itself is never framed; an embedded view by those whom the settings name."""
    allowed = settings(frame_ancestors="https://www.botkyrka.se https://*.example.org")
    open_to = create_app(opened(data, CATALOGUE, settings=allowed)).server.test_client()
    closed = create_app(opened(data, CATALOGUE)).server.test_client()
    view, page = "/inbaddad/indikator/employment_rate", "/indikator/employment_rate"

    def ancestors(client: FlaskClient, path: str) -> str:
        policy = client.get(path).headers["Content-Security-Policy"]
        return next(rule for rule in policy.split("; ") if rule.startswith("frame-ancestors"))

    assert ancestors(open_to, view) == (
        "frame-ancestors https://www.botkyrka.se https://*.example.org"
    )
    assert ancestors(open_to, page) == "frame-ancestors 'none'"
    assert ancestors(closed, view) == "frame-ancestors 'none'"


def test_a_server_with_settings_that_cannot_be_used_does_not_start(tmp_path: Path) -> None:
    """Wrong use is exit code 2 and a sentence, not a running panel."""
    command = typer.Typer()
    command.command()(serve)
    run = CliRunner().invoke(
        command, ["--data", str(tmp_path), "--catalogue", str(CATALOGUE), "--cors", "everyone"]
    )

    assert run.exit_code == 2
    assert "cors: 'everyone' is no origin" in run.output
