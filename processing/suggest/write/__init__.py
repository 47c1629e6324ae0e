"""Write: from facts to a listing's words, by the sentences of ``config/copy``."""
