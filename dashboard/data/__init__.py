"""What the panel reads: versions of the warehouse, every SQL question, settings, memory."""
