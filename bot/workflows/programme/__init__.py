"""The programme: its settings, roles and the switch that halts it."""
