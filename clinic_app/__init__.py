"""Gluteal Screen: a guided strength screen of the gluteal muscles, from first question to printed page."""
