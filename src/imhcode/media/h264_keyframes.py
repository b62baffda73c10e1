"""Which packets marked as keyframes of H.264 can really be decoded from.

Files mark a recovery point as a keyframe too.  With periodic intra refresh (drones, cameras on a
network) that is an ordinary picture from which on the screen is renewed bit by bit: decoding from
there shows wrong pictures, and the decoder does not say so.  Real ones begin with an I-slice.
"""

from collections.abc import Iterator

_IDR = 5
_SLICES = (1, 2, _IDR)
_I_SLICES = (2, 4, 7, 9)
_ENOUGH_BYTES = 16  # of a slice: its first two numbers


def begins_whole(packet: bytes, extradata: bytes) -> bool:
    """Whether the first slice of a packet needs no other picture."""
    for unit in _units(packet, extradata):
        kind = unit[0] & 31
        if kind == _IDR:
            return True
        if kind in _SLICES:
            return _slice_type(unit[1:]) in _I_SLICES
    return True  # nothing recognised: what the file says stands


def _units(packet: bytes, extradata: bytes) -> Iterator[bytes]:
    if extradata[:1] == b"\x01" and len(extradata) > 4:
        length_bytes = (extradata[4] & 3) + 1
        at = 0
        while at + length_bytes < len(packet):
            size = int.from_bytes(packet[at : at + length_bytes], "big")
            at += length_bytes
            yield packet[at : at + _ENOUGH_BYTES]
            at += size
        return
    at = packet.find(b"\0\0\1")
    while at >= 0 and at + 3 < len(packet):
        yield packet[at + 3 : at + 3 + _ENOUGH_BYTES]
        at = packet.find(b"\0\0\1", at + 3)


def _slice_type(head: bytes) -> int:
    """Skip the first number of a slice header and return the second; -1 if there is none."""
    bits = "".join(f"{byte:08b}" for byte in head.replace(b"\0\0\3", b"\0\0"))
    place, value = 0, -1
    for _ in range(2):
        zeros = bits.find("1", place) - place
        if zeros < 0:
            return -1
        place += zeros
        value = int(bits[place : place + zeros + 1], 2) - 1
        place += zeros + 1
    return value
