"""Files that people share or that the app uploads in three steps."""

import secrets
from dataclasses import dataclass, field

from practice.payloads import Json


@dataclass
class File:
    """One file; ready when its bytes are there and the upload was completed."""

    id: str
    name: str
    mimetype: str
    user: str
    title: str = ""
    alt_txt: str = ""
    length: int = 0
    content: bytes = b""
    uploaded: bool = False
    complete: bool = False
    created: int = 0
    channels: list[str] = field(default_factory=list)


MIME_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "m4a": "audio/mp4",
    "webm": "audio/webm",
    "mp4": "video/mp4",
}


class Files:
    """Every file by id."""

    def __init__(self) -> None:
        self._all: dict[str, File] = {}

    def add(self, name: str, user: str, mimetype: str = "", content: bytes = b"") -> File:
        """Create a file; without a MIME type the name's extension decides."""
        extension = name.rpartition(".")[2].lower()
        file = File(
            id=f"F{secrets.token_hex(5).upper()}",
            name=name,
            mimetype=mimetype or MIME_TYPES.get(extension, "application/octet-stream"),
            user=user,
            title=name,
            content=content,
            length=len(content),
        )
        self._all[file.id] = file
        return file

    def find(self, file_id: str) -> File | None:
        """Return the file with this id, or None."""
        return self._all.get(file_id)

    def remove(self, file: File) -> None:
        """Delete a file and its bytes."""
        self._all.pop(file.id, None)

    def restore(self, file: File) -> None:
        """Add a file saved by an earlier run."""
        self._all[file.id] = file

    def all_files(self) -> list[File]:
        """Return all files."""
        return list(self._all.values())


def as_slack_file(file: File, url: str) -> Json:
    """Return Slack's file object, with the workspace's URL in place of Slack's."""
    download_url = f"{url}/files/{file.id}/{file.name}"
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower(),
        "pretty_type": file.mimetype,
        "user": file.user,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "public_url_shared": False,
        "url_private": download_url,
        "url_private_download": download_url,
        "permalink": download_url,
        "channels": [c for c in file.channels if c.startswith("C")],
        "ims": [c for c in file.channels if c.startswith("D")],
        "groups": [],
    }
    if file.alt_txt:
        shown["alt_txt"] = file.alt_txt
    return shown
