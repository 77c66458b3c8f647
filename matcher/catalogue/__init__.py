"""Reference data as files with typed loaders. Every row has a source and the day it was read."""
