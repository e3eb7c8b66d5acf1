"""Commands that write files: export, geojson, map, prepare, site."""

from __future__ import annotations

import argparse

from ramp155.base.shelf import find_folder
from ramp155.base.whole_file import write_whole_file
from ramp155.cli.options import load_record
from ramp155.cli.parser import ExitCode
from ramp155.files.geojson import write_sites_geojson
from ramp155.files.package.archive import write_package_files
from ramp155.files.poster.sheet import write_poster_png
from ramp155.files.site.build import build_site, check_folder, write_site
from ramp155.history.as_known import resolve_day
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.pictures.board.months import pack_lines
from ramp155.pictures.catalogue import CATALOGUE
from ramp155.pictures.map.live.ladder import build_ladder
from ramp155.pictures.plants.sites import build_sites_picture
from ramp155.pictures.view import View


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


def prepare_start(options: argparse.Namespace) -> ExitCode:
    """Work out what takes seconds and is kept on disk, so that the first page does not wait for it."""
    model = Model(load_record())
    draw_coefficients(model)
    build_ladder(model)
    for hindsight in (False, True):
        pack_lines(model, hindsight)
    print(find_folder() or "nothing is kept: RAMP155_CACHE is blank")
    return ExitCode.DONE


def draw_map(options: argparse.Namespace) -> ExitCode:
    """Write the map of plants as it is presented, as PNG. Raises ValueError where the day is none."""
    model = Model(load_record())
    view = View(as_of=resolve_day(model.record, options.as_of))
    write_whole_file(options.png, write_poster_png(build_sites_picture(model, view), options.theme))
    print(options.png)
    return ExitCode.DONE


def write_static_site(options: argparse.Namespace) -> ExitCode:
    """Write the static site into a folder. Raises ValueError for a folder with something else in it or an unknown name."""
    check_folder(options.out)
    model = Model(load_record())
    for name in options.picture:
        if name not in CATALOGUE:
            raise ValueError(f"{name!r} is not a picture; pictures: {', '.join(CATALOGUE)}")
    for site_id in options.plant:
        if site_id not in set(model.record.sites["site_id"]):
            raise ValueError(f"{site_id!r} is not a plant; `ramp155 status` lists them")
    files = build_site(model, options.address, options.app, options.picture, options.plant)
    count = write_site(options.out, files)
    print(f"{count} files in {options.out}")
    return ExitCode.DONE
