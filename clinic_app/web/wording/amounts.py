"""By how much a measure moved and what it was held against, in words and in its unit."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from flask_babel import ngettext

from clinic_app.domain.change import Change, Measure, Rough
from clinic_app.web.wording.language import say as _


def moved_words(change: Change) -> str:
    """By how much, and which way, in the unit of the measure: "24 % more torque"."""
    by = change.amount if change.percent is None else change.percent
    return _MOVED[change.measure](by > 0, abs(by)) if by else _("no change")


def torque_words(change: Change) -> str:
    """The torque then and now; nothing for another measure, whose values stand as they were recorded."""
    if change.measure is not Measure.TORQUE or not isinstance(change.then, Decimal):
        return ""
    return _("%(then)s, now %(now)s N·m/kg", then=f"{change.then:f}", now=f"{change.now:f}")


def _torque(more: bool, by: Decimal) -> str:
    size = _plain(by)
    return _("%(size)s %% more torque", size=size) if more else _("%(size)s %% less torque", size=size)


def _force(more: bool, by: Decimal) -> str:
    size = _plain(by)
    return _("%(size)s %% more force", size=size) if more else _("%(size)s %% less force", size=size)


def _seconds(more: bool, by: Decimal) -> str:
    size = _plain(by)
    return _("%(size)s s more", size=size) if more else _("%(size)s s less", size=size)


def _steps(more: bool, by: Decimal) -> str:
    if more:
        return str(ngettext("%(num)d step stronger", "%(num)d steps stronger", int(by)))
    return str(ngettext("%(num)d step weaker", "%(num)d steps weaker", int(by)))


def _stands(more: bool, by: Decimal) -> str:
    if more:
        return str(ngettext("%(num)d stand more", "%(num)d stands more", int(by)))
    return str(ngettext("%(num)d stand less", "%(num)d stands less", int(by)))


def _points(more: bool, by: Decimal) -> str:
    if more:
        return str(ngettext("%(num)d point more", "%(num)d points more", int(by)))
    return str(ngettext("%(num)d point less", "%(num)d points less", int(by)))


_MOVED: Mapping[Measure, Callable[[bool, Decimal], str]] = {
    Measure.TORQUE: _torque,
    Measure.FORCE: _force,
    Measure.SECONDS: _seconds,
    Measure.GRADE: _steps,
    Measure.COUNT: _stands,
    Measure.POINTS: _points,
    Measure.PAIN: _points,
}


def limit_words(change: Change) -> str:
    """The limit with its unit, and why it is the wider one."""
    value = _plain(change.limit.value) if change.limit else ""
    told = _UNITS.get(change.measure, "{}").format(value)
    return ", ".join([_("limit %(limit)s", limit=told), *map(_why_rough, change.rough)])


_UNITS = {Measure.TORQUE: "{} %", Measure.FORCE: "{} %", Measure.SECONDS: "{} s"}


def _why_rough(rough: Rough) -> str:
    return _("another tester") if rough is Rough.TESTER else _("hip osteoarthritis")


def _plain(number: Decimal) -> str:
    """A number without needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
