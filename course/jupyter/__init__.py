"""What the course gives JupyterLab: settings that make lessons safe to click and calm to read."""
