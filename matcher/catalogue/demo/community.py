"""Made-up events and projects: what a tour of both finds, with a queue and a showcase."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

from matcher.catalogue.demo.days import ago, ahead, office
from matcher.catalogue.demo.shape import Youth
from matcher.catalogue.demo.standing import BADA, HANEUL, SOL

Row = dict[str, Any]
HOSTS = ("jejunu", "halla", "jtu", "rise-centre")
GUESTS = 12


@dataclass(frozen=True, slots=True)
class Community:
    """Rows by the names of their columns; `organisation` a slug, `event`, `project` and `youth`
    demo numbers that begin at 1."""

    events: tuple[Row, ...]
    sign_ups: tuple[Row, ...]
    projects: tuple[Row, ...]
    members: tuple[Row, ...]
    updates: tuple[Row, ...]


_EVENTS = (
    # title, English, days from today, hours, seats, state
    ("클라우드 이야기 밤", "Cloud talk night", 12, ("19:00", "21:00"), 10,
     "published"),
    ("위성 자료 살펴보기", "A look at satellite data", 20, ("14:00", "17:00"), 40,
     "published"),
    ("이력 다듬기 모임", "Polish your record", 8, ("10:00", "12:00"), 15,
     "cancelled"),
    ("데이터 첫걸음 모임", "First steps in data", -14, ("18:30", "20:30"), 30,
     "published"),
)  # fmt: skip
_PROJECTS = (
    ("바람 세기 미리 알리기", "풍력 발전량을 하루 앞서 어림해 알려 줍니다.", "prototype",
     ("python", "sql")),
    ("감귤 밭 사진 살피기", "밭 사진에서 병든 잎을 찾아 알려 줍니다.", "idea", ("python",)),
)  # fmt: skip


def make_community(random: Random, today: date, youths: tuple[Youth, ...]) -> Community:
    events = tuple(_event(random, today, host, title) for host in HOSTS for title in _EVENTS)
    numbers = [each.number for each in youths if each.number not in (HANEUL, BADA)]
    sign_ups = [
        _sign_up(random, today, number, youth, place, event["seats"])
        for number, event in enumerate(events, 1)
        for place, youth in enumerate((HANEUL, *random.sample(numbers, GUESTS)))
    ]
    projects, members, updates = [], [], []
    for host in HOSTS:
        own = [each.number for each in youths if each.organisation == host] or numbers
        for title in _PROJECTS:
            projects.append(_project(random, today, host, title))
            team = random.sample([each for each in own if each not in (HANEUL, SOL)], 3)
            team = [HANEUL, *team[1:]] if host == "jejunu" else team
            number = len(projects)
            members += _team(random, today, number, team)
            updates.append(_update(random, today, number, team[0], title[2]))
    return Community(events, tuple(sign_ups), tuple(projects), tuple(members), tuple(updates))


def _event(random: Random, today: date, host: str, sheet: tuple[Any, ...]) -> Row:
    title_ko, title_en, days, (starts, ends), seats, state = sheet
    day = ahead(today, days) if days > 0 else ago(today, -days)
    made = office(ago(today, 30), random)
    return {
        "organisation": host,
        "state": state,
        "title_ko": title_ko,
        "title_en": title_en,
        "content": "데모용으로 지어낸 행사입니다.",
        "mode": "offline",
        "place": "데모 강의실",
        "join_link": "",
        "held_on": day,
        "starts": starts,
        "ends": ends,
        "sign_up_until": ago(day, 1),
        "seats": seats,
        "created_at": made,
        "updated_at": made,
    }


def _sign_up(random: Random, today: date, event: int, youth: int, place: int, seats: int) -> Row:
    at = office(ago(today, 25 - place), random)
    state = "going" if place < seats else "waiting"
    return {"event": event, "youth": youth, "state": state, "created_at": at, "updated_at": at}


def _project(random: Random, today: date, host: str, sheet: tuple[Any, ...]) -> Row:
    title, idea, stage, skills = sheet
    at = office(ago(today, 60), random)
    is_shown = stage == "prototype"
    return {
        "organisation": host,
        "state": "open",
        "stage": stage,
        "title": title,
        "idea": idea + "\n데모용으로 지어낸 프로젝트입니다.",
        "skills": list(skills),
        "places": 5,
        "mentor": "데모 멘토" if is_shown else "",
        "showcase_on": ago(today, 6) if is_shown else ahead(today, 40),
        "shown_on": ago(today, 6) if is_shown else None,
        "showcase_url": "",
        "created_at": at,
        "updated_at": at,
    }


def _team(random: Random, today: date, project: int, team: list[int]) -> list[Row]:
    """The first leads, the second is in, the third asked to join."""
    return [
        _member(office(ago(today, 59 - place), random), project, youth, place)
        for place, youth in enumerate(team)
    ]


def _member(at: datetime, project: int, youth: int, place: int) -> Row:
    return {
        "project": project,
        "youth": youth,
        "role": "member" if place else "lead",
        "state": "asked" if place == 2 else "in",
        "created_at": at,
        "updated_at": at,
    }


def _update(random: Random, today: date, project: int, youth: int, stage: str) -> Row:
    at = office(ago(today, 9), random)
    words = "첫 모임에서 할 일을 나눴어요."
    return {"project": project, "youth": youth, "stage": stage, "words": words, "at": at}
