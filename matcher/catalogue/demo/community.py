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


_SLOTS = (
    # days from today, hours, seats, state
    (12, ("19:00", "21:00"), 10, "published"),
    (20, ("14:00", "17:00"), 40, "published"),
    (8, ("10:00", "12:00"), 15, "cancelled"),
    (-14, ("18:30", "20:30"), 30, "published"),
)
_EVENTS = {
    "jejunu": (("클라우드 이야기 밤", "Cloud talk night"),
               ("위성 자료 살펴보기", "A look at satellite data"),
               ("이력 다듬기 모임", "Polish your record"),
               ("데이터 첫걸음 모임", "First steps in data")),
    "halla": (("서버리스 함께 만들기", "Building serverless together"),
              ("로봇과 센서의 날", "Robots and sensors day"),
              ("면접 연습 모임", "Interview practice"),
              ("파이썬 첫걸음 모임", "First steps in Python")),
    "jtu": (("관광 데이터 이야기", "Talking tourism data"),
            ("이동 서비스 살펴보기", "A look at mobility services"),
            ("자기소개서 읽어 주기", "Reading each other's letters"),
            ("표 계산 다음 걸음", "Beyond the spreadsheet")),
    "rise-centre": (("세 대학 클라우드 모임", "Cloud meeting of three universities"),
                    ("에너지 전환 이야기", "Talking energy transition"),
                    ("창업 준비 모임", "Getting ready to start up"),
                    ("네 산업 둘러보기", "A tour of four industries")),
}  # fmt: skip
_PROJECTS = {
    "jejunu": (("바람 세기 미리 알리기", "풍력 발전량을 하루 앞서 어림해 알려 줍니다."),
               ("감귤 밭 사진 살피기", "밭 사진에서 병든 잎을 찾아 알려 줍니다.")),
    "halla": (("드론 비행 길 그리기", "바람과 건물을 피해 가는 길을 그립니다."),
              ("충전소 빈자리 알리기", "전기차 충전소의 빈자리를 어림해 알려 줍니다.")),
    "jtu": (("버스 혼잡 미리 알리기", "정류장마다 붐비는 때를 어림해 알려 줍니다."),
            ("걷는 길 안내 만들기", "날씨와 오르막을 보고 걷는 길을 골라 줍니다.")),
    "rise-centre": (("바닷물 온도 살피기", "위성 자료로 바닷물 온도를 그립니다."),
                    ("약초 사진 모으기", "약초 사진을 모아 이름을 찾아 줍니다.")),
}  # fmt: skip
_STAGES = (("prototype", ("python", "sql")), ("idea", ("python",)))


def make_community(random: Random, today: date, youths: tuple[Youth, ...]) -> Community:
    events, sign_ups, projects, members, updates = [], [], [], [], []
    for place, host in enumerate(HOSTS):
        own = _guests(youths, host)
        # Each host's days come one after the last host's, so that nobody goes to two at once.
        for slot, title in zip(_SLOTS, _EVENTS[host], strict=True):
            events.append(_event(random, today, host, title, slot, place))
            sign_ups += _queue(random, today, len(events), host, own, events[-1]["seats"])
        for title, stage in zip(_PROJECTS[host], _STAGES, strict=True):
            projects.append(_project(random, today, host, title, stage))
            team = random.sample([each for each in own if each != SOL], 3)
            team = [HANEUL, *team[1:]] if host == "jejunu" else team
            members += _team(random, today, len(projects), team)
            updates.append(_update(random, today, len(projects), team[0], stage[0]))
    return Community(
        tuple(events), tuple(sign_ups), tuple(projects), tuple(members), tuple(updates)
    )


def _guests(youths: tuple[Youth, ...], host: str) -> list[int]:
    """Who may come beside the two of the tour: the host's own people, of the centre anybody."""
    free = [each for each in youths if each.number not in (HANEUL, BADA)]
    return [each.number for each in free if each.organisation == host] or [
        each.number for each in free
    ]


def _queue(
    random: Random, today: date, event: int, host: str, own: list[int], seats: int
) -> list[Row]:
    people = random.sample(own, GUESTS)
    if host in ("jejunu", "rise-centre"):
        people = [HANEUL, *people]
    return [_sign_up(random, today, event, each, n, seats) for n, each in enumerate(people)]


def _event(
    random: Random,
    today: date,
    host: str,
    title: tuple[str, str],
    slot: tuple[int, tuple[str, str], int, str],
    later: int,
) -> Row:
    days, (starts, ends), seats, state = slot
    day = ahead(today, days + later) if days > 0 else ago(today, -days - later)
    made = office(ago(today, 30), random)
    return {
        "organisation": host,
        "state": state,
        "title_ko": title[0],
        "title_en": title[1],
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


def _project(
    random: Random,
    today: date,
    host: str,
    told: tuple[str, str],
    made: tuple[str, tuple[str, ...]],
) -> Row:
    (title, idea), (stage, skills) = told, made
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
