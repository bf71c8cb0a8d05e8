"""The rules, each with its limits, worked example and sources; and the settings that they share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from string import Formatter
from typing import NamedTuple

from flask import render_template, url_for
from flask_babel import gettext as _

from clinic_app.domain.flags import LABELS
from clinic_app.domain.library import Library
from clinic_app.domain.rules import Number, Rule, Step
from clinic_app.web import current
from clinic_app.web.reference.blueprint import Row, Shelf, blueprint, cited, known
from clinic_app.web.wording.language import say


class StepLine(NamedTuple):
    """One step of a rule in words."""

    when: str
    counts: str
    basis: str


class Setting(NamedTuple):
    """One setting, and the rules whose steps name it."""

    name: str
    number: Number
    rules: list[str]


@blueprint.get("/help/rules")
def rules() -> str:
    """Every rule, by what it reads."""
    library = current.library()
    shelves = [
        Shelf(name, [_row(rule, library) for rule in rules])
        for name, rules in _by_family(library.rules.by_id.values()).items()
    ]
    return render_template(
        "reference/list.html",
        title=_("Rules"),
        intro=_("What turns a finding into a flag. Each names its limits, a worked example and its sources."),
        shelves=shelves,
    )


@blueprint.get("/help/rules/<rule_id>")
def rule(rule_id: str) -> str:
    """One rule: what it reads, its limits, a worked example, and who says so."""
    library = current.library()
    found = known(library.rules.by_id, rule_id)
    steps = [source for step in found.steps for source in step.sources]
    named = {name for step in found.steps for name in _named(step)}
    return render_template(
        "reference/rule.html",
        rule=found,
        steps=[_step(step, library) for step in found.steps],
        items=[library.items[item] for item in found.items],
        norms=[library.norms[name] for name in sorted(named) if name in library.norms],
        numbers=[name for name in vars(library.rules.numbers) if name in named],
        note=rule_id if rule_id in library.notes else "",
        sources=cited((*found.sources, *steps)),
        against=cited(found.against),
        words=library.words,
        settings=vars(library.rules.numbers),
        own={one.name: one.published for one in library.own},
    )


@blueprint.get("/help/numbers")
def numbers() -> str:
    """Every number that a clinic may set otherwise: its value, how it is known, and what it decides."""
    library = current.library()
    settings = [
        Setting(name, number, [rule.id for rule in library.rules.by_id.values() if _names(rule, name)])
        for name, number in vars(library.rules.numbers).items()
    ]
    return render_template(
        "reference/numbers.html",
        settings=settings,
        grades=vars(library.rules.grades),
        cuts=library.guide.cuts,
        own={one.name: one.published for one in library.own},
        words=library.words,
        cited=cited,
    )


def _by_family(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """The rules by the word that a therapist knows their kind by."""
    families, shelves = _families(), defaultdict[str, list[Rule]](list)
    for rule in rules:
        shelves[families.get(rule.id.split("-")[0], _("Others"))].append(rule)
    return shelves


def _families() -> Mapping[str, str]:
    standing, manual, force = _("Standing and walking"), _("Manual grades"), _("Force")
    chairs, holds, safety = _("Chair stands"), _("Bridges"), _("Red flags")
    movement = _("Squat, step and balance")
    return {
        **dict.fromkeys(("MMT", "TFL", "LAG"), manual),
        **dict.fromkeys(("TRN", "GAIT", "LLD"), standing),
        **dict.fromkeys(("SQT", "STP", "SLS"), movement),
        **dict.fromkeys(("BRG", "SBR"), holds),
        "HHD": force,
        "CHR": chairs,
        "PAIN": _("Pain"),
        "RF": safety,
        "CHG": _("Change"),
    }


def _row(rule: Rule, library: Library) -> Row:
    href = url_for("reference.rule", rule_id=rule.id)
    return Row(href, f"{rule.id}: {_(rule.name)}", _(rule.example), _(library.words["basis"][rule.basis]))


def _step(step: Step, library: Library) -> StepLine:
    filled = {name: _filled(limit, library) for name, limit in step.limits.items()}
    filled |= {name: _plain(number.value) for name, number in vars(library.rules.numbers).items()}
    when = say(step.threshold).format(**filled).replace("-", "−")
    level = _(library.words["level"][LABELS[step.level]])
    return StepLine(when, level, _(library.words["basis"][step.basis]))


def _filled(limit: str, library: Library) -> str:
    """A limit's value; one that depends on age or sex stands in its reference values."""
    number = library.rules.number(limit)
    return _("the reference value") if number is None else _plain(number)


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _named(step: Step) -> set[str]:
    """The numbers and norms that a step names, as limits or in its words."""
    braces = {name for _text, name, _spec, _conversion in Formatter().parse(step.threshold) if name}
    return {*step.limits.values(), *braces}


def _names(rule: Rule, setting: str) -> bool:
    return any(setting in _named(step) for step in rule.steps)
