"""Which text speaks of a reason to wait: the most particular one that there is."""

from config.messages import Messages
from models.listing import Hold, HoldReason

PARTICULAR = {
    HoldReason.UNTRUSTED_CUTOUT: "doubt",
    HoldReason.LOW_SCORE: "defect",
    HoldReason.GRAVE_DEFECT: "defect",
    HoldReason.RULE_FAILED: "verdict",
    HoldReason.OPEN_QUESTION: "question",
    HoldReason.OUR_FAULT: "rejection",
    HoldReason.NOTE_UNREADABLE: "note",
}
"""The section whose codes stand in the wait's ``detail``."""


def wait_section(wait: Hold) -> str:
    """Return the section of ``config/messages`` that has its ``title`` and ``advice``: ``defect.underexposed``."""
    section = PARTICULAR.get(wait.reason)
    return f"{section}.{wait.detail}" if section and wait.detail else f"wait.{wait.reason}"


def say_wait(wait: Hold, messages: Messages) -> str:
    """Return a reason to wait in words, with the photo that it is about."""
    title = messages.text(f"{wait_section(wait)}.title")
    return f"{wait.file}: {title}" if wait.file else title
