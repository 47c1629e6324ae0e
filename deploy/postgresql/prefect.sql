-- Beside the catalog's own database, and in its hands: Prefect's, which is for watching alone.
CREATE DATABASE prefect;
