"""Action 4, mobility: force elements → lots → plan → verification → explanation."""
