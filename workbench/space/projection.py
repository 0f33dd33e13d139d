"""Projection of vectors onto a plane by principal components."""

import numpy as np

from workbench.arrays import F32


def flat(vectors: F32) -> tuple[F32, float]:
    """Positions float32[n, 2] for vectors float32[n, d], and the share of variance explained.

    The mean is 0, and 98 % are within −1 and 1 on each axis. Deterministic: each axis is oriented
    so that its longer tail is positive.
    """
    if len(vectors) < 2 or vectors.shape[1] < 1:
        return np.zeros((len(vectors), 2), np.float32), 0.0
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    spread, axes = np.linalg.eigh(centred.T @ centred)
    plane = axes[:, ::-1][:, :2]
    places = centred @ plane
    if places.shape[1] < 2:
        places = np.column_stack([places, np.zeros(len(places))])
    places *= np.where((places**3).sum(axis=0) < 0, -1.0, 1.0)
    reach = np.quantile(np.abs(places), 0.98, axis=0)
    total = float(spread.sum())
    share = float(spread[::-1][:2].sum()) / total if total > 0 else 0.0
    coordinates: F32 = (places / np.maximum(reach, 1e-9)).astype(np.float32)
    return coordinates, share
