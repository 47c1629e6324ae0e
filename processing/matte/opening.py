"""From a model's name in the settings to the estimator that it means."""

from processing.matte.estimator import MatteEstimator
from processing.matte.rembg_weights import NETWORKS, require_weights

BUNDLED = "bundled"
MODELS = (BUNDLED, *NETWORKS)
"""Every name that :func:`open_estimator` knows."""


def open_estimator(model: str) -> MatteEstimator:
    """Return the estimator of this name, ready to work with one thread.

    ``bundled`` ships with the project. Any other name is one of rembg's networks;
    its weights are looked for where rembg keeps them, and fetched by rembg where there is a network.

    Raises
    ------
    ValueError
        No model has this name; the message lists those that do.
    WeightsMissing
        The network's files are neither here nor to be had; said within five seconds.
    WeightsDamaged
        A file is here, but no inference engine can read it.
    """
    if model not in MODELS:
        raise ValueError(f"unknown matte model {model!r}; known are {', '.join(MODELS)}")
    # Each import waits until its model is wanted: rembg alone costs two seconds and 230 MB.
    if model == BUNDLED:
        from processing.matte.bundled import BundledEstimator  # noqa: PLC0415 - see above

        return BundledEstimator()
    require_weights(model)
    from processing.matte.network import NetworkEstimator  # noqa: PLC0415 - see above

    return NetworkEstimator(model)
