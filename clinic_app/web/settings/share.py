"""Share links of the clinic: off until an administrator gives the address that patients reach."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from clinic_app.records.setting import SHARE, Setting, history
from clinic_app.web import current
from clinic_app.web.fields import problems
from clinic_app.web.settings.blueprint import Page, blueprint
from clinic_app.web.settings.forms import ShareForm


@blueprint.route("/share", methods=["GET", "POST"])
def share() -> Page:
    """Switch them on with the clinic's address, or off; switched off, no link opens."""
    session = current.session()
    changes = history(session, SHARE)
    form = ShareForm(current.library().share.days, data=_standing(changes))
    if form.validate_on_submit():
        if not form.keep(SHARE, form.value):
            return _page(form, changes)
        flash(_("Kept. It holds from now on."))
        return redirect(url_for("settings.share"), 303)
    return _page(form, changes)


def _standing(changes: list[Setting]) -> dict[str, object]:
    """What holds now; while links are off, the address and the days of the last time they were on."""
    last: dict[str, object] = next((change.value for change in changes if change.value), {})
    return {
        "works": "on" if changes and changes[0].value else "off",
        "address": last.get("address", ""),
        "days": str(last.get("days", current.library().share.days.usual)),
        "seen": changes[0].id if changes else 0,
    }


def _page(form: ShareForm, changes: list[Setting]) -> tuple[str, int]:
    errors = problems(form) if form.is_submitted() else []
    page = render_template(
        "settings/share.html",
        form=form,
        changes=changes,
        change_words=_change_words,
        errors=errors,
        rules=current.library().share,
    )
    return page, 422 if errors else 200


def _change_words(change: Setting) -> str:
    if not change.value:
        return str(_("Off"))
    days = ngettext("%(num)d day", "%(num)d days", change.value["days"])
    return f"{_('On')}: {change.value['address']}, {days}"
