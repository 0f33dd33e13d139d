"""Pictures: those of the library, and search among them."""

from workbench.arguments import checked
from workbench.care.diagnosis import diagnosed
from workbench.recall.pictures import LibraryPictures

__all__ = ["LibraryPictures"]

diagnosed(checked(LibraryPictures))
