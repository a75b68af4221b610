"""Files of a review: read from a folder, a zip or a page; written so that nothing is half done."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from papers.documents.folder import PAPER_FILE, PICTURES, REVIEW_FILE
from papers.images import MOST_BYTES as MOST_IMAGE_BYTES
from papers.values import DocumentError

MOST_FILES = 20_000
MOST_TEXT_BYTES = 5_000_000
MOST_BYTES = 2_000_000_000
ASIDE = {".git", ".DS_Store"}


def load(path: Path) -> dict[str, bytes]:
    """Return the files below a folder or in a zip, by name relative to it.

    Raise DocumentError for what is missing, too large, or leads elsewhere.
    """
    is_zip = zipfile.is_zipfile(path)
    if not (is_zip or path.is_dir()):
        raise DocumentError("Neither a folder nor a zip.", file=path.name)
    found = read_zip(path) if is_zip else read_folder(path)
    files: dict[str, bytes] = {}
    total = 0
    for name, size, data in found:
        most = MOST_IMAGE_BYTES if is_image(name) else MOST_TEXT_BYTES
        if size > most:
            reason = f"The file has more than {most // 1_000_000} MB."
            raise DocumentError(reason, file=name)
        total += size
        if total > MOST_BYTES or len(files) >= MOST_FILES:
            raise DocumentError("There is more in it than any review holds.")
        files[name] = data()
    return files


def is_image(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in {
        ".png",
        ".jpg",
        ".jpeg",
        ".webp",
        ".gif",
    }


Found = Iterator[tuple[str, int, "Reader"]]


class Reader:
    """The bytes of a file, when they are asked for."""

    def __init__(self, path: Path | zipfile.Path) -> None:
        self.path = path

    def __call__(self) -> bytes:
        try:
            return self.path.read_bytes()
        except (zipfile.BadZipFile, RuntimeError) as error:  # Broken, or encrypted.
            raise DocumentError(str(error), file=self.path.name) from error


def read_folder(folder: Path) -> Found:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if ASIDE & set(name.parts):
            continue
        if path.is_symlink():
            raise DocumentError("A link to elsewhere is not followed.", file=str(name))
        if path.is_file():
            yield name.as_posix(), path.stat().st_size, Reader(path)


def read_zip(path: Path) -> Found:
    with zipfile.ZipFile(path) as archive:
        named = [info for info in archive.infolist() if not info.is_dir()]
        top = {info.filename.partition("/")[0] for info in named}
        # A zip of the folder itself has its name before each file.
        is_wrapped = len(top) == 1 and REVIEW_FILE not in top
        for info in named:
            name = info.filename.partition("/")[2] if is_wrapped else info.filename
            yield name, info.file_size, Reader(zipfile.Path(archive, info.filename))


def save(files: Mapping[str, bytes], folder: Path) -> None:
    """Make the folder hold these files and no others of a review.

    The new files are all written beside the folder before the first old one goes.
    Raise DocumentError when the folder holds something that is no review.
    """
    is_there = folder.exists()
    if is_there and (not folder.is_dir() or is_foreign(folder)):
        reason = "There is something else here. Name a new folder or a review's."
        raise DocumentError(reason, file=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, data in files.items():
            target = draft / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        folder.mkdir(exist_ok=True)
        clear(folder)
        for path in draft.iterdir():
            path.rename(folder / path.name)
    finally:
        shutil.rmtree(draft)


def is_foreign(folder: Path) -> bool:
    return any(folder.iterdir()) and not (folder / REVIEW_FILE).is_file()


def clear(folder: Path) -> None:
    """Remove a review's own files; what else is there, as a .git, stays."""
    for path in folder.iterdir():
        if path.name in {"figures", PICTURES, "records"}:
            shutil.rmtree(path)
        elif path.name == REVIEW_FILE or PAPER_FILE.fullmatch(path.name):
            path.unlink()
