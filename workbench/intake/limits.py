"""Limits of memory, time and file size of a reader process, set in the operating system.

Memory, processor time for a file, the size of what it writes, and a dead man's switch: a timer of
the kernel that ends the process when it has said nothing for long, also inside a library that
never lets Python run, and also when nobody is left to end it. On Linux the kernel counts private
memory (RLIMIT_DATA), which leaves the mapping of large files alone; macOS does not hold a process
to that, so there its own high-water mark is looked at between two records. On Windows a job object
does the same, and ends with the process what it has started.
"""

import contextlib
import os
import signal
import sys
import time

#: Private memory of the process, and all it maps, bytes. A file that needs more fails alone.
MEMORY = 1 << 30
ADDRESSES = 4 << 30
#: Processor time for one file, seconds; the last resort against work that never ends.
FILE_SECONDS = 3600
#: The same for a recording: the largest model takes some 5 GB, and hours of sound take hours.
SPEECH_MEMORY = 8 << 30
SPEECH_ADDRESSES = 32 << 30
SPEECH_SECONDS = 7 * 24 * 3600
#: Size of a file that it may write, bytes: members of archives on their way, complaints.
FILE_SIZE = 2 << 30
#: Seconds of silence after which the kernel ends the process; the parent has given up by then.
SILENCE = 300.0

_WIND_SECONDS = 1.0


def be_modest() -> None:
    """Take the limits on; what a system does not know is left as it is."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)
    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            _confine()
        return
    import resource

    _limit(resource.RLIMIT_AS, ADDRESSES)
    if sys.platform == "linux":
        _limit(resource.RLIMIT_DATA, MEMORY)
    _limit(resource.RLIMIT_FSIZE, FILE_SIZE)
    _limit(resource.RLIMIT_CORE, 0)


def make_room() -> None:
    """Take on what a speech model needs instead; only for a process that ends after this file."""
    if sys.platform == "win32":
        return
    import resource

    _limit(resource.RLIMIT_AS, SPEECH_ADDRESSES)
    if sys.platform == "linux":
        _limit(resource.RLIMIT_DATA, SPEECH_MEMORY)


def _limit(resource_id: int, limit: int) -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource_id)
            if hard != resource.RLIM_INFINITY:
                limit = min(limit, hard)
            resource.setrlimit(resource_id, (limit, hard))


class Watchdog:
    """Ends this process when a file takes too long, says nothing, or swells. For one thread."""

    def __init__(self, silence: float = SILENCE, seconds: int = FILE_SECONDS) -> None:
        self._silence = silence
        self._seconds = seconds
        self._wound = 0.0

    def begin(self) -> None:
        """A file begins: its processor time is counted from here."""
        if sys.platform != "win32":
            import resource

            # Counted since the process began, which has read other files before.
            used = resource.getrusage(resource.RUSAGE_SELF)
            _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + self._seconds)
        self._wound = 0.0
        self.wind()

    def wind(self) -> None:
        """Something was said. Raises `MemoryError` where the process has swollen meanwhile."""
        current = time.monotonic()
        if current - self._wound < _WIND_SECONDS:
            return
        self._wound = current
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, self._silence)
        if sys.platform == "darwin":
            import resource

            if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MEMORY:
                raise MemoryError

    def suspend(self) -> None:
        """Nothing is expected to be said: the file is over, or the other side is busy."""
        self._wound = 0.0
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _EXTENDED_LIMITS = 9
    _PROCESS_MEMORY = 0x100
    _KILL_ON_CLOSE = 0x2000

    def _confine() -> None:
        """Put this process into a job with a limit of memory, for as long as it lives."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (
            *(wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD),
        )
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        limits = _Extended()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY | _KILL_ON_CLOSE
        limits.ProcessMemoryLimit = MEMORY
        size = ctypes.sizeof(limits)
        if job and kernel.SetInformationJobObject(
            job, _EXTENDED_LIMITS, ctypes.byref(limits), size
        ):
            # The handle is left open: it closes, and the job ends, with this process.
            kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
