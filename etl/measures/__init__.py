"""What is computed from observations: sums, unions, similarity and segregation. Pure."""

from etl.measures.segregation import FEWEST_AREAS, dissimilarity
from etl.measures.sums import parents, summed

__all__ = ["FEWEST_AREAS", "dissimilarity", "parents", "summed"]
