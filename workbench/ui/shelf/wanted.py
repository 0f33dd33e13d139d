"""Requests between parts of the window."""

from PySide6.QtCore import QObject, Signal


class Wanted(QObject):
    """A part emits a request; the window connects it to the part that handles it."""

    #: (source, start, end) of a passage to open.
    sentence = Signal(int, int, int)
    #: The id of a fact to show.
    statement = Signal(int)
    #: The number of a concept to show in the Inspector; of one to explore.
    concept = Signal(int)
    explored = Signal(int)
    #: A request to watch the recall behind the answer.
    watched = Signal()
    #: The ids of told facts to take back.
    untold = Signal(object)
    #: A request to choose files to add; to add the sample.
    files = Signal()
    sample = Signal()
    #: The `Evidence` whose concepts to explore.
    associated = Signal(object)
    #: (source id, `Place`, words) copied to the clipboard with a reference.
    copied = Signal(int, object, str)
