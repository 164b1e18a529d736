"""Find or make the environment, and go on inside it. Standard library only.

`enter` is the one entry: it returns when this process runs in an environment that has what is asked for, and otherwise
sets one up and starts the same command again with its interpreter.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

from course.bootstrap import dependencies, install, layout, lockfile, stamp
from course.bootstrap.console import say, seconds
from course.bootstrap.dependencies import LESSONS, TESTS
from course.bootstrap.errors import SetupError
from course.bootstrap.old_python import OLDEST

#: Set for the process started inside the environment: a second jump would be a loop.
_JUMPED = "COURSE_INSIDE"


def enter(level: str, arguments: Sequence[str], root: Path = layout.ROOT) -> None:
    """Return in an environment that has the packages of `level`; otherwise make one and never return.

    Raises SetupError when that is not possible.
    """
    # Taken out at once: a terminal opened in JupyterLab must be able to start the course too.
    jumped = os.environ.pop(_JUMPED, None)
    if not layout.is_clone(root) or active_has(level, root):
        return
    environment = layout.environment_folder(root)
    inside = is_inside(environment)
    if jumped and not inside:
        raise SetupError(
            "the environment in {} does not start as it should.".format(environment),
            "Delete that folder and run the same command again.",
        )
    if not jumped:
        ensure(environment, level, root)
    if not inside:
        jump(environment, arguments)


def is_inside(environment: Path) -> bool:
    """Whether this process runs with the interpreter of `environment`."""
    try:
        return os.path.samefile(sys.prefix, str(environment))
    except OSError:
        return False


def active_has(level: str, root: Path = layout.ROOT) -> bool:
    """Whether this process runs in somebody's own virtual or conda environment that has all the packages already."""
    own = sys.prefix != sys.base_prefix or (Path(sys.prefix) / "conda-meta").is_dir()
    environment = layout.environment_folder(root)
    if not own or is_inside(environment):
        return False
    lacking = [f for f in dependencies.found(level, root) if not f.ok]
    if lacking and not stamp.is_current(environment, level, root):  # said when it matters, not at every start
        names = [f.need.name + (" " + f.need.range if f.version else "") for f in lacking[:4]]
        more = ", ..." if len(lacking) > 4 else ""
        say("The active environment lacks {}{}; the course uses its own instead.".format(", ".join(names), more))
    return not lacking


def ensure(environment: Path, level: str, root: Path = layout.ROOT) -> None:
    """Make sure that `environment` is complete and current for `level`. Quick when it is."""
    if stamp.is_current(environment, level, root):
        return
    with alone(environment):
        if not stamp.is_current(environment, level, root):  # another window may just have done it
            set_up(environment, level, root)


def set_up(environment: Path, level: str, root: Path = layout.ROOT) -> None:
    """Make or bring up to date, telling what happens. SetupError says what to do."""
    begin = time.monotonic()
    note = stamp.read(environment)
    asked = level
    if note.get("level") == TESTS:
        level = TESTS  # what was set up once is kept in step
    remake = is_broken(environment, note)
    update = bool(note) and not remake
    if update:
        added = level != note.get("level")
        say("Adding what this needs:" if added else "The course has changed: bringing its packages up to date.")
    elif remake:
        say("An earlier set-up did not finish, or its Python is gone: making the environment again.")
    else:
        say("Setting up the course. This happens once; it needs the network and about a minute.")
    install.check_space(environment, level)
    if remake:
        remove(environment)
    if environment.parent != root:
        say("This folder cannot be written, so the environment goes to {}".format(environment))
        say("Your answers will be kept, but changes to the notebooks themselves cannot be saved here.")
    _leave(environment, {**note, "state": "updating"} if update else {"state": "working", "level": level})
    try:
        used = install.fill(environment, level, make=not update, root=root)
    except SetupError as problem:
        # A learner without network, after a `git pull`, can still take a lesson with the packages of last week.
        if not (update and asked == LESSONS and health(environment)):
            raise
        say(problem.text())
        say("  - For now the course starts with the packages it has. Next time it tries again.")
        return
    done = {"state": "done", "level": level, "installer": used, "interpreter": stamp.interpreter(environment)}
    _leave(environment, {**done, "fingerprint": stamp.fingerprint(level, root)})
    say("Ready in {}.".format(seconds(time.monotonic() - begin)))


def _leave(environment: Path, note: Dict[str, Any]) -> None:
    try:
        environment.mkdir(parents=True, exist_ok=True)
        stamp.write(environment, note)
    except OSError as problem:
        raise SetupError(
            "{} cannot be written: {}.".format(environment, problem.strerror or problem),
            "Copy the course to a folder of your own (your home or Documents folder) and run the command there.",
        ) from None


def is_broken(environment: Path, note: Dict[str, Any]) -> bool:
    """Whether what is in `environment` must be removed first. SetupError when it is not ours to remove."""
    if not environment.exists():
        return False
    if note.get("state") == "working" and not is_inside(environment):
        return True
    version = health(environment)
    if version is not None and version >= OLDEST:
        return False
    if note or (environment / "pyvenv.cfg").exists() or not any(environment.iterdir()):
        return True
    raise SetupError(
        "{} exists and is not a Python environment.".format(environment),
        "Move it somewhere else, or delete it if you do not need it; then run the same command again.",
    )


def health(environment: Path) -> Optional[Tuple[int, ...]]:
    """(3, 12) when the interpreter of `environment` runs and finds its own packages folder, else None."""
    probe = "import os, sys; from sysconfig import get_path; assert os.path.isdir(get_path('purelib')); "
    probe += "print(*sys.version_info[:2])"
    try:
        out = subprocess.run(
            [str(layout.python_in(environment)), "-I", "-c", probe],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=60, check=True,
        ).stdout  # fmt: skip
        return tuple(int(n) for n in out.split())
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def remove(environment: Path) -> None:
    """Delete an environment. SetupError when a file of it is in use."""
    if is_inside(environment):
        raise SetupError(
            "the environment to remove is the one that is running.",
            "Use the Python of the system instead: python3 -m course (Windows: py -m course).",
        )
    for attempt in range(3):
        shutil.rmtree(str(environment), ignore_errors=True)
        if not environment.exists():
            return
        time.sleep(0.5 * (attempt + 1))  # Windows: a virus scanner may hold a file for a moment
    raise SetupError(
        "{} is half made and cannot be removed.".format(environment),
        "Close JupyterLab and every window that uses it, delete the folder, and run the same command again.",
    )


def jump(environment: Path, arguments: Sequence[str]) -> None:
    """Run ``python -m course`` with the interpreter of `environment`; does not return."""
    python = str(layout.python_in(environment))
    command: List[str] = [python, "-m", "course", *arguments]
    env = dict(os.environ)
    for name in ("PYTHONHOME", "__PYVENV_LAUNCHER__"):
        env.pop(name, None)
    env[_JUMPED] = "1"
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(python, command, env)
    # On Windows exec returns to the prompt at once, so wait instead. Ctrl+C reaches the child by itself.
    process = subprocess.Popen(command, env=env)
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:
            continue


def alone(environment: Path) -> "contextlib.AbstractContextManager[None]":
    """Hold the set-up lock of `environment`, so that two windows do not fill it at the same time."""
    name = hashlib.sha256(str(environment).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    path = Path(tempfile.gettempdir()) / "medical-coding-course-{}.lock".format(name)
    return lockfile.held(path, lambda: say("Another window is setting up the course: waiting for it."))


def enter_if_there(arguments: Sequence[str], root: Path = layout.ROOT) -> None:
    """Go on inside the course's own environment where there is one; never make it (for ``doctor``)."""
    jumped = os.environ.pop(_JUMPED, None)
    environment = layout.environment_folder(root)
    if jumped or not layout.is_clone(root) or active_has(LESSONS, root) or health(environment) is None:
        return
    if not is_inside(environment):
        jump(environment, arguments)
