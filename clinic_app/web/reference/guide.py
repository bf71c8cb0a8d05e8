"""Background: what the muscles do, the conditions that go with weakness, the words, the review."""

from flask import render_template

from clinic_app.web import current
from clinic_app.web.reference.blueprint import blueprint, facts


@blueprint.get("/help/muscles")
def muscles() -> str:
    """What the gluteal muscles do, and what is known of weakness."""
    library = current.library()
    return render_template(
        "reference/muscles.html", guide=library.guide, words=library.words, told=facts(library.guide.muscles)
    )


@blueprint.get("/help/conditions")
def conditions() -> str:
    """The conditions that go with weakness, with honest evidence."""
    return render_template("reference/conditions.html", guide=current.library().guide, facts=facts)


@blueprint.get("/help/glossary")
def glossary() -> str:
    """The words of the product and the abbreviations."""
    return render_template("reference/glossary.html", guide=current.library().guide)


@blueprint.get("/help/review")
def review() -> str:
    """Which content is in use, and who has reviewed it."""
    library = current.library()
    return render_template("reference/review.html", library=library)
