"""SQL files: the comment they begin with says what they show."""

from pathlib import Path


def read_statement(path: Path) -> tuple[list[str], str]:
    """Give the comment lines of an SQL file, without their dashes, and its statement, without the semicolon."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
    return comment, "\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";")
