"""Chromium without a window, driven by its own protocol over a pipe: that needs no package."""

import contextlib
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.patience import seconds

#: The browser that is installed, None where none is.
PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
_SWITCHES = (
    *("--headless=new", "--remote-debugging-pipe", "--enable-unsafe-extension-debugging"),
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--no-default-browser-check"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class Tab:
    """A page that is open."""

    def __init__(self, browser: "Browser", id: str, session: str) -> None:
        self._browser, self.id, self._session = browser, id, session

    def run(self, script: str) -> Any:
        """What a script of the page gives, once it has it."""
        said = self._browser.call(
            "Runtime.evaluate", self._session, expression=script, awaitPromise=True,
            returnByValue=True, userGesture=True,
        )  # fmt: skip
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def until(self, script: str) -> Any:
        """What a script gives as soon as that is something."""
        deadline = time.monotonic() + seconds(20)
        while not (found := self.run(script)):
            assert time.monotonic() < deadline, script
            time.sleep(0.05)
        return found


class Browser:
    """A browser that runs; its messages are JSON with a zero byte behind each."""

    def __init__(self, to: int, of: int) -> None:
        self._to, self._of = to, of
        self._number = 0
        self._rest = b""

    def call(self, method: str, session: str = "", **given: Any) -> Any:
        """Call a method of the protocol and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": given}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            said = self._message()
            if said.get("id") == self._number:
                assert "error" not in said, said
                return said["result"]

    def _message(self) -> Any:
        while b"\0" not in self._rest:
            piece = os.read(self._of, 1 << 16)
            assert piece, "the browser has ended"
            self._rest += piece
        one, _, self._rest = self._rest.partition(b"\0")
        return json.loads(one)

    def open(self, address: str) -> Tab:
        """Open an address in a tab and wait for its page."""
        tab = self.attach(self.call("Target.createTarget", url=address)["targetId"])
        tab.until("location.href !== 'about:blank' && document.readyState === 'complete'")
        return tab

    def attach(self, id: str) -> Tab:
        """The tab with an id."""
        session = self.call("Target.attachToTarget", targetId=id, flatten=True)["sessionId"]
        return Tab(self, id, session)

    def opened(self, address: str) -> Tab:
        """The tab that a page has opened, of an address that begins so."""
        deadline = time.monotonic() + seconds(20)
        while time.monotonic() < deadline:
            for each in self.call("Target.getTargets")["targetInfos"]:
                if each["type"] == "page" and each["url"].startswith(address):
                    tab = self.attach(each["targetId"])
                    tab.until("document.readyState === 'complete'")
                    return tab
            time.sleep(0.05)
        raise AssertionError(address)


@contextlib.contextmanager
def running(profile: Path) -> Iterator[Browser]:
    """Start Chromium with an empty profile, and end it."""
    assert PROGRAM is not None
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()

    def wire() -> None:
        # It reads from 3 and writes to 4; first out of the way of those numbers.
        reads, writes = os.dup(theirs_in), os.dup(theirs_out)
        os.dup2(reads, 3)
        os.dup2(writes, 4)

    words = [PROGRAM, *_SWITCHES, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        words, preexec_fn=wire, pass_fds=(3, 4), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs_in)
    os.close(theirs_out)
    # A browser that says nothing any more ends the test, not the patience of its reader.
    watch = threading.Timer(seconds(120), process.kill)
    watch.start()
    try:
        yield Browser(ours_out, ours_in)
    finally:
        watch.cancel()
        # The end of the pipe is the end of the browser.
        os.close(ours_out)
        os.close(ours_in)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds(5))
        process.kill()
        process.wait()
