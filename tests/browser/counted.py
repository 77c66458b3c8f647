"""A hand that presses for a person and counts.

Choosing from a list and typing are not counted, nor is signing in: pressing links and buttons is.
"""

from dataclasses import dataclass

from playwright.sync_api import Download, Locator, Page


@dataclass
class Counted:
    page: Page
    clicks: int = 0

    def press(self, target: Locator) -> None:
        self.clicks += 1
        with self.page.expect_navigation(timeout=60_000):
            target.click(timeout=60_000)

    def link(self, href: str) -> None:
        """The first link of the page's content that leads there."""
        self.press(self.page.locator(f'main a[href="{href}"]').first)

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name).first)

    def fetch(self, target: Locator) -> Download:
        """Press a link that gives a file."""
        self.clicks += 1
        with self.page.expect_download(timeout=60_000) as found:
            target.click(timeout=60_000)
        return found.value
