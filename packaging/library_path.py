"""Run at the start of a bundle: gives programs that it starts the library path of its user.

The start program of PyInstaller puts the libraries of the bundle first, which is too late to matter
to itself; Tesseract or a browser would load them in place of their own.
"""

import os

original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if original is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = original
