"""The webhook: who may send events, what they say, and the queue that keeps them."""
