"""Commands that write files: export, geojson."""

from __future__ import annotations

import argparse

from ramp155.base.whole_file import write_whole_file
from ramp155.cli.options import load_record
from ramp155.cli.parser import ExitCode
from ramp155.files.geojson import write_sites_geojson
from ramp155.files.package.archive import write_package_files
from ramp155.model.model import Model


def export_package(options: argparse.Namespace) -> ExitCode:
    """Write the data package and its tables into a folder; print what was written."""
    for path in write_package_files(Model(load_record()), options.out):
        print(path)
    return ExitCode.DONE


def export_geojson(options: argparse.Namespace) -> ExitCode:
    """Write the sites as GeoJSON to a file, or print them."""
    geojson = write_sites_geojson(Model(load_record()))
    if options.out:
        write_whole_file(options.out, geojson.encode())
    else:
        print(geojson)
    return ExitCode.DONE
