"""How a flow says no. Raising rolls the unit of work back; the web turns each into a status."""

from collections.abc import Mapping


class Refusal(Exception):
    """Base. `message` is already in the reader's language."""

    code = "refused"

    def __init__(self, message: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class NotFound(Refusal):
    """Absent, or not this actor's to see: the two look the same from outside."""

    code = "not_found"


class Forbidden(Refusal):
    """The actor sees the thing and may not do this to it."""

    code = "forbidden"


class Conflict(Refusal):
    """The thing's state does not allow this now, or it changed in between."""

    code = "conflict"


class TooMany(Refusal):
    """A throttle answered; `retry_after` in seconds."""

    code = "too_many"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NoticeNeeded(Refusal):
    """A score was asked for before its owner saw what is scored and how."""

    code = "notice_needed"


class ConsentNeeded(Refusal):
    """The consent to the service is missing or withdrawn: nothing is scored without it."""

    code = "consent_needed"


class Invalid(Refusal):
    """What was sent is not usable; `fields` maps a field to its message ("" = the whole form)."""

    code = "invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class NotTaken(Invalid):
    """A file of a kind that is not taken here, or that says it is another one than it is."""

    code = "unsupported_file"


class TooLarge(Invalid):
    code = "file_too_large"
