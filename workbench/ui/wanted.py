"""What any part of the window may ask of the others, without knowing who does it."""

from PySide6.QtCore import QObject, Signal


class Wanted(QObject):
    """The asking side emits, the window connects each to the part that does it."""

    #: Source, start and end of a sentence that is to be read in its place.
    sentence = Signal(int, int, int)
    #: The statement of this id is to be shown.
    statement = Signal(int)
    #: All about the concept of this number is to be seen beside what is shown.
    concept = Signal(int)
    #: An engram is to be made stronger; to fade no more or again; to be let go or taken back.
    strengthened = Signal(int)
    pinned = Signal(int, bool)
    let_go = Signal(int, bool)
    #: Files are to be chosen and added; the sample is to be added.
    files = Signal()
    sample = Signal()
    #: What this `Evidence` is about is to be seen in the Associations tab.
    associated = Signal(object)
    #: Source id, `Place` and words: they were put on the clipboard with their reference.
    copied = Signal(int, object, str)
