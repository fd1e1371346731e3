"""Where conversations are answered: at once without a model, beside the page with one (对话台)."""

import threading
import time
from copy import copy
from dataclasses import dataclass, field

from ziping.domain.access import Right
from ziping.domain.conversation import Turn
from ziping.domain.errors import ZipingError
from ziping.domain.people import Person
from ziping.services.access import needs
from ziping.services.chatting import answer, begin, stop
from ziping.services.model_chatting import answer_by_model
from ziping.services.model_drafting import ModelDesk

_BROKEN = "程序内部出错，没有答完。请再问一次；仍然如此，请转告管理员。"


@dataclass
class Progress:
    """How far an answer is (答复进度)."""

    stage: str = "正在读这句话"
    begun: float = field(default_factory=time.monotonic)
    is_stopping: bool = False

    @property
    def seconds(self) -> int:
        """How long it has been going on."""
        return int(time.monotonic() - self.begun)


class ChatDesk:
    """Answers turns; one a process, so that a closed or reloaded page loses no answer (对话台)."""

    def __init__(self, desk: ModelDesk) -> None:
        """Take what drafting works with: workspace, model, library."""
        self.desk = desk
        self._under_way: dict[tuple[int, int], Progress] = {}
        self._lock = threading.Lock()

    def acting_as(self, person: Person) -> "ChatDesk":
        """Return the desk as a person uses it; what is under way is everybody's to see."""
        twin = copy(self)
        twin.desk = self.desk.acting_as(person)
        return twin

    @needs(Right.EDIT)
    def say(self, report_id: int, said: str) -> int:
        """Keep what was said and have it answered; return the turn's number."""
        number = begin(self.desk.workspace, report_id, said)
        self.answer(report_id, number)
        return number

    @needs(Right.EDIT)
    def answer(self, report_id: int, number: int) -> None:
        """Have a turn answered, unless that is under way."""
        if self.desk.endpoint is None:
            answer(self.desk, report_id, number)
            return
        with self._lock:
            if (report_id, number) in self._under_way:
                return
            progress = self._under_way[report_id, number] = Progress()
        work = (report_id, number, progress)
        worker = threading.Thread(target=self._work, args=work, daemon=True)
        worker.start()

    @needs(Right.READ)
    def progress(self, report_id: int, number: int) -> Progress | None:
        """Return how far an answer is; None: nobody is at it."""
        with self._lock:
            return self._under_way.get((report_id, number))

    @needs(Right.EDIT)
    def stop(self, report_id: int, number: int) -> None:
        """Have an answer stopped; what was said stays."""
        with self._lock:
            found = self._under_way.pop((report_id, number), None)
        if found is not None:
            found.is_stopping = True  # what still comes of the request is thrown away
        stop(self.desk.workspace, report_id, number)

    @needs(Right.READ)
    def wait(self, report_id: int, number: int, longest_s: float = 60.0) -> None:
        """Wait until an answer is there."""
        until = time.monotonic() + longest_s
        while self.progress(report_id, number) is not None and time.monotonic() < until:
            time.sleep(0.02)

    def _work(self, report_id: int, number: int, progress: Progress) -> None:
        """Answer a turn by the model."""

        def note(stage: str) -> None:
            progress.stage = stage

        told = _BROKEN
        try:
            answer_by_model(
                self.desk, report_id, number, note=note, should_stop=lambda: progress.is_stopping
            )
            told = ""
        except ZipingError as error:
            told = str(error)
        finally:
            if told and not progress.is_stopping:
                stop(self.desk.workspace, report_id, number, told)
            with self._lock:
                if self._under_way.get((report_id, number)) is progress:
                    del self._under_way[report_id, number]


def is_open(turn: Turn) -> bool:
    """Whether a turn still waits for its answer."""
    return turn.reply is None
