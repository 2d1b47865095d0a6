"""Reports: one self-contained HTML page from a mobility plan."""
