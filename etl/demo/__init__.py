"""Example data: documents of an invented country in the source's own format and codes."""

from etl.demo.writing import write_examples

__all__ = ["write_examples"]
