"""Is a folder one where SQLite's write-ahead log is unsafe? Told by its path and by the kind of its file system.

The log keeps shared memory and a second file beside the database. A network share does not share that memory, and a
synchronising client (OneDrive, Dropbox, iCloud, Google Drive) copies the two files at different moments. There the
database uses a rollback journal, which exists only while an answer is being written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePath

#: A part of the path that starts so (letter case apart) -> whose folder it is. "OneDrive - City College" is one too.
_BY_NAME = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "cloudstorage": "a cloud folder",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "pclouddrive": "pCloud",
    "syncthing": "Syncthing",
}

#: Variables that a synchronising client sets to its own folder.
_BY_VARIABLE = {"OneDrive": "OneDrive", "OneDriveConsumer": "OneDrive", "OneDriveCommercial": "OneDrive"}

#: File systems that are not on this machine's own disk (types as /proc/mounts names them).
_REMOTE_TYPES = frozenset(
    "nfs nfs4 cifs smb2 smb3 smbfs ncpfs afs 9p drvfs davfs fuse.sshfs fuse.davfs2 fuse.rclone fuse.gvfsd-fuse "
    "fuse.s3fs fuse.gcsfuse fuse.glusterfs glusterfs ceph fuse.ceph lustre gpfs beegfs virtiofs vboxsf "
    "fuse.vmhgfs-fuse".split()
)


def unsafe_for_wal(folder: Path, env: Mapping[str, str] | None = None) -> str | None:
    """Why the write-ahead log is unsafe in ``folder`` ("OneDrive", "a network folder"), or None. Never raises."""
    variables = os.environ if env is None else env
    return (
        _by_name(folder)
        or _by_variable(folder, variables)
        or _by_mount(folder)
        or _by_drive(folder)
    )


def _by_name(folder: PurePath) -> str | None:
    text = str(folder)
    if text.startswith(("\\\\", "//")) and not text.startswith(("\\\\?\\", "\\\\.\\")):
        return "a network folder"
    for part in text.replace("\\", "/").split("/"):
        for start, owner in _BY_NAME.items():
            if part.lower().startswith(start):
                return owner
    return None


def _by_variable(folder: Path, env: Mapping[str, str]) -> str | None:
    for name, owner in _BY_VARIABLE.items():
        root = env.get(name, "")
        if root and folder.is_relative_to(root):
            return owner
    return None


def _by_mount(folder: Path, table: Path = Path("/proc/mounts")) -> str | None:
    """Linux: the file system that holds the folder is the one with the longest mount point above it."""
    try:
        lines = table.read_text(encoding="utf-8", errors="replace").splitlines()
        real = folder.resolve()
    except (OSError, RuntimeError):
        return None
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        if real.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), fields[2]
    return "a network folder" if kind in _REMOTE_TYPES else None


def _by_drive(folder: Path) -> str | None:
    """Windows: ask what kind of drive the letter is."""
    if os.name != "nt":
        return None
    try:
        import ctypes

        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 (there on Windows only, which a type checker asks for)
        kind = kernel.GetDriveTypeW(f"{folder.absolute().drive}\\")
    except (OSError, AttributeError):
        return None
    return "a network folder" if kind == 4 else None  # DRIVE_REMOTE
