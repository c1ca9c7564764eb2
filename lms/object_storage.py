"""Files in an S3 (docs/decisions/0056-in-production.md). People never meet it: our own views give the files out."""

from typing import Any
from urllib.parse import quote

from botocore.client import Config
from botocore.exceptions import ClientError
from django.core.files.storage import storages
from storages.backends.s3 import S3Storage


class ObjectStorage(S3Storage):
    """django-storages' S3, with addresses of our own site; `base_url` None means that there are none."""

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "base_url": None,
            "file_overwrite": False,  # as on disk: a second file of one name gets another
            "default_acl": None,
            "client_config": Config(
                s3={"addressing_style": "path"},  # a name per bucket asks for names in DNS
                signature_version="s3v4",
                # Someone waits, and a web process has four threads: of storage that says nothing we soon say so too.
                connect_timeout=3,
                read_timeout=10,
                retries={"total_max_attempts": 2, "mode": "standard"},
            ),
            "max_memory_size": 5_000_000,  # what is more goes to a temporary file while it is read
            "verify": None,
        }

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """The address under which our own view gives the file. Raises ValueError when there is none."""
        if self.base_url is None:
            raise ValueError("This file is not accessible via a URL.")
        return f"{self.base_url}{quote(name)}"

    def make_bucket(self) -> bool:
        """Make the bucket when it is not there; True when it was made.

        Raises ClientError when the storage refuses.
        """
        client = self.connection.meta.client
        try:
            client.head_bucket(Bucket=self.bucket_name)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                raise
            client.create_bucket(Bucket=self.bucket_name)
            return True
        return False


def make_bucket() -> bool:
    """Make the bucket of all files where one is set; True when it was made."""
    storage = storages["default"]
    return isinstance(storage, ObjectStorage) and storage.make_bucket()
