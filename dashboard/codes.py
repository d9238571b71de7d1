"""Codes of the statistics and of the address, and their orders: regions, levels, groups."""

from typing import Literal

from etl.catalogue import TOTAL

FOREIGN_BORN = "SAMUTF"
SEXES = ("2", "1")  # women before men
Group = tuple[str, str, str]  # background, sex, education
EVERYBODY: Group = (TOTAL, TOTAL, TOTAL)
Level = Literal["riket", "lan", "kommun", "omrade"]
Order = Literal["namn", "kod", "varde", "forandring"]
