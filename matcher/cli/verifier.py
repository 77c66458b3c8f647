"""verifier: the page that checks records without a network, as one file."""

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.models import spoken
from matcher.cli.setup import console
from matcher.i18n import gettext as _


def verifier(
    out: Annotated[Path, typer.Option(help="where to write the file, such as oreum-verify.html")],
) -> None:
    """Write the offline verifier with today's keys and status lists. Exit status 2: cannot write
    there."""
    from matcher.flows import offline_verifier
    from matcher.rendering.verifier import verifier_file

    with spoken() as ready, ready.reading() as unit:
        operator = ready.settings.operator_name or _("오름")
        text = verifier_file(offline_verifier.carried(unit, ready.key_vault, operator))
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            raise typer.BadParameter(f"{out}: {error.strerror}") from None
        words = _("확인하는 화면을 %(file)s에 적었습니다.")
        console().print(words % {"file": out})
