"""Every request to a model: within the bound of all processes, and counted (模型调用管理)."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC

from ziping.domain.activity import ModelCalls
from ziping.domain.endpoint import ModelEndpoint
from ziping.domain.errors import StorageError
from ziping.drafting.model.attempts import Cancelled
from ziping.drafting.model.faults import ModelFault
from ziping.drafting.model.slots import oversee
from ziping.persistence.model_calls import count_call
from ziping.persistence.shared_places import SharedPlaces
from ziping.services.workspace import Workspace

SUCCEEDED, STOPPED, BROKEN = "成功", "停止", "出错"

_log = logging.getLogger(__name__)


class RequestBook:
    """Bounds and counts the requests to an endpoint (模型调用登记)."""

    def __init__(self, workspace: Workspace, endpoint: ModelEndpoint) -> None:
        """Share the places with other processes where there can be any."""
        self._workspace = workspace
        self._endpoint = endpoint
        self._places: SharedPlaces | None = None
        if workspace.database.address.is_postgres:
            name = f"{endpoint.base_url} {endpoint.model}"
            self._places = SharedPlaces(workspace.database, name, endpoint.concurrency)

    def open(self) -> None:
        """Look after every request to the endpoint that this process makes from now on."""
        oversee(self._endpoint, self.request)

    @contextmanager
    def request(self, check: Callable[[], None]) -> Iterator[None]:
        """Hold a place for one request, and count how it ended."""
        with self._place(check):
            begun = time.monotonic()
            outcome = BROKEN
            try:
                yield
                outcome = SUCCEEDED
            except ModelFault as fault:
                outcome = fault.kind.value
                raise
            except (Cancelled, GeneratorExit):
                outcome = STOPPED
                raise
            finally:
                self._count(outcome, time.monotonic() - begun)

    def _place(self, check: Callable[[], None]) -> AbstractContextManager[None]:
        """Return the way to a place."""
        return nullcontext() if self._places is None else self._places.taken(check)

    def _count(self, outcome: str, seconds: float) -> None:
        """Note a request; the text it brought matters more than the note."""
        call = ModelCalls(
            day=self._workspace.clock().astimezone(UTC).date(),
            model=self._endpoint.model,
            outcome=outcome,
            milliseconds=round(seconds * 1000),
        )
        try:
            with self._workspace.database.write_aside() as connection:
                count_call(connection, call)
        except StorageError as error:
            _log.warning("%s", error)
