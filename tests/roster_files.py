"""Rosters for tests: long, and with mistakes at known lines."""

from dataclasses import dataclass

HEAD = "email,name,affiliation,university,status,graduation_on,weekly_hours,sectors,external_id"


@dataclass(frozen=True)
class Planted:
    line: int
    column: str | None
    code: str
    row: str


def good(n: int, university: str = "제주대") -> str:
    who = f"r{n}@example.org,사람{n},rise_university,{university}"
    return f"{who},재학,2027-02-19,10,우주; 바이오,R-{n}"


def planted(university: str = "제주대") -> tuple[Planted, ...]:
    """One of every kind of mistake a person makes in a spreadsheet."""
    of, far = f"rise_university,{university}", "rise_university,제주한라대"
    return (
        Planted(17, "email", "email", f"r15example.org,사람,{of},재학,,10,우주,R-15"),
        Planted(102, "name", "required", f"r100@example.org,,{of},재학,,10,우주,R-100"),
        Planted(205, "status", "choice", f"r203@example.org,사람,{of},재핵,,10,우주,R-203"),
        Planted(333, "graduation_on", "date", f"r331@example.org,가,{of},재학,2027-02-30,10,,R-3"),
        Planted(404, "weekly_hours", "range", f"r402@example.org,사람,{of},재학,,100,우주,R-402"),
        Planted(555, "weekly_hours", "number", f"r553@example.org,사람,{of},재학,,열,우주,R-553"),
        Planted(777, "sectors", "choice", f"r775@example.org,사람,{of},재학,,10,우쥬,R-775"),
        Planted(900, "email", "duplicate", f"r1@example.org,사람,{of},재학,,10,우주,R-898"),
        Planted(1203, "external_id", "duplicate", f"r1201@example.org,사람,{of},재학,,10,,R-5"),
        Planted(1500, None, "ragged", f"r1498@example.org,사람,{of},재학"),
        Planted(1701, "university", "not_yours", f"r1699@example.org,사람,{far},재학,,10,,R-1699"),
        Planted(1999, "name", "resident_number", f"x@example.org,900101-1234567,{of},,,10,,R-9"),
    )  # fmt: skip


def roster(rows: int = 2_000, mistakes: tuple[Planted, ...] = ()) -> str:
    wrong = {each.line: each.row for each in mistakes}
    lines = [wrong.get(n + 2, good(n)) for n in range(rows)]
    return "\n".join([HEAD, *lines]) + "\n"
