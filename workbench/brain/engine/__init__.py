"""Neurons, synapses and regions as arrays, a step of their activity, the learning rule."""
