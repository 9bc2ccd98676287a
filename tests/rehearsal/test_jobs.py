from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.tasks import RemoteStatus
from redub.rehearsal.codes import FailCode
from redub.rehearsal.jobs import Job, JobBook, Kind, Sentence, Word
from redub.rehearsal.lanes import Finished, Lane
from redub.rehearsal.refusal import JobFailed, Refusal, Stopped
from support.logs import ExpectedLog
from support.waiting import wait_until


def admit(book: JobBook, kind: Kind = Kind.VIDEO) -> Job:
    return book.admit(kind, {"RefVideoUrl": "http://h/x"}, exclusive=False, slots=5, now=7.0)


def done(job: Job) -> Job:
    return replace(job, status=RemoteStatus.SUCCESS, progress=100)


def test_admit__is_on_the_disk(tmp_path: Path) -> None:
    job = admit(JobBook(tmp_path))
    assert JobBook(tmp_path).get(job.task_id) == job


def test_admit__slots_are_free_again_after_the_end(tmp_path: Path) -> None:
    book = JobBook(tmp_path)
    jobs = [admit(book) for _ in range(5)]
    with pytest.raises(Refusal):
        admit(book)
    book.change(jobs[2].task_id, done)
    assert book.ahead(admit(book)) == 4


def test_admit__at_the_same_time_never_too_many(tmp_path: Path) -> None:
    book, refused = JobBook(tmp_path), []

    def ask() -> None:
        try:
            admit(book)
        except Refusal as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(book.all()), len(refused)) == (5, 7)
    assert sorted(job.number for job in book.all()) == [1, 2, 3, 4, 5]


def test_book__restart_lets_unfinished_jobs_wait_again(tmp_path: Path) -> None:
    book = JobBook(tmp_path)
    first, second = admit(book), admit(book)
    sentence = Sentence("Hello.", (Word("Hello", 0, 5_000_000),))
    book.change(first.task_id, lambda job: replace(done(job), sentences=(sentence,)))
    assert book.take(Kind.VIDEO) is not None
    book.progressed(second.task_id, 40)
    again = JobBook(tmp_path)
    assert again.get(first.task_id) == book.get(first.task_id)
    waiting = again.get(second.task_id)
    assert waiting is not None
    assert (waiting.status, waiting.progress) == (RemoteStatus.COMMIT, 0)


def test_book__a_broken_record_is_left_out(tmp_path: Path, expect_log: ExpectedLog) -> None:
    expect_log("cannot be read")
    job = admit(JobBook(tmp_path))
    (tmp_path / f"{'a' * 32}.json").write_text('{"task_id": 7}')
    (tmp_path / f"{'b' * 32}.json.part").write_text("{")
    assert [one.task_id for one in JobBook(tmp_path).all()] == [job.task_id]


class Making:
    """A lane whose jobs end as it is told."""

    def __init__(self, folder: Path) -> None:
        self.book = JobBook(folder)
        self.told: list[Job] = []
        self.outcomes: list[Finished | Exception] = []
        self.lane = Lane(Kind.VIDEO, self.book, self.make, clock=lambda: 99.0, tell=self.told.append)

    def make(self, _job: Job) -> Finished:
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def run(self, outcomes: list[Finished | Exception]) -> None:
        self.outcomes = outcomes
        for _ in outcomes:
            admit(self.book)
        self.lane.start()
        wait_until(lambda: not self.outcomes)
        wait_until(lambda: len(self.told) == len(outcomes), seconds=1)
        self.book.close()
        self.lane.join()


def test_lane__makes_jobs_in_their_order(tmp_path: Path) -> None:
    making = Making(tmp_path)
    making.run([done, JobFailed(FailCode.FETCH, "gone"), done])
    assert [(job.number, job.status) for job in making.told] == [
        (1, RemoteStatus.SUCCESS),
        (2, RemoteStatus.FAIL),
        (3, RemoteStatus.SUCCESS),
    ]
    failed = JobBook(tmp_path).all()[1]
    assert (failed.fail_code, failed.fail_message, failed.progress, failed.finished) == (
        801010,
        "gone",
        -1,
        99.0,
    )


def test_lane__goes_on_after_a_job_that_breaks_off(tmp_path: Path, expect_log: ExpectedLog) -> None:
    expect_log("broke off")
    making = Making(tmp_path)
    making.run([ValueError("surprise"), done])
    assert [job.fail_code for job in making.told] == [801000, 0]


def test_lane__leaves_a_stopped_job_for_the_next_start(tmp_path: Path) -> None:
    making = Making(tmp_path)
    making.outcomes = [Stopped()]
    admit(making.book)
    making.lane.start()
    assert wait_until(lambda: not making.outcomes)
    making.book.close()
    making.lane.join()
    assert making.told == []
    assert JobBook(tmp_path).all()[0].status is RemoteStatus.COMMIT
