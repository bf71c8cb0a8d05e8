"""How we reason: functions from values to values, standard library only."""
