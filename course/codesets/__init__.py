"""The code sets: what codes exist and what the official books say about them. Knows nothing of widgets or storage."""
