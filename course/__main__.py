"""``python3 -m course``: sets the course up where that is needed, then runs the command.

This file and course/bootstrap must parse under Python 3.8, so that an old Python can say that it is too old.
"""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns an exit code; every expected problem is printed as a message, never as a traceback."""
    if sys.version_info < (3, 11):
        from course.bootstrap.old_python import refuse

        return refuse()
    from course.bootstrap.console import prepare_streams
    from course.bootstrap.errors import UserError

    prepare_streams()
    try:
        from course import cli

        return cli.main(sys.argv[1:] if argv is None else argv)
    except UserError as problem:
        sys.stderr.write(problem.text() + "\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command again to go on.\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
