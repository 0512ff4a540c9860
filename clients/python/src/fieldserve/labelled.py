"""xarray in, xarray out. The module does without xarray itself until a caller has brought it."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .arrays import FloatArray

if TYPE_CHECKING:
    import xarray

BATCH, CHANNEL, MEMBER = "batch", "channel", "member"


def is_labelled(inputs: Any) -> bool:
    """Whether these are xarray's: a DataArray, a Dataset, or a mapping to DataArrays."""
    xr = sys.modules.get("xarray")
    if xr is None:
        return False
    if isinstance(inputs, Mapping) and not isinstance(inputs, xr.Dataset):
        return bool(inputs) and all(isinstance(array, xr.DataArray) for array in inputs.values())
    return isinstance(inputs, xr.DataArray | xr.Dataset)


@dataclass(frozen=True)
class Labels:
    """Dimensions and coordinates of an input, for what is predicted from it."""

    leading: tuple[Hashable, ...]
    coords: Mapping[Hashable, xarray.DataArray]

    def label(self, array: FloatArray, quantity: str, output: Mapping[str, Any]) -> xarray.DataArray:
        """The array of a quantity of the output field that the manifest describes as ``output``.

        Coordinates are the input's along the dimensions that both have in the same length.
        """
        import xarray

        dims = self._dims(array.ndim - (quantity == "members"), output["axes"])
        if quantity == "members":
            dims = (MEMBER, *dims)
        sizes = dict(zip(dims, array.shape, strict=True))
        coords = {
            name: coord
            for name, coord in self.coords.items()
            if all(sizes.get(dim) == length for dim, length in coord.sizes.items())
        }
        said = {"units": output.get("unit"), "long_name": output.get("description")}
        attributes = {name: text for name, text in said.items() if text is not None}
        return xarray.DataArray(array, coords, dims, output["name"], attributes)

    def _dims(self, rank: int, axes: list[str]) -> tuple[Hashable, ...]:
        batch = [dim for dim in self.leading if dim != CHANNEL]
        leading = [*batch, CHANNEL][: rank - len(axes)]
        return (*leading, *axes)


def unlabel(
    inputs: xarray.DataArray | xarray.Dataset | Mapping[str, xarray.DataArray], fields: list[Mapping[str, Any]]
) -> tuple[Any, Labels]:
    """The bare array, or arrays by name, with axes in the order of the manifest's input ``fields``; and their labels.

    Raises:
        ValueError: a field lacks one of its axes.
    """
    if isinstance(inputs, Mapping):
        axes = {field["name"]: field["axes"] for field in fields}
        ordered = {str(name): _ordered(array, axes.get(str(name), [])) for name, array in inputs.items()}
        first = next((name for name in ordered if name in axes), next(iter(ordered)))
        bare = {name: array.values for name, array in ordered.items()}
        return bare, _labels(ordered[first], axes.get(first, []))
    axes_of_only = fields[0]["axes"]
    array = _ordered(inputs, axes_of_only)
    return array.values, _labels(array, axes_of_only)


def _ordered(array: xarray.DataArray, axes: list[str]) -> xarray.DataArray:
    missing = [axis for axis in axes if axis not in array.dims]
    if missing:
        raise ValueError(f"expected the dimensions {axes}, got {list(array.dims)}: rename or add {missing}")
    channel = [CHANNEL] if CHANNEL in array.dims and CHANNEL not in axes else []
    return array.transpose(..., *channel, *axes)


def _labels(array: xarray.DataArray, axes: list[str]) -> Labels:
    leading = array.dims[: array.ndim - len(axes)]
    return Labels(leading, dict(array.coords))
