# Makes the Python environment $folder/.venv, anew when the requirements are others than those it was made from; to be
# sourced with $folder set. Leaves the environment's folder in $venv.
venv=$folder/.venv
if ! cat "$folder/requirements.txt" "$folder/requirements-ray.txt" | cmp -s - "$venv/made-from.txt"; then
    python=$(command -v python3.11 || command -v python3)
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        echo 'The load tests need Python 3.11 or newer.' >&2
        exit 1
    fi
    echo 'Making the environment loadtest/.venv ...' >&2
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --requirement "$folder/requirements.txt"
    "$venv/bin/pip" install --quiet --requirement "$folder/requirements-ray.txt" ||
        echo 'Ray Serve could not be installed: the comparison goes on without it.' >&2
    cat "$folder/requirements.txt" "$folder/requirements-ray.txt" > "$venv/made-from.txt"
fi

# ONNX Runtime reports its use to its maker by default.
export ORT_DISABLE_TELEMETRY=1
