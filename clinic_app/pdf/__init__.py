"""HTML to PDF in a process of its own; refuses a page that lacks something, never touches the network."""

from clinic_app.pdf.printer import Limits, Printer, PrintError, Printout

__all__ = ["Limits", "PrintError", "Printer", "Printout"]
