"""Interlaced H.264 whose fields are pictures of their own, as camcorders store it.

x264 does not write such streams, so this does: every macroblock holds its samples as they are.
"""

import numpy as np

_PCM = 25  # macroblock type: samples, uncompressed
_SLICE_OF_ONLY_I = 7


class _Bits:
    def __init__(self) -> None:
        self.bits: list[int] = []

    def u(self, count: int, value: int) -> None:
        self.bits += [value >> place & 1 for place in range(count - 1, -1, -1)]

    def ue(self, value: int) -> None:
        length = (value + 1).bit_length()
        self.u(length - 1, 0)
        self.u(length, value + 1)

    def se(self, value: int) -> None:
        self.ue(2 * value - 1 if value > 0 else -2 * value)

    def align(self) -> None:
        self.bits += [0] * (-len(self.bits) % 8)

    def trail(self) -> bytes:
        self.u(1, 1)
        self.align()
        return self.bytes()

    def bytes(self) -> bytes:
        return np.packbits(np.array(self.bits, dtype=np.uint8)).tobytes()


def _unit(kind: int, body: bytes) -> bytes:
    """One NAL unit with its start code; no three bytes inside may look like one."""
    safe, zeros = bytearray(), 0
    for byte in body:
        if zeros == 2 and byte <= 3:
            safe.append(3)
            zeros = 0
        safe.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return b"\0\0\0\1" + bytes([kind]) + bytes(safe)


def parameter_sets(width: int, height: int) -> bytes:
    sps = _Bits()
    sps.u(8, 77)  # Main
    sps.u(8, 0)
    sps.u(8, 30)  # level 3
    sps.ue(0)
    sps.ue(4)  # 8 bits of frame number
    sps.ue(0)
    sps.ue(4)  # 8 bits of picture order
    sps.ue(1)  # one reference
    sps.u(1, 0)
    sps.ue(width // 16 - 1)
    sps.ue(height // 32 - 1)
    sps.u(1, 0)  # not only frames
    sps.u(1, 0)  # no macroblock-adaptive frames either: fields
    sps.u(1, 1)
    sps.u(1, 0)
    sps.u(1, 0)
    pps = _Bits()
    pps.ue(0)
    pps.ue(0)
    pps.u(1, 0)
    pps.u(1, 0)
    pps.ue(0)
    pps.ue(0)
    pps.ue(0)
    pps.u(1, 0)
    pps.u(2, 0)
    pps.se(0)
    pps.se(0)
    pps.se(0)
    pps.u(1, 1)  # the deblocking filter can be switched off
    pps.u(1, 0)
    pps.u(1, 0)
    return _unit(0x67, sps.trail()) + _unit(0x68, pps.trail())


def field(luma: np.ndarray, number: int, group: int, *, bottom: bool) -> bytes:
    """One field as one access unit; ``number`` counts frames, every ``group``-th is a keyframe.

    ``luma`` is of shape (height / 2, width); chroma is grey.
    """
    place = number % group
    idr = place == 0 and not bottom
    slice_ = _Bits()
    slice_.ue(0)
    slice_.ue(_SLICE_OF_ONLY_I)
    slice_.ue(0)
    slice_.u(8, place)
    slice_.u(1, 1)  # a field
    slice_.u(1, int(bottom))
    if idr:
        slice_.ue(number // group % 2)
    slice_.u(8, 2 * place + bottom)
    if idr:
        slice_.u(2, 0)
    else:
        slice_.u(1, 0)
    slice_.se(0)
    slice_.ue(1)  # no deblocking
    height, width = luma.shape
    for top in range(0, height, 16):
        for left in range(0, width, 16):
            slice_.ue(_PCM)
            slice_.align()
            block = np.clip(luma[top : top + 16, left : left + 16], 1, 254).astype(np.uint8)
            samples = np.concatenate([block.ravel(), np.full(128, 128, np.uint8)])
            slice_.bits += np.unpackbits(samples).tolist()
    start = b"\0\0\0\1\x09\x10"  # access unit delimiter
    return start + _unit(0x65 if idr else 0x61, slice_.trail())
