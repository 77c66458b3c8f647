"""Versions of what people are told and agree to; a changed text gets a new version."""

NOTICE_VERSION = "2026-11-2"
"""What is scored and how (templates/youth/notice.html)."""

CONSENT_TEXT_VERSION = "2026-11-2"
"""The words of the consents at sign-up and under /account/consents."""

CONSENT_ON_PAPER = "paper"
"""Given in writing to a university, which keeps the sheet; recorded by an import."""
