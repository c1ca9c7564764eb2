"""What a step is called for its author."""

from modules.blocks import StepsBlock
from modules.steps import Step

_LABELS = {name: str(block.label) for name, block in StepsBlock().child_blocks.items()}


def step_name(number: int, step: Step) -> str:
    """Number and title of a step, as an author knows it."""
    title = (step.value.get("title") or {}).get("standaard") or _LABELS.get(step.type, step.type)
    return f"Stap {number}: {title}"
