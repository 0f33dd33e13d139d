"""Detects folders that a program synchronises with other computers."""

from pathlib import Path

#: Names of synchronised folders, in lower case.
_FOLDERS = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
}
#: Marker files and folders at the root of a synchronised folder.
_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
    ".tmp.drivedownload": "Google Drive",
}


def synchroniser(file: Path) -> str:
    """The name of the program that synchronises the folder of a file, or ""."""
    for folder in file.absolute().parents:
        name = folder.name.lower()
        # A company's folder is called “OneDrive - Company”.
        program = _FOLDERS.get(name) or _FOLDERS.get(name.partition(" - ")[0])
        if program:
            return program
        for marker, program in _MARKERS.items():
            try:
                if any(folder.glob(marker)):
                    return program
            except OSError:
                continue
    return ""
