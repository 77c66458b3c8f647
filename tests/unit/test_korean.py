"""Particles after words in any script."""

import pytest

from matcher.korean import with_particle


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("파이썬", "을", "파이썬을"),
        ("자바", "을", "자바를"),
        ("자바", "이", "자바가"),
        ("리눅스", "은", "리눅스는"),
        ("엑셀", "으로", "엑셀로"),
        ("엑셀", "과", "엑셀과"),
        ("파이썬", "으로", "파이썬으로"),
        ("SAA", "이", "SAA가"),
        ("SQL", "을", "SQL을"),
        ("SQL", "으로", "SQL로"),
        ("STAC", "을", "STAC를"),
        ("IAM", "은", "IAM은"),
        ("S3", "을", "S3를"),
        ("EC2", "이", "EC2가"),
        ("제3", "을", "제3을"),
        ("자격 1", "으로", "자격 1로"),
        ("Docker", "이", "Docker가"),
        ("Git", "이", "Git이"),
        ("Python", "을", "Python을"),
        ("Kubernetes", "을", "Kubernetes를"),
        ("Oracle", "으로", "Oracle로"),
        ("Pipeline", "이", "Pipeline이"),
        ("Spark", "을", "Spark를"),
        ("파이썬 (Python)", "은", "파이썬 (Python)은"),
        ("자바(JVM)", "을", "자바(JVM)를"),
        ("C++", "을", "C++를"),
        ("", "을", "를"),
        ("★", "이", "★가"),
        ("길", "을/를", "길을"),
        ("공고", "을/를", "공고를"),
        ("서울", "으로/로", "서울로"),
        ("제주", "으로/로", "제주로"),
        ("대학", "으로/로", "대학으로"),
        ("SAA", "을/를", "SAA를"),
        ("SQL", "이/가", "SQL이"),
        ("STAC", "을/를", "STAC를"),
        ("DOP", "은/는", "DOP는"),
        ("Docker", "을/를", "Docker를"),
        ("Python", "을/를", "Python을"),
        ("Git", "을/를", "Git을"),
        ("C++", "과/와", "C++와"),
        ("C#", "을/를", "C#을"),
        ("3.0", "이/가", "3.0이"),
        ("4", "으로/로", "4로"),
        ("10", "은/는", "10은"),
        ("AWS 설계 (SAA)", "을/를", "AWS 설계 (SAA)를"),
        ("", "을/를", "를"),
        ("2026", "과/와", "2026과"),
        ("길", "를", "길을"),
    ],
)
def test_particle_fits_the_last_sound(word: str, pair: str, expected: str) -> None:
    assert with_particle(word, pair) == expected
