"""The thresholds: what is published, what the clinic set, and what a change would have changed."""

from dataclasses import dataclass, replace
from decimal import Decimal

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from clinic_app.domain.applying import applied, published_numbers
from clinic_app.domain.evidence import Mark
from clinic_app.domain.library import Library
from clinic_app.domain.own import Limit, number_faults
from clinic_app.domain.rules import Number
from clinic_app.records.norm_tables import own_norms
from clinic_app.records.setting import (
    NUMBER,
    Setting,
    history,
    key_of,
    own_settings,
    settings_now,
)
from clinic_app.web import current
from clinic_app.web.fields import problems
from clinic_app.web.settings.blueprint import Page, blueprint
from clinic_app.web.settings.effect import Effect, effect_of
from clinic_app.web.settings.forms import ThresholdForm, fault_words, number_words


@dataclass(frozen=True)
class Threshold:
    """One number as the pages show it; `own` None: as published. `changes` are newest first."""

    name: str
    number: Number
    published: Decimal
    own: Decimal | None
    limit: Limit | None
    changes: tuple[Setting, ...] = ()

    @property
    def was_read(self) -> bool:
        """The published value stands in its source, which would not stand behind another."""
        return self.number.mark is Mark.READ


@blueprint.get("/thresholds")
def thresholds() -> str:
    """Every number with its published value and the clinic's own."""
    rows = settings_now(current.session())
    every = [_threshold(name, rows) for name in vars(current.content().rules.numbers)]
    return render_template(
        "settings/thresholds.html",
        settable=[row for row in every if row.limit],
        fixed=[row for row in every if not row.limit],
        **_words(),
    )


@blueprint.route("/thresholds/<name>", methods=["GET", "POST"])
def threshold(name: str) -> Page:
    """One number: set it, see what that would have changed, and only then keep it."""
    row = _one(name)
    newest = row.changes[0].id if row.changes else 0
    before = {
        "value": request.args.get("value") or number_words(row.published if row.own is None else row.own),
        "seen": newest,
    }
    form = ThresholdForm(data=before)
    if form.validate_on_submit() and _is_allowed(form, row):
        if form.confirmed.data:
            return _keep(form, row)
        return _page(form, row, effect_of(current.session(), current.library(), _proposed(row, form.number)))
    return _page(form, row)


def _one(name: str) -> Threshold:
    if name not in current.content().own_limits.limits:
        abort(404)
    row = _threshold(name, settings_now(current.session()))
    return replace(row, changes=tuple(history(current.session(), key_of(NUMBER, name))))


def _threshold(name: str, rows: dict[str, Setting]) -> Threshold:
    content = current.content()
    published = published_numbers(content)[name]
    newest = rows.get(key_of(NUMBER, name))
    standing: Decimal = getattr(current.library().rules.numbers, name).value
    return Threshold(
        name,
        getattr(content.rules.numbers, name),
        published,
        standing if standing != published else None,
        content.own_limits.limits.get(name),
        (newest,) if newest else (),
    )


def _is_allowed(form: ThresholdForm, row: Threshold) -> bool:
    """Within its limits, and in order with its neighbours as they stand now; else the field says why."""
    content, library = current.content(), current.library()
    standing = {own.name: own.value for own in library.own} | {row.name: form.number}
    faults = number_faults(standing, published_numbers(content), content.own_limits)
    fault = next((fault for fault in faults if fault.name == row.name), None)
    if fault and row.limit:
        other = getattr(content.rules.numbers, fault.other).means if fault.other else ""
        form.value.errors = [fault_words(fault, row.limit, other)]
    return fault is None


def _proposed(row: Threshold, value: Decimal) -> Library:
    """The content as it would be."""
    session = current.session()
    own = own_settings(settings_now(session).values())
    numbers = {**own.numbers, row.name: value}
    return applied(current.content(), replace(own, numbers=numbers), own_norms(session))


def _keep(form: ThresholdForm, row: Threshold) -> Page:
    value = None if form.number == row.published else form.number
    if not form.keep(key_of(NUMBER, row.name), value):
        form.seen.data = str(row.changes[0].id if row.changes else 0)
        return _page(form, row)
    flash(_("Kept. It is used from the next assessment on; what is signed stays as it was."))
    return redirect(url_for("settings.thresholds"), 303)


def _page(form: ThresholdForm, row: Threshold, effect: Effect | None = None) -> tuple[str, int]:
    errors = problems(form)
    page = render_template(
        "settings/threshold.html",
        form=form,
        row=row,
        changes=row.changes,
        change_words=_change_words,
        effect=effect,
        errors=errors,
        **_words(),
    )
    return page, 422 if errors else 200


def _change_words(change: Setting) -> str:
    return str(_("Published value again")) if change.value is None else number_words(change.value)


def _words() -> dict[str, object]:
    library = current.content()
    return {"words": library.words, "sources": library.evidence, "shown": number_words}
