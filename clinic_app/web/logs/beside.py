"""Where a returned log stands beside something else: a programme, two screenings, the next screening."""

from flask_login import current_user

from clinic_app.records.programme import Programme
from clinic_app.records.returned_log import Returned, log_of, logs_of
from clinic_app.records.screening import Screening
from clinic_app.web import current, language
from clinic_app.web.logs.blueprint import blueprint
from clinic_app.web.logs.reading import LogView, exercise_name, view_of


@blueprint.app_template_global()
def log_of_programme(programme: Programme) -> LogView:
    """The log of an approved programme as it stands today."""
    rows = tuple(log_of(current.session(), programme.id))
    return view_of(Returned(programme, rows), language.moment_here().date())


@blueprint.app_template_global()
def logs_between(then: Screening, now: Screening) -> list[LogView]:
    """The logs of what was approved from the earlier screening on and before the later one, the oldest first.

    They are read as they stood on the day of the later one.
    """
    found = logs_of(current.session(), then.patient_id, (then, now))
    return [view_of(returned, now.taken_on) for returned in reversed(found)]


@blueprint.app_template_global()
def last_log_of(patient_id: int) -> LogView | None:
    """The log of the patient's last approved programme; None when there is none."""
    logs = logs_of(current.session(), patient_id)
    if not logs:
        return None
    current.note_read(current_user.id, "returned_log", logs[0].programme.id, patient_id)
    return view_of(logs[0], language.moment_here().date())


blueprint.add_app_template_global(exercise_name, "log_exercise")
