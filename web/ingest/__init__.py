"""The way in for events: who may send them, what they say, and the queue that keeps them."""
