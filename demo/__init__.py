"""The demo municipality: its data and what loads them. Installed only where DEMO is on."""
