"""From landed documents to a published warehouse: observations, checks, files."""
