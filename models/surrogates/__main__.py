"""Entry point of ``python -m surrogates``."""

from surrogates.cli import main

main()
