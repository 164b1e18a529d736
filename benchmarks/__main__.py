"""``python3 -m benchmarks``."""

import sys

from benchmarks.table import main

sys.exit(main(sys.argv[1:]))
