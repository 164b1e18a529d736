"""Start JupyterLab on the first lesson, or go to the one that is running.

The root of the file browser is ``notebooks/``, not the clone: a learner sees the lessons and nothing else, and a
stray drag or delete cannot touch the package. Instructors who edit questions do it in an editor of their choice.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tempfile
import urllib.request
import webbrowser
from pathlib import Path
from typing import Any

from course import paths
from course.bootstrap.console import say
from course.bootstrap.errors import UserError, command
from course.bootstrap.layout import FIRST_LESSON, OVERRIDES, overrides_in

HOST = "127.0.0.1"


def run(port: int | None = None, browser: bool = True) -> int:
    """Open the first lesson. Blocks until JupyterLab is stopped; returns an exit code."""
    folder = paths.notebooks_dir()
    if not (folder / FIRST_LESSON).is_file():
        raise UserError(
            f"The first lesson is not in {folder}.",
            "Get the whole course (a clone, or the unpacked archive) and start it from there.",
        )
    running = None if port else running_server(folder)
    if running:
        where = address(running["url"], running["token"])
        say("JupyterLab is running already. To stop it, press Ctrl+C in its own window.")
        say(f"  {where}")
        if browser:
            webbrowser.open(where)
        return 0
    if port and not port_is_free(port):
        raise UserError(
            f"Port {port} is in use by another program.",
            "Leave --port out and the course finds a free one, or name another port.",
        )
    prepare_codes()
    use_settings()
    return serve(folder, port, browser)


def address(server: str, token: str) -> str:
    """The address of the first lesson on a server."""
    return f"{server}lab/tree/{FIRST_LESSON}" + (f"?token={token}" if token else "")


def port_is_free(port: int) -> bool:
    """Whether a server can listen on `port` of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            # As the server will do it: a port just left by a stopped server is free. (On Windows it would mean: share.)
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def running_server(folder: Path) -> dict[str, Any] | None:
    """The JupyterLab that already shows `folder` and answers, or None."""
    from jupyter_core.paths import jupyter_runtime_dir

    # Each running server leaves a file there. Read here, because importing jupyter_server for it takes a second.
    for path in sorted(Path(jupyter_runtime_dir()).glob("jpserver-*.json")):
        try:
            server = json.loads(path.read_text(encoding="utf-8"))
            if not os.path.samefile(server["root_dir"], folder):
                continue
            # No proxy: the server is on this machine.
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            request = urllib.request.Request(
                server["url"] + "api/status", headers={"Authorization": f"token {server['token']}"}
            )
            with opener.open(request, timeout=2) as answer:
                if answer.status == 200:
                    return dict(server)
        except (OSError, KeyError, TypeError, ValueError):
            continue  # left behind by a server that is gone, or half written
    return None


def prepare_codes() -> None:
    """Build the edition in force, so that the first lesson need not wait. A problem is left to the lesson to tell."""
    try:
        from course.codesets import icd10cm

        told: list[bool] = []

        def on_progress(done: float, what: str) -> None:
            if not told:
                say("Preparing the code set (once, a few seconds) ...")
                told.append(True)

        icd10cm.open_edition(on_progress=on_progress)
    except Exception as problem:  # whatever it is, JupyterLab itself can still open
        say(f"The code set could not be prepared yet ({problem}). `{command('doctor')}` says more.")


def use_settings() -> None:
    """Give JupyterLab the course's settings also in an environment that was made by somebody else.

    There ``overrides.d`` may lack the file; JupyterLab reads the same from ``labconfig`` in its configuration path.
    """
    here = overrides_in(Path(sys.prefix))
    if here.is_file() and here.read_bytes() == OVERRIDES.read_bytes():
        return
    folder = paths.cache_dir() / "jupyter"
    try:
        (folder / "labconfig").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(OVERRIDES, folder / "labconfig" / "default_setting_overrides.json")
    except OSError:
        return
    old = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(folder), *([old] if old else [])])


def workspaces() -> Path:
    """Where JupyterLab remembers which tabs are open: a folder of the course's own.

    In the one that all JupyterLabs of a user share, it would bring back the tabs of other projects. Where nothing can
    be written, a new folder among the temporary ones does; the tabs are then forgotten.
    """
    if chosen := os.environ.get("JUPYTERLAB_WORKSPACES_DIR"):
        return Path(chosen)
    folder = paths.user_dir() / "jupyterlab-workspaces"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="course-workspaces-"))


def serve(folder: Path, port: int | None, browser: bool) -> int:
    """Run JupyterLab in this process until it is stopped."""
    # A kernel of the same name in the learner's home would otherwise win over the one with the course's packages.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    from jupyterlab.labapp import LabApp

    say("Starting JupyterLab ...")
    options = [
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port or 8888}",
        f"--ServerApp.port_retries={0 if port else 50}",
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.open_browser={browser}",
        # A lesson saved by an earlier server holds cards that died with it. Untrusted, it shows the still picture of
        # each until Run All, instead of "Error displaying widget: model not found".
        "--NotebookNotary.db_file=:memory:",
        "--ServerApp.answer_yes=True",  # Ctrl+C stops; answers and notebooks are saved as they are made
        f"--LabApp.default_url=/lab/tree/{FIRST_LESSON}",
        f"--LabApp.workspaces_dir={workspaces()}",
        "--LabApp.expose_app_in_browser=" + str(bool(os.environ.get("COURSE_EXPOSE_APP"))),
        "--Application.log_level=ERROR",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--ServerApp.allow_root=True")  # containers; it listens on this machine only
    server = LabApp.initialize_server(argv=options)
    # The address is told once, below, not a second time in the words of a log.
    server.log.addFilter(lambda record: "To access the server" not in record.getMessage())

    def ready() -> None:
        say(f"JupyterLab is ready: {address(f'http://{HOST}:{server.port}/', server.identity_provider.token)}")
        say("Leave this window open while you learn. To stop: press Ctrl+C here.")

    server.io_loop.add_callback(ready)
    server.start()
    return 0


def settings_state() -> str:
    """ "current", "outdated" or "missing": the course's JupyterLab settings in this environment."""
    here = overrides_in(Path(sys.prefix))
    if not here.is_file():
        return "missing"
    try:
        same = json.loads(here.read_text(encoding="utf-8")) == json.loads(OVERRIDES.read_text(encoding="utf-8"))
    except ValueError:
        same = False
    return "current" if same else "outdated"
