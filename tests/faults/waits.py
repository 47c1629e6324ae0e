"""How short the impatient command's waits are."""

POSTPONED_SECONDS = 1.0
IDLE_SECONDS = 2
S3_SECONDS = 1
S3_TRIES = 2
