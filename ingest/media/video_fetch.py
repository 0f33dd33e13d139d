"""Fetches a video by its address through yt-dlp: captions first, sound only on request.

Nothing is contacted before somebody adds or opens a link. Captions are taken in the language asked
for, else in the video's own; written ones before automatic ones, and of the automatic ones those of
what is spoken before translations. What is kept is one information file with the captions inside.
"""

import io
import json
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from email.message import Message
from functools import partial
from pathlib import Path
from typing import Any

import httpcore

from ingest.errors import AddressError, IngestError, RefusedError, TooLargeError, UnreachableError
from ingest.media import video_errors, wishes
from ingest.media.playlist import Entry, Playlist
from ingest.records import Check, uncancelled, unreported
from ingest.web import address, answers, hosts
from ingest.web.address import Address
from ingest.web.dial import CheckedBackend, Deadline
from ingest.web.fetched import Fetched
from ingest.web.request import Network, Report

# -- transport ------------------------------------------------------------------------------------
# Network requests of yt-dlp, held to the same rules as those for web pages.
#
# Only http and https, only to addresses that were checked before they are connected to, no proxy of
# the environment, redirects followed here and checked again. Each host is resolved once for all
# requests of a link. A private host is reached only where the user typed that very host.


Hear = Callable[[int], None]

#: Most bytes of one response.
MAX_BYTES = 150_000_000
#: Seconds for one request, including the download of sound.
_SECONDS = 1800.0
_REDIRECTS = 10
_LEADING = (301, 302, 303, 307, 308)


class Gate:
    """Checks hosts and collects `troubles`; `check(address)` returns the IP addresses.

    `hear(count)` is called with the bytes received.
    """

    def __init__(
        self, link: str, network: Network, hear: Hear, *, typed: bool, cancel: Check
    ) -> None:
        self.network = network.pinned()
        self.cancel = cancel
        self.hear = hear
        self.troubles: list[IngestError] = []
        self._typed = address.parse(link).host if typed else ""

    def check(self, url: str) -> tuple[Address, list[str]]:
        """The parsed address, and its IP addresses. Raises `IngestError`."""
        self.cancel()
        target = address.parse(url)
        numbers = hosts.numbers_of(target.host, target.port, self.network.resolve)
        if target.host == self._typed:
            return target, hosts.of_typed(numbers)
        if not all(map(hosts.is_public, numbers)):
            raise AddressError(
                f"The video leads to “{target.host}”, which is on this machine or in a private "
                "network; a page may not lead there by itself.",
                "If you mean that address, type it into the window yourself (Add Link).",
            )
        return target, numbers


def handler(gate: Gate) -> type[Any]:
    """A request handler for yt-dlp that connects through `gate`."""
    from yt_dlp.networking import Request, RequestHandler, Response
    from yt_dlp.networking.exceptions import HTTPError, TransportError

    class CheckedRH(RequestHandler):  # type: ignore[misc]
        _SUPPORTED_URL_SCHEMES = ("http", "https")
        _SUPPORTED_PROXY_SCHEMES = None
        _SUPPORTED_FEATURES = None

        def _check_extensions(self, extensions: dict[str, object]) -> None:
            for name in ("cookiejar", "timeout", "legacy_ssl", "keep_header_casing"):
                extensions.pop(name, None)

        def _send(self, request: Request) -> Response:
            try:
                return self._answer(request)
            except IngestError as error:
                gate.troubles.append(error)
                raise TransportError(error.message, cause=error) from error
            except (httpcore.TimeoutException, httpcore.NetworkError) as error:
                gate.troubles.append(_broken(request.url))
                raise TransportError(cause=error) from error
            except httpcore.ProtocolError as error:
                raise TransportError(cause=error) from error

        def _answer(self, request: Request) -> Response:
            url, method, data = request.url, request.method, request.data
            for _ in range(_REDIRECTS + 1):
                place, numbers = gate.check(url)
                headers = self._get_headers(request)
                jar = self._get_cookiejar(request)
                cookie = jar.get_cookie_header(url)
                if cookie:
                    headers["Cookie"] = cookie
                headers["Accept-Encoding"] = "gzip, deflate"
                headers["Connection"] = "close"
                body = data if data is None or isinstance(data, bytes) else b"".join(data)
                status, headers_of_answer, file = _exchange(
                    gate, place, numbers, method, headers, body
                )
                answer = Response(file, url, dict(headers_of_answer.items()), status)
                jar.extract_cookies(_CookieResponse(headers_of_answer), urllib.request.Request(url))
                target = headers_of_answer["location"]
                if status not in _LEADING or not target:
                    if not 200 <= status < 300:
                        raise HTTPError(answer)
                    return answer
                file.close()
                url = address.followed(place, target).url
                becomes_get = status == 303 or (status in (301, 302) and method == "POST")
                method, data = ("GET", None) if becomes_get else (method, data)
            raise TransportError("led in circles")

    return CheckedRH


class _CookieResponse:
    """A response as a cookie jar reads it."""

    def __init__(self, headers: Message) -> None:
        self.info = lambda: headers


def _exchange(
    gate: Gate,
    place: Address,
    numbers: list[str],
    method: str,
    headers: Mapping[str, str],
    body: bytes | None,
) -> tuple[int, Message, io.BytesIO]:
    """Send one request; returns its status, headers, and content as a file."""
    network = gate.network
    waits = {
        "connect": network.connect_seconds,
        "read": network.wait_seconds,
        "write": network.wait_seconds,
        "pool": network.wait_seconds,
    }
    backend = CheckedBackend(numbers, Deadline(_SECONDS, gate.cancel), network.dial)
    context = network.trust() if place.scheme == "https" else None
    file = io.BytesIO()
    with (
        httpcore.ConnectionPool(
            ssl_context=context, network_backend=backend, max_connections=1, retries=0
        ) as pool,
        pool.stream(
            method, place.url, headers=list(headers.items()), content=body,
            extensions={"timeout": waits},
        ) as answer,
    ):  # fmt: skip
        message = Message()
        for name, value in answer.headers:
            message[name.decode("latin-1")] = value.decode("latin-1")
        packed = message["content-encoding"] or ""
        if packed:
            del message["content-encoding"], message["content-length"]
        count = 0
        for piece in answers.unpacked(answer.iter_stream(), packed, place.host, MAX_BYTES):
            gate.cancel()
            count += len(piece)
            gate.hear(count)
            file.write(piece)
        file.seek(0)
        return answer.status, message, file


def _broken(url: str) -> UnreachableError:
    host = address.parse(url).host
    return UnreachableError(
        f"“{host}” cannot be reached, or its answer broke off.",
        "Check the connection, then retry; or add the video's captions as an .srt or .vtt file.",
    )


# -- video fetch ----------------------------------------

#: Entries of a list of videos that are read at once.
MAX_ENTRIES = 5000
_MAX_CAPTIONS = 32_000_000
#: Caption formats, best first.
_FORMATS = ("vtt", "json3", "srt")
#: Metadata of a video that is stored.
_FIELDS = (
    *("id", "title", "channel", "uploader", "upload_date", "release_date", "duration"),
    *("webpage_url", "thumbnail", "language", "description", "chapters", "extractor"),
)
_TYPES = {"m4a": "audio/mp4", "mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg"}


@dataclass(frozen=True, slots=True)
class SiteAccess:
    """Access to sites; tests replace request handlers and options.

    `pause` is the time between two requests, in seconds.
    """

    network: Network = field(default_factory=Network)
    handlers: tuple[type[Any], ...] = ()
    options: Mapping[str, Any] | None = None
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions of a language: `automatic` ones were generated."""

    language: str
    automatic: bool
    formats: tuple[Mapping[str, Any], ...]


def fetch(
    link: str,
    *,
    typed: bool = False,
    report: Report | None = None,
    cancel: Check | None = None,
    access: SiteAccess | None = None,
) -> Fetched:
    """The captions of a video with its metadata, or its sound if the link allows that.

    Raises `RefusedError` with the reason, `UnsupportedFileError` without a video,
    `UnreachableError`, `AddressError`.
    """
    requested = wishes.of(link)
    with closing(_Site(link, typed, report, cancel, access or SiteAccess())) as site:
        result = site.extract({"playlist_items": "1:2"})
        existing = _single(result)
        title = str(existing.get("title") or existing.get("id") or "Video")
        if existing.get("extractor") == "html5":
            # yt-dlp numbers the only film of a page after the page's title.
            title = title.removesuffix(" (1)")
        existing = {**existing, "title": title}
        captions = choose(existing, requested.languages)
        if captions is None:
            if existing.get("live_status") == "is_live":
                raise video_errors.live()
            problem = video_errors.known_error(site.words)
            if problem is not None:
                raise problem
            if not requested.speech:
                raise video_errors.no_captions(title, float(existing.get("duration") or 0))
            return site.sound(existing, title)
        text = site.captions(captions)
        return _fetched(
            link, existing, _record(existing, captions, text), "application/json", title
        )


def playlist(
    link: str,
    *,
    first: int = 1,
    count: int = 200,
    typed: bool = False,
    report: Report | None = None,
    access: SiteAccess | None = None,
) -> Playlist:
    """The metadata of a list: `count` entries from `first` on, fetching none of them.

    Raises as `fetch`; at most `MAX_ENTRIES` are read.
    """
    first = max(1, first)
    end = min(first + max(1, count) - 1, MAX_ENTRIES)
    with closing(_Site(link, typed, report, None, access or SiteAccess())) as site:
        result = site.extract({"playlist_items": f"{first}:{end}", "noplaylist": False})
        if result.get("_type") != "playlist":
            entry = Entry(1, wishes.plain(link), str(result.get("title") or ""), _seconds(result))
            return Playlist(entry.title, str(result.get("channel") or ""), 1, (entry,))
        entries = []
        for number, item in enumerate(result.get("entries") or (), first):
            url = item.get("url") or item.get("webpage_url") if isinstance(item, dict) else None
            if isinstance(url, str) and url.startswith(("http://", "https://")):
                title = str(item.get("title") or url)
                entries.append(Entry(number, url, " ".join(title.split()), _seconds(item)))
        total = result.get("playlist_count")
        return Playlist(
            " ".join(str(result.get("title") or "").split()),
            str(result.get("channel") or result.get("uploader") or ""),
            total if isinstance(total, int) else None,
            tuple(entries),
        )


def choose(info: Mapping[str, Any], languages: Sequence[str] = ()) -> Captions | None:
    """Choose captions: by language, then written before automatic, spoken before translated.

    Without any in the requested languages, the video's own.
    """
    manual = _readable(info.get("subtitles"))
    automatic = _readable(info.get("automatic_captions"))
    spoken_language = str(info.get("language") or "")
    speech = next((name.removesuffix("-orig") for name in automatic if name.endswith("-orig")), "")
    spoken_language = spoken_language or speech
    for language in (*languages, spoken_language):
        for created, tracks in ((False, manual), (True, automatic)):
            name = _of_language(tracks, language)
            if name:
                return Captions(name.removesuffix("-orig"), created, tracks[name])
    for created, tracks in ((False, manual), (True, automatic)):
        for name, formats in tracks.items():
            return Captions(name.removesuffix("-orig"), created, formats)
    return None


def _of_language(tracks: Mapping[str, object], language: str) -> str:
    """The track of a language: original, exact, regional, or its base language."""
    if not language:
        return ""
    requested = language.lower()
    base = requested.split("-")[0]
    names = {name.lower(): name for name in tracks}
    for name in (f"{requested}-orig", requested, f"{base}-orig", base):
        if name in names:
            return names[name]
    return next((names[name] for name in names if name.split("-")[0] == base), "")


def _readable(tracks: object) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """Tracks by language, with their supported formats, best first."""
    results = {}
    for language, formats in tracks.items() if isinstance(tracks, Mapping) else ():
        usable = [
            item
            for kind in _FORMATS
            for item in formats or ()
            if isinstance(item, Mapping)
            and item.get("ext") == kind
            and not str(item.get("protocol") or "").startswith("m3u8")
            and (item.get("url") or item.get("data"))
        ]
        if usable and language != "live_chat":
            results[str(language)] = tuple(usable)
    return results


def _single(info: Mapping[str, Any]) -> Mapping[str, Any]:
    """The only video found. Raises if there is none, or a list."""
    if info.get("_type") != "playlist":
        return info
    entries = [item for item in info.get("entries") or () if isinstance(item, Mapping)]
    if not entries:
        raise video_errors.no_video()
    if len(entries) > 1 or entries[0].get("_type") in ("url", "url_transparent"):
        raise video_errors.is_playlist(str(info.get("title") or ""))
    return entries[0]


def _record(info: Mapping[str, Any], captions: Captions, text: str) -> bytes:
    record = {"_type": "video", **{key: info[key] for key in _FIELDS if info.get(key) is not None}}
    record["requested_subtitles"] = {
        captions.language: {"ext": "vtt", "automatic": captions.automatic, "data": text}
    }
    return json.dumps(record, ensure_ascii=False, indent=1, default=str).encode()


def _fetched(
    link: str, info: Mapping[str, Any], content: bytes, media_type: str, title: str
) -> Fetched:
    end = {"application/json": "json"}.get(media_type, str(info.get("ext") or "bin"))
    url = str(info.get("webpage_url") or wishes.plain(link))
    return Fetched(link.strip(), url, media_type, "", time.time(), content, f"{title[:120]}.{end}")


def _seconds(info: Mapping[str, Any]) -> float | None:
    lasts = info.get("duration")
    return float(lasts) if isinstance(lasts, int | float) else None


class _Words:
    """Collects the reports of yt-dlp, which would be printed otherwise."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def debug(self, _words: str) -> None:
        """Ignored."""

    info = debug

    def warning(self, words: str) -> None:
        """Note a report."""
        self.heard.append(words)

    error = warning


class _Site:
    """One yt-dlp for one link; it leaves nothing behind."""

    def __init__(
        self,
        link: str,
        typed: bool,
        report: Report | None,
        cancel: Check | None,
        access: SiteAccess,
    ) -> None:
        import yt_dlp

        self._link = wishes.plain(address.parse(link).shown)
        self._report = report or unreported
        self._heard = _Words()
        self._folder = tempfile.TemporaryDirectory(prefix="video-")
        self._gate = Gate(
            self._link, access.network, self._hear, typed=typed, cancel=cancel or uncancelled
        )
        handlers = access.handlers or (handler(self._gate),)

        class Downloader(yt_dlp.YoutubeDL):  # type: ignore[misc]
            """A downloader that only uses these request handlers."""

            def build_request_director(self, *_given: object) -> Any:
                return super().build_request_director(handlers, ())

        self._make = Downloader
        self._options: dict[str, Any] = {
            "logger": self._heard,
            "quiet": True,
            "noprogress": True,
            "cachedir": False,
            "color": {"stderr": "no_color", "stdout": "no_color"},
            "skip_download": True,
            "noplaylist": True,
            "extract_flat": "in_playlist",
            "lazy_playlist": True,
            "ignore_no_formats_error": True,
            "ignoreerrors": False,
            "check_formats": False,
            "retries": 2,
            "extractor_retries": 1,
            "js_runtimes": {},
            "sleep_interval_requests": access.pause,
            "paths": {"home": self._folder.name, "temp": self._folder.name},
            "outtmpl": {"default": "sound.%(ext)s"},
            **(access.options or {}),
        }

    @property
    def words(self) -> list[str]:
        """The reports so far."""
        return self._heard.heard

    def extract(self, more: Mapping[str, Any]) -> Mapping[str, Any]:
        """Extract the metadata of a link. Raises `IngestError`."""
        result: Mapping[str, Any] = self._with({**self._options, **more}, self._entries)
        if not result:
            raise video_errors.of(self.words, self._gate.troubles)
        return result

    def _entries(self, downloader: Any) -> Mapping[str, Any]:
        result = downloader.extract_info(self._link, download=False)
        if isinstance(result, dict) and result.get("_type") in ("playlist", "multi_video"):
            result["_type"] = "playlist"
            result["entries"] = list(result.get("entries") or ())
        return result if isinstance(result, dict) else {}

    def captions(self, captions: Captions) -> str:
        """The text of captions, in the first available format. Raises `RefusedError`."""
        previous = len(self.words)
        for item in captions.formats:
            data = item.get("data")
            if not isinstance(data, str):
                data = self._with(self._options, partial(self._text, captions=item))
            if data and data.strip():
                return data
        existing = video_errors.known_error(self.words[previous:])
        if existing is not None:
            raise existing
        raise RefusedError(
            "The site lists captions for this video but does not give them to programs.",
            f"Retry later. {video_errors.OFFER}",
        )

    def _text(self, downloader: Any, *, captions: Mapping[str, Any]) -> str:
        from yt_dlp.networking import Request
        from yt_dlp.networking.exceptions import RequestError

        headers = captions.get("http_headers") or {}
        try:
            answer = downloader.urlopen(Request(captions["url"], headers=headers))
            data: bytes = answer.read(_MAX_CAPTIONS + 1)
        except RequestError as error:
            self._heard.warning(str(error))
            return ""
        return "" if len(data) > _MAX_CAPTIONS else data.decode("utf-8", "replace")

    def sound(self, info: Mapping[str, Any], title: str) -> Fetched:
        """The sound of the video as a file, in its smallest good format."""
        options = {
            **self._options,
            "skip_download": False,
            "ignore_no_formats_error": False,
            "extract_flat": False,
            "format": "bestaudio[protocol^=http]/best[protocol^=http]",
            "max_filesize": MAX_BYTES,
        }
        self._with(options, lambda d: d.extract_info(self._link, download=True) or {})
        files = sorted(Path(self._folder.name).glob("sound.*"))
        files = [file for file in files if file.suffix not in (".part", ".ytdl")]
        if not files:
            raise TooLargeError(
                f"The sound of “{title}” is larger than {MAX_BYTES // 1_000_000} MB, "
                "or its site does not give it.",
                video_errors.OFFER,
            )
        end = files[0].suffix.removeprefix(".")
        media_type = _TYPES.get(end, f"audio/{end}")
        content = files[0].read_bytes()
        return _fetched(self._link, {**info, "ext": end}, content, media_type, title)

    def _with(self, options: Mapping[str, Any], work: Callable[[Any], Any]) -> Any:
        from yt_dlp.utils import YoutubeDLError

        try:
            with self._make(dict(options)) as downloader:
                return work(downloader)
        except IngestError:
            raise
        except (YoutubeDLError, OSError) as error:
            self._heard.heard.insert(0, str(error))
            raise video_errors.of(self.words, self._gate.troubles) from error

    def _hear(self, count: int) -> None:
        self._report(count, None, "bytes")

    def close(self) -> None:
        """Remove temporary files."""
        self._folder.cleanup()
