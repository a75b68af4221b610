"""Which build this is, told from the code itself."""

import hashlib
from pathlib import Path

MADE_FROM = (
    "papers/**/*.py",
    "papers/fonts/*.ttf",
    "yearreview/*.py",
    "templates/**/*.html",
    "static/**/*.*",
)


def digest(base: Path) -> str:
    """A short name that changes with anything a page is made from."""
    total = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(base.glob(pattern)):
            total.update(f"{path.relative_to(base)}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:12]
