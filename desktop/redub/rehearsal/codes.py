"""The numbers of the protocol: Header.Code of an answer, and FailCode of a task. The same number differs in meaning."""

from __future__ import annotations

from enum import IntEnum


class InterfaceCode(IntEnum):
    """Header.Code (Appendix I, first table): why a request was refused."""

    OK = 0
    INTERNAL = -101000
    NO_CAPACITY = -101001
    PARAMETER = 100001
    VALUE = 100002
    UNAUTHORIZED = 100005
    QUOTA = 100008
    NO_RESOURCE = 100009
    NO_HOURS = 100013
    NO_CONCURRENCY = 100014
    NO_AVATAR = 100016
    EXISTS = 110005
    NO_RECORD = 110006
    REMOTE = 801000
    TOO_OFTEN = 801004
    UNSAFE = 801005


class FailCode(IntEnum):
    """FailCode of the progress query (Appendix I, second table): why a task could not be finished."""

    OK = 0
    INTERNAL = 801000
    DOWNLOAD = 801008
    PARAMETER = 801009
    FETCH = 801010


ERROR_NAMES = {
    InterfaceCode.INTERNAL: "InternalError",
    InterfaceCode.NO_CAPACITY: "InsufficientCapacity",
    InterfaceCode.PARAMETER: "InvalidParameter",
    InterfaceCode.VALUE: "InvalidParameterValue",
    InterfaceCode.UNAUTHORIZED: "UnauthorizedOperation",
    InterfaceCode.QUOTA: "LimitExceeded",
    InterfaceCode.NO_RESOURCE: "ResourceNotFound",
    InterfaceCode.NO_HOURS: "AssetHourQuotaNotFound",
    InterfaceCode.NO_CONCURRENCY: "AssetConcurrencyQuotaNotFound",
    InterfaceCode.NO_AVATAR: "AssetNotFound",
    InterfaceCode.EXISTS: "ResourceInUse",
    InterfaceCode.NO_RECORD: "InternalError.DataNotExist",
    InterfaceCode.REMOTE: "InternalError.Remote",
    InterfaceCode.TOO_OFTEN: "RequestLimitExceeded",
    InterfaceCode.UNSAFE: "FailedOperation.UnsafeText",
}
"""The first half of Header.Message ("ErrName:text")."""
