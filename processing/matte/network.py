"""The matte as one of rembg's networks sees it."""

from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image
from rembg import new_session
from rembg.sessions import sessions

from models.matte import Matte
from models.picture import Picture
from processing.matte.named import name_network
from processing.matte.rembg_weights import NETWORKS, WeightsDamaged, WeightsMissing, find_weights, weights_folders
from processing.matte.shape import doubt_shape, measure_shape
from processing.resizing import fit, shrink

WORKING_SIDE = 1024
"""px, the longer side of what the network is shown: the largest input that any of rembg's networks has."""


class NetworkEstimator:
    """One of rembg's networks: one inference thread, and one session for as long as the estimator lives.

    Its trust rests on the matte's shape alone; it is not calibrated, since no weights come with the project.
    """

    def __init__(self, model: str) -> None:
        """Load the network, which rembg fetches first if need be. Raises WeightsMissing, WeightsDamaged."""
        paths = find_weights(model) or _fetch_weights(model)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        try:
            self._session = new_session(model, sess_opts=options)
        except Exception as error:  # onnxruntime's errors share no closer ancestor
            raise WeightsDamaged(model, str(paths[0]), str(error)) from error
        self._identity = name_network(model, paths)

    @property
    def identity(self) -> str:
        """The network's name, the hash of its weights, and the version of rembg that prepares its input."""
        return self._identity

    def estimate(self, picture: Picture) -> Matte:
        """Return the network's matte, its longer side at most 1024 px."""
        seen = shrink(picture.pixels, fit(picture.width, picture.height, WORKING_SIDE))
        # Its parts, where a network tells several (upper, lower and whole garments), are one product to us.
        # rembg.remove is not used: it multiplies the colour of soft edges by alpha.
        masks = [np.asarray(mask, dtype=np.uint8) for mask in self._session.predict(Image.fromarray(seen))]
        alpha = np.maximum.reduce(masks).astype(np.float32) / np.float32(255.0)
        doubts = doubt_shape(measure_shape(alpha))
        trust = float(np.prod([1.0 - weight for weight in doubts.values()]))
        return Matte(alpha, trust, tuple(sorted(doubts, key=lambda doubt: -doubts[doubt])))


def _fetch_weights(model: str) -> tuple[Path, ...]:
    """Let rembg download the network; it writes beside the place, and moves there only what has the right hash."""
    try:
        sessions[model].download_models()
    except (OSError, ValueError) as error:  # requests' errors are OSErrors, a wrong hash is a ValueError
        raise WeightsMissing(model, NETWORKS[model], str(weights_folders(model)[0])) from error
    paths = find_weights(model)
    if paths is None:
        raise WeightsMissing(model, NETWORKS[model], str(weights_folders(model)[0]))
    return paths
