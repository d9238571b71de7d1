"""What may be joined, compared, ordered, classed and judged: statistical rules. Pure."""
