"""What the rows of Today may ask to be done about what waits."""

from PySide6.QtCore import QObject, Signal


class TodayWanted(QObject):
    """The rows emit; the window connects each to the part that does it."""

    #: (review, its rating); a review that is to be asked no more, or to be seen
    answered = Signal(object, str)
    stopped = Signal(object)
    shown = Signal(object)
    #: (id, front, answer) of a card that was written; a deck of all is to be exported.
    edited = Signal(int, str, str)
    deck = Signal()
    #: (conflict, "newer", "older" or "both"); a conflict that is to be open again
    settled = Signal(object, str)
    unsettled = Signal(object)
    #: An alert that is known by now.
    acknowledged = Signal(object)
    #: (idea, whether it is accepted, else rejected); an idea that waits for an answer again
    decided = Signal(object, bool)
    undecided = Signal(object)
    #: The list of all that fades is to be seen; these engrams are to be let go.
    fading = Signal()
    let_go = Signal(object)
    #: The fact of this id is to be seen beside Today; the sources are.
    fact = Signal(int)
    sources = Signal()
