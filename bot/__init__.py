"""The program: it reads the settings, puts the parts together and runs them."""

import os

# numpy's matrices here are small: several threads for one of them would wait for each other, and cost twice the CPU.
# It is read when numpy is first imported, here or in a process that this one starts.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
