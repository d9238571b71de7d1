"""Run the command line: `python -m etl`."""

from etl.cli import command_line

if __name__ == "__main__":
    command_line()
