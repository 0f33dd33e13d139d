"""A small YouTube of our own, beneath the real extractor of yt-dlp: no request leaves the process.

It answers what the player's interface is asked for a video, the captions, and the sound; everything
else is not there. What a test wants is in `VideoSite`.
"""

import io
import json
import urllib.parse
from dataclasses import dataclass, field
from typing import Any

from ingest.media.video_fetch import SiteAccess

VIDEO = "aaaaaaaaaaa"
LINK = f"https://www.youtube.com/watch?v={VIDEO}"
_HOME = "https://www.youtube.com"

OPTIONS = {
    "extractor_args": {
        "youtube": {
            "player_client": ["android_vr"],
            "player_skip": ["webpage", "configs", "js", "initial_data"],
            "formats": ["missing_pot"],
        },
        "youtubetab": {"skip": ["webpage"]},
    },
}


@dataclass
class VideoSite:
    """What the site answers: `tracks` are (language, kind, text), kind "asr" being automatic."""

    title: str = "How the lock works"
    status: str = "OK"
    reason: str = ""
    tracks: list[tuple[str, str, str]] = field(default_factory=list)
    live: bool = False
    sound: bytes = b""
    captions_refused: int = 0
    asked: list[str] = field(default_factory=list)

    def means(self) -> SiteAccess:
        """Ways to reach it, and nothing else."""
        return SiteAccess(handlers=(_handler(self),), options=OPTIONS, pause=0.0)

    def player(self) -> dict[str, Any]:
        """The answer about the video."""
        base = f"{_HOME}/api/timedtext?v={VIDEO}"
        told: dict[str, Any] = {
            "playabilityStatus": {"status": self.status, "reason": self.reason},
            "videoDetails": {
                "videoId": VIDEO,
                "title": self.title,
                "author": "Lock keepers",
                "channelId": "UCaaaaaaaaaaaaaaaaaaaaaa",
                "lengthSeconds": "600",
                "isLive": self.live,
                "isLiveContent": self.live,
                "shortDescription": "About the lock.",
            },
        }
        if self.tracks:
            told["captions"] = {
                "playerCaptionsTracklistRenderer": {
                    "captionTracks": [
                        {
                            "baseUrl": f"{base}&lang={language}&kind={kind}",
                            "name": {"simpleText": language},
                            "vssId": f"{'a' if kind else ''}.{language}",
                            "languageCode": language,
                            **({"kind": kind} if kind else {}),
                            "isTranslatable": False,
                        }
                        for language, kind, _ in self.tracks
                    ],
                }
            }
        if self.sound:
            told["streamingData"] = {
                "adaptiveFormats": [
                    {
                        "itag": 140,
                        "url": "https://r1.googlevideo.com/videoplayback?x=1",
                        "mimeType": 'audio/mp4; codecs="mp4a.40.2"',
                        "bitrate": 130000,
                        "contentLength": str(len(self.sound)),
                        "audioQuality": "AUDIO_QUALITY_MEDIUM",
                        "approxDurationMs": "600000",
                        "audioSampleRate": "44100",
                        "audioChannels": 2,
                    }
                ]
            }
        return told


def _handler(site: VideoSite) -> type[Any]:
    from yt_dlp.networking import Request, RequestHandler, Response
    from yt_dlp.networking.exceptions import HTTPError

    class MadeRH(RequestHandler):  # type: ignore[misc]
        _SUPPORTED_URL_SCHEMES = ("http", "https")
        _SUPPORTED_PROXY_SCHEMES = None
        _SUPPORTED_FEATURES = None

        def _check_extensions(self, extensions: dict[str, object]) -> None:
            extensions.clear()

        def _send(self, request: Request) -> Response:
            site.asked.append(request.url)
            parts = urllib.parse.urlsplit(request.url)
            query = dict(urllib.parse.parse_qsl(parts.query))

            def answer(body: bytes, kind: str, status: int = 200) -> Response:
                headers = {"Content-Type": kind, "Content-Length": str(len(body))}
                return Response(io.BytesIO(body), request.url, headers, status)

            if parts.path == "/youtubei/v1/player":
                return answer(json.dumps(site.player()).encode(), "application/json")
            if parts.path == "/api/timedtext":
                if site.captions_refused:
                    raise HTTPError(answer(b"", "text/plain", site.captions_refused))
                for language, kind, text in site.tracks:
                    if (language, kind) == (query["lang"], query.get("kind", "")):
                        return answer(text.encode(), "text/vtt")
            if parts.path == "/videoplayback":
                return answer(site.sound, "audio/mp4")
            raise HTTPError(answer(b"not here", "text/plain", 404))

    return MadeRH
