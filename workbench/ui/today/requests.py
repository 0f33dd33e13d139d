"""What the rows of Today may ask to be done about what waits."""

from PySide6.QtCore import QObject, Signal


class TodayRequests(QObject):
    """The rows emit; the window connects each to the part that does it."""

    #: (review, its rating); a review that is to be asked no more, or to be seen
    rated = Signal(object, str)
    stopped = Signal(object)
    inspected = Signal(object)
    #: (id, front, answer) of a card that was written; a deck of all is to be exported.
    edited = Signal(int, str, str)
    deck = Signal()
    #: (conflict, "newer", "older" or "both"); a conflict that is to be open again
    resolved = Signal(object, str)
    unresolved = Signal(object)
    #: An alert that is known by now.
    acknowledged = Signal(object)
    #: (idea, whether it is accepted, else rejected); an idea that waits for an answer again
    decided = Signal(object, bool)
    undecided = Signal(object)
    #: The list of all that fades is to be seen; these engrams are to be let go.
    fading = Signal()
    archived = Signal(object)
    #: The fact of this id is to be seen beside Today; the sources are.
    fact = Signal(int)
    sources = Signal()
