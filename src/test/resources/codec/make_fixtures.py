"""Writes the arrays that the codec tests read, with numpy itself. Run it in this folder."""

import zipfile
from io import BytesIO

import numpy as np

SHAPE = (2, 1, 3, 4)
PLACES = np.arange(24).reshape(SHAPE)
HALVES = PLACES * 0.25 - 1.5  # exact in every floating-point type


def main() -> None:
    for dtype in ("<f4", ">f4", "<f8", ">f8", "<f2", ">f2"):
        save(dtype, HALVES.astype(dtype))
    for dtype in ("|i1", "<i2", "<i4", ">i4", "<i8"):
        save(dtype, (PLACES - 5).astype(dtype))
    for dtype in ("|u1", "<u2", ">u2", "<u4", "<u8"):
        save(dtype, PLACES.astype(dtype))
    save("|b1", PLACES % 3 == 0)

    np.save("fortran.npy", np.asfortranarray(HALVES.astype("<f4")))
    np.save("scalar.npy", np.float32(2.5))
    np.save("object.npy", HALVES.astype(object), allow_pickle=True)
    np.save("structured.npy", np.zeros(3, dtype=[("a", "<f4"), ("b", "<f4")]))
    np.save("complex.npy", HALVES.astype("<c8"))
    np.save("datetime.npy", PLACES.astype("<M8[s]"))
    np.save("text.npy", PLACES.astype("<U2"))
    for version in ((2, 0), (3, 0)):
        with open(f"version-{version[0]}.npy", "wb") as file:
            np.lib.format.write_array(file, HALVES.astype("<f4"), version=version)

    forcing = (PLACES[:, :, :1, :] - 5).astype("<f8")
    np.savez("stored.npz", permeability=HALVES.astype("<f4"), forcing=forcing)
    np.savez_compressed("compressed.npz", permeability=HALVES.astype("<f4"), forcing=forcing)
    save_to_pipe("described.npz", {"permeability": HALVES.astype("<f4"), "forcing": forcing})


def save(dtype: str, array: np.ndarray) -> None:
    order = "big-" if dtype.startswith(">") else ""
    np.save(f"{order}{dtype[1:]}.npy", array)


class Pipe(BytesIO):
    """A file that cannot seek, to which ZIP archives are written with their sizes after the data."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def save_to_pipe(name: str, arrays: dict[str, np.ndarray]) -> None:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for field, array in arrays.items():
            with archive.open(f"{field}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, array)
    with open(name, "wb") as file:
        file.write(pipe.getvalue())


if __name__ == "__main__":
    main()
