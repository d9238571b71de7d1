"""A version that is built anew holds nothing of what is retired."""

from pathlib import Path

from etl.build.load import note_revisions
from tests.etl.test_joined_areas import warehouse


def test_revisions_of_an_indicator_that_is_no_more_are_not_kept(tmp_path: Path) -> None:
    """Its figures were false; those of the others are told as before."""
    with warehouse(tmp_path / "old.duckdb", {"0127": 60.0}) as old:
        for indicator in ("rate", "no_income_share"):
            old.execute(
                "INSERT INTO revision VALUES "
                "(?, '0127', '2023', '_T', '_T', '_T', '_T', 1, 2, NULL, NULL, '2026-01-01')",
                [indicator],
            )
    with warehouse(tmp_path / "new.duckdb", {"0127": 60.0}) as new:
        note_revisions(new, tmp_path / "old.duckdb", ["rate"], {})
        kept = new.execute("SELECT indicator, period FROM revision").fetchall()

    assert kept == [("rate", "2023")]
