"""Arrays to and from the bytes of NPY and NPZ, without a copy where none is needed."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

NPY = "application/x-npy"
NPZ = "application/x-npz"

FloatArray = NDArray[np.float32]

# PKWARE APPNOTE 6.3.10, section 4.3.7: signature, flags, method, sizes, lengths of name and extra field.
LOCAL_HEADER = struct.Struct("<4s2x2H8x2I2H")
LOCAL_SIGNATURE = b"PK\x03\x04"
STORED = 0
SIZES_BEHIND = 1 << 3


@dataclass(frozen=True)
class Body:
    """What is sent: ``pieces`` one behind the other, which may be sent more than once."""

    media_type: str
    pieces: list[bytes | memoryview]

    @property
    def headers(self) -> dict[str, str]:
        """The headers that say what the body is."""
        length = sum(memoryview(piece).nbytes for piece in self.pieces)
        return {"Content-Type": self.media_type, "Content-Length": str(length)}


class Stream(Protocol):
    """Bytes that come one after another."""

    def read(self, amount: int = ..., /) -> bytes:
        """The next bytes, fewer than ``amount`` at the end alone."""


def encode(inputs: ArrayLike | Mapping[str, ArrayLike]) -> Body:
    """The body for one array (NPY) or named arrays (NPZ), as float32.

    The memory of a single C-ordered float32 array is sent as it lies.

    Raises:
        TypeError: an array does not hold real numbers.
    """
    if isinstance(inputs, Mapping):
        # numpy.savez takes names as keywords, and has two of its own.
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as entries:
            for name, array in inputs.items():
                with entries.open(f"{name}.npy", "w", force_zip64=True) as entry:
                    np.lib.format.write_array(entry, float32(array), allow_pickle=False)
        return Body(NPZ, [archive.getbuffer()])
    array = float32(inputs)
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, np.lib.format.header_data_from_array_1_0(array))
    return Body(NPY, [header.getvalue(), array.reshape(-1).view(np.uint8).data])


def float32(array: ArrayLike) -> FloatArray:
    """The array in C order, each number rounded to little-endian float32 where it is not one already."""
    given = np.asarray(array)
    if given.dtype.kind not in "fiub":
        raise TypeError(f"expected an array of real numbers, got dtype {given.dtype}")
    return np.asarray(given, dtype="<f4", order="C")


def read_npz(stream: Stream) -> dict[str, NDArray[Any]]:
    """The arrays of an uncompressed NPZ archive, each read into its own memory as it comes.

    ``numpy.load`` would need the whole archive in memory beside the arrays. What follows the last array is left unread.

    Raises:
        ValueError: the stream is not such an archive, or ends early.
    """
    arrays: dict[str, NDArray[Any]] = {}
    while (start := stream.read(LOCAL_HEADER.size)).startswith(LOCAL_SIGNATURE):
        _, flags, method, _, _, name_length, extra_length = LOCAL_HEADER.unpack(start)
        if method != STORED or flags & SIZES_BEHIND:
            raise ValueError("the archive is compressed or was written as a stream")
        name = stream.read(name_length).decode().removesuffix(".npy")
        stream.read(extra_length)
        arrays[name] = np.lib.format.read_array(stream, allow_pickle=False)
    if not arrays:
        raise ValueError("the answer is not an NPZ archive")
    return arrays
