"""Detects folders where SQLite's write-ahead log is unsafe (network drives, synced folders).

Processes share the log through memory mapped from a file. Network file systems do not keep such
memory coherent, and synchronisers copy log and database at different times; there a rollback
journal keeps the library a single consistent file.
"""

import os
import sys
from pathlib import Path

# fmt: off
_NETWORK = frozenset((
    "9p", "acfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.cephfs",
    "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.onedriver",
    "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse", "gfs2", "lustre", "ncpfs",
    "nfs", "nfs4", "ocfs2", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs",
))
# fmt: on
_CLOUD = ("dropbox", "onedrive", "google drive", "googledrive", "my drive", "nextcloud", "owncloud")
_CLOUD_EXACT = ("mobile documents", "icloud drive", "icloud~com~apple~clouddocs", "pclouddrive")


def unsafe_for_log(path: Path) -> str:
    """Why the folder of `path` is unsafe for a write-ahead log: "network", "cloud", or ""."""
    folder = path.absolute().parent
    for part in folder.parts:
        name = part.casefold()
        if name in _CLOUD_EXACT or any(
            name == cloud or name.startswith((f"{cloud} ", f"{cloud}-")) for cloud in _CLOUD
        ):
            return "cloud"
    if sys.platform == "win32":
        return "network" if _windows_remote(folder) else ""
    return "network" if file_system(folder) in _NETWORK else ""


def file_system(folder: Path, table: Path = Path("/proc/self/mountinfo")) -> str:
    """The type of the file system of `folder` ("ext4"); "" if unknown."""
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    real = os.path.realpath(folder)
    best, kind = -1, ""
    for line in lines:
        previous, _, after = line.partition(" - ")
        fields = previous.split(" ")
        if len(fields) < 5 or not after:
            continue
        mount = fields[4].encode("utf-8", "surrogateescape").decode("unicode_escape")
        inside = real == mount or real.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= best:
            best, kind = len(mount), after.split(" ")[0]
    return kind


def _windows_remote(folder: Path) -> bool:
    import ctypes

    remote = 4
    drive = folder.anchor
    windll = getattr(ctypes, "windll", None)
    if drive.startswith("\\\\"):
        return True
    return bool(windll is not None and windll.kernel32.GetDriveTypeW(drive) == remote)
