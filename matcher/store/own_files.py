"""Files a person handed in or was given, for their own archive: listed first, read one by one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from models.credential import IssuedCredential, PresentedCredential, ResumeDocument
from models.people_desk import Evidence, EvidenceBlob

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


class OwnFile(NamedTuple):
    """`table` and `id` of the row whose content it is."""

    table: str
    id: int
    folder: str
    name: str


def listed(session: Session, youth_ids: Sequence[int]) -> list[OwnFile]:
    return [
        *_evidence(session, youth_ids),
        *_badges(session, youth_ids),
        *_issued(session, youth_ids),
        *_resumes(session, youth_ids),
    ]


def content(session: Session, file: OwnFile) -> bytes:
    """The caller has listed it: whose it is was asked there."""
    column = {
        "evidence_blob": (EvidenceBlob.data, EvidenceBlob.id),
        "presented_credential": (PresentedCredential.data, PresentedCredential.id),
        "issued_credential": (IssuedCredential.token, IssuedCredential.id),
        "resume_document": (ResumeDocument.document, ResumeDocument.id),
    }[file.table]
    found = session.exec(select(column[0]).where(col(column[1]) == file.id)).one()
    return found.encode("utf-8") if isinstance(found, str) else bytes(found or b"")


def _evidence(session: Session, youth_ids: Sequence[int]) -> Iterator[OwnFile]:
    """Under the name of the first proof that used it; a file no proof names any more, under its
    number."""
    names = dict(
        session.exec(
            select(Evidence.blob_id, Evidence.file_name)
            .where(col(Evidence.youth_id).in_(youth_ids), col(Evidence.blob_id).is_not(None))
            .order_by(col(Evidence.id).desc())
        ).all()
    )
    blobs = session.exec(
        select(EvidenceBlob.id, EvidenceBlob.media_type)
        .where(col(EvidenceBlob.youth_id).in_(youth_ids))
        .order_by(col(EvidenceBlob.id))
    )
    for number, media_type in blobs:
        name = names.get(number) or f"file.{ENDINGS.get(media_type, 'bin')}"
        yield OwnFile("evidence_blob", number or 0, "evidence", name)


def _badges(session: Session, youth_ids: Sequence[int]) -> Iterator[OwnFile]:
    rows = session.exec(
        select(PresentedCredential.id, PresentedCredential.proof)
        .where(
            col(PresentedCredential.youth_id).in_(youth_ids),
            col(PresentedCredential.data).is_not(None),
        )
        .order_by(col(PresentedCredential.id))
    )
    for number, proof in rows:
        ending = "jwt" if proof in ("vc_jwt", "ob2_signed", "sd_jwt") else "json"
        yield OwnFile("presented_credential", number or 0, "badges", f"badge.{ending}")


def _issued(session: Session, youth_ids: Sequence[int]) -> Iterator[OwnFile]:
    rows = session.exec(
        select(IssuedCredential.id, IssuedCredential.number)
        .where(col(IssuedCredential.youth_id).in_(youth_ids), IssuedCredential.token != "")
        .order_by(col(IssuedCredential.id))
    )
    for number, name in rows:
        yield OwnFile("issued_credential", number or 0, "issued", f"{name}.jwt")


def _resumes(session: Session, youth_ids: Sequence[int]) -> Iterator[OwnFile]:
    rows = session.exec(
        select(ResumeDocument.id)
        .where(col(ResumeDocument.youth_id).in_(youth_ids))
        .order_by(col(ResumeDocument.id))
    )
    for number in rows:
        yield OwnFile("resume_document", number or 0, "resume", "resume.json")
