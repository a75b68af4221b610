"""Steps that need a process and a database of their own."""

import os
import subprocess
import sys
from pathlib import Path


def run_python(steps, data):
    """What some steps print, on a database of their own."""
    environment = os.environ | {
        "DATA_DIR": str(data),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "yearreview.settings",
    }
    ran = subprocess.run(
        [sys.executable, "-c", steps],
        cwd=Path(__file__).parent.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()
