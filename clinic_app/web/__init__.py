"""Where people meet it: one blueprint per noun."""
