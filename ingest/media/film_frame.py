"""A frame of a film, or the cover of a recording."""

from pathlib import Path

from ingest.errors import IngestError

#: Position in a film as a share of its length: titles fade in from black.
_AT = 0.1
#: Most rows of a frame.
_HIGHEST = 4000


def film_frame(path: Path, width: int) -> tuple[int, int, bytes]:
    """A frame of a film, `width` pixels wide: (width, height, RGBA rows).

    Raises `IngestError` if there is none.
    """
    import av

    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            stream = next(iter(container.streams.video), None)
            if stream is not None and stream.frames != 1 and container.duration:
                container.seek(int(container.duration * _AT))
            for frame in container.decode(stream) if stream is not None else ():
                high = max(1, min(_HIGHEST, round(width * frame.height / frame.width)))
                painted = frame.reformat(width=width, height=high, format="rgba")
                return width, high, painted.to_ndarray().tobytes()
    except (av.error.FFmpegError, ValueError):
        pass
    raise IngestError("This recording has no picture.", "Its words are kept and shown.")
