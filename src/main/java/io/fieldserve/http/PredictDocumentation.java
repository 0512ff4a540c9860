package io.fieldserve.http;

/** What the API description says of a prediction. */
final class PredictDocumentation {

    static final String OPERATION = """
            Takes every input field of the surrogate and returns the ensemble's mean and sample standard deviation at \
            each grid point and, on grids that were calibrated, a conformal interval.

            A field's array is `[batch, channel, axes...]`, C order, float32; the batch axis and the axis of a single \
            channel may be left out, and the reply leaves them out too. All fields share one grid, within the limits \
            in the manifest.

            **JSON**: `{"inputs": {"<field>": {"shape": [...], "data": [...]} or <nested arrays>}}`. \
            **NPY** (`application/x-npy`): the array of the only input field. \
            **NPZ** (`application/x-npz`): one entry a field, by its name. NPY arrays of any real dtype, byte order and \
            memory order are converted to float32. \
            **Raw** (`application/octet-stream`): little-endian float32 in C order, with the shape in the query or in a \
            header.""";

    static final String REPLY = """
            The prediction, in the type that `Accept` asks for. JSON has everything. NPZ has the arrays `mean`, `std`, \
            `lower`, `upper` and `members`, as far as they are asked for (`<field>.mean` and so on for several output \
            fields). NPY and raw bodies have one array: the mean, or the first of those asked for. What JSON says \
            beside the arrays, the binary types say in headers.""";

    static final String LEVEL =
            "Level of the interval: one of those in the manifest's calibration for this grid and guarantee.";
    static final String GUARANTEE =
            "What the interval promises: that each point is covered with the level's probability (pointwise, the"
                    + " default), or the whole solution at once.";
    static final String OUTPUTS =
            "The quantities to return, separated by commas. By default mean and std, and lower and upper where the grid"
                    + " was calibrated.";
    static final String MEMBERS =
            "How many members take part, all by default. Intervals are calibrated for the whole ensemble alone.";
    static final String TIMEOUT = "Seconds that the prediction may wait for its turn. One that has not begun by then is"
            + " dropped and answered with 504. By default as long as the service allows, 30 s unless configured.";
    static final String PRIORITY = "What goes first among requests that wait for this surrogate; normal by default.";
    static final String ARRAYS =
            "How arrays stand in a JSON reply: nested to the depth of their shape (the default), or flat, as lists of numbers in C order"
                    + " under each output's property flat, which suits statically typed clients.";
    static final String PRECISION =
            "Significant digits of numbers in a JSON reply, 1 to 9. By default each number has the fewest digits that"
                    + " identify its float32 value.";
    static final String SHAPE = "Shape of a raw body, such as 64,64.";
    static final String INPUT_EXAMPLE =
            "{\"inputs\": {\"initial_velocity\": [0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5, 0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5,"
                    + " 0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5, 0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5,"
                    + " 0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5, 0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5,"
                    + " 0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5, 0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5]}}";

    static final String REPLY_EXAMPLE = """
            {"surrogate": "burgers-fno", "version": 1, "outputs": {"final_velocity": {"unit": "1", "dtype": "float32", \
            "axes": ["x"], "shape": [4], "mean": [0.01, 0.2, -0.01, -0.2], "std": [1e-4, 2e-4, 1e-4, 2e-4], \
            "lower": [0.0098, 0.1997, -0.0102, -0.2003], "upper": [0.0102, 0.2003, -0.0098, -0.1997], \
            "interval": {"level": 0.9, "guarantee": "pointwise", "coverage": 0.9, "calibration_cases": 500, \
            "grid": [4]}}}, "trust": {"cases": [{"trusted": true, "reasons": [], \
            "spread": {"final_velocity": {"score": 0.001, "p_value": 0.54}}}]}}""";

    private PredictDocumentation() {}
}
