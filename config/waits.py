"""Which text speaks of a reason to wait: the most particular one that there is."""

from config.messages import Messages
from models.listing import Wait, WaitReason

PARTICULAR = {
    WaitReason.UNTRUSTED_CUTOUT: "doubt",
    WaitReason.LOW_SCORE: "defect",
    WaitReason.GRAVE_DEFECT: "defect",
    WaitReason.RULE_FAILED: "verdict",
    WaitReason.OPEN_QUESTION: "question",
    WaitReason.OUR_FAULT: "rejection",
    WaitReason.NOTE_UNREADABLE: "note",
}
"""The section whose codes stand in the wait's ``detail``."""


def wait_section(wait: Wait) -> str:
    """Return the section of ``config/messages`` that has its ``title`` and ``advice``: ``defect.underexposed``."""
    section = PARTICULAR.get(wait.reason)
    return f"{section}.{wait.detail}" if section and wait.detail else f"wait.{wait.reason}"


def say_wait(wait: Wait, messages: Messages) -> str:
    """Return a reason to wait in words, with the photo that it is about."""
    title = messages.text(f"{wait_section(wait)}.title")
    return f"{wait.file}: {title}" if wait.file else title
