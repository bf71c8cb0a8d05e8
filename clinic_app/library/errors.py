"""What the library says when a content file is wrong."""


class ContentError(Exception):
    """A content file is wrong; `line` is where its key stands, counted from 1, 0 where it cannot be told."""

    def __init__(self, file: str, key: str, reason: str, line: int = 0) -> None:
        told = f"{file}: {key}: {reason}" if key else f"{file}: {reason}"
        super().__init__(f"{told} (line {line})" if line else told)
        self.file = file
        self.key = key
        self.reason = reason
        self.line = line
