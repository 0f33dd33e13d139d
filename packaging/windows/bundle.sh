#!/usr/bin/env bash
# Puts the Windows program together on any system: Python's embeddable package, wheels for Windows,
# and launchers. No compiler, no Windows; `packaging/build.py OUT setup --bundle OUT` packs it.
#   packaging/windows/bundle.sh PYTHON.zip OUT [WHEEL]
# PYTHON.zip is python-3.12.N-embed-amd64.zip of python.org. Needs uv and unzip.
# With WINE=1 what Wine 8 cannot do is left out or replaced: for a trial, not for users.
set -euo pipefail
embedded="$(realpath "$1")" out="$(realpath -m "$2")" wheel="${3:+$(realpath "$3")}"
cd "$(dirname "$0")/../.."
[ ! -e "$out" ] || { echo "bundle: $out is there already." >&2; exit 1; }
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
if [ -z "$wheel" ]; then
  uv build --quiet --wheel --out-dir "$folder"
  wheel="$(ls "$folder"/*.whl)"
fi
inner="$out/_internal"
mkdir -p "$inner" "$out/LICENSES"
unzip -q "$embedded" -d "$inner"
[ ! -d "$inner"/cp* ] || { mv "$inner"/cp*/* "$inner"; rmdir "$inner"/cp*; }
# Python looks for packages there and nowhere else on the machine.
printf '%s\n.\nsite\nimport site\n' "$(basename "$inner"/python3*.zip)" >"$(ls "$inner"/python3*._pth)"
uv pip install --quiet --python-platform windows --python-version 3.12 --only-binary :all: \
  --constraint packaging/constraints.txt --target "$inner/site" "${wheel}[speech]"
# Neither Qt's development tools nor what only compiles is for users.
rm -rf "$inner"/site/{bin,Scripts,pip,setuptools} "$inner"/site/PySide6/{*.exe,include,typesystems,metatypes,translations}
cp LICENSE "$out/LICENSES/"; cp "$inner/LICENSE.txt" "$out/LICENSES/Python.txt"
if [ -n "${WINE:-}" ]; then
  # Wine 8: no `crealf` (NumPy 2.1 and later), no VariantToString (Python's `_wmi`).
  rm -rf "$inner"/site/numpy* "$inner/_wmi.pyd"
  uv pip install --quiet --no-deps --python-platform windows --python-version 3.12 --only-binary :all: \
    --target "$inner/site" numpy==2.0.2
fi
uv run --no-project --quiet --with distlib==0.4.0 python - "$out" <<'END'
import sys, zipfile, io
from importlib.resources import files
from pathlib import Path

out = Path(sys.argv[1])
for name, launcher, python in (
    ("workbench.exe", "w64.exe", "pythonw.exe"), ("workbench-cli.exe", "t64.exe", "python.exe")
):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__main__.py", "import sys\nfrom workbench.cli.main import main\nsys.exit(main())\n")
    shebang = f"#!<launcher_dir>\\_internal\\{python}\r\n".encode()
    (out / name).write_bytes(files("distlib").joinpath(launcher).read_bytes() + shebang + packed.getvalue())
END
echo "$out: $(du -sm "$out" | cut -f1) MB"
