"""How fast the clinic is, as ratios against floors that are measured in the same run, turn by turn."""
