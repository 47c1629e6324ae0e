"""From a seller's words to a listing's words: facts with evidence, and questions where there is none."""
