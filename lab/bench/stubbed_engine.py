"""The process of a flow run whose photos and listings cost nothing: ``flows.engine`` without the steps."""

import gc
import os
import runpy

from flows.engine import OBJECTS_UNTIL_COLLECTED
from flows.parent_death import die_with

if __name__ == "__main__":
    import flows.listing_work
    import flows.pool
    import flows.suggesting
    from lab.bench.stubbed_photo import no_assembly, no_words, no_work

    die_with(os.getppid())
    gc.set_threshold(OBJECTS_UNTIL_COLLECTED)
    flows.pool.work_on_photo = no_work
    flows.suggesting.suggest = no_words
    flows.listing_work.assemble_listing = no_assembly
    runpy.run_module("prefect.engine", run_name="__main__")
