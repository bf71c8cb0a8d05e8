"""Why a change was not made; none of these leaves anything behind once the session is rolled back."""

from datetime import datetime

from clinic_app.domain.finding import Finding


class Refusal(Exception):  # noqa: N818
    """A change that was not made."""


class NoScreening(Refusal):
    """There is no screening of that number."""


class Frozen(Refusal):
    """The screening is signed or stopped, or the programme approved: it does not change any more."""


class Conflict(Refusal):
    """The finding was changed elsewhere: what stands there now, its revision, who saved it and when."""

    def __init__(self, current: Finding, revision: int, saved_by: str, saved_at: datetime) -> None:
        super().__init__(f"{current.item} is at revision {revision}")
        self.current, self.revision, self.saved_by, self.saved_at = current, revision, saved_by, saved_at


class Outdated(Refusal):
    """The row was changed elsewhere since it was shown; `revision` is where it stands now."""

    def __init__(self, revision: int) -> None:
        super().__init__(f"it is at revision {revision} now")
        self.revision = revision


class NotApproved(Refusal):
    """The programme is still a draft: nobody has done it, so no log of it came back."""


class UsernameTaken(Refusal):
    """Another account has that user name."""


class NameTaken(Refusal):
    """There is one of that name already."""


class WeakPassword(Refusal):
    """The password is too easy to guess; the text says why."""


class LastAdministrator(Refusal):
    """The only administrator left cannot be disabled."""


class SetupRefused(Refusal):
    """The set-up link is not valid, was used, or the clinic is set up already."""


class AlreadyEntered(Refusal):
    """The table has values for some of these ages already."""

    def __init__(self, age_min: int, age_max: int) -> None:
        super().__init__(f"there are values for {age_min} to {age_max}")
        self.age_min, self.age_max = age_min, age_max


class UnlikeTable(Refusal):
    """The other rows of the table say otherwise in this respect, so it is not the same table."""

    def __init__(self, key: str, held: str) -> None:
        super().__init__(f"{key} is {held!r} in the rows before")
        self.key, self.held = key, held


class SamePerson(Refusal):
    """Who entered something cannot also check it."""


class NoLongerInUse(Refusal):
    """It was retired, and is neither checked nor changed any more."""


class NotTaughtBack(Refusal):
    """The patient has not said in their own words what the document asks of them."""
