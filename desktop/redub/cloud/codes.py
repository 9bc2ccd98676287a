"""What the service's codes mean to a creator: two tables that share numbers and nothing else.

INTERFACE_CODES are the codes of an answer (Header.Code, Appendix I, first table): the request itself.
FAIL_CODES are the codes of a finished production (FailCode of the progress query, second table): the task.
801004, for example, is "too frequent" in the first and "the task crashed" in the second.

To add one: 1. find the table it belongs to; 2. write what, why and the next step for somebody who knows
cameras and scripts; 3. choose its Retry, and for an interface code say whether nothing was made for certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Retry(StrEnum):
    """What may be done with the same request after a code.

    SAFE_TO_QUEUE: nothing was made and later it may work: the program may send it again by itself.
    ASK: only the creator may decide to send it again: it may have been made, or it would be paid again.
    NEVER: the same request would fail again: something must be changed first.
    """

    SAFE_TO_QUEUE = "safe_to_queue"
    ASK = "ask"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One code in words.

    :ivar refusal: the code says for certain that nothing was made (counts for interface codes)
    """

    what: str
    why: str
    next_step: str
    retry: Retry
    refusal: bool = True


_LATER, _ASK, _NEVER = Retry.SAFE_TO_QUEUE, Retry.ASK, Retry.NEVER
_MAYBE_MADE = "Look into your account before sending it again: the video may be in the making."

INTERFACE_CODES: Mapping[int, Meaning] = MappingProxyType(
    {
        -101000: Meaning(
            "The service had a fault of its own.",
            "It does not say whether it had already taken the job.",
            _MAYBE_MADE,
            _ASK,
            refusal=False,
        ),
        -101001: Meaning(
            "The service has no free machines at the moment.",
            "Too many videos are being made there right now; yours was not taken.",
            "Wait a few minutes and send it again.",
            _LATER,
        ),
        -101002: Meaning(
            "The service could not fetch the picture.",
            "The address of the face picture did not answer, or not with a picture.",
            "Check that the address opens in a browser without signing in, then send it again.",
            _NEVER,
        ),
        -101003: Meaning(
            "The service could not reach its storage.",
            "This is a fault on its side; it does not say whether it had already taken the job.",
            _MAYBE_MADE,
            _ASK,
            refusal=False,
        ),
        100000: Meaning(
            "The service had a fault of its own.",
            "It does not say whether it had already taken the job.",
            _MAYBE_MADE,
            _ASK,
            refusal=False,
        ),
        100001: Meaning(
            "The service did not understand the job.",
            "A value is missing or written in a form that it does not take.",
            "Look at the findings of this take; the service's own words are in the details.",
            _NEVER,
        ),
        100002: Meaning(
            "The service does not accept one of the values.",
            "A time, a voice or an option lies outside of what it allows.",
            "Look at the findings of this take; the service's own words are in the details.",
            _NEVER,
        ),
        100003: Meaning(
            "The service did not understand the job.",
            "A value is missing or written in a form that it does not take.",
            "Look at the findings of this take; the service's own words are in the details.",
            _NEVER,
        ),
        100005: Meaning(
            "Your account may not do this.",
            "The appkey does not have the right to this function or voice, or the key pair is wrong.",
            "Check the appkey and the accesstoken in the settings, and what your package includes.",
            _NEVER,
        ),
        100008: Meaning(
            "All places of your account are taken.",
            "An account may have only a few videos in the making at a time (five, unless more were bought).",
            "It can be sent again as soon as one of the running videos is finished.",
            _LATER,
        ),
        100009: Meaning(
            "The service does not know something that the job names.",
            "The voice (or another asset) does not exist, or your account has no right to it.",
            "Choose another voice, or renew the list of voices.",
            _NEVER,
        ),
        100012: Meaning(
            "The service was asked too often.",
            "It takes only so many requests in a short time; this one was not taken.",
            "Wait a moment; it can then be sent again.",
            _LATER,
        ),
        100013: Meaning(
            "Your account has no production time left.",
            "There is no valid hour package, or what is left of it is too short for this video.",
            "Buy an hour package for your account, or choose “Exclusive” if you have bought a place.",
            _NEVER,
        ),
        100014: Meaning(
            "Your account has no place of its own for this video.",
            "“Exclusive” needs a bought place (concurrency), and none was found.",
            "Choose “Shared” to use an hour package, or buy a place for your account.",
            _NEVER,
        ),
        100015: Meaning(
            "The avatar has expired.",
            "The asset that the job names was bought for a time that is over.",
            "Renew it in your account, or choose another one.",
            _NEVER,
        ),
        100016: Meaning(
            "The service does not find the avatar.",
            "The asset that the job names does not belong to your account.",
            "Check in your account which assets belong to this appkey.",
            _NEVER,
        ),
        110005: Meaning(
            "The service has just been given the same job.",
            "It does not take an identical request again so soon; the earlier one may be in the making.",
            "Look into the list of tasks before sending it again.",
            _ASK,
        ),
        110006: Meaning(
            "The service does not know this task.",
            "The task is older than it remembers, or was made with another account or at another service.",
            "Check that the task belongs to the account that is chosen now.",
            _NEVER,
        ),
        110007: Meaning(
            "The avatar key has expired.",
            "The asset that the job names was bought for a time that is over.",
            "Renew it in your account, or choose another one.",
            _NEVER,
        ),
        801000: Meaning(
            "The service could not reach one of its own parts.",
            "It does not say whether it had already taken the job.",
            _MAYBE_MADE,
            _ASK,
            refusal=False,
        ),
        801002: Meaning(
            "One of the service's own parts is in a bad state.",
            "It does not say whether it had already taken the job.",
            _MAYBE_MADE,
            _ASK,
            refusal=False,
        ),
        801004: Meaning(
            "The service was asked too often.",
            "It takes only so many requests in a short time; this one was not taken.",
            "Wait a moment; it can then be sent again.",
            _LATER,
        ),
        801005: Meaning(
            "The script did not pass the service's safety check.",
            "It found words that it does not allow.",
            "Change the script; the service does not say which words it means.",
            _NEVER,
        ),
    }
)

_TRY_AGAIN = "Send the take again; if it fails again, ask the service's support and give them the TaskId."
_CHECK_LINK = (
    "Check that the address opens without signing in, is fast, and is still valid; then send it again."
)

FAIL_CODES: Mapping[int, Meaning] = MappingProxyType(
    {
        801000: Meaning(
            "The service had a fault of its own while making the video.",
            "Nothing is wrong with your material.",
            _TRY_AGAIN,
            _ASK,
        ),
        801001: Meaning(
            "The service lost track of the task.",
            "Its own records could not be read or written.",
            _TRY_AGAIN,
            _ASK,
        ),
        801002: Meaning(
            "One of the service's own parts failed while making the video.",
            "Nothing is wrong with your material.",
            _TRY_AGAIN,
            _ASK,
        ),
        801003: Meaning(
            "The service tried several times and gave up.",
            "The reason is in the details, if it gave one.",
            _TRY_AGAIN,
            _ASK,
        ),
        801004: Meaning(
            "The task crashed at the service.",
            "The program that was making the video stopped.",
            _TRY_AGAIN,
            _ASK,
        ),
        801005: Meaning(
            "The service stopped the task for its content.",
            "Its safety check did not allow the script or the clip.",
            "Change the script or the clip before sending it again.",
            _NEVER,
        ),
        801006: Meaning(
            "The service could not store the video.",
            "Its storage did not answer as it should.",
            _TRY_AGAIN,
            _ASK,
        ),
        801007: Meaning(
            "The video took too long to make.",
            "The service stops tasks that exceed its time limit.",
            "Use a shorter piece of the clip or a shorter script, then send it again.",
            _ASK,
        ),
        801008: Meaning(
            "The service could not download your material.",
            "The address of the clip or the recording did not answer in time, or has expired.",
            _CHECK_LINK,
            _ASK,
        ),
        801009: Meaning(
            "The service found a value it cannot work with while making the video.",
            "What it says about it is in the details.",
            "Change the value that it names, then send the take again.",
            _NEVER,
        ),
        801010: Meaning(
            "The service could not fetch one of your addresses.",
            "The clip, the recording or the picture was not there, not open to it, or too slow.",
            _CHECK_LINK,
            _ASK,
        ),
        801012: Meaning(
            "The service could not read its own task.",
            "The values of the job could not be understood there.",
            "Look at the findings of this take, then send it again.",
            _NEVER,
        ),
        801014: Meaning(
            "The service lost a piece of the finished video.",
            "The video or the subtitles could not be put together.",
            _TRY_AGAIN,
            _ASK,
        ),
        801015: Meaning(
            "The service could not write to your storage.",
            "The storage that the job names did not let it in.",
            "Check the rights of that storage, then send the take again.",
            _NEVER,
        ),
        801401: Meaning(
            "The speech could not be made from the script.",
            "The service did not understand a part of the script.",
            "Check the marks in the script, then send the take again.",
            _NEVER,
        ),
        801402: Meaning(
            "The speech could not be made.",
            "The service could not write a file of its own.",
            _TRY_AGAIN,
            _ASK,
        ),
        801403: Meaning(
            "The speech broke off while it was being made.", "The voice stopped delivering.", _TRY_AGAIN, _ASK
        ),
        801404: Meaning(
            "The voice refused the script.",
            "The voice and the script do not fit, or the voice cannot be used now.",
            "Check the language of the voice against the script, or choose another voice.",
            _ASK,
        ),
        802000: Meaning(
            "The service stopped the task for its content.",
            "Its safety check did not allow the script or the clip.",
            "Change the script or the clip before sending it again.",
            _NEVER,
        ),
    }
)


UNKNOWN_TASK = 110006
"""Header.Code of a question about a task that the service does not know (any more)."""


def interface_code(code: int) -> Meaning:
    """Return what `code` means in Header.Code; an unknown code is never taken for a certain refusal."""
    known = INTERFACE_CODES.get(code)
    return known or Meaning(
        f"The service answered with the code {code}, which this version does not know.",
        "It cannot be said from here whether the job was taken.",
        "Read the service's own words in the details, and look into your account before sending it again.",
        Retry.ASK,
        refusal=False,
    )


def fail_code(code: int | None) -> Meaning:
    """Return what `code` means in FailCode; None or 0 is a failure without a reason."""
    if not code:
        return Meaning("The service could not make the video.", "It gave no reason.", _TRY_AGAIN, Retry.ASK)
    known = FAIL_CODES.get(code)
    return known or Meaning(
        f"The service could not make the video (code {code}).",
        "This version does not know the code; the service's own words are in the details.",
        _TRY_AGAIN,
        Retry.ASK,
    )
