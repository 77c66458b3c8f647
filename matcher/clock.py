"""The one clock. Moments are aware UTC; days are days in Jeju."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

JEJU = ZoneInfo("Asia/Seoul")


class Clock:
    """Real time, or real time of day on a fixed day (`OREUM_TODAY`) for tests and trials."""

    def __init__(self, today: date | None = None) -> None:
        self._today = today

    def now(self) -> datetime:
        moment = datetime.now(UTC)
        if self._today is None:
            return moment
        local = moment.astimezone(JEJU)
        return datetime.combine(self._today, local.time(), JEJU).astimezone(UTC)

    def today(self) -> date:
        return day_of(self.now())


def day_of(moment: datetime) -> date:
    """The day in Jeju on which a moment falls."""
    return moment.astimezone(JEJU).date()


def start_of(day: date) -> datetime:
    """Midnight in Jeju, as an aware UTC moment."""
    return datetime.combine(day, time.min, JEJU).astimezone(UTC)
