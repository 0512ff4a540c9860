"""The client."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypedDict, Unpack, overload
from urllib.parse import quote

import urllib3
from numpy.typing import ArrayLike

from .arrays import NPZ, FloatArray, encode, read_npz
from .labelled import is_labelled, unlabel
from .ordered import in_order
from .prediction import Example, Prediction
from .replies import Label, Manifest, read_binary, read_json
from .transport import Transport

if TYPE_CHECKING:
    import xarray

JSON = "application/json"
REFERENCE = "reference."


class PredictOptions(TypedDict, total=False):
    """Options of predict; each may be left out.

    Attributes:
        level: Nominal probability of the interval, one of the calibrated levels in the manifest. Default 0.9.
        guarantee: ``pointwise`` (default): each point is covered with that probability, on average over points and
            cases; ``simultaneous``: the whole solution is, at once.
        outputs: Quantities to compute. Default: mean and std, and lower and upper on calibrated grids.
        members: How many members take part; fewer than all means no interval. Default all.
        version: Of the surrogate. Default the newest.
        timeout: Seconds, more than 0, that the prediction may wait for its turn in the service; one that has not begun
            by then is dropped (DeadlineExceededError). Default and most: what the service is configured for, 30 s.
        priority: What goes first among requests that wait for one surrogate. Default normal.
    """

    level: float
    guarantee: Literal["pointwise", "simultaneous"]
    outputs: Sequence[Literal["mean", "std", "lower", "upper", "members"]]
    members: int
    version: int
    timeout: float
    priority: Literal["high", "normal", "low"]


class Client:
    """Calls one Fieldserve service, from any number of threads at once.

    What can be tried again is: 429 and 503 after the time that the service names, connections that can't be made, and
    once a connection that broke. All tries of a call together end with its deadline.

    A client keeps connections open: close it, or use it in a ``with`` statement.
    """

    def __init__(
        self,
        url: str,
        *,
        deadline: float = 60.0,
        retry: bool = True,
        connections: int = 16,
        api_key: str | None = None,
        headers: Mapping[str, str] | None = None,
        http: urllib3.PoolManager | None = None,
    ) -> None:
        """Make a client; the service is not called yet.

        Args:
            url: Of the service, such as ``http://localhost:8080``.
            deadline: Seconds for a call with all its tries: none begins later, and none is waited for longer.
            retry: Whether to try again at all.
            connections: Most connections that are open at once; calls over that wait for one.
            api_key: The caller's key, or a token of OpenID Connect, where the service asks for one.
            headers: Sent with each request.
            http: Makes the connections instead, where TLS or a proxy needs settings; it is not closed with the client.
        """
        headers = dict(headers or {})
        if api_key is not None:
            headers["Authorization"] = f"Bearer {api_key}"
        self._transport = Transport(
            url, deadline=deadline, retry=retry, connections=connections, headers=headers, http=http
        )
        self._manifests: dict[tuple[str, int | None], Manifest] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def surrogates(self) -> list[dict[str, Any]]:
        """What is served: for each surrogate its name, title, description, versions and names of inputs and outputs."""
        served: list[dict[str, Any]] = self._json("/v1/surrogates")["surrogates"]
        return served

    def describe(self, surrogate: str, version: int | None = None) -> dict[str, Any]:
        """A version, the newest by default: ``manifest`` (fields, grids, calibration, errors), versions, where it runs.

        Raises:
            UnknownSurrogateError, UnknownVersionError: it is not served.
        """
        description: dict[str, Any] = self._json(
            _address(surrogate) + ("" if version is None else f"/versions/{version}")
        )
        return description

    def example(self, surrogate: str, seed: int = 0, *, reference: bool = False, version: int | None = None) -> Example:
        """A held-out case of the training distribution; equal seeds give equal cases.

        Args:
            surrogate: Its name.
            seed: Chooses the case.
            reference: Whether the reference solver's solution comes with it.
            version: Of the surrogate; the newest by default.

        Raises:
            NoExamplesError: the surrogate ships none.
        """
        query = {"seed": seed, "reference": reference, "version": version}
        with self._transport.exchange("GET", _address(surrogate) + "/example", query, NPZ) as response:
            arrays = read_npz(response)
        return Example(
            {name: array for name, array in arrays.items() if not name.startswith(REFERENCE)},
            {name.removeprefix(REFERENCE): array for name, array in arrays.items() if name.startswith(REFERENCE)},
        )

    @overload
    def predict(
        self,
        surrogate: str,
        inputs: xarray.DataArray | xarray.Dataset | Mapping[str, xarray.DataArray],
        *,
        explain: bool = False,
        **options: Unpack[PredictOptions],
    ) -> Prediction[xarray.DataArray]: ...

    @overload
    def predict(
        self,
        surrogate: str,
        inputs: ArrayLike | Mapping[str, ArrayLike],
        *,
        explain: bool = False,
        **options: Unpack[PredictOptions],
    ) -> Prediction[FloatArray]: ...

    def predict(
        self, surrogate: str, inputs: Any, *, explain: bool = False, **options: Unpack[PredictOptions]
    ) -> Prediction[Any]:
        """Predict the solution for one input or a batch.

        Args:
            surrogate: Its name, such as ``darcy-fno``.
            inputs: The only input field, or all of them by name, in physical units (``unit`` in the manifest). The
                shape is ``[batch, channel, axes...]``, where batch may be left out for one case and channel where there
                is one; answers have the same layout. Any real dtype is rounded to float32. Of xarray, dimensions must
                have the manifest's names of axes, in any order; what is over is the batch, and ``channel`` by name.
            explain: Whether ``trust.cases`` is wanted, with reasons and the members' spread. Only a JSON answer has it,
                of the same bits, but several times as long; where it isn't wanted, NPZ is asked for.
            options: ``level``, ``guarantee``, ``outputs``, ``members``, ``version``, ``timeout``, ``priority``: see
                ``PredictOptions``.

        Returns:
            The prediction, with numpy arrays, or with xarray's, which have the input's coordinates, if that went in.

        Raises:
            InvalidInputError, TooLargeError, MalformedBodyError: the arrays are not what this surrogate takes.
            InvalidParameterError: an option is not.
            UnknownSurrogateError, UnknownVersionError: nobody of that name is served.
            OverloadedError, UnavailableError, DeadlineExceededError: the service can't now.
            ConnectionFailedError, UnreadableAnswerError: no whole answer came, or not one of this service.
            TypeError: an array does not hold real numbers.
            ValueError: a dimension of xarray's is missing.
        """
        label: Label = _unlabelled
        if is_labelled(inputs):
            inputs, labels = unlabel(inputs, self._manifest(surrogate, options.get("version"))["inputs"])
            label = labels.label
        accept, read = (JSON, read_json) if explain else (NPZ, read_binary)
        address = _address(surrogate) + "/predict"
        with self._transport.exchange("POST", address, options, accept, encode(inputs)) as response:
            answer = read(response)
        manifest = self._manifest(surrogate, answer.version)
        if options.get("version") is None:
            # By now the newest may be another than when its axes were asked for.
            self._manifests[surrogate, None] = manifest
        return answer.prediction(surrogate, manifest, label)

    def predict_many(
        self,
        surrogate: str,
        inputs: Iterable[Any],
        *,
        concurrency: int = 8,
        explain: bool = False,
        **options: Unpack[PredictOptions],
    ) -> Iterator[Prediction[Any]]:
        """Predict for each of many inputs, with several requests in flight; predictions come in the inputs' order.

        The service runs together what waits at the same time. No more than ``concurrency`` inputs and predictions are
        held at once, and none is taken from ``inputs`` before there is room for it, so these may be endless.

        Args:
            surrogate: Its name.
            inputs: Each as ``predict`` takes it.
            concurrency: Requests in flight, each on a connection of its own: at most the client's ``connections``.
            explain: As in ``predict``.
            options: As in ``predict``.

        Raises:
            FieldserveError: what ``predict`` raises, at the place of the input that failed; the iteration ends there.
        """
        return in_order(lambda each: self.predict(surrogate, each, explain=explain, **options), inputs, concurrency)

    def _manifest(self, surrogate: str, version: int | None) -> Manifest:
        """A version's manifest, asked for once: a version doesn't change its fields. None is the newest known here."""
        key = (surrogate, version)
        if key not in self._manifests:
            self._manifests[key] = self.describe(surrogate, version)["manifest"]
        return self._manifests[key]

    def _json(self, path: str) -> Any:
        with self._transport.exchange("GET", path, {}, JSON) as response:
            return json.loads(response.read())


def _address(surrogate: str) -> str:
    return f"/v1/surrogates/{quote(surrogate, safe='')}"


def _unlabelled(array: FloatArray, _quantity: str, _output: Mapping[str, Any]) -> FloatArray:
    return array
