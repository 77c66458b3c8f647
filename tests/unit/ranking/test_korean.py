import pytest

from matcher.ranking.korean import Particle, josa


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
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
    ],
)
def test_particle_fits_the_last_sound(word: str, particle: Particle, expected: str) -> None:
    assert josa(word, particle) == expected
