"""Neurons, synapses and regions as arrays, and a step of their activity."""
