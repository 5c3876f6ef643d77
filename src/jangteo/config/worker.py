"""The worker: chains facts, carries messages, runs jobs; outlives its database.

python -m jangteo.config.worker
"""

import asyncio
import contextlib
import os
import signal
import threading

import django
import structlog

from jangteo.config import machine, secrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.config.settings")
RETRY = 1.0
ABANDONED = 30


async def _jobs(stop: asyncio.Event) -> None:
    """Run jobs until told to stop or until the database goes away."""
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector):
        async with app.open_async():
            work = asyncio.create_task(
                app.run_worker_async(
                    concurrency=2,
                    delete_jobs="successful",
                    fetch_job_polling_interval=2.0,
                    shutdown_graceful_timeout=10,
                    install_signal_handlers=False,
                )
            )
            both = [work, asyncio.create_task(_revive(app)), asyncio.create_task(stop.wait())]
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for task in both:
                task.cancel()
            results = await asyncio.gather(*both, return_exceptions=True)
            for result in results:
                if isinstance(result, Exception):
                    raise result


async def _revive(app: object) -> None:
    """Give the jobs of a worker that died to those that live."""
    while True:
        jobs = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=ABANDONED)
        for job in jobs:
            await app.job_manager.retry_job(job)
        await asyncio.sleep(ABANDONED / 3)


async def _until_told(stop: asyncio.Event) -> None:
    log = structlog.get_logger("jangteo.worker")
    while not stop.is_set():
        try:
            await _jobs(stop)
        except Exception as error:
            log.error("jobs stopped; starting again", error=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), RETRY)


def main() -> None:
    """Chain and deliver in one thread, carry each system's messages in one of its own, run jobs
    in another, until SIGTERM or SIGINT.
    """
    secrets.require(machine.var() / "secrets", "django_key", "ticket_key", "log.pem")
    django.setup()
    from jangteo.config import switchboard
    from jangteo.config.deliveries import Ticker, deliver
    from jangteo.interfaces.links.courier import Courier
    from jangteo.records.log import sequencer
    from jangteo.stages.bid.actions import check_signatures, tell_malformed

    halt = threading.Event()
    chain = threading.Thread(
        target=sequencer.run,
        args=(halt,),
        kwargs={"chores": (deliver, Ticker(), check_signatures, tell_malformed)},
        name="sequencer",
    )

    threads = [chain] + [
        threading.Thread(target=courier.run, args=(halt,), name=f"courier-{name}")
        for name, link in switchboard.LINKS.items()
        for courier in [Courier(link, switchboard.address(link))]
    ]

    async def both() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, stop.set)
        for thread in threads:
            thread.start()
        structlog.get_logger("jangteo.worker").info("ready")
        await _until_told(stop)

    asyncio.run(both())
    halt.set()
    for thread in threads:
        thread.join(timeout=10)


if __name__ == "__main__":
    main()
