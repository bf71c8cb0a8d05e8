"""Forces in words: what was measured, with its inputs; the norm, or why there is none; the two sides."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from clinic_app.domain.assessment import Assessment, Force, Score, Symmetry
from clinic_app.domain.report import Terms
from clinic_app.web.wording.findings import item_name, side_word
from clinic_app.web.wording.language import say as _

Words = Mapping[str, Mapping[str, str]]


def force_sentences(assessment: Assessment, terms: Terms) -> list[str]:
    """Every force and side comparison of an assessment, each in one sentence or two."""
    forces = [force_sentence(force, terms) for force in assessment.forces]
    return [*forces, *(symmetry_sentence(one, terms) for one in assessment.symmetry)]


def force_sentence(force: Force, terms: Terms) -> str:
    """One test on one side: force, torque, % body weight, and what it stands beside."""
    where = f"{item_name(terms.items[force.item])}, {side_word(force.side)}"
    told = ", ".join(_numbers(force))
    return " ".join(
        part for part in (f"{where}: {told}.", _beside(force, terms.words), _again(force)) if part
    )


def symmetry_sentence(one: Symmetry, terms: Terms) -> str:
    """The two sides beside each other, or the difference because of which they are not."""
    name = item_name(terms.items[one.item])
    if one.unlike:
        return f"{name}: {unlike_words(one.unlike[0], terms.words)}"
    if one.not_read:
        return _("%(test)s: sides not compared, one was not readable.", test=name)
    if one.lsi is None:
        return _("%(test)s: sides not compared, no force on either.", test=name)
    if one.weaker is None:
        return _("%(test)s: both sides the same.", test=name)
    side = side_word(one.weaker)
    return _("%(test)s: %(side)s side %(lsi)s %% of the other.", test=name, side=side, lsi=_plain(one.lsi))


def unlike_words(difference: str, words: Words) -> str:
    """Why two forces are not set beside each other: the sentence that says which respect differs."""
    return _("Not compared: %(what)s.", what=_(words["unlike"][difference]))


def _numbers(force: Force) -> Iterator[str]:
    yield f"{_plain(force.force_n)} N"
    if force.trials > 1:
        yield _("mean of the first trials %(mean)s N", mean=_plain(force.mean_n))
    if force.torque_nm_kg is not None:
        lever, mass = _plain(force.lever_cm), _plain(force.mass_kg)
        torque = _plain(force.torque_nm_kg)
        yield _("%(torque)s N·m/kg (lever %(lever)s cm, %(mass)s kg)", torque=torque, lever=lever, mass=mass)
    if force.percent_body_weight is not None:
        yield _("%(share)s %% of body weight", share=_plain(force.percent_body_weight))


def _beside(force: Force, words: Words) -> str:
    if not force.interpretable:
        return _("Pain stopped it: not interpretable.")
    return norm_sentence(force.score, words)


def norm_sentence(score: Score, words: Words) -> str:
    """Where a force stands beside its norm, or why there is no norm and which is the nearest."""
    if score.z is not None:
        return _("z %(z)s (%(norm)s).", z=_plain(score.z), norm=score.norm)
    if score.percent_predicted is not None:
        share = _plain(score.percent_predicted)
        return _("%(share)s %% of the predicted value (%(norm)s).", share=share, norm=score.norm)
    if score.lacking is None:
        return ""
    why = _(words["lacking"][score.lacking])
    if score.norm:
        return _("No norm, because %(why)s; the nearest is %(norm)s.", why=why, norm=score.norm)
    return _("No norm, because %(why)s.", why=why)


def _again(force: Force) -> str:
    return _("The best two trials lie far apart: do a fourth.") if force.another_trial else ""


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}".replace("-", "−")
