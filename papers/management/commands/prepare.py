import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from papers.models import Review

SAMPLE = Path(__file__).resolve().parents[2] / "fixtures" / "2024"
EDITOR = "editor"


class Command(BaseCommand):
    help = (
        "Make a new site ready: the sample review where there is none, and an editor's "
        "account where there is no account. On a site in use it only renders again "
        "what an older release rendered."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not Review.objects.exists():
            call_command("import_review", SAMPLE, verbosity=0, stdout=self.stdout)
        call_command("rerender", quiet=True, stdout=self.stdout)
        users = get_user_model()._default_manager
        if not users.exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser(username=EDITOR, password=password)
            self.stdout.write(
                f"\n  The editors' desk is at /admin/.\n"
                f"  Login: {EDITOR}   Password: {password}\n"
                f"  It is shown this once; change it at /admin/password_change/.\n"
            )
