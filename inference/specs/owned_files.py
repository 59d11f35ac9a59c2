"""Deleting what MyLLM has downloaded, and nothing else."""

from __future__ import annotations

from inference.catalog import background, builtin
from inference.catalog.background import EntryDownload
from inference.catalog.stored import partial, path
from inference.config import EngineConfig
from inference.specs.downloads import download_of


def delete_files(spec: str, config: EngineConfig, *, partial_only: bool = False) -> bool:
    """Stop the spec's download and delete its files, with `partial_only` those that have not
    arrived whole. Whether the spec has files of MyLLM's: an owner's own file or folder, another
    program's and a provider's model are left alone. Blocking, for seconds where a download has to
    be stopped. Raises `OSError`.
    """
    if entry := builtin.find(spec, config.free_memory):
        background.stop(EntryDownload(entry, config.models_dir, config.endpoints))
        partial(entry, config.models_dir).unlink(missing_ok=True)
        if not partial_only:
            path(entry, config.models_dir).unlink(missing_ok=True)
        return True
    download = download_of(spec, config)
    if download is None:
        return False
    background.stop(download)
    download.delete(partial_only=partial_only)
    return True
