"""Settings: pages shown in place of the tabs."""
