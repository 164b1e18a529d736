"""Measurements, printed as one table by ``python3 -m course bench``. Each ``bench_*.py`` has ``rows()``."""
