"""Budget system and bank beside the market, and the couriers that carry messages to them."""

import threading
from collections import Counter
from pathlib import Path

from jangteo.interfaces.links.breaker import Breaker
from jangteo.interfaces.links.courier import Courier
from jangteo.interfaces.links.simulators import serve
from jangteo.interfaces.links.systems import bank, budget

LINKS = (budget.LINK, bank.LINK)
MOST = 30


class Partners:
    """The same simulators as in a practice world, on a port of their own; close them in the end.

    They misbehave by the last digits of accounts and budget lines, so a seed plays the same again.
    """

    def __init__(self, folder: Path) -> None:
        self._server = serve(folder, 0)
        self._url = f"http://127.0.0.1:{self._server.server_port}"
        words = {"poll_interval": 0.01}
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs=words)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def work(self) -> None:
        """Carry what is due, as a worker would that was started just now."""
        for link in LINKS:
            courier = Courier(link, f"{self._url}/{link.card.id}", Breaker())
            for _ in range(MOST):
                if not courier.work():
                    break

    def paid(self) -> Counter[tuple[str, int]]:
        """How often the bank has moved how much for which leaf ("<claim>-<position>")."""
        book = self._server.RequestHandlerClass.partners["bank"].book  # type: ignore[attr-defined]
        return Counter(
            (str(one["key"]).rpartition("-")[0], int(one["amount"])) for one in book.effects()
        )
