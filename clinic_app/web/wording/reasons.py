"""Reasons in words: flags with value, threshold, basis and source; notes, patterns, what was not read."""

from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.assessment import Flag, GroupResult, Information, Note, NotInterpretable, Pattern
from clinic_app.domain.dynamometry import UNLIKE
from clinic_app.domain.protocol import Field, Side
from clinic_app.domain.report import Terms
from clinic_app.web.wording.classes import group_word, pair_word
from clinic_app.web.wording.findings import side_word
from clinic_app.web.wording.forces import unlike_words
from clinic_app.web.wording.language import say as _


@dataclass(frozen=True)
class Reason:
    """One flag, told in parts: what was found, the rule and its limit, how much it says, on what it rests."""

    finding: str
    rule: str
    level: str
    basis: str
    sources: tuple[str, ...]


def flag_reason(flag: Flag, side: Side, terms: Terms) -> Reason:
    """A flag in parts, for a table."""
    test = _name(flag.item, terms)
    return Reason(
        finding=_(
            "%(test)s, %(side)s: %(value)s", test=test, side=side_word(side), value=_shown(flag, terms)
        ),
        rule=_("%(rule)s: %(limit)s", rule=flag.rule, limit=_(flag.threshold).replace("-", "−")),
        level=_level(flag, terms),
        basis=_(terms.words["basis"][flag.basis]),
        sources=tuple(citation(source, terms) for source in flag.sources),
    )


def flag_sentence(flag: Flag, side: Side, terms: Terms) -> str:
    """A flag as one line: test, side, value, limit, level, published or clinical convention, source."""
    reason = flag_reason(flag, side, terms)
    parts = [reason.finding, reason.rule, reason.level, reason.basis, *reason.sources]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def citation(source: str, terms: Terms) -> str:
    """A source as it is cited, with its mark: V read, R recalled, D derived, C convention."""
    known = terms.sources.get(source)
    return f"{known.citation.rstrip('.')} [{known.mark}]" if known else source


def note_sentence(note: Note, terms: Terms) -> str:
    """A note behind the group and side, or the test, that it is about."""
    where = _note_about(note, terms)
    text = _(terms.notes[note.id])
    return f"{where}: {text[:1].lower() + text[1:]}" if where else text


def pattern_sentence(pattern: Pattern, terms: Terms) -> str:
    """What a pattern suggests, because of what, and what is still missing; never a diagnosis."""
    card = terms.patterns[pattern.id]
    side = f" ({side_word(pattern.side)})" if pattern.side else ""
    because = ", ".join(_name(item, terms) for item in pattern.because)
    sentence = _("%(name)s%(side)s: %(suggests)s", name=_(card.name), side=side, suggests=_(card.suggests))
    if because:
        sentence = f"{sentence} {_('Because of: %(because)s.', because=because)}"
    if pattern.missing:
        missing = ", ".join(_name(item, terms) for item in pattern.missing)
        sentence = f"{sentence} {_('Not done: %(missing)s.', missing=missing)}"
    return sentence


def information_sentence(information: Information, terms: Terms) -> str:
    """A rule that informs and does not count."""
    card = terms.patterns.get(information.rule)
    name = _(card.requires if card else because_name(information.rule, terms))
    rule = "" if information.rule in terms.precautions else information.rule
    place = ", ".join(part for part in (rule, side_word(information.side)) if part)
    parts = [f"{place}: {name}" if place else name]
    if information.value is not None:
        parts.append(_information_value(information, terms))
    return ", ".join(parts)


def not_interpretable_sentence(unread: NotInterpretable, result: GroupResult, terms: Terms) -> str:
    """A finding that is kept and not used, and why."""
    return _(
        "%(test)s, %(side)s: kept, not used. %(because)s",
        test=_name(unread.item, terms),
        side=side_word(result.side),
        because=because_words(unread.because, terms),
    )


def because_name(because: str, terms: Terms) -> str:
    """The name of a rule, a precaution or a test, without its id."""
    item = terms.items.get(because)
    return terms.rules.get(because) or terms.precautions.get(because) or (item.name if item else because)


def _information_value(information: Information, terms: Terms) -> str:
    if isinstance(information.value, Decimal):
        return f"{information.value:f}".replace("-", "−")
    item = terms.items.get(information.item)
    return _minus(_labelled(str(information.value), item.fields if item else ()))


def because_words(because: str, terms: Terms) -> str:
    """The rule or precaution because of which something is closed or not used."""
    if because in terms.rules:
        return f"{because}: {_(terms.rules[because])}"
    if because.startswith(UNLIKE):
        return unlike_words(because.removeprefix(UNLIKE), terms.words)
    item = terms.items.get(because)
    return _(item.name if item else terms.precautions.get(because, because))


def _note_about(note: Note, terms: Terms) -> str:
    if note.item:
        return ", ".join(part for part in (_name(note.item, terms), side_word(note.side)) if part)
    if note.group and note.side:
        return pair_word(note.group, note.side, terms.words)
    return _("%(group)s, both sides", group=group_word(note.group, terms.words)) if note.group else ""


def _name(item: str, terms: Terms) -> str:
    known = terms.items.get(item)
    return _(known.name) if known else item.replace("_", " ")


def _level(flag: Flag, terms: Terms) -> str:
    label = _(terms.words["level"].get(flag.label, flag.label))
    return label if flag.counts else _("%(label)s, counted with its family", label=label)


def _shown(flag: Flag, terms: Terms) -> str:
    """The flag's value, by the words of the item's fields and choices where its parts are among them."""
    if isinstance(flag.value, Decimal):
        return f"{flag.value:f}".replace("-", "−")
    return _minus(_labelled(flag.value, terms.items[flag.item].fields))


def _labelled(value: str, fields: tuple[Field, ...]) -> str:
    labels = {field.key: field.label for field in fields}
    labels |= {choice.id: choice.label for field in fields for choice in field.choices}
    return " ".join(_(labels.get(part, part)) for part in value.split(" "))


def _minus(value: str) -> str:
    return value.replace("-", "−") if value[:1].isdigit() else value
