"""Signals of the rows in Today."""

from PySide6.QtCore import QObject, Signal


class TodayRequests(QObject):
    """The rows emit; the window connects each signal to its handler."""

    #: (review, rating); a review to stop; a review to show
    rated = Signal(object, str)
    stopped = Signal(object)
    inspected = Signal(object)
    #: (id, front, answer) of an edited card; a request to export all cards.
    edited = Signal(int, str, str)
    deck = Signal()
    #: (conflict, "newer", "older" or "both"); a conflict to reopen
    resolved = Signal(object, str)
    unresolved = Signal(object)
    #: The acknowledged alert.
    acknowledged = Signal(object)
    #: (idea, True to accept or False to reject); an idea to reopen
    decided = Signal(object, bool)
    undecided = Signal(object)
    #: A request for the list of fading memories; engrams to archive.
    fading = Signal()
    archived = Signal(object)
    #: The id of a fact to show.
    fact = Signal(int)
