"""Unpacks the archive of a node pack: `unpack.py ARCHIVE DIRECTORY`; uses nothing but the standard library."""

import os
import sys
import zipfile


def wanted(path):
    """A repository inside an archive would bring settings that git obeys."""
    parts = path.lower().split("/")
    return parts[0] != ".tracking" and not {".git", "git~1", "__pycache__"}.intersection(parts)


with zipfile.ZipFile(sys.argv[1]) as archive:
    for entry in archive.infolist():
        if entry.is_dir() or not wanted(entry.filename):
            continue
        path = archive.extract(entry, sys.argv[2])
        if entry.external_attr >> 16 & 0o111:
            os.chmod(path, 0o755)
