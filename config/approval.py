"""The approval rule: ``config/approval.toml``."""

from config.presets import HERE, read_preset
from models.approval import ApprovalRule


def load_approval_rule() -> ApprovalRule:
    """Return the rule in force. Raises PresetError."""
    return read_preset(HERE / "approval.toml", ApprovalRule)
