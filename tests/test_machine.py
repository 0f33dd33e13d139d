"""What is found of this machine: its memory, and a graphics card where a driver names one."""

import os
import sys
from pathlib import Path

import pytest

from workbench import machine
from workbench.machine import Graphics


def test_m2_memory_is_that_of_this_machine() -> None:
    found = machine.memory()
    assert 0 < found.free <= found.total
    if sys.platform.startswith("linux"):
        assert found.total == os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize(
    ("told", "cards"),
    [
        ("NVIDIA H200, 143771\n", [Graphics("NVIDIA H200", 143771 << 20)]),
        (
            "Card, of commas, 8192\nOther, [N/A]\n",
            [Graphics("Card, of commas", 8192 << 20), Graphics("Other", 0)],
        ),
        ("No devices were found\n", []),
        ("", []),
    ],
)
def test_m4_a_card_is_read_from_what_its_driver_says(told: str, cards: list[Graphics]) -> None:
    assert machine.parse_nvidia(told) == cards


def _driver(folder: Path, script: str) -> None:
    program = folder / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="the driver of this test is a shell script")
@pytest.mark.parametrize(
    ("script", "names"),
    [
        ("echo 'NVIDIA H200, 143771'", ["NVIDIA H200"]),
        ("echo 'Driver/library version mismatch, 1'; exit 18", []),
        ("printf '\\377\\376, 12'", []),
        ("exit 0", []),
    ],
)
def test_m4_a_card_is_named_and_without_a_sound_driver_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, names: list[str]
) -> None:
    _driver(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    assert [each.name for each in machine.graphics() if "AMD" not in each.name] == names


@pytest.mark.skipif(sys.platform == "win32", reason="the driver of this test is a shell script")
def test_m4_a_driver_that_hangs_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _driver(tmp_path, "exec sleep 60")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setattr(machine, "_PATIENCE", 0.2)
    assert [each for each in machine.graphics() if "AMD" not in each.name] == []


def test_m4_an_amd_card_is_named_by_what_the_kernel_says(tmp_path: Path) -> None:
    for name, vendor in (("card0", "0x1002"), ("card1", "0x8086")):
        device = tmp_path / name / "device"
        device.mkdir(parents=True)
        (device / "vendor").write_text(f"{vendor}\n")
        (device / "mem_info_vram_total").write_text("17163091968\n")
    assert machine._amd(tmp_path) == [Graphics("AMD graphics card", 17163091968)]
    assert machine._amd(tmp_path / "none") == []
