"""Settings, read once from the environment; every one is documented in docs/settings.md."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

WEAK = frozenset({"", "secret", "changeme", "change-me", "password", "oreum"})


class OperatorType(StrEnum):
    """Who runs the service decides what the law lets it do (직업안정법); see docs/settings.md."""

    PROVINCE = "province"
    UNIVERSITY = "university"
    NONPROFIT_REPORTED = "nonprofit_reported"
    INFORMATION_ONLY = "information_only"


class WeakSecret(Exception):
    """`serve` refuses to start on a guessable secret outside the demo."""


class Settings(BaseSettings):
    """One frozen value; only `serve` needs the secret."""

    model_config = SettingsConfigDict(
        env_prefix="OREUM_", frozen=True, populate_by_name=True, env_ignore_empty=True
    )

    database_url: str = Field(default="sqlite:///var/oreum.db", validation_alias="DATABASE_URL")
    today: date | None = None
    demo: bool = False
    secret: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, validation_alias="PORT")
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    public_url: str = ""
    trusted_proxies: str = ""
    operator_type: OperatorType = OperatorType.PROVINCE
    operator_name: str = ""
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = ""
    threads: int = Field(default=4, ge=1, le=64)
    log_level: str = "INFO"
    session_hours: int = Field(default=12, ge=1, le=24)
    session_idle_minutes_youth: int = Field(default=720, ge=5, le=1440)
    session_idle_minutes_staff: int = Field(default=30, ge=5, le=1440)
    step_up_minutes: int = Field(default=30, ge=1, le=720)
    upload_limit_mb: int = Field(default=10, ge=1, le=100)
    usd_krw: int = Field(default=1450, ge=500, le=5000)
    exam_vat_percent: int = Field(default=10, ge=0, le=30)
    pass_rate_percent: int = Field(default=70, ge=1, le=100)
    explore_slots_youth: int = Field(default=1, ge=0, le=5)
    explore_slots_partner: int = Field(default=0, ge=0, le=5)
    hrdnet_key: str = ""
    badge_hosts: str = ""
    key_secret: str = ""

    def host_list(self) -> frozenset[str]:
        parts = (part.strip().lower() for part in self.allowed_hosts.split(","))
        return frozenset(part for part in parts if part)

    def badge_host_list(self) -> frozenset[str]:
        parts = (part.strip().lower() for part in self.badge_hosts.split(","))
        return frozenset(part for part in parts if part)

    def serving_secret(self) -> str:
        """The signing secret, at least 32 characters and not a known weak one."""
        if _is_weak(self.secret):
            raise WeakSecret("OREUM_SECRET must hold at least 32 hard-to-guess characters")
        return self.secret

    def sealing_secret(self) -> str:
        """What private keys are sealed under; empty while credentials are not signed."""
        if self.key_secret and _is_weak(self.key_secret):
            raise WeakSecret("OREUM_KEY_SECRET must hold at least 32 hard-to-guess characters")
        return self.key_secret

    def site(self) -> str:
        """The service's address from outside, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def _is_weak(secret: str) -> bool:
    return len(secret) < 32 or secret.lower() in WEAK or len(set(secret)) < 8
