"""What is left out of a sheet before it is sent changes nothing that it says, as a browser reads it."""

from pathlib import Path

from playwright.sync_api import Browser

from clinic_app.app import FILES
from clinic_app.web.small_files import SHEETS, made_small

SAYS = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const told = (rules) => [...rules].flatMap((rule) => [
    `${rule.selectorText ?? rule.conditionText ?? rule.constructor.name} ${[...(rule.style ?? [])]}`,
    ...told(rule.cssRules ?? []),
  ]);
  return told(sheet.cssRules);
}"""


def test_no_rule_of_a_sheet_is_lost_or_reads_otherwise(browser: Browser) -> None:
    page = browser.new_page()
    for name in SHEETS:
        written = Path(FILES / "static" / "css" / f"{name}.css").read_text("utf-8")
        says = page.evaluate(SAYS, written)
        assert says, name
        assert page.evaluate(SAYS, made_small("text/css", written)) == says, name
    page.close()
