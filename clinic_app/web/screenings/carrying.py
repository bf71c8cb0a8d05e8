"""What a device carries along: every step of an open screening as its page, for when it has no network."""

from flask import jsonify

from clinic_app.web.screenings.blueprint import Answer, blueprint
from clinic_app.web.screenings.page import open_page, step_url
from clinic_app.web.screenings.steps import is_open, page_of_step


@blueprint.get("/screenings/<int:screening_id>/kept")
def keep_steps(screening_id: int) -> Answer:
    """The pages by their address, without the review, which is worked out anew; none once it has ended."""
    page = open_page(screening_id)
    kept = [step for step in page.asked if is_open(page, step)]
    return jsonify(pages={step_url(page, step.item.id): page_of_step(page, step) for step in kept})
