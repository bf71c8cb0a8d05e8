"""The one place where a domain value becomes a sentence: clinical words from content, others from here.

Clinical words come with the value (`Terms`, `Handout`); the language is that of the page.
"""

from clinic_app.web.wording.classes import (
    cannot_say_sentence,
    cannot_say_words,
    class_word,
    group_word,
    headline,
    headline_more,
    lower_limb_lines,
    pair_word,
    shown_class,
    shown_classes,
)
from clinic_app.web.wording.doses import dose_sentences, leg_words
from clinic_app.web.wording.findings import (
    compensation_words,
    finding_words,
    item_name,
    not_done_words,
    pain_words,
    side_word,
    values_words,
)
from clinic_app.web.wording.forces import force_sentences
from clinic_app.web.wording.patient import patient_found_blocks, reason_sentence
from clinic_app.web.wording.programme import exclusion_words, prescription_words, worked_sides_words
from clinic_app.web.wording.reasons import (
    Reason,
    because_words,
    citation,
    flag_reason,
    flag_sentence,
    information_sentence,
    not_interpretable_sentence,
    note_sentence,
    pattern_sentence,
)
from clinic_app.web.wording.values import value_words

__all__ = [
    "Reason",
    "because_words",
    "cannot_say_sentence",
    "cannot_say_words",
    "citation",
    "class_word",
    "compensation_words",
    "dose_sentences",
    "exclusion_words",
    "finding_words",
    "flag_reason",
    "flag_sentence",
    "force_sentences",
    "group_word",
    "headline",
    "headline_more",
    "information_sentence",
    "item_name",
    "leg_words",
    "lower_limb_lines",
    "not_done_words",
    "not_interpretable_sentence",
    "note_sentence",
    "pain_words",
    "pair_word",
    "patient_found_blocks",
    "pattern_sentence",
    "prescription_words",
    "reason_sentence",
    "shown_class",
    "shown_classes",
    "side_word",
    "value_words",
    "values_words",
    "worked_sides_words",
]
