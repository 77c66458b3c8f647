"""The terms of a promise in both languages, as both sides read them and their hash seals them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from matcher.i18n import current_language, format_date, in_language, use_formal_korean, use_language
from matcher.i18n import gettext as _
from matcher.matching.wanted import Meant, of_ref
from matcher.policy import promises as rules
from matcher.ranking.types import CERTIFICATION, SKILL
from models.opening import Opening, RequirementSubject
from models.organisation import Organisation
from models.promise import PromiseSubject


@dataclass(frozen=True)
class Offer:
    """What a partner asks for and gives."""

    subject: PromiseSubject
    ref: str
    level: int | None
    earn_by: date
    interview_days: int
    places: int


class Terms(NamedTuple):
    korean: str
    english: str

    @property
    def text_hash(self) -> str:
        return rules.digest(self.korean, self.english)


def terms(offer: Offer, opening: Opening, organisation: Organisation) -> Terms:
    return Terms(
        _text("ko", offer, opening, organisation), _text("en", offer, opening, organisation)
    )


def meant(subject: PromiseSubject, ref: str) -> Meant:
    return of_ref(RequirementSubject(subject.value), ref)


def key_of(subject: PromiseSubject, ref: str) -> str:
    """As requirements are called in the ranking."""
    return (SKILL if subject is PromiseSubject.SKILL else CERTIFICATION) + ref


def what(subject: PromiseSubject, ref: str, level: int | None) -> str:
    """In the reader's language, such as "Python, 수준 3"."""
    name = meant(subject, ref).name
    if subject is PromiseSubject.CERTIFICATION:
        return name if ref in name else f"{name} ({ref})"
    return name if level is None else _("%(name)s %(n)s수준") % {"name": name, "n": level}


def _text(language: str, offer: Offer, opening: Opening, organisation: Organisation) -> str:
    with use_language("ko" if language == "ko" else "en"), use_formal_korean(True):
        return "\n".join(_lines(offer, opening, organisation))


def _lines(offer: Offer, opening: Opening, organisation: Organisation) -> Iterator[str]:
    words = {
        "organisation": in_language(organisation.name_ko, organisation.name_en),
        "title": in_language(opening.title_ko, opening.title_en),
        "what": what(offer.subject, offer.ref, offer.level),
        "day": format_date(offer.earn_by, "long"),
        "last": format_date(rules.last_claim(offer.earn_by), "long"),
        "days": offer.interview_days,
        "places": offer.places,
    }
    yield _("%(organisation)s의 면접 약속, 공고 “%(title)s”") % words
    yield (
        _(
            "1. 갖출 것: %(what)s. 대학이나 발급처가 확인한 것만 세고, 스스로 적은 것은 세지 "
            "않습니다. 이미 갖춘 사람도 받을 수 있습니다."
        )
        % words
    )
    yield (
        _(
            "2. 날: 제주 시각으로 %(day)s까지. 시험이나 평가를 그날까지 마쳤으면 %(last)s까지 "
            "확인된 것도 셉니다."
        )
        % words
    )
    yield (
        _(
            "3. 면접: 본인이 면접을 청한 날부터 %(days)s일 안에 봅니다. "
            "채용을 약속하는 것은 아닙니다."
        )
        % words
    )
    yield _("4. 자리: %(places)s명, 먼저 받는 차례대로입니다.") % words
    yield _(
        "5. 이 약속은 고칠 수 없습니다. 기업은 새로 받는 것만 멈출 수 있고, 이미 받은 사람의 "
        "약속은 공고의 접수가 끝나거나 공고를 닫은 뒤에도 그날까지 남습니다."
    )


def shown(terms_ko: str, terms_en: str) -> str:
    return terms_ko if current_language() == "ko" else terms_en
