"""Recognises notices about a source: those that are no trouble, those with a remedy."""

#: How a sentence about recognised text begins, where it is sure enough.
RECOGNISED = "Text was recognised in pictures"
#: How a sentence begins about what stands around the text of a web page.
BOILERPLATE = "Left out around the text"


def is_remark(notice: str) -> bool:
    """Whether a sentence about a source only says how its text was found, and found well."""
    return notice.startswith((RECOGNISED, BOILERPLATE))


#: How the sentences end that say a video has nothing to read, and that it is a list of videos.
NO_CAPTIONS = "has no captions."
LIST = "is a list of videos."
#: What is said of a recording where there is nobody to write it down.
NO_MODEL = "This is a recording, and no speech model is here to write down what is said."


def is_locked(problem: str) -> bool:
    """Whether a PDF was refused because a password stands before its text."""
    return problem.startswith("This PDF is locked with ")


def lacks_captions(problem: str) -> bool:
    """Whether a video was refused only because nobody wrote down what is said in it."""
    return problem.endswith(NO_CAPTIONS)


def is_list(problem: str) -> bool:
    """Whether a link was refused because it leads to a list of videos."""
    return problem.endswith(LIST)


def lacks_model(problem: str) -> bool:
    """Whether a recording has no text because there is no speech model."""
    return problem.startswith(NO_MODEL)
