"""Limits of memory and time of a reader process, enforced by the operating system.

They include a watchdog: a kernel timer that ends a silent process, even inside a library that never
returns to Python, and even if the parent is gone. On Linux the kernel limits private memory
(RLIMIT_DATA), which excludes mapped files; macOS does not enforce that, so peak memory is checked
between records. On Windows a job object enforces the limits, and ends child processes with their
parent.
"""

import contextlib
import os
import signal
import sys
import time

#: Private memory of the process, in bytes. A file that needs more fails alone.
MEMORY = 1 << 30
ADDRESSES = 4 << 30
#: Processor seconds per file; the last resort against endless work.
FILE_SECONDS = 3600
#: The same for a recording: the largest model takes some 5 GB, and hours of sound take hours.
SPEECH_MEMORY = 8 << 30
SPEECH_ADDRESSES = 32 << 30
SPEECH_SECONDS = 7 * 24 * 3600
#: Seconds of silence after which the kernel ends the process; the parent has given up before.
SILENCE = 300.0

_WIND_SECONDS = 1.0


def be_modest(*, heavy: bool = False) -> None:
    """Apply the limits that the system supports, for good; `heavy` ones for a speech model."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)
    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            _confine(SPEECH_MEMORY if heavy else MEMORY)
        return
    import resource

    _limit(resource.RLIMIT_AS, SPEECH_ADDRESSES if heavy else ADDRESSES)
    if sys.platform == "linux":
        _limit(resource.RLIMIT_DATA, SPEECH_MEMORY if heavy else MEMORY)
    _limit(resource.RLIMIT_CPU, SPEECH_SECONDS)


def _limit(resource_id: int, limit: int, *, for_good: bool = True) -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource_id)
            if hard != resource.RLIM_INFINITY:
                limit = min(limit, hard)
            resource.setrlimit(resource_id, (limit, limit if for_good else hard))


class Watchdog:
    """Ends this process if a file takes too long, is silent, or needs too much memory.

    For one thread.
    """

    def __init__(self, silence: float = SILENCE, seconds: int = FILE_SECONDS) -> None:
        self._silence = silence
        self._seconds = seconds
        self._memory = MEMORY if seconds <= FILE_SECONDS else SPEECH_MEMORY
        self._wound = 0.0

    def begin(self) -> None:
        """Begin a file: processor time is counted from here."""
        if sys.platform != "win32":
            import resource

            # Processor time is counted since the process began, which has read other files before.
            used = resource.getrusage(resource.RUSAGE_SELF)
            seconds = int(used.ru_utime + used.ru_stime) + self._seconds
            _limit(resource.RLIMIT_CPU, seconds, for_good=False)
        self._wound = 0.0
        self.wind()

    def wind(self) -> None:
        """Reset the timer after output. Raises `MemoryError` above the memory limit."""
        current = time.monotonic()
        if current - self._wound < _WIND_SECONDS:
            return
        self._wound = current
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, self._silence)
        if sys.platform == "darwin":
            import resource

            if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > self._memory:
                raise MemoryError

    def suspend(self) -> None:
        """Stop the timer: the file is finished, or the other side is busy."""
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

    def _confine(memory: int) -> None:
        """Put this process into a job object with a memory limit, for its lifetime."""
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
        limits.ProcessMemoryLimit = memory
        size = ctypes.sizeof(limits)
        if job and kernel.SetInformationJobObject(
            job, _EXTENDED_LIMITS, ctypes.byref(limits), size
        ):
            # The handle stays open: it closes, and the job ends, with this process.
            kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
