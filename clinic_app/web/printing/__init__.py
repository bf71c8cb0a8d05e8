"""Print, send, keep: one panel for all that can be printed of a screening, and what was given."""

from clinic_app.web.printing import giving, keeping, pages, panel
from clinic_app.web.printing.blueprint import blueprint

__all__ = ["blueprint", "giving", "keeping", "pages", "panel"]
