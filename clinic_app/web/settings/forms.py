"""Forms of the clinic's own settings: each change says why, and is looked at before it is kept."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import ValidationError

from clinic_app.domain.own import FaultKind, Limit, NumberFault
from clinic_app.domain.share import AddressFault, ShareDays, address_fault
from clinic_app.records.refusal import Outdated
from clinic_app.records.setting import Change, change_setting
from clinic_app.records.user import User
from clinic_app.web import current
from clinic_app.web.fields import checked, choice, paragraph, text, typed
from clinic_app.web.typed import number_of, shown
from clinic_app.web.wording.language import say

WHY = _("Why")


class _WithReason(FlaskForm):
    """A change and its reason; `seen` is the newest change that its author knew."""

    reason = paragraph(
        WHY, required=_("Say why"), most=500, hint=_("It stays on record with your name and the time")
    )
    seen = HiddenField()
    confirmed = HiddenField()

    def keep(self, key: str, value: Any) -> bool:
        """Keep the change for good; False, and the form says so, when somebody else changed it meanwhile."""
        session = current.session()
        try:
            change_setting(session, self._change(key, value), session.get_one(User, current_user.id))
        except Outdated:
            session.rollback()
            self.reason.errors = [gettext("Somebody else changed it meanwhile. Look at it again, then go on")]
            return False
        session.commit()
        return True

    def _change(self, key: str, value: Any) -> Change:
        seen = typed(self.seen)
        number = int(seen) if seen.isascii() and seen.isdecimal() else None
        return Change(key, value, typed(self.reason), number)


class ThresholdForm(_WithReason):
    """One number."""

    value = text(
        _("Own value"), required=_("Enter a number"), most=12, inputmode="decimal", autocomplete="off"
    )

    @property
    def number(self) -> Decimal:
        """The typed number; only after the form was found valid."""
        return Decimal(number_of(typed(self.value).replace("−", "-")))

    def validate_value(self, _field: Any) -> None:
        """It is a number."""
        if not isinstance(number_of(typed(self.value).replace("−", "-")), int | Decimal):
            raise ValidationError(gettext("Enter a number"))


class ProtocolForm(_WithReason):
    """The order and the optional tests of a protocol; the lines are read from the request."""


class FavouritesForm(_WithReason):
    """The exercises that the clinic prefers where several fit."""

    exercises = SelectMultipleField(_("Favourite exercises"))


class ShareForm(_WithReason):
    """Whether handouts are shared by link, under which address and for how many days."""

    works = choice(_("Share links"), {"off": _("Off"), "on": _("On")}, required=_("Choose on or off"))
    address = checked(
        _("The clinic's address on the internet"),
        most=120,
        hint=_("As patients reach this program, for example https://exercises.example.org"),
        inputmode="url",
        autocomplete="off",
    )
    days = checked(_("Days that a link works"), most=4, inputmode="numeric", autocomplete="off")

    def __init__(self, limits: ShareDays, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._limits = limits

    @property
    def value(self) -> dict[str, Any] | None:
        """What is kept of it, None when links are off; only after the form was found valid."""
        if typed(self.works) == "off":
            return None
        return {"address": typed(self.address).rstrip("/"), "days": int(typed(self.days))}

    def validate_address(self, _field: Any) -> None:
        """Patients can reach it: without such an address links stay off."""
        address = typed(self.address)
        if typed(self.works) == "on" and not address:
            raise ValidationError(gettext("Links stay off without an address that patients can reach"))
        if address and (fault := address_fault(address)):
            raise ValidationError(say(_ADDRESS_FAULTS[fault], address=address))

    def validate_days(self, _field: Any) -> None:
        """A whole number within the limits."""
        days, limits = typed(self.days), self._limits
        if typed(self.works) == "off" and not days:
            return
        if not (days.isascii() and days.isdecimal() and limits.least <= int(days) <= limits.most):
            told = gettext(
                "Enter a whole number from %(least)s to %(most)s", least=limits.least, most=limits.most
            )
            raise ValidationError(told)


_ADDRESS_FAULTS = {
    AddressFault.NOT_HTTPS: "%(address)s has to begin with https://, or others could read along",
    AddressFault.NO_NAME: "%(address)s is not an address",
    AddressFault.OWN_NETWORK: "%(address)s is of the clinic's own network: no patient at home reaches it",
    AddressFault.TOO_MUCH: "%(address)s: leave out what comes before @ or after ? and #",
}


def number_words(value: Decimal) -> str:
    """A number as it is printed."""
    return str(shown(value)).replace("-", "−")


def fault_words(fault: NumberFault, limit: Limit, other: str) -> str:
    """Why a number may not be so; `other` is what the number means that it meets."""
    bound = number_words(fault.bound) if fault.bound is not None else ""
    if fault.kind is FaultKind.OUTSIDE:
        return say(
            "Enter a number from %(least)s to %(most)s, in steps of %(step)s",
            least=number_words(limit.least),
            most=number_words(limit.most),
            step=number_words(limit.step),
        )
    if fault.kind is FaultKind.LOOSER:
        return say("For safety it may not be above the published %(bound)s", bound=bound)
    if fault.kind is FaultKind.TOO_LOW:
        return say("It has to be above %(bound)s: %(other)s", bound=bound, other=other)
    return say("It has to be below %(bound)s: %(other)s", bound=bound, other=other)
