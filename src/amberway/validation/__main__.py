"""`python -m amberway.validation`: published and computed values, side by side."""

import sys

from amberway.validation.page import text

sys.stdout.write(text())
