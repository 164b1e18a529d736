"""Answer in, verdict out. Pure functions: no widgets, no storage, no notebooks."""
