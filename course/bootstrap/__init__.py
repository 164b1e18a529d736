"""From a bare Python to a running course. Standard library only, and every file here parses under Python 3.8."""
