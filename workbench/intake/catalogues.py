"""Looks up a work in public catalogues: one request, only on demand."""

from ingest import catalogues
from ingest.errors import IngestError
from workbench.errors import InputError, UsageError
from workbench.intake.intake import Intake
from workbench.intake.records import LookUp
from workbench.jobs import Cancel


def look_up(intake: Intake, identifier: str, send: bool, cancel: Cancel) -> LookUp:
    """The address for a DOI, arXiv number or ISBN, and with `send` the answer.

    Raises `UsageError`, `InputError`, `Cancelled`.
    """
    try:
        address = catalogues.request_address(identifier)
    except ValueError:
        raise UsageError(
            f"“{identifier.strip()[:80]}” is neither a DOI, nor an arXiv number, nor an ISBN.",
            "Give one such as 10.1000/182, arXiv:1512.03385 or 978-0-14-143972-3.",
        ) from None
    if not send:
        return LookUp(address)
    with intake.reader() as reader:
        # The host is one of three constants.
        page = reader.fetch(address, typed=True, tell=lambda *_: None, cancel=cancel)
    try:
        return LookUp(address, catalogues.details(page.content, address))
    except IngestError as error:
        raise InputError(error.message, error.hint) from error
