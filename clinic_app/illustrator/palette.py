"""The colours and the widths of lines. Their lightness is staggered, so that a grey print reads as well."""

from clinic_app.illustrator.pose import Person

INK = "#26303a"
FAR_INK = "#6d7985"
WHITE = "#fff"

TONES = {
    "skin": "#f7e6d8",
    "skin_far": "#fbf3ec",
    "shirt": "#dbe6ee",
    "shirt_far": "#ecf2f6",
    "shorts": "#a9bccb",
    "shorts_far": "#cfdae2",
    "hair": "#5b5560",
    "dark_shoe": "#3d4853",
    "dark_shoe_far": "#7b8792",
    "white_shoe": "#f6f8f9",
    "white_shoe_far": "#fafbfc",
    "dark_sole": "#5b6671",
    "dark_sole_far": "#8d98a2",
    "white_sole": WHITE,
    "white_sole_far": WHITE,
    "therapist": "#e9c6a6",
    "cuff": WHITE,
    "muscle": "#d5401c",
    "mat": "#e6eee4",
    "mat_edge": "#cddccb",
    "floor": "#e9edf0",
    "prop": "#f3efe7",
    "prop_side": "#e0d9cb",
    "prop2": "#e0d9cb",
    "wall": "#f1f3f5",
    "towel": "#dfe7f1",
    "dynamometer": "#f2c84b",
    "band": "#3f8f5a",
    "pillow": "#f4f4f8",
    "ink": INK,
    "move": "#12608f",
    "force": "#b3261e",
}

# What another skin changes; the therapist's differs from the patient's.
SKINS = {
    "light": {},
    "medium": {"skin": "#e6bd95", "skin_far": "#f3dfcb", "hair": "#3b2f2f", "therapist": "#f3d9c2"},
    "dark": {"skin": "#b07f5c", "skin_far": "#dcc3b1", "hair": "#2c2627", "therapist": "#ecc9a6"},
}


def tones_of(person: Person) -> dict[str, str]:
    """The colour of every tone in the picture of that person."""
    return TONES | SKINS[person.skin]
