"""Runs gunicorn so that it doesn't import modules from the working folder, which holds the desk's data."""

import sys

from gunicorn.app.wsgiapp import run
from gunicorn.util import getcwd

if __name__ == "__main__":
    sys.path.append(getcwd())  # otherwise gunicorn puts it first, and a bot.py there would shadow our package
    run(prog="gunicorn")
