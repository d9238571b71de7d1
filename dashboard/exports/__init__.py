"""What leaves the panel as a file: one frame with its metadata, one function a format."""
