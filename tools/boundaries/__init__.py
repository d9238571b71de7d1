"""The borders of counties and municipalities as the map's GeoJSON files; see `__main__`."""
