"""Pages for dark themes: dark paper and light ink, while colours stay what they are."""

import numpy as np
from PySide6.QtGui import QColor

#: Width and height in pixels, and rows of red, green, blue and opacity.
Picture = tuple[int, int, bytes]


def darkened(picture: Picture, paper: QColor, ink: QColor) -> Picture:
    """Turn light into dark and keep the hue; white becomes `paper`, and black `ink`."""
    width, height, rows = picture
    pixels = np.frombuffer(rows, np.uint8).reshape(height, width, 4).copy()
    colours = pixels[..., :3].astype(np.int16)
    # Lightness is the mean of the strongest and the weakest of the three; its mirror image keeps
    # their differences, and so hue and chroma.
    turned = colours + (255 - colours.max(-1, keepdims=True) - colours.min(-1, keepdims=True))
    low, high = (np.array((c.red(), c.green(), c.blue()), np.int32) for c in (paper, ink))
    pixels[..., :3] = low + turned * (high - low) // 255
    return width, height, pixels.tobytes()
