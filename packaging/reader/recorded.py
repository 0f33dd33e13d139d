"""Steps of a training on a graphics card, recorded once for each shape and played again after that.

A small network takes a card less time than telling it, one after the other, of the thousand things
that a step computes. A recording (a CUDA graph: https://pytorch.org/docs/stable/notes/cuda.html)
holds them all, the change of the weights among them; it is played on arrays of the same shapes.
"""

from collections.abc import Callable, Sequence
from typing import Any

#: Steps of a shape that are done before one is recorded: what is made once is made by then.
_BEFORE = 3

#: Takes tensors, gives one of a few numbers.
Step = Callable[[Sequence[Any]], Any]


class Recorded:
    """A step that is recorded: call it with arrays. One thread alone may."""

    def __init__(self, step: Step, device: Any) -> None:
        """`step` may change tensors in place and draw by chance, but not wait for the card."""
        import torch

        self._step = step
        self._device = device
        self._stream: Any = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        self._pool = torch.cuda.graph_pool_handle()
        self._done: dict[tuple[Any, ...], int] = {}
        self._recordings: dict[tuple[Any, ...], tuple[Any, list[Any], Any]] = {}

    def __call__(self, arrays: Sequence[Any]) -> Any:
        """What the step gives; to be copied before the next call."""
        import torch

        shapes = tuple(each.shape for each in arrays)
        known = self._recordings.get(shapes)
        tensors = [torch.from_numpy(each).to(self._device) for each in arrays]
        if known is None and self._done.get(shapes, 0) < _BEFORE:
            self._done[shapes] = self._done.get(shapes, 0) + 1
            # Recordings are made beside the usual stream, and so is what goes before them.
            self._stream.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(self._stream):
                found = self._step(tensors)
            torch.cuda.current_stream().wait_stream(self._stream)
            return found
        if known is None:
            graph = torch.cuda.CUDAGraph()
            # What other threads ask of the card meanwhile is no part of it.
            with torch.cuda.graph(
                graph, self._pool, self._stream, capture_error_mode="thread_local"
            ):
                found = self._step(tensors)
            known = self._recordings[shapes] = (graph, tensors, found)
        graph, places, found = known
        for place, each in zip(places, tensors, strict=True):
            place.copy_(each)
        graph.replay()
        return found
