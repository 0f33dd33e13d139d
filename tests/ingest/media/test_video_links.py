"""Video links: the real extractors of yt-dlp over a site of our own and over a loopback server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest
from ingest.errors import AddressError, IngestError, RefusedError, UnsupportedFileError
from ingest.media import link_kind, video_fetch, wishes
from ingest.media.video_fetch import SiteAccess, choose
from ingest.records import Notice, Section, Source
from tests.ingest.media.made_youtube import LINK, VIDEO, VideoSite
from tests.web_server import Page, WebServer, web_server

WRITTEN = """WEBVTT

00:00:01.000 --> 00:00:04.000
The lock of Bredal opens at noon.

00:01:05.500 --> 00:01:08.000
Its keeper counts the ships by hand.
"""
ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.000 align:start position:0%

the<00:00:00.500><c> lock</c><00:00:01.000><c> is</c><00:00:01.500><c> old</c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
the lock is old


00:00:02.010 --> 00:00:04.000 align:start position:0%
the lock is old
very<00:00:02.500><c> very</c><00:00:03.000><c> old</c><00:00:03.500><c> indeed</c>
"""


def fetched(site: VideoSite, tmp_path: Path, link: str = LINK) -> tuple[Source, list[Section]]:
    """What is read of what was fetched."""
    page = video_fetch.fetch(link, access=site.means())
    file = tmp_path / (page.name if len(page.name) < 80 else "video.json")
    file.write_bytes(page.content)
    records = list(ingest.read(file))
    (source,) = [record for record in records if isinstance(record, Source)]
    return source, [record for record in records if isinstance(record, Section)]


def refusal(site: VideoSite, link: str = LINK) -> IngestError:
    """Why the site does not give the video."""
    with pytest.raises(IngestError) as caught:
        video_fetch.fetch(link, access=site.means())
    assert caught.value.hint
    return caught.value


@pytest.mark.slow
def test_i12_the_extractor_of_youtube_gives_captions_with_seconds_title_and_channel(
    tmp_path: Path,
) -> None:
    site = VideoSite(tracks=[("en", "asr", ROLLING), ("en", "", WRITTEN)])
    source, sections = fetched(site, tmp_path)
    assert source.title == "How the lock works"
    assert source.metadata["address"] == LINK
    assert source.metadata["captions"] == "en"
    assert VIDEO in source.metadata["thumbnail"]
    passages = [passage for section in sections for passage in section.passages]
    assert [passage.locator.seconds for passage in passages] == [1.0, 65.5]
    assert "noon" in passages[0].text


@pytest.mark.slow
def test_i12_automatic_captions_are_taken_where_there_are_no_others_and_do_not_roll(
    tmp_path: Path,
) -> None:
    source, sections = fetched(VideoSite(tracks=[("en", "asr", ROLLING)]), tmp_path)
    assert source.metadata["captions"] == "en, automatic"
    text = " ".join(" ".join(section.text.split()) for section in sections)
    assert text == "the lock is old very very old indeed"
    (kept,) = [file for file in tmp_path.iterdir() if file.is_file()]
    (notice,) = [record for record in ingest.read(kept) if isinstance(record, Notice)]
    assert "generated automatically" in notice.message
    written = tmp_path / "written"
    written.mkdir()
    fetched(VideoSite(tracks=[("en", "", WRITTEN)]), written)
    (kept,) = [file for file in written.iterdir() if file.is_file()]
    assert not [record for record in ingest.read(kept) if isinstance(record, Notice)]


@pytest.mark.slow
def test_i12_the_language_asked_for_comes_before_the_kind(tmp_path: Path) -> None:
    danish = WRITTEN.replace("The lock of Bredal opens", "Slusen i Bredal åbner")
    site = VideoSite(tracks=[("en", "", WRITTEN), ("da", "", danish), ("fr", "asr", ROLLING)])
    _, sections = fetched(site, tmp_path, f"{LINK}#captions=da")
    assert "Slusen" in sections[0].text
    source, _ = fetched(site, tmp_path, f"{LINK}#captions=fr")
    assert source.metadata["captions"] == "fr, automatic"
    source, _ = fetched(site, tmp_path, f"{LINK}#captions=ja")
    assert source.metadata["captions"] == "en"


def test_i12_what_is_spoken_comes_before_its_translations() -> None:
    def track(name: str) -> list[dict[str, str]]:
        return [{"ext": "ttml", "url": "t"}, {"ext": "vtt", "url": name}]

    automatic = {name: track(name) for name in ("aa", "en", "de-orig", "de")}
    known = {"automatic_captions": automatic, "subtitles": {"live_chat": [{"ext": "json"}]}}
    taken = choose(known)
    assert taken is not None
    assert (taken.language, taken.automatic, taken.formats[0]["url"]) == ("de", True, "de-orig")
    asked = choose(known, ["en-GB"])
    assert asked is not None
    assert asked.formats[0]["url"] == "en"
    assert choose({"subtitles": {"en": [{"ext": "vtt", "url": "x", "protocol": "m3u8"}]}}) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "reason", "words"),
    [
        ("LOGIN_REQUIRED", "Private video", "private"),
        ("ERROR", "This video has been removed by the uploader", "removed"),
        ("ERROR", "Video unavailable", "not available any more"),
        ("LOGIN_REQUIRED", "Sign in to confirm your age", "age-restricted"),
        ("UNPLAYABLE", "Join this channel to get access to members-only content", "members"),
        ("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot", "whether a person is asking"),
        ("UNPLAYABLE", "The uploader has not made this video available in your country", "blocked"),
        ("LIVE_STREAM_OFFLINE", "This live event will begin in 3 days", "not begun"),
    ],
)
def test_i12_what_keeps_a_video_away_is_one_sentence_with_a_next_step(
    status: str, reason: str, words: str
) -> None:
    error = refusal(VideoSite(status=status, reason=reason))
    assert words in error.message
    assert error.message.count(". ") == 0
    assert "yt-dlp" not in error.message


def test_i12_when_blocked_other_ways_are_offered() -> None:
    error = refusal(VideoSite(tracks=[("en", "", WRITTEN)], captions_refused=429))
    assert isinstance(error, RefusedError)
    for offered in (".srt", ".vtt", ".json3", ".info.json"):
        assert offered in error.hint


def test_i12_a_broadcast_that_goes_on_waits_for_its_end() -> None:
    assert "live broadcast" in refusal(VideoSite(live=True)).message


def test_i12_without_captions_speech_is_offered_and_only_loaded_when_asked_for() -> None:
    site = VideoSite(sound=b"\x00\x00\x00\x20ftypM4A " + b"\x01" * 5000)
    error = refusal(site)
    assert error.message == "“How the lock works” (10 min) has no captions."
    assert "--speech" in error.hint
    assert not [url for url in site.asked if "videoplayback" in url]
    page = video_fetch.fetch(f"{LINK}#speech", access=site.means())
    assert page.content == site.sound
    assert (page.media_type, page.name) == ("audio/mp4", "How the lock works.m4a")


@pytest.mark.slow
def test_i12_an_address_without_a_video_says_so() -> None:
    error = refusal(VideoSite(), "https://www.youtube.com/about")
    assert isinstance(error, UnsupportedFileError | RefusedError)


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A loopback server with a page that plays a film with captions."""
    with web_server() as running:
        running.pages["/film.vtt"] = Page(WRITTEN.encode(), headers={"Content-Type": "text/vtt"})
        running.pages["/film"] = Page(
            b"<!doctype html><html><head><title>The film of the lock</title></head><body>"
            b"<h1>A page with some words about the lock</h1>"
            b'<video src="/film.mp4"><track kind="captions" srclang="en" src="/film.vtt"></video>'
            b"</body></html>"
        )
        yield running


@pytest.mark.slow
def test_i12_a_page_that_plays_a_film_with_captions_gives_these(
    server: WebServer, tmp_path: Path
) -> None:
    page = link_kind.fetch(server.url("/film"), typed=True)
    file = tmp_path / "film.json"
    file.write_bytes(page.content)
    records = list(ingest.read(file))
    (source,) = [record for record in records if isinstance(record, Source)]
    assert source.title == "The film of the lock"
    assert server.paths == ["/film", "/film", "/film.vtt"]
    seconds = [p.locator.seconds for r in records if isinstance(r, Section) for p in r.passages]
    assert seconds == [1.0, 65.5]


@pytest.mark.slow
def test_i12_where_the_captions_are_gone_the_page_itself_is_taken(server: WebServer) -> None:
    del server.pages["/film.vtt"]
    page = link_kind.fetch(server.url("/film"), typed=True)
    assert page.media_type == "text/html"


@pytest.mark.slow
def test_i2_an_extractor_reaches_no_private_host_that_nobody_typed(server: WebServer) -> None:
    with pytest.raises(AddressError) as caught:
        video_fetch.fetch(server.url("/film"), access=SiteAccess(pause=0.0))
    assert "private network" in caught.value.message
    assert server.asked == []


@pytest.mark.slow
def test_i12_a_list_of_five_thousand_is_looked_at_a_part_at_a_time(
    server: WebServer,
) -> None:
    items = "".join(
        f"<item><title>Part {n}</title><link>{server.url(f'/part{n}')}</link></item>"
        for n in range(1, 5001)
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The series</title>{items}'
    server.pages["/feed"] = Page(
        f"{feed}</channel></rss>".encode(), headers={"Content-Type": "application/rss+xml"}
    )
    found = video_fetch.playlist(server.url("/feed"), first=4991, count=50, typed=True)
    assert found.title == "The series"
    assert [entry.number for entry in found.entries] == list(range(4991, 5001))
    assert (found.entries[0].title, found.entries[0].address) == (
        "Part 4991", server.url("/part4991"),
    )  # fmt: skip
    assert {path.split("?")[0] for path in server.paths} == {"/feed"}
    with pytest.raises(UnsupportedFileError) as caught:
        video_fetch.fetch(server.url("/feed"), typed=True)
    assert "list of videos" in caught.value.message


def test_i12_json3_keeps_each_word_at_its_second(tmp_path: Path) -> None:
    events = [
        {"tStartMs": 0, "dDurationMs": 4000, "segs": [{"utf8": "\n"}], "aAppend": 1},
        {"tStartMs": 1000, "dDurationMs": 4000,
         "segs": [{"utf8": "no"}, {"utf8": " no", "tOffsetMs": 500}]},
        {"tStartMs": 2000, "dDurationMs": 2000,
         "segs": [{"utf8": "said"}, {"utf8": " she", "tOffsetMs": 400}]},
    ]  # fmt: skip
    file = tmp_path / "talk.en.json3"
    file.write_text(json.dumps({"wireMagic": "pb3", "events": events}))
    (section,) = [record for record in ingest.read(file) if isinstance(record, Section)]
    assert section.text.split() == ["no", "no", "said", "she"]
    assert section.passages[0].locator.seconds == 1.0


def test_i12_information_without_captions_gives_its_description_and_says_so(
    tmp_path: Path,
) -> None:
    file = tmp_path / "talk.info.json"
    told = {"id": "x", "title": "The talk", "description": "A talk about locks and tides."}
    file.write_text(json.dumps(told))
    records = list(ingest.read(file))
    assert isinstance(records[0], Source)
    assert records[0].title == "The talk"
    assert "Only the description" in getattr(records[-1], "message", "")


def test_i12_wishes_are_kept_behind_the_address() -> None:
    link = wishes.with_wishes("https://a.example/v?x=1#t=5", ["de", "en"], speech=True)
    assert link == "https://a.example/v?x=1#t=5&captions=de,en&speech"
    assert wishes.of(link) == wishes.Wishes(("de", "en"), True)
    assert wishes.plain(link) == "https://a.example/v?x=1#t=5"
    assert not wishes.of("https://a.example/#speechless").any
