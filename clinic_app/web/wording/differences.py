"""Why two values are not set beside each other, in words."""

from clinic_app.domain.change import Difference, Unlike
from clinic_app.domain.protocol import FieldKind, Item
from clinic_app.web.wording.language import say as _
from clinic_app.web.wording.values import value_words


def difference_words(one: Unlike, item: Item) -> str:
    """One difference with what was recorded then and now: "the position differs (side-lying, supine)"."""
    words = _differences()[one.difference]
    if not (one.then or one.now):
        return words
    return f"{words} ({', '.join(_recorded(one.difference, value, item) for value in (one.then, one.now))})"


def _recorded(difference: Difference, value: str, item: Item) -> str:
    if not value:
        return _("not recorded")
    known = next((field for field in item.fields if field.key == difference.value), None)
    if known and known.kind is FieldKind.CHOICE:
        return _lower(value_words(value, known))
    return f"{value}{_AFTER.get(difference, '')}"


_AFTER = {Difference.LEVER: " cm", Difference.KNEE_ANGLE: "°"}


def _differences() -> dict[Difference, str]:
    return {
        Difference.NOT_TESTED: _("it was not tested both times"),
        Difference.PAIN_LIMITED: _("pain limited it"),
        Difference.CLOSED: _("a precaution closed it"),
        Difference.DEVICE: _("the device differs"),
        Difference.METHOD: _("the method differs"),
        Difference.POSITION: _("the position differs"),
        Difference.PAD: _("the pad site differs"),
        Difference.STABILISATION: _("the way of holding differs"),
        Difference.LEVER: _("the lever arm differs or is not known"),
        Difference.NO_FORCE: _("there was no force then"),
        Difference.KNEE_ANGLE: _("the knee angle differs"),
        Difference.STOP_REASON: _("it was not ended by tired muscles both times"),
        Difference.ARMS: _("the arms were used"),
        Difference.UNABLE: _("it was not possible both times"),
    }


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
