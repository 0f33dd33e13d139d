"""What a remote library reads of the wire, when somebody else hangs up."""

import socket
from http.client import HTTPException, HTTPResponse

import pytest

from workbench.library.remote import _events

_HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_EVENT = b"event: progress\ndata: 1\n"


class _ClosedMeanwhile(HTTPResponse):
    """Closed by another thread after a line was asked for and before its bytes are looked at."""

    hangs_up = False

    def _peek_chunked(self, n: int) -> bytes:
        if self.hangs_up:
            self.close()
        return bytes(super()._peek_chunked(n))  # type: ignore[misc]


def test_an_answer_closed_by_another_thread_is_a_lost_one() -> None:
    near, far = socket.socketpair()
    with near, far:
        far.sendall(_HEAD + b"%x\r\n%b\r\n" % (len(_EVENT) + 1, _EVENT + b"e"))
        answer = _ClosedMeanwhile(near)
        answer.begin()
        events = _events(answer)
        assert next(events) == ("progress", 1)
        answer.hangs_up = True
        with pytest.raises(HTTPException):
            next(events)
