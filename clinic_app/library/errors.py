"""What the library says when a content file is wrong."""


class ContentError(Exception):
    """A content file is wrong; the app does not start until it is mended."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}" if key else f"{file}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason
