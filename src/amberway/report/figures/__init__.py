"""The pictures of the report, each as an inline SVG of fixed bytes."""
