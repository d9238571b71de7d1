"""The panel over HTTP: the only package that knows Flask, Chromium and Dash's private names."""
