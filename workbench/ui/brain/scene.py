"""The solid brain drawn by OpenGL, off screen: a picture comes back, and no window changes for it.

Points are drawn thrice: all of them faintly, then a glow and a core for those that fire. Where
there is no OpenGL that can do this, there is no scene.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QColor,
    QImage,
    QMatrix4x4,
    QOffscreenSurface,
    QOpenGLContext,
    QSurfaceFormat,
)
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLFramebufferObject,
    QOpenGLShader,
    QOpenGLShaderProgram,
    QOpenGLVertexArrayObject,
)

F32 = NDArray[np.float32]

_COLOUR, _BLEND, _POINT_SIZE, _POINTS, _FLOAT = 0x4000, 0x0BE2, 0x8642, 0x0000, 0x1406
_SOURCE_ALPHA, _ONE_MINUS, _ONE = 0x0302, 0x0303, 1
_DESKTOP, _EMBEDDED = "#version 330 core\n", "#version 300 es\nprecision highp float;\n"
_VERTEX = """
in vec3 place;
in float level;
uniform mat4 turned;
uniform mat4 seen;
uniform float size;
uniform int layer;
out float lit;
out float near;
void main() {
    vec4 at = turned * vec4(place, 1.0);
    near = clamp(at.z + 0.5, 0.0, 1.0);
    lit = level;
    gl_Position = (layer > 0 && level <= 0.0) ? vec4(2.0, 2.0, 2.0, 1.0) : seen * at;
    float wide = layer == 0 ? 1.0 : (layer == 1 ? 6.0 : 1.5);
    gl_PointSize = size * wide * (0.7 + 0.6 * near);
}
"""
_FRAGMENT = """
in float lit;
in float near;
uniform vec3 ink;
uniform float strength;
uniform int layer;
out vec4 colour;
void main() {
    float far = 2.0 * length(gl_PointCoord - vec2(0.5));
    if (far > 1.0) discard;
    float shape = layer == 1 ? (1.0 - far) * (1.0 - far) : smoothstep(1.0, 0.45, far);
    float bright = layer == 0 ? 0.2 + 0.8 * near * near : lit * (0.35 + 0.65 * near);
    colour = vec4(ink, strength * shape * bright);
}
"""


class Scene:
    """`draw` makes a picture. To be used from the GUI thread, and closed."""

    def __init__(self, context: QOpenGLContext, surface: QOffscreenSurface, places: F32) -> None:
        """Use `scene`."""
        self._context, self._surface = context, surface
        self._count = len(places)
        self._target: QOpenGLFramebufferObject | None = None
        self._program = QOpenGLShaderProgram()
        self._array = QOpenGLVertexArrayObject()
        self._places, self._levels = QOpenGLBuffer(), QOpenGLBuffer()
        self.sound = self._made(places)

    def _made(self, places: F32) -> bool:
        head = _EMBEDDED if self._context.isOpenGLES() else _DESKTOP
        kinds = QOpenGLShader.ShaderTypeBit
        for kind, text in ((kinds.Vertex, _VERTEX), (kinds.Fragment, _FRAGMENT)):
            if not self._program.addShaderFromSourceCode(kind, head + text):
                return False
        if not (self._program.link() and self._array.create()):
            return False
        self._array.bind()
        self._program.bind()
        quiet = np.zeros(self._count, np.float32)
        for buffer, name, values, wide in (
            (self._places, "place", places, 3), (self._levels, "level", quiet, 1),
        ):  # fmt: skip
            data = np.ascontiguousarray(values, np.float32).tobytes()
            if not (buffer.create() and buffer.bind()):
                return False
            buffer.allocate(data, len(data))
            at = self._program.attributeLocation(name)
            self._program.enableAttributeArray(at)
            self._program.setAttributeBuffer(at, _FLOAT, 0, wide)
        self._array.release()
        self._program.release()
        return True

    def light(self, levels: F32) -> None:
        """How brightly each dot is lit, float32[n] from 0 to 1."""
        if self._context.makeCurrent(self._surface):
            data = np.ascontiguousarray(levels, np.float32).tobytes()
            self._levels.bind()
            self._levels.allocate(data, len(data))
            self._levels.release()
            self._context.doneCurrent()

    def draw(
        self, size: QSize, turned: QMatrix4x4, seen: QMatrix4x4, colours: "tuple[QColor, ...]",
        dark: bool,
    ) -> QImage:  # fmt: skip
        """A picture of `size` pixels; `colours` are paper, quiet dots, glow and core.

        A null image where the context was lost.
        """
        if not self._context.makeCurrent(self._surface):
            return QImage()
        try:
            if self._target is None or self._target.size() != size:
                self._target = QOpenGLFramebufferObject(size)
            if not (self._target.isValid() and self._target.bind()):
                return QImage()
            self._paint(size, turned, seen, colours, dark)
            self._target.release()
            return self._target.toImage().convertToFormat(QImage.Format.Format_RGB32)
        finally:
            self._context.doneCurrent()

    def _paint(
        self, size: QSize, turned: QMatrix4x4, seen: QMatrix4x4, colours: "tuple[QColor, ...]",
        dark: bool,
    ) -> None:  # fmt: skip
        call = self._context.functions()
        paper, quiet, glow, core = colours
        call.glViewport(0, 0, size.width(), size.height())
        call.glColorMask(True, True, True, True)
        call.glClearColor(paper.redF(), paper.greenF(), paper.blueF(), 1.0)
        call.glClear(_COLOUR)
        call.glColorMask(True, True, True, False)
        call.glEnable(_BLEND)
        if not self._context.isOpenGLES():
            call.glEnable(_POINT_SIZE)
        program = self._program
        program.bind()
        self._array.bind()
        where = program.uniformLocation
        program.setUniformValue(where("turned"), turned)
        program.setUniformValue(where("seen"), seen)
        program.setUniformValue1f(where("size"), max(1.5, min(size.width(), size.height()) / 260.0))
        layers = (
            (quiet, 0.55, False), (glow, 0.16 if dark else 0.10, dark), (core, 0.95, dark),
        )  # fmt: skip
        for at, (ink, strength, added) in enumerate(layers):
            # Light adds up on dark paper only; on light paper it is ink.
            call.glBlendFunc(_SOURCE_ALPHA, _ONE if added else _ONE_MINUS)
            program.setUniformValue1i(where("layer"), at)
            program.setUniformValue(where("ink"), ink.redF(), ink.greenF(), ink.blueF())
            program.setUniformValue1f(where("strength"), strength)
            call.glDrawArrays(_POINTS, 0, self._count)
        self._array.release()
        program.release()

    def close(self) -> None:
        """Give back what lies on the graphics card."""
        if self._context.makeCurrent(self._surface):
            self._target = None
            self._places.destroy()
            self._levels.destroy()
            self._array.destroy()
            self._program.removeAllShaders()
            self._context.doneCurrent()


def scene(places: F32) -> Scene | None:
    """A scene of these dots, float32[n, 3]; None where OpenGL is missing or too old."""
    form = QSurfaceFormat()
    if QOpenGLContext.openGLModuleType() == QOpenGLContext.OpenGLModuleType.LibGL:
        form.setVersion(3, 3)
        form.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    context = QOpenGLContext()
    context.setFormat(form)
    if not context.create():
        return None
    surface = QOffscreenSurface()
    surface.setFormat(context.format())
    surface.create()
    if not surface.isValid() or context.format().majorVersion() < 3:
        return None
    if not context.makeCurrent(surface):
        return None
    created = Scene(context, surface, places)
    context.doneCurrent()
    return created if created.sound else None
