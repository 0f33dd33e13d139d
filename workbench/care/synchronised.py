"""Folders that another program synchronises with other computers, by what it leaves in them."""

from pathlib import Path

#: Parts of a path, in lower case, by which a program calls its folder.
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
#: Files and folders that a program leaves at the root of what it synchronises.
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
    """The program that synchronises the folder of a file; "" where none is known to."""
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
