"""How we draw: a pose, told in joint angles, becomes a line drawing. For `clinic draw`, never the app."""
