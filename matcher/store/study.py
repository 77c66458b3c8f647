"""What a person studied and how practice tests went; read by nobody else."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from models.study import PracticeScore, StudyEntry


def entries(session: Session, youth_id: int, certification: str) -> Sequence[StudyEntry]:
    """The newest day first, of one day the last recorded first."""
    return session.exec(
        select(StudyEntry)
        .where(StudyEntry.youth_id == youth_id, StudyEntry.certification == certification)
        .order_by(col(StudyEntry.studied_on).desc(), col(StudyEntry.id).desc())
    ).all()


def scores(session: Session, youth_id: int, certification: str) -> Sequence[PracticeScore]:
    """The newest day first, of one day the last recorded first."""
    return session.exec(
        select(PracticeScore)
        .where(PracticeScore.youth_id == youth_id, PracticeScore.certification == certification)
        .order_by(col(PracticeScore.taken_on).desc(), col(PracticeScore.id).desc())
    ).all()


def hours_by_certification(session: Session, youth_id: int) -> dict[str, float]:
    found = session.execute(
        select(StudyEntry.certification, func.sum(StudyEntry.minutes))
        .where(StudyEntry.youth_id == youth_id)
        .group_by(col(StudyEntry.certification))
    )
    return {name: float(minutes) / 60 for name, minutes in found}


def all_scores(session: Session, youth_id: int) -> Sequence[PracticeScore]:
    """Of every certification, the newest first."""
    return session.exec(
        select(PracticeScore)
        .where(PracticeScore.youth_id == youth_id)
        .order_by(col(PracticeScore.taken_on).desc(), col(PracticeScore.id).desc())
    ).all()


def entry(session: Session, youth_id: int, entry_id: int) -> StudyEntry | None:
    return session.exec(
        select(StudyEntry).where(StudyEntry.youth_id == youth_id, StudyEntry.id == entry_id)
    ).first()


def score(session: Session, youth_id: int, score_id: int) -> PracticeScore | None:
    return session.exec(
        select(PracticeScore).where(
            PracticeScore.youth_id == youth_id, PracticeScore.id == score_id
        )
    ).first()


def count_entries(session: Session, youth_id: int) -> int:
    statement = select(func.count()).where(StudyEntry.youth_id == youth_id)
    return session.exec(statement).one()


def count_scores(session: Session, youth_id: int) -> int:
    statement = select(func.count()).where(PracticeScore.youth_id == youth_id)
    return session.exec(statement).one()
