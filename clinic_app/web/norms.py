"""Reference tables of the clinic's own: one person enters a row from a paper, another checks it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic_app.domain.protocol import Item
from clinic_app.records.norm import (
    NormRecord,
    all_norms,
    check_norm,
    enter_norm,
    retire_norm,
    rows_in_use,
)
from clinic_app.records.refusal import AlreadyEntered, SamePerson, UnlikeTable
from clinic_app.records.user import User
from clinic_app.web import current
from clinic_app.web.fields import problems
from clinic_app.web.norm_form import BOTH, SEXES, CheckForm, NormForm, common_data

blueprint = Blueprint("norms", __name__, url_prefix="/norms")

Page = str | Response | tuple[str, int]


@blueprint.get("")
def norms() -> str:
    """Every row that the clinic entered: to be checked, in use, retired."""
    rows = all_norms(current.session())
    library = current.library()
    return render_template(
        "norms/list.html",
        waiting=[row for row in rows if not row.checked_at and not row.retired_at],
        used=[row for row in rows if row.checked_at and not row.retired_at],
        retired=[row for row in rows if row.retired_at],
        tests=[item for item in library.items.values() if item.set_up_by],
        shown=_shown,
    )


@blueprint.route("/enter/<item_id>", methods=["GET", "POST"])
def enter(item_id: str) -> Page:
    """Enter one row from a paper; `table` names a table whose further row it is."""
    item = _dynamometer_test(item_id)
    before = rows_in_use(current.session(), request.args.get("table", ""))
    data = common_data(before[-1]) if before and before[-1].item == item_id else {}
    form = NormForm(item, current.content(), data=data)
    if form.validate_on_submit() and (row := _entered(form)):
        current.session().commit()
        flash(_("Entered. It is used once somebody else has checked it."))
        return redirect(url_for("norms.norm", norm_id=row.id), 303)
    errors = problems(form)
    page = render_template("norms/enter.html", form=form, item=item, errors=errors)
    return page, 422 if errors else 200


@blueprint.get("/<int:norm_id>")
def norm(norm_id: int) -> str:
    """One row beside the paper, with who entered and who checked it."""
    return _page(_row(norm_id), CheckForm(formdata=None))


@blueprint.post("/<int:norm_id>/check")
def check(norm_id: int) -> Page:
    """Confirm a row that somebody else entered."""
    row, form = _row(norm_id), CheckForm()
    if not form.validate():
        return _page(row, form), 422
    try:
        check_norm(current.session(), row, _me())
    except SamePerson:
        abort(403)
    current.session().commit()
    flash(_("Checked. It is used from now on."))
    return redirect(url_for("norms.norms"), 303)


@blueprint.post("/<int:norm_id>/retire")
def retire(norm_id: int) -> Response:
    """Use a row no more; what was signed with it stays as it is."""
    retire_norm(current.session(), _row(norm_id), _me())
    current.session().commit()
    flash(_("Retired. It is used no more; what was signed with it stays as it is."))
    return redirect(url_for("norms.norms"), 303)


def _entered(form: NormForm) -> NormRecord | None:
    """The new row; None where the rows before speak against it, which the form then says."""
    try:
        return enter_norm(current.session(), form.entry(), _me())
    except AlreadyEntered as refusal:
        ages = {"first": refusal.age_min, "last": refusal.age_max}
        told = _("This table has values for %(first)s to %(last)s years already", **ages)
        form.age_min.errors = [told]
    except UnlikeTable as refusal:
        told = _("The rows before say: %(held)s. Another way of measuring needs a table of its own.")
        where = form.table_id if refusal.key == "item" else form[refusal.key]
        where.errors = [told % {"held": _held(form.item, refusal)}]
    return None


def _held(item: Item, refusal: UnlikeTable) -> str:
    words = _words(item).get(refusal.key, {}) if refusal.key != "item" else _tests()
    return words.get(refusal.held, refusal.held) or str(_("Not reported"))


def _tests() -> dict[str, str]:
    return {item.id: _(item.name) for item in current.library().items.values()}


def _words(item: Item) -> dict[str, dict[str, str]]:
    """What a coded value of a row is called, by its key."""
    units = {unit: _(word) for unit, word in current.library().words["norm_unit"].items()}
    coded = ("method", "position", "stabilisation")
    return {"unit": units} | {key: {one.id: _(one.label) for one in item.field(key).choices} for key in coded}


def _shown(row: NormRecord) -> dict[str, str]:
    """The row in words."""
    words = _words(current.library().items[row.item])
    coded = {key: known.get(getattr(row, key), getattr(row, key)) for key, known in words.items()}
    return coded | {
        "test": _tests()[row.item],
        "sex": str(SEXES[row.sex or BOTH]),
        "ages": _("%(first)s to %(last)s years", first=row.age_min, last=row.age_max),
        "mean": f"{row.mean:f}",
        "sd": f"{row.sd:f}",
    }


def _page(row: NormRecord, form: CheckForm) -> str:
    own = row.entered_by_id == current_user.id
    return render_template(
        "norms/norm.html", row=row, shown=_shown(row), form=form, own=own, errors=problems(form)
    )


def _row(norm_id: int) -> NormRecord:
    return current.session().get(NormRecord, norm_id) or abort(404)


def _me() -> User:
    return current.session().get_one(User, current_user.id)


def _dynamometer_test(item_id: str) -> Item:
    item = current.library().items.get(item_id)
    return item if item and item.set_up_by else abort(404)
