"""The one table of formats, and the links that lead to them."""

from dashboard.api.declared import FORMAT_NAMES, JSON
from dashboard.components.files import file_formats
from dashboard.exports.formats import FORMATS, MACHINE, chosen_format


def test_every_format_has_a_link_and_every_link_a_format() -> None:
    """The words of the links are the list that pages show; the table says what they lead to."""
    linked = [chosen_format(suffix, flavour or MACHINE) for suffix, flavour in file_formats()]

    assert None not in linked
    assert {form.name for form in linked if form} == set(FORMATS)


def test_a_suffix_that_formats_share_is_parted_by_flavour() -> None:
    """CSV is for programs unless Excel is asked for; what nobody writes is no format."""
    chosen = [chosen_format("csv"), chosen_format("csv", "excel"), chosen_format("xlsx", "excel")]

    assert [form.name for form in chosen if form] == ["csv", "csv-excel", "xlsx"]
    assert chosen_format("csv", "other") is None
    assert chosen_format("xls") is None


def test_the_api_names_formats_and_leaves_the_flavour_to_its_field() -> None:
    """JSON is the API's own; `csv-excel` is asked for by `flavour`."""
    assert (JSON, *(name for name in FORMATS if name != "csv-excel")) == FORMAT_NAMES
