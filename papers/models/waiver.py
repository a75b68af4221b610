"""Why a finding need not be mended."""

from django.db import models


class Waiver(models.Model):
    """A written reason to leave what a check found as it is, until its text changes."""

    paper = models.ForeignKey("Paper", models.CASCADE, related_name="waivers")
    code = models.CharField(max_length=60)
    field = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=500)
    person = models.CharField(max_length=150, blank=True)
    given_on = models.DateField()
    digest = models.CharField(max_length=32)

    class Meta:
        ordering = ["given_on", "pk"]
        # Who may change an entry may waive what is found in it (papers.roles).
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "digest"],
                name="waiver_is_given_once",
                violation_error_message="This finding is waived already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"
