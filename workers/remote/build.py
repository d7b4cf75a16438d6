"""Makes the engine elsewhere out of the settings."""

from __future__ import annotations

from pydantic import SecretStr

from pipeline.errors import EngineUnavailable
from workers.remote.endpoint import FarEndpoint
from workers.remote.engine import Far, RemoteEngine
from workers.remote.http import Caller
from workers.remote.lending import BucketLender
from workers.remote.worker import FarWorker
from workers.settings import WorkerSettings


def remote_engine(settings: WorkerSettings) -> RemoteEngine:
    """A worker of fashionCORE, or what the file describes. Raises EngineUnavailable where something is not set."""
    if settings.remote_url is None:
        raise EngineUnavailable("remote_address", "FASHIONCORE_REMOTE_URL is not set.")
    far: Far
    caller = Caller(settings.remote_url)
    key = settings.remote_key or SecretStr("")
    described = settings.remote_description
    if described is None:
        far = FarWorker(caller, key)
    else:
        lender = None
        if described.request.pictures == "links":
            bucket = settings.bucket()
            if bucket is None:
                raise EngineUnavailable("remote_address", 'pictures = "links" needs a bucket: set S3_BUCKET.')
            lender = BucketLender(bucket, settings.remote_limit_s)
        far = FarEndpoint(caller, key, described, lender)
    return RemoteEngine(far, settings.remote_identity(), settings.remote_limit_s)
