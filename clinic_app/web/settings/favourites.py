"""The exercises that the clinic prefers where several fit: a small bonus, never past a filter."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from clinic_app.records.setting import FAVOURITES, Setting, history
from clinic_app.web import current
from clinic_app.web.fields import problems
from clinic_app.web.settings.blueprint import Page, blueprint
from clinic_app.web.settings.forms import FavouritesForm


@blueprint.route("/favourites", methods=["GET", "POST"])
def favourites() -> Page:
    """Choose them; an empty choice takes the selection as published."""
    session = current.session()
    changes = history(session, FAVOURITES)
    chosen = changes[0].value or [] if changes else []
    form = FavouritesForm(data={"exercises": chosen, "seen": changes[0].id if changes else 0})
    form.exercises.choices = [(e.id, e.name) for e in current.content().exercises.exercises]
    if form.validate_on_submit():
        if not form.keep(FAVOURITES, form.exercises.data or None):
            return _page(form, changes)
        flash(_("Kept. The next suggestion of a programme follows it."))
        return redirect(url_for("settings.favourites"), 303)
    return _page(form, changes)


def _page(form: FavouritesForm, changes: list[Setting]) -> tuple[str, int]:
    errors = problems(form) if form.is_submitted() else []
    page = render_template(
        "settings/favourites.html",
        form=form,
        changes=changes,
        change_words=_change_words,
        errors=errors,
        from_file=sorted(current.content().exercises.favourites),
    )
    return page, 422 if errors else 200


def _change_words(change: Setting) -> str:
    names = {e.id: e.name for e in current.content().exercises.exercises}
    chosen = change.value or []
    count = ngettext("%(num)d favourite", "%(num)d favourites", len(chosen))
    return ": ".join(part for part in (count, ", ".join(names.get(one, one) for one in chosen)) if part)
