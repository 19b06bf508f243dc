import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from telusur.matrices import product

SAMPLE = Path(__file__).parent.parent / "samples" / "banjir.txt"
NUMBERS_OF_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

READS = """
import sys, time
from pathlib import Path
from telusur.analyse.encoder import load_model
from telusur.ingest.files import from_text
from telusur.pipeline import read

source, model = from_text(Path(sys.argv[1]).read_text(encoding="utf-8"), media_type="text/plain"), load_model(tier="fast")
read(source, model=model)
whole, own = time.process_time(), time.thread_time()
for _ in range(5):
    read(source, model=model)
print((time.process_time() - whole) / (time.thread_time() - own))
"""


@pytest.mark.parametrize(("rows", "inner", "columns"), [(1, 1, 1), (7, 384, 128), (240, 96, 150), (0, 384, 128)])
def test_it_is_the_product(rows: int, inner: int, columns: int) -> None:
    drawn = np.random.default_rng(5)
    a, b = drawn.random((rows, inner), np.float32), drawn.random((columns, inner), np.float32).T
    assert product(a, b) == pytest.approx(a @ b, rel=1e-5)
    assert product(a, b).dtype == np.float32


def test_a_reading_keeps_one_processor_busy() -> None:
    environment = {k: v for k, v in os.environ.items() if k not in NUMBERS_OF_THREADS} | {"OPENBLAS_NUM_THREADS": "2"}
    printed = subprocess.run([sys.executable, "-c", READS, str(SAMPLE)], capture_output=True, text=True, check=True, env=environment).stdout
    assert float(printed) < 1.2  # 2 where numpy's threads wait for the next product
