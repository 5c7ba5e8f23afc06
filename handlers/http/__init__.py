"""HTTP at the edge: health for orchestrators and people."""
