"""The demo municipality: its data and what loads them. Installed only where DEMO is on."""

PASSWORD = "Samen-Veilig-2026"  # noqa: S105 - of every demo user; printed by script/demo
