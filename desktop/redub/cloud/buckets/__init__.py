"""Online storage that speaks S3: Tencent COS and every compatible service.

Spoken over httpx with signatures of our own, because an upload is to go on after a crash: no S3 library on hand that
is asynchronous gives out the upload id and the parts of a multipart upload (obstore 0.12 begins and ends one inside
a single call). It also keeps proxies, certificates and the words for what goes wrong in one place.
"""

from __future__ import annotations

from redub.cloud.buckets.bucket import LONGEST_LINK, Bucket
from redub.cloud.buckets.checking import check_bucket
from redub.cloud.buckets.multipart import Journal, Unfinished, upload_file
from redub.cloud.buckets.objects import ObjectStore

__all__ = [
    "LONGEST_LINK",
    "Bucket",
    "Journal",
    "ObjectStore",
    "Unfinished",
    "check_bucket",
    "upload_file",
]
