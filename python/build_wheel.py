"""Writes the wheel of halley_client into the folder given, with Python alone; the same sources give the same bytes."""

import base64
import hashlib
import pathlib
import re
import sys
import zipfile

SOURCES = pathlib.Path(__file__).parent
PACKAGE = "halley_client"


def build(folder):
    sources = sorted((SOURCES / PACKAGE).glob("*.py"))
    version = re.search(r'^__version__ = "(.+)"$', (SOURCES / PACKAGE / "__init__.py").read_text(encoding="utf-8"), re.M).group(1)
    info = f"{PACKAGE}-{version}.dist-info"
    files = {f"{PACKAGE}/{path.name}": path.read_bytes() for path in sources}
    files[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: halley-client\nVersion: {version}\nSummary: Halley from Python: predict, decide, outcomes, runs\n"
        "License: Apache-2.0\nRequires-Python: >=3.9\n"
    ).encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: halley\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    lines = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""]).encode()
    wheel = pathlib.Path(folder) / f"{PACKAGE}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # A fixed time and mode, so that two builds are equal.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return wheel


def _digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    print(build(sys.argv[1]))
