"""Classifies notices about a source: harmless ones, and those with a remedy."""

#: Beginning of a notice about text recognised with confidence.
RECOGNISED = "Text was recognised in pictures"
#: Beginning of a notice about text omitted from a web page.
BOILERPLATE = "Left out around the text"
#: Beginning of a notice about text of a web page that no browser shows.
UNSHOWN = "Left out since no browser shows it"
#: Beginning of a notice about words whose deletion is tracked.
_DELETED = "Deleted text was left out"


def is_remark(notice: str) -> bool:
    """Whether a notice only describes how the text was obtained, without a problem."""
    return notice.startswith((RECOGNISED, BOILERPLATE, UNSHOWN, _DELETED))


#: Ends of errors about a video without captions, and about a list of videos.
NO_CAPTIONS = "has no captions."
LIST = "is a list of videos."
#: Beginning of a notice about a recording without a speech model.
NO_MODEL = "This is a recording, and no speech model is here to write down what is said."


def is_locked(problem: str) -> bool:
    """Whether a PDF was refused because it is encrypted."""
    return problem.startswith("This PDF is locked with ")


def lacks_captions(problem: str) -> bool:
    """Whether a video was refused only because it has no captions."""
    return problem.endswith(NO_CAPTIONS)


def is_list(problem: str) -> bool:
    """Whether a link was refused because it is a list of videos."""
    return problem.endswith(LIST)


def lacks_model(problem: str) -> bool:
    """Whether a recording has no text for want of a speech model."""
    return problem.startswith(NO_MODEL)
