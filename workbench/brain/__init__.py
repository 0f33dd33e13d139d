"""The spiking brain: regions, neurons, assemblies of concepts, recall by activity."""
