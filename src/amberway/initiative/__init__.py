"""The package: all five actions over one scenario, and what each of them contributes."""
