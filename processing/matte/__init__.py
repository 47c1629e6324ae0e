"""Where the product is: networks and the refinement of what they say."""

import os

# onnxruntime, as it is distributed, reports to its maker how it is used, unless this is set before it is loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
