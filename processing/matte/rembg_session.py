"""The bundled network for those who use rembg: ``rembg.remove(photo, session=EtalaseSession.open())``."""

from typing import Any

import numpy as np
import onnxruntime
from PIL import Image
from rembg.sessions.base import BaseSession

from processing.matte.bundled import show
from processing.matte.named import WEIGHTS
from processing.resizing import resize


class EtalaseSession(BaseSession):  # type: ignore[misc]  # rembg has no types
    """A session as rembg's own are; its weights are never downloaded."""

    @classmethod
    def open(cls, threads: int = 1) -> "EtalaseSession":
        """Return a session with this many threads."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        return cls(cls.name(), options)

    def predict(self, img: Image.Image, *_args: Any, **_options: Any) -> list[Image.Image]:  # noqa: ANN401 - rembg's
        """Return one mask, "L", at the size of ``img``."""
        pixels = np.asarray(img.convert("RGB"))
        (alphas,) = self.inner_session.run(["alpha"], {"pixels": show(pixels)[None]})
        levels = np.rint(resize(alphas[0], img.size) * 255.0).astype(np.uint8)
        return [Image.fromarray(levels)]

    @classmethod
    def download_models(cls, *_args: Any, **_options: Any) -> str:  # noqa: ANN401 - rembg's
        """Return where the weights lie in the installed package."""
        return str(WEIGHTS)

    @classmethod
    def name(cls, *_args: Any, **_options: Any) -> str:  # noqa: ANN401 - rembg's
        """Return the name by which rembg would know it."""
        return "etalase"
