"""What is computed from observations: sums, unions, similarity and segregation. Pure."""

from etl.measures.members import Lacking, Union, Why, expected, overlapping
from etl.measures.segregation import FEWEST_AREAS, dissimilarity
from etl.measures.sums import parents, summed
from etl.measures.unions import LABELS, How, manner, median, united

__all__ = [
    "FEWEST_AREAS",
    "LABELS",
    "How",
    "Lacking",
    "Union",
    "Why",
    "dissimilarity",
    "expected",
    "manner",
    "median",
    "overlapping",
    "parents",
    "summed",
    "united",
]
