"""What can go wrong while reading: one tree, each error one sentence and a next step.

IngestError               code, message, hint
├── MissingFileError      missing       the path leads nowhere
├── EmptyFileError        empty         no bytes, or no words
├── EncryptedFileError    encrypted     a password or DRM stands before the text
├── DamagedFileError      damaged       cut off or corrupt
├── NoTextError           no_text       pictures of text (a scan), no words to read
├── TooLargeError         too_large     more than can be read as one file of its kind
├── UnsupportedFileError  unsupported   nothing here reads this kind
│   └── ForeignFormatError              a document, picture or archive of a kind that is not read
├── AddressError          address       a link that is none, or leads where links may not
├── UnreachableError      unreachable   no host, no answer, or a broken one: try again later
├── RefusedError          refused       the host was reached and did not give the page
├── ModelError            model         a language model's server did not do what was asked
└── PluginError           plugin        a plugin failed, blocked, or gave what is no record
"""

from typing import ClassVar, Literal


class IngestError(Exception):
    """A source could not be read: `message` says what happened, `hint` what to do next."""

    code: ClassVar[str] = "unreadable"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class MissingFileError(IngestError):
    """The path does not exist or may not be read."""

    code = "missing"


class EmptyFileError(IngestError):
    """The file has no bytes or no words."""

    code = "empty"


class EncryptedFileError(IngestError):
    """The file is protected by a password or DRM."""

    code = "encrypted"


class DamagedFileError(IngestError):
    """The file is truncated or corrupt."""

    code = "damaged"


class NoTextError(IngestError):
    """The file has pictures of text but no text."""

    code = "no_text"


class RecognitionPutOffError(IngestError):
    """The file is only pictures of text, whose recognition was postponed."""

    code = "recognition_put_off"


class TooLargeError(IngestError):
    """The file is larger than any plausible one of its kind, which must be read as a whole."""

    code = "too_large"


class UnsupportedFileError(IngestError):
    """No reader knows this kind of file."""

    code = "unsupported"


class ForeignFormatError(UnsupportedFileError):
    """A known document, picture or archive without a reader: reported even within a folder."""


class AddressError(IngestError):
    """The link is invalid, or leads where links may not."""

    code = "address"


class UnreachableError(IngestError):
    """The host cannot be found or reached, or the connection broke off."""

    code = "unreachable"


class RefusedError(IngestError):
    """The host refused the page, or sent an unacceptable one."""

    code = "refused"


#: Why a model did not answer: nothing listens there; something else does, or too old a version;
#: timeout; the connection broke off; out of memory; overloaded; no such model; unsupported by the
#: model; invalid answer; endless answer; refused; a key refused; untrusted certificate; too long.
ModelReason = Literal[
    "absent", "foreign", "old", "slow", "broke", "memory", "busy",
    "missing", "incapable", "answer", "endless", "refused", "key", "certificate", "context",
]  # fmt: skip


class ModelError(IngestError):
    """A server of language models failed; `reason` says why in a word."""

    code = "model"

    def __init__(self, reason: ModelReason, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.reason: ModelReason = reason


class PluginError(IngestError):
    """A plugin of another package did not do what was asked."""

    code = "plugin"
