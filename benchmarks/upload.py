"""How long a photograph of 20 million pixels takes from upload to all its sizes.

    .venv/bin/python -m benchmarks.upload

The peer is Pillow alone: it decodes the same file and writes it once, as a JPEG of the
same quality, with nothing checked and no other size. Each is run in a process of its
own, in turn, so that the memory it took at most can be told apart.
"""

import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

SIZE = (5472, 3648)
ROUNDS = 5


def make_photo() -> bytes:
    """Soft noise in three colours: harder on the encoders than most photographs."""
    small = Image.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 60)
    noise = small.resize(SIZE, Image.Resampling.BICUBIC)
    flipped = [noise.transpose(how) for how in (0, 1)]
    exif = Image.Exif()
    exif[0x0112] = 6  # Turned by the camera: it has to be turned upright.
    out = io.BytesIO()
    photo = Image.merge("RGB", (noise, *flipped))
    photo.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def take_upload(data: bytes) -> None:
    """What an upload does: check, make anew, store the original and every size."""
    import django  # noqa: PLC0415 -- the peer runs without it

    os.environ["DJANGO_SETTINGS_MODULE"] = "yearreview.settings"
    django.setup()
    from papers import images, pictures  # noqa: PLC0415 -- once Django is set up

    start = time.perf_counter()
    pictures.store(images.clean_image(data))
    report(start)


def take_peer(data: bytes) -> None:
    start = time.perf_counter()
    with Image.open(io.BytesIO(data)) as photo:
        photo.save(io.BytesIO(), "JPEG", quality=88)
    report(start)


def report(start: float) -> None:
    seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{seconds:.3f} {most}")


def measure(what: str, photo: str) -> tuple[float, int]:
    with tempfile.TemporaryDirectory() as data:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.upload", what, photo],
            env=os.environ | {"DATA_DIR": data},
            check=True,
            capture_output=True,
            text=True,
        )
    seconds, most = done.stdout.split()
    return float(seconds), int(most)


def main() -> None:
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(make_photo())
        file.flush()
        print(
            f"{SIZE[0]} x {SIZE[1]} pixels, {Path(file.name).stat().st_size / 1e6:.1f} MB"
        )
        runs = [
            (measure("upload", file.name), measure("peer", file.name))
            for _ in range(ROUNDS)
        ]
    for name, place in (("upload", 0), ("Pillow alone", 1)):
        seconds = statistics.median(run[place][0] for run in runs)
        most = max(run[place][1] for run in runs)
        print(f"{name:13} {seconds:.2f} s (median of {ROUNDS}), at most {most} MB")
    ratio = statistics.median(ours[0] / peer[0] for ours, peer in runs)
    print(f"{'ratio':13} {ratio:.1f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take = {"upload": take_upload, "peer": take_peer}[sys.argv[1]]
        take(Path(sys.argv[2]).read_bytes())
    else:
        main()
