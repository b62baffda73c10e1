"""Files that pretend to be films: lists of other files, addresses, scripts.

Each maker gets the path of a real film and returns the bytes of the file.  Whoever follows one of
the addresses is heard on `PORT` of this machine.
"""

from collections.abc import Callable
from pathlib import Path

PORT = 48_613
_ADDRESS = f"http://127.0.0.1:{PORT}/film"

_HLS = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{}\n#EXT-X-ENDLIST\n"
_SDP = (
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=film\nc=IN IP4 127.0.0.1\nt=0 0\n"
    "m=video 48614 RTP/AVP 96\na=rtpmap:96 H264/90000\n"
)
_DASH = (
    '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
    'mediaPresentationDuration="PT5S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">'
    "<Period><AdaptationSet mimeType='video/mp4'><Representation id='1' bandwidth='1'>"
    "<BaseURL>{}</BaseURL></Representation></AdaptationSet></Period></MPD>\n"
)
_ASX = '<asx version="3.0"><entry><ref href="{}"/></entry></asx>\n'
_SVG = '<svg xmlns="http://www.w3.org/2000/svg"><image href="{}"/></svg>\n'


def _text(form: str, target: str | None = None) -> Callable[[Path], bytes]:
    return lambda film: form.format(target or film).encode()


HOSTILE: dict[str, Callable[[Path], bytes]] = {
    "hls_local.m3u8": _text(_HLS),
    "hls_local.mp4": _text(_HLS),
    "hls_network.m3u8": _text(_HLS, _ADDRESS),
    "hls_network.mp4": _text(_HLS, _ADDRESS),
    "hls_network.ts": _text(_HLS, _ADDRESS),
    "hls_key.m3u8": _text(
        f'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{_ADDRESS}"\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{{}}\n'
    ),
    "concat.ffconcat": _text("ffconcat version 1.0\nfile '{}'\n"),
    "concat.mp4": _text("ffconcat version 1.0\nfile '{}'\n"),
    "concat_network.mkv": _text("ffconcat version 1.0\nfile '{}'\n", _ADDRESS),
    "camera.sdp": _text(_SDP),
    "camera.mp4": _text(_SDP),
    "stream.mpd": _text(_DASH, _ADDRESS),
    "stream.mp4": _text(_DASH, _ADDRESS),
    "list.asx": _text(_ASX, _ADDRESS),
    "list.wmv": _text(_ASX, _ADDRESS),
    "list.m3u": _text("{}\n", _ADDRESS),
    "list.pls": _text("[playlist]\nFile1={}\n", _ADDRESS),
    "picture.svg": _text(_SVG, _ADDRESS),
    "ram.rm": _text("{}\n", _ADDRESS),
    "reference.mov": _text("RTSPtext\nrtsp://127.0.0.1:48613/film\n"),
    "words.srt": _text("1\n00:00:00,000 --> 00:00:05,000\nhello\n"),
}
