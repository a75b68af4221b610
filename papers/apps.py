from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from papers import signals  # noqa: PLC0415 -- models are ready only now

        signals.connect()
