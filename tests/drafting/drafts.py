"""A brief, and the draft that a good model would make of it."""

from models.draft import Brief, Draft
from models.fact import Evidence, Fact, FactKind
from models.suggestion import Copy

NOTE = "keripik singkong balado 250gr"
BRIEF = Brief(
    product="Keripik Singkong Balado",
    category="Keripik / Crisps",
    facts=(
        Fact(
            kind=FactKind.WEIGHT,
            value="250 g",
            amount=250,
            unit="g",
            evidence=Evidence(source="note", quote="250gr", span=(24, 29)),
            confidence=0.95,
        ),
    ),
    note=NOTE,
)
DRAFT = Draft(
    indonesian=Copy(
        title="Keripik Singkong Balado 250 g",
        description="Keripik singkong rasa balado.\n\nDijual per bungkus.\n\n- Berat: 250 g",
        keywords=("keripik singkong", "keripik balado"),
        alt_text="Keripik singkong balado.",
    ),
    english=Copy(
        title="Balado Cassava Crisps 250 g",
        description="Cassava crisps with balado.\n\nSold by the pack.\n\n- Weight: 250 g",
        keywords=("cassava crisps",),
        alt_text="Balado cassava crisps.",
    ),
)
